/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 *   touch ──½ s──▸ wanted ──▸ sent ──▸ kept
 *                    ▴          │
 *                    └── 3 s ───┘ failed
 *
 * One write at a time: while another program holds the store they would queue up before a save. They
 * go down one lane of the store in order, so a draft dropped after it was sent is gone. Nothing here is
 * cancelled when the form closes: what was typed is to reach the disk. */
#include "config.h"

#include "ui/form/kaf-draft-keeper.h"

#include <string.h>

#include "base/kaf-date.h"
#include "record/kaf-typed.h"
#include "ui/app/kaf-application.h"

#define DELAY_MS 500
#define RETRY_MS 3000

struct _KafDraftKeeper
{
  GObject parent_instance;

  KafStore *store;
  const KafEntity *entity;
  char *slot;
  char *wanted; /* JSON to be in the store; NULL: nothing was typed */
  char *sent;   /* what is being written; NULL when it was dropped meanwhile */
  char *kept;   /* what the store holds */
  gboolean writing;
  GError *error;      /* why the last write failed; NULL: it did not */
  GPtrArray *waiting; /* of GTask */
  guint source;
  gint64 kept_at; /* µs since 1970, UTC; 0: never */
};

G_DEFINE_FINAL_TYPE (KafDraftKeeper, kaf_draft_keeper, G_TYPE_OBJECT)

enum
{
  SIGNAL_COLLECT,
  SIGNAL_TOLD,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef struct
{
  const KafEntity *entity;
  char *slot;
  char *json; /* NULL: drop */
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_free (work->slot);
  g_free (work->json);
  g_free (work);
}

static gpointer
work_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Work *work = data;
  gint64 *when;

  if (work->json == NULL)
    {
      kaf_draft_drop (db, work->entity, work->slot, error);
      return NULL;
    }
  if (!kaf_draft_save (db, work->entity, work->slot, work->json, error))
    return NULL;

  when = g_new (gint64, 1);
  *when = kaf_clock_now (kaf_database_get_clock (db));
  return when;
}

static void
run (KafStore *store,
     const KafEntity *entity,
     const char *slot,
     const char *json,
     GAsyncReadyCallback callback,
     gpointer data)
{
  Work *work = g_new0 (Work, 1);

  work->entity = entity;
  work->slot = g_strdup (slot);
  work->json = g_strdup (json);
  kaf_store_run_async (store, KAF_LANE_WRITE, work_job, work, work_free, g_free, NULL, callback,
                       data);
}

static void write_wanted (KafDraftKeeper *self);
static gboolean on_timeout (gpointer data);

static void
collect (KafDraftKeeper *self)
{
  g_autoptr (GHashTable) typed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  g_clear_handle_id (&self->source, g_source_remove);
  g_signal_emit (self, signals[SIGNAL_COLLECT], 0, typed);
  g_free (self->wanted);
  self->wanted = kaf_typed_to_json (typed);
}

static void
answer (KafDraftKeeper *self)
{
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->waiting);

  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < waiting->len; i++)
    if (self->error != NULL)
      g_task_return_error (g_ptr_array_index (waiting, i), g_error_copy (self->error));
    else
      g_task_return_boolean (g_ptr_array_index (waiting, i), TRUE);
}

static void
take_failure (KafDraftKeeper *self, GError *error)
{
  if (self->error == NULL)
    g_message ("a draft was not kept: %s", error->message);
  g_clear_error (&self->error);
  self->error = error;
  /* Of an erased record nothing is ever kept, nor what was. */
  if (g_error_matches (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND))
    g_clear_pointer (&self->kept, g_free);
  if (self->source == 0 && !g_error_matches (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND))
    self->source = g_timeout_add (RETRY_MS, on_timeout, self);
}

static void
take_success (KafDraftKeeper *self, gint64 when)
{
  g_clear_error (&self->error);
  g_free (self->kept);
  self->kept = g_steal_pointer (&self->sent);
  self->kept_at = when;
  /* Who waits leaves the form: what was typed since goes with it. */
  if (self->source != 0 && self->waiting->len > 0)
    collect (self);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafDraftKeeper) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *when = kaf_store_run_finish (KAF_STORE (source), result, &error);
  gboolean dropped = self->sent == NULL;

  self->writing = FALSE;
  if (!dropped && error != NULL)
    take_failure (self, g_steal_pointer (&error));
  else if (!dropped)
    take_success (self, *when);
  g_clear_pointer (&self->sent, g_free);

  if (self->error != NULL)
    g_signal_emit (self, signals[SIGNAL_TOLD], 0);
  else
    write_wanted (self);
  if (!self->writing)
    answer (self);
}

static void
write_wanted (KafDraftKeeper *self)
{
  if (self->writing)
    return;
  if (g_strcmp0 (self->wanted, self->kept) == 0)
    {
      g_clear_error (&self->error);
      g_signal_emit (self, signals[SIGNAL_TOLD], 0);
      return;
    }
  self->writing = TRUE;
  self->sent = g_strdup (self->wanted);
  run (self->store, self->entity, self->slot, self->sent, on_written, g_object_ref (self));
}

static gboolean
on_timeout (gpointer data)
{
  KafDraftKeeper *self = data;

  self->source = 0;
  collect (self);
  write_wanted (self);
  return G_SOURCE_REMOVE;
}

static void
kaf_draft_keeper_dispose (GObject *object)
{
  KafDraftKeeper *self = KAF_DRAFT_KEEPER (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (kaf_draft_keeper_parent_class)->dispose (object);
}

static void
kaf_draft_keeper_finalize (GObject *object)
{
  KafDraftKeeper *self = KAF_DRAFT_KEEPER (object);

  g_ptr_array_unref (self->waiting);
  g_clear_error (&self->error);
  g_free (self->slot);
  g_free (self->wanted);
  g_free (self->sent);
  g_free (self->kept);
  G_OBJECT_CLASS (kaf_draft_keeper_parent_class)->finalize (object);
}

static void
kaf_draft_keeper_class_init (KafDraftKeeperClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = kaf_draft_keeper_dispose;
  object_class->finalize = kaf_draft_keeper_finalize;

  signals[SIGNAL_COLLECT] = g_signal_new ("collect", KAF_TYPE_DRAFT_KEEPER, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_HASH_TABLE);
  signals[SIGNAL_TOLD] = g_signal_new ("told", KAF_TYPE_DRAFT_KEEPER, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 0);
}

static void
kaf_draft_keeper_init (KafDraftKeeper *self)
{
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
}

KafDraftKeeper *
kaf_draft_keeper_new (KafStore *store, const KafEntity *entity, const char *slot)
{
  KafDraftKeeper *self;

  g_return_val_if_fail (KAF_IS_STORE (store), NULL);
  g_return_val_if_fail (entity != NULL && slot != NULL, NULL);

  self = g_object_new (KAF_TYPE_DRAFT_KEEPER, NULL);
  self->store = g_object_ref (store);
  self->entity = entity;
  self->slot = g_strdup (slot);
  return self;
}

void
kaf_draft_keeper_touch (KafDraftKeeper *self)
{
  g_return_if_fail (KAF_IS_DRAFT_KEEPER (self));

  g_clear_handle_id (&self->source, g_source_remove);
  self->source = g_timeout_add (DELAY_MS, on_timeout, self);
}

gboolean
kaf_draft_keeper_is_pending (KafDraftKeeper *self)
{
  g_return_val_if_fail (KAF_IS_DRAFT_KEEPER (self), FALSE);

  return self->source != 0 || g_strcmp0 (self->wanted, self->kept) != 0;
}

void
kaf_draft_keeper_flush (KafDraftKeeper *self)
{
  g_return_if_fail (KAF_IS_DRAFT_KEEPER (self));

  if (!kaf_draft_keeper_is_pending (self))
    return;
  if (self->source != 0)
    collect (self);
  write_wanted (self);
}

void
kaf_draft_keeper_flush_async (KafDraftKeeper *self, GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (KAF_IS_DRAFT_KEEPER (self));

  g_ptr_array_add (self->waiting, g_task_new (self, NULL, callback, data));
  kaf_draft_keeper_flush (self);
  if (!self->writing)
    answer (self);
}

gboolean
kaf_draft_keeper_flush_finish (KafDraftKeeper *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
kaf_draft_keeper_drop (KafDraftKeeper *self)
{
  g_return_if_fail (KAF_IS_DRAFT_KEEPER (self));

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_pointer (&self->wanted, g_free);
  g_clear_pointer (&self->sent, g_free);
  g_clear_pointer (&self->kept, g_free);
  g_clear_error (&self->error);
  self->kept_at = 0;
  kaf_draft_keeper_drop_slot (self->store, self->entity, self->slot);
  g_signal_emit (self, signals[SIGNAL_TOLD], 0);
}

const GError *
kaf_draft_keeper_get_error (KafDraftKeeper *self)
{
  g_return_val_if_fail (KAF_IS_DRAFT_KEEPER (self), NULL);

  return self->error;
}

char *
kaf_draft_keeper_get_time (KafDraftKeeper *self)
{
  g_autofree char *full = NULL;
  const char *space;

  g_return_val_if_fail (KAF_IS_DRAFT_KEEPER (self), NULL);

  if (self->kept_at == 0)
    return NULL;

  /* The day goes without saying: the form is open. */
  full = kaf_time_format (self->kept_at, kaf_application_get_lang ());
  space = strrchr (full, ' ');
  return g_strdup (space != NULL ? space + 1 : full);
}

static void
on_dropped (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  kaf_store_run_finish (KAF_STORE (source), result, &error);
  if (error != NULL)
    g_warning ("a draft was not dropped: %s", error->message);
}

void
kaf_draft_keeper_drop_slot (KafStore *store, const KafEntity *entity, const char *slot)
{
  g_return_if_fail (KAF_IS_STORE (store));

  run (store, entity, slot, NULL, on_dropped, NULL);
}
