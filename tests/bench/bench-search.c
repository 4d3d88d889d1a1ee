/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Search as you type: what a key costs until the first page of ranked rows is ready, with its
 * count, against the bare query of the full-text index for as many rows in any order; and whether
 * the rows are the right ones, by looking at every record. */
#include "config.h"

#include <string.h>

#include "base/kaf-fold.h"
#include "kaf-bench.h"
#include "schema/kaf-registry.h"
#include "store/kaf-database-private.h"
#include "store/kaf-page.h"
#include "store/kaf-search.h"
#include "ui/list/kaf-column.h"

#define LETTERS_MAX 10
#define PAGE_ROWS 50

/* Texts for each number of letters, rounds over all of them, texts that are checked. */
#define N_TEXTS 120
#define N_ROUNDS 3
#define N_CHECKED 3

typedef struct
{
  KafDatabase *db, *bare;
  const KafEntity *entity;
  KafRandom *random;
  GArray *places;
  GStrv columns;
  guint n_persons;
  GArray *all, *all_bare;
  GArray *processor; /* ms of this thread, without what it waited for others */
} Bench;

static char *
start_of (const char *text, glong letters)
{
  return g_utf8_substring (text, 0, MIN (letters, g_utf8_strlen (text, -1)));
}

/* The given name whole, then the family name as far as it is typed. */
static char *
two_words (const char *title, glong letters)
{
  const char *space = strrchr (title, ' ');
  g_autofree char *family = NULL;
  g_autofree char *start = NULL;

  if (space == NULL)
    return start_of (title, letters);
  family = g_strndup (title, space - title);
  start = start_of (family, letters);
  return g_strconcat (space + 1, " ", start, NULL);
}

/* As a person types a name: Latin, Arabic, or given name first. */
static char *
draw_text (Bench *self, guint kind, glong letters)
{
  static const char *const no_columns[] = { NULL };

  for (;;)
    {
      guint32 place =
          g_array_index (self->places, guint32, kaf_random_below (self->random, self->places->len));
      g_autoptr (GPtrArray) rows =
          kaf_page_rows (self->db, self->entity, &place, 1, no_columns, KAF_LANG_FR, NULL);
      const KafRow *row = rows != NULL && rows->len > 0 ? g_ptr_array_index (rows, 0) : NULL;
      const char *title = row == NULL ? NULL : kind == 1 ? row->title_ar : row->title;

      if (title != NULL && *title != '\0')
        return kind == 2 ? two_words (title, letters) : start_of (title, letters);
    }
}

static double
time_ours (Bench *self, const char *text)
{
  g_autoptr (KafQuery) query = kaf_query_new (self->entity);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;
  gint64 total, at_least, start, used;
  double time;

  kaf_query_set_text (query, text);
  used = kaf_bench_used ();
  start = kaf_bench_now ();
  rows = kaf_page_read (self->db, query, (const char *const *) self->columns, KAF_LANG_FR, 0,
                        PAGE_ROWS, &total, &at_least, &error);
  time = (kaf_bench_now () - start) / 1e6;
  kaf_bench_check (error);
  kaf_bench_add (self->processor, (kaf_bench_used () - used) / 1e6);
  return time;
}

/* Each word as a prefix: `"kad"* "sal"*`. */
static char *
bare_expression (const char *text)
{
  g_auto (GStrv) words = kaf_fold_words (text);
  g_autoptr (GString) expression = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    g_string_append_printf (expression, "%s\"%s\"*", i > 0 ? " " : "", words[i]);
  return g_string_free (g_steal_pointer (&expression), FALSE);
}

static double
time_bare (Bench *self, const char *text)
{
  g_autofree char *expression = bare_expression (text);
  g_autoptr (KafStatement) statement = NULL;
  g_autoptr (GError) error = NULL;
  guint64 sum = 0;
  gint64 start = kaf_bench_now ();
  double time;

  statement = kaf_database_prepare (
      self->bare, "SELECT rowid FROM search WHERE search MATCH ? LIMIT 50", &error);
  kaf_bench_check (error);
  kaf_statement_bind_text (statement, 1, expression);
  while (kaf_database_step (self->bare, statement, &error))
    sum += sqlite3_column_int64 (statement, 0);
  time = (kaf_bench_now () - start) / 1e6;
  kaf_bench_check (error);
  return time;
}

/* Each text's median over the rounds: what another program did meanwhile falls out. */
static void
take_medians (GArray *rounds, GArray *times)
{
  for (guint i = 0; i < N_TEXTS; i++)
    {
      g_autoptr (GArray) own = kaf_bench_times_new ();
      double median;

      for (guint j = 0; j < N_ROUNDS; j++)
        g_array_append_val (own, g_array_index (rounds, double, j *N_TEXTS + i));
      median = kaf_bench_median (own);
      g_array_append_val (times, median);
    }
}

static void
report (Bench *self, const char *what, GArray *ours, GArray *bare)
{
  g_autofree char *number = kaf_bench_number (self->n_persons);
  g_autofree char *p50 = g_strdup_printf ("search %s, %s, p50", number, what);
  g_autofree char *p99 = g_strdup_printf ("search %s, %s, p99", number, what);

  kaf_bench_report (p50, kaf_bench_median (ours), kaf_bench_median (bare), "ms", KAF_BENCH_TOLD, 0);
  kaf_bench_report (p99, kaf_bench_quantile (ours, 0.99), kaf_bench_quantile (bare, 0.99), "ms",
                    KAF_BENCH_AT_MOST, self->n_persons > 100000 ? 50 : 16);
}

static GPtrArray *
measure (Bench *self, glong letters)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) ours = kaf_bench_times_new ();
  g_autoptr (GArray) bare = kaf_bench_times_new ();
  g_autoptr (GArray) our_medians = kaf_bench_times_new ();
  g_autoptr (GArray) bare_medians = kaf_bench_times_new ();
  g_autofree char *what = g_strdup_printf (letters == 1 ? "%ld letter" : "%ld letters", letters);

  for (guint i = 0; i < N_TEXTS; i++)
    g_ptr_array_add (texts, draw_text (self, i % 3, letters));
  for (guint i = 0; i < N_ROUNDS * N_TEXTS; i++)
    {
      const char *text = g_ptr_array_index (texts, i % N_TEXTS);
      double ours_now = time_ours (self, text), bare_now = time_bare (self, text);

      g_array_append_val (ours, ours_now);
      g_array_append_val (bare, bare_now);
    }
  take_medians (ours, our_medians);
  take_medians (bare, bare_medians);
  g_array_append_vals (self->all, our_medians->data, our_medians->len);
  g_array_append_vals (self->all_bare, bare_medians->data, bare_medians->len);
  report (self, what, our_medians, bare_medians);
  return texts;
}

static gboolean
is_right (Bench *self, const char *text)
{
  g_autoptr (KafQuery) query = kaf_query_new (self->entity);
  g_autoptr (GArray) first = NULL;
  g_autoptr (GArray) brute = NULL;
  g_autoptr (GError) error = NULL;
  gint64 total = -1, at_least = 0;

  kaf_query_set_text (query, text);
  first = kaf_search_first (self->db, query, PAGE_ROWS, &total, &at_least, &error);
  kaf_bench_check (error);
  brute = kaf_search_brute (self->db, query, &error);
  kaf_bench_check (error);
  if (first->len == MIN (PAGE_ROWS, brute->len) &&
      memcmp (first->data, brute->data, first->len * sizeof (guint32)) == 0 &&
      (total < 0 ? at_least <= brute->len : total == brute->len))
    return TRUE;
  g_print ("# wrong rows or count for the text \"%s\"\n", text);
  return FALSE;
}

/* TRUE when the rows of all texts looked at are the right ones. */
static gboolean
bench (guint n_persons)
{
  g_autofree char *path = kaf_bench_store (n_persons);
  g_autofree char *number = kaf_bench_number (n_persons);
  g_autofree char *name = g_strdup_printf ("search %s, texts with wrong rows", number);
  g_autofree char *used = g_strdup_printf ("search %s, any, p99, processor alone", number);
  g_autoptr (GError) error = NULL;
  g_autoptr (KafDatabase) db = kaf_database_open (path, KAF_OPEN_DEFAULT, NULL, &error);
  g_autoptr (KafDatabase) bare = kaf_database_open (path, KAF_OPEN_DEFAULT, NULL, NULL);
  const KafEntity *entity = kaf_registry_find ("expert");
  g_autoptr (KafRandom) random = kaf_random_new_seeded (7);
  g_autoptr (KafQuery) everyone = kaf_query_new (entity);
  g_autoptr (GPtrArray) layout = kaf_column_list_new (entity, KAF_LANG_FR);
  g_auto (GStrv) columns = kaf_column_list_assign_cells (layout);
  g_autoptr (GArray) places = NULL;
  g_autoptr (GArray) all = kaf_bench_times_new ();
  g_autoptr (GArray) all_bare = kaf_bench_times_new ();
  g_autoptr (GArray) processor = kaf_bench_times_new ();
  Bench self = { db, bare, entity, random, NULL, columns, n_persons, all, all_bare, processor };
  guint n_wrong = 0;

  kaf_bench_check (error);
  self.places = places = kaf_page_places (db, everyone, &error);
  kaf_bench_check (error);
  for (glong letters = 1; letters <= LETTERS_MAX; letters++)
    {
      g_autoptr (GPtrArray) texts = measure (&self, letters);

      for (guint i = 0; i < N_CHECKED; i++)
        n_wrong += !is_right (&self, g_ptr_array_index (texts, i));
    }
  report (&self, "any", all, all_bare);
  kaf_bench_report (used, kaf_bench_quantile (processor, 0.99), 0, "ms", KAF_BENCH_TOLD, 0);
  kaf_bench_report (name, n_wrong, 0, "texts", KAF_BENCH_AT_MOST, 0);
  return n_wrong == 0;
}

int
main (void)
{
  gboolean right;

  kaf_bench_init ("search");
  right = bench (100000);
  if (kaf_bench_is_large ())
    right &= bench (1000000);
  /* Time may miss its target; rows may not be wrong. */
  return kaf_bench_finish () != 0 || !right;
}
