/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row of a table from elsewhere, by a mapping, to what it says of a record. */
#pragma once

#include "exchange/kaf-import-map.h"
#include "exchange/kaf-import-row.h"

G_BEGIN_DECLS

/* A word of a list that no code is known for. */
typedef struct
{
  guint column;
  char *text;
  guint n; /* rows */
} KafImportWord;

typedef struct _KafImportCells KafImportCells;

/* Both are borrowed and must outlive it. */
KafImportCells *kaf_import_cells_new (KafDatabase *db, const KafImportMap *map);
void kaf_import_cells_free (KafImportCells *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafImportCells, kaf_import_cells_free)

/* @row is filled; what is wrong with the cells stands in its fault. Errors: KAF_STORE_ERROR. */
gboolean kaf_import_cells_read (KafImportCells *self,
                                const KafTableCell *cells,
                                guint n_cells,
                                KafImportRow *row,
                                GError **error);

/* Whether a new record could be made of it: names and required fields are there. (transfer full) (nullable: it could) */
char *kaf_import_cells_explain_missing (const KafImportRow *row);

/* Words that were met and are no code, the most frequent first. (element-type KafImportWord) (transfer none) */
GPtrArray *kaf_import_cells_get_unknown (KafImportCells *self);

/* What the codes of a field are: for the choice of a translation. (element-type KafListItem) (transfer full) */
GPtrArray *kaf_import_cells_list_codes (KafDatabase *db, const KafField *field, KafLang lang);

/* Whether the words of the field are translated. */
gboolean kaf_import_cells_is_list (const KafField *field);

G_END_DECLS
