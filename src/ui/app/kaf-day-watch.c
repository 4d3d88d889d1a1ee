/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/app/kaf-day-watch.h"

#include "base/kaf-date.h"

#define PACE 30 /* s between two looks; so late at most is midnight told, and the end of a sleep */

struct _KafDayWatch
{
  GObject parent_instance;

  KafClock *clock;
  char *day; /* "2026-11-28", when it was last looked at */
  guint timer;
};

G_DEFINE_FINAL_TYPE (KafDayWatch, kaf_day_watch, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
on_timer (gpointer data)
{
  kaf_day_watch_check (data);
  return G_SOURCE_CONTINUE;
}

static void
kaf_day_watch_finalize (GObject *object)
{
  KafDayWatch *self = KAF_DAY_WATCH (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  kaf_clock_unref (self->clock);
  g_free (self->day);
  G_OBJECT_CLASS (kaf_day_watch_parent_class)->finalize (object);
}

static void
kaf_day_watch_class_init (KafDayWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kaf_day_watch_finalize;

  signals[CHANGED] = g_signal_new ("changed", KAF_TYPE_DAY_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
kaf_day_watch_init (KafDayWatch *self)
{
  self->clock = kaf_clock_new_system ();
  self->day = kaf_date_from_time (kaf_clock_now (self->clock));
  /* By the second: it wakes together with others. */
  self->timer = g_timeout_add_seconds (PACE, on_timer, self);
}

/**
 * kaf_day_watch_get_default:
 *
 * Returns: (transfer none): the watch of the program; on the main context
 */
KafDayWatch *
kaf_day_watch_get_default (void)
{
  static KafDayWatch *watch;

  if (watch == NULL)
    watch = g_object_new (KAF_TYPE_DAY_WATCH, NULL);
  return watch;
}

/**
 * kaf_day_watch_set_clock:
 * @self: a watch
 * @clock: what tells the time from now on
 */
void
kaf_day_watch_set_clock (KafDayWatch *self, KafClock *clock)
{
  g_return_if_fail (KAF_IS_DAY_WATCH (self));
  g_return_if_fail (clock != NULL);

  kaf_clock_ref (clock);
  kaf_clock_unref (self->clock);
  self->clock = clock;
  g_free (self->day);
  self->day = kaf_date_from_time (kaf_clock_now (clock));
}

/**
 * kaf_day_watch_check:
 * @self: a watch
 *
 * Looks at the clock, and emits "changed" when another day has begun, or an earlier one: clocks are set right.
 *
 * Returns: %TRUE when it did
 */
gboolean
kaf_day_watch_check (KafDayWatch *self)
{
  g_autofree char *day = NULL;

  g_return_val_if_fail (KAF_IS_DAY_WATCH (self), FALSE);

  day = kaf_date_from_time (kaf_clock_now (self->clock));
  if (g_str_equal (day, self->day))
    return FALSE;
  g_free (self->day);
  self->day = g_steal_pointer (&day);
  g_signal_emit (self, signals[CHANGED], 0);
  return TRUE;
}
