/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Errors of CSV files in words, and the guard that keeps spreadsheets from running a cell. */
#include "config.h"

#include "exchange/kaf-csv.h"

#include <glib/gi18n-lib.h>
#include <string.h>

G_DEFINE_QUARK (kaf_csv_error_quark, kaf_csv_error)

char *
kaf_csv_explain (const GError *error)
{
  g_return_val_if_fail (error != NULL && error->domain == KAF_CSV_ERROR, NULL);

  switch ((KafCsvError) error->code)
    {
    case KAF_CSV_ERROR_EMPTY:
      return g_strdup (_ ("The file is empty: its first line must name the columns."));
    case KAF_CSV_ERROR_WINDOWS_1256:
      return g_strdup (
          _ ("The text is not in UTF-8, it looks like Windows-1256: save the file as UTF-8."));
    case KAF_CSV_ERROR_WINDOWS_1252:
      return g_strdup (
          _ ("The text is not in UTF-8, it looks like Windows-1252: save the file as UTF-8."));
    case KAF_CSV_ERROR_UTF16:
      return g_strdup (_ ("The text is in UTF-16: save the file as UTF-8."));
    case KAF_CSV_ERROR_UTF8:
      return g_strdup (_ ("The text is not in valid UTF-8: save the file as UTF-8."));
    case KAF_CSV_ERROR_NUL:
      return g_strdup (
          _ ("The line holds a zero byte: this is no text file. Save the table as CSV, UTF-8."));
    case KAF_CSV_ERROR_TOO_LONG:
      return g_strdup (
          _ ("A field is longer than 1 MiB: shorten it, or look for a missing quotation mark."));
    case KAF_CSV_ERROR_OPEN_QUOTE:
      return g_strdup (_ ("A quotation mark opened here is never closed: add the one missing."));
    case KAF_CSV_ERROR_STRAY_QUOTE:
      return g_strdup (_ ("A quotation mark stands inside a field: put the field in quotation "
                          "marks and double those within."));
    case KAF_CSV_ERROR_AFTER_QUOTE:
      return g_strdup (_ ("Text follows a closing quotation mark: double the quotation marks "
                          "within a field."));
    case KAF_CSV_ERROR_TOO_MANY_FIELDS:
      return g_strdup (_ ("The line has more fields than there are columns: put a field that "
                          "holds a separator in quotation marks."));
    case KAF_CSV_ERROR_DUPLICATE_COLUMN:
      return g_strdup (_ ("Two columns bear this name: keep one."));
    case KAF_CSV_ERROR_EMPTY_COLUMN:
      return g_strdup (_ ("A column has no name: name it or remove it."));
    default:
      return g_strdup (_ ("The file could not be read."));
    }
}

static gboolean
is_trigger (char c)
{
  return c != '\0' && strchr ("=+-@\t\r", c) != NULL;
}

static gboolean
is_signed_number (const char *text)
{
  if (*text != '+' && *text != '-')
    return FALSE;
  return text[1] != '\0' && text[1 + strspn (text + 1, "0123456789")] == '\0';
}

gboolean
kaf_csv_needs_guard (const char *text)
{
  return is_trigger (text[strspn (text, "'")]) && !is_signed_number (text);
}

const char *
kaf_csv_unguard (const char *text)
{
  return *text == '\'' && is_trigger (text[strspn (text, "'")]) ? text + 1 : text;
}
