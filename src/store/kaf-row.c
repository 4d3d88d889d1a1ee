/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-row-private.h"

#define TEXTS_BLOCK 16384

struct _KafRowLot
{
  gatomicrefcount refs; /* of its rows, and of who fills it */
  guint n_columns;
  GStringChunk *texts;
  KafRow *rows;
  char **slots; /* of all cells */
};

KafRowLot *
kaf_row_lot_new (guint n_rows, guint n_columns)
{
  KafRowLot *self = g_new0 (KafRowLot, 1);

  g_atomic_ref_count_init (&self->refs);
  self->n_columns = n_columns;
  self->texts = g_string_chunk_new (TEXTS_BLOCK);
  self->rows = g_new0 (KafRow, n_rows + 1);
  self->slots = g_new0 (char *, (gsize) n_rows *(n_columns + 1) * 2 + 1);
  return self;
}

void
kaf_row_lot_unref (KafRowLot *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_string_chunk_free (self->texts);
  g_free (self->rows);
  g_free (self->slots);
  g_free (self);
}

KafRow *
kaf_row_lot_begin (KafRowLot *self, guint at)
{
  KafRow *row = &self->rows[at];
  gsize width = self->n_columns + 1;

  g_atomic_ref_count_init (&row->refs);
  g_atomic_ref_count_inc (&self->refs);
  row->lot = self;
  row->n_cells = self->n_columns;
  row->cells = self->slots + at * width * 2;
  row->raw = row->cells + width;
  return row;
}

const char *
kaf_row_lot_keep (KafRowLot *self, const char *text)
{
  return text != NULL ? g_string_chunk_insert (self->texts, text) : NULL;
}

KafRow *
kaf_row_ref (KafRow *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

static void
free_texts (KafRow *self)
{
  for (guint i = 0; i < self->n_cells; i++)
    {
      g_free (self->cells[i]);
      g_free (self->raw[i]);
    }
  g_free (self->cells);
  g_free (self->raw);
  g_free (self->id);
  g_free (self->ref);
  g_free (self->title);
  g_free (self->title_ar);
}

void
kaf_row_unref (KafRow *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_free (self->match);
  if (self->lot != NULL)
    {
      kaf_row_lot_unref (self->lot);
      return;
    }
  free_texts (self);
  g_free (self);
}
