/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be wrong with a table from elsewhere, in words. */
#include "config.h"

#include "exchange/kaf-table-cell.h"

#include <glib/gi18n-lib.h>

G_DEFINE_QUARK (kaf_table_error_quark, kaf_table_error)

static const char *const sentences[] = {
  [KAF_TABLE_ERROR_UNKNOWN] =
      N_ ("This is no table that can be read: save it as XLSX, ODS or CSV, or contacts as vCard."),
  [KAF_TABLE_ERROR_EMPTY] = N_ ("The file is empty: choose another."),
  [KAF_TABLE_ERROR_OLD_EXCEL] =
      N_ ("This workbook is of an old format (XLS): open it and save it as XLSX."),
  [KAF_TABLE_ERROR_BINARY] =
      N_ ("This workbook is of the binary format (XLSB): open it and save it as XLSX."),
  [KAF_TABLE_ERROR_HTML] = N_ (
      "This is a web page, whatever its name says: open it in a spreadsheet and save it as XLSX."),
  [KAF_TABLE_ERROR_ENCRYPTED] =
      N_ ("The file is protected by a password: take the protection away and save it again."),
  [KAF_TABLE_ERROR_MACROS] =
      N_ ("The workbook holds macros, which are refused: save it as a workbook without macros."),
  [KAF_TABLE_ERROR_EXTERNAL] = N_ (
      "The workbook takes values from other files, which is refused: break the links and save it again."),
  [KAF_TABLE_ERROR_BOMB] = N_ (
      "The file grows beyond measure as it is unpacked, and was not read: ask whoever sent it for another."),
  [KAF_TABLE_ERROR_BROKEN] =
      N_ ("The file is damaged: open it in a spreadsheet, save it again, or ask for it anew."),
  [KAF_TABLE_ERROR_ENTITIES] = N_ (
      "The file declares entities, which no workbook needs, and was not read: save it again in a spreadsheet."),
  [KAF_TABLE_ERROR_WIDE] = N_ ("The table has too many columns: keep those that are needed."),
  [KAF_TABLE_ERROR_LONG] = N_ ("The table has too many rows: divide it into several files."),
  [KAF_TABLE_ERROR_CELL] =
      N_ ("A cell is longer than 1 MiB: shorten it, or look for a missing quotation mark."),
  [KAF_TABLE_ERROR_TEXTS] = N_ ("The workbook holds too much text: divide it into several files."),
  [KAF_TABLE_ERROR_NO_SHEET] = N_ ("The workbook has no such sheet: choose one of those it has."),
  [KAF_TABLE_ERROR_ENCODING] = N_ ("This encoding is not known: choose one of the list."),
  [KAF_TABLE_ERROR_QUOTE] = N_ ("A quotation mark is never closed: add the one missing."),
  /* Translators: %s is the number of a line. */
  [KAF_TABLE_ERROR_QUOTES] = N_ (
      "From line %s on, quotation marks are opened and not closed: in a text editor, remove them or close "
      "each where its field ends, then choose the file again."),
};

char *
kaf_table_explain (const GError *error)
{
  g_return_val_if_fail (error != NULL && error->domain == KAF_TABLE_ERROR, NULL);

  if (error->code < 0 || error->code >= (int) G_N_ELEMENTS (sentences))
    return g_strdup (_ ("The file could not be read."));
  if (error->code == KAF_TABLE_ERROR_QUOTES)
    return g_strdup_printf (_ (sentences[error->code]), error->message);
  return g_strdup (_ (sentences[error->code]));
}
