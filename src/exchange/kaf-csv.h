/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the reader and the writer of CSV files share: their errors, and the guard of formulas. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define KAF_CSV_ERROR (kaf_csv_error_quark ())
GQuark kaf_csv_error_quark (void);

typedef enum
{
  KAF_CSV_ERROR_EMPTY,            /* no header, or nothing at all */
  KAF_CSV_ERROR_UTF8,             /* broken UTF-8 */
  KAF_CSV_ERROR_WINDOWS_1256,     /* not UTF-8: Arabic in a Windows encoding by its looks */
  KAF_CSV_ERROR_WINDOWS_1252,     /* not UTF-8: Latin letters in a Windows encoding */
  KAF_CSV_ERROR_UTF16,            /* begins with the mark of UTF-16 */
  KAF_CSV_ERROR_NUL,              /* a zero byte: no text file */
  KAF_CSV_ERROR_TOO_LONG,         /* a field over 1 MiB, or a row over 16 MiB */
  KAF_CSV_ERROR_OPEN_QUOTE,       /* the file ends inside quotation marks */
  KAF_CSV_ERROR_STRAY_QUOTE,      /* a quotation mark inside a field that does not begin with one */
  KAF_CSV_ERROR_AFTER_QUOTE,      /* text between a closing quotation mark and the separator */
  KAF_CSV_ERROR_TOO_MANY_FIELDS,  /* more fields than the header has columns */
  KAF_CSV_ERROR_DUPLICATE_COLUMN, /* two columns of the same name */
  KAF_CSV_ERROR_EMPTY_COLUMN,     /* a column without a name */
} KafCsvError;

/* The sentence for a person, in the language of the interface, saying what to do; for an error
 * of KAF_CSV_ERROR. (transfer full) */
char *kaf_csv_explain (const GError *error);

/* Spreadsheets run a cell that begins with = + - @, a tab or a carriage return. The writer puts
 * an apostrophe before such a cell, and before one where apostrophes lead to such a character;
 * the reader's side takes one away again: unguard (guard (text)) is text, whatever it is.
 * A sign followed by nothing but digits ("+212528000000", "-12") runs nothing and stays as is. */
gboolean kaf_csv_needs_guard (const char *text);

/* @text, or one byte further when it starts with a guard. */
const char *kaf_csv_unguard (const char *text);

G_END_DECLS
