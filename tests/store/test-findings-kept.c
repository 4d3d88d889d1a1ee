/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is kept of the rules' findings, whatever was written: what a run of everything finds, in the same order. And
 * that little was looked at again for it. */
#include "config.h"

#include "base/kaf-day.h"
#include "base/kaf-random.h"
#include "kaf-mission-fixture.h"
#include "schema/kaf-registry.h"
#include "store/kaf-commitment-now.h"
#include "store/kaf-database-private.h"
#include "store/kaf-findings-kept.h"

#define TODAY "2026-11-22"
#define N_SEEDS 2
#define N_TURNS 200

/* Fields that the rules look at: most edits are of these. */
static const char *const telling[][2] = {
  { "mission", "starts_on" },
  { "mission", "ends_on" },
  { "mission", "followed_by" },
  { "mission", "participants_planned" },
  { "mission_expert", "answer" },
  { "mission_expert", "person" },
  { "mission_expert", "agreed_on" },
  { "programme_item", "held_on" },
  { "programme_item", "half" },
  { "programme_item", "trainer" },
  { "programme_item", "second_trainer" },
  { "programme_item", "room" },
  { "programme_item", "mission" },
  { "budget_line", "payer" },
  { "budget_line", "basis" },
  { "budget_line", "mission" },
  { "equipment", "state" },
  { "booking", "state" },
  { "need", "territory" },
  { "need", "state" },
  { "need", "stated_on" },
  { "need", "audience_fr" },
  { "mission_need", "need" },
  { "stakeholder", "need" },
  { "stakeholder", "organisation" },
  { "stakeholder", "duty_fr" },
  { "mission_party", "answer" },
  { "mission_party", "organisation" },
  { "mission_party", "role" },
  { "person", "status" },
  { "person", "country" },
  { "person", "confirmed_on" },
  { "consent", "withdrawn_on" },
  { "consent", "person" },
  { "availability", "valid_from" },
  { "availability", "kind" },
  { "availability", "person" },
  { "attendance", "session" },
  { "participant", "mission" },
  { "convention", "ends_on" },
  { "convention", "signed_on" },
  { "convention", "parent" },
  { "convention", "effective_on" },
  { "convention", "kind" },
  { "commitment", "due_on" },
  { "commitment", "waived_on" },
  { "commitment", "convention" },
  { "commitment", "replaces" },
  { "commitment", "recurrence" },
  { "fulfilment", "due_on" },
  { "fulfilment", "commitment" },
  { "mandate", "valid_to" },
  { "mandate", "organisation" },
  { "mandate", "presides" },
  { "organisation", "kind" },
  { "mission_convention", "convention" },
  { "mission_result", "reached" },
  { "mission_room", "places" },
  { "material", "handed_on" },
  { "follow_up", "due_on" },
  { "follow_up", "done_on" },
  { "evaluation", "suggestion_use" },
  { "evaluation", "mission" },
  { "pair", "mission" },
};

typedef struct
{
  KafFixture *f;
  KafRandom *random;
  KafDatabase *reader;
  guint n_partial, n_changed;
} Play;

static KafFindings *
look (KafDatabase *db)
{
  const KafFindingsQuery query = { .day = kaf_day_parse (TODAY) };
  g_autoptr (GError) error = NULL;
  KafFindings *findings = kaf_findings_read (db, &query, NULL, &error);

  g_assert_no_error (error);
  return findings;
}

static void
assert_same (KafDatabase *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) wrong = NULL;
  guint n = 1;

  g_assert_true (kaf_findings_check (db, &n, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 0);
  /* What both of them ask follows from the records. */
  wrong = kaf_commitment_now_check (db, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (wrong->len, ==, 0);
}

/* A value of @sql, by chance. (transfer full) (nullable) */
static char *
pick (Play *self, const char *sql)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (self->f->db, sql, NULL);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);

  while (kaf_database_step (self->f->db, statement, NULL))
    g_ptr_array_add (found, g_strdup (kaf_statement_text (statement, 0)));
  return found->len > 0 ? g_strdup (found->pdata[kaf_random_below (self->random, found->len)])
                        : NULL;
}

static char *
pick_id (Play *self, const char *entity, gboolean deleted)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT h.id FROM \"%s\" e JOIN head h ON h.rid = e.rid WHERE e.deleted_at IS %s NULL"
      " ORDER BY e.rid",
      entity, deleted ? "NOT" : "");

  return pick (self, sql);
}

static char *
make_value (Play *self, const KafEntity *entity, const KafField *field)
{
  g_autofree char *sql = NULL;

  if (kaf_random_below (self->random, 5) == 0)
    return NULL;
  sql = g_strdup_printf ("SELECT \"%s\" FROM \"%s\" WHERE \"%s\" IS NOT NULL ORDER BY rid",
                         field->id, entity->id, field->id);
  if (field->kind == KAF_KIND_REFERENCE && !kaf_field_is_many (field))
    return pick_id (self, field->target, FALSE);
  if (field->kind == KAF_KIND_DATE || field->kind == KAF_KIND_PARTIAL_DATE)
    {
      char *day = kaf_random_below (self->random, 2) == 0 ? pick (self, sql) : NULL;

      /* Days that others have too. */
      return day != NULL ? day
                         : kaf_day_to_iso (kaf_day_parse (TODAY) - 200 +
                                           kaf_random_below (self->random, 500));
    }
  if (field->choices != NULL)
    {
      guint n = 0;

      while (field->choices[n].code != NULL)
        n++;
      return g_strdup (field->choices[kaf_random_below (self->random, n)].code);
    }
  if (field->kind == KAF_KIND_BOOLEAN)
    return g_strdup ("1");
  if (field->kind == KAF_KIND_INTEGER)
    return g_strdup_printf ("%u", kaf_random_below (self->random, 60));
  if (kaf_field_is_many (field) || field->kind == KAF_KIND_MONEY)
    return NULL;
  return pick (self, sql);
}

static const KafField *
pick_field (Play *self, const KafEntity *entity)
{
  guint n = 0;

  while (entity->fields[n].id != NULL)
    n++;
  return &entity->fields[kaf_random_below (self->random, n)];
}

static void
commit (Play *self, KafChangeSet *set)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KafReceipt) receipt = kaf_commit (self->f->db, set, NULL, NULL, &error);

  /* What the store refuses has changed nothing. */
  if (receipt == NULL)
    g_test_message ("refused: %s", error->message);
}

static void
edit (Play *self, const KafEntity *entity, const KafField *field)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");
  g_autofree char *id = pick_id (self, entity->id, FALSE);
  g_autofree char *value = make_value (self, entity, field);
  g_autoptr (KafRecord) record = NULL;

  if (id == NULL)
    return;
  record = kaf_record_new (entity, id);
  kaf_record_set (record, field->id, value);
  kaf_change_set_update (set, record);
  commit (self, set);
}

/* Like another, but for a field. */
static void
create (Play *self, const KafEntity *entity)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");
  g_autofree char *id = pick_id (self, entity->id, FALSE);
  g_autoptr (KafRecord) like = id != NULL ? kaf_read_record (self->f->db, entity, id, NULL) : NULL;
  g_autoptr (KafRecord) record = NULL;
  const KafField *other = pick_field (self, entity);
  g_autofree char *value = make_value (self, entity, other);

  if (like == NULL)
    return;
  record = kaf_record_new (entity, entity->owner != NULL ? id : NULL);
  for (const KafField *field = entity->fields; field->id != NULL; field++)
    if (kaf_record_get (like, field->id) != NULL)
      kaf_record_set (record, field->id, kaf_record_get (like, field->id));
  kaf_record_set (record, other->id, value);
  kaf_change_set_create (set, record);
  commit (self, set);
}

static void
mark (Play *self, const KafEntity *entity, gboolean restore)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");
  g_autofree char *id = pick_id (self, entity->id, restore);

  if (id == NULL)
    return;
  (restore ? kaf_change_set_restore : kaf_change_set_delete) (set, entity, id);
  commit (self, set);
}

static void
erase (Play *self)
{
  static const char *const kinds[] = { "person", "participant", "organisation", "mission" };
  const char *kind = kinds[kaf_random_below (self->random, G_N_ELEMENTS (kinds))];
  g_autofree char *id = pick_id (self, kind, FALSE);

  if (id != NULL)
    kaf_erase (self->f->db, kaf_registry_find (kind), id, "asked", NULL);
}

/* On to the next step, or back to the one that is left. */
static void
move (Play *self)
{
  g_autofree char *mission = pick_id (self, "mission", FALSE);
  g_autofree char *last = NULL;
  g_autofree char *step = NULL;
  g_autofree char *sql = NULL;
  g_autofree char *after = NULL;

  if (mission == NULL)
    return;
  last = g_strdup_printf (" FROM mission_now n JOIN head h ON h.rid = n.rid WHERE h.id = '%s'",
                          mission);
  sql = g_strconcat ("SELECT n.last", last, " AND n.last IS NOT NULL", NULL);
  after = pick (self, sql);
  g_free (sql);
  sql = g_strconcat ("SELECT n.step", last, NULL);
  step = pick (self, sql);
  if (after != NULL && kaf_random_below (self->random, 3) == 0)
    g_free (kaf_fixture_create_act (self->f, mission, "reopen", "3", after, NULL));
  else
    g_free (kaf_fixture_create_act (self->f, mission, "leave", step, after, NULL));
}

static void
undo (Play *self)
{
  g_autoptr (KafReceipt) receipt = kaf_random_below (self->random, 3) > 0
                                       ? kaf_undo (self->f->db, NULL, NULL)
                                       : kaf_redo (self->f->db, NULL);

  (void) receipt;
}

static void
act (Play *self)
{
  guint i = kaf_random_below (self->random, G_N_ELEMENTS (telling));
  const KafEntity *entity = kaf_registry_find (telling[i][0]);
  const KafField *field = kaf_entity_find_field (entity, telling[i][1]);
  guint draw = kaf_random_below (self->random, 60);

  g_assert_nonnull (field);
  kaf_clock_advance (self->f->clock, 1000000);
  if (draw < 40)
    edit (self, entity, field);
  else if (draw < 42)
    edit (self, entity, pick_field (self, entity));
  else if (draw < 46)
    create (self, entity);
  else if (draw < 50)
    mark (self, entity, FALSE);
  else if (draw < 52)
    mark (self, entity, TRUE);
  else if (draw < 55)
    undo (self);
  else if (draw < 59)
    move (self);
  else
    erase (self);
}

/* (transfer full) */
static char *
promise (KafFixture *f, const char *convention, const char *party, const char *replaces)
{
  return kaf_fixture_create (f, "commitment", NULL, "convention", convention, "party", party,
                             "text_fr", "Accueillir", "due_on", "2026-12-01", "replaces", replaces,
                             NULL);
}

/* Under @framework a specific one with an amendment, and another framework: all with commitments, some in the place of
 * those of another act, some of those of another tree. */
static void
furnish_trees (KafFixture *f, const char *framework, const char *party)
{
  g_autofree char *specific = kaf_fixture_create (
      f, "convention", NULL, "title_fr", "Spécifique", "kind", "specific", "parent", framework,
      "signed_on", "2021-06-24", "ends_on", "2027-01-10", "parties", party, NULL);
  g_autofree char *amendment =
      kaf_fixture_create (f, "convention", NULL, "title_fr", "Avenant", "kind", "amendment",
                          "parent", specific, "signed_on", "2022-06-24", "changes", "duties", NULL);
  g_autofree char *other = kaf_fixture_create (f, "convention", NULL, "title_fr", "Autre cadre",
                                               "kind", "framework", "signed_on", "2023-01-05",
                                               "ends_on", "2028-01-05", "parties", party, NULL);

  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *one = promise (f, specific, party, NULL);

      g_free (promise (f, i % 2 == 0 ? amendment : other, party, one));
      g_free (promise (f, other, party, NULL));
    }
}

/* Missions at several steps, and a convention with commitments between two who are presided. */
static void
furnish (KafFixture *f)
{
  g_autofree char *person = kaf_fixture_create (f, "person", NULL, "family_name", "TAZI", NULL);
  g_autofree char *network = kaf_fixture_create (f, "organisation", NULL, "name_fr", "Réseau",
                                                 "kind", "association", NULL);
  g_autofree char *mandate = NULL;
  g_autofree char *convention = NULL;

  g_free (kaf_fixture_create (f, "expert", person, "headline_fr", "Soins", NULL));
  g_free (kaf_fixture_create (f, "network", network, "basis", "thematic", NULL));
  mandate =
      kaf_fixture_create (f, "mandate", NULL, "person", person, "organisation", network, "office",
                          "Présidence", "presides", "1", "valid_from", "2019", NULL);
  convention = kaf_fixture_create (f, "convention", NULL, "title_fr", "Cadre", "kind", "framework",
                                   "signed_on", "2021-06-24", "ends_on", "2027-01-10", "parties",
                                   network, NULL);
  g_free (kaf_fixture_create (f, "signatory", NULL, "convention", convention, "mandate", mandate,
                              NULL));
  for (guint i = 0; i < 3; i++)
    g_free (promise (f, convention, network, NULL));
  furnish_trees (f, convention, network);
  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *mission = kaf_fixture_create_mission (f, "Mission");
      g_autofree char *last = NULL;

      for (guint step = 1; step <= i; step++)
        {
          g_autofree char *number = g_strdup_printf ("%u", step);
          char *next = kaf_fixture_create_act (f, mission, "leave", number, last, NULL);

          g_free (last);
          last = next;
        }
    }
}

/* Whether there are more of them than before, or fewer. */
static gboolean
count (KafDatabase *db, guint *before)
{
  g_autoptr (KafFindings) findings = look (db);
  gboolean differs = findings->n_all != *before;

  *before = findings->n_all;
  return differs;
}

static void
play (guint64 seed)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autoptr (KafRandom) random = kaf_random_new_seeded (seed);
  g_autoptr (KafDatabase) reader = NULL;
  Play self = { f, random, NULL, 0, 0 };
  guint n_before = 0;

  furnish (f);
  self.reader = reader = kaf_database_open (f->path, KAF_OPEN_DEFAULT, NULL, NULL);
  kaf_findings_unref (look (reader));
  kaf_findings_unref (look (f->db));
  for (guint i = 0; i < N_TURNS; i++)
    {
      g_test_message ("seed %" G_GUINT64_FORMAT ", turn %u", seed, i);
      act (&self);
      assert_same (reader);
      self.n_changed += count (reader, &n_before);
      self.n_partial += kaf_findings_count_renewed (reader) != G_MAXUINT;
      /* Several turns at once. */
      if (i % 8 == 7)
        assert_same (f->db);
    }
  g_test_message ("%u of %u turns looked at some, %u changed something", self.n_partial, N_TURNS,
                  self.n_changed);
  g_assert_cmpuint (self.n_partial, >, N_TURNS / 2);
  kaf_fixture_assert_whole (f);
}

static void
test_any_change (void)
{
  for (guint64 seed = 1; seed <= N_SEEDS; seed++)
    play (seed);
}

/* One line of one mission: that mission, and nothing else. */
static void
test_little (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *mission = NULL;
  g_autofree char *line = NULL;

  furnish (f);
  mission = kaf_fixture_create_mission (f, "Autre");
  line = kaf_fixture_create (f, "budget_line", NULL, "mission", mission, "label_fr", "Bus",
                             "category", "travel", NULL);
  kaf_findings_unref (look (f->db));
  g_assert_cmpuint (kaf_findings_count_renewed (f->db), ==, G_MAXUINT);
  kaf_receipt_unref (kaf_fixture_update (f, "budget_line", line, "label_fr", "Car", NULL));
  kaf_findings_unref (look (f->db));
  g_assert_cmpuint (kaf_findings_count_renewed (f->db), ==, 1);
  assert_same (f->db);
}

/* What one mission has somebody do is looked at by another that has the same person. */
static void
test_companions (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autoptr (KafRandom) random = kaf_random_new_seeded (1);
  g_autofree char *mission = kaf_fixture_create_mission (f, "Mission");
  g_autofree char *last = NULL;
  g_autofree char *session = NULL;
  g_autoptr (KafFindings) before = NULL;
  g_autoptr (KafFindings) after = NULL;
  Play self = { f, random, NULL, 0, 0 };

  for (guint step = 1; step <= 5; step++)
    {
      g_autofree char *number = g_strdup_printf ("%u", step);
      char *next = kaf_fixture_create_act (f, mission, "leave", number, last, NULL);

      g_free (last);
      last = next;
    }
  session = pick (&self, "SELECT h.id FROM programme_item i JOIN head h ON h.rid = i.rid"
                         " WHERE i.subject_fr = 'Ailleurs'");
  before = look (f->db);
  kaf_receipt_unref (
      kaf_fixture_update (f, "programme_item", session, "held_on", "2027-01-11", NULL));
  after = look (f->db);
  g_assert_cmpuint (kaf_findings_count_renewed (f->db), ==, 2);
  g_assert_cmpuint (after->n_all, >, before->n_all);
  assert_same (f->db);
}

/* Of what is due, the tree of conventions in which it stands: and what it named before. */
static void
test_commitment (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autoptr (KafRandom) random = kaf_random_new_seeded (1);
  g_autofree char *commitment = NULL;
  g_autoptr (KafFindings) before = NULL;
  g_autoptr (KafFindings) late = NULL;
  g_autoptr (KafFindings) done = NULL;
  Play self = { f, random, NULL, 0, 0 };

  furnish (f);
  commitment = pick_id (&self, "commitment", FALSE);
  before = look (f->db);
  kaf_receipt_unref (
      kaf_fixture_update (f, "commitment", commitment, "due_on", "2026-11-01", NULL));
  late = look (f->db);
  g_assert_cmpuint (kaf_findings_count_renewed (f->db), ==, 0);
  g_assert_cmpuint (late->counts[KAF_URGENCY_LATE], ==, before->counts[KAF_URGENCY_LATE] + 1);
  assert_same (f->db);
  g_free (kaf_fixture_create (f, "fulfilment", NULL, "commitment", commitment, "done_on", TODAY,
                              "due_on", "2026-11-01", NULL));
  done = look (f->db);
  g_assert_cmpuint (kaf_findings_count_renewed (f->db), ==, 0);
  g_assert_cmpuint (done->counts[KAF_URGENCY_LATE], ==, before->counts[KAF_URGENCY_LATE]);
  assert_same (f->db);
}

static void
assert_open (KafFixture *f, const char *commitment, const char *due_on)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      f->db,
      "SELECT n.due_on FROM commitment_now n CROSS JOIN head h ON h.rid = n.rid WHERE h.id = ?",
      NULL);

  kaf_statement_bind_text (statement, 1, commitment);
  g_assert_cmpstr (kaf_database_step (f->db, statement, NULL) ? kaf_statement_text (statement, 0)
                                                              : NULL,
                   ==, due_on);
}

/* What was done may have been of another commitment, be taken back, and be erased. */
static void
test_moved (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *party = kaf_fixture_create (f, "organisation", NULL, "name_fr", "Partie", "kind",
                                               "association", "country", "MA", NULL);
  g_autofree char *act = kaf_fixture_create (f, "convention", NULL, "title_fr", "Cadre", "kind",
                                             "framework", "parties", party, NULL);
  g_autofree char *one = kaf_fixture_create (f, "commitment", NULL, "convention", act, "party",
                                             party, "text_fr", "Un", "due_on", "2026-11-01", NULL);
  g_autofree char *two =
      kaf_fixture_create (f, "commitment", NULL, "convention", act, "party", party, "text_fr",
                          "Deux", "due_on", "2026-11-02", "recurrence", "monthly", NULL);
  g_autofree char *done =
      kaf_fixture_create (f, "fulfilment", NULL, "commitment", one, "done_on", TODAY, NULL);
  g_autoptr (KafReceipt) undo = NULL;

  assert_open (f, one, NULL);
  assert_open (f, two, "2026-11-02");
  kaf_receipt_unref (kaf_fixture_update (f, "fulfilment", done, "commitment", two, NULL));
  assert_open (f, one, "2026-11-01");
  assert_open (f, two, "2026-12-02");
  undo = kaf_undo (f->db, NULL, NULL);
  g_assert_nonnull (undo);
  assert_open (f, one, NULL);
  assert_open (f, two, "2026-11-02");
  g_assert_true (kaf_erase (f->db, kaf_registry_find ("fulfilment"), done, "asked", NULL));
  assert_open (f, one, "2026-11-01");
  kaf_fixture_assert_whole (f);
}

static void
assert_line (KafFixture *f, const char *commitment, const char *line)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      f->db,
      "SELECT n.act || ' ' || coalesce (n.party, '-') || ' ' || coalesce (n.waived_on, '-')"
      " FROM commitment_now n CROSS JOIN head h ON h.rid = n.rid WHERE h.id = ?",
      NULL);

  kaf_statement_bind_text (statement, 1, commitment);
  g_assert_cmpstr (kaf_database_step (f->db, statement, NULL) ? kaf_statement_text (statement, 0)
                                                              : NULL,
                   ==, line);
}

/* The line of a commitment says where it stands and whose it is, also when that one is erased. */
static void
test_line (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *party = kaf_fixture_create (f, "organisation", NULL, "name_fr", "Partie", "kind",
                                               "association", "country", "MA", NULL);
  g_autofree char *act =
      kaf_fixture_create (f, "convention", NULL, "title_fr", "Cadre", "kind", "framework", NULL);
  g_autofree char *other =
      kaf_fixture_create (f, "convention", NULL, "title_fr", "Autre", "kind", "framework", NULL);
  g_autofree char *one = kaf_fixture_create (f, "commitment", NULL, "convention", act, "party",
                                             party, "text_fr", "Un", NULL);
  g_autofree char *first = g_strdup_printf ("%s %s -", act, party);
  g_autofree char *moved = g_strdup_printf ("%s %s 2026-03-01", other, party);
  g_autofree char *unnamed = g_strdup_printf ("%s - 2026-03-01", other);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("delete");

  assert_line (f, one, first);
  kaf_receipt_unref (kaf_fixture_update (f, "commitment", one, "convention", other, "waived_on",
                                         "2026-03-01", NULL));
  assert_line (f, one, moved);
  g_assert_true (kaf_erase (f->db, kaf_registry_find ("organisation"), party, "asked", NULL));
  assert_line (f, one, unnamed);
  kaf_fixture_assert_whole (f);
  kaf_change_set_delete (set, kaf_registry_find ("commitment"), one);
  kaf_receipt_unref (kaf_commit (f->db, set, NULL, NULL, NULL));
  assert_line (f, one, NULL);
}

/* What was read of a transaction that is taken back is not kept. */
static void
test_taken_back (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autoptr (KafRecord) record = NULL;
  g_autofree char *mission = NULL;
  KafTransaction *tx;

  mission = kaf_fixture_create_mission (f, "Mission");
  kaf_findings_unref (look (f->db));
  tx = kaf_transaction_begin (f->db, "edit", NULL);
  record = kaf_record_new (kaf_registry_find ("mission"), mission);
  kaf_record_set (record, "followed_by", "autre");
  g_assert_true (kaf_transaction_apply (tx, KAF_CHANGE_UPDATE, record, NULL, NULL, NULL));
  kaf_findings_unref (look (f->db));
  kaf_transaction_abort (tx);
  /* Their entries take the numbers of those that were taken back. */
  for (guint i = 0; i < 5; i++)
    g_free (kaf_fixture_create (f, "person", NULL, "family_name", "Alami", NULL));
  kaf_findings_unref (look (f->db));
  assert_same (f->db);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/findings-kept/any-change", test_any_change);
  g_test_add_func ("/findings-kept/commitment", test_commitment);
  g_test_add_func ("/findings-kept/companions", test_companions);
  g_test_add_func ("/findings-kept/line", test_line);
  g_test_add_func ("/findings-kept/little", test_little);
  g_test_add_func ("/findings-kept/moved", test_moved);
  g_test_add_func ("/findings-kept/taken-back", test_taken_back);
  return g_test_run ();
}
