/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whom the rows of an import may be about: the persons or the organisations of the store and of the rows before, by the
 * engine of match/.
 *
 * Those of the store are found by the table that it keeps of their keys (store/kaf-suspects.h) where that is up to date
 * and the rows are few, else, like the rows, by the same keys in memory, with what rules most of them out
 * (match/kaf-match-facts.h). What is compared is read when it is, and forgotten soon: the rows are gone through in the order
 * of their names, so that those who come after one another are compared with the same. */
#pragma once

#include "exchange/kaf-import-cells.h"
#include "match/kaf-match-weigh.h"

G_BEGIN_DECLS

typedef struct _KafImportMatch KafImportMatch;

/* What was found. */
typedef struct
{
  gboolean joins;    /* without a question: kaf_match_may_join() */
  char *id;          /* of a record of the store; NULL: none, or a row */
  int row;           /* of the table, from 0; -1: none */
  double likelihood; /* 0: nothing was found */
} KafImportFound;

void kaf_import_found_clear (KafImportFound *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KafImportFound, kaf_import_found_clear)

/* Reads row @number again. Called by several threads at once for those that were added: of them @db is not to be read. */
typedef gboolean (*KafImportMatchRead) (
    gpointer data, KafDatabase *db, guint number, KafImportRow *row, GError **error);

/* What was found for row @number. */
typedef void (*KafImportMatchTake) (gpointer data, guint number, KafImportFound *found);

/* FALSE: to stop. @share: 0 to 1. */
typedef gboolean (*KafImportMatchGoOn) (gpointer data, double share);

/* Has the table of keys catch up with what was written, unless that is much: within no transaction. Errors:
 * KAF_STORE_ERROR, G_IO_ERROR_CANCELLED. */
gboolean kaf_import_match_prepare (KafDatabase *db,
                                   const KafEntity *entity,
                                   GCancellable *cancellable,
                                   GError **error);

/* @data: of @read. */
KafImportMatch *
kaf_import_match_new (const KafEntity *entity, KafImportMatchRead read, gpointer data);
void kaf_import_match_free (KafImportMatch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafImportMatch, kaf_import_match_free)

/* Adds row @number, in rising order, on another thread; all are there when they are looked for. @row: what it holds is
 * taken, and nothing left. */
void kaf_import_match_add (KafImportMatch *self, KafDatabase *db, guint number, KafImportRow *row);

/* Looks for all that were added, on all processors; @take is called on this thread. @go_on_reading: while the store is
 * read. Errors: KAF_STORE_ERROR,
 * G_IO_ERROR_CANCELLED. */
gboolean kaf_import_match_find_all (KafImportMatch *self,
                                    KafDatabase *db,
                                    KafImportMatchTake take,
                                    KafImportMatchGoOn go_on_reading,
                                    KafImportMatchGoOn go_on,
                                    gpointer data,
                                    GError **error);

/* For a row that was edited since. */
gboolean kaf_import_match_find_row (KafImportMatch *self,
                                    KafDatabase *db,
                                    guint number,
                                    const KafImportRow *row,
                                    KafImportFound *found,
                                    GError **error);

/* Why, against a record of the store (@id) or a row before. @a, @b (out) (transfer full): what the reasons of @score
 * point into. FALSE: it is not known. */
gboolean kaf_import_match_weigh (KafImportMatch *self,
                                 KafDatabase *db,
                                 const KafImportRow *row,
                                 const char *id,
                                 int other_row,
                                 KafMatchPerson **a,
                                 KafMatchPerson **b,
                                 KafMatchScore *score);

G_END_DECLS
