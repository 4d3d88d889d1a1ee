/* SPDX-License-Identifier: GPL-3.0-or-later */
/* No column is wider than WIDTH_MAX for the alignment's sake: a longer text pushes its row. */
#include "config.h"

#include "cli/kaf-table.h"

#define WIDTH_MAX 40

struct _KafTable
{
  guint n_columns;
  GPtrArray *cells; /* of char* */
};

KafTable *
kaf_table_new (guint n_columns)
{
  KafTable *self = g_new0 (KafTable, 1);

  self->n_columns = n_columns;
  self->cells = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
kaf_table_free (KafTable *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->cells);
  g_free (self);
}

void
kaf_table_add (KafTable *self, const char *text)
{
  g_ptr_array_add (self->cells, g_strdelimit (g_strdup (text != NULL ? text : ""), "\r\n\t", ' '));
}

/* Columns on a terminal: marks and isolates take none, wide letters two. */
static guint
measure (const char *text)
{
  guint width = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      width += g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
    }
  return width;
}

static void
append_row (KafTable *self, guint first, const guint *widths, GString *out)
{
  gsize start = out->len;

  for (guint c = 0; c < self->n_columns; c++)
    {
      const char *text = g_ptr_array_index (self->cells, first + c);
      guint width = measure (text);

      g_string_append (out, text);
      for (guint pad = width; c + 1 < self->n_columns && pad < widths[c] + 2; pad++)
        g_string_append_c (out, ' ');
      if (c + 1 < self->n_columns && width > widths[c])
        g_string_append (out, width < widths[c] + 2 ? "" : "  ");
    }
  while (out->len > start && out->str[out->len - 1] == ' ')
    g_string_truncate (out, out->len - 1);
  g_string_append_c (out, '\n');
}

void
kaf_table_print (KafTable *self)
{
  g_autofree guint *widths = g_new0 (guint, self->n_columns);
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < self->cells->len; i++)
    {
      guint width = measure (g_ptr_array_index (self->cells, i));

      widths[i % self->n_columns] = MAX (widths[i % self->n_columns], MIN (width, WIDTH_MAX));
    }
  for (guint i = 0; i + self->n_columns <= self->cells->len; i += self->n_columns)
    append_row (self, i, widths, out);
  g_print ("%s", out->str);
  g_ptr_array_set_size (self->cells, 0);
}
