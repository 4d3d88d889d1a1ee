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

/* When more than one row in so many matches, a page fills so soon that reading documents is
 * cheaper than listing the matches. */
#define DENSE_SHARE 20

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

/* The rows that the index gives, as one bit each: walking then asks the bit alone. Of more than
 * @most, only some are there and NULL is returned. */
static guint8 *
found_bits (KafDatabase *db, guint class, guint most, gint64 *size)
{
  g_autofree char *expression = kaf_matcher_expression (db->search, class);
  g_autoptr (KafStatement) statement =
      kaf_database_prepare (db, "SELECT rowid FROM search WHERE search MATCH ?1 LIMIT ?2", NULL);
  gint64 last = kaf_database_get_int (db, "SELECT max (rid) FROM head", NULL);
  g_autofree guint8 *bits = g_malloc0 (last / 8 + 1);
  guint n = 0;

  if (statement == NULL)
    return NULL;
  kaf_statement_bind_text (statement, 1, expression);
  sqlite3_bind_int64 (statement, 2, (gint64) most + 1);
  while (kaf_database_step (db, statement, NULL))
    {
      gint64 rid = sqlite3_column_int64 (statement, 0);

      if (rid <= last)
        bits[rid / 8] |= 1 << (rid % 8);
      n++;
    }
  *size = last;
  return n <= most ? g_steal_pointer (&bits) : NULL;
}

/* The rows of class 0 stand together in the order of names: a range of it. */
static void
add_range (KafDatabase *db, KafQuerySql *sql)
{
  const char *word = kaf_matcher_words (db->search)[0];
  const char *sort = sort_column (db->search);
  g_autofree char *end = g_strconcat (word, "\xf4\x8f\xbf\xbf", NULL);
  g_autofree char *from = kaf_query_sql_bind (sql, word);
  g_autofree char *to = kaf_query_sql_bind (sql, end);

  g_string_append_printf (sql->where, " AND h.%s >= %s AND h.%s < %s", sort, from, sort, to);
}

/* Walks the order of names and keeps rows of that class until @n are found. With @bits, a row is
 * looked up there; without, its document is read: dearer a row, but soon at the end. */
static gboolean
walk (KafDatabase *db,
      const KafQuery *query,
      guint class,
      const guint8 *bits,
      gint64 size,
      GHashTable *seen,
      guint n,
      GArray *rids,
      GError **error)
{
  const char *word = kaf_matcher_words (db->search)[0];
  const char *sort = sort_column (db->search);
  g_autoptr (KafQuerySql) sql = kaf_query_sql_new (db, query, error);
  g_autoptr (KafStatement) statement = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) local = NULL;

  if (sql == NULL)
    return FALSE;
  if (class == 0)
    add_range (db, sql);
  text = bits != NULL
             ? g_strdup_printf ("SELECT h.rid, h.%s FROM %s WHERE %s ORDER BY h.%s, h.rid", sort,
                                sql->from->str, sql->where->str, sort)
             : g_strdup_printf ("SELECT h.rid, h.%s FROM %s CROSS JOIN search_doc d WHERE"
                                " d.rid = h.rid AND %s AND kaf_class (d.name, d.key, d.rest, h.%s)"
                                " = %u ORDER BY h.%s, h.rid",
                                sort, sql->from->str, sql->where->str, sort, class, sort);
  statement = kaf_query_sql_prepare (db, sql, text, error);
  if (statement == NULL)
    return FALSE;

  while (rids->len < n && kaf_database_step (db, statement, &local))
    {
      guint32 rid = sqlite3_column_int64 (statement, 0);

      if (bits != NULL &&
          (rid > size || (bits[rid / 8] & 1 << (rid % 8)) == 0 ||
           g_hash_table_contains (seen, GUINT_TO_POINTER (rid)) ||
           (class == 1 && g_str_has_prefix (kaf_statement_text (statement, 1), word))))
        continue;
      g_array_append_val (rids, rid);
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Row numbers that the index gives for @class and that are not in @seen, which grows by them. */
static GArray *
new_rids (KafDatabase *db, guint class, GHashTable *seen, GError **error)
{
  g_autofree char *expression = kaf_matcher_expression (db->search, class);
  g_autoptr (KafStatement) statement =
      kaf_database_prepare (db, "SELECT rowid FROM search WHERE search MATCH ?1", error);
  g_autoptr (GArray) rids = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GError) local = NULL;

  if (statement == NULL)
    return NULL;
  kaf_statement_bind_text (statement, 1, expression);
  while (kaf_database_step (db, statement, &local))
    {
      guint32 rid = sqlite3_column_int64 (statement, 0);

      if (g_hash_table_add (seen, GUINT_TO_POINTER (rid)))
        g_array_append_val (rids, rid);
    }
  if (local == NULL)
    return g_steal_pointer (&rids);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/* Adds the row to @hits if it satisfies the query's conditions. */
static gboolean
add_hit (KafDatabase *db,
         KafStatement *look,
         int mark,
         guint32 rid,
         guint class,
         GArray *hits,
         GError **error)
{
  Hit hit = { rid, class, NULL };
  g_autoptr (GError) local = NULL;

  sqlite3_bind_int64 (look, mark, rid);
  if (kaf_database_step (db, look, &local))
    {
      hit.sort = g_strdup (kaf_statement_text (look, 0));
      if (class == 1 && g_str_has_prefix (hit.sort, kaf_matcher_words (db->search)[0]))
        hit.class = 0;
      g_array_append_val (hits, hit);
    }
  sqlite3_reset (look);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* The rows that the index gives for @class and for none before, sorted: the index says by itself
 * of which class a row is, by the first expression that finds it. */
static GArray *
from_index (KafDatabase *db, const KafQuery *query, guint class, GHashTable *seen, GError **error)
{
  g_autoptr (KafQuerySql) sql = kaf_query_sql_new (db, query, error);
  g_autoptr (GArray) rids = sql != NULL ? new_rids (db, class, seen, error) : NULL;
  g_autoptr (GArray) hits = hits_new ();
  g_autoptr (KafStatement) look = NULL;
  g_autofree char *text = NULL;

  if (rids == NULL)
    return NULL;
  text = g_strdup_printf ("SELECT h.%s FROM %s WHERE %s AND h.rid = ?%u", sort_column (db->search),
                          sql->from->str, sql->where->str, sql->values->len + 1);
  look = kaf_query_sql_prepare (db, sql, text, error);
  if (look == NULL)
    return NULL;
  for (guint i = 0; i < rids->len; i++)
    if (!add_hit (db, look, sql->values->len + 1, g_array_index (rids, guint32, i), class, hits,
                  error))
      return NULL;
  g_array_sort (hits, compare_hits);
  return g_steal_pointer (&hits);
}

static void
append_rids (GArray *rids, GArray *hits, guint limit)
{
  for (guint i = 0; i < hits->len && rids->len < limit; i++)
    g_array_append_val (rids, g_array_index (hits, Hit, i).rid);
}

/* Up to how many hits sorting all beats walking for a page; walking has the longer tail, since the
 * matches may stand together at the end. */
static guint
sparse_limit (gint64 n_rows, guint page)
{
  return CLAMP ((guint) sqrt (1.5 * n_rows * page), 1000, 10000);
}

/* What the search for a first page knows as it goes from class to class. */
typedef struct
{
  const KafQuery *query;
  guint limit, sparse;
  gint64 n_rows;    /* of the entity */
  GHashTable *seen; /* rows of the classes before */
  GArray *rids;     /* the page */
  guint n_found;
  gboolean exact; /* n_found is all there is */
} FirstPage;

/* The class's rows are few: all of them are taken and sorted. */
static gboolean
take_class (KafDatabase *db, FirstPage *page, guint class, GError **error)
{
  g_autoptr (GArray) hits = from_index (db, page->query, class, page->seen, error);

  if (hits == NULL)
    return FALSE;
  page->n_found += hits->len;
  append_rids (page->rids, hits, page->limit);
  return TRUE;
}

/* @n rows match up to this class. Names that begin with the word stand together, so that they are
 * tried first whatever the number; then few are sorted, and for many the order is walked. */
static gboolean
fill_class (KafDatabase *db, FirstPage *page, guint class, guint n, GError **error)
{
  g_autofree guint8 *bits = NULL;
  gint64 size = 0;

  if (class == 1)
    {
      bits = found_bits (db, 1, page->n_rows / DENSE_SHARE, &size);
      if (!walk (db, page->query, 0, bits, size, page->seen, page->limit, page->rids, error))
        return FALSE;
      page->n_found = page->rids->len;
      page->exact = FALSE;
      if (page->rids->len >= page->limit && n > COUNT_MAX)
        return TRUE;
      if (n <= page->sparse)
        {
          g_array_set_size (page->rids, 0);
          page->n_found = 0;
          page->exact = TRUE;
        }
    }

  if (n <= page->sparse)
    return take_class (db, page, class, error);

  page->exact = FALSE;
  if (bits == NULL)
    bits = found_bits (db, class, page->n_rows / DENSE_SHARE, &size);
  return walk (db, page->query, class, bits, size, page->seen, page->limit, page->rids, error);
}

static GArray *
search_first (KafDatabase *db,
              const KafQuery *query,
              guint limit,
              gint64 *total,
              gint64 *at_least,
              GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  g_autoptr (GArray) rids = g_array_new (FALSE, FALSE, sizeof (guint32));
  FirstPage page = { .query = query, .limit = limit, .seen = seen, .rids = rids, .exact = TRUE };
  guint n = 0;

  page.n_rows = kaf_page_total (db, kaf_query_get_entity (query));
  page.sparse = sparse_limit (page.n_rows, limit);
  for (guint class = 1; class <= 3; class ++)
    {
      n = count_indexed (db, db->search, class, page.sparse + 1);

      /* The page is full: the rest is taken along only where that is cheap and gives the total. */
      if (rids->len >= limit && (!page.exact || n > COUNT_MAX))
        {
          page.exact = FALSE;
          break;
        }
      if (n > 0 && !fill_class (db, &page, class, n, error))
        return NULL;
    }

  if (page.exact)
    *total = page.n_found;
  *at_least = MAX (rids->len, page.n_found);
  if (!page.exact && kaf_query_get_n_conditions (query) == 0)
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
      g_autoptr (GArray) hits = from_index (db, query, class, seen, error);

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
