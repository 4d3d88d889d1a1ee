/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever a sheet, its shared texts, styles and the workbook say: no crash, nothing beyond the limits. */
#include "config.h"

#include "fuzz-zip.h"

#define TYPES "<Types/>"
#define RELATIONS                                                                                  \
  "<Relationships><Relationship Id='r1' Type='x/worksheet' Target='worksheets/sheet1.xml'/>"       \
  "<Relationship Id='r2' Type='x/sharedStrings' Target='sharedStrings.xml'/>"                      \
  "<Relationship Id='r3' Type='x/styles' Target='styles.xml'/></Relationships>"

static const FuzzPart parts[] = {
  { "[Content_Types].xml", TYPES },
  { "xl/_rels/workbook.xml.rels", RELATIONS },
  { "xl/worksheets/sheet1.xml", NULL },
  { "xl/sharedStrings.xml", NULL },
  { "xl/styles.xml", NULL },
  { "xl/workbook.xml", NULL },
};

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  fuzz_read_parts (data, size, parts, G_N_ELEMENTS (parts));
  return 0;
}
