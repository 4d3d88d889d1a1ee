/* SPDX-License-Identifier: GPL-3.0-or-later */
/* To wake a thread costs more than to make most things: one that waits for room sleeps until half of them are gone. */
#include "config.h"

#include "base/kaf-belt.h"

struct _KafBelt
{
  GMutex lock;
  GCond changed;
  GQueue things;
  guint most;
  GDestroyNotify free_thing;
  gboolean ended, stopped;
  gboolean hungry; /* who takes waits for something */
};

KafBelt *
kaf_belt_new (guint most, GDestroyNotify free_thing)
{
  KafBelt *self = g_new0 (KafBelt, 1);

  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  g_queue_init (&self->things);
  self->most = most;
  self->free_thing = free_thing;
  return self;
}

void
kaf_belt_free (KafBelt *self)
{
  g_queue_clear_full (&self->things, self->free_thing);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_free (self);
}

gboolean
kaf_belt_put (KafBelt *self, gpointer thing)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  if (self->things.length >= self->most)
    while (self->things.length > self->most / 2 && !self->stopped)
      g_cond_wait (&self->changed, &self->lock);
  g_queue_push_tail (&self->things, thing);
  if (self->hungry)
    g_cond_signal (&self->changed);
  return !self->stopped;
}

static void
tell (KafBelt *self, gboolean *what)
{
  g_mutex_lock (&self->lock);
  *what = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
}

void
kaf_belt_end (KafBelt *self)
{
  tell (self, &self->ended);
}

void
kaf_belt_stop (KafBelt *self)
{
  tell (self, &self->stopped);
}

gpointer
kaf_belt_take (KafBelt *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  gpointer thing;

  self->hungry = TRUE;
  while (self->things.length == 0 && !self->ended && !self->stopped)
    g_cond_wait (&self->changed, &self->lock);
  self->hungry = FALSE;
  thing = self->stopped ? NULL : g_queue_pop_head (&self->things);
  if (self->things.length == self->most / 2)
    g_cond_signal (&self->changed);
  return thing;
}
