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
  char *lingers_for; /* the address of its client, who may still be sending; nullable */
};

struct _KafConnections
{
  GMutex mutex;
  GHashTable *open; /* set of KafConnection */
  KafLinger *linger;
  GMainContext *context;
  GMainLoop *loop;
  GThread *watch; /* runs it */
};

static void
connection_free (gpointer data)
{
  KafConnection *self = data;

  g_free (self->lingers_for);
  g_free (self);
}

/* Shuts down those that took too long. */
static gboolean
on_second (gpointer data)
{
  KafConnections *self = data;
  gint64 now_us = g_get_monotonic_time ();
  GHashTableIter iter;
  gpointer key;

  g_mutex_lock (&self->mutex);
  g_hash_table_iter_init (&iter, self->open);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      KafConnection *connection = key;

      /* The owner finds it at its end, and closes it. */
      if (now_us - connection->since_us > longest_us[connection->phase])
        shutdown (connection->fd, SHUT_RDWR);
    }
  g_mutex_unlock (&self->mutex);
  kaf_linger_tick (self->linger, now_us);
  return G_SOURCE_CONTINUE;
}

static gpointer
watch (gpointer data)
{
  g_main_loop_run (data);
  return NULL;
}

KafConnections *
kaf_connections_new (void)
{
  KafConnections *self = g_new0 (KafConnections, 1);
  g_autoptr (GSource) second = g_timeout_source_new_seconds (1);

  g_mutex_init (&self->mutex);
  self->open = g_hash_table_new_full (NULL, NULL, connection_free, NULL);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->linger = kaf_linger_new (self->context);
  g_source_set_callback (second, on_second, self, NULL);
  g_source_attach (second, self->context);
  self->watch = g_thread_new ("connections", watch, self->loop);
  return self;
}

static gboolean
quit (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

/* From within the loop: it may not have begun. */
static void
stop_watch (KafConnections *self)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_callback (source, quit, self->loop, NULL);
  g_source_attach (source, self->context);
  g_thread_join (self->watch);
}

void
kaf_connections_free (KafConnections *self)
{
  if (self == NULL)
    return;
  stop_watch (self);
  kaf_linger_free (self->linger);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
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

  if (connection->lingers_for != NULL)
    kaf_linger_take (self->linger, connection->fd, connection->lingers_for);
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
kaf_connections_set_lingers (KafConnections *self, KafConnection *connection, const char *address)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_free (connection->lingers_for);
  connection->lingers_for = g_strdup (address);
}

guint
kaf_connections_count (KafConnections *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return g_hash_table_size (self->open);
}
