/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/form/kaf-follower-private.h"

#include "ui/app/kaf-application.h"

G_DEFINE_FINAL_TYPE (KafFollower, kaf_follower, G_TYPE_OBJECT)

enum
{
  SIGNAL_FOLLOWED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

void
kaf_follower_emit_followed (KafFollower *self)
{
  g_signal_emit (self, signals[SIGNAL_FOLLOWED], 0);
}

static void
followed_free (KafFollowed *self)
{
  kaf_record_unref (self->stood);
  kaf_record_unref (self->known);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

void
kaf_followed_set (KafFollowed *self, KafRecord *stood)
{
  kaf_record_ref (stood);
  kaf_record_unref (self->stood);
  kaf_record_unref (self->known);
  self->stood = stood;
  self->known = kaf_record_ref (stood);
}

KafFollowed *
kaf_follower_find (KafFollower *self, const KafEntity *entity)
{
  for (guint i = 0; i < self->followed->len; i++)
    {
      KafFollowed *followed = g_ptr_array_index (self->followed, i);

      if (kaf_record_get_entity (followed->known) == entity)
        return followed;
    }
  return NULL;
}

gboolean
kaf_follower_is_of (const KafEntity *entity, KafFieldRow *row, const KafField *unit)
{
  return kaf_known_unit (entity, kaf_field_row_get_field (row)) == unit;
}

/* Following */

KafFieldRow *
kaf_followed_find_touched (const KafFollowed *followed, const KafField *unit)
{
  for (guint i = 0; i < followed->rows->len; i++)
    {
      KafFieldRow *row = g_ptr_array_index (followed->rows, i);

      if (kaf_follower_is_of (kaf_record_get_entity (followed->known), row, unit) &&
          kaf_field_row_is_touched (row))
        return row;
    }
  return NULL;
}

/* The one to tell at: of those that were typed in, the first that says otherwise than @now. */
static KafFieldRow *
find_otherwise (KafFollowed *followed, const KafField *unit, const KafRecord *now)
{
  for (guint i = 0; i < followed->rows->len; i++)
    {
      KafFieldRow *row = g_ptr_array_index (followed->rows, i);
      g_autofree char *canonical = NULL;

      if (kaf_follower_is_of (kaf_record_get_entity (now), row, unit) &&
          kaf_field_row_is_touched (row) &&
          (!kaf_field_row_get_value (row, &canonical, NULL) ||
           g_strcmp0 (canonical, kaf_record_get (now, kaf_field_row_get_field (row)->id)) != 0))
        return row;
    }
  return kaf_followed_find_touched (followed, unit);
}

/* Whether the rows of the unit say what stands in the store by now, be it typed. */
static gboolean
says_the_same (KafFollowed *followed, const KafField *unit, const KafRecord *now)
{
  const KafEntity *entity = kaf_record_get_entity (now);
  g_autoptr (KafRecord) typed = kaf_record_new (entity, NULL);
  g_autoptr (KafRecord) differs = NULL;

  for (guint i = 0; i < followed->rows->len; i++)
    {
      KafFieldRow *row = g_ptr_array_index (followed->rows, i);
      g_autofree char *canonical = NULL;

      if (!kaf_follower_is_of (entity, row, unit))
        continue;
      if (!kaf_field_row_get_value (row, &canonical, NULL))
        return FALSE;
      kaf_record_set (typed, kaf_field_row_get_field (row)->id, canonical);
    }
  differs = kaf_record_diff (now, typed);
  return differs == NULL;
}

static void
show_unit (KafFollowed *followed, const KafField *unit, const KafRecord *now)
{
  for (guint i = 0; i < followed->rows->len; i++)
    {
      KafFieldRow *row = g_ptr_array_index (followed->rows, i);
      const char *field = kaf_field_row_get_field (row)->id;

      /* What is the same is not shown anew: the cursor may stand in it. */
      if (kaf_follower_is_of (kaf_record_get_entity (now), row, unit) &&
          (kaf_field_row_is_touched (row) ||
           g_strcmp0 (kaf_record_get (followed->known, field), kaf_record_get (now, field)) != 0))
        kaf_field_row_set_value (row, kaf_record_get (now, field), NULL);
    }
}

/* What stands beside a field that was typed in is the person's too: it would be written as half of theirs and half of
 * his otherwise. */
static void
keep_unit (KafFollowed *followed, const KafField *unit)
{
  for (guint i = 0; i < followed->rows->len; i++)
    {
      KafFieldRow *row = g_ptr_array_index (followed->rows, i);
      g_autofree char *typed = NULL;

      if (kaf_field_row_is_touched (row) ||
          !kaf_follower_is_of (kaf_record_get_entity (followed->known), row, unit))
        continue;
      typed = kaf_field_row_get_typed (row);
      kaf_field_row_set_typed (row, typed);
    }
}

/* @news: (element-type KafNews). */
static void
follow (KafFollower *self, KafFollowed *followed, KafRecord *now, GPtrArray *news)
{
  for (guint i = 0; i < news->len; i++)
    {
      const KafNews *one = g_ptr_array_index (news, i);

      if (kaf_followed_find_touched (followed, one->field) != NULL &&
          !says_the_same (followed, one->field, now))
        {
          kaf_follower_show_line (self, followed->known, find_otherwise (followed, one->field, now),
                                  one);
          keep_unit (followed, one->field);
          continue;
        }
      kaf_follower_drop_line (self, one->entity, one->field);
      show_unit (followed, one->field, now);
    }
  kaf_followed_set (followed, now);
}

/* Reading again */

typedef struct
{
  GPtrArray *known; /* (element-type KafRecord) */
  KafLang lang;
} Asked;

typedef struct
{
  GPtrArray *known; /* (element-type KafRecord): as they were asked for */
  GPtrArray *now;   /* (element-type KafRecord): the same, in their order */
  GPtrArray *news;  /* (element-type GPtrArray of KafNews): the same */
} Found;

static void
asked_free (gpointer data)
{
  Asked *asked = data;

  g_ptr_array_unref (asked->known);
  g_free (asked);
}

static void
found_free (gpointer data)
{
  Found *found = data;

  g_ptr_array_unref (found->known);
  g_ptr_array_unref (found->now);
  g_ptr_array_unref (found->news);
  g_free (found);
}

static gboolean
read_one (KafDatabase *db, const KafRecord *known, KafLang lang, Found *found, GError **error)
{
  KafRecord *now =
      kaf_read_record (db, kaf_record_get_entity (known), kaf_record_get_id (known), error);
  g_autoptr (KafRecord) changed = NULL;
  GPtrArray *news;

  if (now == NULL)
    return FALSE;
  g_ptr_array_add (found->now, now);
  changed = kaf_record_diff (known, now);
  news = kaf_known_read_news (db, now, changed, lang, error);
  if (news == NULL)
    return FALSE;
  g_ptr_array_add (found->news, news);
  return TRUE;
}

static gpointer
read_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Asked *asked = data;
  Found *found = g_new0 (Found, 1);

  found->known = g_ptr_array_ref (asked->known);
  found->now = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_record_unref);
  found->news = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < asked->known->len; i++)
    if (!read_one (db, g_ptr_array_index (asked->known, i), asked->lang, found, error))
      {
        found_free (found);
        return NULL;
      }
  return found;
}

static void
answer_waiting (KafFollower *self)
{
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->waiting);

  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < waiting->len; i++)
    g_task_return_pointer (g_ptr_array_index (waiting, i), NULL, NULL);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafFollower) self = data;
  Found *found = kaf_store_run_finish (KAF_STORE (source), result, NULL);

  self->reading = FALSE;
  if (self->writing->len > 0)
    self->again = TRUE;
  else if (found != NULL && !g_cancellable_is_cancelled (self->cancellable))
    {
      for (guint i = 0; i < found->now->len; i++)
        {
          KafFollowed *followed = g_ptr_array_index (self->followed, i);

          /* A draft was recalled meanwhile. */
          if (followed->known != g_ptr_array_index (found->known, i))
            self->again = TRUE;
          else
            follow (self, followed, g_ptr_array_index (found->now, i),
                    g_ptr_array_index (found->news, i));
        }
      kaf_follower_emit_followed (self);
    }
  g_clear_pointer (&found, found_free);
  if (self->again && !g_cancellable_is_cancelled (self->cancellable))
    kaf_follower_read_again (self);
  else
    answer_waiting (self);
}

/* (element-type KafRecord) */
static GPtrArray *
list_known (KafFollower *self)
{
  GPtrArray *known = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_record_unref);

  for (guint i = 0; i < self->followed->len; i++)
    g_ptr_array_add (
        known, kaf_record_ref (((KafFollowed *) g_ptr_array_index (self->followed, i))->known));
  return known;
}

void
kaf_follower_read_again (KafFollower *self)
{
  Asked *asked;

  self->again = self->reading || self->writing->len > 0;
  if (self->again || self->followed->len == 0)
    return;
  self->reading = TRUE;
  asked = g_new0 (Asked, 1);
  asked->known = list_known (self);
  asked->lang = kaf_application_get_lang ();
  kaf_store_run_async (self->store, KAF_LANE_READ, read_job, asked, asked_free, found_free,
                       self->cancellable, on_read, g_object_ref (self));
}

/* @receipt NULL: another process wrote, or a hub told. */
static gboolean
may_concern (KafFollower *self, KafReceipt *receipt)
{
  if (receipt == NULL || receipt->n_records > receipt->ids->len)
    return TRUE;
  for (guint i = 0; i < self->followed->len; i++)
    {
      const KafFollowed *followed = g_ptr_array_index (self->followed, i);

      if (g_ptr_array_find_with_equal_func (receipt->ids, kaf_record_get_id (followed->known),
                                            g_str_equal, NULL))
        return TRUE;
    }
  return FALSE;
}

static void
on_store_changed (KafFollower *self, KafReceipt *receipt)
{
  if (may_concern (self, receipt))
    kaf_follower_read_again (self);
}

static void
kaf_follower_dispose (GObject *object)
{
  KafFollower *self = KAF_FOLLOWER (object);

  g_cancellable_cancel (self->cancellable);
  G_OBJECT_CLASS (kaf_follower_parent_class)->dispose (object);
}

static void
kaf_follower_finalize (GObject *object)
{
  KafFollower *self = KAF_FOLLOWER (object);

  g_object_unref (self->store);
  g_ptr_array_unref (self->followed);
  g_ptr_array_unref (self->lines);
  g_ptr_array_unref (self->waiting);
  g_ptr_array_unref (self->writing);
  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (kaf_follower_parent_class)->finalize (object);
}

static void
kaf_follower_class_init (KafFollowerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_follower_dispose;
  G_OBJECT_CLASS (klass)->finalize = kaf_follower_finalize;

  signals[SIGNAL_FOLLOWED] = g_signal_new ("followed", KAF_TYPE_FOLLOWER, G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kaf_follower_init (KafFollower *self)
{
  self->followed = g_ptr_array_new_with_free_func ((GDestroyNotify) followed_free);
  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_follower_line_free);
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  self->writing = g_ptr_array_new ();
  self->cancellable = g_cancellable_new ();
}

KafFollower *
kaf_follower_new (KafStore *store)
{
  KafFollower *self = g_object_new (KAF_TYPE_FOLLOWER, NULL);

  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (on_store_changed), self,
                           G_CONNECT_SWAPPED);
  return self;
}

void
kaf_follower_add (KafFollower *self, KafRecord *known)
{
  KafFollowed *followed;

  g_return_if_fail (KAF_IS_FOLLOWER (self));

  followed = g_new0 (KafFollowed, 1);
  followed->stood = kaf_record_ref (known);
  followed->known = kaf_record_ref (known);
  followed->rows = g_ptr_array_new ();
  g_ptr_array_add (self->followed, followed);
}

void
kaf_follower_add_row (KafFollower *self, const KafEntity *entity, KafFieldRow *row)
{
  KafFollowed *followed;

  g_return_if_fail (KAF_IS_FOLLOWER (self));

  followed = kaf_follower_find (self, entity);
  if (followed == NULL)
    return;
  g_ptr_array_add (followed->rows, row);
  kaf_follower_watch_row (self, row);
}

void
kaf_follower_stop (KafFollower *self)
{
  g_return_if_fail (KAF_IS_FOLLOWER (self));

  g_signal_handlers_disconnect_by_func (self->store, on_store_changed, self);
  g_cancellable_cancel (self->cancellable);
}

KafRecord *
kaf_follower_get_known (KafFollower *self, const KafEntity *entity)
{
  KafFollowed *followed;

  g_return_val_if_fail (KAF_IS_FOLLOWER (self), NULL);

  followed = kaf_follower_find (self, entity);
  return followed != NULL ? followed->known : NULL;
}
