/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever the bytes of a text with separators, in whatever encoding: no crash, cells of UTF-8, lines that only grow. */
#include "config.h"

#include "fuzz-table.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  fuzz_read_bytes (data, size);
  return 0;
}
