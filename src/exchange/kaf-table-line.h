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
} KafTableLine;

KafTableLine *kaf_table_line_new (void);
void kaf_table_line_free (KafTableLine *self);

void kaf_table_line_clear (KafTableLine *self, guint number);

/* Adds a cell at the end; @length -1: to its zero byte. A blank text is an empty cell. Errors: KAF_TABLE_ERROR_WIDE,
 * KAF_TABLE_ERROR_CELL. */
gboolean kaf_table_line_add (
    KafTableLine *self, KafTableCellType type, const char *text, gssize length, GError **error);

/* Adds empty cells until there are @n. Errors: KAF_TABLE_ERROR_WIDE. */
gboolean kaf_table_line_pad (KafTableLine *self, guint n, GError **error);

/* Takes away empty cells at the end and makes the others ready. FALSE: nothing is left. */
gboolean kaf_table_line_seal (KafTableLine *self);

guint kaf_table_line_get_n (const KafTableLine *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafTableLine, kaf_table_line_free)

G_END_DECLS
