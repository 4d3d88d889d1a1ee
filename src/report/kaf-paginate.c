/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A strip of slices to pages. What is kept together goes to the next page together, unless it would not stand on one
 * either. Columns are filled one after the other, as high as needed. */
#include "config.h"

#include "report/kaf-pages-private.h"

typedef struct
{
  KafPages *pages;
  const KafFlow *flow;
  double width, height, left, top;
  double y;       /* from the top of the text */
  gboolean empty; /* nothing stands on the page yet */
} Paginator;

static const KafSlice *
get_slice (const Paginator *self, guint i)
{
  return &g_array_index (self->flow->slices, KafSlice, i);
}

static KafPage *
get_page (const Paginator *self)
{
  return &g_array_index (self->pages->pages, KafPage, self->pages->pages->len - 1);
}

static void
begin_page (Paginator *self)
{
  KafPage page = { .width = self->width,
                   .height = self->height,
                   .lang = self->flow->lang,
                   .first_mark = self->pages->marks->len };

  g_array_append_val (self->pages->pages, page);
  self->y = 0;
  self->empty = TRUE;
}

/* Where it stands in its column. */
static void
put_at (Paginator *self, guint i, double x, double y)
{
  const KafSlice *slice = get_slice (self, i);
  KafPage *page = get_page (self);

  for (guint k = 0; k < slice->n_marks; k++)
    {
      KafMark mark = g_array_index (self->flow->marks, KafMark, slice->first_mark + k);

      mark.x += self->left + x;
      mark.y += self->top + y;
      g_array_append_val (self->pages->marks, mark);
    }
  page->n_marks += slice->n_marks;
  if (slice->level == 1 || slice->level == 2)
    {
      KafPagesHeading heading = {
        .text = g_string_chunk_insert (self->pages->texts, slice->heading),
        .level = slice->level,
        .page = self->pages->pages->len - 1,
        .y = self->top + y,
      };

      g_array_append_val (self->pages->headings, heading);
    }
}

static void
put (Paginator *self, guint i)
{
  const KafSlice *slice = get_slice (self, i);

  self->y += self->empty ? 0 : slice->before;
  put_at (self, i, 0, self->y);
  self->y += slice->height;
  self->empty = FALSE;
}

/* One past the last slice that is kept with @i, before @end. */
static guint
find_group (const Paginator *self, guint i, guint end)
{
  while (i + 1 < end && get_slice (self, i)->keep && !get_slice (self, i + 1)->breaks)
    i++;
  return i + 1;
}

static double
measure (const Paginator *self, guint from, guint to, gboolean top)
{
  double height = 0;

  for (guint i = from; i < to; i++)
    height += get_slice (self, i)->height + (i == from && top ? 0 : get_slice (self, i)->before);
  return height;
}

/* The head of a table comes again where its rows go on. */
static void
begin_page_with (Paginator *self, guint i)
{
  int head = get_slice (self, i)->head;

  begin_page (self);
  if (head >= 0 && (guint) head < i)
    put (self, (guint) head);
}

static gboolean
fits (const Paginator *self, guint from, guint to)
{
  /* Sums of many heights are off by less than a point's hundredth. */
  return self->y + measure (self, from, to, self->empty) <= self->flow->full_height + 0.01;
}

static double
get_head_height (const Paginator *self, guint i)
{
  int head = get_slice (self, i)->head;

  return head >= 0 && (guint) head < i ? get_slice (self, (guint) head)->height : 0;
}

static void
put_group (Paginator *self, guint from, guint to)
{
  double alone = measure (self, from, to, TRUE) + get_head_height (self, from);

  if (get_slice (self, from)->breaks && !self->empty)
    begin_page (self);
  if (get_slice (self, from)->paper)
    get_page (self)->paper = TRUE;
  if (!fits (self, from, to) && !self->empty && alone <= self->flow->full_height)
    begin_page_with (self, from);
  for (guint i = from; i < to; i++)
    {
      if (!fits (self, i, i + 1) && !self->empty)
        begin_page_with (self, i);
      put (self, i);
    }
}

/* Columns */

/* Puts groups from @from on into columns of @height, or only tells how far they go. */
static guint
fill_columns (Paginator *self, guint from, guint end, guint n, double height, gboolean only_tell)
{
  double step = self->flow->full_width - (n - 1) * KAF_COLUMN_GAP;
  double deepest = 0;
  guint i = from;

  step = step / n + KAF_COLUMN_GAP;
  for (guint column = 0; column < n && i < end; column++)
    {
      double x = (self->flow->rtl ? n - 1 - column : column) * step;
      double y = 0;

      while (i < end)
        {
          guint to = find_group (self, i, end);
          double needed = measure (self, i, to, y == 0);

          if (y > 0 && y + needed > height + 0.01)
            break;
          if (get_slice (self, i)->breaks && i > from)
            return i;
          for (; i < to; i++)
            {
              y += y == 0 ? 0 : get_slice (self, i)->before;
              if (!only_tell)
                put_at (self, i, x, self->y + y);
              y += get_slice (self, i)->height;
            }
          deepest = MAX (deepest, y);
        }
    }
  if (!only_tell)
    {
      self->y += deepest;
      self->empty = FALSE;
    }
  return i;
}

static void
put_columns (Paginator *self, guint from, guint end, guint n)
{
  while (from < end)
    {
      double before = self->empty ? 0 : get_slice (self, from)->before;
      double room = self->flow->full_height - self->y - before;
      double height = measure (self, from, end, TRUE) / n;
      guint to = find_group (self, from, end);

      if (!self->empty && (measure (self, from, to, TRUE) > room || get_slice (self, from)->breaks))
        {
          begin_page (self);
          continue;
        }
      /* As high as needed for all of it to stand on this page, if it can. */
      while (height < room && fill_columns (self, from, end, n, height, TRUE) < end)
        height += 4;
      self->y += before;
      from = fill_columns (self, from, end, n, MIN (height, room), FALSE);
      if (from < end)
        begin_page (self);
    }
}

gboolean
kaf_pages_take (KafPages *self,
                KafFlow *flow,
                double width,
                double height,
                double left,
                double top,
                GCancellable *cancellable,
                GError **error)
{
  Paginator paginator = { self, flow, width, height, left, top, 0, TRUE };
  guint i = 0;

  begin_page (&paginator);
  while (i < flow->slices->len)
    {
      guint columns = get_slice (&paginator, i)->columns;
      guint end = i;

      while (end < flow->slices->len && get_slice (&paginator, end)->columns == columns)
        end++;
      if (columns > 1)
        {
          put_columns (&paginator, i, end, columns);
          i = end;
        }
      while (i < end)
        {
          guint to = find_group (&paginator, i, end);

          if (g_cancellable_set_error_if_cancelled (cancellable, error))
            return FALSE;
          put_group (&paginator, i, to);
          i = to;
        }
    }
  for (guint k = 0; k < flow->images->len; k++)
    g_ptr_array_add (self->images, cairo_surface_reference (g_ptr_array_index (flow->images, k)));
  return TRUE;
}
