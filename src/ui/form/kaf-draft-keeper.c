/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes go down one lane of the store in order, so a draft dropped after it was kept is gone.
 * Nothing here is cancelled when the form closes: what was typed is to reach the disk. */
#include "config.h"

#include "ui/form/kaf-draft-keeper.h"

#include <string.h>

#include "base/kaf-date.h"
#include "record/kaf-typed.h"
#include "ui/app/kaf-application.h"

#define DELAY_MS 500

struct _KafDraftKeeper
{
  GObject parent_instance;

  KafStore *store;
  const KafEntity *entity;
  char *slot;
  char *last; /* JSON that was last handed to the store */
  guint source;
  gint64 kept_at; /* µs since 1970, UTC; 0: never */
};

G_DEFINE_FINAL_TYPE (KafDraftKeeper, kaf_draft_keeper, G_TYPE_OBJECT)

enum
{
  SIGNAL_COLLECT,
  SIGNAL_KEPT,
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

static void
on_kept (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafDraftKeeper) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *when = kaf_store_run_finish (KAF_STORE (source), result, &error);

  if (error != NULL)
    {
      /* The next key tries again; the text itself is still in the form. */
      g_warning ("a draft was not kept: %s", error->message);
      g_clear_pointer (&self->last, g_free);
      return;
    }
  if (when != NULL)
    {
      self->kept_at = *when;
      g_signal_emit (self, signals[SIGNAL_KEPT], 0);
    }
}

static void
keep (KafDraftKeeper *self)
{
  g_autoptr (GHashTable) typed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *json = NULL;

  g_signal_emit (self, signals[SIGNAL_COLLECT], 0, typed);
  json = kaf_typed_to_json (typed);
  if (g_strcmp0 (json, self->last) == 0)
    return;

  run (self->store, self->entity, self->slot, json, on_kept, g_object_ref (self));
  g_free (self->last);
  self->last = g_steal_pointer (&json);
}

static gboolean
on_timeout (gpointer data)
{
  KafDraftKeeper *self = data;

  self->source = 0;
  keep (self);
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

  g_free (self->slot);
  g_free (self->last);
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
  signals[SIGNAL_KEPT] = g_signal_new ("kept", KAF_TYPE_DRAFT_KEEPER, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 0);
}

static void
kaf_draft_keeper_init (KafDraftKeeper *self)
{
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

void
kaf_draft_keeper_flush (KafDraftKeeper *self)
{
  g_return_if_fail (KAF_IS_DRAFT_KEEPER (self));

  if (self->source == 0)
    return;
  g_clear_handle_id (&self->source, g_source_remove);
  keep (self);
}

void
kaf_draft_keeper_drop (KafDraftKeeper *self)
{
  g_return_if_fail (KAF_IS_DRAFT_KEEPER (self));

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_pointer (&self->last, g_free);
  self->kept_at = 0;
  kaf_draft_keeper_drop_slot (self->store, self->entity, self->slot);
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
