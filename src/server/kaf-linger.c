/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/kaf-linger.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <sys/socket.h>
#include <unistd.h>

#include "server/kaf-shares.h"

/* Of one: the longest body that anything takes, and what surrounds it on the line. */
#define BYTES_MAX ((gsize) 17 * 1024 * 1024)
#define WHOLE_US (30 * G_USEC_PER_SEC)
#define SILENCE_US (5 * G_USEC_PER_SEC)

#define MOST 64
#define MOST_OF_ADDRESS 8

#define PIECE (32 * 1024)

typedef struct
{
  KafLinger *owner;
  int fd;
  char *address; /* whose place it has */
  GSource *source;
  gint64 until_us, heard_us;
  gsize left;
} Lingering;

struct _KafLinger
{
  GMutex mutex;
  GMainContext *context;
  GHashTable *open; /* set of Lingering */
  KafShares *places;
};

static void
lingering_free (gpointer data)
{
  Lingering *self = data;

  g_source_destroy (self->source);
  g_source_unref (self->source);
  close (self->fd);
  kaf_shares_give_back (self->owner->places, self->address, 1);
  g_free (self->address);
  g_free (self);
}

KafLinger *
kaf_linger_new (GMainContext *context)
{
  KafLinger *self = g_new0 (KafLinger, 1);

  g_mutex_init (&self->mutex);
  self->context = g_main_context_ref (context);
  self->places = kaf_shares_new (MOST, MOST_OF_ADDRESS);
  self->open = g_hash_table_new_full (NULL, NULL, lingering_free, NULL);
  return self;
}

void
kaf_linger_free (KafLinger *self)
{
  g_hash_table_unref (self->open);
  kaf_shares_free (self->places);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static gboolean
on_more (int fd, GIOCondition condition, gpointer data)
{
  Lingering *self = data;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->owner->mutex);
  char piece[PIECE];
  gssize n = recv (fd, piece, sizeof piece, MSG_DONTWAIT);

  if (n < 0 && (errno == EAGAIN || errno == EINTR))
    return G_SOURCE_CONTINUE;
  if (n > 0 && (gsize) n < self->left)
    {
      self->left -= n;
      self->heard_us = g_get_monotonic_time ();
      return G_SOURCE_CONTINUE;
    }
  g_hash_table_remove (self->owner->open, self);
  return G_SOURCE_REMOVE;
}

void
kaf_linger_take (KafLinger *self, int fd, const char *address)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_autofree char *whose = kaf_shares_name_address (address);
  Lingering *one;
  int own;

  if (!kaf_shares_take (self->places, whose, 1))
    return;
  own = fcntl (fd, F_DUPFD_CLOEXEC, 0);
  if (own < 0)
    {
      kaf_shares_give_back (self->places, whose, 1);
      return;
    }
  shutdown (own, SHUT_WR);
  one = g_new0 (Lingering, 1);
  one->owner = self;
  one->fd = own;
  one->address = g_steal_pointer (&whose);
  one->left = BYTES_MAX;
  one->heard_us = g_get_monotonic_time ();
  one->until_us = one->heard_us + WHOLE_US;
  one->source = g_unix_fd_source_new (own, G_IO_IN | G_IO_HUP | G_IO_ERR);
  g_source_set_callback (one->source, G_SOURCE_FUNC (on_more), one, NULL);
  g_source_attach (one->source, self->context);
  g_hash_table_add (self->open, one);
}

static gboolean
is_over (gpointer key, gpointer value, gpointer data)
{
  const Lingering *one = key;
  gint64 now_us = *(gint64 *) data;

  return now_us >= one->until_us || now_us - one->heard_us >= SILENCE_US;
}

void
kaf_linger_tick (KafLinger *self, gint64 now_us)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_hash_table_foreach_remove (self->open, is_over, &now_us);
}
