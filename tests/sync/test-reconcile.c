/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A store that no longer holds what its hub told it, by whatever hand, finds out which records and mends them; what was
 * typed there stays; and where all is as it was told, nothing is found. */
#include "config.h"

#include <sqlite3.h>
#include <string.h>

#include "kaf-pair.h"
#include "rules/kaf-told.h"
#include "schema/kaf-registry.h"
#include "server/kaf-hub-rights.h"
#include "store/kaf-database-private.h"
#include "store/kaf-drafts.h"
#include "store/kaf-one.h"
#include "store/kaf-refusals.h"
#include "store/kaf-sync-private.h"
#include "store/kaf-sync-state.h"
#include "sync/kaf-compare.h"

#define DAY (G_GINT64_CONSTANT (24 * 60 * 60) * G_USEC_PER_SEC)

static void
spoil (KafFixture *f, const char *sql)
{
  g_autoptr (GError) error = NULL;

  kaf_database_exec (f->db, sql, &error);
  g_assert_no_error (error);
}

/* @sql with the row number of a person in the place of %d. */
static void
spoil_person (KafFixture *f, const char *id, const char *sql)
{
  g_autoptr (GString) text = g_string_new (sql);
  g_autofree char *rid = g_strdup_printf (
      "%" G_GINT64_FORMAT, kaf_database_find_rid (f->db, kaf_registry_find ("person"), id));

  g_string_replace (text, "%d", rid, 0);
  spoil (f, text->str);
}

/* Puts a person beside the person @beside whom nobody ever made. */
static void
add_phantom (KafFixture *f, const char *beside, const char *id)
{
  g_autoptr (GString) sql =
      g_string_new ("CREATE TEMP TABLE one AS SELECT * FROM head WHERE rid = %d;"
                    "UPDATE one SET rid = 900001, id = '%s';"
                    "INSERT INTO head SELECT * FROM one; DROP TABLE one;"
                    "CREATE TEMP TABLE one AS SELECT * FROM person WHERE rid = %d;"
                    "UPDATE one SET rid = 900001, ref = NULL;"
                    "INSERT INTO person SELECT * FROM one; DROP TABLE one;"
                    "UPDATE tally SET live = live + 1 WHERE entity = 'person'");

  g_string_replace (sql, "%s", id, 1);
  spoil_person (f, beside, sql->str);
}

static void
assert_nothing (const KafReconcileResult *result)
{
  g_assert_false (result->early);
  g_assert_cmpuint (kaf_reconcile_count_mended (result), ==, 0);
  g_assert_cmpuint (result->n_left, ==, 0);
  g_assert_cmpuint (result->n_unknown, ==, 0);
}

static void
assert_agrees (World *self, KafFixture *f, const char *role)
{
  KafHubCompared compared = { 0 };
  KafReconcileResult result = reconcile_as (self, f, role, &compared);

  assert_nothing (&result);
  g_assert_cmpuint (result.n_compared, >, 0);
  g_assert_cmpuint (
      compared.n_lacking + compared.n_differing + compared.n_dropped + compared.n_unknown, ==, 0);
}

/* Whatever the role reads and wherever it may look. */
static void
test_agrees (void)
{
  static const char *const roles[] = { "agent",          "manager",
                                       "consular-relay", "regional-officer",
                                       "partner",        "administrator",
                                       "facilitator",    "protection-officer" };
  g_autoptr (World) self = world_new ();
  g_autofree char *id = share (self);
  g_autofree char *other = kaf_fixture_create (self->a, "person", NULL, "family_name", "Amrani",
                                               "country", "FR", "birth_year", "1980", NULL);
  g_autofree char *consent =
      kaf_fixture_create (self->a, "consent", NULL, "person", id, "purpose", "mission", "given_on",
                          "2026-01-05", "means", "form", NULL);
  g_autofree char *claim =
      kaf_fixture_create (self->a, "source_claim", NULL, "person", other, "field", "birth_year",
                          "value", "1980", "source", "liste", NULL);

  update (self->a, id, "country", "CH");
  sync_store (self, self->a);
  sync_store (self, self->b);
  update (self->a, id, "city", "Lausanne");
  update (self->b, id, "city", "Berne");
  sync_store (self, self->a);
  sync_store (self, self->b);
  sync_store (self, self->a);
  assert_agrees (self, self->a, "agent");
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    for (guint j = 0; j < 2; j++)
      {
        self->grant = j == 0 ? "country:CH" : "national";
        sync_as (self, self->b, roles[i]);
        g_test_message ("%s, %s", roles[i], self->grant);
        assert_agrees (self, self->b, roles[i]);
      }
}

/* Each of them is found, told whole, and as it was. */
static void
test_differs (void)
{
  static const char *const hands[] = {
    "UPDATE person SET city = 'Zurich' WHERE rid = %d",
    "UPDATE person SET city = NULL WHERE rid = %d",
    "UPDATE person SET deleted_at = 5 WHERE rid = %d",
    "UPDATE person SET ref = 'PER-2000-0001' WHERE rid = %d",
    "UPDATE expert SET headline_fr = 'Autres soins' WHERE rid = %d",
    "UPDATE expert SET deleted_at = 5 WHERE rid = %d",
    "DELETE FROM expert WHERE rid = %d",
    "DELETE FROM person WHERE rid = %d",
    "DELETE FROM person_set WHERE rid = %d AND field = 'emails'",
    "UPDATE person_set SET value = 't@exemple.org' WHERE rid = %d AND field = 'emails'",
    "INSERT INTO project_holder (rid, created_at, updated_at, clock) SELECT rid, created_at, updated_at,"
    " clock FROM person WHERE rid = %d",
  };
  g_autoptr (World) self = world_new ();
  g_autofree char *id = share (self);

  for (guint i = 0; i < G_N_ELEMENTS (hands); i++)
    {
      KafHubCompared compared = { 0 };
      KafReconcileResult result;
      g_autofree char *headline = NULL;
      g_autoptr (GPtrArray) found = NULL;

      g_test_message ("%s", hands[i]);
      spoil_person (self->b, id, hands[i]);
      result = reconcile_as (self, self->b, "agent", &compared);
      g_assert_cmpuint (result.n_renewed, ==, 1);
      g_assert_cmpuint (kaf_reconcile_count_mended (&result), ==, 1);
      g_assert_cmpuint (result.n_left, ==, 0);
      g_assert_cmpuint (compared.n_differing, ==, 1);
      kaf_fixture_assert_field (self->b, "person", id, "city", "Genève");
      kaf_fixture_assert_field (self->b, "person", id, "emails", "s@exemple.org");
      kaf_fixture_assert_field (self->b, "expert", id, "headline_fr", "Soins");
      found = kaf_fixture_search (self->b, "expert", "bennis");
      g_assert_cmpuint (found->len, ==, 1);
      kaf_fixture_assert_whole (self->b);
      assert_agrees (self, self->b, "agent");
    }
}

/* A record that is gone is fetched; one that is not to be here goes. */
static void
test_lacks_and_has (void)
{
  g_autoptr (World) self = world_new ();
  g_autofree char *id = share (self);
  KafHubCompared compared = { 0 };
  KafReconcileResult result;

  spoil_person (self->b, id,
                "DELETE FROM head WHERE rid = %d; DELETE FROM person_set WHERE rid = %d");
  result = reconcile_as (self, self->b, "agent", &compared);
  g_assert_cmpuint (result.n_fetched, ==, 1);
  g_assert_cmpuint (kaf_reconcile_count_mended (&result), ==, 1);
  g_assert_cmpuint (compared.n_lacking, ==, 1);
  kaf_fixture_assert_field (self->b, "expert", id, "headline_fr", "Soins");

  add_phantom (self->b, id, "0190aaaa-phantom");
  memset (&compared, 0, sizeof compared);
  result = reconcile_as (self, self->b, "agent", &compared);
  g_assert_cmpuint (result.n_dropped, ==, 1);
  g_assert_cmpuint (kaf_reconcile_count_mended (&result), ==, 1);
  g_assert_cmpuint (compared.n_dropped, ==, 1);
  g_assert_false (kaf_read_exists (self->b->db, kaf_registry_find ("person"), "0190aaaa-phantom"));
  assert_agrees (self, self->b, "agent");
}

/* It comes back with its own journal: what was typed and not sent is shown and goes up, and an erasure finds all that was
 * ever written of it. */
static void
test_journal (void)
{
  g_autoptr (World) self = world_new ();
  g_autofree char *id = share (self);
  g_autofree char *other = NULL;
  KafReconcileResult result;
  guint n;

  update (self->b, id, "city", "Kanarihi");
  sync_store (self, self->b);
  update (self->b, id, "city", "Kanarito");
  other = kaf_fixture_create (self->b, "person", NULL, "family_name", "Alaoui", NULL);
  spoil_person (self->b, id, "DELETE FROM head WHERE rid = %d");
  result = reconcile_as (self, self->b, "agent", NULL);
  g_assert_cmpuint (result.n_fetched, ==, 1);
  g_assert_cmpuint (result.n_left, ==, 0);
  kaf_fixture_assert_field (self->b, "person", id, "city", "Kanarito");
  kaf_fixture_assert_field (self->b, "person", id, "given_name", "Salma");
  sync_store (self, self->b);
  sync_store (self, self->a);
  kaf_fixture_assert_field (self->a, "person", id, "city", "Kanarito");
  assert_agrees (self, self->b, "agent");

  g_assert_true (kaf_hub_erase (self->hub, id, &n, NULL, NULL));
  sync_store (self, self->b);
  g_assert_false (holds (self->b->folder, "Kanari"));
  kaf_fixture_assert_field (self->b, "person", other, "family_name", "Alaoui");
}

/* What its user may see no more, and stayed all the same. */
static void
test_out_of_scope (void)
{
  g_autoptr (World) self = world_new ();
  g_autofree char *id = share (self);
  g_autofree char *cursor = NULL;
  g_autofree char *role = NULL;
  g_autoptr (GString) answer = g_string_new (NULL);
  KafHubCompared compared = { 0 };
  KafReconcileResult result;

  update (self->a, id, "country", "FR");
  sync_store (self, self->a);
  sync_store (self, self->b);
  /* Its answer is not taken, but for how far it came. */
  self->grant = "country:CH";
  ask (self, self->b, "agent", answer);
  cursor = g_strdup (strrchr (g_strchomp (answer->str), '\n') + strlen ("\n{\"cursor\":\""));
  *strchr (cursor, '"') = '\0';
  kaf_local_set (self->b->db, KAF_SYNC_CURSOR, cursor, NULL);
  result = reconcile_as (self, self->b, "agent", &compared);
  g_assert_cmpuint (result.n_dropped, ==, 1);
  g_assert_cmpuint (kaf_reconcile_count_mended (&result), ==, 1);
  g_assert_cmpuint (compared.n_dropped, ==, 1);
  g_assert_false (kaf_read_exists (self->b->db, kaf_registry_find ("person"), id));
  assert_agrees (self, self->b, "agent");
}

/* What is typed and not sent is left alone, and all of that record with it, until it is through. */
static void
test_waits (void)
{
  g_autoptr (World) self = world_new ();
  g_autofree char *id = share (self);
  g_autofree char *own = NULL;
  KafReconcileResult result;

  update (self->b, id, "city", "Berne");
  own = kaf_fixture_create (self->b, "person", NULL, "family_name", "Alaoui", NULL);
  spoil_person (self->b, id, "UPDATE person SET given_name = 'Samira' WHERE rid = %d");
  result = reconcile_as (self, self->b, "agent", NULL);
  assert_nothing (&result);
  kaf_fixture_assert_field (self->b, "person", id, "city", "Berne");
  kaf_fixture_assert_field (self->b, "person", own, "family_name", "Alaoui");
  sync_store (self, self->b);
  result = reconcile_as (self, self->b, "agent", NULL);
  g_assert_cmpuint (result.n_renewed, ==, 1);
  kaf_fixture_assert_field (self->b, "person", id, "city", "Berne");
  kaf_fixture_assert_field (self->b, "person", id, "given_name", "Salma");
  sync_store (self, self->a);
  kaf_fixture_assert_field (self->a, "person", id, "city", "Berne");
  assert_agrees (self, self->a, "agent");
}

/* What the hub refused stays with its author, and is no alarm. */
static void
test_refused (void)
{
  g_autoptr (World) self = world_new ();
  g_autofree char *id = share (self);
  g_autofree char *own = NULL;

  sync_as (self, self->b, "consular-relay");
  own =
      kaf_fixture_create (self->b, "person", NULL, "family_name", "Refusée", "country", "CH", NULL);
  self->grant = "country:FR";
  sync_as (self, self->b, "consular-relay");
  g_assert_cmpuint (kaf_refusals_count (self->b->db, NULL), ==, 1);
  assert_agrees (self, self->b, "consular-relay");
  g_assert_true (kaf_read_exists (self->b->db, kaf_registry_find ("person"), own));
}

/* Nor is a facet that it refused of a record that both have; the rest of it is mended. */
static void
test_refused_facet (void)
{
  g_autoptr (World) self = world_new ();
  g_autofree char *id = share (self);
  g_autofree char *own = NULL;
  KafReconcileResult result;

  update (self->a, id, "country", "FR");
  sync_store (self, self->a);
  self->grant = "country:FR";
  sync_as (self, self->b, "consular-relay");
  kaf_fixture_be (self->b->db, "agent");
  own =
      kaf_fixture_create (self->b, "organisation", NULL, "name_fr", "Refusée", "kind", "ngo", NULL);
  g_free (kaf_fixture_create (self->b, "project_holder", id, "headline_fr", "Atelier", "brought_by",
                              own, NULL));
  sync_as (self, self->b, "consular-relay");
  g_assert_cmpuint (kaf_refusals_count (self->b->db, NULL), ==, 2);
  spoil_person (self->b, id, "UPDATE person SET city = 'Zurich' WHERE rid = %d");
  result = reconcile_as (self, self->b, "consular-relay", NULL);
  assert_nothing (&result);
  kaf_fixture_assert_field (self->b, "person", id, "city", "Genève");
  kaf_fixture_assert_field (self->b, "project_holder", id, "headline_fr", "Atelier");
  assert_agrees (self, self->b, "consular-relay");
}

/* What others have written since is told by the exchange, and is no difference. */
static void
test_news (void)
{
  g_autoptr (World) self = world_new ();
  g_autofree char *id = share (self);
  g_autofree char *fresh = NULL;
  KafHubCompared compared = { 0 };
  KafReconcileResult result;

  update (self->a, id, "city", "Lausanne");
  fresh = kaf_fixture_create (self->a, "person", NULL, "family_name", "Idrissi", NULL);
  sync_store (self, self->a);
  result = reconcile_as (self, self->b, "agent", &compared);
  assert_nothing (&result);
  g_assert_cmpuint (compared.n_lacking + compared.n_differing + compared.n_dropped, ==, 0);
  kaf_fixture_assert_field (self->b, "person", id, "city", "Genève");
  g_assert_false (kaf_read_exists (self->b->db, kaf_registry_find ("person"), fresh));
}

/* Who has something to hear first compares nothing: other rights, an erasure, a hub that was restored, a reading that
 * was never ended. */
static void
test_early (void)
{
  g_autoptr (World) self = world_new ();
  g_autofree char *id = share (self);
  g_autofree char *backup = g_build_filename (self->folder, "backup.db", NULL);
  g_autoptr (GError) error = NULL;
  guint n;

  self->grant = "country:CH";
  g_assert_true (reconcile_as (self, self->b, "agent", NULL).early);
  self->grant = NULL;
  g_assert_true (reconcile_as (self, self->b, "partner", NULL).early);
  assert_agrees (self, self->b, "agent");
  g_assert_true (kaf_hub_back_up (self->hub, backup, &error));
  kaf_hub_erase (self->hub, id, &n, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (reconcile_as (self, self->b, "agent", NULL).early);
  sync_store (self, self->b);
  assert_agrees (self, self->b, "agent");
  restore_hub (self, backup);
  g_assert_true (reconcile_as (self, self->b, "agent", NULL).early);
}

/* A hub that was restored lacks what its devices have, maybe one of them alone: that stays, and is told. */
static void
test_restored_hub (void)
{
  g_autoptr (World) self = world_new ();
  g_autofree char *id = share (self);
  g_autofree char *backup = g_build_filename (self->folder, "backup.db", NULL);
  g_autofree char *late = NULL;
  KafHubCompared compared = { 0 };
  KafReconcileResult result;

  g_assert_true (kaf_hub_back_up (self->hub, backup, NULL));
  late = kaf_fixture_create (self->a, "person", NULL, "family_name", "Idrissi", NULL);
  sync_store (self, self->a);
  sync_store (self, self->b);
  restore_hub (self, backup);
  sync_store (self, self->b);
  result = reconcile_as (self, self->b, "agent", &compared);
  g_assert_cmpuint (result.n_unknown, ==, 1);
  g_assert_cmpuint (compared.n_unknown, ==, 1);
  g_assert_cmpuint (kaf_reconcile_count_mended (&result), ==, 0);
  kaf_fixture_assert_field (self->b, "person", late, "family_name", "Idrissi");
  sync_store (self, self->a);
  sync_store (self, self->b);
  assert_agrees (self, self->b, "agent");
}

/* The hub is what it was before those were made, who are here; and this user's rights are narrower. */
static void
restore_and_narrow (World *self, const char *backup, const char *grant, const char *role)
{
  restore_hub (self, backup);
  self->grant = grant;
  sync_as (self, self->b, role);
}

static gboolean
is_here (KafFixture *f, const char *id)
{
  return kaf_read_exists (f->db, kaf_registry_find ("person"), id);
}

/* What such a hub does not know stays where grants may reach it; once its author has sent it again, who may see it no
 * more has it no more: the exchange tells him nothing of it. */
static void
test_restored_narrower (void)
{
  g_autoptr (World) self = world_new ();
  g_autofree char *shared = share (self);
  g_autofree char *backup = g_build_filename (self->folder, "backup.db", NULL);
  g_autofree char *inside = NULL;
  g_autofree char *outside = NULL;
  g_autofree char *typed = NULL;
  KafHubCompared compared = { 0 };
  KafReconcileResult result;

  g_assert_true (kaf_hub_back_up (self->hub, backup, NULL));
  inside =
      kaf_fixture_create (self->a, "person", NULL, "family_name", "Idrissi", "country", "CH", NULL);
  outside = kaf_fixture_create (self->a, "person", NULL, "family_name", "Kanarizu", "country", "FR",
                                NULL);
  typed =
      kaf_fixture_create (self->a, "person", NULL, "family_name", "Slaoui", "country", "FR", NULL);
  sync_store (self, self->a);
  sync_store (self, self->b);
  update (self->b, typed, "city", "Lyon");
  restore_and_narrow (self, backup, "country:CH", "agent");
  g_assert_false (is_here (self->b, shared));
  result = reconcile_as (self, self->b, "agent", NULL);
  g_assert_cmpuint (result.n_unknown, ==, 2);
  g_assert_cmpuint (kaf_reconcile_count_mended (&result), ==, 0);
  g_assert_true (is_here (self->b, inside) && is_here (self->b, outside));

  sync_store (self, self->a);
  sync_as (self, self->b, "agent");
  result = reconcile_as (self, self->b, "agent", &compared);
  g_assert_cmpuint (result.n_dropped, ==, 1);
  g_assert_cmpuint (kaf_reconcile_count_mended (&result), ==, 1);
  g_assert_cmpuint (result.n_unknown + result.n_left, ==, 0);
  g_assert_cmpuint (compared.n_dropped, ==, 1);
  g_assert_false (is_here (self->b, outside));
  g_assert_false (holds (self->b->folder, "Kanarizu"));
  kaf_fixture_assert_field (self->b, "person", inside, "family_name", "Idrissi");
  /* What the hub did not take is here, and nowhere else. */
  kaf_fixture_assert_field (self->b, "person", typed, "city", "Lyon");
  g_assert_cmpuint (kaf_refusals_count (self->b->db, NULL), ==, 1);
  assert_agrees (self, self->b, "agent");
}

/* What his role may not hold at all goes at once, though nobody may have it any more. */
static void
test_restored_role (void)
{
  g_autoptr (World) self = world_new ();
  g_autofree char *shared = share (self);
  g_autofree char *backup = g_build_filename (self->folder, "backup.db", NULL);
  g_autofree char *late = NULL;
  g_autofree char *consent = NULL;
  KafReconcileResult result;

  g_assert_true (kaf_hub_back_up (self->hub, backup, NULL));
  late = kaf_fixture_create (self->a, "person", NULL, "family_name", "Kanarizu", NULL);
  consent = kaf_fixture_create (self->a, "consent", NULL, "person", shared, "purpose", "mission",
                                "given_on", "2026-01-05", "means", "form", NULL);
  sync_store (self, self->a);
  sync_store (self, self->b);
  restore_and_narrow (self, backup, "national", "protection-officer");
  g_assert_false (is_here (self->b, late));
  g_assert_false (holds (self->b->folder, "Kanarizu"));
  result = reconcile_as (self, self->b, "protection-officer", NULL);
  g_assert_cmpuint (kaf_reconcile_count_mended (&result), ==, 0);
  g_assert_cmpuint (result.n_unknown, ==, 1);
  g_assert_true (kaf_read_exists (self->b->db, kaf_registry_find ("consent"), consent));
  sync_store (self, self->a);
  sync_as (self, self->b, "protection-officer");
  assert_agrees (self, self->b, "protection-officer");
}

/* Of what his role may hold in part, the rest goes at once: such a hub could not have it told anew. What he typed and has
 * not sent stays. */
static void
test_restored_classes (void)
{
  g_autoptr (World) self = world_new ();
  g_autofree char *shared = share (self);
  g_autofree char *backup = g_build_filename (self->folder, "backup.db", NULL);
  g_autofree char *late = NULL;
  g_autofree char *typed = NULL;
  g_autofree char *edited = NULL;
  g_autofree char *facet = NULL;
  g_autoptr (KafRecord) before = NULL;
  g_autoptr (KafRecord) after = NULL;
  KafReconcileResult result;

  g_assert_true (kaf_hub_back_up (self->hub, backup, NULL));
  late = kaf_fixture_create (self->a, "person", NULL, "family_name", "Idrissi", "emails",
                             "i@exemple.org", "notes", "Kanarizu", NULL);
  facet = kaf_fixture_create (self->a, "expert", late, "headline_fr", "Soins", NULL);
  typed = kaf_fixture_create (self->a, "person", NULL, "family_name", "Slaoui", NULL);
  edited = kaf_fixture_create (self->a, "person", NULL, "family_name", "Tazi", "notes", "Kanarizu",
                               NULL);
  sync_store (self, self->a);
  sync_store (self, self->b);
  before = kaf_read_record (self->b->db, kaf_registry_find ("person"), late, NULL);
  update (self->b, typed, "notes", "Mes notes");
  update (self->b, edited, "city", "Lyon");
  restore_and_narrow (self, backup, "national", "consular-relay");
  kaf_fixture_assert_field (self->b, "person", late, "notes", NULL);
  g_assert_false (holds (self->b->folder, "Kanarizu"));
  kaf_fixture_assert_field (self->b, "person", late, "family_name", "Idrissi");
  kaf_fixture_assert_field (self->b, "person", late, "emails", "i@exemple.org");
  kaf_fixture_assert_field (self->b, "expert", late, "headline_fr", "Soins");
  after = kaf_read_record (self->b->db, kaf_registry_find ("person"), late, NULL);
  g_assert_cmpstr (kaf_record_get_ref (after), ==, kaf_record_get_ref (before));
  kaf_fixture_assert_field (self->b, "person", typed, "notes", "Mes notes");
  kaf_fixture_assert_field (self->b, "person", edited, "notes", NULL);
  kaf_fixture_assert_field (self->b, "person", edited, "city", "Lyon");
  result = reconcile_as (self, self->b, "consular-relay", NULL);
  g_assert_cmpuint (result.n_unknown, ==, 1);
  g_assert_cmpuint (kaf_reconcile_count_mended (&result), ==, 0);
  sync_store (self, self->a);
  sync_as (self, self->b, "consular-relay");
  kaf_fixture_assert_field (self->b, "person", late, "notes", NULL);
  assert_agrees (self, self->b, "consular-relay");
}

static void
create_many (KafFixture *f, guint n)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("create");
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find ("person"), NULL);
      g_autofree char *name = g_strdup_printf ("Nom%u", i);

      kaf_record_set (record, "family_name", name);
      kaf_change_set_create (set, record);
    }
  receipt = kaf_commit (f->db, set, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* Stretch by stretch, and page by page where much differs. */
static void
test_many (void)
{
  g_autoptr (World) self = world_new ();
  KafHubCompared compared = { 0 };
  KafReconcileResult result;
  guint n_persons = 4500;

  create_many (self->a, n_persons);
  sync_store (self, self->a);
  sync_store (self, self->b);
  result = reconcile_as (self, self->b, "agent", &compared);
  assert_nothing (&result);
  /* Both have looked at all, once. */
  g_assert_cmpuint (result.n_compared, >, n_persons);
  g_assert_cmpuint (compared.n_compared, ==, result.n_compared);
  spoil (self->b, "UPDATE person SET family_name = 'Autre' WHERE rid % 90 = 0");
  kaf_hub_set_page_size (self->hub, 3000);
  result = reconcile_as (self, self->b, "agent", NULL);
  g_assert_cmpuint (result.n_renewed, ==, n_persons / 90);
  g_assert_cmpuint (result.n_left, ==, 0);
  assert_agrees (self, self->b, "agent");
  kaf_hub_set_page_size (self->hub, 1);
  spoil (self->b, "UPDATE person SET family_name = 'Autre' WHERE rid % 300 = 0");
  result = reconcile_as (self, self->b, "agent", NULL);
  g_assert_cmpuint (result.n_renewed, ==, n_persons / 300);
}

/* More than the hub looks at for one request. */
#define MANY_FOREIGN 45000

/* Persons of France, right behind that id. */
static void
add_foreign (World *self, const char *behind, guint n)
{
  g_autofree char *path = g_build_filename (self->folder, "hub.db", NULL);
  g_autofree char *number = g_strdup_printf ("%u", n);
  g_autoptr (GString) text = g_string_new (
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %n)"
      " INSERT INTO record (entity, id, seq, scopes, doc)"
      " SELECT 'person', '%s' || '-kanari-' || printf ('%05d', i),"
      " min (0, (SELECT min (seq) FROM record)) - i,"
      " 'country:FR' || char (9) || '1' || char (9) || '0' || char (10), '{}' FROM n");
  sqlite3 *hub;

  g_string_replace (text, "%s", behind, 1);
  g_string_replace (text, "%n", number, 1);
  g_assert_cmpint (sqlite3_open (path, &hub), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (hub, text->str, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (hub);
}

/* Where nothing of a long stretch is the device's to see, it is not told by how far the hub came that any of it is there;
 * and the comparison comes to its end all the same, finds what differs before and behind, and takes away what is not to be
 * here. */
static void
test_foreign (void)
{
  g_autoptr (World) self = world_new ();
  g_autofree char *first = share (self);
  g_autofree char *second =
      kaf_fixture_create (self->a, "person", NULL, "family_name", "Amrani", "country", "CH", NULL);
  KafHubCompared compared = { 0 };
  KafReconcileResult result;

  update (self->a, first, "country", "CH");
  sync_store (self, self->a);
  self->grant = "country:CH";
  sync_as (self, self->b, "agent");
  add_foreign (self, "0000", MANY_FOREIGN);
  add_foreign (self, first, MANY_FOREIGN);
  add_foreign (self, "ffff", MANY_FOREIGN);
  assert_agrees (self, self->b, "agent");
  spoil_person (self->b, first, "UPDATE person SET city = 'Zurich' WHERE rid = %d");
  spoil_person (self->b, second, "UPDATE person SET city = 'Zurich' WHERE rid = %d");
  add_phantom (self->b, second, "0000-a-phantom");
  result = reconcile_as (self, self->b, "agent", &compared);
  g_assert_cmpuint (result.n_renewed, ==, 2);
  g_assert_cmpuint (result.n_dropped, ==, 1);
  g_assert_cmpuint (compared.n_dropped, ==, 1);
  g_assert_cmpuint (compared.n_differing, ==, 2);
  g_assert_cmpuint (kaf_reconcile_count_mended (&result), ==, 3);
  g_assert_cmpuint (result.n_left, ==, 0);
  assert_agrees (self, self->b, "agent");
  g_assert_null (strstr (self->heard->str, "kanari"));
}

/* Where the pages of the hub end among what is not the device's to see, the device names again what it holds there: that
 * was dealt with, and is not told again at every page. */
static void
test_foreign_pages (void)
{
  g_autoptr (World) self = world_new ();
  g_autofree char *id = share (self);
  KafHubCompared compared = { 0 };
  KafReconcileResult result;

  update (self->a, id, "country", "CH");
  sync_store (self, self->a);
  self->grant = "country:CH";
  sync_as (self, self->b, "agent");
  add_foreign (self, "ffff", 20);
  kaf_hub_set_page_size (self->hub, 1);
  add_phantom (self->b, id, "ffff-a-phantom");
  result = reconcile_as (self, self->b, "agent", &compared);
  g_assert_cmpuint (result.n_dropped, ==, 1);
  g_assert_cmpuint (kaf_reconcile_count_mended (&result), ==, 1);
  g_assert_cmpuint (result.n_left, ==, 0);
  g_assert_cmpuint (compared.n_dropped, ==, 1);
  g_assert_cmpuint (compared.n_lacking + compared.n_differing, ==, 0);
}

/* Another exchange between asking and taking. */
static void
test_moved (void)
{
  g_autoptr (World) self = world_new ();
  g_autofree char *id = share (self);
  const KafHubSession session = { kaf_sync_get_device (self->b->db), users[1],
                                  kaf_role_find ("agent"), "national" };
  g_autoptr (KafReconcile) reconcile = NULL;
  g_autoptr (GString) body = g_string_new (NULL);
  g_autoptr (GString) answer = g_string_new (NULL);
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  KafHubCompared compared;
  gboolean done = FALSE;

  spoil_person (self->b, id, "UPDATE person SET city = 'Zurich' WHERE rid = %d");
  reconcile = kaf_reconcile_new (self->b->db, &error);
  kaf_reconcile_print (reconcile, self->b->db, body);
  kaf_hub_reconcile (self->hub, &session, body->str, body->len, answer, &compared, &error);
  g_assert_true (kaf_reconcile_take (reconcile, self->b->db, answer->str, answer->len, &receipt,
                                     &done, &error));
  g_assert_true (!done && kaf_reconcile_writes (reconcile));
  g_string_truncate (body, 0);
  g_string_truncate (answer, 0);
  kaf_reconcile_print (reconcile, self->b->db, body);
  kaf_hub_reconcile (self->hub, &session, body->str, body->len, answer, &compared, &error);
  /* Cut anywhere, nothing of it is taken. */
  g_assert_false (kaf_reconcile_take (reconcile, self->b->db, answer->str, answer->len - 1,
                                      &receipt, &done, &error));
  g_assert_error (error, KAF_SYNC_ERROR, KAF_SYNC_ERROR_GRAMMAR);
  g_clear_error (&error);
  kaf_fixture_assert_field (self->b, "person", id, "city", "Zurich");
  update (self->a, id, "given_name", "Samira");
  sync_store (self, self->a);
  sync_store (self, self->b);
  g_assert_true (kaf_reconcile_take (reconcile, self->b->db, answer->str, answer->len, &receipt,
                                     &done, &error));
  g_assert_true (done && kaf_reconcile_get_result (reconcile)->early);
  kaf_fixture_assert_field (self->b, "person", id, "given_name", "Samira");
  g_assert_cmpuint (reconcile_as (self, self->b, "agent", NULL).n_renewed, ==, 1);
}

/* Once a week, or every day while something is unknown; and when the hub or the store is another than before. */
static void
test_due (void)
{
  g_autoptr (World) self = world_new ();
  g_autofree char *backup = g_build_filename (self->folder, "backup.db", NULL);
  g_autofree char *id = NULL;
  const KafReconcileResult found = { .n_renewed = 2, .n_fetched = 1, .n_left = 1, .n_unknown = 4 };
  g_auto (KafSyncState) state = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (kaf_reconcile_is_due (self->b->db));
  id = share (self);
  g_assert_false (kaf_reconcile_is_due (self->b->db));
  kaf_clock_advance (self->b->clock, 6 * DAY);
  g_assert_false (kaf_reconcile_is_due (self->b->db));
  kaf_clock_advance (self->b->clock, 2 * DAY);
  g_assert_true (kaf_reconcile_is_due (self->b->db));
  g_assert_true (kaf_reconcile_keep (self->b->db, &found, NULL));
  g_assert_false (kaf_reconcile_is_due (self->b->db));
  g_assert_true (kaf_sync_state_read (self->b->db, &state, NULL));
  g_assert_cmpuint (state.n_mended, ==, 3);
  g_assert_cmpuint (state.n_unmended, ==, 1);
  g_assert_cmpuint (state.n_unknown, ==, 4);
  g_assert_cmpint (state.compared_at, ==, kaf_clock_now (self->b->clock));
  /* Every day while there is something that the hub does not know. */
  kaf_clock_advance (self->b->clock, DAY - G_USEC_PER_SEC);
  g_assert_false (kaf_reconcile_is_due (self->b->db));
  kaf_clock_advance (self->b->clock, 2 * G_USEC_PER_SEC);
  g_assert_true (kaf_reconcile_is_due (self->b->db));
  g_assert_true (kaf_reconcile_keep (self->b->db, NULL, NULL));
  kaf_clock_advance (self->b->clock, 2 * DAY);
  g_assert_false (kaf_reconcile_is_due (self->b->db));
  /* Not while all is read again, but once it was. */
  kaf_hub_back_up (self->hub, backup, NULL);
  restore_hub (self, backup);
  sync_store (self, self->b);
  g_assert_true (kaf_reconcile_is_due (self->b->db));
  g_assert_true (kaf_reconcile_keep (self->b->db, NULL, NULL));
  g_assert_false (kaf_reconcile_is_due (self->b->db));
  kaf_sync_enroll (self->b->db, "https://hub.example", users[1], "agent", 0xbeef, &error);
  g_assert_no_error (error);
  g_assert_false (kaf_reconcile_is_due (self->b->db));
  sync_store (self, self->b);
  g_assert_true (kaf_reconcile_is_due (self->b->db));
}

static void
assert_refused (World *self, const char *body)
{
  const KafHubSession session = { 77, "x", kaf_role_find ("agent"), "national" };
  g_autoptr (GString) answer = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  KafHubCompared compared;

  g_assert_false (
      kaf_hub_reconcile (self->hub, &session, body, strlen (body), answer, &compared, &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (error->domain, ==, KAF_HUB_ERROR);
  g_assert_cmpuint (answer->len, ==, 0);
}

/* Whoever asks keeps to what is said. */
static void
test_requests (void)
{
  g_autoptr (World) self = world_new ();
  g_autofree char *id = share (self);
  g_autofree char *cursor = kaf_local_get (self->b->db, KAF_SYNC_CURSOR);
  g_autofree char *head =
      g_strdup_printf ("{\"compare\":1,\"schema\":7,\"cursor\":\"%s\",\"erased\":0,\"after\":null,"
                       "\"until\":null,\"buckets\":\"%064d\"}\n",
                       cursor, 0);
  static const char *const rests[] = {
    "[\"person\",\"b\",\"0000000000000001\",0]\n[\"person\",\"a\",\"0000000000000001\",0]\n",
    "[\"person\",\"a\",\"0000000000000001\",0]\n[\"person\",\"a\",\"0000000000000001\",0]\n",
    "[\"person\",\"a\",\"1\",0]\n",
    "[\"person\",\"a\",\"000000000000000g\",0]\n",
    "[\"person\",\"a\",\"0000000000000001\"]\n",
    "[\"person\",null,\"0000000000000001\",0]\n",
    "[\"person\",\"\",\"0000000000000001\",0]\n",
    "{}\n",
    "[\"person\",\"a\",\"0000000000000001\",0]",
  };

  assert_refused (self, "");
  assert_refused (self, "{}\n");
  assert_refused (self, "{\"compare\":1,\"schema\":7,\"cursor\":\"x\",\"erased\":0}");
  assert_refused (self, "{\"compare\":2,\"schema\":7,\"cursor\":\"x\",\"erased\":0}\n");
  assert_refused (self, "{\"compare\":1,\"schema\":7,\"erased\":0}\n");
  assert_refused (self,
                  "{\"compare\":1,\"schema\":7,\"cursor\":\"x\",\"erased\":0,\"after\":[1]}\n");
  assert_refused (
      self, "{\"compare\":1,\"schema\":7,\"cursor\":\"x\",\"erased\":0,\"buckets\":\"ff\"}\n");
  for (guint i = 0; i < G_N_ELEMENTS (rests); i++)
    {
      g_autofree char *body = g_strconcat (head, rests[i], NULL);

      assert_refused (self, body);
    }
}

/* What is no place that the hub sealed is one like any other, right behind what it looks like. */
static void
test_unsealed (void)
{
  g_autoptr (World) self = world_new ();
  g_autofree char *id = share (self);
  g_autofree char *cursor = kaf_local_get (self->b->db, KAF_SYNC_CURSOR);
  g_autofree char *garbage = g_strnfill (400, 'A');
  const char *const seals[] = { "", "A", "!", "\xc3\xa9", "AAAA====", garbage };
  const KafHubSession session = { kaf_sync_get_device (self->b->db), users[1],
                                  kaf_role_find ("agent"), "national" };

  for (guint i = 0; i < G_N_ELEMENTS (seals); i++)
    {
      g_autofree char *place = g_strconcat (id, "~", seals[i], NULL);
      KafCompareAsk ask = { .schema = KAF_SCHEMA_VERSION,
                            .cursor = cursor,
                            .after = { (char *) "person", (char *) "" },
                            .until = { (char *) "person", place },
                            .tells = TRUE };
      g_autoptr (GString) body = g_string_new (NULL);
      g_autoptr (GString) answer = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      KafHubCompared compared;

      memset (ask.buckets, 0xff, sizeof ask.buckets);
      kaf_compare_ask_print (&ask, body);
      kaf_hub_reconcile (self->hub, &session, body->str, body->len, answer, &compared, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (compared.n_lacking, ==, 1);
      g_assert_nonnull (strstr (answer->str, id));
      g_string_truncate (body, 0);
      g_string_truncate (answer, 0);
      ask.after.id = place;
      ask.until.entity = NULL;
      kaf_compare_ask_print (&ask, body);
      kaf_hub_reconcile (self->hub, &session, body->str, body->len, answer, &compared, &error);
      g_assert_no_error (error);
      g_assert_null (strstr (answer->str, id));
      g_assert_nonnull (strstr (answer->str, "\"e\":\"territory\""));
    }
}

/* Both ways, whatever stands in a place. */
static void
test_wire (void)
{
  const KafCompareHeld held = { .entity = (char *) "person",
                                .id = (char *) "a\"\n\xc3\xa9",
                                .digest = G_GUINT64_CONSTANT (0xfedcba9876543210),
                                .own = TRUE };
  KafCompareAsk ask = { .schema = 3, .cursor = (char *) "e.5/v", .erased = 9, .tells = TRUE };
  KafCompareAnswer sums = { .cursor = (char *) "c", .has_sums = TRUE, .schema = 2, .reads = 31 };
  g_auto (KafCompareHeld) held_read = { NULL };
  g_auto (KafCompareAsk) ask_read = { 0 };
  g_auto (KafCompareAnswer) sums_read = { NULL };
  g_autoptr (GString) text = g_string_new (NULL);

  kaf_compare_held_print (&held, text);
  g_assert_true (kaf_compare_held_parse (text->str, text->len - 1, &held_read, NULL));
  g_assert_cmpstr (held_read.id, ==, held.id);
  g_assert_cmpuint (held_read.digest, ==, held.digest);
  g_assert_true (held_read.own && !held_read.waits);

  kaf_compare_add_bucket (ask.buckets, 0);
  kaf_compare_add_bucket (ask.buckets, 255);
  kaf_compare_place_set (&ask.until, "person", "x");
  g_string_truncate (text, 0);
  kaf_compare_ask_print (&ask, text);
  g_assert_true (kaf_compare_ask_parse (text->str, text->len - 1, &ask_read, NULL));
  for (guint i = 0; i < KAF_COMPARE_BUCKETS; i++)
    g_assert_cmpint (kaf_compare_has_bucket (ask_read.buckets, i), ==, i == 0 || i == 255);
  g_assert_null (ask_read.after.entity);
  g_assert_cmpstr (ask_read.until.id, ==, "x");
  g_assert_cmpint (ask_read.erased, ==, 9);
  kaf_compare_place_clear (&ask.until);

  sums.sums[255] = G_MAXUINT64;
  g_string_truncate (text, 0);
  kaf_compare_answer_print (&sums, text);
  g_assert_true (kaf_compare_answer_parse (text->str, text->len - 1, &sums_read, NULL));
  g_assert_cmpuint (sums_read.sums[255], ==, G_MAXUINT64);
  g_assert_cmpint (sums_read.reads, ==, 31);
  g_assert_true (sums_read.has_sums && !sums_read.behind);
}

static guint64
digest (guint schema, guint classes, KafRecord *one, KafRecord *two)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();

  g_ptr_array_add (parts, one);
  if (two != NULL)
    g_ptr_array_add (parts, two);
  return kaf_compare_digest (parts, schema, classes, kaf_told_can_read);
}

/* What counts, and what does not. */
static void
test_digest (void)
{
  const guint schema = KAF_SCHEMA_VERSION, all = KAF_CLASS_ALL;
  g_autoptr (KafRecord) person = kaf_record_new (kaf_registry_find ("person"), "p");
  g_autoptr (KafRecord) expert = kaf_record_new (kaf_registry_find ("expert"), "p");
  guint64 alone, both, without;

  kaf_record_set (person, "family_name", "Bennis");
  kaf_record_set (person, "emails", "a@x.org\nb@x.org");
  kaf_record_set (person, "notes", "secret");
  alone = digest (schema, all, person, NULL);
  both = digest (schema, all, person, expert);
  g_assert_cmpuint (alone, !=, both);
  g_assert_cmpuint (both, ==, digest (schema, all, expert, person));
  g_assert_cmpuint (digest (schema, all, expert, NULL), ==, 0);
  kaf_record_set (person, "emails", "b@x.org\na@x.org");
  kaf_record_get_stamp (person)->updated_at = 77;
  g_assert_cmpuint (digest (schema, all, person, NULL), ==, alone);
  kaf_record_get_stamp (person)->deleted_at = 1;
  g_assert_cmpuint (digest (schema, all, person, NULL), !=, alone);
  kaf_record_get_stamp (person)->deleted_at = 0;
  kaf_record_set_ref (person, "PER-2026-0001");
  g_assert_cmpuint (digest (schema, all, person, NULL), !=, alone);
  /* What one does not read makes no difference. */
  without = digest (schema, KAF_CLASS_PUBLIC, person, NULL);
  kaf_record_set (person, "notes", "other");
  kaf_record_set (person, "emails", NULL);
  g_assert_cmpuint (digest (schema, KAF_CLASS_PUBLIC, person, NULL), ==, without);
  /* Nor what an older program does not know. */
  g_assert_cmpuint (digest (0, all, person, NULL), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reconcile/wire", test_wire);
  g_test_add_func ("/reconcile/digest", test_digest);
  g_test_add_func ("/reconcile/agrees", test_agrees);
  g_test_add_func ("/reconcile/differs", test_differs);
  g_test_add_func ("/reconcile/lacks-and-has", test_lacks_and_has);
  g_test_add_func ("/reconcile/journal", test_journal);
  g_test_add_func ("/reconcile/out-of-scope", test_out_of_scope);
  g_test_add_func ("/reconcile/waits", test_waits);
  g_test_add_func ("/reconcile/refused", test_refused);
  g_test_add_func ("/reconcile/refused-facet", test_refused_facet);
  g_test_add_func ("/reconcile/news", test_news);
  g_test_add_func ("/reconcile/early", test_early);
  g_test_add_func ("/reconcile/restored-hub", test_restored_hub);
  g_test_add_func ("/reconcile/restored-narrower", test_restored_narrower);
  g_test_add_func ("/reconcile/restored-role", test_restored_role);
  g_test_add_func ("/reconcile/restored-classes", test_restored_classes);
  g_test_add_func ("/reconcile/many", test_many);
  g_test_add_func ("/reconcile/foreign", test_foreign);
  g_test_add_func ("/reconcile/foreign-pages", test_foreign_pages);
  g_test_add_func ("/reconcile/moved", test_moved);
  g_test_add_func ("/reconcile/due", test_due);
  g_test_add_func ("/reconcile/requests", test_requests);
  g_test_add_func ("/reconcile/unsealed", test_unsealed);
  return g_test_run ();
}
