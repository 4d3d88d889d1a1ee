/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where "now" comes from: the machine, or a test. Times are µs since 1970, UTC. */
typedef struct _KafClock KafClock;

KafClock *kaf_clock_new_system (void);
KafClock *kaf_clock_new_manual (gint64 now_us);
KafClock *kaf_clock_ref (KafClock *self);
void kaf_clock_unref (KafClock *self);

gint64 kaf_clock_now (KafClock *self);
gboolean kaf_clock_is_manual (KafClock *self);
void kaf_clock_set (KafClock *self, gint64 now_us);
void kaf_clock_advance (KafClock *self, gint64 delta_us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafClock, kaf_clock_unref)

G_END_DECLS
