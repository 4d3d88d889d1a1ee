/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-search.h"

#include <math.h>
#include <string.h>

#include "schema/kaf-registry.h"
#include "store/kaf-matcher.h"
#include "store/kaf-page.h"
#include "store/kaf-query-sql.h"

/* Below this, the rows of an entity are simply all looked at. */
#define FEW_ROWS 5000

/* Matches counted before it reads "1 000+". */
#define COUNT_MAX 1000

/* Records of other kinds that are reckoned with rather than looked at. */
#define OTHERS_MAX 2000

/* Letters of a last word that somebody is still typing. */
#define BEGUN_MAX 4

/* What a row costs, in about tenths of a microsecond: to be given by the index, to be looked up by
 * its number, to be met on a walk along the order of names, to have its document read there. */
#define COST_FIND 4
#define COST_LOOK 30
#define COST_MEET 4
#define COST_READ 60

/* Rows that the index gives for an expression, as far as they were asked for: to ask for more goes on where it stopped,
 * for what costs is to open the lists of a word that is only begun. */
typedef struct
{
  KafStatement *statement; /* NULL before the first, and when these are all */
  GArray *found; /* element-type Found, in the order of their numbers; NULL before the first */
} Finding;

/* A search under way. */
typedef struct
{
  KafDatabase *db;
  const KafQuery *query;
  const char *const *words;
  const char *sort;  /* the column of the order: "sort" or "sort_ar" */
  gint64 n_rows;     /* of the entity */
  gint64 n_others;   /* in the index, and not of the entity */
  guint limit;       /* rows wanted */
  GArray *rids;      /* found so far, best first */
  guint8 *marks;     /* by row number: 1 + the class that the index gave it, 0 for none */
  gint64 marks_size; /* the largest row number with a mark */
  GArray *names;     /* rows of the first class: all, or more than dense_limit(); nullable */
  Finding anywhere;  /* of every word, anywhere, each with its class */
  Finding joint;     /* of the names read as a whole */
} Search;

/* A row that the index gives. */
typedef struct
{
  guint32 rid;
  KafMatchClass class;
} Found;

/* A row that satisfies all that is asked for. */
typedef struct
{
  guint32 rid;
  guint rank;
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

  if (x->rank != y->rank)
    return x->rank < y->rank ? -1 : 1;
  order = strcmp (x->sort, y->sort);
  if (order != 0)
    return order;
  return x->rid < y->rid ? -1 : x->rid > y->rid;
}

static GArray *
hits_new (void)
{
  GArray *hits = g_array_new (FALSE, FALSE, sizeof (Hit));

  g_array_set_clear_func (hits, hit_clear);
  return hits;
}

/* A facet's owner counts for both. */
static gint64
count_others (KafDatabase *db, gint64 n_rows)
{
  guint n_entities;
  const KafEntity *const *entities = kaf_registry_entities (&n_entities);
  gint64 n = 0;

  for (guint i = 0; i < n_entities; i++)
    if (entities[i]->owner == NULL &&
        kaf_entity_has (entities[i], KAF_ENTITY_SEARCHED | KAF_ENTITY_LIST))
      n += kaf_page_total (db, entities[i]);
  return MAX (n - n_rows, 0);
}

static void
search_init (Search *self, KafDatabase *db, const KafQuery *query, KafMatcher *matcher, guint limit)
{
  *self = (Search){ .db = db, .query = query, .limit = limit };
  self->words = kaf_matcher_words (matcher);
  self->sort = kaf_matcher_is_arabic (matcher) ? "sort_ar" : "sort";
  self->n_rows = kaf_page_total (db, kaf_query_get_entity (query));
  self->n_others = count_others (db, self->n_rows);
  self->rids = g_array_new (FALSE, FALSE, sizeof (guint32));
  db->search = matcher;
}

static void
finding_close (Finding *self)
{
  if (self->statement != NULL)
    kaf_statement_done (g_steal_pointer (&self->statement));
}

static void
finding_clear (Finding *self)
{
  finding_close (self);
  g_clear_pointer (&self->found, g_array_unref);
}

/* The rows, or NULL when @done is FALSE. */
static GArray *
search_finish (Search *self, gboolean done)
{
  self->db->search = NULL;
  g_clear_pointer (&self->marks, g_free);
  g_clear_pointer (&self->names, g_array_unref);
  finding_clear (&self->anywhere);
  finding_clear (&self->joint);
  if (!done)
    g_clear_pointer (&self->rids, g_array_unref);
  return g_steal_pointer (&self->rids);
}

static gboolean
is_full (Search *self)
{
  return self->rids->len >= self->limit;
}

/* FALSE, with @error set, when @local is; the end of a loop over rows. */
static gboolean
went_well (GError *local, GError **error)
{
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

/* Up to how many rows a list of them beats reading documents on the walk: of more, a page fills
 * soon. */
static guint
dense_limit (Search *self)
{
  return MAX (sqrt ((double) self->limit * self->n_rows * COST_READ / COST_FIND), COUNT_MAX);
}

/* Statements are kept by their text: two that are open at once must not be the same. */
#define ASK_WORDS "SELECT rowid, kaf_found (search) FROM search WHERE search MATCH ?1"
#define ASK_JOINT "SELECT rowid, ?2 + 0 FROM search WHERE search MATCH ?1"
#define ASK_CLASS "SELECT rowid, ?2 FROM search WHERE search MATCH ?1"

/* Goes on until there are @most rows (-1: all). */
static gboolean
find_more (Search *self, Finding *finding, gint64 most, GError **error)
{
  GError *local = NULL;
  gboolean more = finding->statement != NULL;

  while (more && (gint64) finding->found->len != most)
    {
      more = kaf_database_step (self->db, finding->statement, &local);
      if (more)
        {
          Found one = { sqlite3_column_int64 (finding->statement, 0),
                        sqlite3_column_int (finding->statement, 1) };

          g_array_append_val (finding->found, one);
        }
    }
  if (!more)
    finding_close (finding);
  return went_well (local, error);
}

/* Asks the index for @expression. @class: of all its rows, or NONE where the index tells it of each. */
static gboolean
find_first (Search *self,
            Finding *finding,
            const char *sql,
            const char *expression,
            KafMatchClass class,
            gint64 most,
            GError **error)
{
  finding->found = g_array_new (FALSE, FALSE, sizeof (Found));
  finding->statement = kaf_database_prepare (self->db, sql, error);
  if (finding->statement == NULL)
    return FALSE;
  kaf_statement_bind_text (finding->statement, 1, expression);
  if (class != KAF_MATCH_NONE)
    sqlite3_bind_int (finding->statement, 2, class);
  return find_more (self, finding, most, error);
}

/* Up to @most rows up to @class, all said to be of it. */
static GArray *
ask (Search *self, KafMatchClass class, gint64 most, GError **error)
{
  g_autofree char *expression = kaf_matcher_expression (self->db->search, class);
  Finding finding = { NULL };
  GArray *found = NULL;

  if (find_first (self, &finding, ASK_CLASS, expression, class, most, error))
    found = g_array_ref (finding.found);
  finding_clear (&finding);
  return found;
}

/* Up to @most rows whose names, read as a whole, are what was asked for. */
static gboolean
find_joint (Search *self, gint64 most, GError **error)
{
  g_autofree char *expression = NULL;

  if (self->joint.found != NULL)
    return find_more (self, &self->joint, most, error);
  expression = kaf_matcher_joint_expression (self->db->search);
  if (expression != NULL)
    return find_first (self, &self->joint, ASK_JOINT, expression, KAF_MATCH_KEYS, most, error);
  self->joint.found = g_array_new (FALSE, FALSE, sizeof (Found));
  return TRUE;
}

/* Up to @most rows that have every word somewhere. */
static gboolean
find_words (Search *self, gint64 most, GError **error)
{
  g_autofree char *expression = NULL;

  if (self->anywhere.found != NULL)
    return find_more (self, &self->anywhere, most, error);
  expression = kaf_matcher_words_expression (self->db->search);
  return find_first (self, &self->anywhere, ASK_WORDS, expression, KAF_MATCH_NONE, most, error);
}

/* Both in the order of row numbers; of a row that is in both, the better class counts. */
static GArray *
merge (GArray *a, GArray *b)
{
  GArray *merged = g_array_sized_new (FALSE, FALSE, sizeof (Found), a->len + b->len);
  guint i = 0, j = 0;

  while (i < a->len || j < b->len)
    {
      Found one = { G_MAXUINT32, KAF_MATCH_NONE }, other = one;

      if (i < a->len)
        one = g_array_index (a, Found, i);
      if (j < b->len)
        other = g_array_index (b, Found, j);
      i += one.rid <= other.rid && i < a->len;
      j += other.rid <= one.rid && j < b->len;
      if (other.rid < one.rid || (other.rid == one.rid && other.class < one.class))
        one = other;
      g_array_append_val (merged, one);
    }
  return merged;
}

/* The rows of all classes, each with its own. @all (out): these are all, rather than @most. */
static GArray *
find_classes (Search *self, gint64 most, gboolean *all, GError **error)
{
  if (!find_words (self, most, error))
    return NULL;
  *all = self->anywhere.statement == NULL;
  if (!*all)
    return g_array_ref (self->anywhere.found);
  if (!find_joint (self, most, error))
    return NULL;
  *all = self->joint.statement == NULL;
  return merge (self->anywhere.found, self->joint.found);
}

/* Rows of a class before keep their mark. */
static void
mark (Search *self, GArray *found)
{
  if (self->marks == NULL)
    {
      self->marks_size = kaf_database_get_int (self->db, "SELECT max (rid) FROM head", NULL);
      self->marks = g_malloc0 (self->marks_size + 1);
    }
  for (guint i = 0; i < found->len; i++)
    {
      const Found *one = &g_array_index (found, Found, i);

      if (one->rid <= self->marks_size && self->marks[one->rid] == 0)
        self->marks[one->rid] = one->class + 1;
    }
}

/* The class that the row was marked with, or NONE. */
static KafMatchClass
get_mark (Search *self, guint32 rid)
{
  guint mark = self->marks != NULL && rid <= self->marks_size ? self->marks[rid] : 0;

  return mark > 0 ? mark - 1 : KAF_MATCH_NONE;
}

/* Those of @found that satisfy the query's conditions and are of no class before, sorted. */
static GArray *
look_up (Search *self, GArray *found, GError **error)
{
  g_autoptr (KafQuerySql) sql = kaf_query_sql_new (self->db, self->query, error);
  g_autoptr (GArray) hits = hits_new ();
  g_autoptr (KafStatement) look = NULL;
  g_autofree char *text = NULL;
  GError *local = NULL;

  if (sql == NULL)
    return NULL;
  text = g_strdup_printf ("SELECT h.%s FROM %s WHERE %s AND h.rid = ?%u", self->sort,
                          sql->from->str, sql->where->str, sql->values->len + 1);
  look = kaf_query_sql_prepare (self->db, sql, text, error);
  for (guint i = 0; look != NULL && local == NULL && i < found->len; i++)
    {
      const Found *one = &g_array_index (found, Found, i);
      Hit hit = { .rid = one->rid };

      if (get_mark (self, one->rid) < one->class)
        continue;
      sqlite3_bind_int64 (look, sql->values->len + 1, one->rid);
      if (kaf_database_step (self->db, look, &local))
        {
          hit.sort = g_strdup (kaf_statement_text (look, 0));
          hit.rank = kaf_matcher_rank (self->db->search, one->class, hit.sort);
          g_array_append_val (hits, hit);
        }
      sqlite3_reset (look);
    }
  if (look == NULL || !went_well (local, error))
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

/* How a walk tells whether a row is of the rank looked for. */
typedef enum
{
  BY_PLACE, /* what begins with the whole text is where the walk is */
  BY_MARK,
  BY_DOCUMENT,
} Telling;

/* @word: the walk goes over the names that begin with it; NULL: over all. */
static KafStatement *
prepare_walk (Search *self, const char *word, guint rank, Telling telling, GError **error)
{
  g_autoptr (KafQuerySql) sql = kaf_query_sql_new (self->db, self->query, error);
  g_autofree char *text = NULL;

  if (sql == NULL)
    return NULL;
  if (word != NULL)
    {
      g_autofree char *end = g_strconcat (word, "\xf4\x8f\xbf\xbf", NULL);
      g_autofree char *first = kaf_query_sql_bind (sql, word);
      g_autofree char *last = kaf_query_sql_bind (sql, end);

      g_string_append_printf (sql->where, " AND h.%s >= %s AND h.%s < %s", self->sort, first,
                              self->sort, last);
    }
  text = telling == BY_DOCUMENT
             ? g_strdup_printf ("SELECT h.rid, h.%s FROM %s CROSS JOIN search_doc d WHERE"
                                " d.rid = h.rid AND %s AND kaf_rank (d.name, d.key, d.rest, h.%s)"
                                " = %u ORDER BY h.%s, h.rid",
                                self->sort, sql->from->str, sql->where->str, self->sort, rank,
                                self->sort)
             : g_strdup_printf ("SELECT h.rid, h.%s FROM %s WHERE %s ORDER BY h.%s, h.rid",
                                self->sort, sql->from->str, sql->where->str, self->sort);
  return kaf_query_sql_prepare (self->db, sql, text, error);
}

/* Whether the row at hand, found by its mark, is of @rank. */
static gboolean
is_of_rank (Search *self, KafStatement *statement, guint32 rid, guint rank)
{
  KafMatchClass class = rank / KAF_MATCH_N_PLACES;

  return get_mark (self, rid) == class &&
         kaf_matcher_rank (self->db->search, class, kaf_statement_text (statement, 1)) == rank;
}

/* Walks the order of names and keeps rows of @rank until the page is full, or *@budget rows were met
 * (in and out; negative: no end to it). */
static gboolean
walk (Search *self, const char *word, guint rank, Telling telling, gint64 *budget, GError **error)
{
  g_autoptr (KafStatement) statement = prepare_walk (self, word, rank, telling, error);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  while (!is_full (self) && *budget != 0 && kaf_database_step (self->db, statement, &local))
    {
      guint32 rid = sqlite3_column_int64 (statement, 0);

      --*budget;
      if (telling != BY_MARK || is_of_rank (self, statement, rid, rank))
        g_array_append_val (self->rids, rid);
    }
  return went_well (local, error);
}

static gboolean
walk_whole (Search *self, GError **error)
{
  gint64 budget = -1;

  return walk (self, kaf_matcher_whole (self->db->search),
               KAF_MATCH_RANK (KAF_MATCH_NAMES, KAF_MATCH_WHOLE), BY_PLACE, &budget, error);
}

static gboolean
begins_with_another (Search *self, guint i)
{
  for (guint j = 0; j < i; j++)
    if (g_str_has_prefix (self->words[i], self->words[j]))
      return TRUE;
  return FALSE;
}

/* Names that begin with a word stand together: the range of each is walked, then all of the order. */
static gboolean
walk_ranks (Search *self, KafMatchClass class, Telling telling, gint64 *budget, GError **error)
{
  for (guint i = 0; self->words[i] != NULL; i++)
    if (!begins_with_another (self, i) &&
        !walk (self, self->words[i], KAF_MATCH_RANK (class, KAF_MATCH_WORD (i)), telling, budget,
               error))
      return FALSE;
  return walk (self, NULL, KAF_MATCH_RANK (class, KAF_MATCH_WITHIN), telling, budget, error);
}

/* Looks all of @found up and sorts them. */
static gboolean
take (Search *self, GArray *found, gint64 *total, GError **error)
{
  g_autoptr (GArray) hits = look_up (self, found, error);

  if (hits == NULL)
    return FALSE;
  append_rids (self->rids, hits, self->limit);
  if (total != NULL)
    *total = hits->len;
  return TRUE;
}

/* Rows that a walk may meet before the rows are sorted after all: for half of what that costs, if it is
 * enough even when they stand evenly. 0: to sort them is cheaper; -1: no end to it. */
static gint64
walk_budget (Search *self, GArray *found, Telling telling)
{
  double half = (double) found->len * COST_LOOK / 2;
  double walking = (double) self->limit * self->n_rows / found->len * COST_MEET;

  if (telling != BY_MARK)
    return -1;
  return walking < half ? (gint64) (half / COST_MEET) : 0;
}

/* Many rows are of @class: they are met soon on a walk, unless they stand together far down the
 * order; then they are sorted after all. */
static gboolean
walk_class (Search *self, GArray *found, KafMatchClass class, Telling telling, GError **error)
{
  gint64 budget = walk_budget (self, found, telling);
  guint before = self->rids->len;

  if (budget == 0)
    return take (self, found, NULL, error);
  if ((class == KAF_MATCH_NAMES && !walk_whole (self, error)) ||
      !walk_ranks (self, class, telling, &budget, error))
    return FALSE;
  if (is_full (self) || budget != 0)
    return TRUE;
  g_array_set_size (self->rids, before);
  return take (self, found, NULL, error);
}

/* Adds the rows of @found that no class before had, as far as the page has room. @found: all up to
 * @class, or one more than dense_limit(). */
static gboolean
add_found (Search *self, GArray *found, KafMatchClass class, GError **error)
{
  Telling telling = found->len <= dense_limit (self) ? BY_MARK : BY_DOCUMENT;

  if (telling == BY_MARK)
    mark (self, found);
  return found->len <= COUNT_MAX ? take (self, found, NULL, error)
                                 : walk_class (self, found, class, telling, error);
}

/* All of @found said to be of @class. (transfer full) */
static GArray *
say_all_are (GArray *found, KafMatchClass class)
{
  GArray *same = g_array_copy (found);

  for (guint i = 0; i < same->len; i++)
    g_array_index (same, Found, i).class = class;
  return same;
}

/* All up to @class, or @most of them: of what the index gave before, nothing is asked again. */
static GArray *
find_up_to (Search *self, KafMatchClass class, gint64 most, GError **error)
{
  g_autofree char *joint = kaf_matcher_joint_expression (self->db->search);
  g_autoptr (GArray) both = NULL;

  if (class == KAF_MATCH_KEYS && joint == NULL)
    return ask (self, class, most, error);
  if (!find_joint (self, most, error) ||
      (class == KAF_MATCH_TEXT && !find_words (self, most, error)))
    return NULL;
  both = merge (class == KAF_MATCH_TEXT ? self->anywhere.found : self->names, self->joint.found);
  return say_all_are (both, class);
}

static gboolean
add_class (Search *self, KafMatchClass class, GError **error)
{
  gint64 most = (gint64) dense_limit (self) + 1;
  g_autoptr (GArray) found = NULL;

  if (class == KAF_MATCH_NAMES && self->names == NULL)
    self->names = ask (self, class, most, error);
  found = class != KAF_MATCH_NAMES ? find_up_to (self, class, most, error)
          : self->names != NULL    ? g_array_ref (self->names)
                                   : NULL;
  return found != NULL && add_found (self, found, class, error);
}

/* Many match: the page fills class by class. */
static gboolean
fill_page (Search *self, GError **error)
{
  /* What begins with the whole text needs no index. */
  if (!walk_whole (self, error))
    return FALSE;
  if (is_full (self))
    return TRUE;
  g_array_set_size (self->rids, 0);
  for (KafMatchClass class = KAF_MATCH_NAMES; class <= KAF_MATCH_TEXT && !is_full (self); class ++)
    if (!add_class (self, class, error))
      return FALSE;
  return TRUE;
}

/* The index holds other kinds of records too, and knows nothing of conditions: of the many that it
 * gave, those count that are what is asked for. A page that is not full holds them all. */
static gboolean
count_at_least (Search *self, GArray *found, gint64 *total, gint64 *at_least, GError **error)
{
  g_autoptr (GArray) hits = NULL;

  if (!is_full (self))
    {
      *total = *at_least = self->rids->len;
      return TRUE;
    }
  if (!kaf_query_has_conditions (self->query) && found->len >= COUNT_MAX + self->n_others)
    {
      *at_least = COUNT_MAX;
      return TRUE;
    }
  g_clear_pointer (&self->marks, g_free);
  hits = look_up (self, found, error);
  if (hits == NULL)
    return FALSE;
  *at_least = MAX (MIN (hits->len, COUNT_MAX), self->rids->len);
  return TRUE;
}

/* What is short yet is likely to be met in very many names. */
static gboolean
is_begun (Search *self)
{
  guint n = g_strv_length ((char **) self->words);

  return n == 1 || g_utf8_strlen (self->words[n - 1], -1) <= BEGUN_MAX;
}

/* Where the names alone are more than are counted, they fill the page, and the costlier classes need
 * not be looked for. @done (out): it was so. */
static gboolean
try_names (Search *self, gboolean *done, GError **error)
{
  g_autoptr (GArray) found = NULL;
  gint64 enough = COUNT_MAX + self->n_others;

  *done = FALSE;
  if (kaf_query_has_conditions (self->query) || self->n_others > OTHERS_MAX || !is_begun (self))
    return TRUE;
  if (!walk_whole (self, error))
    return FALSE;
  found = ask (self, KAF_MATCH_NAMES, is_full (self) ? enough : dense_limit (self) + 1, error);
  if (found == NULL)
    return FALSE;
  *done = found->len >= enough;
  if (*done && is_full (self))
    return TRUE;
  g_array_set_size (self->rids, 0);
  if (*done)
    return add_found (self, found, KAF_MATCH_NAMES, error);
  self->names = g_steal_pointer (&found);
  return TRUE;
}

/* @found: all there are. */
static gboolean
take_counted (Search *self, GArray *found, gint64 *total, gint64 *at_least, GError **error)
{
  if (!take (self, found, total, error))
    return FALSE;
  *at_least = *total;
  return TRUE;
}

/* One pass over the index gives the rows of all classes where they are few. */
static gboolean
search_first (Search *self, gint64 *total, gint64 *at_least, GError **error)
{
  /* So many that what is not of the entity cannot be most of it. */
  gint64 most = COUNT_MAX + 1 + MIN (self->n_others, OTHERS_MAX);
  g_autoptr (GArray) found = NULL;
  gboolean done, all;

  if (!try_names (self, &done, error))
    return FALSE;
  if (done)
    {
      *at_least = COUNT_MAX;
      return TRUE;
    }
  found = find_classes (self, most, &all, error);
  if (found == NULL)
    return FALSE;
  if (all)
    return take_counted (self, found, total, at_least, error);
  return fill_page (self, error) && count_at_least (self, found, total, at_least, error);
}

/* Of few rows, each is looked at: no index beats that, and other entities' matches cost nothing. */
static gboolean
scan (Search *self, GError **error)
{
  g_autoptr (KafQuerySql) sql = kaf_query_sql_new (self->db, self->query, error);
  g_autoptr (GArray) hits = hits_new ();
  g_autoptr (KafStatement) statement = NULL;
  g_autofree char *text = NULL;
  GError *local = NULL;

  if (sql == NULL)
    return FALSE;
  text =
      g_strdup_printf ("SELECT h.rid, kaf_rank (d.name, d.key, d.rest, h.%s) AS rank, h.%s"
                       " FROM %s JOIN search_doc d ON d.rid = h.rid WHERE %s AND rank < %d",
                       self->sort, self->sort, sql->from->str, sql->where->str, KAF_MATCH_N_RANKS);
  statement = kaf_query_sql_prepare (self->db, sql, text, error);
  if (statement == NULL)
    return FALSE;
  while (kaf_database_step (self->db, statement, &local))
    {
      Hit hit = { sqlite3_column_int64 (statement, 0), sqlite3_column_int (statement, 1),
                  g_strdup (kaf_statement_text (statement, 2)) };

      g_array_append_val (hits, hit);
    }
  g_array_sort (hits, compare_hits);
  append_rids (self->rids, hits, self->limit);
  return went_well (local, error);
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
  gboolean done;
  Search self;

  *total = -1;
  *at_least = 0;
  if (matcher == NULL)
    {
      *total = 0;
      return g_array_new (FALSE, FALSE, sizeof (guint32));
    }

  search_init (&self, db, query, matcher, limit);
  if (self.n_rows > FEW_ROWS)
    return search_finish (&self, search_first (&self, total, at_least, error));

  self.limit = G_MAXUINT;
  done = scan (&self, error);
  *total = *at_least = self.rids->len;
  g_array_set_size (self.rids, MIN (self.rids->len, limit));
  return search_finish (&self, done);
}

/* With a sort of its own, the query's matches come in that order. */
static gboolean
take_sorted (Search *self, GError **error)
{
  g_autoptr (KafQuerySql) sql = kaf_query_sql_new (self->db, self->query, error);
  g_autofree char *expression = kaf_matcher_expression (self->db->search, KAF_MATCH_TEXT);
  g_autofree char *text = NULL;
  g_autofree char *match = NULL;
  g_autoptr (KafStatement) statement = NULL;
  GError *local = NULL;

  if (sql == NULL)
    return FALSE;
  match = kaf_query_sql_bind (sql, expression);
  text = g_strdup_printf ("SELECT h.rid FROM %s WHERE %s AND h.rid IN"
                          " (SELECT rowid FROM search WHERE search MATCH %s) ORDER BY %s",
                          sql->from->str, sql->where->str, match, sql->order->str);
  statement = kaf_query_sql_prepare (self->db, sql, text, error);
  if (statement == NULL)
    return FALSE;
  while (kaf_database_step (self->db, statement, &local))
    {
      guint32 rid = sqlite3_column_int64 (statement, 0);

      g_array_append_val (self->rids, rid);
    }
  return went_well (local, error);
}

/* Every row of the order is met once and put behind those of its rank: nothing is sorted. */
static gboolean
walk_all (Search *self, GArray *found, GError **error)
{
  g_autoptr (KafStatement) statement = prepare_walk (self, NULL, 0, BY_MARK, error);
  GArray *ranks[KAF_MATCH_N_RANKS];
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (ranks); i++)
    ranks[i] = g_array_new (FALSE, FALSE, sizeof (guint32));
  mark (self, found);
  while (kaf_database_step (self->db, statement, &local))
    {
      guint32 rid = sqlite3_column_int64 (statement, 0);
      KafMatchClass class = get_mark (self, rid);
      guint rank;

      if (class == KAF_MATCH_NONE)
        continue;
      rank = kaf_matcher_rank (self->db->search, class, kaf_statement_text (statement, 1));
      g_array_append_val (ranks[rank], rid);
    }
  for (guint i = 0; i < G_N_ELEMENTS (ranks); i++)
    {
      g_array_append_vals (self->rids, ranks[i]->data, ranks[i]->len);
      g_array_unref (ranks[i]);
    }
  return went_well (local, error);
}

static gboolean
take_all (Search *self, GError **error)
{
  gboolean all;
  g_autoptr (GArray) found = find_classes (self, -1, &all, error);
  g_autoptr (GArray) hits = NULL;

  if (found == NULL)
    return FALSE;
  if ((gint64) found->len * COST_LOOK > self->n_rows * COST_MEET)
    return walk_all (self, found, error);
  hits = look_up (self, found, error);
  if (hits == NULL)
    return FALSE;
  append_rids (self->rids, hits, G_MAXUINT);
  return TRUE;
}

GArray *
kaf_search_all (KafDatabase *db, const KafQuery *query, GError **error)
{
  g_autoptr (KafMatcher) matcher = kaf_matcher_new (kaf_query_get_text (query));
  Search self;

  if (matcher == NULL)
    return g_array_new (FALSE, FALSE, sizeof (guint32));
  search_init (&self, db, query, matcher, G_MAXUINT);
  return search_finish (&self, kaf_query_get_sort (query) != NULL ? take_sorted (&self, error)
                                                                  : take_all (&self, error));
}

GArray *
kaf_search_brute (KafDatabase *db, const KafQuery *query, GError **error)
{
  g_autoptr (KafMatcher) matcher = kaf_matcher_new (kaf_query_get_text (query));
  Search self;

  if (matcher == NULL)
    return g_array_new (FALSE, FALSE, sizeof (guint32));
  search_init (&self, db, query, matcher, G_MAXUINT);
  return search_finish (&self, scan (&self, error));
}
