/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing over what a writer knows. A form stands open while others write: what it is about to write over is compared
 * with what it was filled with, in the transaction that writes, so that nobody's edit goes unseen. */
#pragma once

#include "store/kaf-commit.h"
#include "store/kaf-read.h"

G_BEGIN_DECLS

/* A field that stands otherwise than its writer knew it, or a merge unit (KafField.unit), which counts as one. */
typedef struct
{
  const KafEntity *entity;
  const KafField *field; /* the first of its unit */
  char *
      text; /* as a person reads it: "Liège", or of a unit "Belgique · Liège"; NULL: it was emptied */
  char *author; /* of the last edit of it; nullable */
  gint64 when;  /* of that edit, µs since 1970 UTC; 0: unknown */
  gboolean own; /* by this store's user, in another window */
} KafNews;
void kaf_news_free (KafNews *self);

/* The first field of @entity that changes together with @field: itself, where none stands before it. */
const KafField *kaf_known_unit (const KafEntity *entity, const KafField *field);

/* The fields of @unit as a person reads them, "Belgique · Liège"; NULL for @unit: all that the record holds. NULL: they are
 * empty. (transfer full) */
char *
kaf_known_format (KafDatabase *db, const KafRecord *record, const KafField *unit, KafLang lang);

/* What is to be told of @now where the fields that @changed (nullable: none) holds are others than before.
 * (element-type KafNews) (transfer full) */
GPtrArray *kaf_known_read_news (
    KafDatabase *db, const KafRecord *now, const KafRecord *changed, KafLang lang, GError **error);

/* As kaf_commit(), unless a field that an update writes, or another of its unit, stands otherwise in the store than in
 * the record of @known (element-type KafRecord): nothing is written then, *@otherwise is set, and NULL comes without an
 * error. A field that stands by now as it is to be written is nobody's loss. */
KafReceipt *kaf_known_commit (KafDatabase *db,
                              KafChangeSet *set,
                              GPtrArray *known,
                              gboolean *otherwise,
                              KafFault *fault,
                              GCancellable *cancellable,
                              GError **error);

G_END_DECLS
