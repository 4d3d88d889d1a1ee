/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long somebody waits who gave wrong passwords: a rule without a clock of its own, and a table of
 * addresses that keeps to it. Times are ms since 1970, UTC. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Failures that are this far apart are forgotten; nobody waits longer. */
#define KAF_LOCKOUT_MS (G_GINT64_CONSTANT (15) * 60 * 1000)

#define KAF_LOCKOUT_USER 5
#define KAF_LOCKOUT_ADDRESS 20

typedef struct
{
  guint n;
  gint64 last;
} KafFailures;

void kaf_failures_add (KafFailures *self, gint64 now);

/* ms to wait before the next try; 0: none. @allowed failures are free, then it is 30 s, doubled with each. */
gint64 kaf_failures_get_wait (const KafFailures *self, guint allowed, gint64 now);

/* Failures by address (kaf_shares_name_address()). Safe from any thread. */
typedef struct _KafLockout KafLockout;

KafLockout *kaf_lockout_new (void);
void kaf_lockout_free (KafLockout *self);
gint64 kaf_lockout_get_wait (KafLockout *self, const char *address, gint64 now);
void kaf_lockout_add (KafLockout *self, const char *address, gint64 now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafLockout, kaf_lockout_free)

G_END_DECLS
