/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the workbook and its sheets share. */
#pragma once

#include "report/kaf-book.h"
#include "report/kaf-sheet.h"
#include "report/kaf-xlsxwriter.h"

G_BEGIN_DECLS

/* Of a row, for each line of text in it; points: a little more than Excel's own, for the fonts that stand in for its. */
#define KAF_SHEET_LINE_HEIGHT 16

/* How a cell looks beside its kind. */
typedef enum
{
  KAF_LOOK_STATE, /* of the band above a table */
  KAF_LOOK_TITLE,
  KAF_LOOK_BAND,
  KAF_LOOK_HEADING,
  KAF_LOOK_CELL,
  KAF_LOOK_CELL_ARABIC, /* the same, of a text that is read from right to left */
  KAF_LOOK_TOTAL,
  KAF_LOOK_LATE, /* of conditional formats */
  KAF_LOOK_SOON,
  KAF_LOOK_MISSING,
  KAF_LOOK_GOOD,
} KafLook;

/* @kind and @unit (nullable: a currency) matter to cells and totals. Made once. (transfer none) */
lxw_format *kaf_book_get_format (KafBook *self, KafLook look, KafSheetKind kind, const char *unit);

/* Whether texts of that kind take several lines; in a large workbook rows keep their height. */
gboolean kaf_book_wraps (const KafBook *self, KafSheetKind kind);

/* A sheet of that name, which is made one that may be, and is no other's. (transfer none) */
lxw_worksheet *kaf_book_add_worksheet (KafBook *self, const char *name);
lxw_workbook *kaf_book_get_workbook (KafBook *self);

/* Keeps a sheet until the workbook goes. @sheet: (transfer full) */
void kaf_book_keep_sheet (KafBook *self, KafSheet *sheet);

/* "Royaume du Maroc", and who issues it (nullable); "28/11/2026 · Author". (transfer none) */
const char *kaf_book_get_state (KafBook *self);
const char *kaf_book_get_service (KafBook *self);
const char *kaf_book_get_edition (KafBook *self);

/* Counts a row that was written. */
void kaf_book_count_row (KafBook *self);

/* Writes what stands below the rows, once; kaf_book_save() calls it. */
void kaf_sheet_finish (KafSheet *self);
void kaf_sheet_free (KafSheet *self);

/* @text for a cell: its first 32 767 characters. @copy: what is to be freed. */
const char *kaf_sheet_limit_text (const char *text, char **copy);

/* The number of a day in Excel, of which 1 is 1 January 1900. */
double kaf_sheet_day_number (KafDay day);

G_END_DECLS
