/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/kaf-text-stream.h"

#include "exchange/kaf-charset.h"
#include "exchange/kaf-table-source.h"

const char *
kaf_text_stream_find_encoding (GBytes *head, const char *wanted, guint *mark, GError **error)
{
  gsize size;
  const guint8 *text = g_bytes_get_data (head, &size);
  const char *found = kaf_charset_detect (text, size, size == KAF_TABLE_HEAD, mark);
  const char *set = wanted != NULL ? kaf_charset_find (wanted) : NULL;

  if (wanted == NULL)
    return found;
  if (set == NULL)
    {
      g_set_error (error, KAF_TABLE_ERROR, KAF_TABLE_ERROR_ENCODING, "no such encoding: %s",
                   wanted);
      return NULL;
    }
  /* A mark belongs to its encoding only. */
  if (set != found)
    *mark = 0;
  return set;
}

static GInputStream *
convert (GInputStream *raw, const char *encoding, GError **error)
{
  g_autoptr (GCharsetConverter) converter = g_charset_converter_new ("UTF-8", encoding, error);

  if (converter == NULL)
    return NULL;
  g_charset_converter_set_use_fallback (converter, TRUE);
  return g_converter_input_stream_new (raw, G_CONVERTER (converter));
}

char *
kaf_text_stream_convert_head (GBytes *head, const char *encoding, guint mark)
{
  g_autoptr (GBytes) rest = g_bytes_new_from_bytes (
      head, mark, g_bytes_get_size (head) - MIN (mark, g_bytes_get_size (head)));
  g_autoptr (GInputStream) raw = g_memory_input_stream_new_from_bytes (rest);
  g_autoptr (GInputStream) text = convert (raw, encoding, NULL);
  g_autoptr (GString) out = g_string_new (NULL);
  char buffer[4096];
  gssize n;

  /* A letter that is cut at the end ends it with an error, which is no matter here. */
  while (text != NULL && (n = g_input_stream_read (text, buffer, sizeof buffer, NULL, NULL)) > 0)
    g_string_append_len (out, buffer, n);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

GInputStream *
kaf_text_stream_open (GFile *file,
                      const char *encoding,
                      guint mark,
                      GInputStream **raw,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (GInputStream) stream = G_INPUT_STREAM (g_file_read (file, cancellable, error));
  GInputStream *text;

  if (stream == NULL || (mark > 0 && g_input_stream_skip (stream, mark, cancellable, error) < 0))
    return NULL;
  text = convert (stream, encoding, error);
  if (text != NULL)
    *raw = g_steal_pointer (&stream);
  return text;
}
