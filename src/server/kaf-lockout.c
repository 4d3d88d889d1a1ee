/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/kaf-lockout.h"

#include "server/kaf-shares.h"

#define FIRST_WAIT_MS 30000

/* So that no flood of addresses takes the memory. */
#define ADDRESSES_MAX 65536

struct _KafLockout
{
  GMutex mutex;
  GHashTable *addresses; /* text → KafFailures */
};

/* A clock that was set back does not hold anybody: what lies ahead is forgotten too. */
static gboolean
is_forgotten (const KafFailures *self, gint64 now)
{
  return now < self->last || now - self->last >= KAF_LOCKOUT_MS;
}

void
kaf_failures_add (KafFailures *self, gint64 now)
{
  if (is_forgotten (self, now))
    self->n = 0;
  if (self->n < G_MAXUINT)
    self->n++;
  self->last = now;
}

gint64
kaf_failures_get_wait (const KafFailures *self, guint allowed, gint64 now)
{
  gint64 wait;

  if (self->n < allowed || is_forgotten (self, now))
    return 0;
  wait = (gint64) FIRST_WAIT_MS << MIN (self->n - allowed, 10);
  return MAX (0, self->last + MIN (wait, KAF_LOCKOUT_MS) - now);
}

KafLockout *
kaf_lockout_new (void)
{
  KafLockout *self = g_new0 (KafLockout, 1);

  g_mutex_init (&self->mutex);
  self->addresses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
kaf_lockout_free (KafLockout *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->addresses);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

gint64
kaf_lockout_get_wait (KafLockout *self, const char *address, gint64 now)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_autofree char *key = kaf_shares_name_address (address);
  KafFailures *failures = g_hash_table_lookup (self->addresses, key);

  return failures != NULL ? kaf_failures_get_wait (failures, KAF_LOCKOUT_ADDRESS, now) : 0;
}

static gboolean
is_over (gpointer key, gpointer value, gpointer data)
{
  return is_forgotten (value, *(gint64 *) data);
}

void
kaf_lockout_add (KafLockout *self, const char *address, gint64 now)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_autofree char *key = kaf_shares_name_address (address);
  KafFailures *failures = g_hash_table_lookup (self->addresses, key);

  if (failures == NULL)
    {
      if (g_hash_table_size (self->addresses) >= ADDRESSES_MAX)
        g_hash_table_foreach_remove (self->addresses, is_over, &now);
      if (g_hash_table_size (self->addresses) >= ADDRESSES_MAX)
        return; /* users' own failures still hold */
      failures = g_new0 (KafFailures, 1);
      g_hash_table_insert (self->addresses, g_steal_pointer (&key), failures);
    }
  kaf_failures_add (failures, now);
}
