/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The format is that of the GNU gettext manual, "The Format of GNU MO Files": two tables of (length, offset), one of
 * source texts in ascending order, one of translations. A text with a plural is SINGULAR NUL PLURAL, its translation
 * FORM NUL FORM…; every text ends with a NUL that is not of its length. */
#include "config.h"

#include "base/kaf-catalogue.h"

#include <string.h>

#define MAGIC 0x950412deu
#define HEADER_BYTES 28

struct _KafCatalogue
{
  GBytes *bytes;
  const guint8 *data;
  gsize size;
  gboolean swapped;
  guint32 n, sources, translations;
};

static guint32
read_u32 (const KafCatalogue *self, gsize offset)
{
  guint32 value;

  memcpy (&value, self->data + offset, sizeof value);
  return self->swapped ? GUINT32_SWAP_LE_BE (value) : value;
}

/* Entry @i of the table at @table, which was checked. */
static const char *
get_text (const KafCatalogue *self, guint32 table, guint32 i, guint32 *length)
{
  gsize entry = (gsize) table + (gsize) i * 8;

  if (length != NULL)
    *length = read_u32 (self, entry);
  return (const char *) self->data + read_u32 (self, entry + 4);
}

static gboolean
has_table (const KafCatalogue *self, guint32 table)
{
  return table <= self->size && (gsize) self->n <= (self->size - table) / 8;
}

static gboolean
has_text (const KafCatalogue *self, guint32 table, guint32 i)
{
  gsize entry = (gsize) table + (gsize) i * 8;
  gsize length = read_u32 (self, entry);
  gsize offset = read_u32 (self, entry + 4);

  return offset < self->size && length < self->size - offset && self->data[offset + length] == '\0';
}

static gboolean
is_whole (KafCatalogue *self)
{
  if (self->size < HEADER_BYTES || self->size > G_MAXUINT32)
    return FALSE;
  self->swapped = read_u32 (self, 0) != MAGIC;
  if (read_u32 (self, 0) != MAGIC || read_u32 (self, 4) >> 16 > 1)
    return FALSE;
  self->n = read_u32 (self, 8);
  self->sources = read_u32 (self, 12);
  self->translations = read_u32 (self, 16);
  if (!has_table (self, self->sources) || !has_table (self, self->translations))
    return FALSE;
  for (guint32 i = 0; i < self->n; i++)
    if (!has_text (self, self->sources, i) || !has_text (self, self->translations, i))
      return FALSE;
  /* What is not in order would not be found. */
  for (guint32 i = 1; i < self->n; i++)
    if (strcmp (get_text (self, self->sources, i - 1, NULL),
                get_text (self, self->sources, i, NULL)) >= 0)
      return FALSE;
  return TRUE;
}

KafCatalogue *
kaf_catalogue_new (GBytes *bytes, GError **error)
{
  g_autoptr (KafCatalogue) self = g_new0 (KafCatalogue, 1);

  self->bytes = g_bytes_ref (bytes);
  self->data = g_bytes_get_data (bytes, &self->size);
  if (is_whole (self))
    return g_steal_pointer (&self);
  g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "no catalogue, or damaged");
  return NULL;
}

KafCatalogue *
kaf_catalogue_load (const char *path, GError **error)
{
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, error);
  g_autoptr (GBytes) bytes = file != NULL ? g_mapped_file_get_bytes (file) : NULL;

  return bytes != NULL ? kaf_catalogue_new (bytes, error) : NULL;
}

void
kaf_catalogue_free (KafCatalogue *self)
{
  g_bytes_unref (self->bytes);
  g_free (self);
}

static const char *
pick_form (const KafCatalogue *self, guint32 i, guint form)
{
  guint32 length;
  const char *text = get_text (self, self->translations, i, &length);
  const char *end = text + length;

  for (; form > 0; form--)
    {
      text += strlen (text) + 1;
      if (text > end)
        return NULL;
    }
  return *text != '\0' ? text : NULL;
}

const char *
kaf_catalogue_find (const KafCatalogue *self, const char *key, guint form)
{
  guint32 low = 0, high = self->n;

  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;
      int order = strcmp (key, get_text (self, self->sources, middle, NULL));

      if (order == 0)
        return pick_form (self, middle, form);
      if (order < 0)
        high = middle;
      else
        low = middle + 1;
    }
  return NULL;
}
