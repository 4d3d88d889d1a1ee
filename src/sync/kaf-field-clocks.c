/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/kaf-field-clocks.h"

#include <string.h>

#define CLOCK_SIZE 16

void
kaf_field_clocks_init (GByteArray *clocks, const KafHlc *row)
{
  g_byte_array_set_size (clocks, 0);
  g_byte_array_append (clocks, row->bytes, CLOCK_SIZE);
}

/* Offset of the field's exception, or 0. */
static gsize
find (const guint8 *clocks, gsize size, const char *field)
{
  gsize length = strlen (field);

  for (gsize at = CLOCK_SIZE; at < size; at += 1 + clocks[at] + CLOCK_SIZE)
    if (clocks[at] == length && at + 1 + length + CLOCK_SIZE <= size &&
        memcmp (clocks + at + 1, field, length) == 0)
      return at;
  return 0;
}

void
kaf_field_clocks_get (const guint8 *clocks, gsize size, const char *field, KafHlc *clock)
{
  gsize at = find (clocks, size, field);

  memset (clock, 0, sizeof *clock);
  if (at > 0)
    memcpy (clock->bytes, clocks + at + 1 + clocks[at], CLOCK_SIZE);
  else if (size >= CLOCK_SIZE)
    memcpy (clock->bytes, clocks, CLOCK_SIZE);
}

void
kaf_field_clocks_set (GByteArray *clocks, const char *field, const KafHlc *clock)
{
  gsize at = find (clocks->data, clocks->len, field);
  guint8 length = strlen (field);

  if (at > 0)
    {
      memcpy (clocks->data + at + 1 + length, clock->bytes, CLOCK_SIZE);
      return;
    }

  g_return_if_fail (clocks->len >= CLOCK_SIZE);
  g_byte_array_append (clocks, &length, 1);
  g_byte_array_append (clocks, (const guint8 *) field, length);
  g_byte_array_append (clocks, clock->bytes, CLOCK_SIZE);
}

gboolean
kaf_field_clocks_check (const guint8 *clocks, gsize size)
{
  gsize at = CLOCK_SIZE;

  while (at < size)
    at += 1 + clocks[at] + CLOCK_SIZE;
  return at == size;
}
