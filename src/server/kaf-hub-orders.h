/* SPDX-License-Identifier: GPL-3.0-or-later */
/* That an erasure was ordered: when, by whom, of what (an id, or a reference, which names nobody any more), and
 * why: as a keyed hash. A reason as it was typed may name the person, and would keep what was erased; who has
 * the paper shows with the hash that it is the one. */
#pragma once

#include "server/kaf-hub-storage.h"

G_BEGIN_DECLS

/* Within a transaction, before it is carried out: an order without its erasure can be asked about, the other way
 * not. @at: µs since 1970 UTC. */
gboolean kaf_hub_orders_note (KafHubStorage *storage,
                              const char *user,
                              const char *id,
                              const char *reason,
                              gint64 at,
                              GError **error);

/* Of those that an older version noted, the reasons as they were typed become hashes. */
gboolean kaf_hub_orders_hide_reasons (KafHubStorage *storage, GError **error);

G_END_DECLS
