/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a CSV file (RFC 4180) row by row from a stream, with a fixed buffer: never the whole file.
 *
 * UTF-8 with or without its mark; lines end with CRLF, LF or CR; fields may be quoted and then
 * hold separators, line ends and doubled quotation marks. The separator is a comma, a semicolon
 * or a tab, whichever the first line has most of. What cannot be read for certain is refused,
 * with the number of the line. */
#pragma once

#include <gio/gio.h>

#include "exchange/kaf-csv.h"

G_BEGIN_DECLS

typedef struct _KafCsvReader KafCsvReader;

/* @stream is referenced. */
KafCsvReader *kaf_csv_reader_new (GInputStream *stream);
/* The same for a file whose origin is not known: UTF-8 without a mark, a separator that was found by other means, no
 * header (rows come by kaf_csv_reader_next() from the first on, of any width). Quotation marks where none belong are text. */
KafCsvReader *kaf_csv_reader_new_loose (GInputStream *stream, char separator);
void kaf_csv_reader_free (KafCsvReader *self);

/* Reads the names of the columns; once, before all else. Errors: KAF_CSV_ERROR, G_IO_ERROR. */
gboolean kaf_csv_reader_read_header (KafCsvReader *self, GCancellable *cancellable, GError **error);
guint kaf_csv_reader_get_n_columns (const KafCsvReader *self);
const char *kaf_csv_reader_get_column (const KafCsvReader *self, guint index);

/* The next row that is not blank. FALSE without an error at the end of the file.
 * After an error nothing more can be read. Errors: KAF_CSV_ERROR, G_IO_ERROR. */
gboolean kaf_csv_reader_next (KafCsvReader *self, GCancellable *cancellable, GError **error);

/* A cell of the row as written, without its quotation marks; NULL when the row ends before it.
 * Stands until the next row. */
const char *kaf_csv_reader_get (const KafCsvReader *self, guint index);
/* Cells of the row at hand. */
guint kaf_csv_reader_get_n_cells (const KafCsvReader *self);

/* The line, from 1, where the row starts; after an error, the line that is wrong. */
guint kaf_csv_reader_get_line (const KafCsvReader *self);

/* The line, from 1, that comes after the row at hand. */
guint kaf_csv_reader_get_next_line (const KafCsvReader *self);

/* Of a loose reader: the line where a quotation mark of the row at hand is opened that the next one, lines further down
 * and in the middle of a field, closes; 0: there is none. */
guint kaf_csv_reader_get_torn_line (const KafCsvReader *self);

/* The column, from 0, that the last error is about; -1: none in particular. */
int kaf_csv_reader_get_bad_column (const KafCsvReader *self);

/* Bytes taken from the stream so far. */
gint64 kaf_csv_reader_get_position (const KafCsvReader *self);

char kaf_csv_reader_get_separator (const KafCsvReader *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafCsvReader, kaf_csv_reader_free)

G_END_DECLS
