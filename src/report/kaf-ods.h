/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An OpenDocument spreadsheet of what a query finds: one sheet, with the band, the headings and the cells of
 * kaf-sheet.h. Written as it is read, in little memory. */
#pragma once

#include "report/kaf-book.h"
#include "report/kaf-query-columns.h"

G_BEGIN_DECLS

/* @basis: query, title, lang and day are asked for; subject too. @state: who issues it, as the band says. Errors:
 * kaf_query_columns_read(), G_IO_ERROR. */
gboolean kaf_ods_write (const KafBookBasis *basis,
                        const KafQueryColumns *columns,
                        const char *issuer,
                        KafNewFile *file,
                        gint64 *n_rows,
                        GError **error);

G_END_DECLS
