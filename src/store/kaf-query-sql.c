/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-query-sql.h"

#include <string.h>

#include "base/kaf-validation-error.h"
#include "schema/kaf-derived.h"
#include "schema/kaf-registry.h"
#include "sync/kaf-json.h"

/* A set's elements found this often are looked up row by row; rarer ones through their index. */
#define DENSE_FROM 5000

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

static void
add_descendants (KafDatabase *db, const KafEntity *list, const char *code, GPtrArray *codes)
{
  g_autofree char *sql =
      g_strdup_printf ("WITH RECURSIVE below (code) AS (SELECT ?1 UNION SELECT l.code FROM \"%s\" l"
                       " JOIN below b ON l.parent = b.code) SELECT code FROM below",
                       list->id);
  g_autoptr (KafStatement) statement = kaf_database_prepare (db, sql, NULL);

  if (statement == NULL)
    return;
  kaf_statement_bind_text (statement, 1, code);
  while (kaf_database_step (db, statement, NULL))
    g_ptr_array_add (codes, g_strdup (kaf_statement_text (statement, 0)));
}

/* An item of a list stands for those below it: health for cardiology. (transfer full) */
static GPtrArray *
expand (KafDatabase *db, const KafField *field, char **values)
{
  const KafEntity *target = kaf_registry_find (field->target);
  gboolean tree = target != NULL && kaf_entity_has (target, KAF_ENTITY_LIST);
  GPtrArray *codes = g_ptr_array_new_with_free_func (g_free);

  for (; values != NULL && *values != NULL; values++)
    {
      if (tree)
        add_descendants (db, target, *values, codes);
      else
        g_ptr_array_add (codes, g_strdup (*values));
    }
  return codes;
}

/* "(?3, ?4)" */
static char *
value_list (KafQuerySql *self, GPtrArray *codes)
{
  g_autoptr (GString) list = g_string_new ("(");

  for (guint i = 0; i < codes->len; i++)
    {
      g_autofree char *mark = kaf_query_sql_bind (self, g_ptr_array_index (codes, i));

      g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", mark);
    }
  g_string_append_c (list, ')');
  return g_string_free (g_steal_pointer (&list), FALSE);
}

static gboolean
is_dense (KafDatabase *db, const KafEntity *holder, const KafField *field, GPtrArray *codes)
{
  g_autofree char *sql =
      g_strdup_printf ("SELECT count(*) FROM (SELECT 1 FROM \"%s_set\" WHERE field = ?"
                       " AND value = ? AND removed IS NULL LIMIT %d)",
                       holder->id, DENSE_FROM);
  gint64 n = 0;

  for (guint i = 0; i < codes->len && n < DENSE_FROM; i++)
    {
      g_autoptr (KafStatement) statement = kaf_database_prepare (db, sql, NULL);

      if (statement == NULL)
        return FALSE;
      kaf_statement_bind_text (statement, 1, field->id);
      kaf_statement_bind_text (statement, 2, g_ptr_array_index (codes, i));
      if (kaf_database_step (db, statement, NULL))
        n += sqlite3_column_int64 (statement, 0);
    }
  return n >= DENSE_FROM;
}

/* A condition on elements of a set; @rid: SQL of the record's row number. */
static char *
set_test (KafDatabase *db,
          KafQuerySql *self,
          const KafEntity *holder,
          const KafField *field,
          const KafCondition *condition,
          const char *rid)
{
  gboolean known = condition->op == KAF_OP_SET || condition->op == KAF_OP_UNSET;
  gboolean negate = condition->op == KAF_OP_NONE_OF || condition->op == KAF_OP_UNSET;
  const char *not_word = negate ? "NOT " : "";
  g_autoptr (GPtrArray) codes = expand (db, field, known ? NULL : condition->values);
  g_autofree char *list = NULL;
  g_autofree char *test = NULL;

  if (known)
    test = g_strdup ("");
  else if (condition->op == KAF_OP_CONTAINS)
    {
      g_autofree char *mark = kaf_query_sql_bind (self, condition->values[0]);

      test = g_strdup_printf (" AND instr (lower (s.value), lower (%s))", mark);
    }
  else
    {
      list = value_list (self, codes);
      test = g_strdup_printf (" AND s.value IN %s", list);
    }

  if (list != NULL && !is_dense (db, holder, field, codes))
    {
      self->few |= !negate && g_str_equal (rid, "h.rid");
      return g_strdup_printf ("%s %sIN (SELECT s.rid FROM \"%s_set\" s WHERE s.field = '%s'%s"
                              " AND s.removed IS NULL)",
                              rid, not_word, holder->id, field->id, test);
    }
  return g_strdup_printf ("%sEXISTS (SELECT 1 FROM \"%s_set\" s WHERE s.rid = %s AND"
                          " s.field = '%s'%s AND s.removed IS NULL)",
                          not_word, holder->id, rid, field->id, test);
}

static char *
scalar_test (KafDatabase *db,
             KafQuerySql *self,
             const KafField *field,
             const KafCondition *condition,
             const char *column)
{
  g_autoptr (GPtrArray) codes = NULL;
  g_autofree char *value = NULL;

  switch (condition->op)
    {
    case KAF_OP_ANY_OF:
      codes = expand (db, field, condition->values);
      value = value_list (self, codes);
      return g_strdup_printf ("%s IN %s", column, value);
    case KAF_OP_NONE_OF:
      codes = expand (db, field, condition->values);
      value = value_list (self, codes);
      return g_strdup_printf ("(%s IS NULL OR %s NOT IN %s)", column, column, value);
    case KAF_OP_AT_LEAST:
      value = kaf_query_sql_bind (self, condition->values[0]);
      return g_strdup_printf ("%s >= %s", column, value);
    case KAF_OP_AT_MOST:
      value = kaf_query_sql_bind (self, condition->values[0]);
      return g_strdup_printf ("%s <= %s", column, value);
    case KAF_OP_CONTAINS:
      value = kaf_query_sql_bind (self, condition->values[0]);
      return g_strdup_printf ("instr (lower (%s), lower (%s))", column, value);
    case KAF_OP_SET:
      return g_strdup_printf ("%s IS NOT NULL", column);
    case KAF_OP_UNSET:
    default:
      return g_strdup_printf ("%s IS NULL", column);
    }
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

static char *
related_test (KafDatabase *db,
              KafQuerySql *self,
              const KafEntity *root,
              const KafEntity *related,
              const KafField *field,
              const KafCondition *condition)
{
  const KafField *parent = kaf_query_sql_parent_field (related, root);
  gboolean negate = condition->op == KAF_OP_NONE_OF || condition->op == KAF_OP_UNSET;
  KafCondition positive = *condition;
  g_autofree char *column = g_strdup_printf ("x.\"%s\"", field->id);
  g_autofree char *test = NULL;

  if (parent == NULL)
    return NULL;
  if (condition->op == KAF_OP_NONE_OF)
    positive.op = KAF_OP_ANY_OF;
  else if (condition->op == KAF_OP_UNSET)
    positive.op = KAF_OP_SET;
  test = kaf_field_is_many (field) ? set_test (db, self, related, field, &positive, "x.rid")
                                   : scalar_test (db, self, field, &positive, column);
  return g_strdup_printf ("h.id %sIN (SELECT x.\"%s\" FROM \"%s\" x WHERE %s"
                          " AND x.deleted_at IS NULL AND x.\"%s\" IS NOT NULL)",
                          negate ? "NOT " : "", parent->id, related->id, test, parent->id);
}

/* A selection may count many thousands: one value, whatever their number. */
static char *
chosen_test (KafQuerySql *self, const KafCondition *condition)
{
  g_autoptr (GString) list = g_string_new ("[");
  g_autofree char *mark = NULL;

  for (char **id = condition->values; id != NULL && *id != NULL; id++)
    {
      if (list->len > 1)
        g_string_append_c (list, ',');
      kaf_json_append_string (list, *id);
    }
  g_string_append_c (list, ']');
  mark = kaf_query_sql_bind (self, list->str);
  return g_strdup_printf ("h.id IN (SELECT value FROM json_each (%s))", mark);
}

/* "e": the entity's table, "o": its owner's; what is derived goes by its table. */
static const char *
alias_of (const KafEntity *entity, const KafEntity *holder, const KafField *field)
{
  if (kaf_field_is_derived (field))
    return kaf_derived_get_table (field);
  return holder == entity ? "e" : "o";
}

static gboolean
bad_path (const char *path, GError **error)
{
  g_set_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_SYNTAX, "no such field: %s", path);
  return FALSE;
}

static gboolean
add_condition (KafDatabase *db,
               KafQuerySql *self,
               const KafEntity *entity,
               const KafCondition *condition,
               GError **error)
{
  const KafEntity *holder, *related;
  const KafField *field = kaf_query_resolve (entity, condition->path, &holder, &related);
  g_autofree char *column = NULL;
  g_autofree char *test = NULL;

  if (field == NULL)
    return bad_path (condition->path, error);

  column = g_strdup_printf ("%s.\"%s\"", alias_of (entity, holder, field), field->id);
  if (g_str_equal (field->id, "id"))
    test = chosen_test (self, condition);
  else if (related != NULL)
    test = related_test (db, self, kaf_entity_get_root (entity), related, field, condition);
  else if (kaf_field_is_many (field))
    test = set_test (db, self, holder, field, condition, "h.rid");
  else
    test = scalar_test (db, self, field, condition, column);

  if (test == NULL)
    return bad_path (condition->path, error);
  g_string_append_printf (self->where, " AND %s", test);
  return TRUE;
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
          : g_strdup_printf ("%s.\"%s\"", alias_of (entity, holder, field), field->id);
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
add_order (KafQuerySql *self, const KafQuery *query, GError **error)
{
  static const char *const stamps[] = { "ref", "created_at", "updated_at" };
  const KafEntity *entity = kaf_query_get_entity (query);
  const char *path = kaf_query_get_sort (query);
  const char *direction = kaf_query_get_descending (query) ? " DESC" : "";
  const KafEntity *holder, *related;
  const KafField *field;
  g_autofree char *expression = NULL;

  if (path == NULL || g_str_equal (path, "title") || g_str_equal (path, "title_ar"))
    {
      const char *column = path != NULL && g_str_equal (path, "title_ar") ? "sort_ar" : "sort";

      g_string_append_printf (self->order, "h.%s%s, h.rid%s", column, direction, direction);
      return TRUE;
    }

  for (guint i = 0; i < G_N_ELEMENTS (stamps); i++)
    if (g_str_equal (path, stamps[i]))
      {
        g_string_append_printf (self->order, "e.%s%s, h.rid%s", path, direction, direction);
        return TRUE;
      }

  field = kaf_query_resolve (entity, path, &holder, &related);
  if (field == NULL)
    return bad_path (path, error);
  expression = related == NULL ? sort_expression (entity, holder, field) : NULL;
  if (expression == NULL) /* a list of related records has no order of its own */
    g_string_append (self->order, "h.sort, h.rid");
  else
    g_string_append_printf (self->order, "%s%s NULLS LAST, h.sort, h.rid", expression, direction);
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

static gboolean
add_conditions (KafDatabase *db, KafQuerySql *self, const KafQuery *query, GError **error)
{
  for (guint i = 0; i < kaf_query_get_n_conditions (query); i++)
    if (!add_condition (db, self, kaf_query_get_entity (query), kaf_query_get_condition (query, i),
                        error))
      return FALSE;
  return TRUE;
}

KafQuerySql *
kaf_query_sql_new (KafDatabase *db, const KafQuery *query, GError **error)
{
  const KafEntity *entity = kaf_query_get_entity (query);
  g_autoptr (KafQuerySql) self = query_sql_alloc (entity);

  if (!add_conditions (db, self, query, error) || !add_order (self, query, error))
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
      if (!add_conditions (db, self, queries[i], error))
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
