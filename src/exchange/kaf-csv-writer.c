/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows are gathered in a buffer that goes to the stream whenever it passes 64 KiB. */
#include "config.h"

#include "exchange/kaf-csv-writer.h"

#include <string.h>

#define BUFFER_SIZE (64 * 1024)

struct _KafCsvWriter
{
  GOutputStream *stream;
  GString *buffer;
  guint n_cells; /* of the row at hand */
  char separator;
};

KafCsvWriter *
kaf_csv_writer_new (GOutputStream *stream, char separator, gboolean mark)
{
  KafCsvWriter *self = g_new0 (KafCsvWriter, 1);

  self->stream = g_object_ref (stream);
  self->buffer = g_string_sized_new (BUFFER_SIZE + 4096);
  self->separator = separator;
  if (mark)
    g_string_append (self->buffer, "\xef\xbb\xbf");
  return self;
}

void
kaf_csv_writer_free (KafCsvWriter *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->stream);
  g_string_free (self->buffer, TRUE);
  g_free (self);
}

static gboolean
needs_quotes (const KafCsvWriter *self, const char *text)
{
  const char special[] = { self->separator, '"', '\r', '\n', '\t', ',', ';', '\0' };

  /* Some programs take outer blanks off a field that is not in quotation marks. */
  return text[strcspn (text, special)] != '\0' || *text == ' ' ||
         (*text != '\0' && text[strlen (text) - 1] == ' ');
}

void
kaf_csv_writer_add (KafCsvWriter *self, const char *text)
{
  gboolean quotes;

  if (self->n_cells++ > 0)
    g_string_append_c (self->buffer, self->separator);
  if (text == NULL)
    return;

  quotes = needs_quotes (self, text);
  if (quotes)
    g_string_append_c (self->buffer, '"');
  if (kaf_csv_needs_guard (text))
    g_string_append_c (self->buffer, '\'');
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (self->buffer, '"');
      g_string_append_c (self->buffer, *p);
    }
  if (quotes)
    g_string_append_c (self->buffer, '"');
}

gboolean
kaf_csv_writer_end_row (KafCsvWriter *self, GCancellable *cancellable, GError **error)
{
  g_string_append (self->buffer, "\r\n");
  self->n_cells = 0;
  return self->buffer->len < BUFFER_SIZE || kaf_csv_writer_flush (self, cancellable, error);
}

gboolean
kaf_csv_writer_flush (KafCsvWriter *self, GCancellable *cancellable, GError **error)
{
  gboolean written = g_output_stream_write_all (self->stream, self->buffer->str, self->buffer->len,
                                                NULL, cancellable, error);

  g_string_truncate (self->buffer, 0);
  return written;
}
