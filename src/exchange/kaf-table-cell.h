/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all readers of tables from elsewhere share: cells, a row, and what can be wrong with a file. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define KAF_TABLE_COLUMNS_MAX 16384
#define KAF_TABLE_ROWS_MAX 1048576
#define KAF_TABLE_CELL_MAX (1024 * 1024)     /* bytes */
#define KAF_TABLE_ROW_MAX (16 * 1024 * 1024) /* bytes */

typedef enum
{
  KAF_TABLE_CELL_EMPTY,
  KAF_TABLE_CELL_TEXT,      /* as written; lines are parted by '\n'; a time of day is "08:30:00" */
  KAF_TABLE_CELL_NUMBER,    /* "-1250.5": a point, no exponent, no zeros at the end */
  KAF_TABLE_CELL_DATE,      /* "2026-11-22" */
  KAF_TABLE_CELL_DATE_TIME, /* "2026-11-22T08:30:00", of no time zone */
  KAF_TABLE_CELL_BOOLEAN,   /* "0" or "1" */
  KAF_TABLE_CELL_ERROR,     /* "#N/A", as the file has it */
} KafTableCellType;

typedef struct
{
  KafTableCellType type;
  const char *text; /* never NULL; empty when the cell is */
} KafTableCell;

#define KAF_TABLE_ERROR (kaf_table_error_quark ())
GQuark kaf_table_error_quark (void);

typedef enum
{
  KAF_TABLE_ERROR_UNKNOWN,   /* no kind of file that is read */
  KAF_TABLE_ERROR_EMPTY,     /* nothing in it */
  KAF_TABLE_ERROR_OLD_EXCEL, /* .xls */
  KAF_TABLE_ERROR_BINARY,    /* .xlsb */
  KAF_TABLE_ERROR_HTML,      /* a web page, whatever its ending says */
  KAF_TABLE_ERROR_ENCRYPTED, /* asks for a password */
  KAF_TABLE_ERROR_MACROS,
  KAF_TABLE_ERROR_EXTERNAL, /* takes values from other files or services */
  KAF_TABLE_ERROR_BOMB,     /* grows beyond measure as it is unpacked */
  KAF_TABLE_ERROR_BROKEN,   /* damaged, or against its format */
  KAF_TABLE_ERROR_ENTITIES, /* a document type in its XML */
  KAF_TABLE_ERROR_WIDE,     /* over KAF_TABLE_COLUMNS_MAX */
  KAF_TABLE_ERROR_LONG,     /* over KAF_TABLE_ROWS_MAX */
  KAF_TABLE_ERROR_CELL,     /* over KAF_TABLE_CELL_MAX or KAF_TABLE_ROW_MAX */
  KAF_TABLE_ERROR_TEXTS,    /* more shared texts than memory is given to */
  KAF_TABLE_ERROR_NO_SHEET,
  KAF_TABLE_ERROR_ENCODING, /* what the caller set is no encoding that is read */
  KAF_TABLE_ERROR_QUOTE,    /* a quotation mark is opened and never closed */
  KAF_TABLE_ERROR_QUOTES,   /* so most of them; the message is the line of the first */
} KafTableError;

/* The sentence for a person, in the language of the interface, saying what to do; for an error of KAF_TABLE_ERROR.
 * (transfer full) */
char *kaf_table_explain (const GError *error);

G_END_DECLS
