/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/kaf-hub-queue.h"

/* Of one turn: with about a millisecond for each, nobody waits long, and the commit is a small part of it. */
#define TOGETHER_MAX 16

struct _KafHubQueue
{
  KafHub *hub;
  GMutex *hub_mutex;
  GMutex mutex;         /* over what follows */
  GQueue brief, longer; /* of Waiting */
  gboolean led;         /* somebody has the turn, or is about to */
  gboolean long_next;   /* whose turn it is where both wait */
  guint64 n_exchanges, n_turns;
};

/* On the stack of who waits. */
typedef struct
{
  KafHubExchange *exchange;
  GCond cond;
  gboolean leads; /* it is to do the next turn */
  gboolean settled;
} Waiting;

KafHubQueue *
kaf_hub_queue_new (KafHub *hub, GMutex *mutex)
{
  KafHubQueue *self = g_new0 (KafHubQueue, 1);

  self->hub = hub;
  self->hub_mutex = mutex;
  g_mutex_init (&self->mutex);
  g_queue_init (&self->brief);
  g_queue_init (&self->longer);
  return self;
}

void
kaf_hub_queue_free (KafHubQueue *self)
{
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static GQueue *
choose_queue (KafHubQueue *self)
{
  if (self->brief.length > 0 && self->longer.length > 0)
    return self->long_next ? &self->longer : &self->brief;
  return self->longer.length > 0 ? &self->longer : &self->brief;
}

/* The first of those who wait, as many as go together. They stay where they are. */
static guint
choose (KafHubQueue *self, GQueue *queue, KafHubExchange **chosen)
{
  guint most = queue == &self->longer ? 1 : TOGETHER_MAX, n = 0;

  self->long_next = queue == &self->brief;
  for (GList *link = queue->head; link != NULL && n < most; link = link->next)
    chosen[n++] = ((Waiting *) link->data)->exchange;
  return n;
}

static void
settle (KafHubQueue *self, GQueue *queue, guint n)
{
  self->n_turns++;
  self->n_exchanges += n;
  for (guint i = 0; i < n; i++)
    {
      Waiting *one = g_queue_pop_head (queue);

      one->settled = TRUE;
      g_cond_signal (&one->cond);
    }
}

/* With the mutex, which is let go of meanwhile. Nobody else takes from the queue, or leads. */
static void
take_turn (KafHubQueue *self)
{
  KafHubExchange *chosen[TOGETHER_MAX];
  GQueue *queue = choose_queue (self);
  guint n = choose (self, queue, chosen);

  g_mutex_unlock (&self->mutex);
  g_mutex_lock (self->hub_mutex);
  n = kaf_hub_exchange_together (self->hub, chosen, n);
  g_mutex_unlock (self->hub_mutex);
  g_mutex_lock (&self->mutex);
  settle (self, queue, n);
}

static void
hand_on (KafHubQueue *self)
{
  Waiting *next = g_queue_peek_head (choose_queue (self));

  self->led = next != NULL;
  if (next == NULL)
    return;
  next->leads = TRUE;
  g_cond_signal (&next->cond);
}

void
kaf_hub_queue_exchange (KafHubQueue *self, KafHubExchange *exchange)
{
  Waiting own = { .exchange = exchange };

  g_cond_init (&own.cond);
  g_mutex_lock (&self->mutex);
  g_queue_push_tail (exchange->size > KAF_HUB_QUEUE_SHORT ? &self->longer : &self->brief, &own);
  own.leads = !self->led;
  self->led = TRUE;
  while (!own.settled && !own.leads)
    g_cond_wait (&own.cond, &self->mutex);
  while (!own.settled)
    take_turn (self);
  if (own.leads)
    hand_on (self);
  g_mutex_unlock (&self->mutex);
  g_cond_clear (&own.cond);
}

guint
kaf_hub_queue_get_figures (KafHubQueue *self, guint64 *n_exchanges, guint64 *n_turns)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  *n_exchanges = self->n_exchanges;
  *n_turns = self->n_turns;
  return self->brief.length + self->longer.length;
}
