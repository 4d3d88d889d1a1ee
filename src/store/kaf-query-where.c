/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of a related record have names of their own by a number: "e2" is the entity's, "o2" its owner's, "k2" what is
 * derived, "h2" its head. A subquery names only its own and gives what the one around it compares: an id, a row. */
#include "config.h"

#include "store/kaf-query-where.h"

#include <string.h>

#include "base/kaf-validation-error.h"
#include "schema/kaf-derived.h"
#include "schema/kaf-registry.h"
#include "store/kaf-permit.h"
#include "sync/kaf-json.h"

/* A set's elements found this often are looked up row by row; rarer ones through their index. */
#define DENSE_FROM 5000

typedef struct
{
  KafDatabase *db;
  KafQuerySql *sql;
  KafDay day;
  guint n_places;
  GError **error;
} Compiler;

/* Whose records are asked about at one place of the tree. */
typedef struct
{
  const KafEntity *entity;
  guint number;         /* 0: those sought */
  gboolean must;        /* what is asked here holds of every record found */
  gboolean head, owner; /* tables named beside the entity's */
  guint derived;        /* the same, bits of kaf_derived_tables() */
} Place;

static char *compile (Compiler *self, Place *place, const KafNode *node);

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
set_test (Compiler *self,
          const Place *place,
          const KafEntity *holder,
          const KafField *field,
          const KafCondition *condition,
          const char *rid)
{
  gboolean known = condition->op == KAF_OP_SET || condition->op == KAF_OP_UNSET;
  gboolean negate = condition->op == KAF_OP_NONE_OF || condition->op == KAF_OP_UNSET;
  const char *not_word = negate ? "NOT " : "";
  g_autoptr (GPtrArray) codes = expand (self->db, field, known ? NULL : condition->values);
  g_autofree char *list = NULL;
  g_autofree char *test = NULL;

  if (known)
    test = g_strdup ("");
  else if (condition->op == KAF_OP_CONTAINS)
    {
      g_autofree char *mark = kaf_query_sql_bind (self->sql, condition->values[0]);

      test = g_strdup_printf (" AND instr (lower (s.value), lower (%s))", mark);
    }
  else
    {
      list = value_list (self->sql, codes);
      test = g_strdup_printf (" AND s.value IN %s", list);
    }

  if (list != NULL && !is_dense (self->db, holder, field, codes))
    {
      self->sql->few |= !negate && place->must && place->number == 0;
      return g_strdup_printf ("%s %sIN (SELECT s.rid FROM \"%s_set\" s WHERE s.field = '%s'%s"
                              " AND s.removed IS NULL)",
                              rid, not_word, holder->id, field->id, test);
    }
  /* The few elements of a row are looked at, rather than each of many values looked up for it: the plus keeps SQLite
   * from the index of the values. */
  if (list != NULL && codes->len > 1)
    {
      g_free (test);
      test = g_strdup_printf (" AND +s.value IN %s", list);
    }
  return g_strdup_printf ("%sEXISTS (SELECT 1 FROM \"%s_set\" s WHERE s.rid = %s AND"
                          " s.field = '%s'%s AND s.removed IS NULL)",
                          not_word, holder->id, rid, field->id, test);
}

/* A figure compares with figures alone; an amount with those of its currency. */
static char *
number_test (const KafField *field, const KafCondition *condition, const char *column)
{
  const char *sign = condition->op == KAF_OP_AT_LEAST ? ">=" : "<=";
  g_auto (GStrv) parts = g_strsplit (condition->values[0], " ", 2);
  gint64 number;

  if (parts[0] == NULL ||
      !g_ascii_string_to_signed (parts[0], 10, G_MININT64, G_MAXINT64, &number, NULL))
    return g_strdup ("0");
  if (field->kind != KAF_KIND_MONEY)
    return g_strdup_printf ("%s %s %" G_GINT64_FORMAT, column, sign, number);

  /* "e.\"amount\"": the currency stands beside it. */
  if (parts[1] == NULL || strlen (parts[1]) != 3 ||
      strspn (parts[1], "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 3)
    return g_strdup ("0");
  return g_strdup_printf ("(%s %s %" G_GINT64_FORMAT " AND %.*s_currency\" = '%s')", column, sign,
                          number, (int) strlen (column) - 1, column, parts[1]);
}

/* Days from the day that the query is asked on. A date that tells less than a day compares as its text. */
static char *
days_test (Compiler *self, const KafCondition *condition, const char *column)
{
  guint64 days = 0;
  g_autofree char *today = kaf_day_to_iso (self->day);
  g_autofree char *other = NULL;

  if (!g_ascii_string_to_unsigned (condition->values[0], 10, 0, KAF_OP_DAYS_MAX, &days, NULL))
    return g_strdup ("0");
  other = kaf_day_to_iso (condition->op == KAF_OP_NEXT_DAYS ? self->day + (KafDay) days
                                                            : self->day - (KafDay) days);
  switch (condition->op)
    {
    case KAF_OP_LAST_DAYS:
      return g_strdup_printf ("(%s >= '%s' AND %s <= '%s')", column, other, column, today);
    case KAF_OP_NEXT_DAYS:
      return g_strdup_printf ("(%s >= '%s' AND %s <= '%s')", column, today, column, other);
    default:
      return g_strdup_printf ("%s < '%s'", column, other);
    }
}

/* An amount is two columns, its value both. */
static char *
amount_column (const KafField *field, const char *column)
{
  if (field->kind != KAF_KIND_MONEY)
    return g_strdup (column);
  return g_strdup_printf ("(%s || ' ' || %.*s_currency\")", column, (int) strlen (column) - 1,
                          column);
}

static char *
scalar_test (Compiler *self,
             const KafField *field,
             const KafCondition *condition,
             const char *column)
{
  gboolean number = field->kind == KAF_KIND_MONEY || field->kind == KAF_KIND_INTEGER;
  g_autoptr (GPtrArray) codes = NULL;
  g_autofree char *value = NULL;
  g_autofree char *whole = amount_column (field, column);

  switch (condition->op)
    {
    case KAF_OP_ANY_OF:
      codes = expand (self->db, field, condition->values);
      value = value_list (self->sql, codes);
      return g_strdup_printf ("%s IN %s", whole, value);
    case KAF_OP_NONE_OF:
      codes = expand (self->db, field, condition->values);
      value = value_list (self->sql, codes);
      return g_strdup_printf ("(%s IS NULL OR %s NOT IN %s)", whole, whole, value);
    case KAF_OP_AT_LEAST:
    case KAF_OP_AT_MOST:
      if (number)
        return number_test (field, condition, column);
      value = kaf_query_sql_bind (self->sql, condition->values[0]);
      return g_strdup_printf ("%s %s %s", column,
                              condition->op == KAF_OP_AT_LEAST ? ">=" : "<=", value);
    case KAF_OP_CONTAINS:
      value = kaf_query_sql_bind (self->sql, condition->values[0]);
      return g_strdup_printf ("instr (lower (%s), lower (%s))", whole, value);
    case KAF_OP_LAST_DAYS:
    case KAF_OP_NEXT_DAYS:
    case KAF_OP_BEFORE_DAYS:
      return days_test (self, condition, column);
    case KAF_OP_SET:
      return g_strdup_printf ("%s IS NOT NULL", column);
    case KAF_OP_UNSET:
    default:
      return g_strdup_printf ("%s IS NULL", column);
    }
}

/* A selection may count many thousands: one value, whatever their number. */
static char *
chosen_test (Compiler *self, const KafCondition *condition, const char *id)
{
  g_autoptr (GString) list = g_string_new ("[");
  g_autofree char *mark = NULL;

  for (char **one = condition->values; one != NULL && *one != NULL; one++)
    {
      if (list->len > 1)
        g_string_append_c (list, ',');
      kaf_json_append_string (list, *one);
    }
  g_string_append_c (list, ']');
  mark = kaf_query_sql_bind (self->sql, list->str);
  return g_strdup_printf ("%s %sIN (SELECT value FROM json_each (%s))", id,
                          condition->op == KAF_OP_NONE_OF ? "NOT " : "", mark);
}

/* Places */

const char *
kaf_query_where_alias (const KafEntity *entity, const KafEntity *holder, const KafField *field)
{
  if (kaf_field_is_derived (field))
    return kaf_derived_get_table (field);
  return holder == entity ? "e" : "o";
}

gboolean
kaf_query_where_bad_path (const char *path, GError **error)
{
  g_set_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_SYNTAX, "no such field: %s", path);
  return FALSE;
}

static char *
name_table (const Place *place, const char *letter)
{
  return place->number == 0 ? g_strdup (letter) : g_strdup_printf ("%s%u", letter, place->number);
}

static char *
name_column (Place *place, const KafEntity *holder, const KafField *field)
{
  const char *letter = kaf_query_where_alias (place->entity, holder, field);
  g_autofree char *table = name_table (place, letter);

  place->owner |= g_str_equal (letter, "o");
  for (guint i = 0; kaf_derived_tables ()[i] != NULL; i++)
    if (g_str_equal (letter, kaf_derived_tables ()[i]))
      place->derived |= 1u << i;
  return g_strdup_printf ("%s.\"%s\"", table, field->id);
}

static char *
name_rid (const Place *place)
{
  g_autofree char *table = name_table (place, place->number == 0 ? "h" : "e");

  return g_strconcat (table, ".rid", NULL);
}

static char *
name_id (Place *place)
{
  g_autofree char *table = name_table (place, "h");

  place->head = TRUE;
  return g_strconcat (table, ".id", NULL);
}

static Place
enter (Compiler *self, const KafEntity *entity)
{
  return (Place){
    .entity = entity, .number = ++self->n_places, .must = TRUE, .head = entity->facet != 0
  };
}

/* The tables of a place, once all that it asks was written, and what holds of any live record there. */
static void
append_tables (const Place *place, GString *from, GString *where)
{
  const KafEntity *entity = place->entity;
  guint n = place->number;

  g_string_append_printf (from, "\"%s\" e%u", entity->id, n);
  g_string_append_printf (where, "e%u.deleted_at IS NULL", n);
  if (place->head)
    g_string_append_printf (from, " JOIN head h%u ON h%u.rid = e%u.rid", n, n, n);
  if (entity->facet != 0)
    g_string_append_printf (where, " AND h%u.deleted = 0 AND h%u.facets & %u", n, n, entity->facet);
  if (place->owner)
    g_string_append_printf (from, " JOIN \"%s\" o%u ON o%u.rid = e%u.rid", entity->owner, n, n, n);
  for (guint i = 0; kaf_derived_tables ()[i] != NULL; i++)
    if ((place->derived & 1u << i) != 0)
      g_string_append_printf (from, " LEFT JOIN %s %s%u ON %s%u.rid = e%u.rid",
                              kaf_derived_tables ()[i], kaf_derived_tables ()[i], n,
                              kaf_derived_tables ()[i], n, n);
}

/* Groups */

/* All or one of them, or NULL with error; "1" where nothing is asked. */
static char *
join (Compiler *self, Place *place, GPtrArray *nodes, const char *word)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < nodes->len; i++)
    {
      g_autofree char *one = compile (self, place, g_ptr_array_index (nodes, i));

      if (one == NULL)
        return NULL;
      g_string_append_printf (text, "%s%s", i == 0 ? "(" : word, one);
    }
  g_string_append (text, nodes->len > 0 ? ")" : "1");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
compile_group (Compiler *self, Place *place, const KafNode *node)
{
  gboolean must = place->must;
  g_autofree char *text = NULL;

  place->must = must && node->kind == KAF_NODE_ALL;
  text = join (self, place, node->children, node->kind == KAF_NODE_ALL ? " AND " : " OR ");
  place->must = must;
  /* What is unknown satisfies nothing; so it is among those of whom none of it holds. */
  if (text != NULL && node->kind == KAF_NODE_NONE && node->children->len > 0)
    return g_strdup_printf ("NOT ifnull (%s, 0)", text);
  return g_steal_pointer (&text);
}

/* Related records */

/* " GROUP BY … HAVING …" for at least so many. */
static char *
count_clause (const KafNode *node, const char *by)
{
  if (node->how != KAF_HOW_AT_LEAST || node->at_least <= 1)
    return g_strdup ("");
  return g_strdup_printf (" GROUP BY %s HAVING count(*) >= %u", by, node->at_least);
}

static char *
belonging_test (Place *outer, const KafNode *node, const Place *inner, const char *test)
{
  const KafField *field = node->link.field;
  g_autofree char *id = name_id (outer);
  g_autofree char *by = NULL, *count = NULL;
  g_autoptr (GString) from = g_string_new (NULL);
  g_autoptr (GString) where = g_string_new (NULL);

  append_tables (inner, from, where);
  if (kaf_field_is_many (field))
    {
      by = g_strdup_printf ("s%u.value", inner->number);
      g_string_append_printf (from,
                              " JOIN \"%s_set\" s%u ON s%u.rid = e%u.rid AND s%u.field = '%s'"
                              " AND s%u.removed IS NULL",
                              node->link.entity->id, inner->number, inner->number, inner->number,
                              inner->number, field->id, inner->number);
    }
  else
    by = g_strdup_printf ("e%u.\"%s\"", inner->number, field->id);
  count = count_clause (node, by);
  return g_strdup_printf ("%s %sIN (SELECT %s FROM %s WHERE %s AND %s AND %s IS NOT NULL%s)", id,
                          node->how == KAF_HOW_NONE ? "NOT " : "", by, from->str, test, where->str,
                          by, count);
}

/* The inner place needs its id: said before its tables are written. */
static char *
reference_test (Place *outer, const KafNode *node, Place *inner, const char *test)
{
  const KafField *field = node->link.field;
  const KafEntity *holder = kaf_entity_find_field (outer->entity, field->id) == field
                                ? outer->entity
                                : kaf_entity_get_root (outer->entity);
  gboolean none = node->how == KAF_HOW_NONE;
  g_autofree char *rid = name_rid (outer);
  g_autofree char *id = name_id (inner);
  g_autofree char *column = NULL, *count = NULL;
  g_autoptr (GString) from = g_string_new (NULL);
  g_autoptr (GString) where = g_string_new (NULL);

  append_tables (inner, from, where);
  if (kaf_field_is_many (field))
    {
      count = count_clause (node, "s.rid");
      return g_strdup_printf ("%s %sIN (SELECT s.rid FROM \"%s_set\" s WHERE s.field = '%s'"
                              " AND s.removed IS NULL AND s.value IN (SELECT %s FROM %s WHERE %s"
                              " AND %s)%s)",
                              rid, none ? "NOT " : "", holder->id, field->id, id, from->str, test,
                              where->str, count);
    }
  if (node->how == KAF_HOW_AT_LEAST && node->at_least > 1)
    return g_strdup ("0");
  column = name_column (outer, holder, field);
  return g_strdup_printf ("%s%s %sIN (SELECT %s FROM %s WHERE %s AND %s)%s", none ? "(" : "",
                          column, none ? "NOT " : "", id, from->str, test, where->str,
                          none ? " IS NOT FALSE)" : "");
}

static char *
facet_test (const Place *outer, const KafNode *node, const Place *inner, const char *test)
{
  g_autofree char *rid = name_rid (outer);
  g_autoptr (GString) from = g_string_new (NULL);
  g_autoptr (GString) where = g_string_new (NULL);

  if (node->how == KAF_HOW_AT_LEAST && node->at_least > 1)
    return g_strdup ("0");
  append_tables (inner, from, where);
  return g_strdup_printf ("%s %sIN (SELECT e%u.rid FROM %s WHERE %s AND %s)", rid,
                          node->how == KAF_HOW_NONE ? "NOT " : "", inner->number, from->str, test,
                          where->str);
}

static char *
compile_related (Compiler *self, Place *place, const KafNode *node)
{
  Place inner = enter (self, node->link.entity);
  g_autofree char *test = join (self, &inner, node->children, " AND ");

  if (test == NULL)
    return NULL;
  switch (node->link.kind)
    {
    case KAF_LINK_BELONGING:
      return belonging_test (place, node, &inner, test);
    case KAF_LINK_REFERENCE:
      return reference_test (place, node, &inner, test);
    case KAF_LINK_FACET:
    default:
      return facet_test (place, node, &inner, test);
    }
}

/* ENTITY.FIELD: some record of the kind for which it holds, or none for which the contrary does. */
static char *
compile_path (Compiler *self,
              Place *place,
              const KafEntity *related,
              const KafField *field,
              const KafCondition *condition)
{
  gboolean negate = condition->op == KAF_OP_NONE_OF || condition->op == KAF_OP_UNSET;
  const KafField *parent =
      kaf_query_sql_parent_field (related, kaf_entity_get_root (place->entity));
  const KafLink link = { KAF_LINK_BELONGING, related, parent };
  g_autoptr (KafNode) node = NULL;

  if (parent == NULL)
    return NULL;
  node = kaf_node_new_related (&link, negate ? KAF_HOW_NONE : KAF_HOW_SOME, 1);
  kaf_node_add (node, kaf_node_new_condition (field->id,
                                              condition->op == KAF_OP_NONE_OF ? KAF_OP_ANY_OF
                                              : condition->op == KAF_OP_UNSET ? KAF_OP_SET
                                                                              : condition->op,
                                              (const char *const *) condition->values));
  return compile_related (self, place, node);
}

static char *
compile_condition (Compiler *self, Place *place, const KafCondition *condition)
{
  const KafEntity *holder, *related;
  const KafField *field = kaf_query_resolve (place->entity, condition->path, &holder, &related);
  g_autofree char *name = NULL;

  if (field == NULL || !kaf_op_suits (condition->op, field) ||
      (kaf_op_takes_values (condition->op) &&
       (condition->values == NULL || condition->values[0] == NULL)))
    return NULL;
  if (related != NULL)
    return compile_path (self, place, related, field, condition);
  if (g_str_equal (field->id, "id"))
    {
      name = name_id (place);
      return chosen_test (self, condition, name);
    }
  if (kaf_field_is_many (field))
    {
      name = name_rid (place);
      return set_test (self, place, holder, field, condition, name);
    }
  name = name_column (place, holder, field);
  return scalar_test (self, field, condition, name);
}

/* (transfer full); NULL with error */
static char *
compile (Compiler *self, Place *place, const KafNode *node)
{
  char *text;

  if (node->kind == KAF_NODE_RELATED)
    return compile_related (self, place, node);
  if (node->kind != KAF_NODE_CONDITION)
    return compile_group (self, place, node);
  text = compile_condition (self, place, node->condition);
  if (text == NULL)
    kaf_query_where_bad_path (node->condition->path, self->error);
  return text;
}

gboolean
kaf_query_where_is_narrowed (const KafEntity *entity)
{
  return g_str_equal (entity->id, "segment");
}

/* A segment that is not shared is its author's: nobody else finds it, by whatever list or search. */
static void
add_own (KafDatabase *db, KafQuerySql *sql, const KafQuery *query)
{
  g_autofree char *author = NULL;

  if (!kaf_query_where_is_narrowed (kaf_query_get_entity (query)))
    return;
  author = kaf_query_sql_bind (sql, kaf_database_get_author (db));
  g_string_append_printf (sql->where, " AND (e.\"shared\" = 1 OR e.\"created_by\" IS %s)", author);
}

gboolean
kaf_query_where_add (KafDatabase *db, KafQuerySql *sql, const KafQuery *query, GError **error)
{
  Compiler self = { .db = db, .sql = sql, .day = kaf_query_get_day (query), .error = error };
  Place place = { .entity = kaf_query_get_entity (query), .must = TRUE };

  if (kaf_query_get_n_nodes (query) > 0 && !kaf_permit_check_query (db, query, error))
    return FALSE;
  if (self.day == KAF_DAY_UNKNOWN)
    self.day = kaf_day_from_time (kaf_clock_now (kaf_database_get_clock (db)));
  add_own (db, sql, query);
  for (guint i = 0; i < kaf_query_get_n_conditions (query); i++)
    {
      const KafCondition *condition = kaf_query_get_condition (query, i);
      g_autofree char *text = compile_condition (&self, &place, condition);

      if (text == NULL)
        return kaf_query_where_bad_path (condition->path, error);
      g_string_append_printf (sql->where, " AND %s", text);
    }
  for (guint i = 0; i < kaf_query_get_n_nodes (query); i++)
    {
      g_autofree char *text = compile (&self, &place, kaf_query_get_node (query, i));

      if (text == NULL)
        return FALSE;
      g_string_append_printf (sql->where, " AND %s", text);
    }
  return TRUE;
}
