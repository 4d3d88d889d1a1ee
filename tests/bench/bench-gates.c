/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What it costs a hub to ask the gates of a mission of 30 sessions, 40 lines and 60 participants who came to all of
 * them: each step, with the store in memory that an exchange makes for its first act, and without. Processor time of the
 * thread. */
#include "config.h"

#include "kaf-bench.h"
#include "kaf-file-pair.h"
#include "server/kaf-hub-gates.h"

#define SESSIONS 30
#define LINES 40
#define PARTICIPANTS 60
#define ROUNDS 9
#define MOST_MS 50

#define NEW(entity, ...) kaf_fixture_create (f, entity, NULL, __VA_ARGS__, NULL)

static void
attend (KafFixture *f, GPtrArray *sessions, GPtrArray *guests)
{
  for (guint i = 0; i < sessions->len; i++)
    for (guint j = 0; j < guests->len; j++)
      g_free (NEW ("attendance", "session", g_ptr_array_index (sessions, i), "participant",
                   g_ptr_array_index (guests, j), "presence", "present"));
}

static char *
make_mission (World *w)
{
  KafFixture *f = w->a;
  char *mission = prepared (f, "Soins");
  g_autofree char *payer = NEW ("organisation", "name_fr", "Conseil", "kind", "ngo");
  g_autoptr (GPtrArray) sessions = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) guests = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < SESSIONS; i++)
    g_ptr_array_add (sessions, NEW ("programme_item", "mission", mission, "subject_fr", "Plaies",
                                    "held_on", "2027-01-12", "half", "am", "state", "held"));
  for (guint i = 0; i < LINES; i++)
    {
      g_autofree char *line = line_new (f, mission, "50000 MAD");

      set_line (f, line, "payer", payer);
    }
  for (guint i = 0; i < PARTICIPANTS; i++)
    g_ptr_array_add (guests, NEW ("participant", "mission", mission, "name", "Aïcha"));
  attend (f, sessions, guests);
  sync_as (w, f, "manager");
  return mission;
}

static void
ask_once (KafHubGates *gates, const char *mission, guint step, gint64 at, GArray *times)
{
  g_autoptr (GError) error = NULL;
  const char *shut;
  gint64 start = kaf_bench_used ();

  kaf_hub_gates_find_shut (gates, mission, step, at, &shut, &error);
  kaf_bench_add (times, (kaf_bench_used () - start) / 1e6);
  kaf_bench_check (error);
}

/* Each round reads the records anew, as an exchange does. */
static void
ask_step (World *w, KafHubStorage *storage, const char *mission, guint step)
{
  g_autofree char *first_name = g_strdup_printf ("step %u, the first act of an exchange", step);
  g_autofree char *next_name = g_strdup_printf ("step %u, one that follows", step);
  g_autoptr (GArray) first = kaf_bench_times_new ();
  g_autoptr (GArray) next = kaf_bench_times_new ();

  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (GHashTable) records = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                              (GDestroyNotify) kaf_hub_record_free);
      KafHubScopes scopes;
      g_auto (KafHubGates) gates = { &scopes, NULL };

      kaf_hub_scopes_init (&scopes, storage, records);
      ask_once (&gates, mission, step, kaf_clock_now (w->clock), first);
      ask_once (&gates, mission, step, kaf_clock_now (w->clock), next);
      kaf_hub_scopes_clear (&scopes);
    }
  kaf_bench_report (first_name, kaf_bench_median (first), 0, "ms", KAF_BENCH_AT_MOST, MOST_MS);
  kaf_bench_report (next_name, kaf_bench_median (next), 0, "ms", KAF_BENCH_AT_MOST, MOST_MS);
}

int
main (void)
{
  g_autoptr (World) w = NULL;
  g_autofree char *mission = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  KafHubStorage *storage;

  kaf_bench_init ("gates");
  w = world_new ();
  mission = make_mission (w);
  path = g_build_filename (w->folder, "hub.db", NULL);
  storage = kaf_hub_sqlite_open (path, FALSE, w->random, &error);
  kaf_bench_check (error);
  for (guint step = 1; step <= 10; step++)
    ask_step (w, storage, mission, step);
  storage->klass->close (storage);
  return kaf_bench_finish ();
}
