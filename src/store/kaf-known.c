/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-known.h"

#include "base/kaf-bidi.h"
#include "schema/kaf-value.h"
#include "store/kaf-database-private.h"
#include "store/kaf-read-private.h"

/* How far back the history of a record is read for who wrote a value. */
#define HISTORY 100

void
kaf_news_free (KafNews *self)
{
  g_free (self->text);
  g_free (self->author);
  g_free (self);
}

static gboolean
are_one (const KafField *a, const KafField *b)
{
  return a == b || (a->unit != NULL && g_strcmp0 (a->unit, b->unit) == 0);
}

const KafField *
kaf_known_unit (const KafEntity *entity, const KafField *field)
{
  for (const KafField *other = entity->fields; other->id != NULL; other++)
    if (are_one (other, field))
      return other;
  return field;
}

/* News */

static gboolean
unit_is_held (const KafRecord *record, const KafField *unit)
{
  const KafField *fields = kaf_record_get_entity (record)->fields;

  for (guint i = 0; fields[i].id != NULL; i++)
    if (are_one (&fields[i], unit) && kaf_record_holds_at (record, i))
      return TRUE;
  return FALSE;
}

char *
kaf_known_format (KafDatabase *db, const KafRecord *record, const KafField *unit, KafLang lang)
{
  const KafField *fields = kaf_record_get_entity (record)->fields;
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; fields[i].id != NULL; i++)
    {
      g_autofree char *one = unit == NULL || are_one (&fields[i], unit)
                                 ? kaf_value_format (&fields[i], kaf_record_get_at (record, i),
                                                     lang, kaf_read_title_func, db)
                                 : NULL;

      if (one != NULL)
        {
          /* Figures side by side would swap places inside an Arabic sentence. */
          g_autofree char *part = lang == KAF_LANG_AR ? kaf_bidi_isolate (one) : g_strdup (one);

          g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
        }
    }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/* The latest edit of the unit, by the journal. */
static void
find_author (KafNews *news, GPtrArray *history, const char *user)
{
  for (guint i = 0; i < history->len; i++)
    {
      const KafHistoryItem *item = g_ptr_array_index (history, i);

      if (item->entity != news->entity || item->field == NULL ||
          !are_one (item->field, news->field))
        continue;
      news->author = g_strdup (item->author);
      news->when = item->when;
      news->own = item->author != NULL && g_strcmp0 (item->author, user) == 0;
      return;
    }
}

GPtrArray *
kaf_known_read_news (
    KafDatabase *db, const KafRecord *now, const KafRecord *changed, KafLang lang, GError **error)
{
  const KafEntity *entity = kaf_record_get_entity (now);
  g_autoptr (GPtrArray) news = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_news_free);
  g_autoptr (GPtrArray) history = NULL;

  if (changed == NULL)
    return g_steal_pointer (&news);
  history = kaf_read_history (db, entity, kaf_record_get_id (now), HISTORY, lang, error);
  if (history == NULL)
    return NULL;
  for (const KafField *field = entity->fields; field->id != NULL; field++)
    {
      KafNews *one;

      if (kaf_known_unit (entity, field) != field || !unit_is_held (changed, field))
        continue;
      one = g_new0 (KafNews, 1);
      one->entity = entity;
      one->field = field;
      one->text = kaf_known_format (db, now, field, lang);
      find_author (one, history, kaf_database_get_author (db));
      g_ptr_array_add (news, one);
    }
  return g_steal_pointer (&news);
}

/* Writing */

static const KafRecord *
find_known (GPtrArray *known, const KafRecord *change)
{
  for (guint i = 0; i < known->len; i++)
    {
      const KafRecord *record = g_ptr_array_index (known, i);

      if (kaf_record_get_entity (record) == kaf_record_get_entity (change) &&
          g_strcmp0 (kaf_record_get_id (record), kaf_record_get_id (change)) == 0)
        return record;
    }
  return NULL;
}

/* TRUE: @change would write over what its writer does not know. */
static gboolean
stands_otherwise (KafDatabase *db, GPtrArray *known, const KafRecord *change, GError **error)
{
  const KafEntity *entity = kaf_record_get_entity (change);
  const KafRecord *record = find_known (known, change);
  g_autoptr (KafRecord) now = NULL;
  g_autoptr (KafRecord) news = NULL;
  g_autoptr (KafRecord) written = NULL;

  if (record == NULL)
    return FALSE;
  now = kaf_read_record (db, entity, kaf_record_get_id (change), error);
  if (now == NULL)
    return FALSE;
  news = kaf_record_diff (record, now);
  written = kaf_record_diff (now, change);
  if (news == NULL || written == NULL)
    return FALSE;
  for (guint i = 0; entity->fields[i].id != NULL; i++)
    if (kaf_record_holds_at (written, i) && unit_is_held (news, &entity->fields[i]))
      return TRUE;
  return FALSE;
}

KafReceipt *
kaf_known_commit (KafDatabase *db,
                  KafChangeSet *set,
                  GPtrArray *known,
                  gboolean *otherwise,
                  KafFault *fault,
                  GCancellable *cancellable,
                  GError **error)
{
  KafTransaction *transaction = kaf_transaction_begin (db, kaf_change_set_get_label (set), error);
  g_autoptr (GError) local = NULL;

  *otherwise = FALSE;
  if (transaction == NULL)
    return NULL;
  /* All of it before the first is written: a change may touch what another is compared with. */
  for (guint i = 0; i < kaf_change_set_get_size (set) && !*otherwise && local == NULL; i++)
    {
      const KafChange *change = kaf_change_set_get (set, i);

      if (change->kind == KAF_CHANGE_UPDATE)
        *otherwise = stands_otherwise (db, known, change->record, &local);
    }
  for (guint i = 0; i < kaf_change_set_get_size (set) && !*otherwise && local == NULL; i++)
    {
      const KafChange *change = kaf_change_set_get (set, i);

      if (fault != NULL)
        fault->change = i;
      if (!g_cancellable_set_error_if_cancelled (cancellable, &local))
        kaf_transaction_apply (transaction, change->kind, change->record, NULL, fault, &local);
    }
  if (!*otherwise && local == NULL)
    return kaf_transaction_commit (transaction, error);
  kaf_transaction_abort (transaction);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}
