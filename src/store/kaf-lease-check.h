/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lease on the persons of a hub (kaf-lease.h), as a store keeps it: a device that no longer hears of its
 * hub removes them, but for what is still to be sent. They come back with the next exchange. */
#pragma once

#include "store/kaf-database.h"
#include "sync/kaf-lease.h"

G_BEGIN_DECLS

typedef struct
{
  KafLeaseState state;
  guint days;       /* without an exchange */
  guint end;        /* day on which they go */
  gboolean removed; /* they have gone, and did not come back yet */
  gboolean revoked; /* the hub has shut this device out: they go at once */
  gboolean more;    /* they are on their way: to be called again at once */
} KafLeaseReport;

/* This moment of the machine that runs, by the store's clock. */
#define KAF_LEASE_BOOT_SIZE 64
void kaf_lease_get_moment (KafDatabase *db, KafLeaseMoment *moment, char boot[KAF_LEASE_BOOT_SIZE]);

/* What is so, without noting anything. A store that belongs to no hub has a lease that runs. */
void kaf_lease_read (KafDatabase *db, const KafLeaseMoment *now, KafLeaseReport *report);

/* The hub has shut this device out, until an exchange goes well: kaf_lease_check() removes persons from now on. */
gboolean kaf_lease_revoke (KafDatabase *db, GError **error);

/* Notes that it was looked, and removes persons when the lease has ended; to be called every few minutes, and, as long
 * as there are @more, again: a few hundred go at a time, so that what is written meanwhile comes in between.
 * @n_removed (out): how many now. Blocking for as long as an erasure. Errors: KAF_STORE_ERROR. */
gboolean kaf_lease_check (KafDatabase *db,
                          const KafLeaseMoment *now,
                          KafLeaseReport *report,
                          guint *n_removed,
                          GError **error);

/* An exchange has told all that the hub has. Within its transaction. */
gboolean kaf_lease_renew (KafDatabase *db, GError **error);

G_END_DECLS
