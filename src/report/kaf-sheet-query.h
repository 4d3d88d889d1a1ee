/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sheet of what a query finds: its rows in its order, as a list on the screen has them. */
#pragma once

#include "report/kaf-query-columns.h"

G_BEGIN_DECLS

/* (transfer none); NULL: errors of kaf_query_columns_read(). */
KafSheet *kaf_sheet_add_query (KafBook *book,
                               const KafSheetSpec *spec,
                               const KafQuery *query,
                               const KafSheetPath *paths,
                               GError **error);

/* The same of columns that are there already. */
KafSheet *kaf_sheet_add_rows (KafBook *book,
                              const KafSheetSpec *spec,
                              const KafQuery *query,
                              const KafQueryColumns *columns,
                              GError **error);

G_END_DECLS
