/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Project holders in a store: their facts, the table of scores beside them, rules in force and what is recorded. */
#include "config.h"

#include <string.h>

#include "base/kaf-validation-error.h"
#include "kaf-fixture.h"
#include "rules/holder/kaf-score-rules.h"
#include "schema/kaf-registry.h"
#include "store/kaf-check.h"
#include "store/kaf-database-private.h"
#include "store/kaf-holder-now.h"
#include "store/kaf-holder-score.h"
#include "store/kaf-page.h"
#include "store/kaf-tier-review.h"

static char *
add_holder (KafFixture *f, const char *name)
{
  g_autofree char *id =
      kaf_fixture_create (f, "person", NULL, "family_name", name, "country", "FR", NULL);

  g_free (kaf_fixture_create (f, "project_holder", id, "counsellor", "alaoui", NULL));
  return g_steal_pointer (&id);
}

static KafHolderScore *
read_score (KafFixture *f, const char *id, const char *day)
{
  g_autoptr (GError) error = NULL;
  KafHolderScore *score =
      kaf_holder_score_read (f->db, id, kaf_day_parse (day), KAF_LANG_EN, &error);

  g_assert_no_error (error);
  return score;
}

/* What the table says. (transfer full) */
static char *
read_now (KafFixture *f, const char *id, const char *columns)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT %s FROM holder_now n JOIN head h ON h.rid = n.rid WHERE h.id = ?", columns);
  g_autoptr (KafStatement) statement = kaf_database_prepare (f->db, sql, NULL);

  kaf_statement_bind_text (statement, 1, id);
  return kaf_database_step (f->db, statement, NULL) ? g_strdup (kaf_statement_text (statement, 0))
                                                    : NULL;
}

static void
assert_now (KafFixture *f, const char *id, const char *columns, const char *expected)
{
  g_autofree char *text = read_now (f, id, columns);

  g_assert_cmpstr (text, ==, expected);
}

static char *
today (KafFixture *f)
{
  return kaf_day_to_iso (kaf_day_from_time (kaf_clock_now (f->clock)));
}

static char *
days_ago (KafFixture *f, int days)
{
  return kaf_day_to_iso (kaf_day_from_time (kaf_clock_now (f->clock)) - (KafDay) days);
}

static void
test_facts (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *person = add_holder (f, "OUHAMMOU");
  g_autofree char *now = today (f);
  g_autofree char *before = days_ago (f, 30);
  g_autofree char *project =
      kaf_fixture_create (f, "project", NULL, "person", person, "title_fr", "Argan", "territory",
                          "MA-TIZ", "amount", "40000000 EUR", "amount_mad", "420000000 MAD",
                          "secured", "168000000 MAD", "jobs", "18", NULL);
  g_autofree char *idea = kaf_fixture_create (f, "project_stage", NULL, "project", project, "stage",
                                              "idea", "reached_on", before, NULL);
  g_autofree char *study = kaf_fixture_create (f, "project_stage", NULL, "project", project,
                                               "stage", "study", "reached_on", now, NULL);
  g_autofree char *call = kaf_fixture_create (f, "contact", NULL, "person", person, "held_on",
                                              before, "channel", "call", "subject", "x", NULL);
  g_autofree char *later =
      kaf_fixture_create (f, "contact", NULL, "person", person, "held_on", now, "channel", "visit",
                          "subject", "x", "outcome", "interested", "next_on", now, NULL);
  g_autoptr (KafHolderScore) score = read_score (f, person, NULL);
  g_autoptr (KafHolderScore) past = read_score (f, person, before);
  const KafHolder *facts = &score->line->facts;

  g_assert_cmpuint (facts->n_projects, ==, 1);
  g_assert_cmpint (facts->projects[0].amount, ==, 420000000);
  g_assert_cmpint (facts->projects[0].secured, ==, 168000000);
  g_assert_cmpint (facts->projects[0].jobs, ==, 18);
  g_assert_cmpint (facts->projects[0].jobs_permanent, ==, KAF_HOLDER_UNKNOWN);
  g_assert_cmpstr (facts->projects[0].region, ==, "MA-09");
  g_assert_cmpint (facts->projects[0].stage, ==, KAF_STAGE_STUDY);
  g_assert_cmpuint (facts->n_contacts, ==, 2);
  g_assert_cmpstr (facts->contacts[0].channel, ==, "visit");
  g_assert_cmpstr (facts->counsellor, ==, "alaoui");
  /* As of a past day, what came later is not known yet. */
  g_assert_cmpint (past->line->facts.projects[0].stage, ==, KAF_STAGE_IDEA);
  g_assert_cmpuint (past->line->facts.n_contacts, ==, 1);

  assert_now (f, person, "stage", "study");
  assert_now (f, person, "last_contact_on", now);
  assert_now (f, person, "next_on", now);
  kaf_fixture_assert_whole (f);
  (void) idea, (void) study, (void) call, (void) later;
}

/* Each change moves the line in its own transaction, and an undo moves it back. */
static void
test_follows (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *person = add_holder (f, "OUHAMMOU");
  g_autofree char *now = today (f);
  g_autofree char *project = NULL;
  g_autofree char *visit = NULL;
  g_autofree char *first = read_now (f, person, "potential");
  g_autofree char *second = NULL;

  project = kaf_fixture_create (f, "project", NULL, "person", person, "title_fr", "Argan", "jobs",
                                "60", "land", "secured", NULL);
  second = read_now (f, person, "potential");
  g_assert_cmpstr (first, !=, second);
  kaf_receipt_unref (kaf_fixture_update (f, "project", project, "jobs", "0", NULL));
  assert_now (f, person, "potential > 0", "1");
  {
    g_autofree char *third = read_now (f, person, "potential");

    g_assert_cmpstr (third, !=, second);
  }
  kaf_receipt_unref (kaf_undo (f->db, NULL, NULL));
  assert_now (f, person, "potential", second);

  assert_now (f, person, "engagement_low", "0");
  visit = kaf_fixture_create (f, "contact", NULL, "person", person, "held_on", now, "channel",
                              "visit", "subject", "x", NULL);
  assert_now (f, person, "engagement_low", "22");
  kaf_receipt_unref (kaf_fixture_update (f, "person", person, "city", "Lille", NULL));
  kaf_fixture_assert_whole (f);

  /* The facet goes, and so does the line; and comes back with it. */
  {
    g_autoptr (KafChangeSet) set = kaf_change_set_new ("delete");

    kaf_change_set_delete (set, kaf_registry_find ("project_holder"), person);
    kaf_receipt_unref (kaf_commit (f->db, set, NULL, NULL, NULL));
  }
  assert_now (f, person, "tier", NULL);
  kaf_fixture_assert_whole (f);
  kaf_receipt_unref (kaf_undo (f->db, NULL, NULL));
  assert_now (f, person, "engagement_low", "22");

  g_assert_true (kaf_erase (f->db, kaf_registry_find ("project"), project, "asked for", NULL));
  assert_now (f, person, "potential", first);
  g_assert_true (kaf_erase (f->db, kaf_registry_find ("person"), person, "asked for", NULL));
  g_assert_cmpint (kaf_database_get_int (f->db, "SELECT count(*) FROM holder_now", NULL), ==, 0);
  g_assert_cmpint (kaf_database_get_int (f->db, "SELECT count(*) FROM project_now", NULL), ==, 0);
  kaf_fixture_assert_whole (f);
  (void) visit;
}

/* A holder who becomes an expert: both facets are searched, whichever came first. */
static void
test_also_expert (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *person =
      kaf_fixture_create (f, "person", NULL, "family_name", "OUHAMMOU", "country", "FR", NULL);

  g_free (kaf_fixture_create (f, "project_holder", person, "headline_fr", "Argan", NULL));
  g_free (kaf_fixture_create (f, "expert", person, "headline_fr", "Chimie", NULL));
  kaf_fixture_assert_whole (f);
  assert_now (f, person, "decided", "0");
}

static void
test_check_finds (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *person = add_holder (f, "OUHAMMOU");
  g_autoptr (GPtrArray) wrong = NULL;
  g_autoptr (GPtrArray) missing = NULL;

  kaf_database_exec (f->db, "UPDATE holder_now SET potential = 99", NULL);
  wrong = kaf_holder_now_check (f->db, NULL);
  g_assert_cmpuint (wrong->len, ==, 1);
  g_assert_cmpstr (wrong->pdata[0], ==, person);
  kaf_database_exec (f->db, "DELETE FROM holder_now", NULL);
  missing = kaf_holder_now_check (f->db, NULL);
  g_assert_cmpuint (missing->len, ==, 1);
}

/* Rules */

#define RULES(points)                                                                              \
  "{\"half_life\":90,\"tiers\":{\"by\":\"threshold\",\"potential\":50,\"engagement\":50},"         \
  "\"relay\":6,\"criteria\":[{\"axis\":\"potential\",\"fact\":\"jobs\",\"bands\":[[1," points      \
  "]]}]}"
#define QUOTA                                                                                      \
  "{\"half_life\":90,\"tiers\":{\"by\":\"quota\",\"potential\":50,\"engagement\":50},"             \
  "\"relay\":6,\"criteria\":[{\"axis\":\"potential\",\"fact\":\"jobs\","                           \
  "\"bands\":[[1,10],[2,20],[3,30],[4,40]]},"                                                      \
  "{\"axis\":\"engagement\",\"fact\":\"contacts\",\"points\":{\"call\":20}}]}"

static char *
add_rules (KafFixture *f, const char *rules, const char *number)
{
  return kaf_fixture_create (f, "rule_set", NULL, "title_fr", "Barème", "number", number, "rules",
                             rules, NULL);
}

static void
add_jobs (KafFixture *f, const char *person, const char *jobs)
{
  g_free (kaf_fixture_create (f, "project", NULL, "person", person, "title_fr", "Projet", "jobs",
                              jobs, NULL));
}

static void
test_publish (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *person = add_holder (f, "OUHAMMOU");
  g_autofree char *rules = add_rules (f, RULES ("80"), "1");
  g_autofree char *next = NULL;
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (KafReceipt) again = NULL;
  g_autoptr (KafReceipt) second = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (KafRulesInForce) force = { 0 };

  add_jobs (f, person, "1");
  receipt = kaf_rule_set_publish (f->db, rules, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (receipt->n_records, ==, 2);
  g_assert_true (kaf_holder_now_is_stale (f->db));
  g_assert_true (kaf_holder_now_refresh (f->db, &error));
  g_assert_false (kaf_holder_now_is_stale (f->db));
  assert_now (f, person, "potential || tier || (rules <> '')", "80b1");
  g_assert_true (
      kaf_rules_in_force_read (f->db, kaf_day_from_time (kaf_clock_now (f->clock)), &force, NULL));
  g_assert_cmpuint (force.number, ==, 1);
  records = kaf_tier_records_read (f->db, person, NULL);
  g_assert_cmpuint (records->len, ==, 1);
  g_assert_cmpstr (((KafTierRecord *) records->pdata[0])->cause, ==, "first");
  g_assert_cmpstr (((KafTierRecord *) records->pdata[0])->rule_set, ==, "1");

  /* Nothing changed, nothing is recorded. */
  again = kaf_tier_review (f->db, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (again->batch);

  next = add_rules (f, RULES ("40"), "2");
  second = kaf_rule_set_publish (f->db, next, NULL, &error);
  g_assert_no_error (error);
  g_clear_pointer (&records, g_ptr_array_unref);
  records = kaf_tier_records_read (f->db, person, NULL);
  g_assert_cmpuint (records->len, ==, 2);
  kaf_holder_now_refresh (f->db, NULL);
  assert_now (f, person, "potential || tier", "40d");
  kaf_fixture_assert_whole (f);
}

/* Taken back on the same day, what it recorded says nothing any more; done again, it does. */
static void
test_taken_back (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *person = add_holder (f, "OUHAMMOU");
  g_autofree char *first = add_rules (f, RULES ("80"), "1");
  g_autofree char *second = add_rules (f, RULES ("40"), "2");
  g_autoptr (KafReceipt) undone = NULL;
  g_autoptr (KafReceipt) redone = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;

  add_jobs (f, person, "1");
  kaf_receipt_unref (kaf_rule_set_publish (f->db, first, NULL, NULL));
  kaf_receipt_unref (kaf_rule_set_publish (f->db, second, NULL, NULL));
  undone = kaf_undo (f->db, NULL, &error);
  g_assert_no_error (error);
  records = kaf_tier_records_read (f->db, person, NULL);
  g_assert_cmpuint (records->len, ==, 1);
  g_assert_cmpstr (((KafTierRecord *) records->pdata[0])->rule_set, ==, "1");
  kaf_holder_now_refresh (f->db, NULL);
  assert_now (f, person, "potential || tier", "80b");

  redone = kaf_redo (f->db, &error);
  g_assert_no_error (error);
  g_clear_pointer (&records, g_ptr_array_unref);
  records = kaf_tier_records_read (f->db, person, NULL);
  g_assert_cmpuint (records->len, ==, 2);
  kaf_fixture_assert_whole (f);
}

static void
assert_verified_on (KafFixture *f, const char *person, const char *expected)
{
  g_autofree char *day = kaf_fixture_get (f, "person", person, "verified_on");

  g_assert_cmpstr (day, ==, expected);
}

/* The day on which an officer says that a person is verified; told otherwise, that one; taken back, none. */
static void
test_verified (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *person =
      kaf_fixture_create (f, "person", NULL, "family_name", "ALAMI", "status", "prospect", NULL);
  g_autofree char *told =
      kaf_fixture_create (f, "person", NULL, "family_name", "BENNIS", "status", "prospect", NULL);
  g_autofree char *now = today (f);

  kaf_receipt_unref (kaf_fixture_update (f, "person", person, "city", "Lyon", NULL));
  assert_verified_on (f, person, NULL);
  kaf_receipt_unref (kaf_fixture_update (f, "person", told, "status", "verified", "verified_on",
                                         "2025-02-03", NULL));
  assert_verified_on (f, told, "2025-02-03");
  kaf_receipt_unref (kaf_fixture_update (f, "person", person, "status", "verified", NULL));
  assert_verified_on (f, person, now);
  kaf_receipt_unref (kaf_undo (f->db, NULL, NULL));
  assert_verified_on (f, person, NULL);
}

static void
test_frozen (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *rules = add_rules (f, RULES ("80"), "1");
  g_autoptr (KafChangeSet) change = kaf_change_set_new ("edit");
  g_autoptr (KafChangeSet) broken = kaf_change_set_new ("create");
  g_autoptr (KafChangeSet) away = kaf_change_set_new ("delete");
  g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find ("rule_set"), rules);
  g_autoptr (KafRecord) wrong = kaf_record_new (kaf_registry_find ("rule_set"), NULL);
  g_autoptr (GError) error = NULL;
  KafFault fault = { 0 };

  kaf_receipt_unref (kaf_fixture_update (f, "rule_set", rules, "rules", RULES ("70"), NULL));
  kaf_receipt_unref (kaf_rule_set_publish (f->db, rules, NULL, NULL));
  kaf_record_set (record, "rules", RULES ("60"));
  kaf_change_set_update (change, record);
  g_assert_null (kaf_commit (f->db, change, &fault, NULL, &error));
  g_assert_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_RULE);
  g_assert_cmpstr (fault.field, ==, "rules");
  g_clear_error (&error);
  kaf_change_set_delete (away, kaf_registry_find ("rule_set"), rules);
  g_assert_null (kaf_commit (f->db, away, &fault, NULL, &error));
  g_clear_error (&error);
  /* Its title and notes may still be mended. */
  kaf_receipt_unref (kaf_fixture_update (f, "rule_set", rules, "notes", "x", NULL));

  kaf_record_set (wrong, "title_fr", "Barème");
  kaf_record_set (wrong, "number", "2");
  kaf_record_set (wrong, "rules", "{\"criteria\":[]}");
  kaf_change_set_create (broken, wrong);
  g_assert_null (kaf_commit (f->db, broken, &fault, NULL, &error));
  g_assert_cmpstr (fault.field, ==, "rules");
}

/* Of the same post, one who rises pushes another down in the same transaction. */
static void
test_quota (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *rules = add_rules (f, QUOTA, "1");
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;
  g_autofree char *late = NULL;
  g_autoptr (KafHolderScore) score = NULL;

  kaf_receipt_unref (kaf_rule_set_publish (f->db, rules, NULL, NULL));
  one = add_holder (f, "UN");
  two = add_holder (f, "DEUX");
  add_jobs (f, one, "2");
  add_jobs (f, two, "1");
  kaf_holder_now_refresh (f->db, NULL);
  assert_now (f, one, "tier", "b");
  assert_now (f, two, "tier", "d");
  add_jobs (f, two, "3");
  assert_now (f, one, "tier", "d");
  assert_now (f, two, "tier", "b");
  score = read_score (f, one, NULL);
  g_assert_cmpint (score->tier, ==, 'd');
  kaf_fixture_assert_whole (f);

  /* Who goes to another post is measured against those there. */
  late = kaf_fixture_create (f, "post", NULL, "code", "CG-LIL", "name_fr", "Lille", "kind",
                             "consulate_general", NULL);
  kaf_receipt_unref (kaf_fixture_update (f, "project_holder", one, "post", late, NULL));
  assert_now (f, one, "tier", "b");
  assert_now (f, two, "tier", "b");
  kaf_fixture_assert_whole (f);
}

static void
test_override (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *person = add_holder (f, "OUHAMMOU");
  g_autofree char *now = today (f);
  g_autofree char *decision =
      kaf_fixture_create (f, "tier_override", NULL, "person", person, "tier", "a", "reason", "x",
                          "decided_on", now, "until", now, NULL);

  assert_now (f, person, "tier || scored || decided", "ad1");
  kaf_fixture_assert_whole (f);
  /* It ends by itself. */
  kaf_clock_advance (f->clock, 2 * G_TIME_SPAN_DAY);
  g_assert_true (kaf_holder_now_is_stale (f->db));
  g_assert_true (kaf_holder_now_refresh (f->db, NULL));
  assert_now (f, person, "tier || scored || decided", "dd0");
  kaf_fixture_assert_whole (f);
  (void) decision;
}

static void
test_simulation (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *one = add_holder (f, "UN");
  g_autofree char *two = add_holder (f, "DEUX");
  g_autoptr (KafScoreRules) rules = kaf_score_rules_parse (RULES ("80"), NULL);
  g_autoptr (KafSimulation) simulation = NULL;
  const KafSimulatedChange *change;

  add_jobs (f, one, "1");
  add_jobs (f, two, "0");
  simulation = kaf_simulation_run (f->db, rules, KAF_DAY_UNKNOWN, NULL, NULL);
  g_assert_cmpuint (simulation->n_holders, ==, 2);
  g_assert_cmpuint (simulation->changes->len, ==, 1);
  change = simulation->changes->pdata[0];
  g_assert_cmpstr (change->id, ==, one);
  g_assert_cmpint (change->before, ==, 'd');
  g_assert_cmpint (change->after, ==, 'b');
  g_assert_cmpstr (change->reasons[0].fact, ==, "jobs");
  g_assert_cmpint (change->reasons[0].from, ==, 8);
  g_assert_cmpint (change->reasons[0].to, ==, 80);
  g_assert_cmpuint (simulation->moves['d' - 'a']['b' - 'a'], ==, 1);
  g_assert_cmpuint (simulation->moves['d' - 'a']['d' - 'a'], ==, 1);
}

/* Lists filter and show what is derived. */
static void
test_lists (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *one = add_holder (f, "UN");
  g_autofree char *two = add_holder (f, "DEUX");
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("project_holder"));
  g_autoptr (GError) error = NULL;
  g_autofree char *now = today (f);
  static const char *const high[] = { "a", NULL };

  g_free (kaf_fixture_create (f, "tier_override", NULL, "person", one, "tier", "a", "reason", "x",
                              "decided_on", now, "until", now, NULL));
  kaf_query_set_condition (query, "tier", KAF_OP_ANY_OF, high);
  g_assert_cmpint (kaf_page_count (f->db, query, &error), ==, 1);
  g_assert_no_error (error);
  (void) two;
}

/* Whatever is done, undone or erased: what is written with each change is what all facts give. */

typedef struct
{
  KafFixture *f;
  KafRandom *random;
  GPtrArray *persons, *projects; /* ids; of erased ones too */
} Play;

static const char *
pick (Play *self, GPtrArray *list)
{
  return g_ptr_array_index (list, kaf_random_below (self->random, list->len));
}

/* As a person would try it: what is refused is refused. */
static void
attempt (Play *self, KafChangeKind kind, const char *entity, const char *id, ...)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");
  g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find (entity), id);
  g_autoptr (KafReceipt) receipt = NULL;
  const char *field;
  va_list args;

  va_start (args, id);
  while ((field = va_arg (args, const char *)) != NULL)
    kaf_record_set (record, field, va_arg (args, const char *));
  va_end (args);
  if (kind == KAF_CHANGE_CREATE)
    kaf_change_set_create (set, record);
  else if (kind == KAF_CHANGE_UPDATE)
    kaf_change_set_update (set, record);
  else
    kaf_change_set_delete (set, kaf_registry_find (entity), id);
  receipt = kaf_commit (self->f->db, set, NULL, NULL, NULL);
}

static const char *
choose (Play *self, const char *const *words, guint n)
{
  return words[kaf_random_below (self->random, n)];
}

static void
add_something (Play *self)
{
  static const char *const stages[] = { "idea", "study", "finance", "launched", "abandoned" };
  static const char *const channels[] = { "call", "visit", "email" };
  static const char *const jobs[] = { "0", "3", "20", "60" };
  static const char *const tiers[] = { "a", "c", "" };
  g_autofree char *day = days_ago (self->f, (int) kaf_random_below (self->random, 200));
  g_autofree char *now = today (self->f);
  const char *person = pick (self, self->persons);

  switch (kaf_random_below (self->random, 6))
    {
    case 0:
      attempt (self, KAF_CHANGE_CREATE, "project_stage", NULL, "project",
               pick (self, self->projects), "stage", choose (self, stages, 5), "reached_on", day,
               NULL);
      break;
    case 1:
      attempt (self, KAF_CHANGE_CREATE, "contact", NULL, "person", person, "held_on", day,
               "channel", choose (self, channels, 3), "subject", "x", NULL);
      break;
    case 2:
      attempt (self, KAF_CHANGE_CREATE, "tier_override", NULL, "person", person, "tier",
               choose (self, tiers, 3), "reason", "x", "decided_on", day, "until", now, NULL);
      break;
    case 3:
      attempt (self, KAF_CHANGE_UPDATE, "project", pick (self, self->projects), "jobs",
               choose (self, jobs, 4), NULL);
      break;
    case 4:
      attempt (self, KAF_CHANGE_UPDATE, "project", pick (self, self->projects), "person", person,
               NULL);
      break;
    default:
      attempt (self, KAF_CHANGE_UPDATE, "person", person, "territory", "MA-TIZ", NULL);
      break;
    }
}

static void
do_something (Play *self)
{
  const char *person = pick (self, self->persons);

  switch (kaf_random_below (self->random, 12))
    {
    case 0:
      {
        g_autoptr (KafReceipt) undone = kaf_undo (self->f->db, NULL, NULL);
        break;
      }
    case 1:
      {
        g_autoptr (KafReceipt) redone = kaf_redo (self->f->db, NULL);
        break;
      }
    case 2:
      attempt (self, KAF_CHANGE_DELETE, "project_holder", person, NULL);
      break;
    case 3:
      attempt (self, KAF_CHANGE_CREATE, "expert", person, NULL);
      break;
    case 4:
      attempt (self, KAF_CHANGE_DELETE, "project", pick (self, self->projects), NULL);
      break;
    case 5:
      if (kaf_random_below (self->random, 4) == 0)
        kaf_erase (self->f->db, kaf_registry_find ("project"), pick (self, self->projects), "x",
                   NULL);
      break;
    case 6:
      if (kaf_random_below (self->random, 6) == 0)
        kaf_erase (self->f->db, kaf_registry_find ("person"), person, "x", NULL);
      break;
    default:
      add_something (self);
      break;
    }
}

static void
play (guint64 seed, gboolean quota)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autoptr (GPtrArray) persons = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) projects = g_ptr_array_new_with_free_func (g_free);
  Play self = { f, kaf_random_new_seeded (seed), persons, projects };

  if (quota)
    {
      g_autofree char *rules = add_rules (f, QUOTA, "1");

      kaf_receipt_unref (kaf_rule_set_publish (f->db, rules, NULL, NULL));
    }
  for (guint i = 0; i < 5; i++)
    {
      g_ptr_array_add (persons, add_holder (f, "NOM"));
      g_ptr_array_add (projects,
                       kaf_fixture_create (f, "project", NULL, "person", persons->pdata[i],
                                           "title_fr", "Projet", "jobs", "5", NULL));
    }
  kaf_holder_now_refresh (f->db, NULL);
  for (guint i = 0; i < 60; i++)
    {
      g_autoptr (GPtrArray) wrong = NULL;

      do_something (&self);
      wrong = kaf_holder_now_check (f->db, NULL);
      g_assert_nonnull (wrong);
      if (wrong->len > 0)
        g_test_message ("seed %u, step %u", (guint) seed, i);
      g_assert_cmpuint (wrong->len, ==, 0);
      g_assert_false (kaf_holder_now_is_stale (f->db));
    }
  kaf_fixture_assert_whole (f);
  kaf_random_unref (self.random);
}

static void
test_play (gconstpointer quota)
{
  for (guint64 seed = 1; seed <= 6; seed++)
    play (seed, quota != NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/holders/facts", test_facts);
  g_test_add_func ("/holders/follows", test_follows);
  g_test_add_func ("/holders/also-expert", test_also_expert);
  g_test_add_func ("/holders/check", test_check_finds);
  g_test_add_func ("/holders/publish", test_publish);
  g_test_add_func ("/holders/taken-back", test_taken_back);
  g_test_add_func ("/holders/verified", test_verified);
  g_test_add_func ("/holders/frozen", test_frozen);
  g_test_add_func ("/holders/quota", test_quota);
  g_test_add_func ("/holders/override", test_override);
  g_test_add_func ("/holders/simulation", test_simulation);
  g_test_add_func ("/holders/lists", test_lists);
  g_test_add_data_func ("/holders/play", NULL, test_play);
  g_test_add_data_func ("/holders/play-by-quota", "", test_play);
  return g_test_run ();
}
