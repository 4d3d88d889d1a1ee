/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When each field of a record was last written: sparse, one clock for the row and one for each
 * field edited since. Kept as one blob: 16 bytes for the row, then for each exception a byte of
 * length, the field's name and 16 bytes. */
#pragma once

#include "base/kaf-hlc.h"

G_BEGIN_DECLS

/* @clocks: NULL or empty for a new row. Sets the row's clock and forgets the exceptions. */
void kaf_field_clocks_init (GByteArray *clocks, const KafHlc *row);

/* The field's clock: its exception, else the row's; zero when @clocks is empty. */
void kaf_field_clocks_get (const guint8 *clocks, gsize size, const char *field, KafHlc *clock);

void kaf_field_clocks_set (GByteArray *clocks, const char *field, const KafHlc *clock);

/* Whether the blob is well formed. */
gboolean kaf_field_clocks_check (const guint8 *clocks, gsize size);

G_END_DECLS
