/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conflicts that wait for a person: what stands, what does not, what was there before; and what settles
 * them, a commit like any other. */
#pragma once

#include "store/kaf-read.h"

G_BEGIN_DECLS

/* One side, ready to read: "Genève", or of a unit "Suisse · Genève"; of a record that one deleted and another edited what
 * stands has a line for each field that was edited: "City: Genève (before: Berne)". Nullable: there was nothing. */
typedef struct
{
  char *text;
  char *author;      /* nullable */
  gint64 when;       /* µs since 1970 UTC; 0: unknown */
  gboolean own;      /* written by this store's user */
  gboolean in_force; /* the record holds that now */
} KafConflictSide;

typedef struct
{
  char *id;
  const KafEntity *entity;
  const KafField *field; /* the first of its unit; NULL: deleted by one, edited by another */
  char *owner;           /* id of the record */
  char *title;           /* of the record, in the language asked for; nullable */
  KafConflictSide stands, other, before; /* as they were when it arose */
  char *now; /* what the record holds by now, where that is none of them; nullable */
} KafConflict;
void kaf_conflict_free (KafConflict *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafConflict, kaf_conflict_free)

/* What it is about: "Degree", or all that changes together: "Country · City". (transfer full) */
char *kaf_conflict_name (const KafConflict *self);

/* Whether what stands is shown before the other: it is this person's own, or neither is alone. */
gboolean kaf_conflict_stands_first (const KafConflict *self);

/* The open ones, the latest first. (element-type KafConflict) (transfer full) */
GPtrArray *kaf_conflicts_read (KafDatabase *db, guint limit, KafLang lang, GError **error);

typedef enum
{
  KAF_OUTCOME_STANDS, /* what stood is right, and is written where something else does by now */
  KAF_OUTCOME_OTHER,
  KAF_OUTCOME_BEFORE,
  KAF_OUTCOME_NEW, /* neither: @text, as it is typed for the field */
} KafOutcome;

/* What settles the conflict @id, to be committed. @text: with KAF_OUTCOME_NEW. Errors:
 * KAF_STORE_ERROR_NOT_FOUND, _REFUSED (settled already, or nothing to write anew);
 * KAF_VALIDATION_ERROR of @text. (transfer full) */
KafChangeSet *kaf_conflict_settle (
    KafDatabase *db, const char *id, KafOutcome outcome, const char *text, GError **error);

/* The same by values of the record that the conflict is about, of one field or of several of its unit: the others stay as
 * they are. Errors: KAF_STORE_ERROR_NOT_FOUND, _REFUSED. (transfer full) */
KafChangeSet *
kaf_conflict_settle_anew (KafDatabase *db, const char *id, KafRecord *values, GError **error);

G_END_DECLS
