/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exchanges that wait for the hub. A commit costs a turn of the disk, whatever it brings: those that came while one was
 * under way go together in the next. One of them does it for all, so that there is no thread for it, and none is
 * told before the commit is on the disk. What a device sends of days goes alone, and lets what is short pass: who has little
 * to say waits for one such at most. */
#pragma once

#include "server/kaf-hub.h"

G_BEGIN_DECLS

typedef struct _KafHubQueue KafHubQueue;

/* Bytes of a body. Longer ones go alone. */
#define KAF_HUB_QUEUE_SHORT (64 * 1024)

/* @mutex: over @hub, held while it is at work; both outlive the queue. */
KafHubQueue *kaf_hub_queue_new (KafHub *hub, GMutex *mutex);

/* Nobody may wait in it. */
void kaf_hub_queue_free (KafHubQueue *self);

/* Blocks until @exchange was settled. From any thread. */
void kaf_hub_queue_exchange (KafHubQueue *self, KafHubExchange *exchange);

/* Exchanges that were settled, and in how many turns, each with one commit at most. Returns how many wait. */
guint kaf_hub_queue_get_figures (KafHubQueue *self, guint64 *n_exchanges, guint64 *n_turns);

G_END_DECLS
