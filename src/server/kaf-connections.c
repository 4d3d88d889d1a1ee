/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/kaf-connections.h"

#include <gio/gio.h>
#include <sys/socket.h>

#include "server/kaf-linger.h"

/* A body of 16 MiB at 0.5 Mbit/s takes 270 s. */
static const gint64 longest_us[] = {
  [KAF_PHASE_WAITING] = 30 * G_USEC_PER_SEC,          [KAF_PHASE_READING] = 300 * G_USEC_PER_SEC,
  [KAF_PHASE_READING_STRANGER] = 30 * G_USEC_PER_SEC, [KAF_PHASE_WORKING] = G_MAXINT64,
  [KAF_PHASE_SENDING] = 300 * G_USEC_PER_SEC,
};

struct _KafConnection
{
  int fd;
  KafPhase phase;
  gint64 since_us;
  gboolean lingers;
};

struct _KafConnections
{
  GMutex mutex;
  GHashTable *open; /* set of KafConnection */
  KafLinger *linger;
};

KafConnections *
kaf_connections_new (void)
{
  KafConnections *self = g_new0 (KafConnections, 1);

  g_mutex_init (&self->mutex);
  self->open = g_hash_table_new_full (NULL, NULL, g_free, NULL);
  self->linger = kaf_linger_new ();
  return self;
}

void
kaf_connections_free (KafConnections *self)
{
  if (self == NULL)
    return;
  kaf_linger_free (self->linger);
  g_hash_table_unref (self->open);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

KafConnection *
kaf_connections_add (KafConnections *self, int fd)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  KafConnection *connection = g_new0 (KafConnection, 1);

  connection->fd = fd;
  connection->since_us = g_get_monotonic_time ();
  g_hash_table_add (self->open, connection);
  return connection;
}

void
kaf_connections_remove (KafConnections *self, KafConnection *connection)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (connection->lingers)
    kaf_linger_take (self->linger, connection->fd);
  g_hash_table_remove (self->open, connection);
}

void
kaf_connections_set_phase (KafConnections *self, KafConnection *connection, KafPhase phase)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  connection->phase = phase;
  connection->since_us = g_get_monotonic_time ();
}

void
kaf_connections_set_lingers (KafConnections *self, KafConnection *connection)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  connection->lingers = TRUE;
}

guint
kaf_connections_count (KafConnections *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return g_hash_table_size (self->open);
}

void
kaf_connections_cut (KafConnections *self, gint64 now_us)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->open);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      KafConnection *connection = key;

      /* The owner finds it at its end, and closes it. */
      if (now_us - connection->since_us > longest_us[connection->phase])
        shutdown (connection->fd, SHUT_RDWR);
    }
  kaf_linger_tick (self->linger, now_us);
}
