/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/kaf-table-line.h"

#include <string.h>

KafTableLine *
kaf_table_line_new (void)
{
  KafTableLine *self = g_new0 (KafTableLine, 1);

  self->text = g_string_new (NULL);
  self->starts = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->types = g_array_new (FALSE, FALSE, sizeof (KafTableCellType));
  self->cells = g_array_new (FALSE, FALSE, sizeof (KafTableCell));
  return self;
}

void
kaf_table_line_free (KafTableLine *self)
{
  if (self == NULL)
    return;
  g_string_free (self->text, TRUE);
  g_array_unref (self->starts);
  g_array_unref (self->types);
  g_array_unref (self->cells);
  g_free (self);
}

void
kaf_table_line_clear (KafTableLine *self, guint number)
{
  g_string_truncate (self->text, 0);
  g_array_set_size (self->starts, 0);
  g_array_set_size (self->types, 0);
  g_array_set_size (self->cells, 0);
  self->number = number;
}

guint
kaf_table_line_get_n (const KafTableLine *self)
{
  return self->starts->len;
}

static gboolean
is_blank (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (text[i] != ' ' && text[i] != '\t' && text[i] != '\n' && text[i] != '\r')
      return FALSE;
  return TRUE;
}

gboolean
kaf_table_line_add (
    KafTableLine *self, KafTableCellType type, const char *text, gssize length, GError **error)
{
  gsize size = length < 0 ? strlen (text) : (gsize) length;
  gsize start = self->text->len;

  if (self->starts->len >= KAF_TABLE_COLUMNS_MAX)
    {
      g_set_error (error, KAF_TABLE_ERROR, KAF_TABLE_ERROR_WIDE, "row %u has over %d cells",
                   self->number, KAF_TABLE_COLUMNS_MAX);
      return FALSE;
    }
  if (size > KAF_TABLE_CELL_MAX || start + size > KAF_TABLE_ROW_MAX)
    {
      g_set_error (error, KAF_TABLE_ERROR, KAF_TABLE_ERROR_CELL, "row %u: cell %u is too long",
                   self->number, self->starts->len + 1);
      return FALSE;
    }
  if (is_blank (text, size))
    {
      type = KAF_TABLE_CELL_EMPTY;
      size = 0;
    }
  g_array_append_val (self->starts, start);
  g_array_append_val (self->types, type);
  g_string_append_len (self->text, text, (gssize) size);
  g_string_append_c (self->text, '\0');
  return TRUE;
}

gboolean
kaf_table_line_pad (KafTableLine *self, guint n, GError **error)
{
  while (self->starts->len < n)
    if (!kaf_table_line_add (self, KAF_TABLE_CELL_EMPTY, "", 0, error))
      return FALSE;
  return TRUE;
}

gboolean
kaf_table_line_seal (KafTableLine *self)
{
  guint n = self->starts->len;

  while (n > 0 && g_array_index (self->types, KafTableCellType, n - 1) == KAF_TABLE_CELL_EMPTY)
    n--;
  g_array_set_size (self->starts, n);
  g_array_set_size (self->types, n);
  g_array_set_size (self->cells, n);
  for (guint i = 0; i < n; i++)
    {
      KafTableCell *cell = &g_array_index (self->cells, KafTableCell, i);

      cell->type = g_array_index (self->types, KafTableCellType, i);
      cell->text = self->text->str + g_array_index (self->starts, gsize, i);
    }
  return n > 0;
}
