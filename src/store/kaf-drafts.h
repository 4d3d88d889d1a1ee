/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stays on this device: drafts of forms, what was decided of a table to be imported, widths of columns, the state of the window. */
#pragma once

#include "store/kaf-database.h"

G_BEGIN_DECLS

/* A form that was not saved: @id NULL for a new record. One draft per (entity, id or slot). */
typedef struct
{
  char *slot; /* the record's id, or "new" */
  const KafEntity *entity;
  gint64 when;  /* µs since 1970, UTC */
  char *fields; /* JSON object of field id → text as typed */
} KafDraft;
void kaf_draft_free (KafDraft *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafDraft, kaf_draft_free)

/* What an erasure leaves of a draft: of the erased record itself, or of one that belongs to it, nothing; of
 * one that merely names it, all but that name. */
typedef enum
{
  KAF_DRAFT_WHOLE,
  KAF_DRAFT_LEFT_OUT, /* @rest is what is left of it */
  KAF_DRAFT_ERASED,
} KafDraftFate;

/* Stands in the fields of a draft that a name was left out of. */
#define KAF_DRAFT_MARK "-left-out"

/* Not a field either: ids of the persons who join a new network once it is saved, one a line. */
#define KAF_DRAFT_MEMBERS "-members"

/* Nor this: what stood in the store of the fields that were typed in, as marks that do not give it away. */
#define KAF_DRAFT_KNOWN "-known"

/* What a person decided of a table that is still to be imported is a draft too, of no form: by what the file holds. */
#define KAF_DRAFT_IMPORT "import:"       /* + a hash: its slot */
#define KAF_DRAFT_DECISIONS "-decisions" /* one a line, that goes with the record it names */

/* By the ledger of what was erased here for ever. @rest (out, transfer full): with LEFT_OUT. */
KafDraftFate kaf_draft_judge (KafDatabase *db,
                              const KafEntity *entity,
                              const char *slot,
                              const char *fields_json,
                              char **rest);

/* The same of one record, by its id. */
KafDraftFate kaf_draft_judge_one (const KafEntity *entity,
                                  const char *slot,
                                  const char *fields_json,
                                  const char *id,
                                  char **rest);

/* Not within a transaction. Errors: KAF_STORE_ERROR_NOT_FOUND when the record, or one that it belongs to, was
 * erased for ever: nothing is kept then, and what was goes. Another erased one that it names is left out. */
gboolean kaf_draft_save (KafDatabase *db,
                         const KafEntity *entity,
                         const char *slot,
                         const char *fields_json,
                         GError **error);
KafDraft *
kaf_draft_load (KafDatabase *db, const KafEntity *entity, const char *slot); /* nullable */
gboolean
kaf_draft_drop (KafDatabase *db, const KafEntity *entity, const char *slot, GError **error);
GPtrArray *kaf_draft_list (KafDatabase *db, GError **error); /* of KafDraft, newest first */
/* The same without what is of no form. */
GPtrArray *kaf_draft_list_forms (KafDatabase *db, GError **error);
/* Drops what was decided of tables and not touched since @before (µs since 1970, UTC). */
gboolean kaf_draft_drop_imports (KafDatabase *db, gint64 before, GError **error);

/* Small texts of this device by key: "columns.expert"… */
char *kaf_local_get (KafDatabase *db, const char *key);
gboolean kaf_local_set (KafDatabase *db, const char *key, const char *value, GError **error);

G_END_DECLS
