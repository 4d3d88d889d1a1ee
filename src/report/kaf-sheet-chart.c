/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Charts are Excel's own: they follow the cells that they draw. In Arabic they run from right to left. A narrow table has
 * them at its side; a wide one, which fills the page, on a sheet of their own behind it. */
#include "config.h"

#include "report/kaf-sheet-private.h"

#define DEFAULT_WIDTH 480.0
#define DEFAULT_HEIGHT 288.0
/* What a page of A4 in landscape has room for, in the pixels of Excel. */
#define PAGE_WIDTH 1080.0
#define PAGE_HEIGHT 540.0
#define WIDTH_LEAST 480.0
#define GAP_WIDTH 2
#define GAP_PX 6
#define ROW_PX 20.0
#define BAR_PX 36.0
#define FRAME_PX 120.0
/* So many have each a line of the scale. */
#define FEW 8

static const lxw_color_t colors[] = { 0x1C5A7D, 0xE0912F, 0x4B9B6E, 0xA34A5C,
                                      0x6C6FA8, 0x8A7B52, 0x4FA3B8, 0x9A9A9A };

void
kaf_sheet_own_chart_free (KafSheetOwnChart *self)
{
  g_free ((char *) self->chart.title);
  g_free ((int *) self->chart.series);
  g_free (self);
}

gboolean
kaf_sheet_has_room (KafSheet *self)
{
  return kaf_sheet_get_width (self) + WIDTH_LEAST <= PAGE_WIDTH;
}

static gboolean
lies (KafChartKind kind)
{
  return kind == KAF_CHART_BARS || kind == KAF_CHART_STACKED || kind == KAF_CHART_SPANS;
}

static uint8_t
type_of (KafChartKind kind)
{
  switch (kind)
    {
    case KAF_CHART_BARS:
      return LXW_CHART_BAR;
    case KAF_CHART_STACKED:
    case KAF_CHART_SPANS:
      return LXW_CHART_BAR_STACKED;
    case KAF_CHART_COLUMNS:
      return LXW_CHART_COLUMN;
    case KAF_CHART_LINES:
    default:
      return LXW_CHART_LINE;
    }
}

static void
add_series (KafSheet *self, lxw_chart *drawn, const KafSheetChart *chart, guint i, lxw_row_t last)
{
  const char *sheet = self->worksheet->name;
  lxw_row_t first = self->heading + 1;
  lxw_col_t at = (lxw_col_t) chart->series[i];
  lxw_chart_series *series = chart_add_series (drawn, NULL, NULL);
  lxw_chart_fill fill = { .color = colors[i % G_N_ELEMENTS (colors)] };
  lxw_chart_line line = { .color = colors[i % G_N_ELEMENTS (colors)], .width = 2.25 };
  lxw_chart_fill none = { .none = LXW_TRUE };

  chart_series_set_categories (series, sheet, first, (lxw_col_t) chart->names, last,
                               (lxw_col_t) chart->names);
  chart_series_set_values (series, sheet, first, at, last, at);
  chart_series_set_name_range (series, sheet, self->heading, at);
  if (chart->kind == KAF_CHART_LINES)
    chart_series_set_line (series, &line);
  else
    chart_series_set_fill (series, chart->kind == KAF_CHART_SPANS && i == 0 ? &none : &fill);
}

/* Half a person is none. */
static gboolean
counts_few (KafSheet *self, const KafSheetChart *chart)
{
  for (guint i = 0; chart->series[i] >= 0; i++)
    {
      const KafSheetOwnColumn *column = kaf_sheet_column (self, chart->series[i]);

      if (column->kind != KAF_SHEET_INTEGER || column->most > FEW)
        return FALSE;
    }
  return TRUE;
}

static void
set_axes (KafSheet *self, lxw_chart *drawn, const KafSheetChart *chart)
{
  gboolean rtl = kaf_lang_is_rtl (kaf_book_get_basis (self->book)->lang);
  lxw_chart_font font = { .size = 9 };

  chart_axis_set_num_font (drawn->x_axis, &font);
  chart_axis_set_num_font (drawn->y_axis, &font);
  if (lies (chart->kind))
    {
      /* The y axis of lying bars is that of the names. The first row stands at the top, and the scale still at the
       * bottom. */
      chart_axis_set_reverse (drawn->y_axis);
      chart_axis_set_crossing_max (drawn->y_axis);
    }
  else if (kaf_sheet_column (self, chart->names)->kind == KAF_SHEET_DAY)
    chart_axis_set_num_format (drawn->x_axis, "mm/yyyy");
  if (counts_few (self, chart))
    chart_axis_set_major_unit (lies (chart->kind) ? drawn->x_axis : drawn->y_axis, 1);
  if (chart->most > 0)
    {
      chart_axis_set_min (drawn->y_axis, 0);
      chart_axis_set_max (drawn->y_axis, chart->most);
    }
  if (rtl)
    chart_axis_set_reverse (drawn->x_axis);
}

/* Bars in time begin with the earliest day, not with the year 1900. */
static void
set_span_axis (lxw_chart *drawn, KafDay from)
{
  chart_axis_set_num_format (drawn->x_axis, "mm/yyyy");
  if (from != KAF_DAY_UNKNOWN)
    chart_axis_set_min (drawn->x_axis, kaf_sheet_day_number (from));
}

static double
get_height (KafSheet *self, const KafSheetChart *chart)
{
  guint n = chart->rows > 0 ? MIN (chart->rows, self->n_rows) : self->n_rows;

  return lies (chart->kind) ? MIN (n * BAR_PX + FRAME_PX, PAGE_HEIGHT) : DEFAULT_HEIGHT * 1.3;
}

static void
draw (KafSheet *self, const KafSheetOwnChart *own, lxw_row_t row, lxw_col_t at, double width)
{
  const KafSheetChart *chart = &own->chart;
  lxw_chart *drawn = workbook_add_chart (kaf_book_get_workbook (self->book), type_of (chart->kind));
  guint n = chart->rows > 0 ? MIN (chart->rows, self->n_rows) : self->n_rows;
  lxw_chart_font title = { .size = 12, .bold = LXW_TRUE };
  lxw_chart_options options = { .description = (char *) chart->title, .y_offset = GAP_PX };
  guint i;

  for (i = 0; chart->series[i] >= 0; i++)
    add_series (self, drawn, chart, i, self->heading + n);
  chart_title_set_name (drawn, chart->title);
  chart_title_set_name_font (drawn, &title);
  chart_legend_set_position (drawn, i > 1 && chart->kind != KAF_CHART_SPANS
                                        ? LXW_CHART_LEGEND_BOTTOM
                                        : LXW_CHART_LEGEND_NONE);
  set_axes (self, drawn, chart);
  if (lies (chart->kind))
    chart_set_series_gap (drawn, 60);
  if (chart->kind == KAF_CHART_SPANS)
    set_span_axis (drawn, chart->from);
  options.x_scale = width / DEFAULT_WIDTH;
  options.y_scale = get_height (self, chart) / DEFAULT_HEIGHT;
  worksheet_insert_chart_opt (own->worksheet, row, at, drawn, &options);
}

void
kaf_sheet_draw_charts (KafSheet *self)
{
  double rest = PAGE_WIDTH - kaf_sheet_get_width (self) - GAP_WIDTH * 7;
  lxw_col_t beside = (lxw_col_t) self->columns->len;
  /* Below the row of the headings, and off its edge: what stands there comes back on each page. */
  lxw_row_t row = self->heading + 1;

  for (guint i = 0; i < self->charts->len; i++)
    {
      const KafSheetOwnChart *own = g_ptr_array_index (self->charts, i);

      if (own->worksheet != self->worksheet)
        {
          draw (self, own, own->row, 0, PAGE_WIDTH);
          continue;
        }
      worksheet_set_column (self->worksheet, beside, beside, GAP_WIDTH, NULL);
      draw (self, own, row, beside + 1, MAX (rest, WIDTH_LEAST));
      row += (lxw_row_t) (get_height (self, &own->chart) / ROW_PX) + 2;
    }
}
