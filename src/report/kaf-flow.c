/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "report/kaf-flow.h"

#define HAIRLINE 0.5

KafFlow *
kaf_flow_new (KafTypesetter *type, KafLang lang, double width, double height)
{
  KafFlow *self = g_new0 (KafFlow, 1);

  self->type = type;
  self->lang = lang;
  self->rtl = kaf_lang_is_rtl (lang);
  self->width = self->full_width = width;
  self->full_height = height;
  self->columns = 1;
  self->slices = g_array_new (FALSE, TRUE, sizeof (KafSlice));
  self->marks = g_array_new (FALSE, TRUE, sizeof (KafMark));
  self->images = g_ptr_array_new_with_free_func ((GDestroyNotify) cairo_surface_destroy);
  return self;
}

void
kaf_flow_free (KafFlow *self)
{
  g_array_unref (self->slices);
  g_array_unref (self->marks);
  g_ptr_array_unref (self->images);
  g_free (self);
}

void
kaf_flow_open (KafFlow *self)
{
  self->first_mark = self->marks->len;
}

KafSlice *
kaf_flow_close (KafFlow *self, double before, double height)
{
  KafSlice slice = {
    .before = MAX (before, self->before),
    .height = height,
    .first_mark = self->first_mark,
    .n_marks = self->marks->len - self->first_mark,
    .columns = self->columns,
    .head = -1,
    .keep = self->keep_depth > 0,
    .breaks = self->breaks,
    .paper = self->paper,
  };

  self->before = 0;
  self->breaks = self->paper = FALSE;
  g_array_append_val (self->slices, slice);
  return &g_array_index (self->slices, KafSlice, self->slices->len - 1);
}

KafMark *
kaf_flow_mark (
    KafFlow *self, KafMarkKind kind, double x, double y, double width, double height, double grey)
{
  KafMark mark = { .kind = kind, .grey = grey, .y = y, .width = width, .height = height };

  x += self->indent;
  mark.x = self->rtl ? self->width - x - width : x;
  g_array_append_val (self->marks, mark);
  return &g_array_index (self->marks, KafMark, self->marks->len - 1);
}

double
kaf_flow_lines (KafFlow *self,
                const KafSetText *set,
                guint from,
                guint to,
                double x,
                double y,
                double width,
                KafDocAlign align)
{
  double top = y;

  for (guint i = from; i < to && i < set->n_lines; i++)
    {
      const KafLine *line = &set->lines[i];
      double rest = line->full ? 0 : width - line->width;
      double offset = align == KAF_DOC_END ? rest : align == KAF_DOC_CENTRE ? rest / 2 : 0;
      KafMark *mark = kaf_flow_mark (self, KAF_MARK_LINE, x + offset, y + line->baseline,
                                     line->width, line->height, kaf_style_grey (set->style));

      mark->set = set;
      mark->line = line;
      y += line->height;
    }
  return y - top;
}

void
kaf_flow_text (
    KafFlow *self, const KafSetText *set, double before, double x, double width, KafDocAlign align)
{
  guint n = set->n_lines;

  for (guint i = 0; i < n; i++)
    {
      KafSlice *slice;

      kaf_flow_open (self);
      kaf_flow_lines (self, set, i, i + 1, x, 0, width, align);
      slice = kaf_flow_close (self, i == 0 ? before : 0, set->lines[i].height);
      /* Two lines at least before a page ends, and after it began. */
      slice->keep |= i + 1 < n && (i == 0 || i + 2 == n);
    }
}

/* The deepest first baseline of the cells, each from its line @from on (nullable: from the first): Latin and Arabic
 * stand on one. */
static double
get_baseline (const KafFlowCell *cells, guint n_cells, const guint *from)
{
  double baseline = 0;

  for (guint i = 0; i < n_cells; i++)
    {
      guint first = from != NULL ? from[i] : 0;

      if (first < cells[i].set->n_lines)
        baseline = MAX (baseline, cells[i].set->lines[first].baseline);
    }
  return baseline;
}

static double
get_height (const KafFlowCell *cells, guint n_cells)
{
  double baseline = get_baseline (cells, n_cells, NULL);
  double height = 0;

  for (guint i = 0; i < n_cells; i++)
    if (cells[i].set->n_lines > 0)
      height = MAX (height, cells[i].set->height + baseline - cells[i].set->lines[0].baseline);
  return height;
}

/* One slice of a row: of each cell the lines from @from on that stand in @room; moves @from on. Gives their height. */
static double
put_lines (
    KafFlow *self, const KafFlowCell *cells, guint n_cells, guint *from, double y, double room)
{
  double baseline = get_baseline (cells, n_cells, from);
  double height = 0;

  for (guint i = 0; i < n_cells; i++)
    {
      const KafSetText *set = cells[i].set;
      double drop = from[i] < set->n_lines ? baseline - set->lines[from[i]].baseline : 0;
      double taken = drop;
      guint to = from[i];

      while (to < set->n_lines && (to == from[i] || taken + set->lines[to].height <= room))
        taken += set->lines[to++].height;
      kaf_flow_lines (self, set, from[i], to, cells[i].x, y + drop, cells[i].width, cells[i].align);
      from[i] = to;
      height = MAX (height, taken);
    }
  return height;
}

static gboolean
has_lines_left (const KafFlowCell *cells, guint n_cells, const guint *from)
{
  for (guint i = 0; i < n_cells; i++)
    if (from[i] < cells[i].set->n_lines)
      return TRUE;
  return FALSE;
}

void
kaf_flow_row (KafFlow *self, const KafFlowRow *row, const KafFlowCell *cells, guint n_cells)
{
  g_autofree guint *from = g_new0 (guint, n_cells);
  double whole = MAX (get_height (cells, n_cells) + 2 * row->pad, row->least);
  double head = row->head >= 0 ? g_array_index (self->slices, KafSlice, row->head).height : 0;
  /* What is taller than a page goes over its edge in parts that leave room for what else stands there. */
  double most = self->full_height - head;
  gboolean parted = whole > most;
  gboolean first = TRUE;
  double width = self->width - self->indent;

  do
    {
      KafSlice *slice;
      double height;

      kaf_flow_open (self);
      if (row->fill > 0 && !parted)
        kaf_flow_mark (self, KAF_MARK_FILL, 0, 0, width, whole, row->fill);
      height = put_lines (self, cells, n_cells, from, row->pad, most / (parted ? 3 : 1));
      height = MAX (height + 2 * row->pad, parted ? 0 : row->least);
      if (row->rule_above > 0 && first)
        kaf_flow_mark (self, KAF_MARK_RULE, 0, 0, width, HAIRLINE, row->rule_above);
      if (row->rule_below > 0 && !has_lines_left (cells, n_cells, from))
        kaf_flow_mark (self, KAF_MARK_RULE, 0, height, width, HAIRLINE, row->rule_below);
      slice = kaf_flow_close (self, first ? row->before : 0, height);
      slice->head = row->head;
      slice->keep |= row->keep && !parted;
      first = FALSE;
    }
  while (has_lines_left (cells, n_cells, from));
}
