/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the hub makes of the clock of a device. A stamp is a proposal: work is never refused because a
 * laptop lives in another year, but it does not stand above everybody else's until then either. */
#pragma once

#include "base/kaf-hlc.h"

G_BEGIN_DECLS

/* ms that two clocks may be apart without a word. */
#define KAF_SKEW_BORNE (120 * 1000)

/* ms after the hub's time that no stamp goes beyond. */
#define KAF_SKEW_AHEAD (60 * 1000)

/* How far the device's clock is ahead of the hub's, as told at the beginning of an exchange; both in
 * ms since 1970 UTC. 0 when that is borne. */
gint64 kaf_skew_measure (gint64 device_ms, gint64 hub_ms);

/* The stamp under which the hub takes an edit in: @proposed put right by @skew, not beyond
 * KAF_SKEW_AHEAD, and after @last, the one before it of the same device (NULL: there is none). */
KafHlc kaf_skew_settle (const KafHlc *proposed, gint64 skew, gint64 hub_ms, const KafHlc *last);

/* The same of a time in µs since 1970 UTC; always > 0. */
gint64 kaf_skew_settle_time (gint64 proposed, gint64 skew, gint64 hub_ms);

G_END_DECLS
