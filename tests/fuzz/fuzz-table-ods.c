/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever the content of an OpenDocument spreadsheet says: no crash, nothing beyond the limits. */
#include "config.h"

#include "fuzz-zip.h"

static const FuzzPart parts[] = {
  { "mimetype", "application/vnd.oasis.opendocument.spreadsheet" },
  { "content.xml", NULL },
  { "META-INF/manifest.xml", NULL },
};

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  fuzz_read_parts (data, size, parts, G_N_ELEMENTS (parts));
  return 0;
}
