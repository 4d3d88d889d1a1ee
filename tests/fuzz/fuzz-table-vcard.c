/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever stands in a card: no crash, cells of UTF-8. */
#include "config.h"

#include <string.h>

#include "fuzz-table.h"

#define BEGINNING "BEGIN:VCARD\n"
#define ENDING "\nEND:VCARD\n"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GByteArray) card = g_byte_array_new ();

  g_byte_array_append (card, (const guint8 *) BEGINNING, strlen (BEGINNING));
  g_byte_array_append (card, data, (guint) size);
  if (size % 4 != 0)
    g_byte_array_append (card, (const guint8 *) ENDING, strlen (ENDING));
  fuzz_read_bytes (card->data, card->len);
  return 0;
}
