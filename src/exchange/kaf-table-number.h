/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers and days as workbooks keep them, to the text of a cell. */
#pragma once

#include "exchange/kaf-table-cell.h"

G_BEGIN_DECLS

/* How a number is shown, which is all by which a workbook tells a day from a number. */
typedef enum
{
  KAF_TABLE_SHOWN_NUMBER,
  KAF_TABLE_SHOWN_DATE,
  KAF_TABLE_SHOWN_DATE_TIME,
  KAF_TABLE_SHOWN_TIME,
} KafTableShown;

/* "1.250E3" to "1250": a point, no exponent, no zeros at the end, at most 15 figures (what both formats keep); whole
 * numbers as they are written. FALSE: it is no number. Replaces @out. */
gboolean kaf_table_number_clean (const char *text, GString *out);

/* A serial number of days since 1899-12-30, or since 1904-01-01 (@since_1904), to text. What is no day (negative, beyond
 * 9999, the 29 February 1900 that Excel believes in) stays a number. Replaces @out. */
KafTableCellType
kaf_table_number_to_day (const char *text, KafTableShown shown, gboolean since_1904, GString *out);

/* What a format's code shows: "dd/mm/yyyy" a date, "#,##0.00" a number. */
KafTableShown kaf_table_shown_from_code (const char *code);
/* Formats that have a number and no code in the file. */
KafTableShown kaf_table_shown_from_builtin (guint id);

/* "2026-11-22T08:30:00.5Z", "2026-11-22": cell text of a day as XML writes it. Returns KAF_TABLE_CELL_EMPTY where it is
 * none. Replaces @out. */
KafTableCellType kaf_table_number_from_iso (const char *text, GString *out);

G_END_DECLS
