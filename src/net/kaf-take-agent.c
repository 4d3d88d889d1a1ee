/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 *   start ─▶ look ─▶ exchange ─▶ look ─▶ fetch ─▶ look ─▶ done
 *              └─ no hub ────────────┴─ nothing absent ─────┘
 *
 * The records are exchanged by the window's own agent, which may be at it already: its end is waited for. The files are
 * asked of its KafBlobAgent one by one, each with an answer. */
#include "config.h"

#include "net/kaf-take-agent.h"

struct _KafTakeAgent
{
  GObject parent_instance;

  KafStore *store;
  KafSyncAgent *sync; /* nullable */
  char *mission;
  KafLang lang;
  KafTakePhase phase;
  KafMissionKit *kit; /* nullable */
  GError *error;      /* nullable */
  gboolean exchanged; /* or tried to */
  gboolean fetched;   /* the same */
  gboolean cancelled;
  GPtrArray *asked; /* (element-type Asked): files, since they are being fetched */
  guint n_open;     /* of them without an answer */
};

/* A file that is being fetched. */
typedef struct
{
  KafTakeAgent *agent; /* owned while its answer is waited for, else NULL */
  char *attachment, *sha256;
  gint64 size;
  gboolean came, answered;
} Asked;

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KafTakeAgent, kaf_take_agent, G_TYPE_OBJECT)

static void look (KafTakeAgent *self);

static void
asked_free (gpointer data)
{
  Asked *asked = data;

  g_free (asked->attachment);
  g_free (asked->sha256);
  g_free (asked);
}

static void
tell (KafTakeAgent *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
set_phase (KafTakeAgent *self, KafTakePhase phase)
{
  self->phase = phase;
  tell (self);
}

/* The first that went wrong is told. */
static void
note (KafTakeAgent *self, const GError *error)
{
  if (error != NULL && self->error == NULL &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    self->error = g_error_copy (error);
}

/* Fetching */

static KafBlobAgent *
get_files (KafTakeAgent *self)
{
  return self->sync != NULL ? kaf_sync_agent_get_files (self->sync) : NULL;
}

static void
on_file (GObject *source, GAsyncResult *result, gpointer data)
{
  Asked *asked = data;
  g_autoptr (KafTakeAgent) self = g_steal_pointer (&asked->agent);
  g_autoptr (GError) error = NULL;

  asked->came = kaf_blob_agent_fetch_finish (KAF_BLOB_AGENT (source), result, &error);
  asked->answered = TRUE;
  note (self, error);
  if (--self->n_open == 0)
    look (self);
  else
    tell (self);
}

static void
fetch (KafTakeAgent *self)
{
  g_ptr_array_set_size (self->asked, 0);
  self->fetched = TRUE;
  for (guint i = 0; i < self->kit->files->len; i++)
    {
      const KafKitFile *file = g_ptr_array_index (self->kit->files, i);
      Asked *asked;

      if (file->here)
        continue;
      asked = g_new0 (Asked, 1);
      asked->agent = g_object_ref (self);
      asked->attachment = g_strdup (file->attachment);
      asked->sha256 = g_strdup (file->sha256);
      asked->size = file->size;
      g_ptr_array_add (self->asked, asked);
    }
  self->n_open = self->asked->len;
  set_phase (self, KAF_TAKE_FETCHING);
  for (guint i = 0; i < self->asked->len; i++)
    {
      Asked *asked = g_ptr_array_index (self->asked, i);

      kaf_blob_agent_fetch_async (get_files (self), asked->attachment, on_file, asked);
    }
}

/* Where nobody answers they are asked for without waiting: they come when the network does. */
static gpointer
want_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  kaf_mission_kit_want (db, data, TRUE, error);
  return NULL;
}

static void
on_wanted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafTakeAgent) self = data;
  g_autoptr (GError) error = NULL;

  kaf_store_run_finish (KAF_STORE (source), result, &error);
  note (self, error);
  look (self);
}

static void
want (KafTakeAgent *self)
{
  self->fetched = TRUE;
  kaf_store_run_async (self->store, KAF_LANE_WRITE, want_job, g_steal_pointer (&self->kit),
                       (GDestroyNotify) kaf_mission_kit_free, NULL, NULL, on_wanted,
                       g_object_ref (self));
}

/* Exchanging */

static void
follow (KafTakeAgent *self)
{
  const KafSyncStatus *status = kaf_sync_agent_get_status (self->sync);

  if (self->phase == KAF_TAKE_FETCHING || self->phase == KAF_TAKE_DONE)
    tell (self);
  if (self->phase != KAF_TAKE_EXCHANGING || status->phase == KAF_SYNC_PHASE_UNKNOWN)
    return;
  /* Which it may begin at once, and tell. */
  if (!self->exchanged && status->phase != KAF_SYNC_PHASE_NOT_ENROLLED)
    {
      self->exchanged = TRUE;
      kaf_sync_agent_sync_now (self->sync);
    }
  if (self->phase != KAF_TAKE_EXCHANGING || status->phase == KAF_SYNC_PHASE_SYNCING)
    return;
  note (self, status->error);
  look (self);
}

static void
exchange (KafTakeAgent *self)
{
  set_phase (self, KAF_TAKE_EXCHANGING);
  follow (self);
}

/* Looking */

static void
go_on (KafTakeAgent *self)
{
  gboolean hub = kaf_take_agent_has_hub (self) && !kaf_store_is_read_only (self->store);
  gboolean absent = self->kit != NULL && self->kit->n_absent > 0;

  if (self->cancelled || !hub)
    set_phase (self, KAF_TAKE_DONE);
  else if (!self->exchanged)
    exchange (self);
  else if (absent && !self->fetched && self->error != NULL)
    want (self);
  else if (absent && !self->fetched)
    fetch (self);
  else
    set_phase (self, KAF_TAKE_DONE);
}

typedef struct
{
  char *mission;
  KafLang lang;
} Look;

static void
look_free (gpointer data)
{
  Look *job = data;

  g_free (job->mission);
  g_free (job);
}

static gpointer
look_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Look *job = data;
  KafMissionKit *kit = kaf_mission_kit_read (db, job->mission, error);

  if (kit != NULL)
    kaf_mission_kit_tell (db, kit, job->lang);
  return kit;
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafTakeAgent) self = data;
  g_autoptr (GError) error = NULL;
  KafMissionKit *kit = kaf_store_run_finish (KAF_STORE (source), result, &error);

  g_clear_pointer (&self->kit, kaf_mission_kit_free);
  self->kit = kit;
  note (self, error);
  go_on (self);
}

static void
look (KafTakeAgent *self)
{
  Look *job = g_new0 (Look, 1);

  self->phase = KAF_TAKE_LOOKING;
  job->mission = g_strdup (self->mission);
  job->lang = self->lang;
  kaf_store_run_async (self->store, KAF_LANE_READ, look_job, job, look_free,
                       (GDestroyNotify) kaf_mission_kit_free, NULL, on_looked, g_object_ref (self));
}

static void
kaf_take_agent_dispose (GObject *object)
{
  KafTakeAgent *self = KAF_TAKE_AGENT (object);

  g_clear_object (&self->sync);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (kaf_take_agent_parent_class)->dispose (object);
}

static void
kaf_take_agent_finalize (GObject *object)
{
  KafTakeAgent *self = KAF_TAKE_AGENT (object);

  g_clear_pointer (&self->kit, kaf_mission_kit_free);
  g_clear_error (&self->error);
  g_ptr_array_unref (self->asked);
  g_free (self->mission);
  G_OBJECT_CLASS (kaf_take_agent_parent_class)->finalize (object);
}

static void
kaf_take_agent_class_init (KafTakeAgentClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_take_agent_dispose;
  G_OBJECT_CLASS (klass)->finalize = kaf_take_agent_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
kaf_take_agent_init (KafTakeAgent *self)
{
  self->phase = KAF_TAKE_DONE;
  self->asked = g_ptr_array_new_with_free_func (asked_free);
}

KafTakeAgent *
kaf_take_agent_new (KafStore *store, KafSyncAgent *sync, const char *mission, KafLang lang)
{
  KafTakeAgent *self;

  g_return_val_if_fail (KAF_IS_STORE (store), NULL);
  g_return_val_if_fail (mission != NULL, NULL);

  self = g_object_new (KAF_TYPE_TAKE_AGENT, NULL);
  self->store = g_object_ref (store);
  self->mission = g_strdup (mission);
  self->lang = lang;
  if (sync != NULL)
    {
      self->sync = g_object_ref (sync);
      g_signal_connect_object (sync, "changed", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
    }
  return self;
}

void
kaf_take_agent_start (KafTakeAgent *self)
{
  g_return_if_fail (KAF_IS_TAKE_AGENT (self));

  if (self->phase != KAF_TAKE_DONE)
    return;
  g_clear_error (&self->error);
  self->exchanged = self->fetched = self->cancelled = FALSE;
  look (self);
  tell (self);
}

/* The exchange is the window's: others may wait for it, and it goes on behind. */
void
kaf_take_agent_cancel (KafTakeAgent *self)
{
  g_return_if_fail (KAF_IS_TAKE_AGENT (self));

  if (self->phase == KAF_TAKE_DONE)
    return;
  self->cancelled = TRUE;
  if (self->phase == KAF_TAKE_EXCHANGING)
    look (self);
  else if (self->phase == KAF_TAKE_FETCHING)
    for (guint i = 0; i < self->asked->len; i++)
      {
        const Asked *asked = g_ptr_array_index (self->asked, i);

        if (!asked->answered)
          kaf_blob_agent_give_up (get_files (self), asked->attachment);
      }
}

KafTakePhase
kaf_take_agent_get_phase (KafTakeAgent *self)
{
  g_return_val_if_fail (KAF_IS_TAKE_AGENT (self), KAF_TAKE_DONE);
  return self->phase;
}

const KafMissionKit *
kaf_take_agent_get_kit (KafTakeAgent *self)
{
  g_return_val_if_fail (KAF_IS_TAKE_AGENT (self), NULL);
  return self->kit;
}

void
kaf_take_agent_get_share (KafTakeAgent *self, gint64 *done, gint64 *total)
{
  g_return_if_fail (KAF_IS_TAKE_AGENT (self));

  *done = *total = 0;
  for (guint i = 0; self->phase == KAF_TAKE_FETCHING && i < self->asked->len; i++)
    {
      const Asked *asked = g_ptr_array_index (self->asked, i);
      KafBlobWay way = KAF_BLOB_UP;
      double share = kaf_blob_agent_get_share (get_files (self), asked->sha256, &way);

      *total += asked->size;
      if (asked->came)
        *done += asked->size;
      else if (share > 0 && way == KAF_BLOB_DOWN)
        *done += (gint64) (share * (double) asked->size);
    }
}

const GError *
kaf_take_agent_get_error (KafTakeAgent *self)
{
  g_return_val_if_fail (KAF_IS_TAKE_AGENT (self), NULL);
  return self->error;
}

gboolean
kaf_take_agent_has_hub (KafTakeAgent *self)
{
  const KafSyncStatus *status;

  g_return_val_if_fail (KAF_IS_TAKE_AGENT (self), FALSE);
  status = self->sync != NULL ? kaf_sync_agent_get_status (self->sync) : NULL;
  return status != NULL && status->phase != KAF_SYNC_PHASE_NOT_ENROLLED;
}

guint
kaf_take_agent_get_days_left (KafTakeAgent *self)
{
  const KafLeaseReport *lease;

  g_return_val_if_fail (KAF_IS_TAKE_AGENT (self), 0);
  if (!kaf_take_agent_has_hub (self))
    return 0;
  lease = &kaf_sync_agent_get_status (self->sync)->lease;
  return lease->end > lease->days ? lease->end - lease->days : 0;
}
