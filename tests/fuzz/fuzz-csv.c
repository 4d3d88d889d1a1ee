/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever the bytes: no crash, every cell valid UTF-8, lines that only grow; and what was read
 * comes back the same once it is written and read again. */
#include "config.h"

#include "exchange/kaf-csv-reader.h"
#include "exchange/kaf-csv-writer.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static KafCsvReader *
open_bytes (const void *data, gsize size)
{
  g_autoptr (GInputStream) stream =
      g_memory_input_stream_new_from_data (size > 0 ? data : "", (gssize) size, NULL);

  return kaf_csv_reader_new (stream);
}

static void
write_row (KafCsvReader *csv, KafCsvWriter *writer)
{
  for (guint i = 0; i < kaf_csv_reader_get_n_columns (csv); i++)
    {
      const char *cell = kaf_csv_reader_get (csv, i);

      g_assert_true (cell == NULL || g_utf8_validate (cell, -1, NULL));
      kaf_csv_writer_add (writer, cell);
    }
  kaf_csv_writer_end_row (writer, NULL, NULL);
}

static void
compare_row (KafCsvReader *csv, KafCsvReader *again)
{
  for (guint i = 0; i < kaf_csv_reader_get_n_columns (csv); i++)
    {
      const char *before = kaf_csv_reader_get (csv, i);
      const char *after = kaf_csv_reader_get (again, i);

      g_assert_cmpstr (before != NULL ? before : "", ==,
                       after != NULL ? kaf_csv_unguard (after) : "");
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  g_autoptr (KafCsvWriter) writer = kaf_csv_writer_new (out, ',', FALSE);
  g_autoptr (KafCsvReader) first = open_bytes (data, size);
  g_autoptr (KafCsvReader) again = NULL;
  g_autoptr (KafCsvReader) copy = NULL;
  guint line = 1;

  if (!kaf_csv_reader_read_header (first, NULL, NULL))
    return 0;
  for (guint i = 0; i < kaf_csv_reader_get_n_columns (first); i++)
    {
      g_autofree char *name = g_strdup_printf ("c%u", i);

      kaf_csv_writer_add (writer, name);
    }
  kaf_csv_writer_end_row (writer, NULL, NULL);
  while (kaf_csv_reader_next (first, NULL, NULL))
    {
      g_assert_cmpuint (kaf_csv_reader_get_line (first), >, line);
      line = kaf_csv_reader_get_line (first);
      write_row (first, writer);
    }
  kaf_csv_writer_flush (writer, NULL, NULL);

  copy = open_bytes (data, size);
  g_assert_true (kaf_csv_reader_read_header (copy, NULL, NULL));
  again = open_bytes (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (out)),
                      g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (out)));
  g_assert_true (kaf_csv_reader_read_header (again, NULL, NULL));
  while (kaf_csv_reader_next (copy, NULL, NULL))
    {
      g_assert_true (kaf_csv_reader_next (again, NULL, NULL));
      compare_row (copy, again);
    }
  return 0;
}
