/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/form/kaf-follower.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "schema/kaf-registry.h"
#include "store/kaf-known.h"
#include "ui/app/kaf-application.h"

#define MARK_LENGTH 16 /* hexadecimal digits of a mark */

typedef struct
{
  KafRecord *known;
  GPtrArray *rows; /* (element-type KafFieldRow), unowned */
} Followed;

/* Under a row. */
typedef struct
{
  const KafEntity *entity;
  const KafField *field; /* the first of its unit */
  KafFieldRow *row;      /* the first that was typed in */
  char *sentence;        /* what others made of it */
  char *mark;            /* of what stood there when it was typed */
  GHashTable *mine;      /* KafFieldRow → what was typed, since theirs was taken; else NULL */
} Line;

struct _KafFollower
{
  GObject parent_instance;

  KafStore *store;
  GPtrArray *followed; /* (element-type Followed) */
  GPtrArray *lines;    /* (element-type Line) */
  GPtrArray *waiting;  /* (element-type GTask): once it was read again */
  GCancellable *cancellable;
  gboolean reading;
  gboolean again; /* something was written since the reading under way began */
};

G_DEFINE_FINAL_TYPE (KafFollower, kaf_follower, G_TYPE_OBJECT)

enum
{
  SIGNAL_FOLLOWED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
followed_free (Followed *self)
{
  kaf_record_unref (self->known);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

static void
line_free (Line *self)
{
  g_free (self->sentence);
  g_free (self->mark);
  g_clear_pointer (&self->mine, g_hash_table_unref);
  g_free (self);
}

static gboolean
is_of_unit (const KafEntity *entity, KafFieldRow *row, const KafField *unit)
{
  return kaf_known_unit (entity, kaf_field_row_get_field (row)) == unit;
}

/* "person.city 0123456789abcdef" of what is known of the unit, which it does not give away. */
static char *
mark_unit (const KafRecord *known, const KafField *unit)
{
  const KafEntity *entity = kaf_record_get_entity (known);
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint i = 0; entity->fields[i].id != NULL; i++)
    {
      const char *value = kaf_record_get_at (known, i);

      if (kaf_known_unit (entity, &entity->fields[i]) != unit)
        continue;
      /* The zero byte that ends each keeps them apart. */
      g_checksum_update (sum, (const guchar *) (value != NULL ? value : ""),
                         value != NULL ? (gssize) strlen (value) + 1 : 1);
    }
  return g_strdup_printf ("%s.%s %.*s", entity->id, unit->id, MARK_LENGTH,
                          g_checksum_get_string (sum));
}

/* Lines */

static char *
format_time (gint64 when)
{
  KafLang lang = kaf_application_get_lang ();
  g_autofree char *now = kaf_time_format (g_get_real_time (), lang);
  g_autofree char *then = kaf_time_format (when, lang);
  const char *space = strrchr (then, ' ');
  gsize day = space != NULL ? (gsize) (space - then) : 0;

  /* Of today the day goes without saying. */
  return kaf_bidi_ltr (space != NULL && strncmp (now, then, day + 1) == 0 ? space + 1 : then);
}

static char *
tell (const KafNews *news)
{
  g_autofree char *value = kaf_bidi_isolate (news->text != NULL ? news->text : _ ("empty"));
  g_autofree char *who = news->author != NULL ? kaf_bidi_isolate (news->author) : NULL;
  g_autofree char *when = news->when > 0 ? format_time (news->when) : NULL;
  g_autofree char *sentence = NULL;

  if (news->own && when != NULL)
    /* Translators: the first %s is a time ("17:43"), the second a value. */
    sentence = g_strdup_printf (_ ("Changed by you elsewhere, %s: %s"), when, value);
  else if (who != NULL && when != NULL)
    /* Translators: who changed the field meanwhile ("Karim"), when ("17:43"), to what ("Liège"). */
    sentence = g_strdup_printf (_ ("Changed by %s, %s: %s"), who, when, value);
  else
    /* Translators: %s is a value. */
    sentence = g_strdup_printf (_ ("Changed meanwhile: %s"), value);
  return kaf_bidi_line (sentence);
}

static Line *
find_line (KafFollower *self, const KafEntity *entity, const KafField *unit)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      Line *line = g_ptr_array_index (self->lines, i);

      if (line->entity == entity && line->field == unit)
        return line;
    }
  return NULL;
}

static void
drop_line (KafFollower *self, const KafEntity *entity, const KafField *unit)
{
  Line *line = find_line (self, entity, unit);

  if (line == NULL)
    return;
  kaf_field_row_set_news (line->row, NULL, NULL);
  g_ptr_array_remove (self->lines, line);
}

/* @known: as it was before the news. */
static void
show_line (KafFollower *self, const KafRecord *known, KafFieldRow *row, const KafNews *news)
{
  Line *before = find_line (self, news->entity, news->field);
  Line *line = g_new0 (Line, 1);

  line->entity = news->entity;
  line->field = news->field;
  line->row = before != NULL ? before->row : row;
  line->sentence = tell (news);
  line->mark = before != NULL && before->mine == NULL ? g_strdup (before->mark)
                                                      : mark_unit (known, news->field);
  drop_line (self, news->entity, news->field);
  g_ptr_array_add (self->lines, line);
  kaf_field_row_set_news (line->row, line->sentence, _ ("Take Theirs"));
}

static Followed *
find_followed (KafFollower *self, const KafEntity *entity)
{
  for (guint i = 0; i < self->followed->len; i++)
    {
      Followed *followed = g_ptr_array_index (self->followed, i);

      if (kaf_record_get_entity (followed->known) == entity)
        return followed;
    }
  return NULL;
}

static void
take_theirs (KafFollower *self, Line *line)
{
  Followed *followed = find_followed (self, line->entity);
  g_autoptr (GString) typed = g_string_new (NULL);
  g_autofree char *value = NULL;
  g_autofree char *sentence = NULL;
  g_autofree char *shown = NULL;

  line->mine = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  for (guint i = 0; i < followed->rows->len; i++)
    {
      KafFieldRow *row = g_ptr_array_index (followed->rows, i);
      const KafField *field = kaf_field_row_get_field (row);

      if (!is_of_unit (line->entity, row, line->field))
        continue;
      if (kaf_field_row_is_touched (row))
        {
          char *mine = kaf_field_row_get_typed (row);

          if (*mine != '\0')
            g_string_append_printf (typed, "%s%s", typed->len > 0 ? " · " : "", mine);
          g_hash_table_insert (line->mine, row, mine);
        }
      kaf_field_row_set_value (row, kaf_record_get (followed->known, field->id), NULL);
    }
  value = kaf_bidi_isolate (typed->len > 0 ? typed->str : _ ("empty"));
  /* Translators: %s is what the person had typed. */
  sentence = g_strdup_printf (_ ("You had typed: %s"), value);
  shown = kaf_bidi_line (sentence);
  kaf_field_row_set_news (line->row, shown, _ ("Take Mine"));
}

static void
take_mine (Line *line)
{
  g_autoptr (GHashTable) mine = g_steal_pointer (&line->mine);
  GHashTableIter iter;
  gpointer row, typed;

  g_hash_table_iter_init (&iter, mine);
  while (g_hash_table_iter_next (&iter, &row, &typed))
    kaf_field_row_set_typed (row, typed);
  kaf_field_row_set_news (line->row, line->sentence, _ ("Take Theirs"));
}

static void
on_answered (KafFollower *self, KafFieldRow *row)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      Line *line = g_ptr_array_index (self->lines, i);

      if (line->row != row)
        continue;
      if (line->mine == NULL)
        take_theirs (self, line);
      else
        take_mine (line);
      kaf_field_row_focus (row);
      g_signal_emit (self, signals[SIGNAL_FOLLOWED], 0);
      return;
    }
}

/* Who took theirs and types on has let go of what was typed before. */
static void
on_row_changed (KafFollower *self, KafFieldRow *row)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      const Line *line = g_ptr_array_index (self->lines, i);

      if (line->mine == NULL || !g_hash_table_contains (line->mine, row))
        continue;
      drop_line (self, line->entity, line->field);
      return;
    }
}

/* Following */

static KafFieldRow *
find_touched (Followed *followed, const KafField *unit)
{
  for (guint i = 0; i < followed->rows->len; i++)
    {
      KafFieldRow *row = g_ptr_array_index (followed->rows, i);

      if (is_of_unit (kaf_record_get_entity (followed->known), row, unit) &&
          kaf_field_row_is_touched (row))
        return row;
    }
  return NULL;
}

/* The one to tell at: of those that were typed in, the first that says otherwise than @now. */
static KafFieldRow *
find_otherwise (Followed *followed, const KafField *unit, const KafRecord *now)
{
  for (guint i = 0; i < followed->rows->len; i++)
    {
      KafFieldRow *row = g_ptr_array_index (followed->rows, i);
      g_autofree char *canonical = NULL;

      if (is_of_unit (kaf_record_get_entity (now), row, unit) && kaf_field_row_is_touched (row) &&
          (!kaf_field_row_get_value (row, &canonical, NULL) ||
           g_strcmp0 (canonical, kaf_record_get (now, kaf_field_row_get_field (row)->id)) != 0))
        return row;
    }
  return find_touched (followed, unit);
}

/* Whether the rows of the unit say what stands in the store by now, be it typed. */
static gboolean
says_the_same (Followed *followed, const KafField *unit, const KafRecord *now)
{
  const KafEntity *entity = kaf_record_get_entity (now);
  g_autoptr (KafRecord) typed = kaf_record_new (entity, NULL);
  g_autoptr (KafRecord) differs = NULL;

  for (guint i = 0; i < followed->rows->len; i++)
    {
      KafFieldRow *row = g_ptr_array_index (followed->rows, i);
      g_autofree char *canonical = NULL;

      if (!is_of_unit (entity, row, unit))
        continue;
      if (!kaf_field_row_get_value (row, &canonical, NULL))
        return FALSE;
      kaf_record_set (typed, kaf_field_row_get_field (row)->id, canonical);
    }
  differs = kaf_record_diff (now, typed);
  return differs == NULL;
}

static void
show_unit (Followed *followed, const KafField *unit, const KafRecord *now)
{
  for (guint i = 0; i < followed->rows->len; i++)
    {
      KafFieldRow *row = g_ptr_array_index (followed->rows, i);
      const char *field = kaf_field_row_get_field (row)->id;

      /* What is the same is not shown anew: the cursor may stand in it. */
      if (is_of_unit (kaf_record_get_entity (now), row, unit) &&
          (kaf_field_row_is_touched (row) ||
           g_strcmp0 (kaf_record_get (followed->known, field), kaf_record_get (now, field)) != 0))
        kaf_field_row_set_value (row, kaf_record_get (now, field), NULL);
    }
}

/* What stands beside a field that was typed in is the person's too: it would be written as half of theirs and half of
 * his otherwise. */
static void
keep_unit (Followed *followed, const KafField *unit)
{
  for (guint i = 0; i < followed->rows->len; i++)
    {
      KafFieldRow *row = g_ptr_array_index (followed->rows, i);
      g_autofree char *typed = NULL;

      if (kaf_field_row_is_touched (row) ||
          !is_of_unit (kaf_record_get_entity (followed->known), row, unit))
        continue;
      typed = kaf_field_row_get_typed (row);
      kaf_field_row_set_typed (row, typed);
    }
}

/* @news: (element-type KafNews). */
static void
follow (KafFollower *self, Followed *followed, KafRecord *now, GPtrArray *news)
{
  for (guint i = 0; i < news->len; i++)
    {
      const KafNews *one = g_ptr_array_index (news, i);

      if (find_touched (followed, one->field) != NULL && !says_the_same (followed, one->field, now))
        {
          show_line (self, followed->known, find_otherwise (followed, one->field, now), one);
          keep_unit (followed, one->field);
          continue;
        }
      drop_line (self, one->entity, one->field);
      show_unit (followed, one->field, now);
    }
  kaf_record_unref (followed->known);
  followed->known = kaf_record_ref (now);
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

static GPtrArray *
records_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_record_unref);
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
  found->now = records_new ();
  found->news = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < asked->known->len; i++)
    if (!read_one (db, g_ptr_array_index (asked->known, i), asked->lang, found, error))
      {
        found_free (found);
        return NULL;
      }
  return found;
}

static void read_again (KafFollower *self);

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
  if (found != NULL && !g_cancellable_is_cancelled (self->cancellable))
    {
      for (guint i = 0; i < found->now->len; i++)
        {
          Followed *followed = g_ptr_array_index (self->followed, i);

          /* A draft was recalled meanwhile. */
          if (followed->known != g_ptr_array_index (found->known, i))
            self->again = TRUE;
          else
            follow (self, followed, g_ptr_array_index (found->now, i),
                    g_ptr_array_index (found->news, i));
        }
      g_signal_emit (self, signals[SIGNAL_FOLLOWED], 0);
    }
  g_clear_pointer (&found, found_free);
  if (self->again && !g_cancellable_is_cancelled (self->cancellable))
    read_again (self);
  else
    answer_waiting (self);
}

static void
read_again (KafFollower *self)
{
  Asked *asked;

  self->again = self->reading;
  if (self->reading || self->followed->len == 0)
    return;
  self->reading = TRUE;
  asked = g_new0 (Asked, 1);
  asked->known = records_new ();
  asked->lang = kaf_application_get_lang ();
  for (guint i = 0; i < self->followed->len; i++)
    g_ptr_array_add (asked->known,
                     kaf_record_ref (((Followed *) g_ptr_array_index (self->followed, i))->known));
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
      const Followed *followed = g_ptr_array_index (self->followed, i);

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
    read_again (self);
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
  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) line_free);
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
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
  Followed *followed;

  g_return_if_fail (KAF_IS_FOLLOWER (self));

  followed = g_new0 (Followed, 1);
  followed->known = kaf_record_ref (known);
  followed->rows = g_ptr_array_new ();
  g_ptr_array_add (self->followed, followed);
}

void
kaf_follower_add_row (KafFollower *self, const KafEntity *entity, KafFieldRow *row)
{
  Followed *followed;

  g_return_if_fail (KAF_IS_FOLLOWER (self));

  followed = find_followed (self, entity);
  if (followed == NULL)
    return;
  g_ptr_array_add (followed->rows, row);
  g_signal_connect_object (row, "news-answered", G_CALLBACK (on_answered), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "changed", G_CALLBACK (on_row_changed), self, G_CONNECT_SWAPPED);
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
  Followed *followed;

  g_return_val_if_fail (KAF_IS_FOLLOWER (self), NULL);

  followed = find_followed (self, entity);
  return followed != NULL ? followed->known : NULL;
}

guint
kaf_follower_count_told (KafFollower *self)
{
  guint n = 0;

  g_return_val_if_fail (KAF_IS_FOLLOWER (self), 0);

  for (guint i = 0; i < self->lines->len; i++)
    n += ((Line *) g_ptr_array_index (self->lines, i))->mine == NULL ? 1 : 0;
  return n;
}

KafFieldRow *
kaf_follower_get_first_told (KafFollower *self)
{
  g_return_val_if_fail (KAF_IS_FOLLOWER (self), NULL);

  for (guint i = 0; i < self->lines->len; i++)
    {
      const Line *line = g_ptr_array_index (self->lines, i);

      if (line->mine == NULL)
        return line->row;
    }
  return NULL;
}

/* Drafts */

char *
kaf_follower_mark (KafFollower *self)
{
  g_autoptr (GString) marks = g_string_new (NULL);

  g_return_val_if_fail (KAF_IS_FOLLOWER (self), NULL);

  for (guint i = 0; i < self->followed->len; i++)
    {
      Followed *followed = g_ptr_array_index (self->followed, i);
      const KafEntity *entity = kaf_record_get_entity (followed->known);

      for (const KafField *field = entity->fields; field->id != NULL; field++)
        if (kaf_known_unit (entity, field) == field && find_touched (followed, field) != NULL)
          {
            const Line *line = find_line (self, entity, field);
            /* What was told and not answered is told again with the draft. */
            g_autofree char *mark = line != NULL && line->mine == NULL
                                        ? g_strdup (line->mark)
                                        : mark_unit (followed->known, field);

            g_string_append_printf (marks, "%s%s", marks->len > 0 ? "\n" : "", mark);
          }
    }
  return marks->len > 0 ? g_string_free (g_steal_pointer (&marks), FALSE) : NULL;
}

/* The record with another value wherever a mark is not that of what is known: read again, the line comes of it. */
static KafRecord *
forget_marked (Followed *followed, const char *const *marks)
{
  const KafEntity *entity = kaf_record_get_entity (followed->known);
  KafRecord *before = kaf_record_copy (followed->known);

  for (const KafField *field = entity->fields; field->id != NULL; field++)
    {
      g_autofree char *mark = mark_unit (followed->known, field);
      gsize name = strlen (mark) - MARK_LENGTH;

      if (kaf_known_unit (entity, field) != field)
        continue;
      for (guint i = 0; marks[i] != NULL; i++)
        if (strncmp (marks[i], mark, name) == 0 && strcmp (marks[i], mark) != 0)
          kaf_record_set (before, field->id, marks[i]);
    }
  return before;
}

void
kaf_follower_recall (KafFollower *self, const char *mark)
{
  g_auto (GStrv) marks = NULL;

  g_return_if_fail (KAF_IS_FOLLOWER (self));

  if (mark == NULL)
    return;
  marks = g_strsplit (mark, "\n", -1);
  for (guint i = 0; i < self->followed->len; i++)
    {
      Followed *followed = g_ptr_array_index (self->followed, i);
      KafRecord *before = forget_marked (followed, (const char *const *) marks);

      kaf_record_unref (followed->known);
      followed->known = before;
    }
  read_again (self);
}

/* Writing */

typedef struct
{
  KafStore *store;
  KafChangeSet *set;
  GPtrArray *known; /* (element-type KafRecord) */
  KafFault fault;
  gboolean otherwise;
} Commit;

static void
commit_free (gpointer data)
{
  Commit *commit = data;

  g_object_unref (commit->store);
  kaf_change_set_unref (commit->set);
  g_ptr_array_unref (commit->known);
  g_free (commit);
}

static gpointer
commit_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Commit *commit = data;
  KafReceipt *receipt = kaf_known_commit (db, commit->set, commit->known, &commit->otherwise,
                                          &commit->fault, cancellable, error);

  if (receipt != NULL && receipt->batch != NULL)
    kaf_store_announce (commit->store, receipt);
  return receipt;
}

static void
on_committed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  KafFollower *self = g_task_get_source_object (task);
  Commit *commit = g_task_get_task_data (task);
  GError *error = NULL;
  KafReceipt *receipt = kaf_store_run_finish (KAF_STORE (source), result, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else if (!commit->otherwise || g_cancellable_is_cancelled (self->cancellable))
    g_task_return_pointer (task, receipt, (GDestroyNotify) kaf_receipt_unref);
  else
    {
      g_ptr_array_add (self->waiting, g_steal_pointer (&task));
      read_again (self);
    }
}

void
kaf_follower_commit_async (KafFollower *self,
                           KafChangeSet *set,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task;
  Commit *commit;

  g_return_if_fail (KAF_IS_FOLLOWER (self));

  task = g_task_new (self, NULL, callback, user_data);
  commit = g_new0 (Commit, 1);
  commit->store = g_object_ref (self->store);
  commit->set = kaf_change_set_ref (set);
  commit->known = records_new ();
  for (guint i = 0; i < self->followed->len; i++)
    g_ptr_array_add (commit->known,
                     kaf_record_ref (((Followed *) g_ptr_array_index (self->followed, i))->known));
  g_task_set_task_data (task, commit, commit_free);
  kaf_store_run_async (self->store, KAF_LANE_WRITE, commit_job, commit, NULL,
                       (GDestroyNotify) kaf_receipt_unref, cancellable, on_committed, task);
}

KafReceipt *
kaf_follower_commit_finish (
    KafFollower *self, GAsyncResult *result, gboolean *told, KafFault *fault, GError **error)
{
  const Commit *commit;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  commit = g_task_get_task_data (G_TASK (result));
  *told = commit->otherwise;
  *fault = commit->fault;
  return g_task_propagate_pointer (G_TASK (result), error);
}
