/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands in columns: tables, labels with their values, boxes to sign in. */
#include "config.h"

#include "report/kaf-layout-private.h"

#define PAD_X 5
#define PAD_Y 3
#define GREY_HEAD 0.92
#define GREY_GROUP 0.96
#define GREY_RULE 0.82
#define BAR_WIDTH 2.2     /* before a row that is marked */
#define DENSE_FROM 7      /* columns */
#define NATURAL_MOST 0.45 /* of the width, for a column as wide as what stands in it */

#define BOXES_A_ROW 3
#define BOX_PAD 6
/* Millimetres left to sign in, however much is printed. */
#define BOX_ROOM 14
#define BOX_GAP 12

typedef struct
{
  KafFlow *flow;
  const KafTable *table, *other; /* other: nullable */
  KafStyle style, bold;
  double *widths;
} TableLayout;

static const char *
get_cell (const KafTable *table, const KafTableRow *row, guint column)
{
  return g_ptr_array_index (table->cells, row->first + column);
}

static const KafSetText *
set_cell (const TableLayout *self, KafStyle style, guint row_index, guint column, double width)
{
  const KafTableRow *row = &g_array_index (self->table->rows, KafTableRow, row_index);
  const char *text = get_cell (self->table, row, column);

  if (self->other != NULL && row_index < self->other->rows->len)
    {
      const KafTableRow *same = &g_array_index (self->other->rows, KafTableRow, row_index);

      if (same->kind == row->kind)
        return kaf_layout_set_both (self->flow, style, text, get_cell (self->other, same, column),
                                    width);
    }
  return kaf_typesetter_set (self->flow->type, style, self->flow->lang, text, width, FALSE);
}

static const KafSetText *
set_head (const TableLayout *self, guint column, double width)
{
  const char *head = self->table->columns[column].head;

  return kaf_layout_set_both (self->flow, self->bold, head,
                              self->other != NULL ? self->other->columns[column].head : NULL,
                              width);
}

/* The widest of what stands in a column. */
static double
get_natural (const TableLayout *self, guint column)
{
  double width = set_head (self, column, -1)->width;

  for (guint i = 0; i < self->table->rows->len; i++)
    {
      KafRowKind kind = g_array_index (self->table->rows, KafTableRow, i).kind;

      if (kind == KAF_ROW_PLAIN || kind == KAF_ROW_TOTAL)
        width = MAX (
            width, set_cell (self, kind == KAF_ROW_TOTAL ? self->bold : self->style, i, column, -1)
                       ->width);
    }
  return width + 2 * PAD_X;
}

/* Natural columns take what they need, up to a part of the width; the others share the rest. Without others, they share
 * what is left, and shrink when there is not enough. */
static void
find_widths (TableLayout *self)
{
  double width = self->flow->width - self->flow->indent;
  double natural = 0, shares = 0;

  for (guint i = 0; i < self->table->n_columns; i++)
    {
      double share = self->table->columns[i].share;

      if (share <= 0)
        self->widths[i] = MIN (get_natural (self, i), width * NATURAL_MOST);
      natural += self->widths[i];
      shares += MAX (share, 0);
    }
  if (shares > 0 && natural > width * 0.8)
    {
      for (guint i = 0; i < self->table->n_columns; i++)
        self->widths[i] *= width * 0.8 / natural;
      natural = width * 0.8;
    }
  for (guint i = 0; i < self->table->n_columns; i++)
    if (shares > 0 && self->table->columns[i].share > 0)
      self->widths[i] = (width - natural) * self->table->columns[i].share / shares;
    else if (shares <= 0)
      self->widths[i] *= width / natural;
}

static void
fill_cells (const TableLayout *self, KafFlowCell *cells)
{
  double x = 0;

  for (guint i = 0; i < self->table->n_columns; i++)
    {
      cells[i].x = x + PAD_X;
      cells[i].width = MAX (self->widths[i] - 2 * PAD_X, 1);
      cells[i].align = self->table->columns[i].align;
      x += self->widths[i];
    }
}

static int
add_head (const TableLayout *self, KafFlowCell *cells)
{
  const KafFlowRow row = {
    .before = 8, .pad = PAD_Y + 1, .fill = GREY_HEAD, .head = -1, .keep = TRUE
  };
  int index = (int) self->flow->slices->len;

  for (guint i = 0; i < self->table->n_columns; i++)
    cells[i].set = set_head (self, i, cells[i].width);
  kaf_flow_row (self->flow, &row, cells, self->table->n_columns);
  return index;
}

static void
add_group (const TableLayout *self, guint index, int head)
{
  double width = self->flow->width - self->flow->indent;
  const KafFlowRow row = {
    .pad = PAD_Y, .fill = GREY_GROUP, .rule_below = GREY_RULE, .head = head, .keep = TRUE
  };
  KafFlowCell cell = { set_cell (self, self->bold, index, 0, width - 2 * PAD_X), PAD_X,
                       width - 2 * PAD_X, KAF_DOC_START };

  kaf_flow_row (self->flow, &row, &cell, 1);
}

/* The bar before a row in which something is missing; one that pages part has none. */
static void
add_bar (KafFlow *flow, guint before)
{
  KafSlice *slice = &g_array_index (flow->slices, KafSlice, flow->slices->len - 1);

  if (flow->slices->len != before + 1)
    return;
  kaf_flow_mark (flow, KAF_MARK_FILL, 0, 0, BAR_WIDTH, slice->height, 0);
  slice->n_marks++;
}

/* Lines between the columns, to write in. */
static void
add_blank (const TableLayout *self, guint index, int head, const KafFlowCell *cells)
{
  const KafTableRow *blank = &g_array_index (self->table->rows, KafTableRow, index);
  KafFlow *flow = self->flow;
  const KafFlowRow row = {
    .pad = PAD_Y, .least = KAF_MM (blank->height), .rule_below = GREY_RULE, .head = head
  };
  KafFlowCell cell = cells[0];
  KafSlice *slice;

  cell.set = kaf_typesetter_set (flow->type, self->style, flow->lang,
                                 get_cell (self->table, blank, 0), cell.width, FALSE);
  kaf_flow_row (flow, &row, &cell, 1);
  slice = &g_array_index (flow->slices, KafSlice, flow->slices->len - 1);
  for (guint i = 1; i < self->table->n_columns; i++)
    {
      kaf_flow_mark (flow, KAF_MARK_FILL, cells[i].x - PAD_X, 0, 0.5, slice->height, GREY_RULE);
      slice->n_marks++;
    }
}

static void
add_row (const TableLayout *self, guint index, int head, KafFlowCell *cells)
{
  KafRowKind kind = g_array_index (self->table->rows, KafTableRow, index).kind;
  gboolean total = kind == KAF_ROW_TOTAL;
  const KafFlowRow row = {
    .pad = PAD_Y, .rule_above = total ? 0.3 : 0, .rule_below = GREY_RULE, .head = head
  };
  guint before = self->flow->slices->len;

  /* A total stays with what it adds up. */
  if (total && before > 0)
    g_array_index (self->flow->slices, KafSlice, before - 1).keep = TRUE;
  for (guint i = 0; i < self->table->n_columns; i++)
    cells[i].set = set_cell (self, total ? self->bold : self->style, index, i, cells[i].width);
  kaf_flow_row (self->flow, &row, cells, self->table->n_columns);
  if (kind == KAF_ROW_MARKED)
    add_bar (self->flow, before);
}

void
kaf_layout_table (KafFlow *flow, const KafTable *table, const KafTable *other)
{
  g_autofree double *widths = g_new0 (double, table->n_columns);
  g_autofree KafFlowCell *cells = g_new0 (KafFlowCell, table->n_columns);
  gboolean dense = table->n_columns >= DENSE_FROM;
  TableLayout self = { flow,
                       table,
                       other != NULL && other->n_columns == table->n_columns ? other : NULL,
                       dense ? KAF_STYLE_DENSE : KAF_STYLE_CELL,
                       dense ? KAF_STYLE_DENSE_BOLD : KAF_STYLE_CELL_BOLD,
                       widths };
  int head;

  if (table->n_columns == 0)
    return;
  find_widths (&self);
  fill_cells (&self, cells);
  head = add_head (&self, cells);
  for (guint i = 0; i < table->rows->len; i++)
    switch (g_array_index (table->rows, KafTableRow, i).kind)
      {
      case KAF_ROW_GROUP:
        add_group (&self, i, head);
        break;
      case KAF_ROW_BLANK:
        add_blank (&self, i, head, cells);
        break;
      case KAF_ROW_PLAIN:
      case KAF_ROW_MARKED:
      case KAF_ROW_TOTAL:
      default:
        add_row (&self, i, head, cells);
        break;
      }
  /* No row goes alone over a page, nor stays alone. */
  if (table->rows->len > 2 && flow->slices->len > (guint) head + 3)
    {
      g_array_index (flow->slices, KafSlice, head + 1).keep = TRUE;
      g_array_index (flow->slices, KafSlice, flow->slices->len - 2).keep = TRUE;
    }
  /* A table that ends with its head, or a group, keeps nothing. */
  g_array_index (flow->slices, KafSlice, flow->slices->len - 1).keep = flow->keep_depth > 0;
}

/* Labels and values */

/* Of the width, so that all pairs of a document stand in one line. */
#define LABEL_SHARE 0.3
#define LABEL_SHARE_BOTH 0.22

/* Where both languages say something else, French begins the room and Arabic ends it. */
static guint
set_values (
    KafFlow *flow, const char *value, const char *other, double x, double room, KafFlowCell *cells)
{
  const KafSetText *both = kaf_layout_set_both (flow, KAF_STYLE_BODY, value, other, -1);
  double half = (room - 2 * PAD_X) / 2;

  if (value == NULL || other == NULL || both->n_lines < 2)
    {
      const char *text = value != NULL ? value : other != NULL ? other : "—";

      cells[0] = (KafFlowCell){ kaf_typesetter_set (flow->type, KAF_STYLE_BODY, flow->lang, text,
                                                    room, FALSE),
                                x, room, KAF_DOC_START };
      return 1;
    }
  cells[0] = (KafFlowCell){ kaf_typesetter_set (flow->type, KAF_STYLE_BODY, flow->lang, value, half,
                                                FALSE),
                            x, half, KAF_DOC_START };
  cells[1] = (KafFlowCell){ kaf_typesetter_set (flow->type, KAF_STYLE_BODY, KAF_LANG_AR, other,
                                                half, FALSE),
                            x + room - half, half, KAF_DOC_END };
  return 2;
}

void
kaf_layout_pairs (KafFlow *flow, const GPtrArray *cells, const GPtrArray *other)
{
  double width = flow->width - flow->indent;
  double label = width * (other != NULL ? LABEL_SHARE_BOTH : LABEL_SHARE);
  double x = label + 2 * PAD_X;
  double room = width - x - (other != NULL ? x : 0);

  for (guint i = 0; i + 1 < cells->len; i += 2)
    {
      gboolean both = other != NULL && i + 1 < other->len;
      /* As with lines of a paragraph, none goes alone over a page. */
      const KafFlowRow row = { .before = i == 0 ? 6 : 0,
                               .pad = 2.5,
                               .rule_below = 0.88,
                               .head = -1,
                               .keep = i + 3 < cells->len && (i == 0 || i + 5 >= cells->len) };
      KafFlowCell row_cells[4];
      guint n = 0;

      row_cells[n++] =
          (KafFlowCell){ kaf_typesetter_set (flow->type, KAF_STYLE_LABEL, flow->lang,
                                             g_ptr_array_index (cells, i), label, FALSE),
                         0, label, KAF_DOC_START };
      n += set_values (flow, g_ptr_array_index (cells, i + 1),
                       both ? g_ptr_array_index (other, i + 1) : NULL, x, room, row_cells + n);
      if (both)
        row_cells[n++] =
            (KafFlowCell){ kaf_typesetter_set (flow->type, KAF_STYLE_LABEL, KAF_LANG_AR,
                                               g_ptr_array_index (other, i), label, FALSE),
                           width - label, label, KAF_DOC_END };
      kaf_flow_row (flow, &row, row_cells, n);
    }
}

/* Boxes to sign in */

/* Caption, name and function of the box whose cells begin at @i. */
#define BOX_PARTS 3

static const KafSetText *
set_box_part (KafFlow *flow,
              const GPtrArray *cells,
              const GPtrArray *other,
              guint i,
              guint part,
              double width)
{
  static const KafStyle styles[BOX_PARTS] = { KAF_STYLE_CELL_BOLD, KAF_STYLE_CELL, KAF_STYLE_NOTE };

  return kaf_layout_set_both (
      flow, styles[part], g_ptr_array_index (cells, i + part),
      other != NULL && i + part < other->len ? g_ptr_array_index (other, i + part) : NULL,
      width - 2 * BOX_PAD);
}

/* NULL: no room for a stamp is asked for. */
static const KafSetText *
set_stamp (KafFlow *flow, const GPtrArray *cells, const GPtrArray *other, guint i, double width)
{
  if (g_ptr_array_index (cells, i + BOX_PARTS) == NULL)
    return NULL;
  return kaf_layout_set_both (
      flow, KAF_STYLE_FOOT, kaf_words_get (flow->lang, "Signature and stamp"),
      other != NULL ? kaf_words_get (KAF_LANG_AR, "Signature and stamp") : NULL,
      width - 2 * BOX_PAD);
}

/* What the words of a box take, and room to sign under them. */
static double
measure_box (KafFlow *flow, const GPtrArray *cells, const GPtrArray *other, guint i, double width)
{
  const KafSetText *stamp = set_stamp (flow, cells, other, i, width);
  double height = BOX_PAD + KAF_MM (BOX_ROOM) + (stamp != NULL ? stamp->height : 0) + BOX_PAD / 2;

  for (guint part = 0; part < BOX_PARTS; part++)
    height += set_box_part (flow, cells, other, i, part, width)->height;
  return height;
}

static void
add_box (KafFlow *flow,
         const GPtrArray *cells,
         const GPtrArray *other,
         guint i,
         double x,
         double width,
         double height)
{
  const KafSetText *stamp = set_stamp (flow, cells, other, i, width);
  double y = BOX_PAD;

  kaf_flow_mark (flow, KAF_MARK_FRAME, x, 0, width, height, 0.5);
  for (guint part = 0; part < BOX_PARTS; part++)
    {
      const KafSetText *set = set_box_part (flow, cells, other, i, part, width);

      y += kaf_flow_lines (flow, set, 0, set->n_lines, x + BOX_PAD, y, width - 2 * BOX_PAD,
                           KAF_DOC_CENTRE);
    }
  if (stamp != NULL)
    kaf_flow_lines (flow, stamp, 0, stamp->n_lines, x + BOX_PAD,
                    height - stamp->height - BOX_PAD / 2, width - 2 * BOX_PAD, KAF_DOC_CENTRE);
}

void
kaf_layout_signatures (KafFlow *flow, const GPtrArray *cells, const GPtrArray *other)
{
  guint n = cells->len / 4;
  /* One alone stands at the end of half the width. */
  guint across = n == 4 ? 2 : CLAMP (n, 2, BOXES_A_ROW);
  guint first = n == 1 ? 1 : 0;
  double width = (flow->width - flow->indent - (across - 1) * BOX_GAP) / across;

  /* Nobody signs a page on which nothing else stands. */
  if (n > 0 && flow->slices->len > 0)
    g_array_index (flow->slices, KafSlice, flow->slices->len - 1).keep = TRUE;
  for (guint i = 0; i < n; i += across)
    {
      double height = KAF_MM (other != NULL ? 40 : 32);
      KafSlice *slice;

      for (guint k = 0; k < across && i + k < n; k++)
        height = MAX (height, measure_box (flow, cells, other, (i + k) * 4, width));

      kaf_flow_open (flow);
      for (guint k = 0; k < across && i + k < n; k++)
        add_box (flow, cells, other, (i + k) * 4, (k + first) * (width + BOX_GAP), width, height);
      slice = kaf_flow_close (flow, 12, height);
      slice->keep |= i + across < n;
    }
}
