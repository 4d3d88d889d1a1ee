/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a table from elsewhere – CSV, XLSX, ODS, vCard – row by row, whichever of them it is.
 *
 * The kind is told by what the file holds, never by how its name ends. Nothing in a file is run, followed or fetched;
 * what would ask for that (macros, links to other files) is refused, and so is what grows beyond measure as it is
 * unpacked. Memory is bounded: one row, and in a workbook the texts that its cells share.
 *
 * Rows without anything in them are passed over. The first row is a row like others: what the columns are called is for
 * the caller to see. Of vCards the first row names the columns (kaf-table-vcard.h).
 *
 * A reader belongs to one thread at a time, and reading waits for the disk: never the interface's thread. */
#pragma once

#include <gio/gio.h>

#include "exchange/kaf-table-cell.h"

G_BEGIN_DECLS

typedef enum
{
  KAF_TABLE_CSV,
  KAF_TABLE_XLSX,
  KAF_TABLE_ODS,
  KAF_TABLE_VCARD,
} KafTableKind;

typedef struct
{
  char *name;      /* empty: a file that has one sheet without a name */
  gboolean hidden; /* as the file says; may be read all the same */
} KafTableSheet;

/* Of text files; what is not set is found. */
typedef struct
{
  const char *encoding; /* nullable: one of kaf_charset_names() */
  char separator;       /* 0, or ',', ';', '\t' or '|' */
} KafTableOptions;

typedef struct _KafTableReader KafTableReader;

/* Opens @file and chooses the first sheet that is not hidden. @options: nullable.
 * Errors: KAF_TABLE_ERROR, G_IO_ERROR. */
KafTableReader *kaf_table_reader_open (GFile *file,
                                       const KafTableOptions *options,
                                       GCancellable *cancellable,
                                       GError **error);
void kaf_table_reader_free (KafTableReader *self);

KafTableKind kaf_table_reader_get_kind (const KafTableReader *self);
/* "CSV", "XLSX", "ODS", "vCard". */
const char *kaf_table_kind_name (KafTableKind kind);

/* NULL and 0 of files that are no text. */
const char *kaf_table_reader_get_encoding (const KafTableReader *self);
char kaf_table_reader_get_separator (const KafTableReader *self);

guint kaf_table_reader_get_n_sheets (const KafTableReader *self);
const KafTableSheet *kaf_table_reader_get_sheet (const KafTableReader *self, guint index);
guint kaf_table_reader_get_chosen (const KafTableReader *self);

/* Chooses a sheet and goes to its beginning, also where it is the one chosen. Errors: KAF_TABLE_ERROR, G_IO_ERROR. */
gboolean kaf_table_reader_choose (KafTableReader *self,
                                  guint sheet,
                                  GCancellable *cancellable,
                                  GError **error);

/* The next row that holds anything. FALSE without an error at the end; after an error nothing more can be read until
 * a sheet is chosen. Errors: KAF_TABLE_ERROR, G_IO_ERROR. */
gboolean kaf_table_reader_next (KafTableReader *self, GCancellable *cancellable, GError **error);

/* Of the row at hand; cells stand until the next. Cells behind the last are empty: never NULL. */
guint kaf_table_reader_get_n_cells (const KafTableReader *self);
const KafTableCell *kaf_table_reader_get_cell (const KafTableReader *self, guint index);

/* Its number as in the file, from 1: of the sheet's row, of the line where the CSV row or the card starts. */
guint kaf_table_reader_get_row (const KafTableReader *self);

/* Bytes of the file read so far, of kaf_table_reader_get_size(): for telling progress. */
gint64 kaf_table_reader_get_position (const KafTableReader *self);
gint64 kaf_table_reader_get_size (const KafTableReader *self);

/* A row that was copied out. */
typedef struct
{
  guint number;
  guint n_cells;
  KafTableCell *cells;
} KafTablePeek;

/* The first @n rows of the chosen sheet, or as many as there are; then the reader stands at the beginning again.
 * (transfer full) (element-type KafTablePeek) */
GPtrArray *
kaf_table_reader_peek (KafTableReader *self, guint n, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafTableReader, kaf_table_reader_free)

G_END_DECLS
