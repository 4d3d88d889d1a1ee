/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sheet of a workbook: a table under a band that says what it is, with what an official expects of one. Headings stay
 * in sight and come back on each page, every column filters, sums follow the filter, what is late or missing shows.
 *
 *   sheet = kaf_sheet_new (book, &(KafSheetSpec){ "experts", _ ("Experts") });
 *   kaf_sheet_add_column (sheet, &(KafSheetColumn){ "name", _ ("Name"), KAF_SHEET_TEXT, 30 });
 *   kaf_sheet_add_text (sheet, "El Ouafi");     a cell, then the next; NULL: empty
 *   kaf_sheet_end_row (sheet);
 *
 * Columns are added before the first cell. What is written goes out with kaf_book_save(). */
#pragma once

#include "report/kaf-book.h"

G_BEGIN_DECLS

typedef enum
{
  KAF_SHEET_TEXT,
  KAF_SHEET_ARABIC, /* text, right to left whatever the language */
  KAF_SHEET_LONG_TEXT,
  KAF_SHEET_INTEGER,
  KAF_SHEET_DECIMAL, /* one place */
  KAF_SHEET_MONEY,
  KAF_SHEET_DAY,
  KAF_SHEET_TIME, /* day and minute, by the clock of Morocco */
  KAF_SHEET_PERCENT,
  KAF_SHEET_LINK,
} KafSheetKind;

typedef enum
{
  KAF_SHEET_PLAIN = 0,
  KAF_SHEET_TOTAL = 1 << 0,   /* a sum below, of what the filter shows */
  KAF_SHEET_MISSING = 1 << 1, /* an empty cell shows as missing */
  KAF_SHEET_LATE = 1 << 2,    /* a day before that of the workbook shows as late */
  KAF_SHEET_SOON = 1 << 3,    /* a day in the 90 days from it shows as near */
  KAF_SHEET_BAR = 1 << 4,     /* numbers show as bars in their cells */
  KAF_SHEET_ASKED = 1 << 5,   /* to be filled in by who sends the sheet back: see @choices */
} KafSheetFlags;

typedef struct
{
  const char *id;    /* ASCII: the column is named SHEET.ID; nullable: it has no name */
  const char *title; /* as shown */
  KafSheetKind kind;
  guint width; /* characters; 0: by kind */
  KafSheetFlags flags;
  const char *const *choices; /* nullable: words that ASKED takes; @kind says the rest */
  const char
      *unless; /* nullable: id of a column; LATE and SOON hold only while its cell is empty */
} KafSheetColumn;

typedef struct
{
  const char *id;    /* ASCII; the table is named so */
  const char *title; /* as shown: of the tab, and of the sheet */
  const char *note;  /* nullable: a sentence under the title, in place of the workbook's subject */
} KafSheetSpec;

typedef struct _KafSheet KafSheet;

/* (transfer none): it lives as long as the workbook. */
KafSheet *kaf_sheet_new (KafBook *book, const KafSheetSpec *spec);
KafBook *kaf_sheet_get_book (KafSheet *self);

/* kaf_book_word() of its workbook. */
const char *kaf_sheet_word (const KafSheet *self, const char *msgid);

/* Texts are copied. Gives its place, from 0. */
guint kaf_sheet_add_column (KafSheet *self, const KafSheetColumn *column);

/* The next cell of the row; text that looks like a formula stays text. */
void kaf_sheet_add_text (KafSheet *self, const char *text);
void kaf_sheet_add_number (KafSheet *self, gint64 number);
/* What kaf_few_hide() made of it: a text where it is not told. */
void kaf_sheet_add_few (KafSheet *self, guint told);
void kaf_sheet_add_empty (KafSheet *self);
/* @part of @whole; nothing of nothing is empty. */
void kaf_sheet_add_share (KafSheet *self, gint64 part, gint64 whole);
/* @tenths: 43 is 4.3; below 0: empty. */
void kaf_sheet_add_tenths (KafSheet *self, int tenths);
/* As a value of money is written: "1250000 MAD". Several currencies in one column have no sum. */
void kaf_sheet_add_money (KafSheet *self, const char *canonical);
void kaf_sheet_add_amount (KafSheet *self, gint64 minor, const char *currency);
void kaf_sheet_add_day (KafSheet *self, KafDay day);
/* @us: since 1970, UTC */
void kaf_sheet_add_time (KafSheet *self, gint64 us);
/* @url leads somewhere: "https:…", "mailto:…". */
void kaf_sheet_add_link (KafSheet *self, const char *url, const char *text);

/* A value as a record has it, into a column of kaf_sheet_kind_of(): numbers, days and amounts stay what they are; other
 * values are written as @shown (nullable), or as they are. */
void kaf_sheet_add_value (KafSheet *self,
                          const KafField *field,
                          const char *canonical,
                          const char *shown);
KafSheetKind kaf_sheet_kind_of (const KafField *field);

/* A formula with the number that it comes to: a reader that does not calculate shows that. Of the row: "{2}/{1}" takes
 * the cells of columns 2 and 1. */
void kaf_sheet_add_formula (KafSheet *self, const char *formula, double value);

void kaf_sheet_end_row (KafSheet *self);
guint kaf_sheet_get_n_rows (const KafSheet *self);

typedef enum
{
  KAF_CHART_BARS,    /* lying, side by side */
  KAF_CHART_STACKED, /* lying, one behind the other */
  KAF_CHART_COLUMNS,
  KAF_CHART_LINES,
  KAF_CHART_SPANS, /* the first series a day, the second how many days from it: bars in time */
} KafChartKind;

typedef struct
{
  KafChartKind kind;
  const char *title;
  guint names;       /* column of the names along the axis */
  const int *series; /* columns; ends with -1 */
  guint rows;        /* so many, from the first; 0: all */
  guint most;        /* of COLUMNS and LINES: the scale ends there; 0: where Excel likes */
  KafDay from;       /* of SPANS: where the axis begins; unknown: where Excel likes */
} KafSheetChart;

/* Draws what the columns say, below the table. Without rows, nothing. Texts are copied, and @series. */
void kaf_sheet_add_chart (KafSheet *self, const KafSheetChart *chart);

G_END_DECLS
