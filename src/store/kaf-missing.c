/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-missing.h"

#include "base/kaf-words.h"
#include "rules/quality/kaf-quality.h"
#include "schema/kaf-role.h"
#include "store/kaf-permit.h"
#include "store/kaf-query-where.h"

struct _KafMissing
{
  KafDatabase *db;
  KafStatement *statement;
  guint n;
  KafQualityMeasure measures[KAF_QUALITY_N_MEASURES]; /* by column */
};

static gboolean
is_unreadable (const KafField *field, gpointer role)
{
  return !kaf_role_can_read (role, field);
}

/* The measure as a query, or NULL where nobody is asked for it, or not by this user. (transfer full) */
static KafQuery *
make_query (KafDatabase *db, const KafEntity *entity, KafQualityMeasure measure)
{
  const KafRole *role = kaf_permit_read (db);
  KafDay day = kaf_day_from_time (kaf_clock_now (kaf_database_get_clock (db)));
  g_autoptr (KafQuery) all = kaf_query_new (entity);
  g_autoptr (KafQuery) query = NULL;

  if (kaf_quality_asked (measure) == NULL || !kaf_quality_concerns (entity, measure))
    return NULL;
  query = kaf_quality_list (all, measure, day);
  if (role != NULL && kaf_query_find_field (query, is_unreadable, (gpointer) role) != NULL)
    return NULL;
  return g_steal_pointer (&query);
}

/* Whether it holds of the row, 0 or 1. (transfer full); NULL with error */
static char *
make_test (KafDatabase *db, KafQuerySql *sql, const KafQuery *query, GError **error)
{
  gsize length = sql->where->len;
  gboolean few = sql->few;
  char *test;

  if (!kaf_query_where_add (db, sql, query, error))
    return NULL;
  test = g_strdup_printf ("ifnull (TRUE%s, 0)", sql->where->str + length);
  g_string_truncate (sql->where, length);
  /* It chooses no rows. */
  sql->few = few;
  return test;
}

char *
kaf_missing_gain (KafDatabase *db, KafQuerySql *sql, const KafEntity *entity, GError **error)
{
  g_autoptr (GString) gain = g_string_new ("(0");

  for (guint measure = 0; measure < KAF_QUALITY_N_MEASURES; measure++)
    {
      g_autoptr (KafQuery) query = make_query (db, entity, measure);
      g_autofree char *test = NULL;

      if (query == NULL)
        continue;
      test = make_test (db, sql, query, error);
      if (test == NULL)
        return NULL;
      g_string_append_printf (gain, " + %u * %s", kaf_quality_gain (measure), test);
    }
  g_string_append_c (gain, ')');
  return g_string_free (g_steal_pointer (&gain), FALSE);
}

/* One column a measure; the row's number is bound last. */
KafMissing *
kaf_missing_new (KafDatabase *db, const KafEntity *entity, GError **error)
{
  g_autoptr (KafMissing) self = g_new0 (KafMissing, 1);
  g_autoptr (KafQuery) all = kaf_query_new (entity);
  g_autoptr (GPtrArray) queries = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_query_unref);
  g_autoptr (KafQuerySql) sql = NULL;
  g_autofree char *text = NULL;

  self->db = db;
  for (guint measure = 0; measure < KAF_QUALITY_N_MEASURES; measure++)
    {
      KafQuery *query = make_query (db, entity, measure);

      if (query == NULL)
        continue;
      self->measures[self->n++] = measure;
      g_ptr_array_add (queries, query);
    }
  if (self->n == 0)
    return g_steal_pointer (&self);
  sql = kaf_query_sql_new_counts (db, (const KafQuery *const *) queries->pdata, self->n, error);
  if (sql == NULL)
    return NULL;
  text = g_strdup_printf ("SELECT %s FROM %s WHERE h.rid = ?%u", sql->columns->str, sql->from->str,
                          sql->values->len + 1);
  self->statement = kaf_query_sql_prepare (db, sql, text, error);
  return self->statement != NULL ? g_steal_pointer (&self) : NULL;
}

void
kaf_missing_free (KafMissing *self)
{
  g_clear_pointer (&self->statement, kaf_statement_done);
  g_free (self);
}

gboolean
kaf_missing_read (KafMissing *self, guint32 rid, guint *bits, GError **error)
{
  GError *local = NULL;

  *bits = 0;
  if (self->statement == NULL)
    return TRUE;
  sqlite3_bind_int64 (self->statement, sqlite3_bind_parameter_count (self->statement), rid);
  if (kaf_database_step (self->db, self->statement, &local))
    for (guint i = 0; i < self->n; i++)
      if (sqlite3_column_int64 (self->statement, (int) i) > 0)
        *bits |= 1u << self->measures[i];
  sqlite3_reset (self->statement);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

/* The first word begins the line; each is said once. */
char *
kaf_missing_describe (guint bits, KafLang lang)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char *before = NULL;

  for (guint measure = 0; measure < KAF_QUALITY_N_MEASURES; measure++)
    {
      const char *asked = kaf_quality_asked (measure);
      const char *word;
      g_autofree char *lower = NULL;

      if ((bits & 1u << measure) == 0 || asked == NULL || asked == before)
        continue;
      before = asked;
      word = kaf_words_get (lang, asked);
      lower = text->len > 0 ? g_utf8_strdown (word, -1) : g_strdup (word);
      if (text->len > 0)
        g_string_append (text, lang == KAF_LANG_AR ? "، " : ", ");
      g_string_append (text, lower);
    }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

char *
kaf_missing_to_codes (guint bits)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint measure = 0; measure < KAF_QUALITY_N_MEASURES; measure++)
    if ((bits & 1u << measure) != 0)
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", kaf_quality_id (measure));
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}
