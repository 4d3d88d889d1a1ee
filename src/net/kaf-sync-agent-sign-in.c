/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signing in: its three steps (kaf-syncer.h) on the lanes of the store and a thread of its own. */
#include "config.h"

#include "net/kaf-keyring.h"
#include "net/kaf-sync-agent-private.h"

static gpointer
run_sign_in_prepare (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  kaf_sign_in_prepare (data, db, error);
  return NULL;
}

static gpointer
run_sign_in_keep (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  kaf_sign_in_keep (data, db, error);
  return NULL;
}

static void
on_sign_in_kept (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  KafSyncAgent *self = g_task_get_source_object (task);
  GError *error = NULL;

  kaf_store_run_finish (KAF_STORE (source), result, &error);
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  kaf_sync_agent_begin_anew (self);
  g_task_return_boolean (task, TRUE);
}

static void
ask_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (kaf_sign_in_ask (data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_asked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  KafSyncAgent *self = KAF_SYNC_AGENT (source);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      return;
    }
  kaf_store_run_async (kaf_sync_agent_get_store (self), KAF_LANE_WRITE, run_sign_in_keep,
                       g_task_get_task_data (task), NULL, NULL, NULL, on_sign_in_kept, task);
  task = NULL;
}

static void
on_sign_in_prepared (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  KafSyncAgent *self = g_task_get_source_object (task);
  g_autoptr (GTask) inner = NULL;
  GError *error = NULL;

  kaf_store_run_finish (KAF_STORE (source), result, &error);
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  inner = g_task_new (self, g_task_get_cancellable (task), on_asked, task);
  g_task_set_source_tag (inner, on_sign_in_prepared);
  g_task_set_task_data (inner, g_task_get_task_data (task), NULL);
  g_task_run_in_thread (inner, ask_thread);
  task = NULL;
}

void
kaf_sync_agent_sign_in_async (KafSyncAgent *self,
                              KafSignIn *sign_in,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task;

  g_return_if_fail (KAF_IS_SYNC_AGENT (self));

  kaf_keyring_allow_asking ();
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, kaf_sync_agent_sign_in_async);
  g_task_set_task_data (task, sign_in, (GDestroyNotify) kaf_sign_in_free);
  /* What was kept is kept, though it was cancelled meanwhile. */
  g_task_set_check_cancellable (task, FALSE);
  kaf_store_run_async (kaf_sync_agent_get_store (self), KAF_LANE_READ, run_sign_in_prepare, sign_in,
                       NULL, NULL, cancellable, on_sign_in_prepared, task);
}

gboolean
kaf_sync_agent_sign_in_finish (KafSyncAgent *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
