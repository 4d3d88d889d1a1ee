/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-search.h"

#include <math.h>
#include <string.h>

#include "store/kaf-matcher.h"
#include "store/kaf-page.h"
#include "store/kaf-query-sql.h"

/* Below this, the rows of an entity are simply all looked at. */
#define FEW_ROWS 5000

/* Matches counted before it reads "1 000+". */
#define COUNT_MAX 1000

typedef struct
{
  guint32 rid;
  guint class;
  char *sort;
} Hit;

static void
hit_clear (gpointer data)
{
  g_free (((Hit *) data)->sort);
}

static int
compare_hits (gconstpointer a, gconstpointer b)
{
  const Hit *x = a, *y = b;
  int order;

  if (x->class != y->class)
    return x->class < y->class ? -1 : 1;
  order = strcmp (x->sort, y->sort);
  if (order != 0)
    return order;
  return x->rid < y->rid ? -1 : x->rid > y->rid;
}

static const char *
sort_column (KafMatcher *matcher)
{
  return kaf_matcher_is_arabic (matcher) ? "sort_ar" : "sort";
}

/* Runs a SELECT of (rid, class, sort) and appends what it gives. */
static gboolean
collect (KafDatabase *db, KafQuerySql *sql, const char *text, GArray *hits, GError **error)
{
  g_autoptr (KafStatement) statement = kaf_query_sql_prepare (db, sql, text, error);
  g_autoptr (GError) local = NULL;

  if (statement == NULL)
    return FALSE;
  while (kaf_database_step (db, statement, &local))
    {
      Hit hit = { sqlite3_column_int64 (statement, 0), sqlite3_column_int (statement, 1),
                  g_strdup (kaf_statement_text (statement, 2)) };

      g_array_append_val (hits, hit);
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static GArray *
hits_new (void)
{
  GArray *hits = g_array_new (FALSE, FALSE, sizeof (Hit));

  g_array_set_clear_func (hits, hit_clear);
  return hits;
}

/* How many documents match, counted to @limit; whatever the query's conditions say. */
static guint
count_indexed (KafDatabase *db, KafMatcher *matcher, guint class, guint limit)
{
  g_autofree char *expression = kaf_matcher_expression (matcher, class);
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      db, "SELECT count(*) FROM (SELECT 1 FROM search WHERE search MATCH ?1 LIMIT ?2)", NULL);

  if (statement == NULL)
    return 0;
  kaf_statement_bind_text (statement, 1, expression);
  sqlite3_bind_int64 (statement, 2, limit);
  return kaf_database_step (db, statement, NULL) ? sqlite3_column_int64 (statement, 0) : 0;
}

/* Walks the order of names and keeps rows of that class until @n are found. */
static gboolean
walk (KafDatabase *db, const KafQuery *query, guint class, guint n, GArray *hits, GError **error)
{
  KafMatcher *matcher = db->search;
  g_autoptr (KafQuerySql) sql = kaf_query_sql_new (db, query, error);
  const char *sort = sort_column (matcher);
  g_autoptr (GString) range = g_string_new (NULL);
  g_autofree char *text = NULL;

  if (sql == NULL)
    return FALSE;

  /* Class 0 stands together in that order: a range of it. */
  if (class == 0)
    {
      g_autofree char *end = g_strconcat (kaf_matcher_words (matcher)[0], "\xf4\x8f\xbf\xbf", NULL);
      g_autofree char *from = kaf_query_sql_bind (sql, kaf_matcher_words (matcher)[0]);
      g_autofree char *to = kaf_query_sql_bind (sql, end);

      g_string_append_printf (range, " AND h.%s >= %s AND h.%s < %s", sort, from, sort, to);
    }

  /* The unary + keeps SQLite on the order of names. */
  text = g_strdup_printf ("SELECT h.rid, %u, h.%s FROM %s CROSS JOIN search_doc d"
                          " WHERE d.rid = h.rid AND %s%s AND"
                          " kaf_class (d.name, d.key, d.rest, h.%s) = %u"
                          " ORDER BY h.%s, h.rid LIMIT %u",
                          class, sort, sql->from->str, sql->where->str, range->str, sort, class,
                          sort, n);
  return collect (db, sql, text, hits, error);
}

/* Rows that the index gives for @class and that are not in @seen, sorted; @seen grows by them.
 * The index says by itself of which class a row is: the first expression that finds it. */
static GArray *
from_index (KafDatabase *db,
            const KafQuery *query,
            guint class,
            gint64 limit,
            GHashTable *seen,
            GError **error)
{
  KafMatcher *matcher = db->search;
  g_autoptr (KafQuerySql) sql = kaf_query_sql_new (db, query, error);
  g_autoptr (GArray) hits = hits_new ();
  g_autofree char *expression = kaf_matcher_expression (matcher, class);
  g_autofree char *mark = NULL;
  g_autofree char *text = NULL;

  if (sql == NULL)
    return NULL;
  mark = kaf_query_sql_bind (sql, expression);
  text = g_strdup_printf (
      "SELECT h.rid, %u, h.%s FROM %s WHERE %s AND h.rid IN"
      " (SELECT rowid FROM search WHERE search MATCH %s LIMIT %" G_GINT64_FORMAT ")",
      class, sort_column (matcher), sql->from->str, sql->where->str, mark, limit);
  if (!collect (db, sql, text, hits, error))
    return NULL;

  for (guint i = hits->len; i-- > 0;)
    {
      Hit *hit = &g_array_index (hits, Hit, i);

      if (!g_hash_table_add (seen, GUINT_TO_POINTER (hit->rid)))
        g_array_remove_index_fast (hits, i);
      else if (class == 1 && g_str_has_prefix (hit->sort, kaf_matcher_words (matcher)[0]))
        hit->class = 0;
    }
  g_array_sort (hits, compare_hits);
  return g_steal_pointer (&hits);
}

static void
append_rids (GArray *rids, GArray *hits, guint limit)
{
  for (guint i = 0; i < hits->len && rids->len < limit; i++)
    g_array_append_val (rids, g_array_index (hits, Hit, i).rid);
}

/* How many hits it costs as much to sort as to walk for a page: the root of both. */
static guint
sparse_limit (gint64 n_rows, guint page)
{
  return CLAMP ((guint) sqrt ((double) n_rows * page / 2), 1000, 8000);
}

static gboolean
fill_class (
    KafDatabase *db, const KafQuery *query, guint class, guint limit, GArray *rids, GError **error)
{
  g_autoptr (GArray) hits = hits_new ();

  if (rids->len >= limit)
    return TRUE;
  if (!walk (db, query, class, limit - rids->len, hits, error))
    return FALSE;
  append_rids (rids, hits, limit);
  return TRUE;
}

static GArray *
search_first (KafDatabase *db,
              const KafQuery *query,
              guint limit,
              gint64 *total,
              gint64 *at_least,
              GError **error)
{
  const guint rows = CLAMP (kaf_page_total (db, kaf_query_get_entity (query)), 0, G_MAXINT);
  const guint sparse = sparse_limit (rows, limit);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  g_autoptr (GArray) rids = g_array_new (FALSE, FALSE, sizeof (guint32));
  gboolean all_seen = TRUE;
  guint n = 0;

  for (guint class = 1; class <= 3 && (rids->len < limit || all_seen); class ++)
    {
      n = count_indexed (db, db->search, class, sparse + 1);
      if (n <= sparse)
        {
          g_autoptr (GArray) hits = from_index (db, query, class, -1, seen, error);

          if (hits == NULL)
            return NULL;
          append_rids (rids, hits, limit);
          continue;
        }

      /* Many: walk, class by class, what the ones before did not give. */
      all_seen = FALSE;
      if ((class == 1 && !fill_class (db, query, 0, limit, rids, error)) ||
          !fill_class (db, query, class, limit, rids, error))
        return NULL;
    }

  if (all_seen)
    *total = g_hash_table_size (seen);
  *at_least = MAX (rids->len, g_hash_table_size (seen));
  if (!all_seen && kaf_query_get_n_conditions (query) == 0)
    *at_least = MAX (*at_least, MIN (n, COUNT_MAX));
  return g_steal_pointer (&rids);
}

/* Of few rows, each is looked at: no index beats that, and other entities' matches cost nothing. */
static GArray *
scan (KafDatabase *db, const KafQuery *query, GError **error)
{
  g_autoptr (KafQuerySql) sql = kaf_query_sql_new (db, query, error);
  g_autoptr (GArray) hits = hits_new ();
  g_autoptr (GArray) rids = g_array_new (FALSE, FALSE, sizeof (guint32));
  const char *sort = sort_column (db->search);
  g_autofree char *text = NULL;

  if (sql == NULL)
    return NULL;
  text = g_strdup_printf ("SELECT h.rid, kaf_class (d.name, d.key, d.rest, h.%s) AS class, h.%s"
                          " FROM %s JOIN search_doc d ON d.rid = h.rid WHERE %s AND class < %d",
                          sort, sort, sql->from->str, sql->where->str, KAF_MATCH_NONE);
  if (!collect (db, sql, text, hits, error))
    return NULL;
  g_array_sort (hits, compare_hits);
  append_rids (rids, hits, G_MAXUINT);
  return g_steal_pointer (&rids);
}

GArray *
kaf_search_first (KafDatabase *db,
                  const KafQuery *query,
                  guint limit,
                  gint64 *total,
                  gint64 *at_least,
                  GError **error)
{
  g_autoptr (KafMatcher) matcher = kaf_matcher_new (kaf_query_get_text (query));
  GArray *rids = NULL;

  *total = -1;
  *at_least = 0;
  if (matcher == NULL)
    {
      *total = 0;
      return g_array_new (FALSE, FALSE, sizeof (guint32));
    }

  db->search = matcher;
  if (kaf_page_total (db, kaf_query_get_entity (query)) <= FEW_ROWS)
    {
      rids = scan (db, query, error);
      if (rids != NULL)
        {
          *total = *at_least = rids->len;
          g_array_set_size (rids, MIN (rids->len, limit));
        }
    }
  else
    rids = search_first (db, query, limit, total, at_least, error);
  db->search = NULL;
  return rids;
}

/* With a sort of its own, the query's matches come in that order. */
static GArray *
sorted_matches (KafDatabase *db, const KafQuery *query, KafMatcher *matcher, GError **error)
{
  g_autoptr (KafQuerySql) sql = kaf_query_sql_new (db, query, error);
  g_autoptr (GArray) rids = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autofree char *expression = kaf_matcher_expression (matcher, 3);
  g_autofree char *text = NULL;
  g_autofree char *mark = NULL;
  g_autoptr (KafStatement) statement = NULL;
  g_autoptr (GError) local = NULL;

  if (sql == NULL)
    return NULL;
  mark = kaf_query_sql_bind (sql, expression);
  text = g_strdup_printf ("SELECT h.rid FROM %s WHERE %s AND h.rid IN"
                          " (SELECT rowid FROM search WHERE search MATCH %s) ORDER BY %s",
                          sql->from->str, sql->where->str, mark, sql->order->str);
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
kaf_search_all (KafDatabase *db, const KafQuery *query, GError **error)
{
  g_autoptr (KafMatcher) matcher = kaf_matcher_new (kaf_query_get_text (query));
  g_autoptr (GHashTable) seen = NULL;
  GArray *rids;

  if (matcher == NULL)
    return g_array_new (FALSE, FALSE, sizeof (guint32));
  if (kaf_query_get_sort (query) != NULL)
    return sorted_matches (db, query, matcher, error);

  seen = g_hash_table_new (NULL, NULL);
  rids = g_array_new (FALSE, FALSE, sizeof (guint32));
  db->search = matcher;
  for (guint class = 1; class <= 3; class ++)
    {
      g_autoptr (GArray) hits = from_index (db, query, class, -1, seen, error);

      if (hits == NULL)
        {
          g_clear_pointer (&rids, g_array_unref);
          break;
        }
      append_rids (rids, hits, G_MAXUINT);
    }
  db->search = NULL;
  return rids;
}

GArray *
kaf_search_brute (KafDatabase *db, const KafQuery *query, GError **error)
{
  g_autoptr (KafMatcher) matcher = kaf_matcher_new (kaf_query_get_text (query));
  GArray *rids;

  if (matcher == NULL)
    return g_array_new (FALSE, FALSE, sizeof (guint32));
  db->search = matcher;
  rids = scan (db, query, error);
  db->search = NULL;
  return rids;
}
