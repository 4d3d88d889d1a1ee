/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shares the width of a table among its columns: room left over goes to those that hold text;
 * when room lacks they give way down to their least width, then the table scrolls sideways. */
#include "config.h"

#include "ui/list/kaf-table-layout.h"

#include <stdlib.h>

static gboolean
stretches (const KafColumn *column)
{
  return column->kind != KAF_COLUMN_PILL && column->kind != KAF_COLUMN_FIGURE;
}

static void
collect_visible (KafTableLayout *self)
{
  self->n = 0;
  if (self->columns == NULL)
    return;

  for (guint i = 0; i < self->columns->len && self->n < G_N_ELEMENTS (self->column); i++)
    {
      KafColumn *column = g_ptr_array_index (self->columns, i);

      if (column->visible)
        self->column[self->n++] = column;
    }
}

/* Adds @room px in all, in shares of the present widths. */
static void
grow (KafTableLayout *self, int room)
{
  int base = 0, given = 0, last = -1;

  for (guint i = 0; i < self->n; i++)
    if (stretches (self->column[i]))
      base += self->width[i];
  if (base == 0)
    return;

  for (guint i = 0; i < self->n; i++)
    {
      int share;

      if (!stretches (self->column[i]))
        continue;
      share = (int) ((gint64) room * self->width[i] / base);
      self->width[i] += share;
      given += share;
      last = (int) i;
    }
  self->width[last] += room - given;
}

/* Takes @lack px in all, as far as least widths allow. */
static void
shrink (KafTableLayout *self, int lack)
{
  int give = 0;

  for (guint i = 0; i < self->n; i++)
    give += MAX (0, self->width[i] - self->column[i]->min_width);
  if (give == 0)
    return;

  lack = MIN (lack, give);
  for (guint i = 0; i < self->n; i++)
    {
      int can = MAX (0, self->width[i] - self->column[i]->min_width);

      /* Rounded up, so that the columns fit. */
      self->width[i] -= MIN (can, (int) (((gint64) lack * can + give - 1) / give));
    }
}

void
kaf_table_layout_update (KafTableLayout *self, int viewport_width)
{
  int start = self->select_mode ? KAF_TABLE_CHECK_WIDTH : KAF_TABLE_EDGE - 4;
  int total = start + 4;

  collect_visible (self);
  if (self->compact)
    {
      self->total = viewport_width;
      return;
    }

  for (guint i = 0; i < self->n; i++)
    {
      self->width[i] = self->column[i]->width;
      total += self->width[i];
    }
  if (total < viewport_width)
    grow (self, viewport_width - total);
  else
    shrink (self, total - viewport_width);

  for (guint i = 0; i < self->n; i++)
    {
      self->x[i] = start;
      start += self->width[i];
    }
  self->total = MAX (start + 4, viewport_width);
}

int
kaf_table_layout_row_height (const KafTableLayout *self)
{
  return self->compact ? KAF_TABLE_CARD_HEIGHT : KAF_TABLE_ROW_HEIGHT;
}

int
kaf_table_layout_find_edge (const KafTableLayout *self, int x, int slack)
{
  for (guint i = 0; i < self->n; i++)
    if (abs (self->x[i] + self->width[i] - x) <= slack)
      return (int) i;

  return -1;
}

const KafColumn *
kaf_table_layout_first (const KafTableLayout *self, KafColumnKind kind)
{
  for (guint i = 0; i < self->n; i++)
    if (self->column[i]->kind == kind)
      return self->column[i];

  return NULL;
}
