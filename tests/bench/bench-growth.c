/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What must not grow with the store: opening it, what the home page starts with, the first page, a
 * record with all that its page shows; and what may grow, told beside it: what is counted behind for
 * the home page when the store has changed, the places of all rows.
 *
 * Without the store of 1 000 000 persons the figures of 100 000 are told alone. */
#include "config.h"

#include "kaf-bench.h"
#include "schema/kaf-registry.h"
#include "store/kaf-page.h"
#include "store/kaf-store.h"
#include "ui/app/kaf-home-data.h"
#include "ui/list/kaf-column.h"
#include "ui/record/kaf-record-data.h"

#define N_ROUNDS 60
#define PAGE_ROWS 100

typedef enum
{
  OPEN,
  HOME_START,
  HOME,
  FIRST_PAGE,
  RECORD,
  PAGE_AT_DEPTH,
  PLACES,
  N_FIGURES,
} Figure;

static const struct
{
  const char *name;
  double at_most;  /* ms at 100 000; 0: not asked */
  gboolean steady; /* may not grow */
} figures[N_FIGURES] = {
  [OPEN] = { "opening the store", 0, TRUE },
  [HOME_START] = { "reading what the home page starts with", 0, TRUE },
  [HOME] = { "counting anew for the home page, behind", 0, FALSE },
  [FIRST_PAGE] = { "first page of the list", 0, TRUE },
  [RECORD] = { "reading a record for its page", 50, TRUE },
  [PAGE_AT_DEPTH] = { "a page by its places, anywhere", 0, TRUE },
  [PLACES] = { "places of all rows", 0, FALSE },
};

typedef struct
{
  char *path;
  guint n_persons;
  KafDatabase *db;
  KafStore *store;
  GMainLoop *loop;
  GStrv columns;
  GArray *places;
  KafRandom *random;
  GArray *times[N_FIGURES];
} Bench;

static void
store_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  Bench *self = data;
  g_autoptr (GError) error = NULL;

  self->store = kaf_store_open_finish (result, &error);
  kaf_bench_check (error);
  g_main_loop_quit (self->loop);
}

static void
bench_init (Bench *self, guint n_persons)
{
  const KafEntity *entity = kaf_registry_find ("expert");
  g_autoptr (GPtrArray) layout = kaf_column_list_new (entity, KAF_LANG_FR);
  g_autoptr (KafQuery) query = kaf_query_new (entity);
  g_autoptr (GError) error = NULL;

  self->n_persons = n_persons;
  self->path = kaf_bench_store (n_persons);
  self->loop = g_main_loop_new (NULL, FALSE);
  self->columns = kaf_column_list_assign_cells (layout);
  self->random = kaf_random_new_seeded (3);
  self->db = kaf_database_open (self->path, KAF_OPEN_DEFAULT, NULL, &error);
  kaf_bench_check (error);
  self->places = kaf_page_places (self->db, query, &error);
  kaf_bench_check (error);
  for (guint i = 0; i < N_FIGURES; i++)
    self->times[i] = kaf_bench_times_new ();
  kaf_store_open_async (self->path, KAF_OPEN_DEFAULT, NULL, NULL, store_opened, self);
  g_main_loop_run (self->loop);
}

static void
bench_clear (Bench *self)
{
  for (guint i = 0; i < N_FIGURES; i++)
    g_array_unref (self->times[i]);
  kaf_store_close (self->store);
  g_object_unref (self->store);
  kaf_database_close (self->db);
  g_array_unref (self->places);
  g_strfreev (self->columns);
  g_main_loop_unref (self->loop);
  kaf_random_unref (self->random);
  g_free (self->path);
}

static void
time_open (Bench *self)
{
  g_autoptr (GError) error = NULL;
  gint64 start = kaf_bench_now ();
  g_autoptr (KafDatabase) db = kaf_database_open (self->path, KAF_OPEN_DEFAULT, NULL, &error);

  kaf_bench_times_add (self->times[OPEN], start);
  kaf_bench_check (error);
}

static void
time_home_start (Bench *self)
{
  g_autoptr (GError) error = NULL;
  gint64 start = kaf_bench_now ();
  KafHomeStart *first = kaf_home_read_start (self->db, NULL, NULL, &error);

  kaf_bench_times_add (self->times[HOME_START], start);
  kaf_bench_check (error);
  kaf_home_start_free (first);
}

static void
time_home (Bench *self)
{
  g_autoptr (GError) error = NULL;
  gint64 start = kaf_bench_now ();
  KafHomeRest *rest = kaf_home_read_rest (self->db, NULL, NULL, &error);

  kaf_bench_times_add (self->times[HOME], start);
  kaf_bench_check (error);
  kaf_home_rest_free (rest);
}

static void
time_first_page (Bench *self)
{
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("expert"));
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;
  gint64 total, start = kaf_bench_now ();

  rows = kaf_page_read (self->db, query, (const char *const *) self->columns, KAF_LANG_FR, 0,
                        PAGE_ROWS, &total, NULL, &error);
  kaf_bench_times_add (self->times[FIRST_PAGE], start);
  kaf_bench_check (error);
}

static void
time_page_at_depth (Bench *self)
{
  guint at = kaf_random_below (self->random, self->places->len - PAGE_ROWS);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;
  gint64 start = kaf_bench_now ();

  rows = kaf_page_rows (self->db, kaf_registry_find ("expert"),
                        &g_array_index (self->places, guint32, at), PAGE_ROWS,
                        (const char *const *) self->columns, KAF_LANG_FR, &error);
  kaf_bench_times_add (self->times[PAGE_AT_DEPTH], start);
  kaf_bench_check (error);
}

static void
time_places (Bench *self)
{
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("expert"));
  g_autoptr (GError) error = NULL;
  gint64 start = kaf_bench_now ();
  g_autoptr (GArray) places = kaf_page_places (self->db, query, &error);

  kaf_bench_times_add (self->times[PLACES], start);
  kaf_bench_check (error);
}

static void
record_read (GObject *source, GAsyncResult *result, gpointer data)
{
  Bench *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafRecordData) read = kaf_record_data_read_finish (self->store, result, &error);

  kaf_bench_check (error);
  g_main_loop_quit (self->loop);
}

static void
time_record (Bench *self)
{
  static const char *const no_columns[] = { NULL };
  const KafEntity *entity = kaf_registry_find ("expert");
  guint32 place =
      g_array_index (self->places, guint32, kaf_random_below (self->random, self->places->len));
  g_autoptr (GPtrArray) rows =
      kaf_page_rows (self->db, entity, &place, 1, no_columns, KAF_LANG_FR, NULL);
  const KafRow *row = g_ptr_array_index (rows, 0);
  gint64 start = kaf_bench_now ();

  kaf_record_data_read_async (self->store, entity, row->id, NULL, KAF_LANG_FR, NULL, record_read,
                              self);
  g_main_loop_run (self->loop);
  kaf_bench_times_add (self->times[RECORD], start);
}

static void
bench_round (Bench *self, guint round)
{
  time_open (self);
  time_home_start (self);
  time_first_page (self);
  time_record (self);
  time_page_at_depth (self);
  if (round % 20 == 0)
    {
      time_home (self);
      time_places (self);
    }
}

static void
report (const Bench *small, const Bench *large)
{
  for (guint i = 0; i < N_FIGURES; i++)
    {
      double base = kaf_bench_median (small->times[i]);
      g_autofree char *at_small = g_strdup_printf ("%s, 100 000", figures[i].name);
      g_autofree char *at_large = g_strdup_printf ("%s, 1 000 000", figures[i].name);

      kaf_bench_report (at_small, base, 0, "ms",
                        figures[i].at_most > 0 ? KAF_BENCH_AT_MOST : KAF_BENCH_TOLD,
                        figures[i].at_most);
      if (large != NULL)
        kaf_bench_report (at_large, kaf_bench_median (large->times[i]), base, "ms",
                          figures[i].steady ? KAF_BENCH_RATIO_MOST : KAF_BENCH_TOLD, 1.2);
    }
}

int
main (void)
{
  Bench small = { NULL }, large = { NULL };
  gboolean both;

  kaf_bench_init ("growth");
  both = kaf_bench_is_large ();
  bench_init (&small, 100000);
  if (both)
    bench_init (&large, 1000000);
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      bench_round (&small, i);
      if (both)
        bench_round (&large, i);
    }
  report (&small, both ? &large : NULL);
  bench_clear (&small);
  if (both)
    bench_clear (&large);
  return kaf_bench_finish ();
}
