/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The count of 2030 in a store: its table through every way of writing, its figures against the lists that they open,
 * and months that stay closed whatever is erased. */
#include "config.h"

#include <glib/gstdio.h>

#include "kaf-fixture.h"
#include "schema/kaf-registry.h"
#include "store/kaf-check.h"
#include "store/kaf-database-private.h"
#include "store/kaf-drafts.h"
#include "store/kaf-funnel.h"
#include "store/kaf-sync-private.h"
#include "store/kaf-target-facts.h"
#include "store/kaf-target-now.h"
#include "store/kaf-target.h"

#define CREATE(...) g_free (kaf_fixture_create (f, __VA_ARGS__, NULL))
#define UPDATE(...) kaf_receipt_unref (kaf_fixture_update (f, __VA_ARGS__, NULL))

/* "2026-01-10 2026-02-01 -": the line of a person; NULL: none. (transfer full) */
static char *
read_line (KafFixture *f, const char *person)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      f->db,
      "SELECT t.identified_on || ' ' || coalesce (t.engaged_on, '-') || ' ' ||"
      " coalesce (t.mobilised_on, '-') FROM target_now t JOIN head h ON h.rid = t.rid"
      " WHERE h.id = ?",
      NULL);

  kaf_statement_bind_text (statement, 1, person);
  return kaf_database_step (f->db, statement, NULL) ? g_strdup (kaf_statement_text (statement, 0))
                                                    : NULL;
}

static void
assert_line (KafFixture *f, const char *person, const char *line)
{
  g_autofree char *found = read_line (f, person);

  g_assert_cmpstr (found, ==, line);
}

static char *
create_expert (KafFixture *f, const char *name, const char *verified_on)
{
  g_autofree char *id = kaf_fixture_create (f, "person", NULL, "family_name", name, "status",
                                            "verified", "verified_on", verified_on, NULL);

  CREATE ("expert", id, "years", "3");
  return g_steal_pointer (&id);
}

static void
create_claim (KafFixture *f, const char *person, const char *source, const char *day)
{
  CREATE ("source_claim", NULL, "person", person, "field", "city", "value", "Lyon", "source",
          source, "claimed_on", day);
}

/* What was put down to one person and is another's after all counts for that one alone. */
static void
test_moved (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *one = create_expert (f, "Bennani", "2026-01-10");
  g_autofree char *other = create_expert (f, "Alami", "2026-01-10");
  g_autofree char *given = NULL;

  UPDATE ("person", one, "declared_on", "2026-01-05");
  UPDATE ("person", other, "declared_on", "2026-01-05");
  given = kaf_fixture_create (f, "contribution", NULL, "person", one, "kind", "advice", "starts_on",
                              "2026-03-01", "ends_on", "2026-03-20", "days", "10", NULL);
  assert_line (f, one, "2026-01-10 - 2026-03-20");
  assert_line (f, other, "2026-01-10 - -");
  UPDATE ("contribution", given, "person", other);
  assert_line (f, one, "2026-01-10 - -");
  assert_line (f, other, "2026-01-10 - 2026-03-20");
  kaf_fixture_assert_whole (f);
}

/* Facts come one by one, and go again. */
static void
test_line (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *id = create_expert (f, "Bennani", "2026-01-10");
  g_autofree char *network =
      kaf_fixture_create (f, "organisation", NULL, "name_fr", "DMK", "kind", "network", NULL);
  g_autofree char *claim = NULL;
  g_autoptr (KafReceipt) undone = NULL;
  g_autoptr (GError) error = NULL;

  assert_line (f, id, NULL);
  create_claim (f, id, "DMK", "2026-01-01");
  create_claim (f, id, " dmk ", "2026-01-05");
  assert_line (f, id, NULL);
  claim = kaf_fixture_create (f, "source_claim", NULL, "person", id, "field", "city", "value",
                              "Lyon", "source", "Consulat", "claimed_on", "2026-02-01", NULL);
  assert_line (f, id, "2026-02-01 - -");
  CREATE ("contact", NULL, "person", id, "held_on", "2026-02-03", "channel", "call", "subject",
          "Un appel", "outcome", "declined");
  assert_line (f, id, "2026-02-01 - -");
  CREATE ("contact", NULL, "person", id, "held_on", "2026-02-05", "channel", "call", "subject",
          "Un appel", "outcome", "answered");
  assert_line (f, id, "2026-02-01 2026-02-05 -");
  UPDATE ("expert", id, "signed_up_on", "2026-01-31");
  assert_line (f, id, "2026-02-01 2026-02-01 -");
  CREATE ("contribution", NULL, "person", id, "kind", "advice", "starts_on", "2026-03-01",
          "ends_on", "2026-03-20", "days", "10");
  assert_line (f, id, "2026-02-01 2026-02-01 2026-03-20");
  UPDATE ("source_claim", claim, "source", "DMK");
  assert_line (f, id, NULL);
  undone = kaf_undo (f->db, NULL, &error);
  g_assert_no_error (error);
  assert_line (f, id, "2026-02-01 2026-02-01 2026-03-20");
  UPDATE ("person", id, "status", "prospect");
  assert_line (f, id, NULL);
  UPDATE ("person", id, "status", "dormant");
  assert_line (f, id, "2026-02-01 2026-02-01 2026-03-20");
  /* One about an organisation is nobody's. */
  CREATE ("source_claim", NULL, "organisation", network, "field", "city", "value", "Paris",
          "source", "DMK", "claimed_on", "2026-01-02");
  kaf_erase (f->db, kaf_registry_find ("source_claim"), claim, "essai", &error);
  g_assert_no_error (error);
  assert_line (f, id, NULL);
  kaf_fixture_assert_whole (f);
}

/* Deletes it, or has it come back. */
static void
mark (KafFixture *f, KafChangeKind kind, const char *entity, const char *id)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("mark");
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  (kind == KAF_CHANGE_DELETE ? kaf_change_set_delete
                             : kaf_change_set_restore) (set, kaf_registry_find (entity), id);
  receipt = kaf_commit (f->db, set, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* Who holds an office and is neither expert nor project holder is none of the 10 000. */
static void
test_who (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *id =
      kaf_fixture_create (f, "person", NULL, "family_name", "Alaoui", "status", "active",
                          "declared_on", "2026-01-02", "confirmed_on", "2026-01-03", NULL);

  assert_line (f, id, NULL);
  CREATE ("project_holder", id, "horizon", "now");
  assert_line (f, id, "2026-01-03 - -");
  UPDATE ("person", id, "confirmed_on", "2026-01-02");
  assert_line (f, id, "2026-01-02 - -");
  UPDATE ("person", id, "confirmed_on", "2026-01-03");
  mark (f, KAF_CHANGE_DELETE, "project_holder", id);
  assert_line (f, id, NULL);
  /* She went with the last thing that she was. */
  mark (f, KAF_CHANGE_RESTORE, "person", id);
  assert_line (f, id, NULL);
  mark (f, KAF_CHANGE_RESTORE, "project_holder", id);
  assert_line (f, id, "2026-01-03 - -");
  mark (f, KAF_CHANGE_DELETE, "person", id);
  assert_line (f, id, NULL);
  mark (f, KAF_CHANGE_RESTORE, "person", id);
  assert_line (f, id, "2026-01-03 - -");
  kaf_fixture_assert_whole (f);
}

/* Each of her own days moves it, alone; what else is said of her does not. */
static void
test_own_days (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *id = create_expert (f, "Bennani", "2026-01-10");

  UPDATE ("person", id, "declared_on", "2026-01-05");
  assert_line (f, id, "2026-01-10 - -");
  UPDATE ("person", id, "verified_on", "2026-01-12");
  assert_line (f, id, "2026-01-12 - -");
  UPDATE ("person", id, "family_name", "Benani");
  assert_line (f, id, "2026-01-12 - -");
  kaf_fixture_assert_whole (f);
}

/* Missions */

static char *
act (KafFixture *f,
     const char *mission,
     const char *kind,
     guint step,
     const char *after,
     const char *on)
{
  g_autofree char *number = g_strdup_printf ("%u", step);

  return kaf_fixture_create (f, "mission_act", NULL, "mission", mission, "kind", kind, "step",
                             number, "after", after, "reason", "essai", "paper_on", on, NULL);
}

static char *
bring_to (KafFixture *f, const char *mission, guint step, char *last, const char *on)
{
  for (guint i = 1; i < step; i++)
    {
      char *next = act (f, mission, "leave", i, last, on);

      g_free (last);
      last = next;
    }
  return last;
}

static void
test_mission (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *id = create_expert (f, "Bennani", "2026-01-10");
  g_autofree char *other = create_expert (f, "Alaoui", "2026-01-10");
  g_autofree char *mission = kaf_fixture_create (f, "mission", NULL, "title_fr", "Soins", NULL);
  g_autofree char *seat = NULL;
  g_autofree char *last = NULL;
  g_autofree char *left = NULL;
  g_autoptr (GError) error = NULL;

  UPDATE ("person", id, "declared_on", "2026-01-01");
  UPDATE ("person", other, "declared_on", "2026-01-01");
  seat = kaf_fixture_create (f, "mission_expert", NULL, "mission", mission, "person", id, "answer",
                             "interested", "answered_on", "2026-02-01", NULL);
  CREATE ("mission_expert", NULL, "mission", mission, "person", other, "answer", "retained");
  assert_line (f, id, "2026-01-10 2026-02-01 -");
  last = bring_to (f, mission, 8, NULL, "2026-03-01");
  assert_line (f, other, "2026-01-10 - -");
  left = act (f, mission, "leave", 8, last, "2026-05-20");
  assert_line (f, other, "2026-01-10 - 2026-05-20");
  /* Interested is not yet come: she agreed to the programme. */
  assert_line (f, id, "2026-01-10 2026-02-01 -");
  UPDATE ("mission_expert", seat, "agreed_on", "2026-02-10");
  assert_line (f, id, "2026-01-10 2026-02-01 2026-05-20");
  UPDATE ("mission_expert", seat, "answer", "discarded");
  assert_line (f, id, "2026-01-10 - -");
  /* Two left it: one of them counts, the one that the chain takes. */
  g_free (act (f, mission, "leave", 8, last, "2026-05-01"));
  assert_line (f, other, "2026-01-10 - 2026-05-20");
  /* Step 9 reopens, and the delivery stands. */
  {
    g_autofree char *nine = act (f, mission, "leave", 9, left, "2026-06-01");

    g_free (act (f, mission, "reopen", 9, nine, "2026-06-10"));
  }
  assert_line (f, other, "2026-01-10 - 2026-05-20");
  kaf_fixture_assert_whole (f);
  {
    g_autoptr (KafChangeSet) set = kaf_change_set_new ("delete");
    g_autoptr (KafReceipt) receipt = NULL;

    kaf_change_set_delete (set, kaf_registry_find ("mission"), mission);
    receipt = kaf_commit (f->db, set, NULL, NULL, &error);
    g_assert_no_error (error);
  }
  assert_line (f, other, "2026-01-10 - -");
  kaf_fixture_assert_whole (f);
}

/* A term is of the day from which it stands. */
static void
test_setting (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *id = create_expert (f, "Bennani", "2026-01-10");

  UPDATE ("person", id, "declared_on", "2026-01-01");
  CREATE ("contribution", NULL, "person", id, "kind", "advice", "starts_on", "2026-03-01",
          "ends_on", "2026-03-20", "days", "6");
  assert_line (f, id, "2026-01-10 - -");
  CREATE ("setting", NULL, "key", "target.days", "valid_from", "2026-03-02", "value", "5");
  assert_line (f, id, "2026-01-10 - -");
  CREATE ("setting", NULL, "key", "target.days", "valid_from", "2026-03-01", "value", "5");
  assert_line (f, id, "2026-01-10 - 2026-03-20");
  kaf_fixture_assert_whole (f);
}

static void
test_check (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *one = create_expert (f, "Bennani", "2026-01-10");
  g_autofree char *two = create_expert (f, "Alaoui", "2026-01-10");
  g_autoptr (GPtrArray) wrong = NULL;
  g_autoptr (GError) error = NULL;

  UPDATE ("person", one, "declared_on", "2026-01-01");
  UPDATE ("person", two, "declared_on", "2026-01-01");
  kaf_database_exec (
      f->db,
      "UPDATE target_now SET engaged_on = '2026-01-11' WHERE rid = (SELECT max (rid)"
      " FROM target_now); DELETE FROM target_now WHERE rid = (SELECT min (rid) FROM"
      " target_now); INSERT INTO target_now VALUES (99999, '2026-01-01', NULL, NULL)",
      &error);
  g_assert_no_error (error);
  wrong = kaf_target_now_check (f->db, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (wrong->len, ==, 3);
  g_assert_true (kaf_target_now_rebuild (f->db, &error));
  kaf_fixture_assert_whole (f);
}

/* A population by chance */

#define PERSONS 160

static const char *const some_days[] = { NULL,         "2025-12-31", "2026-01-01", "2026-02-28",
                                         "2026-06-30", "2026-07-01", "2026-09-30", "2026-11-02" };
static const char *const countries[] = { NULL, "FR", "DE", "CA" };

static const char *
pick (GRand *rand, const char *const *from, guint n)
{
  return from[g_rand_int_range (rand, 0, (int) n)];
}
#define PICK(from) pick (rand, from, G_N_ELEMENTS (from))

static char *
find_code (KafFixture *f, const char *sql)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (f->db, sql, NULL);

  g_assert_true (kaf_database_step (f->db, statement, NULL));
  return g_strdup (kaf_statement_text (statement, 0));
}

typedef struct
{
  char *places[3], *domains[3], *networks[2];
} World;

static void
world_init (World *self, KafFixture *f)
{
  /* A region, a province below it, and another one. */
  self->places[0] =
      find_code (f, "SELECT parent FROM territory WHERE parent IS NOT NULL ORDER BY code LIMIT 1");
  self->places[1] =
      find_code (f, "SELECT code FROM territory WHERE parent IS NOT NULL ORDER BY code LIMIT 1");
  self->places[2] = find_code (
      f, "SELECT code FROM territory WHERE parent IS NOT NULL ORDER BY code DESC LIMIT 1");
  self->domains[0] =
      find_code (f, "SELECT code FROM domain WHERE parent IS NULL ORDER BY code LIMIT 1");
  self->domains[1] =
      find_code (f, "SELECT code FROM domain WHERE parent IS NULL ORDER BY code DESC LIMIT 1");
  self->domains[2] = g_strdup ("aero-test");
  CREATE ("domain", NULL, "code", self->domains[2], "name_fr", "Essais en vol", "parent",
          self->domains[0]);
  for (guint i = 0; i < 2; i++)
    {
      self->networks[i] = kaf_fixture_create (f, "organisation", NULL, "kind", "network", "name_fr",
                                              i == 0 ? "Un" : "Deux", NULL);
      CREATE ("network", self->networks[i], "basis", "thematic");
    }
}

static void
world_clear (World *self)
{
  for (guint i = 0; i < 3; i++)
    {
      g_free (self->places[i]);
      g_free (self->domains[i]);
    }
  g_free (self->networks[0]);
  g_free (self->networks[1]);
}

static char *
create_by_chance (KafFixture *f, World *world, GRand *rand, guint i)
{
  g_autofree char *name = g_strdup_printf ("Person %u", i);
  const char *place = i % 4 == 3 ? NULL : world->places[i % 3];
  char *id = kaf_fixture_create (f, "person", NULL, "family_name", name, "status", "verified",
                                 "verified_on", PICK (some_days), "declared_on", PICK (some_days),
                                 "country", PICK (countries), "territory", place, NULL);

  if (g_rand_int_range (rand, 0, 5) == 0)
    CREATE ("project_holder", id, "horizon", "now");
  else
    {
      g_autofree char *both = g_strdup_printf ("%s\n%s", world->domains[0], world->domains[2]);
      const char *domains[] = { NULL, world->domains[1], both };

      CREATE ("expert", id, "years", "3", "domains", PICK (domains), "signed_up_on",
              PICK (some_days));
    }
  if (g_rand_boolean (rand))
    CREATE ("contribution", NULL, "person", id, "kind", "advice", "starts_on", "2026-02-01",
            "ends_on", g_rand_boolean (rand) ? "2026-06-30" : "2026-07-01", "days", "12");
  for (guint n = 0; n < 2; n++)
    if (g_rand_boolean (rand))
      CREATE ("membership", NULL, "person", id, "network", world->networks[n], "valid_from",
              g_rand_boolean (rand) ? "2026" : NULL, "valid_to",
              g_rand_boolean (rand) ? "2026-06" : NULL);
  return id;
}

static KafTargetCount *
count_at (KafFixture *f, const char *day)
{
  const KafTargetQuery query = { .day = kaf_day_parse (day), .axes = ~0u, .lang = KAF_LANG_FR };
  g_autoptr (GError) error = NULL;
  KafTargetCount *count = kaf_target_count (f->db, &query, NULL, &error);

  g_assert_no_error (error);
  return count;
}

static guint
count_list (KafFixture *f, KafDay day, guint stage, guint axis, const char *code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KafQuery) query = kaf_target_list (f->db, day, stage, axis, code, &error);
  g_autofree char *json = NULL;
  g_autoptr (KafQuery) again = NULL;
  gint64 n;

  g_assert_no_error (error);
  /* As the window opens it. */
  json = kaf_query_to_json (query);
  again = kaf_query_from_json (json, &error);
  g_assert_no_error (error);
  n = kaf_page_count (f->db, again, &error);
  g_assert_no_error (error);
  return (guint) n;
}

/* Each figure is as long as the list that it opens, and the parts of a partition make the whole. */
static void
assert_lists (KafFixture *f, const char *day)
{
  g_autoptr (KafTargetCount) count = count_at (f, day);

  g_assert_false (count->closed);
  for (guint stage = 0; stage < KAF_TARGET_N_STAGES; stage++)
    {
      guint sum[KAF_TARGET_N_AXES] = { 0 };

      g_assert_cmpuint (count_list (f, count->day, stage, KAF_TARGET_ALL, NULL), ==,
                        count->n[stage]);
      for (guint axis = KAF_TARGET_BY_COUNTRY; axis < KAF_TARGET_N_AXES; axis++)
        for (guint i = 0; i < count->cells[axis]->len; i++)
          {
            const KafTargetCell *cell = count->cells[axis]->pdata[i];

            sum[axis] += cell->n[stage];
            g_assert_true (cell->kind != KAF_TARGET_CELL_REST);
            g_assert_cmpuint (count_list (f, count->day, stage, axis, cell->code), ==,
                              cell->n[stage]);
          }
      g_assert_cmpuint (sum[KAF_TARGET_BY_COUNTRY], ==, count->n[stage]);
      g_assert_cmpuint (sum[KAF_TARGET_BY_REGION], ==, count->n[stage]);
      g_assert_cmpuint (sum[KAF_TARGET_BY_SECTOR], ==, count->n[stage]);
      g_assert_cmpuint (sum[KAF_TARGET_BY_NETWORK], >=, count->n[stage]);
    }
}

/* The figures as one text, so that two can be compared. */
static char *
tell (KafFixture *f, const char *day)
{
  g_autoptr (KafTargetCount) count = count_at (f, day);
  GString *text = g_string_new (NULL);

  g_string_printf (text, "%d: %u %u %u\n", count->closed, count->n[0], count->n[1], count->n[2]);
  for (guint axis = KAF_TARGET_BY_COUNTRY; axis < KAF_TARGET_N_AXES; axis++)
    for (guint i = 0; i < count->cells[axis]->len; i++)
      {
        const KafTargetCell *cell = count->cells[axis]->pdata[i];

        g_string_append_printf (text, "%s %d %s", kaf_target_axis_id (axis), cell->kind,
                                cell->code != NULL ? cell->code : "");
        for (guint stage = 0; stage < KAF_TARGET_N_STAGES; stage++)
          g_string_append_printf (text, " %d", (int) cell->n[stage]);
        g_string_append_c (text, '\n');
      }
  return g_string_free (text, FALSE);
}

static guint
tell_month (KafFixture *f, const char *day, gboolean *closed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) points = kaf_target_series (f->db, 0, kaf_day_parse (day), FALSE, &error);
  const KafTargetPoint *last;

  g_assert_no_error (error);
  last = &g_array_index (points, KafTargetPoint, points->len - 1);
  *closed = last->closed;
  return last->n[KAF_TARGET_IDENTIFIED];
}

static void
close_months (KafFixture *f, const char *const *months, const char *problem)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KafReceipt) receipt = kaf_target_close (f->db, months, NULL, &error);

  if (problem == NULL)
    g_assert_no_error (error);
  else
    g_assert_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_REFUSED);
}

static void
assert_small_cells_hidden (KafFixture *f)
{
  g_assert_cmpint (kaf_database_get_int (f->db,
                                         "SELECT count(*) FROM target_tally WHERE axis <> 'all' AND"
                                         " count BETWEEN 1 AND 4 AND NOT (code = '*' AND count ="
                                         " (SELECT a.count FROM target_tally a WHERE a.axis = 'all'"
                                         " AND a.month = target_tally.month AND a.stage ="
                                         " target_tally.stage))",
                                         NULL),
                   ==, 0);
}

/* Whatever is erased, and from whichever copy one goes on, what was closed stands; what is open tells what is here. */
static void
test_population (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (2030);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *june = NULL;
  g_autofree char *october = NULL;
  g_autofree char *after = NULL;
  g_autofree char *copy = NULL;
  g_autoptr (GError) error = NULL;
  World world;
  gboolean closed;
  guint n;

  world_init (&world, f);
  for (guint i = 0; i < PERSONS; i++)
    g_ptr_array_add (ids, create_by_chance (f, &world, rand, i));
  kaf_fixture_assert_whole (f);
  for (guint i = 1; i < G_N_ELEMENTS (some_days); i++)
    assert_lists (f, some_days[i]);
  assert_lists (f, "2031-01-01");

  june = tell (f, "2026-06-30");
  october = tell (f, "2026-10-31");
  n = tell_month (f, "2026-06-30", &closed);
  g_assert_false (closed);
  close_months (f, (const char *const[]){ "2026-06", NULL }, NULL);
  close_months (f, (const char *const[]){ "2026-06", NULL }, "closed already");
  close_months (f, (const char *const[]){ "2026-11", NULL }, "not over");
  close_months (f, (const char *const[]){ "2026-6", NULL }, "no month");
  assert_small_cells_hidden (f);
  g_free (june);
  june = tell (f, "2026-06-30");
  g_assert_true (g_str_has_prefix (june, "1: "));
  g_assert_cmpuint (tell_month (f, "2026-06-30", &closed), ==, n);
  g_assert_true (closed);
  /* A day of a month that is closed is not its end. */
  tell_month (f, "2026-06-29", &closed);
  g_assert_false (closed);

  copy = g_strconcat (f->path, ".copy", NULL);
  {
    g_autofree char *sql = g_strdup_printf ("VACUUM INTO '%s'", copy);

    g_assert_true (kaf_database_exec (f->db, sql, &error));
  }
  for (guint i = 0; i < ids->len; i += 2)
    {
      kaf_erase (f->db, kaf_registry_find ("person"), ids->pdata[i], "essai", &error);
      g_assert_no_error (error);
    }
  kaf_fixture_assert_whole (f);
  after = tell (f, "2026-06-30");
  g_assert_cmpstr (after, ==, june);
  g_assert_cmpuint (tell_month (f, "2026-06-30", &closed), ==, n);
  g_free (after);
  after = tell (f, "2026-10-31");
  g_assert_cmpstr (after, !=, october);
  for (guint i = 1; i < G_N_ELEMENTS (some_days); i++)
    if (!g_str_equal (some_days[i], "2026-06-30"))
      assert_lists (f, some_days[i]);

  /* The copy that was made before; the erasures are done again in it. */
  kaf_database_close (g_steal_pointer (&f->db));
  g_assert_cmpint (g_rename (copy, f->path), ==, 0);
  {
    g_autoptr (GPtrArray) left = g_ptr_array_new_with_free_func (g_free);

    for (guint i = 0; i < 2; i++)
      {
        char *name = g_strconcat (f->path, i == 0 ? "-wal" : "-shm", NULL);

        g_unlink (name);
        g_ptr_array_add (left, name);
      }
  }
  kaf_fixture_reopen (f);
  g_free (after);
  after = tell (f, "2026-06-30");
  g_assert_cmpstr (after, ==, june);
  kaf_fixture_assert_whole (f);
  world_clear (&world);
}

/* Month by month it is what is counted at their ends. */
static void
test_series (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autoptr (GArray) points = NULL;
  g_autoptr (GError) error = NULL;
  World world;

  world_init (&world, f);
  for (guint i = 0; i < 40; i++)
    g_free (create_by_chance (f, &world, rand, i));
  points = kaf_target_series (f->db, kaf_day_parse ("2026-01-15"), kaf_day_parse ("2026-09-12"),
                              FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (points->len, ==, 9);
  for (guint i = 0; i < points->len; i++)
    {
      const KafTargetPoint *point = &g_array_index (points, KafTargetPoint, i);
      g_autofree char *iso = kaf_day_to_iso (point->day);
      g_autoptr (KafTargetCount) count = count_at (f, iso);

      for (guint stage = 0; stage < KAF_TARGET_N_STAGES; stage++)
        g_assert_cmpuint (point->n[stage], ==, count->n[stage]);
    }
  world_clear (&world);
}

/* Projects stand where their latest change says, whenever it was written; what was given up is in no region. */
static KafTargetCount *
count_hidden (KafFixture *f, const char *day)
{
  const KafTargetQuery query = { .day = kaf_day_parse (day),
                                 .axes = 1u << KAF_TARGET_BY_COUNTRY,
                                 .hide = TRUE,
                                 .lang = KAF_LANG_EN };
  g_autoptr (GError) error = NULL;
  KafTargetCount *count = kaf_target_count (f->db, &query, NULL, &error);

  g_assert_no_error (error);
  return count;
}

static const KafTargetCell *
find_cell (const KafTargetCount *count, const char *code)
{
  for (guint i = 0; i < count->cells[KAF_TARGET_BY_COUNTRY]->len; i++)
    {
      const KafTargetCell *cell = count->cells[KAF_TARGET_BY_COUNTRY]->pdata[i];

      if (code != NULL ? g_strcmp0 (cell->code, code) == 0 : cell->kind == KAF_TARGET_CELL_REST)
        return cell;
    }
  return NULL;
}

static void
declare_persons (KafFixture *f, const char *country, guint n, guint n_engaged)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = kaf_fixture_create (
          f, "person", NULL, "family_name", "Alaoui", "status", "verified", "verified_on",
          "2026-01-10", "declared_on", "2026-01-05", "country", country, NULL);

      CREATE ("expert", id, "employer", "Sogea");
      if (i < n_engaged)
        CREATE ("contact", NULL, "person", id, "held_on", "2026-02-05", "channel", "call",
                "subject", "Un appel", "outcome", "answered");
    }
}

/* Of twelve in France, six in Italy and three in Spain, nobody can work out the three. */
static void
test_few (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autoptr (KafTargetCount) count = NULL;
  g_autoptr (GArray) points = NULL;
  g_autoptr (GError) error = NULL;
  const KafTargetPoint *point;

  declare_persons (f, "FR", 12, 3);
  declare_persons (f, "IT", 6, 0);
  declare_persons (f, "ES", 3, 0);
  count = count_hidden (f, "2026-06-30");
  g_assert_cmpuint (count->n[KAF_TARGET_IDENTIFIED], ==, 21);
  g_assert_cmpuint (count->n[KAF_TARGET_ENGAGED], ==, KAF_FEW_SMALL);
  g_assert_cmpuint (count->n[KAF_TARGET_MOBILISED], ==, KAF_FEW_SMALL);
  /* Nobody came in 90 days. */
  g_assert_cmpuint (count->before[KAF_TARGET_IDENTIFIED], ==, KAF_FEW_SMALL);
  g_assert_cmpuint (find_cell (count, "FR")->n[KAF_TARGET_IDENTIFIED], ==, 12);
  g_assert_cmpuint (find_cell (count, "FR")->n[KAF_TARGET_ENGAGED], ==, KAF_FEW_SMALL);
  g_assert_null (find_cell (count, "ES"));
  g_assert_null (find_cell (count, "IT"));
  g_assert_cmpuint (find_cell (count, NULL)->n[KAF_TARGET_IDENTIFIED], ==, 9);
  /* The rest of the engaged is all of them: as few. */
  g_assert_cmpuint (find_cell (count, NULL)->n[KAF_TARGET_ENGAGED], ==, KAF_FEW_SMALL);
  points = kaf_target_series (f->db, kaf_day_parse ("2026-01-01"), kaf_day_parse ("2026-06-30"),
                              TRUE, &error);
  g_assert_no_error (error);
  point = &g_array_index (points, KafTargetPoint, points->len - 1);
  g_assert_cmpuint (point->n[KAF_TARGET_IDENTIFIED], ==, 21);
  g_assert_cmpuint (point->n[KAF_TARGET_ENGAGED], ==, KAF_FEW_SMALL);
}

/* A month that was closed keeps its totals as they were: they are not told either. */
static void
test_few_closed (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autoptr (KafTargetCount) count = NULL;

  declare_persons (f, "FR", 3, 1);
  close_months (f, (const char *const[]){ "2026-03", NULL }, NULL);
  count = count_hidden (f, "2026-03-31");
  g_assert_true (count->closed);
  for (guint stage = 0; stage < KAF_TARGET_N_STAGES; stage++)
    g_assert_false (kaf_few_is_told (count->n[stage]));
  for (guint i = 0; i < count->cells[KAF_TARGET_BY_COUNTRY]->len; i++)
    {
      const KafTargetCell *cell = count->cells[KAF_TARGET_BY_COUNTRY]->pdata[i];

      g_assert_false (kaf_few_is_told (cell->n[KAF_TARGET_IDENTIFIED]));
    }
}

static void
grant (KafFixture *f, const char *role, const char *scope)
{
  g_autoptr (GError) error = NULL;

  kaf_local_set (f->db, KAF_SYNC_URL, "https://hub.example.org", &error);
  kaf_sync_set_grants (f->db, role, scope, &error);
  g_assert_no_error (error);
}

/* The goal is one of all records, and so are the tallies of a month: of a part neither is told, and none is closed. */
static void
test_part (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autoptr (KafTargetCount) all = NULL;
  g_autoptr (KafTargetCount) part = NULL;
  g_autoptr (GArray) points = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) open = NULL;

  declare_persons (f, "FR", 8, 6);
  close_months (f, (const char *const[]){ "2026-03", NULL }, NULL);
  declare_persons (f, "FR", 1, 0);
  all = count_at (f, "2026-03-31");
  g_assert_true (all->closed && !all->part);
  g_assert_cmpuint (all->path, >, 0);
  g_assert_cmpuint (all->n[KAF_TARGET_IDENTIFIED], ==, 8);

  grant (f, "manager", "national");
  part = count_at (f, "2026-03-31");
  g_assert_true (part->closed && !part->part);
  g_clear_pointer (&part, kaf_target_count_free);

  grant (f, "manager", "territory:MA-09");
  part = count_at (f, "2026-03-31");
  g_assert_true (part->part && !part->closed);
  g_assert_cmpuint (part->path, ==, 0);
  g_assert_cmpuint (part->settings.goal, ==, 0);
  g_assert_cmpuint (part->n[KAF_TARGET_IDENTIFIED], ==, 9);
  points = kaf_target_series (f->db, kaf_day_parse ("2026-03-01"), kaf_day_parse ("2026-03-31"),
                              FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (points->len, ==, 1);
  g_assert_false (g_array_index (points, KafTargetPoint, 0).closed);
  g_assert_cmpuint (g_array_index (points, KafTargetPoint, 0).n[KAF_TARGET_IDENTIFIED], ==, 9);
  open = kaf_target_open_months (f->db, &error);
  g_assert_cmpuint (g_strv_length (open), ==, 0);
  close_months (f, (const char *const[]){ "2026-02", NULL }, "a part");
}

static void
test_funnel (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (KafFunnel) funnel = NULL;
  g_autoptr (KafQuery) study = NULL;
  g_autoptr (KafQuery) holders = NULL;
  const KafFunnelRegion *region;
  World world;

  world_init (&world, f);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *id = kaf_fixture_create (f, "person", NULL, "family_name", "Alaoui", NULL);
      g_autofree char *project = NULL;

      CREATE ("project_holder", id, "horizon", "now");
      project = kaf_fixture_create (f, "project", NULL, "person", id, "title_fr", "Atelier",
                                    "territory", world.places[1], "jobs", "4", "amount",
                                    i == 0 ? "100000 EUR" : "250000 MAD", NULL);
      CREATE ("project_stage", NULL, "project", project, "stage", i == 2 ? "abandoned" : "study",
              "reached_on", "2026-05-01");
      CREATE ("project_stage", NULL, "project", project, "stage", "idea", "reached_on",
              "2026-01-01");
    }
  funnel = kaf_funnel_read (f->db, KAF_LANG_FR, FALSE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (funnel->n, ==, 3);
  g_assert_cmpuint (funnel->stages[KAF_STAGE_IDEA], ==, 0);
  g_assert_cmpuint (funnel->stages[KAF_STAGE_STUDY], ==, 2);
  g_assert_cmpuint (funnel->stages[KAF_STAGE_ABANDONED], ==, 1);
  g_assert_cmpuint (funnel->regions->len, ==, 1);
  region = funnel->regions->pdata[0];
  g_assert_cmpstr (region->code, ==, world.places[0]);
  g_assert_cmpuint (region->n_projects, ==, 2);
  g_assert_cmpint (region->jobs, ==, 8);
  g_assert_cmpint (region->amount, ==, 250000);
  g_assert_cmpuint (region->n_unpriced, ==, 1);
  g_assert_cmpuint (region->n_unstaffed, ==, 0);
  study = kaf_funnel_list_stage (f->db, KAF_STAGE_STUDY, &error);
  g_assert_cmpint (kaf_page_count (f->db, study, &error), ==, 2);
  holders = kaf_funnel_list_region (f->db, region->code, TRUE, &error);
  g_assert_cmpint (kaf_page_count (f->db, holders, &error), ==, region->n_holders);

  /* What nobody said is told apart from none. */
  {
    g_autofree char *id = kaf_fixture_create (f, "person", NULL, "family_name", "Bennis", NULL);

    CREATE ("project_holder", id, "horizon", "now");
    CREATE ("project", NULL, "person", id, "title_fr", "Projet");
  }
  g_clear_pointer (&funnel, kaf_funnel_free);
  funnel = kaf_funnel_read (f->db, KAF_LANG_FR, TRUE, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (kaf_few_is_told (funnel->n) || kaf_few_is_told (funnel->stages[KAF_STAGE_STUDY]));
  region = funnel->regions->pdata[0];
  g_assert_false (kaf_few_is_told (region->n_projects) || kaf_few_is_told (region->n_holders));
  g_clear_pointer (&funnel, kaf_funnel_free);
  funnel = kaf_funnel_read (f->db, KAF_LANG_FR, FALSE, NULL, &error);
  g_assert_no_error (error);
  region = funnel->regions->pdata[1];
  g_assert_null (region->code);
  g_assert_cmpuint (region->n_unpriced, ==, region->n_projects);
  g_assert_cmpuint (region->n_unstaffed, ==, region->n_projects);
  world_clear (&world);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/target/line", test_line);
  g_test_add_func ("/target/moved", test_moved);
  g_test_add_func ("/target/who", test_who);
  g_test_add_func ("/target/own-days", test_own_days);
  g_test_add_func ("/target/mission", test_mission);
  g_test_add_func ("/target/setting", test_setting);
  g_test_add_func ("/target/check", test_check);
  g_test_add_func ("/target/population", test_population);
  g_test_add_func ("/target/series", test_series);
  g_test_add_func ("/target/few", test_few);
  g_test_add_func ("/target/few-closed", test_few_closed);
  g_test_add_func ("/target/part", test_part);
  g_test_add_func ("/target/funnel", test_funnel);
  return g_test_run ();
}
