/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The time by which what is kept for a term goes. A clock may be wrong, after a battery has died or by a hand that slipped, and
 * what it removes too early is gone for good: it is believed once it has run on for KAF_HUB_STEADY_DAYS without a leap of more
 * than a day, and then what was due a day before by it may go. One that is wrong for an hour, or a weekend, removes nothing; one
 * that was set right, or a server that was away, waits as long. */
#pragma once

#include "server/kaf-hub-storage.h"

G_BEGIN_DECLS

#define KAF_HUB_STEADY_DAYS 3

/* Within a transaction, every hour: looks at the clock, which says @now. @due (out): µs since 1970 UTC, what was due by then may
 * go; 0: nothing may. */
gboolean kaf_hub_steady_look (KafHubStorage *storage, gint64 now, gint64 *due, GError **error);

/* @now, or the latest time that was believed, if that lies behind it: what is kept for a term from a time that lies long ago
 * would go as soon as the clock is right again. µs since 1970 UTC. */
gint64 kaf_hub_steady_at_least (KafHubStorage *storage, gint64 now);

G_END_DECLS
