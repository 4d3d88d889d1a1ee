/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a query to rows ready to show: which rows (places), then what stands in them (cells). */
#include "config.h"

#include "store/kaf-page.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-date.h"
#include "base/kaf-fold.h"
#include "schema/kaf-derived.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-value.h"
#include "store/kaf-query-sql.h"
#include "store/kaf-query-where.h"
#include "store/kaf-read-private.h"
#include "store/kaf-search.h"

/* From here on, reading them one by one in the order of an index costs more than reading all. */
#define MANY_ROWS 5000

gint64
kaf_page_total (KafDatabase *db, const KafEntity *entity)
{
  g_autoptr (KafStatement) statement =
      kaf_database_prepare (db, "SELECT live FROM tally WHERE entity = ?", NULL);

  if (statement == NULL)
    return 0;
  kaf_statement_bind_text (statement, 1, entity->id);
  return kaf_database_step (db, statement, NULL) ? sqlite3_column_int64 (statement, 0) : 0;
}

/* Whether there are many of an entity, and they are so many of all that to read all is the short way to them. */
static gboolean
is_most (KafDatabase *db, const KafEntity *entity)
{
  gint64 total = kaf_page_total (db, entity);

  return total > MANY_ROWS &&
         total * 8 > kaf_database_get_int (db, "SELECT sum (live) FROM tally", NULL);
}

/* Whether most rows are read whatever is done, and there are many. */
static gboolean
looks_at_all (KafDatabase *db, const KafQuery *query)
{
  return !kaf_query_has_conditions (query) && kaf_query_get_text (query) == NULL &&
         is_most (db, kaf_query_get_entity (query));
}

static gboolean
is_by_name (const KafQuery *query)
{
  const char *sort = kaf_query_get_sort (query);

  return sort == NULL || g_str_equal (sort, "title") || g_str_equal (sort, "title_ar");
}

static GArray *
select_places (KafDatabase *db, const KafQuery *query, guint offset, gint64 limit, GError **error)
{
  g_autoptr (KafQuerySql) sql = kaf_query_sql_new (db, query, error);
  g_autoptr (GArray) rids = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autofree char *text = NULL;
  g_autoptr (KafStatement) statement = NULL;
  g_autoptr (GError) local = NULL;

  if (sql == NULL)
    return NULL;
  /* The order of names has an index; any other is sorted out of all rows. */
  if (!is_by_name (query) && looks_at_all (db, query))
    kaf_query_sql_read_in_sequence (sql);
  text = g_strdup_printf ("SELECT h.rid FROM %s WHERE %s ORDER BY %s LIMIT %" G_GINT64_FORMAT
                          " OFFSET %u",
                          sql->from->str, sql->where->str, sql->order->str, limit, offset);
  statement = kaf_query_sql_prepare (db, sql, text, error);
  if (statement == NULL)
    return NULL;
  while (kaf_database_step (db, statement, &local))
    {
      guint32 rid = sqlite3_column_int64 (statement, 0);

      g_array_append_val (rids, rid);
    }
  if (local == NULL)
    return g_steal_pointer (&rids);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

GArray *
kaf_page_places (KafDatabase *db, const KafQuery *query, GError **error)
{
  return kaf_query_get_text (query) != NULL ? kaf_search_all (db, query, error)
                                            : select_places (db, query, 0, -1, error);
}

gint64
kaf_page_count (KafDatabase *db, const KafQuery *query, GError **error)
{
  g_autoptr (KafQuerySql) sql = NULL;
  g_autoptr (KafMatcher) matcher = kaf_matcher_new (kaf_query_get_text (query));
  g_autoptr (KafStatement) statement = NULL;
  g_autofree char *text = NULL;

  if (matcher == NULL && !kaf_query_has_conditions (query) &&
      !kaf_query_where_is_narrowed (kaf_query_get_entity (query)))
    return kaf_page_total (db, kaf_query_get_entity (query));

  sql = kaf_query_sql_new (db, query, error);
  if (sql == NULL)
    return -1;
  if (matcher != NULL)
    {
      g_autofree char *expression = kaf_matcher_expression (matcher, KAF_MATCH_TEXT);
      g_autofree char *mark = kaf_query_sql_bind (sql, expression);

      g_string_append_printf (
          sql->where, " AND h.rid IN (SELECT rowid FROM search WHERE search MATCH %s)", mark);
    }
  text = g_strdup_printf ("SELECT count(*) FROM %s WHERE %s", sql->from->str, sql->where->str);
  statement = kaf_query_sql_prepare (db, sql, text, error);
  if (statement == NULL || !kaf_database_step (db, statement, error))
    return -1;
  return sqlite3_column_int64 (statement, 0);
}

gboolean
kaf_page_counts (KafDatabase *db,
                 const KafQuery *const *queries,
                 guint n_queries,
                 gint64 *counts,
                 GError **error)
{
  g_autoptr (KafQuerySql) sql = kaf_query_sql_new_counts (db, queries, n_queries, error);
  g_autoptr (KafStatement) statement = NULL;
  g_autofree char *text = NULL;

  if (sql == NULL)
    return FALSE;
  if (is_most (db, kaf_query_get_entity (queries[0])))
    kaf_query_sql_read_in_sequence (sql);
  text = g_strdup_printf ("SELECT %s FROM %s WHERE %s", sql->columns->str, sql->from->str,
                          sql->where->str);
  statement = kaf_query_sql_prepare (db, sql, text, error);
  if (statement == NULL || !kaf_database_step (db, statement, error))
    return FALSE;
  for (guint i = 0; i < n_queries; i++)
    counts[i] = sqlite3_column_int64 (statement, i);
  return TRUE;
}

/* The places of a page of a search: from the first rows, or from all when it lies deeper. */
static GArray *
search_places (KafDatabase *db,
               const KafQuery *query,
               guint offset,
               guint limit,
               gint64 *total,
               gint64 *at_least,
               GError **error)
{
  g_autoptr (GArray) all = NULL;
  GArray *slice;

  if (offset == 0 && kaf_query_get_sort (query) == NULL)
    return kaf_search_first (db, query, limit, total, at_least, error);

  all = kaf_search_all (db, query, error);
  if (all == NULL)
    return NULL;
  *total = *at_least = all->len;
  slice = g_array_new (FALSE, FALSE, sizeof (guint32));
  if (offset < all->len)
    g_array_append_vals (slice, &g_array_index (all, guint32, offset),
                         MIN (limit, all->len - offset));
  return slice;
}

static GPtrArray *
read_page (KafDatabase *db,
           const KafQuery *query,
           const char *const *columns,
           KafLang lang,
           guint offset,
           guint limit,
           gint64 *total,
           gint64 *at_least,
           GError **error)
{
  gint64 known = -1, least = 0;
  g_autoptr (GArray) rids = NULL;

  if (kaf_query_get_text (query) != NULL)
    rids = search_places (db, query, offset, limit, &known, &least, error);
  else
    {
      rids = select_places (db, query, offset, limit, error);
      if (!kaf_query_has_conditions (query))
        known = kaf_page_total (db, kaf_query_get_entity (query));
      else if (rids != NULL && rids->len < limit)
        known = offset + rids->len;
      least = rids != NULL ? offset + rids->len : 0;
    }
  if (rids == NULL)
    return NULL;

  if (total != NULL)
    *total = known;
  if (at_least != NULL)
    *at_least = MAX (known, least);
  return kaf_page_rows (db, kaf_query_get_entity (query), (const guint32 *) rids->data, rids->len,
                        columns, lang, error);
}

GPtrArray *
kaf_page_read (KafDatabase *db,
               const KafQuery *query,
               const char *const *columns,
               KafLang lang,
               guint offset,
               guint limit,
               gint64 *total,
               gint64 *at_least,
               GError **error)
{
  gboolean entered = kaf_database_enter_read (db);
  GPtrArray *rows = read_page (db, query, columns, lang, offset, limit, total, at_least, error);

  kaf_database_leave_read (db, entered);
  return rows;
}

/* General search */

static void
find_match (KafDatabase *db, KafMatcher *matcher, KafRow *row)
{
  g_autoptr (GArray) ranges = g_array_new (FALSE, FALSE, sizeof (KafTextRange));
  const char *const *words = kaf_matcher_words (matcher);
  g_autoptr (KafRecord) record = NULL;

  if (kaf_fold_highlight (row->title, words, ranges) ||
      (row->title_ar != NULL && kaf_fold_highlight (row->title_ar, words, ranges)))
    return;
  record = kaf_read_row (db, row->entity, row->rid, row->id, NULL);
  for (guint i = 0; record != NULL && row->entity->fields[i].id != NULL; i++)
    {
      const KafField *field = &row->entity->fields[i];
      g_autofree char *text = NULL;

      if (!kaf_field_has (field, KAF_FIELD_SEARCH | KAF_FIELD_NAME))
        continue;
      text = kaf_value_format (field, kaf_record_get_at (record, i), KAF_LANG_FR,
                               kaf_read_title_func, db);
      if (text != NULL && kaf_fold_highlight (text, words, ranges))
        {
          row->match = g_steal_pointer (&text);
          return;
        }
    }
}

static const char *const everywhere_person[] = { "city", "country", NULL };
static const char *const everywhere_other[] = { "kind", "country", NULL };

static GPtrArray *
search_entity (KafDatabase *db,
               const char *text,
               const KafEntity *entity,
               KafLang lang,
               guint limit,
               GError **error)
{
  g_autoptr (KafQuery) query = kaf_query_new (entity);
  g_autoptr (KafMatcher) matcher = kaf_matcher_new (text);
  gboolean person = g_str_equal (kaf_entity_get_root (entity)->id, "person");
  GPtrArray *rows;

  kaf_query_set_text (query, text);
  rows = kaf_page_read (db, query, person ? everywhere_person : everywhere_other, lang, 0, limit,
                        NULL, NULL, error);
  for (guint i = 0; rows != NULL && matcher != NULL && i < rows->len; i++)
    {
      KafRow *row = g_ptr_array_index (rows, i);

      if (row != NULL)
        find_match (db, matcher, row);
    }
  return rows;
}

/* A row found, with how well it matches: across entities, the best comes first. */
typedef struct
{
  KafRow *row;
  guint rank;
} Found;

static void
found_clear (gpointer data)
{
  kaf_row_unref (((Found *) data)->row);
}

static guint
rank_of (KafDatabase *db, KafMatcher *matcher, guint32 rid)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      db,
      "SELECT d.name, d.key, d.rest, h.sort, h.sort_ar FROM search_doc d JOIN head h"
      " ON h.rid = d.rid WHERE d.rid = ?",
      NULL);

  if (statement == NULL)
    return KAF_MATCH_N_RANKS;
  sqlite3_bind_int64 (statement, 1, rid);
  if (!kaf_database_step (db, statement, NULL))
    return KAF_MATCH_N_RANKS;
  return kaf_matcher_classify (
      matcher, kaf_statement_text (statement, 0), kaf_statement_text (statement, 1),
      kaf_statement_text (statement, 2),
      kaf_statement_text (statement, kaf_matcher_is_arabic (matcher) ? 4 : 3));
}

/* Stable: within a rank the order of entities and of each one's own search stays. */
static void
insert_found (GArray *found, KafRow *row, guint rank)
{
  Found one = { kaf_row_ref (row), rank };
  guint at = found->len;

  while (at > 0 && g_array_index (found, Found, at - 1).rank > rank)
    at--;
  g_array_insert_val (found, at, one);
}

static gboolean
has_row (GArray *found, guint32 rid)
{
  for (guint i = 0; i < found->len; i++)
    if (g_array_index (found, Found, i).row->rid == rid)
      return TRUE;
  return FALSE;
}

/* Who types a whole reference means that record, whatever else the letters are alike. */
static gboolean
is_reference (const KafRow *row, const char *text)
{
  g_autofree char *typed = g_strstrip (g_strdup (text));

  return row->ref != NULL && g_ascii_strcasecmp (row->ref, typed) == 0;
}

static gboolean
add_entity (KafDatabase *db,
            const char *text,
            const KafEntity *entity,
            KafLang lang,
            guint limit,
            GArray *found,
            GError **error)
{
  g_autoptr (KafMatcher) matcher = kaf_matcher_new (text);
  g_autoptr (GPtrArray) rows = search_entity (db, text, entity, lang, limit, error);

  for (guint i = 0; rows != NULL && matcher != NULL && i < rows->len; i++)
    {
      KafRow *row = g_ptr_array_index (rows, i);

      if (row != NULL && !has_row (found, row->rid))
        insert_found (found, row,
                      is_reference (row, text) ? 0 : 1 + rank_of (db, matcher, row->rid));
    }
  return rows != NULL;
}

GPtrArray *
kaf_search_everywhere (KafDatabase *db,
                       const char *text,
                       const KafEntity *entity,
                       KafLang lang,
                       guint limit,
                       GError **error)
{
  g_autoptr (GArray) found = NULL;
  GPtrArray *rows;
  guint n_entities;
  const KafEntity *const *entities = kaf_registry_entities (&n_entities);

  if (entity != NULL)
    return search_entity (db, text, entity, lang, limit, error);

  /* Facets first: an expert is found as such, and not once more as a person. */
  found = g_array_new (FALSE, FALSE, sizeof (Found));
  g_array_set_clear_func (found, found_clear);
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < n_entities; i++)
      if (kaf_entity_has (entities[i], KAF_ENTITY_SEARCHED) &&
          (entities[i]->owner == NULL) == (pass == 1) &&
          !add_entity (db, text, entities[i], lang, limit, found, error))
        return NULL;

  rows = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_row_unref);
  for (guint i = 0; i < found->len && i < limit; i++)
    g_ptr_array_add (rows, kaf_row_ref (g_array_index (found, Found, i).row));
  return rows;
}

/* A membership of a person who was deleted is no member: the other side must be there. */
static char *
other_side_lives (const KafEntity *entity, const char *field)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  for (const KafField *other = entity->fields; other->id != NULL; other++)
    if (kaf_field_has (other, KAF_FIELD_PARENT) && !g_str_equal (other->id, field))
      g_string_append_printf (sql,
                              " AND NOT EXISTS (SELECT 1 FROM head o WHERE o.id = x.\"%s\" AND"
                              " o.entity = '%s' AND o.deleted = 1)",
                              other->id,
                              kaf_entity_get_root (kaf_registry_find (other->target))->id);
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

/* Of a set the table of its elements is looked up, by its index. */
static char *
related_sql (const KafEntity *entity, const KafRelatedQuery *query)
{
  const KafField *field = kaf_entity_find_field (entity, query->field);
  g_autofree char *others = other_side_lives (entity, query->field);
  g_autoptr (GString) sql = g_string_new (NULL);

  g_string_append_printf (sql, "SELECT x.rid FROM \"%s\" x WHERE ", entity->id);
  if (kaf_field_is_many (field))
    g_string_append_printf (sql,
                            "x.rid IN (SELECT rid FROM \"%s_set\" WHERE field = '%s' AND"
                            " value = ?1 AND removed IS NULL)",
                            entity->id, field->id);
  else
    g_string_append_printf (sql, "x.\"%s\" = ?1", field->id);
  g_string_append_printf (sql, " AND x.deleted_at IS NULL%s", others);
  if (query->only != NULL)
    g_string_append_printf (sql, " AND x.\"%s\" = ?2", query->only);
  if (query->order != NULL)
    g_string_append_printf (sql, " ORDER BY x.\"%s\", x.rid LIMIT %u", query->order, query->limit);
  else
    g_string_append_printf (sql, " ORDER BY x.rid DESC LIMIT %u", query->limit);
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

GPtrArray *
kaf_page_related_by (KafDatabase *db,
                     const KafEntity *entity,
                     const KafRelatedQuery *query,
                     const char *const *columns,
                     KafLang lang,
                     GError **error)
{
  g_autofree char *sql = related_sql (entity, query);
  g_autoptr (KafStatement) statement = kaf_database_prepare (db, sql, error);
  g_autoptr (GArray) rids = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GError) local = NULL;
  GPtrArray *rows;

  if (statement == NULL)
    return NULL;
  kaf_statement_bind_text (statement, 1, query->owner_id);
  if (query->only != NULL)
    kaf_statement_bind_text (statement, 2, query->value);
  while (kaf_database_step (db, statement, &local))
    {
      guint32 rid = sqlite3_column_int64 (statement, 0);

      g_array_append_val (rids, rid);
    }
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  rows = kaf_page_rows (db, entity, (const guint32 *) rids->data, rids->len, columns, lang, error);
  /* One that went meanwhile is none. */
  for (guint i = rows != NULL ? rows->len : 0; i > 0; i--)
    if (rows->pdata[i - 1] == NULL)
      g_ptr_array_remove_index (rows, i - 1);
  return rows;
}

GPtrArray *
kaf_page_related (KafDatabase *db,
                  const KafEntity *entity,
                  const char *field,
                  const char *owner_id,
                  const char *const *columns,
                  KafLang lang,
                  guint limit,
                  GError **error)
{
  const KafRelatedQuery query = { .field = field, .owner_id = owner_id, .limit = limit };

  return kaf_page_related_by (db, entity, &query, columns, lang, error);
}

void
kaf_group_free (KafGroup *self)
{
  g_free (self->value);
  g_free (self->text);
  g_free (self);
}

/* The values that records of @related hold, which belong to those of the query; @parent: by that field. */
static void
add_related_groups (KafQuerySql *sql,
                    const KafEntity *related,
                    const KafField *parent,
                    const KafField *field)
{
  g_string_append_printf (sql->from, " JOIN \"%s\" g ON g.\"%s\" = h.id", related->id, parent->id);
  g_string_append_printf (sql->where, " AND g.deleted_at IS NULL AND g.\"%s\" IS NOT NULL",
                          field->id);
  g_string_append_printf (sql->columns, "g.\"%s\"", field->id);
}

/* The table that holds the values of @field, and which of its rows. */
static void
add_groups (KafQuerySql *sql, const KafEntity *holder, const KafField *field)
{
  if (kaf_field_is_many (field))
    {
      g_string_append_printf (sql->from, " JOIN \"%s_set\" g ON g.rid = h.rid", holder->id);
      g_string_append_printf (sql->where, " AND g.field = '%s' AND g.removed IS NULL", field->id);
      g_string_assign (sql->columns, "g.value");
    }
  else
    {
      g_string_append_printf (sql->from, " JOIN \"%s\" g ON g.rid = h.rid",
                              kaf_field_is_derived (field) ? kaf_derived_get_table (field)
                                                           : holder->id);
      g_string_append_printf (sql->where, " AND g.\"%s\" IS NOT NULL", field->id);
      g_string_append_printf (sql->columns, "g.\"%s\"", field->id);
    }
}

GPtrArray *
kaf_page_groups (KafDatabase *db,
                 const KafQuery *query,
                 const char *path,
                 KafLang lang,
                 guint limit,
                 GError **error)
{
  const KafEntity *entity = kaf_query_get_entity (query);
  const KafEntity *holder, *related;
  const KafField *field = kaf_query_resolve (entity, path, &holder, &related);
  g_autoptr (KafQuerySql) sql = kaf_query_sql_new (db, query, error);
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_group_free);
  const KafField *parent =
      related != NULL ? kaf_query_sql_parent_field (related, kaf_entity_get_root (entity)) : NULL;
  g_autoptr (KafStatement) statement = NULL;
  g_autofree char *text = NULL;

  if (sql == NULL || field == NULL ||
      (related != NULL &&
       (parent == NULL || kaf_field_is_many (parent) || kaf_field_is_many (field))))
    return sql == NULL ? NULL : g_steal_pointer (&groups);

  if (related != NULL)
    add_related_groups (sql, related, parent, field);
  else
    add_groups (sql, holder, field);
  if (looks_at_all (db, query))
    kaf_query_sql_read_in_sequence (sql);
  text =
      g_strdup_printf ("SELECT %s, count(%s) AS n FROM %s WHERE %s GROUP BY 1 ORDER BY n DESC LIMIT"
                       " %u",
                       sql->columns->str, related != NULL ? "DISTINCT h.rid" : "*", sql->from->str,
                       sql->where->str, limit);
  statement = kaf_query_sql_prepare (db, sql, text, error);
  if (statement == NULL)
    return NULL;
  while (kaf_database_step (db, statement, NULL))
    {
      KafGroup *group = g_new0 (KafGroup, 1);

      group->value = g_strdup (kaf_statement_text (statement, 0));
      group->count = sqlite3_column_int64 (statement, 1);
      g_ptr_array_add (groups, group);
    }
  for (guint i = 0; i < groups->len; i++)
    {
      KafGroup *group = g_ptr_array_index (groups, i);

      group->text = kaf_value_format (field, group->value, lang, kaf_read_title_func, db);
    }
  return g_steal_pointer (&groups);
}
