/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The clock that every other part is given, so that a test or a simulation decides what time it is.
 * A clock may be shared between threads. */

#include "config.h"

#include "base/kaf-clock.h"

struct _KafClock
{
  GMutex lock;
  gboolean manual;
  gint64 now_us;
};

static KafClock *
clock_new (gboolean manual, gint64 now_us)
{
  KafClock *self = g_atomic_rc_box_new0 (KafClock);

  g_mutex_init (&self->lock);
  self->manual = manual;
  self->now_us = now_us;
  return self;
}

static void
clock_clear (gpointer data)
{
  KafClock *self = data;

  g_mutex_clear (&self->lock);
}

/**
 * kaf_clock_new_system:
 *
 * Returns: (transfer full): a clock that follows the machine's
 */
KafClock *
kaf_clock_new_system (void)
{
  return clock_new (FALSE, 0);
}

/**
 * kaf_clock_new_manual:
 * @now_us: µs since 1970, UTC
 *
 * Returns: (transfer full): a clock that stands still until it is set or advanced
 */
KafClock *
kaf_clock_new_manual (gint64 now_us)
{
  return clock_new (TRUE, now_us);
}

/**
 * kaf_clock_ref:
 * @self: a clock
 *
 * Returns: (transfer full): @self
 */
KafClock *
kaf_clock_ref (KafClock *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

/**
 * kaf_clock_unref:
 * @self: (transfer full): a clock
 */
void
kaf_clock_unref (KafClock *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, clock_clear);
}

/**
 * kaf_clock_now:
 * @self: a clock
 *
 * Returns: µs since 1970, UTC. The machine's clock may go back; see #KafHlc for an order that
 *   does not.
 */
gint64
kaf_clock_now (KafClock *self)
{
  g_autoptr (GMutexLocker) locker = NULL;

  g_return_val_if_fail (self != NULL, 0);

  if (!self->manual)
    return g_get_real_time ();
  locker = g_mutex_locker_new (&self->lock);
  return self->now_us;
}

/**
 * kaf_clock_is_manual:
 * @self: a clock
 *
 * Returns: %TRUE when kaf_clock_set() may be called
 */
gboolean
kaf_clock_is_manual (KafClock *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->manual;
}

/**
 * kaf_clock_set:
 * @self: a manual clock
 * @now_us: µs since 1970, UTC; may lie before the present value
 */
void
kaf_clock_set (KafClock *self, gint64 now_us)
{
  g_autoptr (GMutexLocker) locker = NULL;

  g_return_if_fail (self != NULL && self->manual);

  locker = g_mutex_locker_new (&self->lock);
  self->now_us = now_us;
}

/**
 * kaf_clock_advance:
 * @self: a manual clock
 * @delta_us: µs to add, perhaps negative
 */
void
kaf_clock_advance (KafClock *self, gint64 delta_us)
{
  g_autoptr (GMutexLocker) locker = NULL;

  g_return_if_fail (self != NULL && self->manual);

  locker = g_mutex_locker_new (&self->lock);
  self->now_us += delta_us;
}
