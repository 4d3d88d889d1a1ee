/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sheet of what a query finds: its rows in its order, as a list on the screen has them. */
#pragma once

#include "report/kaf-sheet.h"

G_BEGIN_DECLS

/* A column by the path that kaf_page_rows() reads. The rest is nullable or 0: then as the schema has it. */
typedef struct
{
  const char *path; /* NULL ends an array */
  const char *title;
  guint width;
  KafSheetFlags flags;
  const char *unless; /* path of a column */
} KafSheetPath;

/* Columns that the role of this device may not read are left out, and so are those that @query's entity does not have.
 * (transfer none); NULL with KAF_STORE_ERROR, G_IO_ERROR_CANCELLED, or G_IO_ERROR_INVALID_ARGUMENT: more rows than a
 * sheet holds. */
KafSheet *kaf_sheet_add_query (KafBook *book,
                               const KafSheetSpec *spec,
                               const KafQuery *query,
                               const KafSheetPath *paths,
                               GError **error);

/* The same with the usual columns, or those of @paths (nullable). */
KafSheet *kaf_sheet_add_list (KafBook *book,
                              const KafSheetSpec *spec,
                              const KafQuery *query,
                              const char *const *paths,
                              GError **error);

G_END_DECLS
