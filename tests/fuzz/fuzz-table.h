/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the targets of tables from elsewhere share: bytes as a file of memory, and all of it read. */
#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include "exchange/kaf-table-reader.h"

/* Reads every sheet to its end or its error, and holds cells to what kaf-table-cell.h says of them. */
static inline void
fuzz_read_rows (KafTableReader *reader)
{
  for (guint sheet = 0; sheet < kaf_table_reader_get_n_sheets (reader) && sheet < 4; sheet++)
    {
      g_autoptr (GError) error = NULL;
      guint number = 0;
      guint64 budget = 200000; /* cells: repetition makes many out of few bytes */

      if (!kaf_table_reader_choose (reader, sheet, NULL, &error))
        {
          g_assert_nonnull (error);
          continue;
        }
      while (budget > 0 && kaf_table_reader_next (reader, NULL, &error))
        {
          guint n = kaf_table_reader_get_n_cells (reader);

          g_assert_cmpuint (n, >, 0);
          g_assert_cmpuint (n, <=, KAF_TABLE_COLUMNS_MAX);
          g_assert_true (number == 0 || kaf_table_reader_get_row (reader) > number);
          number = kaf_table_reader_get_row (reader);
          for (guint i = 0; i < n; i++)
            {
              const KafTableCell *cell = kaf_table_reader_get_cell (reader, i);

              g_assert_true (g_utf8_validate (cell->text, -1, NULL));
              g_assert_true ((cell->type == KAF_TABLE_CELL_EMPTY) == (*cell->text == '\0'));
            }
          budget -= MIN (budget, n);
        }
    }
}

static inline void
fuzz_read_bytes (const void *data, gsize size)
{
  int fd = memfd_create ("fuzz", 0);
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", fd);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (KafTableReader) reader = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (write (fd, data, size), ==, (gssize) size);
  reader = kaf_table_reader_open (file, NULL, NULL, &error);
  g_assert_true ((reader != NULL) == (error == NULL));
  if (reader != NULL)
    fuzz_read_rows (reader);
  close (fd);
}
