/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-query-sql.h"

#include <string.h>

#include "rules/quality/kaf-quality.h"
#include "schema/kaf-derived.h"
#include "schema/kaf-registry.h"
#include "store/kaf-missing.h"
#include "store/kaf-query-where.h"

/* Of one name, in the order in which the index has them: to sort each handful of namesakes took longer than to read. */
#define BY_NAME "h.sort, h.facets, h.rid"

void
kaf_query_sql_free (KafQuerySql *self)
{
  g_string_free (self->from, TRUE);
  g_string_free (self->where, TRUE);
  g_string_free (self->order, TRUE);
  g_string_free (self->columns, TRUE);
  g_ptr_array_unref (self->values);
  g_free (self);
}

char *
kaf_query_sql_bind (KafQuerySql *self, const char *value)
{
  g_ptr_array_add (self->values, g_strdup (value));
  return g_strdup_printf ("?%u", self->values->len);
}

KafStatement *
kaf_query_sql_prepare (KafDatabase *db, KafQuerySql *self, const char *sql, GError **error)
{
  KafStatement *statement = kaf_database_prepare (db, sql, error);

  for (guint i = 0; statement != NULL && i < self->values->len; i++)
    kaf_statement_bind_text (statement, i + 1, g_ptr_array_index (self->values, i));
  return statement;
}

/* The field of @entity that says to whom its records belong, when that is @root or a facet. */
const KafField *
kaf_query_sql_parent_field (const KafEntity *entity, const KafEntity *root)
{
  for (const KafField *field = entity->fields; field->id != NULL; field++)
    {
      const KafEntity *target = kaf_registry_find (field->target);

      if (kaf_field_has (field, KAF_FIELD_PARENT) && target != NULL &&
          kaf_entity_get_root (target) == root)
        return field;
    }
  return NULL;
}

/* A choice sorts in the order of its table, a reference by its title. */
static char *
sort_expression (const KafEntity *entity, const KafEntity *holder, const KafField *field)
{
  g_autofree char *column =
      kaf_field_is_many (field)
          ? g_strdup_printf ("(SELECT s.value FROM \"%s_set\" s WHERE s.rid = h.rid AND s.field ="
                             " '%s' AND s.removed IS NULL ORDER BY s.position LIMIT 1)",
                             holder->id, field->id)
          : g_strdup_printf ("%s.\"%s\"", kaf_query_where_alias (entity, holder, field), field->id);
  const KafEntity *target = kaf_registry_find (field->target);
  g_autoptr (GString) sql = NULL;

  if (target != NULL)
    return g_strdup_printf ("(SELECT t.sort FROM head t WHERE t.id = %s AND t.entity = '%s')",
                            column, kaf_entity_get_root (target)->id);
  if (field->kind == KAF_KIND_TEXT && !kaf_field_is_many (field))
    return g_strdup_printf ("%s COLLATE NOCASE", column);
  if (field->choices == NULL)
    return g_steal_pointer (&column);

  sql = g_string_new (NULL);
  g_string_append_printf (sql, "CASE %s", column);
  for (guint i = 0; field->choices[i].code != NULL; i++)
    g_string_append_printf (sql, " WHEN '%s' THEN %u", field->choices[i].code, i);
  g_string_append (sql, " END");
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

static gboolean
add_gain_order (KafDatabase *db, KafQuerySql *self, const KafQuery *query, GError **error)
{
  g_autofree char *gain = kaf_missing_gain (db, self, kaf_query_get_entity (query), error);

  if (gain != NULL)
    g_string_append_printf (self->order, "%s%s, " BY_NAME, gain,
                            kaf_query_get_descending (query) ? " DESC" : "");
  return gain != NULL;
}

static gboolean
add_order (KafDatabase *db, KafQuerySql *self, const KafQuery *query, GError **error)
{
  static const char *const stamps[] = { "ref", "created_at", "created_by", "updated_at" };
  const KafEntity *entity = kaf_query_get_entity (query);
  const char *path = kaf_query_get_sort (query);
  const char *direction = kaf_query_get_descending (query) ? " DESC" : "";
  const KafEntity *holder, *related;
  const KafField *field;
  g_autofree char *expression = NULL;

  if (path == NULL || g_str_equal (path, "title") || g_str_equal (path, "title_ar"))
    {
      const char *column = path != NULL && g_str_equal (path, "title_ar") ? "sort_ar" : "sort";

      g_string_append_printf (self->order, "h.%s%s, h.facets%s, h.rid%s", column, direction,
                              direction, direction);
      return TRUE;
    }

  for (guint i = 0; i < G_N_ELEMENTS (stamps); i++)
    if (g_str_equal (path, stamps[i]))
      {
        g_string_append_printf (self->order, "e.%s%s, h.rid%s", path, direction, direction);
        return TRUE;
      }

  if (g_str_equal (path, KAF_QUALITY_MISSING))
    return add_gain_order (db, self, query, error);
  field = kaf_query_resolve (entity, path, &holder, &related);
  if (field == NULL)
    return kaf_query_where_bad_path (path, error);
  expression = related == NULL ? sort_expression (entity, holder, field) : NULL;
  if (expression == NULL) /* a list of related records has no order of its own */
    g_string_append (self->order, BY_NAME);
  else
    g_string_append_printf (self->order, "%s%s NULLS LAST, " BY_NAME, expression, direction);
  return TRUE;
}

static gboolean
names_table (KafQuerySql *self, const char *column)
{
  return strstr (self->where->str, column) != NULL || strstr (self->order->str, column) != NULL ||
         strstr (self->columns->str, column) != NULL;
}

/* A record without a line is one of which nothing is derived: it is not left out. */
static void
add_derived (KafQuerySql *self)
{
  for (const char *const *table = kaf_derived_tables (); *table != NULL; table++)
    {
      g_autofree char *column = g_strconcat (*table, ".\"", NULL);

      if (names_table (self, column))
        g_string_append_printf (self->from, " LEFT JOIN %s ON %s.rid = h.rid", *table, *table);
    }
}

/* Which tables the texts collected so far name: those alone are joined. */
static void
add_tables (KafQuerySql *self, const KafEntity *entity)
{
  g_string_append (self->from, "head h");
  if (names_table (self, "e.\"") || strstr (self->order->str, "e.") != NULL)
    g_string_append_printf (self->from, " JOIN \"%s\" e ON e.rid = h.rid", entity->id);
  add_derived (self);
  if (entity->owner != NULL &&
      (names_table (self, "o.\"") || strstr (self->order->str, "o.") != NULL))
    g_string_append_printf (self->from, " JOIN \"%s\" o ON o.rid = h.rid", entity->owner);
}

static KafQuerySql *
query_sql_alloc (const KafEntity *entity)
{
  KafQuerySql *self = g_new0 (KafQuerySql, 1);

  self->from = g_string_new (NULL);
  self->where = g_string_new (NULL);
  self->order = g_string_new (NULL);
  self->columns = g_string_new (NULL);
  self->values = g_ptr_array_new_with_free_func (g_free);

  g_string_append_printf (self->where, "h.entity = '%s' AND h.deleted = 0",
                          kaf_entity_get_root (entity)->id);
  if (entity->facet != 0)
    g_string_append_printf (self->where, " AND h.facets & %u", entity->facet);
  return self;
}

KafQuerySql *
kaf_query_sql_new (KafDatabase *db, const KafQuery *query, GError **error)
{
  const KafEntity *entity = kaf_query_get_entity (query);
  g_autoptr (KafQuerySql) self = query_sql_alloc (entity);

  if (!kaf_query_where_add (db, self, query, error) || !add_order (db, self, query, error))
    return NULL;
  add_tables (self, entity);
  /* A plus keeps SQLite from the index of the order: it would walk all of it to sort a handful. */
  if (self->few)
    g_string_prepend_c (self->where, '+');
  return g_steal_pointer (&self);
}

KafQuerySql *
kaf_query_sql_new_counts (KafDatabase *db,
                          const KafQuery *const *queries,
                          guint n_queries,
                          GError **error)
{
  const KafEntity *entity = kaf_query_get_entity (queries[0]);
  g_autoptr (KafQuerySql) self = query_sql_alloc (entity);
  gsize length = self->where->len;

  for (guint i = 0; i < n_queries; i++)
    {
      if (!kaf_query_where_add (db, self, queries[i], error))
        return NULL;
      g_string_append_printf (self->columns, "%scount(*) FILTER (WHERE TRUE%s)", i > 0 ? ", " : "",
                              self->where->str + length);
      g_string_truncate (self->where, length);
    }
  add_tables (self, entity);
  return g_steal_pointer (&self);
}

void
kaf_query_sql_read_in_sequence (KafQuerySql *self)
{
  g_string_replace (self->from, "head h", "head h NOT INDEXED", 1);
  g_string_replace (self->from, " JOIN ", " CROSS JOIN ", 0);
}
