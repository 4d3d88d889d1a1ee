/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/kaf-shares.h"

#include <arpa/inet.h>
#include <string.h>

struct _KafShares
{
  GMutex mutex;
  gsize all, each;
  gsize taken;
  GHashTable *of; /* text → gsize, of those who hold something */
};

KafShares *
kaf_shares_new (gsize all, gsize each)
{
  KafShares *self = g_new0 (KafShares, 1);

  g_mutex_init (&self->mutex);
  self->all = all;
  self->each = each;
  self->of = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
kaf_shares_free (KafShares *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->of);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static gsize
get_share (const KafShares *self, const char *who)
{
  return who != NULL ? GPOINTER_TO_SIZE (g_hash_table_lookup (self->of, who)) : 0;
}

static void
set_share (KafShares *self, const char *who, gsize share)
{
  if (who != NULL && share > 0)
    g_hash_table_insert (self->of, g_strdup (who), GSIZE_TO_POINTER (share));
  else if (who != NULL)
    g_hash_table_remove (self->of, who);
}

gboolean
kaf_shares_take (KafShares *self, const char *who, gsize n)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  gsize share = get_share (self, who);

  if (n > self->all - self->taken || (who != NULL && n > self->each - share))
    return FALSE;
  self->taken += n;
  set_share (self, who, share + n);
  return TRUE;
}

void
kaf_shares_give_back (KafShares *self, const char *who, gsize n)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->taken -= n;
  set_share (self, who, get_share (self, who) - (who != NULL ? n : 0));
}

char *
kaf_shares_name_address (const char *address)
{
  struct in6_addr six;
  char text[INET6_ADDRSTRLEN];

  if (inet_pton (AF_INET6, address, &six) != 1 || IN6_IS_ADDR_V4MAPPED (&six))
    return g_strdup (address);
  memset (six.s6_addr + 8, 0, 8);
  return g_strdup (inet_ntop (AF_INET6, &six, text, sizeof text));
}
