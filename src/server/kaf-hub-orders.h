/* SPDX-License-Identifier: GPL-3.0-or-later */
/* That an erasure was ordered: when, by whom, of what (an id, or a reference, which names nobody any more), and
 * why: as a keyed hash. A reason as it was typed may name the person, and would keep what was erased; who has
 * the paper shows with the hash that it is the one. */
#pragma once

#include "server/kaf-hub-storage.h"

G_BEGIN_DECLS

/* What the keys begin with in the hub's meta, a time and a name behind it, or a device and a number. */
#define KAF_HUB_ORDERS "order."
#define KAF_HUB_ERASURES "erasure."
#define KAF_HUB_RECEIPTS "receipt."

/* In the place of a number: what a restored backup did not know to be erased, and was again. */
#define KAF_HUB_ERASED_AGAIN "-"

/* Within a transaction, before it is carried out: an order without its erasure can be asked about, the other way
 * not. @at: µs since 1970 UTC. */
gboolean kaf_hub_orders_note (KafHubStorage *storage,
                              const char *user,
                              const char *id,
                              const char *reason,
                              gint64 at,
                              GError **error);

/* Within the transaction of an erasure, @at that moment: what it took, so that it can be told who has confirmed it, and
 * what stays without her. @name: by what it was asked for; @victims: element-type KafErased, with their numbers, who was
 * named first; @kept: element-type KafRecord. */
gboolean kaf_hub_orders_note_done (KafHubStorage *storage,
                                   const char *name,
                                   GPtrArray *victims,
                                   GPtrArray *kept,
                                   gint64 at,
                                   GError **error);

/* The device has carried out all up to the erasure of number @number. @at: µs since 1970 UTC. */
gboolean kaf_hub_orders_note_receipt (
    KafHubStorage *storage, guint64 device, gint64 number, gint64 at, GError **error);

/* Of those that an older version noted, the reasons as they were typed become hashes. */
gboolean kaf_hub_orders_hide_reasons (KafHubStorage *storage, GError **error);

G_END_DECLS
