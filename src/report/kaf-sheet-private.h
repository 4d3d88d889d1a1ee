/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the table of a sheet and its charts share. */
#pragma once

#include "report/kaf-book-private.h"

G_BEGIN_DECLS

typedef struct
{
  char *id, *title, *unless; /* nullable but for the title */
  KafSheetKind kind;
  KafSheetFlags flags;
  GStrv choices; /* nullable */
  guint width;
  lxw_format *format; /* of most cells */
  lxw_format *arabic; /* of texts in Arabic; NULL: none was written yet */
  char unit[4];       /* of amounts: that of @format */
  gboolean mixed;     /* amounts of several currencies: no sum */
  double sum, most;
} KafSheetOwnColumn;

struct _KafSheet
{
  KafBook *book;
  lxw_worksheet *worksheet;
  char *id, *title, *note;
  GPtrArray *columns; /* (element-type KafSheetOwnColumn) */
  GPtrArray *charts;  /* (element-type KafSheetOwnChart) */
  lxw_row_t heading, row;
  guint at; /* column of the next cell */
  guint n_rows;
  guint n_links;
  guint lines; /* that the row takes */
  gboolean begun, finished;
};

/* What a chart was asked for, and where it goes. */
typedef struct
{
  KafSheetChart chart; /* its texts and series are owned */
  lxw_worksheet *worksheet;
  lxw_row_t row; /* on a sheet of its own */
} KafSheetOwnChart;
void kaf_sheet_own_chart_free (KafSheetOwnChart *self);

/* Whether charts find room at the side of the table, on one page. */
gboolean kaf_sheet_has_room (KafSheet *self);

/* Of the table, in pixels. */
double kaf_sheet_get_width (const KafSheet *self);

void kaf_sheet_draw_charts (KafSheet *self);

#define kaf_sheet_column(self, i) ((KafSheetOwnColumn *) g_ptr_array_index ((self)->columns, i))

G_END_DECLS
