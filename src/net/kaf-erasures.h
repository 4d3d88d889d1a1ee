/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Erasures at the hub, for who orders them: what one would take, the order, and what was erased with the receipts of the
 * devices. An order is the hub's to carry out: nothing is erased here before it says so, like everywhere. Blocking, but
 * for those that end in _async. Errors: KAF_NET_ERROR. */
#pragma once

#include <gio/gio.h>

#include "base/kaf-lang.h"
#include "schema/kaf-entity.h"

G_BEGIN_DECLS

/* A record that stays, with a pseudonym in the place of whom was erased. */
typedef struct
{
  const KafEntity *entity;
  char *id;
  char *name, *name_ar; /* its office, in each script; nullable, as is: */
  char *of;             /* reference of what it stands in: a mission, an organisation */
  char *ends; /* the day on which that is over, maybe in part ("2027"); NULL: it has no end yet */
} KafErasureKept;

typedef struct
{
  gint64 at; /* µs since 1970 UTC; 0: it is not ordered */
  char *by;  /* user; NULL: ordered at the server */
  char
      *name; /* reference or id by which it was ordered; nullable: a restored server did it again */
  const KafEntity *entity; /* of whom was named; nullable: one that is not known here */
  char *id;
  gint64 number;   /* by which devices confirm it */
  guint n;         /* records, what belongs to it among them */
  GPtrArray *kept; /* (element-type KafErasureKept) */
  /* Of one that is not ordered: */
  char *ref;            /* nullable */
  GPtrArray *as;        /* (element-type KafEntity): its facets, an expert; not owned */
  gint64 made, changed; /* µs since 1970 UTC */
} KafErasure;

void kaf_erasure_free (KafErasure *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafErasure, kaf_erasure_free)

typedef struct
{
  gint64 number, at; /* all up to that erasure is carried out; µs since 1970 UTC */
} KafErasureReceipt;

typedef struct
{
  char *id, *user, *name;
  gint64 enrolled, synced, revoked; /* µs since 1970 UTC; 0: never */
  gint64 erased;                    /* number up to which it has carried out all */
  GArray *receipts;                 /* (element-type KafErasureReceipt), the first first */
} KafErasureDevice;

typedef struct
{
  GPtrArray *erasures; /* (element-type KafErasure), the last first */
  GPtrArray *devices;  /* (element-type KafErasureDevice) */
} KafErasures;

void kaf_erasures_free (KafErasures *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafErasures, kaf_erasures_free)

typedef enum
{
  KAF_ERASURE_CONFIRMED,
  KAF_ERASURE_AWAITED,
  KAF_ERASURE_SHUT_OUT, /* it was withdrawn before it confirmed: it purges when it next asks, and confirms nothing */
  KAF_ERASURE_EMPTY, /* it was never given anything */
} KafErasureState;

/* How the device stands to the erasure. @when (out): µs since 1970 UTC of its receipt; 0: not known, or none. */
KafErasureState
kaf_erasure_get_state (const KafErasure *self, const KafErasureDevice *device, gint64 *when);

typedef struct
{
  guint n_confirmed;
  guint n_awaited;
  guint
      n_shut_out; /* that never confirmed it: nobody waits for them, and what they hold they may hold */
} KafErasureCount;

/* Devices of @all, by how they stand to it. */
KafErasureCount kaf_erasure_count (const KafErasure *self, const KafErasures *all);

/* @store: path, of a device of the hub at @url. */
KafErasures *
kaf_erasures_fetch (const char *store, const char *url, GCancellable *cancellable, GError **error);

/* What an order for @name, a reference or an id, would take; nothing happens. Errors: KAF_NET_ERROR_ERASE_UNKNOWN. */
KafErasure *kaf_erasures_look (const char *store,
                               const char *url,
                               const char *name,
                               GCancellable *cancellable,
                               GError **error);

/* @seen (nullable): the id of what was looked at: nobody else is erased, though the reference be another's since. @n
 * (out): records erased; 0: it was before. Errors: KAF_NET_ERROR_ERASE_UNKNOWN, _ERASE_UNFINISHED. */
gboolean kaf_erasures_order (const char *store,
                             const char *url,
                             const char *name,
                             const char *seen,
                             const char *reason,
                             guint *n,
                             GCancellable *cancellable,
                             GError **error);

void kaf_erasures_fetch_async (const char *store,
                               const char *url,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
KafErasures *kaf_erasures_fetch_finish (GAsyncResult *result, GError **error);

void kaf_erasures_look_async (const char *store,
                              const char *url,
                              const char *name,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
KafErasure *kaf_erasures_look_finish (GAsyncResult *result, GError **error);

void kaf_erasures_order_async (const char *store,
                               const char *url,
                               const char *name,
                               const char *seen,
                               const char *reason,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean kaf_erasures_order_finish (GAsyncResult *result, guint *n, GError **error);

/* What the hub said, read strictly. Errors: KAF_NET_ERROR_PROTOCOL. For tests. */
KafErasures *kaf_erasures_parse (const char *text, gsize size, GError **error);

G_END_DECLS
