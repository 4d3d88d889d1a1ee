/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells that another day has begun in Morocco (kaf_date_from_time()): what is due, in force or lapsing is then read
 * again. Looks at the clock of the wall now and then, and when a window is turned to: a timer alone stands still
 * while the machine sleeps.
 *
 * Signal "changed" (): the day is another one than when it was last looked at. */
#pragma once

#include <glib-object.h>

#include "base/kaf-clock.h"

G_BEGIN_DECLS

#define KAF_TYPE_DAY_WATCH (kaf_day_watch_get_type ())
G_DECLARE_FINAL_TYPE (KafDayWatch, kaf_day_watch, KAF, DAY_WATCH, GObject)

/* That of the program, by the machine's clock. (transfer none) */
KafDayWatch *kaf_day_watch_get_default (void);

/* By another clock from now on: that of the store, in tests. Tells nothing by itself. */
void kaf_day_watch_set_clock (KafDayWatch *self, KafClock *clock);

/* Looks at the clock at once. Returns whether the day changed. */
gboolean kaf_day_watch_check (KafDayWatch *self);

G_END_DECLS
