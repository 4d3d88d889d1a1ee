/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes CSV (RFC 4180) to a stream: CRLF, quotation marks where needed, formulas guarded. */
#pragma once

#include <gio/gio.h>

#include "exchange/kaf-csv.h"

G_BEGIN_DECLS

typedef struct _KafCsvWriter KafCsvWriter;

/* @stream is referenced, and left open. @mark: begin with the UTF-8 mark, which some
 * spreadsheets need to see that the file is UTF-8. */
KafCsvWriter *kaf_csv_writer_new (GOutputStream *stream, char separator, gboolean mark);
void kaf_csv_writer_free (KafCsvWriter *self);

/* Adds a cell to the row. NULL: unknown, an empty cell. @text is guarded (kaf-csv.h). */
void kaf_csv_writer_add (KafCsvWriter *self, const char *text);

gboolean kaf_csv_writer_end_row (KafCsvWriter *self, GCancellable *cancellable, GError **error);

/* Hands over what is still buffered. */
gboolean kaf_csv_writer_flush (KafCsvWriter *self, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafCsvWriter, kaf_csv_writer_free)

G_END_DECLS
