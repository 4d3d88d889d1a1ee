/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "net/kaf-aside-watch.h"

#include "net/kaf-quarantine.h"

/* µs between two questions. */
#define INTERVAL (15 * 60 * G_USEC_PER_SEC)

typedef struct
{
  GCancellable *asking; /* NULL: it is not asked right now */
  gint64 asked;         /* when it was last; µs of the monotonic clock; 0: never */
  gint64 synced_at;     /* of the last exchange that was seen */
} Watch;

static void
watch_free (gpointer data)
{
  Watch *self = data;

  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  g_free (self);
}

static Watch *
get_watch (KafSyncAgent *agent)
{
  return g_object_get_data (G_OBJECT (agent), "kaf-aside-watch");
}

/* Nothing is said of a failure: an older hub knows of no such thing, and the next exchange asks again. */
static void
on_fetched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafSyncAgent) agent = g_weak_ref_get (data);
  g_autoptr (KafQuarantine) found = kaf_quarantine_fetch_finish (result, NULL);

  g_weak_ref_clear (data);
  g_free (data);
  if (agent == NULL)
    return;
  g_clear_object (&get_watch (agent)->asking);
  if (found != NULL)
    kaf_sync_agent_note_aside (agent, found->edits->len);
  else
    get_watch (agent)->asked = 0;
}

static gboolean
may_settle (KafSyncAgent *agent)
{
  KafStore *store = kaf_sync_agent_get_store (agent);

  return kaf_store_may_settle (store) && !kaf_store_is_read_only (store);
}

static void
on_changed (KafSyncAgent *agent, gpointer data)
{
  const KafSyncStatus *status = kaf_sync_agent_get_status (agent);
  Watch *self = get_watch (agent);
  gint64 now = g_get_monotonic_time ();
  GWeakRef *back;

  if (!may_settle (agent))
    kaf_sync_agent_note_aside (agent, 0);
  if (status->phase != KAF_SYNC_PHASE_IDLE || status->synced_at == self->synced_at ||
      self->asking != NULL || (self->asked > 0 && now - self->asked < INTERVAL) ||
      !may_settle (agent))
    return;
  self->synced_at = status->synced_at;
  self->asked = now;
  self->asking = g_cancellable_new ();
  back = g_new0 (GWeakRef, 1);
  g_weak_ref_init (back, agent);
  kaf_quarantine_fetch_async (kaf_store_get_path (kaf_sync_agent_get_store (agent)), status->url,
                              self->asking, on_fetched, back);
}

void
kaf_aside_watch (KafSyncAgent *agent)
{
  g_return_if_fail (KAF_IS_SYNC_AGENT (agent));

  g_object_set_data_full (G_OBJECT (agent), "kaf-aside-watch", g_new0 (Watch, 1), watch_free);
  g_signal_connect (agent, "changed", G_CALLBACK (on_changed), NULL);
}
