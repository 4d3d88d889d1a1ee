/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-segments.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-day.h"
#include "base/kaf-validation-error.h"
#include "schema/kaf-registry.h"
#include "store/kaf-page.h"
#include "store/kaf-permit.h"
#include "store/kaf-read-private.h"
#include "store/kaf-store-error.h"

void
kaf_segment_free (KafSegment *self)
{
  g_free (self->id);
  g_free (self->ref);
  g_free (self->title);
  g_free (self->title_ar);
  g_free (self->purpose);
  g_free (self->owner);
  g_clear_pointer (&self->query, kaf_query_unref);
  g_free (self->problem);
  g_free (self);
}

void
kaf_segment_list_free (KafSegmentList *self)
{
  g_free (self->id);
  g_free (self->segment);
  g_free (self->frozen_on);
  g_free (self->note);
  g_free (self);
}

void
kaf_segment_change_free (KafSegmentChange *self)
{
  g_clear_pointer (&self->came, kaf_query_unref);
  g_clear_pointer (&self->left, kaf_query_unref);
  g_free (self);
}

/* Reads the query and counts it; what cannot be is told and is no failure of the whole. */
static void
count_segment (KafDatabase *db, KafSegment *self, const char *json)
{
  g_autoptr (GError) error = NULL;

  self->count = -1;
  self->query = kaf_query_from_json (json != NULL ? json : "", &error);
  if (self->query != NULL && kaf_permit_check_query (db, self->query, &error))
    self->count = kaf_page_count (db, self->query, &error);
  if (self->count >= 0)
    return;
  g_clear_pointer (&self->query, kaf_query_unref);
  self->problem = g_strdup (error->message);
}

#define COLUMNS                                                                                    \
  "SELECT h.id, s.ref, s.title_fr, s.title_ar, s.purpose, s.created_by, s.shared, s.query,"        \
  " (SELECT count(*) FROM segment_list l WHERE l.segment = h.id AND l.deleted_at IS NULL)"         \
  " FROM segment s JOIN head h ON h.rid = s.rid WHERE s.deleted_at IS NULL AND "

static KafSegment *
read_segment (KafDatabase *db, KafStatement *row, char **json)
{
  KafSegment *self = g_new0 (KafSegment, 1);

  self->id = g_strdup (kaf_statement_text (row, 0));
  self->ref = g_strdup (kaf_statement_text (row, 1));
  self->title = g_strdup (kaf_statement_text (row, 2));
  self->title_ar = g_strdup (kaf_statement_text (row, 3));
  self->purpose = g_strdup (kaf_statement_text (row, 4));
  self->owner = g_strdup (kaf_statement_text (row, 5));
  self->shared = sqlite3_column_int (row, 6) != 0;
  self->own = g_strcmp0 (self->owner, kaf_database_get_author (db)) == 0;
  *json = g_strdup (kaf_statement_text (row, 7));
  self->n_lists = (guint) sqlite3_column_int (row, 8);
  return self;
}

GPtrArray *
kaf_segments_read (KafDatabase *db, GError **error)
{
  g_autoptr (GPtrArray) segments =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_segment_free);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  GError *local = NULL;

  {
    g_autoptr (KafStatement) rows = kaf_database_prepare (
        db, COLUMNS "(s.shared = 1 OR s.created_by IS ?) ORDER BY h.sort, h.rid", error);

    if (rows == NULL)
      return NULL;
    kaf_statement_bind_text (rows, 1, kaf_database_get_author (db));
    while (kaf_database_step (db, rows, &local))
      {
        char *json;

        g_ptr_array_add (segments, read_segment (db, rows, &json));
        g_ptr_array_add (texts, json);
      }
  }
  for (guint i = 0; local == NULL && i < segments->len; i++)
    count_segment (db, g_ptr_array_index (segments, i), g_ptr_array_index (texts, i));
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return NULL;
    }
  return g_steal_pointer (&segments);
}

static gboolean
fail_not_found (GError **error)
{
  g_set_error_literal (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND, "no such segment");
  return FALSE;
}

KafSegment *
kaf_segment_read (KafDatabase *db, const char *id, GError **error)
{
  g_autoptr (KafSegment) self = NULL;
  g_autofree char *json = NULL;
  GError *local = NULL;

  {
    g_autoptr (KafStatement) row =
        kaf_database_prepare (db, COLUMNS "h.id = ? AND h.entity = 'segment'", error);

    if (row == NULL)
      return NULL;
    kaf_statement_bind_text (row, 1, id);
    if (kaf_database_step (db, row, &local))
      self = read_segment (db, row, &json);
  }
  if (local != NULL)
    g_propagate_error (error, local);
  else if (self == NULL)
    fail_not_found (error);
  if (self == NULL)
    return NULL;
  count_segment (db, self, json);
  return g_steal_pointer (&self);
}

GPtrArray *
kaf_segment_lists_read (KafDatabase *db, const char *segment, GError **error)
{
  g_autoptr (GPtrArray) lists =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_segment_list_free);
  g_autoptr (KafStatement) rows = kaf_database_prepare (
      db,
      "SELECT h.id, l.frozen_on, l.count, l.note FROM segment_list l JOIN head h ON h.rid = l.rid"
      " WHERE l.segment = ? AND l.deleted_at IS NULL ORDER BY l.frozen_on DESC, l.rid DESC",
      error);
  GError *local = NULL;

  if (rows == NULL)
    return NULL;
  kaf_statement_bind_text (rows, 1, segment);
  while (kaf_database_step (db, rows, &local))
    {
      KafSegmentList *list = g_new0 (KafSegmentList, 1);

      list->id = g_strdup (kaf_statement_text (rows, 0));
      list->segment = g_strdup (segment);
      list->frozen_on = g_strdup (kaf_statement_text (rows, 1));
      list->count = sqlite3_column_int64 (rows, 2);
      list->note = g_strdup (kaf_statement_text (rows, 3));
      g_ptr_array_add (lists, list);
    }
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return NULL;
    }
  return g_steal_pointer (&lists);
}

/* Freezing */

/* (transfer full) (nullable) */
static char *
find_id (KafDatabase *db, guint32 rid, GError **error)
{
  g_autoptr (KafStatement) row =
      kaf_database_prepare (db, "SELECT id FROM head WHERE rid = ?", error);

  if (row == NULL)
    return NULL;
  sqlite3_bind_int64 (row, 1, rid);
  return kaf_database_step (db, row, error) ? g_strdup (kaf_statement_text (row, 0)) : NULL;
}

static gboolean
create (KafTransaction *tx, KafRecord *record, char **id, GError **error)
{
  return kaf_transaction_apply (tx, KAF_CHANGE_CREATE, record, id, NULL, error);
}

static gboolean
write_list (KafDatabase *db,
            KafTransaction *tx,
            const KafSegment *segment,
            const char *note,
            guint n,
            char **id,
            GError **error)
{
  g_autoptr (KafRecord) list = kaf_record_new (kaf_registry_find ("segment_list"), NULL);
  g_autofree char *json = kaf_query_to_json (segment->query);
  g_autofree char *day =
      kaf_day_to_iso (kaf_day_from_time (kaf_clock_now (kaf_database_get_clock (db))));
  g_autofree char *count = g_strdup_printf ("%u", n);

  kaf_record_set (list, "segment", segment->id);
  kaf_record_set (list, "frozen_on", day);
  kaf_record_set (list, "count", count);
  kaf_record_set (list, "query", json);
  kaf_record_set (list, "note", note);
  return create (tx, list, id, error);
}

static gboolean
write_members (KafDatabase *db,
               KafTransaction *tx,
               const KafEntity *entity,
               const char *list,
               GArray *places,
               GError **error)
{
  const KafEntity *members = kaf_registry_find ("segment_member");
  const char *field = kaf_entity_get_root (entity)->id;

  for (guint i = 0; i < places->len; i++)
    {
      g_autoptr (KafRecord) member = kaf_record_new (members, NULL);
      g_autofree char *id = find_id (db, g_array_index (places, guint32, i), error);

      if (id == NULL)
        return FALSE;
      kaf_record_set (member, "list", list);
      kaf_record_set (member, field, id);
      if (!create (tx, member, NULL, error))
        return FALSE;
    }
  return TRUE;
}

/* Within the transaction: who is written is who was counted. */
static gboolean
write_frozen (KafDatabase *db,
              KafTransaction *tx,
              const KafSegment *segment,
              const char *note,
              char **list,
              GError **error)
{
  g_autoptr (GArray) places = kaf_page_places (db, segment->query, error);

  return places != NULL && write_list (db, tx, segment, note, places->len, list, error) &&
         write_members (db, tx, kaf_query_get_entity (segment->query), *list, places, error);
}

KafReceipt *
kaf_segment_freeze (
    KafDatabase *db, const char *segment, const char *note, char **list, GError **error)
{
  g_autoptr (KafSegment) self = kaf_segment_read (db, segment, error);
  g_autofree char *id = NULL;
  KafTransaction *tx;

  if (self == NULL)
    return NULL;
  if (self->query == NULL)
    {
      g_set_error_literal (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_RULE, self->problem);
      return NULL;
    }
  tx = kaf_transaction_begin (db, "freeze", error);
  if (tx == NULL)
    return NULL;
  if (!write_frozen (db, tx, self, note, &id, error))
    {
      kaf_transaction_abort (tx);
      return NULL;
    }
  if (list != NULL)
    *list = g_steal_pointer (&id);
  return kaf_transaction_commit (tx, error);
}

KafReceipt *
kaf_segment_create_frozen (
    KafDatabase *db, KafRecord *record, const char *note, char **id, GError **error)
{
  g_autoptr (KafSegment) self = g_new0 (KafSegment, 1);
  g_autofree char *list = NULL;
  KafTransaction *tx;

  self->query = kaf_query_from_json (kaf_record_get (record, "query"), error);
  if (self->query == NULL || !kaf_permit_check_query (db, self->query, error))
    return NULL;
  tx = kaf_transaction_begin (db, "freeze", error);
  if (tx == NULL)
    return NULL;
  if (!create (tx, record, &self->id, error) || !write_frozen (db, tx, self, note, &list, error))
    {
      kaf_transaction_abort (tx);
      return NULL;
    }
  *id = g_strdup (self->id);
  return kaf_transaction_commit (tx, error);
}

/* Comparing */

KafQuery *
kaf_segment_list_query (const KafEntity *entity, const char *list)
{
  KafQuery *query = kaf_query_new (kaf_entity_get_root (entity));

  kaf_query_set_condition (query, "segment_member.list", KAF_OP_ANY_OF,
                           (const char *const[]){ list, NULL });
  return query;
}

/* Those of @these that are not among @those, one by one. (transfer full); NULL with error */
static KafQuery *
only_in (KafDatabase *db,
         const KafEntity *entity,
         GArray *these,
         GHashTable *those,
         gint64 *n,
         GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  KafQuery *query;

  for (guint i = 0; i < these->len; i++)
    {
      guint32 rid = g_array_index (these, guint32, i);
      char *id;

      if (g_hash_table_contains (those, GUINT_TO_POINTER (rid)))
        continue;
      id = find_id (db, rid, error);
      if (id == NULL)
        return NULL;
      g_ptr_array_add (ids, id);
    }
  *n = ids->len;
  g_ptr_array_add (ids, NULL);
  query = kaf_query_new (entity);
  /* Nobody is nobody, and not everybody. */
  if (*n == 0)
    kaf_query_set_condition (query, "id", KAF_OP_ANY_OF, (const char *const[]){ "-", NULL });
  else
    kaf_query_set_condition (query, "id", KAF_OP_ANY_OF, (const char *const *) ids->pdata);
  return query;
}

static GHashTable *
to_set (GArray *places)
{
  GHashTable *set = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < places->len; i++)
    g_hash_table_add (set, GUINT_TO_POINTER (g_array_index (places, guint32, i)));
  return set;
}

static gboolean
compare (KafDatabase *db,
         const KafSegment *segment,
         const char *list,
         KafSegmentChange *change,
         GError **error)
{
  const KafEntity *entity = kaf_query_get_entity (segment->query);
  g_autoptr (KafQuery) members = kaf_segment_list_query (entity, list);
  g_autoptr (GArray) then = kaf_page_places (db, members, error);
  g_autoptr (GArray) now = then != NULL ? kaf_page_places (db, segment->query, error) : NULL;
  g_autoptr (GHashTable) was = NULL, is = NULL;

  if (now == NULL)
    return FALSE;
  was = to_set (then);
  is = to_set (now);
  change->now = now->len;
  change->gone = MAX (0, change->then - (gint64) then->len);
  change->came = only_in (db, entity, now, was, &change->n_came, error);
  change->left = change->came != NULL
                     ? only_in (db, kaf_entity_get_root (entity), then, is, &change->n_left, error)
                     : NULL;
  change->stayed = change->now - change->n_came;
  return change->left != NULL;
}

KafSegmentChange *
kaf_segment_compare (KafDatabase *db, const char *list, GError **error)
{
  g_autoptr (KafRecord) record =
      kaf_read_record (db, kaf_registry_find ("segment_list"), list, error);
  g_autoptr (KafSegment) segment =
      record != NULL ? kaf_segment_read (db, kaf_record_get (record, "segment"), error) : NULL;
  g_autoptr (KafSegmentChange) change = NULL;

  if (segment == NULL)
    return NULL;
  if (segment->query == NULL)
    {
      g_set_error_literal (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_RULE,
                           segment->problem);
      return NULL;
    }
  change = g_new0 (KafSegmentChange, 1);
  if (kaf_record_get (record, "count") != NULL)
    change->then = g_ascii_strtoll (kaf_record_get (record, "count"), NULL, 10);
  if (!compare (db, segment, list, change, error))
    return NULL;
  return g_steal_pointer (&change);
}

KafRecord *
kaf_segment_make (
    const KafQuery *query, const char *title, KafLang lang, const char *purpose, gboolean shared)
{
  KafRecord *record = kaf_record_new (kaf_registry_find ("segment"), NULL);
  g_autofree char *json = kaf_query_to_json (query);

  kaf_record_set (record, lang == KAF_LANG_AR ? "title_ar" : "title_fr", title);
  kaf_record_set (record, "entity", kaf_query_get_entity (query)->id);
  kaf_record_set (record, "query", json);
  kaf_record_set (record, "purpose", purpose);
  kaf_record_set (record, "shared", shared ? "1" : "0");
  return record;
}
