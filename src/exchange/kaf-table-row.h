/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row as it is read. Its texts stand one after the other in one memory that is used again for the next row. */
#pragma once

#include "exchange/kaf-table-cell.h"

G_BEGIN_DECLS

typedef struct
{
  GString *text;
  GArray *starts; /* of gsize */
  GArray *types;  /* of KafTableCellType */
  GArray *cells;  /* of KafTableCell, once it is sealed */
  guint number;
} KafTableRow;

KafTableRow *kaf_table_row_new (void);
void kaf_table_row_free (KafTableRow *self);

void kaf_table_row_clear (KafTableRow *self, guint number);

/* Adds a cell at the end; @length -1: to its zero byte. A blank text is an empty cell. Errors: KAF_TABLE_ERROR_WIDE,
 * KAF_TABLE_ERROR_CELL. */
gboolean kaf_table_row_add (
    KafTableRow *self, KafTableCellType type, const char *text, gssize length, GError **error);

/* Adds empty cells until there are @n. Errors: KAF_TABLE_ERROR_WIDE. */
gboolean kaf_table_row_pad (KafTableRow *self, guint n, GError **error);

/* Takes away empty cells at the end and makes the others ready. FALSE: nothing is left. */
gboolean kaf_table_row_seal (KafTableRow *self);

guint kaf_table_row_get_n (const KafTableRow *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafTableRow, kaf_table_row_free)

G_END_DECLS
