/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kaf_wants (?1, value…): whether a filter that stands in memory wants a row, by some values of it. Asked within a walk
 * through a table, it spares the rest of each row that it does not want; a list in SQL would be a tree that is searched
 * for each row, and a row that is handed out costs more than looking at it. */
#pragma once

#include "store/kaf-database-private.h"

G_BEGIN_DECLS

/* @values: as many as the statement hands on. */
typedef gboolean (*KafRowFilterFunc) (sqlite3_value **values, gpointer data);

typedef struct
{
  KafRowFilterFunc wants;
  gpointer data;
} KafRowFilter;

gboolean kaf_row_filter_register (KafDatabase *db, GError **error);

/* Hands @self over as the parameter @index; it stays the caller's, who keeps it until the statement is done. */
void kaf_row_filter_bind (KafStatement *statement, int index, const KafRowFilter *self);

G_END_DECLS
