/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whom the rows of an import may be about: the persons of the store and those of the rows before, by the engine of
 * match/; organisations by their names. */
#pragma once

#include "exchange/kaf-import-cells.h"
#include "match/kaf-match-index.h"

G_BEGIN_DECLS

typedef struct _KafImportMatch KafImportMatch;

/* What was found. */
typedef struct
{
  gboolean joins;    /* without a question: kaf_match_may_join() */
  const char *id;    /* of a record of the store; NULL: none, or a row */
  int row;           /* of the table, from 0; -1: none */
  double likelihood; /* 0: nothing was found */
} KafImportFound;

/* Reads the store; @go_on: as kaf_match_index_dedupe() has it, nullable. Errors: KAF_STORE_ERROR, G_IO_ERROR_CANCELLED. */
KafImportMatch *kaf_import_match_new (
    KafDatabase *db, const KafEntity *entity, KafMatchGoOn go_on, gpointer data, GError **error);
void kaf_import_match_free (KafImportMatch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafImportMatch, kaf_import_match_free)

/* Adds row @number, in rising order; then seals. */
void kaf_import_match_add (KafImportMatch *self, guint number, const KafImportRow *row);
void kaf_import_match_seal (KafImportMatch *self);

/* For the row at @place of those that were added, from 0; from any thread. */
void kaf_import_match_find (const KafImportMatch *self, guint place, KafImportFound *found);
guint kaf_import_match_get_n (const KafImportMatch *self);
guint kaf_import_match_get_number (const KafImportMatch *self, guint place);

/* For a row that was edited since. */
void kaf_import_match_find_row (const KafImportMatch *self,
                                guint number,
                                const KafImportRow *row,
                                KafImportFound *found);

/* Why, against a record of the store (@id) or a row before. FALSE: it is not known. */
gboolean kaf_import_match_weigh (const KafImportMatch *self,
                                 const KafImportRow *row,
                                 const char *id,
                                 int other_row,
                                 KafMatchPerson **kept,
                                 KafMatchScore *score);

G_END_DECLS
