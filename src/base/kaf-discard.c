/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "base/kaf-discard.h"

typedef struct
{
  gpointer thing;
  GDestroyNotify free_thing;
} Discarded;

static void
free_one (gpointer data, gpointer unused)
{
  Discarded *self = data;

  self->free_thing (self->thing);
  g_free (self);
}

static GThreadPool *
get_pool (void)
{
  static GThreadPool *pool;

  if (g_once_init_enter (&pool))
    g_once_init_leave (&pool, g_thread_pool_new (free_one, NULL, 1, FALSE, NULL));
  return pool;
}

void
kaf_discard (gpointer thing, GDestroyNotify free_thing)
{
  Discarded *self;

  if (thing == NULL)
    return;
  self = g_new (Discarded, 1);
  *self = (Discarded){ thing, free_thing };
  g_thread_pool_push (get_pool (), self, NULL);
}
