/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was written here and the hub did not take. What was typed stays in the journal of this device, and
 * is named until its author has let go of it. */
#pragma once

#include "store/kaf-read.h"
#include "sync/kaf-exchange.h"

G_BEGIN_DECLS

/* A field that was written, and what was typed. */
typedef struct
{
  const KafField *field;
  char *value; /* canonical; NULL: it was emptied */
  char *text;  /* as a person reads it; nullable */
} KafRefusedField;

typedef struct
{
  gint64 number; /* in this store */
  const KafEntity *entity;
  char *id;
  char *title; /* of the record, of an act its mission's, in the language asked for; nullable */
  char *
      ref; /* what the record was known by here when it was refused, be it here still or not; nullable */
  char *mission;      /* of an act, the id of its mission, which is here; nullable */
  KafChangeKind kind; /* what was done to it */
  char *why;          /* KAF_REFUSED_…, or one that this program does not know */
  char *
      about; /* codes of the checks of KAF_REFUSED_GATES; of _TAKEN and _ASIDE the account that settled it, and behind a
                * tab its reason, which may be empty; else a field; nullable */
  gint64 written;    /* µs since 1970 UTC */
  gint64 refused;    /* the same */
  GPtrArray *fields; /* (element-type KafRefusedField); empty when it was not about fields */
  gboolean exists;   /* the record is here and not deleted */
} KafRefusal;
void kaf_refusal_free (KafRefusal *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafRefusal, kaf_refusal_free)

/* Those that nobody has let go of, the latest first. (element-type KafRefusal) (transfer full) */
GPtrArray *kaf_refusals_read (KafDatabase *db, guint limit, KafLang lang, GError **error);

/* How many of them stand so; and of how many, which were kept aside, somebody has decided since. */
guint kaf_refusals_count (KafDatabase *db, GError **error);
guint kaf_refusals_count_settled (KafDatabase *db, GError **error);

/* Whether somebody has decided on it since. */
gboolean kaf_refusal_is_settled (const KafRefusal *self);

/* Of which records the hub refused something, be it let go of since: a set of ids. (transfer full) */
GHashTable *kaf_refusals_list_ids (KafDatabase *db, GError **error);

/* Whether that field was typed in what the hub refused of the record; TRUE where that cannot be read. */
gboolean kaf_refusals_hold (KafDatabase *db, const KafEntity *entity, const char *id, guint field);

/* The person lets go of it; with @gone FALSE, takes that back. Errors: KAF_STORE_ERROR_NOT_FOUND. */
gboolean kaf_refusal_let_go (KafDatabase *db, gint64 number, gboolean gone, GError **error);

/* Puts what was typed into the draft of the form of @entity, which is that of the record or of one of its
 * facets; the person lets go of it once it is saved. What stands in the draft already is not overwritten. Not within a
 * transaction. Errors: KAF_STORE_ERROR_NOT_FOUND when the record is not here, _EXISTS when the draft has
 * another text for one of the fields: nothing has changed then. */
gboolean
kaf_refusal_keep_draft (KafDatabase *db, gint64 number, const KafEntity *entity, GError **error);

/* For the inbox: group @dseq of this device was not taken, or not whole; @refused (element-type
 * KafRefused) (nullable): which operations of it; NULL: all. Within a transaction. @n (out): how many. */
gboolean
kaf_refusals_add (KafDatabase *db, gint64 dseq, GPtrArray *refused, guint *n, GError **error);

/* For the inbox, within a transaction: what became of an edit that was refused for its scope. One that is not known here, or
 * was erased, is let be. */
gboolean kaf_refusals_settle (KafDatabase *db, const KafSettled *settled, GError **error);

/* Within the transaction of an erasure: nothing of the record @id is kept. */
gboolean kaf_refusals_erase (KafDatabase *db, const char *id, GError **error);

G_END_DECLS
