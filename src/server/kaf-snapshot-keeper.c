/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/kaf-snapshot-keeper.h"

#include <sys/resource.h>

#include "server/kaf-snapshots.h"

#define FIRST_US (30 * G_USEC_PER_SEC)
#define PAUSE_US (G_GINT64_CONSTANT (600) * G_USEC_PER_SEC)

/* Of the thread: who waits for an answer comes first. */
#define NICE 10

struct _KafSnapshotKeeper
{
  KafService *service;
  GThread *thread;
  GCancellable *stopped;
  GMutex mutex;
  GCond cond;
};

GPtrArray *
kaf_snapshot_keeper_find_roles (KafService *service, GError **error)
{
  g_autoptr (GPtrArray) users = kaf_accounts_list_users (service->accounts, error);
  g_autoptr (GPtrArray) roles = g_ptr_array_new ();

  if (users == NULL)
    return NULL;
  for (guint i = 0; i < users->len; i++)
    {
      const KafAccountsUser *user = g_ptr_array_index (users, i);
      const KafRole *role = user->role != NULL ? kaf_role_find (user->role) : NULL;

      if (role != NULL && role->aggregates_only)
        role = kaf_role_find (KAF_SNAPSHOTS_COUNTED);
      if (role != NULL && role->reads != 0 && !user->disabled &&
          kaf_snapshots_serve (user->scope) && !g_ptr_array_find (roles, role, NULL))
        g_ptr_array_add (roles, (gpointer) role);
    }
  return g_steal_pointer (&roles);
}

static void
prepare_all (KafSnapshotKeeper *self)
{
  KafService *service = self->service;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) roles = kaf_snapshot_keeper_find_roles (service, &error);

  for (guint i = 0; roles != NULL && i < roles->len && error == NULL; i++)
    kaf_snapshots_prepare (service->dir, service->hub, &service->hub_mutex,
                           g_ptr_array_index (roles, i), FALSE, self->stopped, &error);
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("No snapshot was made: %s", error->message);
}

/* FALSE: it was told to stop. */
static gboolean
wait (KafSnapshotKeeper *self, gint64 us)
{
  gint64 until = g_get_monotonic_time () + us;
  gboolean waiting = TRUE;

  g_mutex_lock (&self->mutex);
  while (waiting && !g_cancellable_is_cancelled (self->stopped))
    waiting = g_cond_wait_until (&self->cond, &self->mutex, until);
  g_mutex_unlock (&self->mutex);
  return !g_cancellable_is_cancelled (self->stopped);
}

static gpointer
run (gpointer data)
{
  KafSnapshotKeeper *self = data;
  gint64 pause = FIRST_US;

  setpriority (PRIO_PROCESS, 0, NICE); /* of this thread alone, as Linux has it */
  while (wait (self, pause))
    {
      prepare_all (self);
      pause = PAUSE_US;
    }
  return NULL;
}

KafSnapshotKeeper *
kaf_snapshot_keeper_start (KafService *service)
{
  KafSnapshotKeeper *self = g_new0 (KafSnapshotKeeper, 1);

  self->service = service;
  self->stopped = g_cancellable_new ();
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->thread = g_thread_new ("snapshots", run, self);
  return self;
}

void
kaf_snapshot_keeper_stop (KafSnapshotKeeper *self)
{
  g_mutex_lock (&self->mutex);
  g_cancellable_cancel (self->stopped);
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
  g_thread_join (self->thread);
  g_object_unref (self->stopped);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self);
}
