/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define KAF_HLC_SIZE 16
#define KAF_HLC_HEX_SIZE 33 /* with the closing zero */

/* A hybrid logical clock: 48 bits of ms since 1970 UTC, 16 bits of counter, 64 bits of device, all
 * big endian, so that memcmp() and SQLite's BLOB order are the order of time. */
typedef struct
{
  guint8 bytes[KAF_HLC_SIZE];
} KafHlc;

KafHlc kaf_hlc_make (gint64 ms, guint16 counter, guint64 device);
KafHlc kaf_hlc_tick (const KafHlc *last, gint64 now_us, guint64 device);
KafHlc kaf_hlc_receive (const KafHlc *last, const KafHlc *remote, gint64 now_us, guint64 device);

int kaf_hlc_compare (const KafHlc *a, const KafHlc *b);
gboolean kaf_hlc_is_zero (const KafHlc *hlc);
gint64 kaf_hlc_get_ms (const KafHlc *hlc);
guint16 kaf_hlc_get_counter (const KafHlc *hlc);
guint64 kaf_hlc_get_device (const KafHlc *hlc);

void kaf_hlc_to_hex (const KafHlc *hlc, char out[KAF_HLC_HEX_SIZE]);
gboolean kaf_hlc_from_hex (const char *hex, KafHlc *out);

G_END_DECLS
