/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parts of a workbook, parted by form feeds in the input, put into an archive: the mutations reach the XML, and are not
 * lost on checksums. What begins like an archive is read as it is. */
#pragma once

#include <string.h>
#include <zip.h>

#include "fuzz-table.h"

typedef struct
{
  const char *name;
  const char *text; /* NULL: out of the input */
} FuzzPart;

static inline void
fuzz_add_part (zip_t *zip, const char *name, const void *data, gsize size)
{
  zip_source_t *source = zip_source_buffer (zip, data, size, 0);
  zip_int64_t place = zip_file_add (zip, name, source, ZIP_FL_ENC_UTF_8);

  g_assert_cmpint (place, >=, 0);
  zip_set_file_compression (zip, (zip_uint64_t) place, ZIP_CM_STORE, 0);
}

static inline void
fuzz_read_parts (const guint8 *data, gsize size, const FuzzPart *parts, guint n_parts)
{
  zip_source_t *buffer;
  zip_stat_t stat;
  zip_t *zip;
  g_autofree guint8 *bytes = NULL;

  if (size >= 2 && memcmp (data, "PK", 2) == 0)
    {
      fuzz_read_bytes (data, size);
      return;
    }
  buffer = zip_source_buffer_create (NULL, 0, 0, NULL);
  zip_source_keep (buffer);
  zip = zip_open_from_source (buffer, ZIP_TRUNCATE, NULL);
  for (guint i = 0; i < n_parts; i++)
    {
      const guint8 *end;

      if (parts[i].text != NULL)
        {
          fuzz_add_part (zip, parts[i].name, parts[i].text, strlen (parts[i].text));
          continue;
        }
      end = size > 0 ? memchr (data, '\f', size) : NULL;
      fuzz_add_part (zip, parts[i].name, data, end != NULL ? (gsize) (end - data) : size);
      size -= end != NULL ? (gsize) (end - data) + 1 : size;
      data = end != NULL ? end + 1 : data;
    }
  g_assert_cmpint (zip_close (zip), ==, 0);
  zip_source_stat (buffer, &stat);
  bytes = g_malloc (stat.size);
  zip_source_open (buffer);
  zip_source_read (buffer, bytes, stat.size);
  zip_source_close (buffer);
  zip_source_free (buffer);
  fuzz_read_bytes (bytes, stat.size);
}
