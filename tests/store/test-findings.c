/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules over a real store: every rule finds what was entered for it, one record's page shows what all shows of it,
 * counts hold under a limit, and what is deleted is not spoken of. */
#include "config.h"

#include <string.h>

#include "kaf-fixture.h"
#include "rules/kaf-rulebook.h"
#include "schema/kaf-registry.h"
#include "store/kaf-conventions.h"
#include "store/kaf-database-private.h"
#include "store/kaf-findings.h"
#include "store/kaf-settings.h"

#define TODAY "2026-11-22"

static KafFindings *
look (KafFixture *fixture, const char *entity, const char *id, guint limit)
{
  KafFindingsQuery query = {
    .entity = entity, .id = id, .limit = limit, .day = kaf_day_parse (TODAY)
  };
  g_autoptr (GError) error = NULL;
  KafFindings *findings = kaf_findings_read (fixture->db, &query, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (findings);
  return findings;
}

static const KafFinding *
find (const KafFindings *findings, const char *code, const char *id)
{
  for (guint i = 0; i < findings->list->len; i++)
    {
      const KafFinding *one = g_ptr_array_index (findings->list, i);

      if (g_str_equal (one->rule->code, code) && (id == NULL || g_strcmp0 (one->id, id) == 0))
        return one;
    }
  return NULL;
}

static void
assert_found (KafFixture *fixture, const char *code, const char *id)
{
  g_autoptr (KafFindings) findings = look (fixture, NULL, NULL, 0);
  const KafFinding *one = find (findings, code, id);

  g_test_message ("%s", code);
  g_assert_nonnull (kaf_rulebook_find (code));
  g_assert_nonnull (one);
  g_assert_nonnull (one->id);
  g_assert_nonnull (one->sentence);
  g_assert_null (g_strstr_len (one->sentence, -1, "%"));
  g_assert_null (g_strstr_len (one->sentence, -1, "—"));
  g_assert_nonnull (one->title);
  g_assert_true (kaf_read_exists (fixture->db, kaf_registry_find (one->rule->entity), one->id));
}

static void
assert_not_found (KafFixture *fixture, const char *code, const char *id)
{
  g_autoptr (KafFindings) findings = look (fixture, NULL, NULL, 0);

  g_test_message ("not %s", code);
  g_assert_null (find (findings, code, id));
}

static char *
make_organisation (KafFixture *fixture, const char *name)
{
  return kaf_fixture_create (fixture, "organisation", NULL, "name_fr", name, "kind", "association",
                             NULL);
}

static char *
make_person (KafFixture *fixture, const char *name)
{
  return kaf_fixture_create (fixture, "person", NULL, "family_name", name, "status", "verified",
                             NULL);
}

static char *
make_mandate (KafFixture *fixture, const char *person, const char *organisation, const char *from)
{
  return kaf_fixture_create (fixture, "mandate", NULL, "person", person, "organisation",
                             organisation, "office", "Présidence", "presides", "1", "valid_from",
                             from, NULL);
}

/* A network, a ministry, who presides both, and a framework between them that is in order but for its scan. */
typedef struct
{
  char *ministry, *network, *minister, *president, *mandate, *presidency, *framework;
} Partners;

static void
make_partners (KafFixture *fixture, Partners *self)
{
  g_autofree char *parties = NULL;

  self->ministry = make_organisation (fixture, "Ministère");
  self->network = make_organisation (fixture, "Réseau");
  g_free (kaf_fixture_create (fixture, "network", self->network, "basis", "thematic", NULL));
  self->minister = make_person (fixture, "MINISTRE");
  self->president = make_person (fixture, "PRESIDENT");
  self->mandate = make_mandate (fixture, self->minister, self->ministry, "2020");
  self->presidency = make_mandate (fixture, self->president, self->network, "2019");
  parties = g_strdup_printf ("%s\n%s", self->ministry, self->network);
  self->framework =
      kaf_fixture_create (fixture, "convention", NULL, "title_fr", "Cadre", "kind", "framework",
                          "signed_on", "2021-06-24", "parties", parties, "open_ended", "1", NULL);
  g_free (kaf_fixture_create (fixture, "signatory", NULL, "convention", self->framework, "mandate",
                              self->mandate, NULL));
  g_free (kaf_fixture_create (fixture, "signatory", NULL, "convention", self->framework, "mandate",
                              self->presidency, NULL));
}

static void
clear_partners (Partners *self)
{
  g_free (self->ministry);
  g_free (self->network);
  g_free (self->minister);
  g_free (self->president);
  g_free (self->mandate);
  g_free (self->presidency);
  g_free (self->framework);
}

static void
assert_title (
    KafFixture *fixture, const char *told, const char *entity, const char *id, KafLang lang)
{
  g_autofree char *title =
      entity != NULL && id != NULL ? kaf_read_short_title (fixture->db, entity, id, lang) : NULL;

  g_assert_cmpstr (told, ==, title);
}

/* Titles are read together: each is what is read of that record alone, whatever it is and whoever shares its id. */
static void
assert_told (KafFixture *fixture, KafLang lang)
{
  const KafFindingsQuery query = { .day = kaf_day_parse (TODAY), .lang = lang };
  g_autoptr (GError) error = NULL;
  g_autoptr (KafFindings) findings = kaf_findings_read (fixture->db, &query, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < findings->list->len; i++)
    {
      const KafFinding *one = g_ptr_array_index (findings->list, i);

      assert_title (fixture, one->title, one->rule->entity, one->id, lang);
      assert_title (fixture, one->of_title, one->of_entity, one->of, lang);
      assert_title (fixture, one->person_name, "person", one->person, lang);
      for (guint j = 0; j < KAF_FINDING_ARGS; j++)
        {
          const KafArg *arg = &one->args[j];
          g_autofree char *title =
              arg->kind == KAF_ARG_RECORD && arg->id != NULL
                  ? kaf_read_short_title (fixture->db, arg->entity, arg->id, lang)
                  : NULL;

          if (title != NULL)
            g_assert_nonnull (strstr (one->sentence, title));
        }
    }
}

static void
test_told (void)
{
  g_autoptr (KafFixture) fixture = kaf_fixture_new ();
  Partners partners;
  g_autofree char *programme = NULL;
  g_autofree char *second = NULL;
  g_autofree char *commitment = NULL;
  g_autoptr (KafFindings) findings = NULL;

  make_partners (fixture, &partners);
  kaf_receipt_unref (
      kaf_fixture_update (fixture, "organisation", partners.network, "name_ar", "شبكة", NULL));
  /* Of a list, of two that preside at once, of a row whose id nobody read. */
  programme = kaf_fixture_create (fixture, "programme", NULL, "title_fr", "Formation", "domains",
                                  "avionics", "starts_on", "2020", NULL);
  second = make_mandate (fixture, partners.minister, partners.network, "2020");
  commitment =
      kaf_fixture_create (fixture, "commitment", NULL, "convention", partners.framework, "party",
                          partners.network, "text_fr", "Rapport", "text_ar", "تقرير", "due_on",
                          "2026-11-01", "responsible", partners.president, NULL);
  findings = look (fixture, NULL, NULL, 0);
  g_assert_nonnull (find (findings, "presidencies-overlap", NULL));
  g_assert_nonnull (find (findings, "network-never-contacted", partners.network));
  g_assert_nonnull (find (findings, "domain-without-module", programme));
  g_assert_cmpstr (find (findings, "commitment-overdue", commitment)->title, ==, "Rapport");
  assert_told (fixture, KAF_LANG_FR);
  assert_told (fixture, KAF_LANG_AR);
  clear_partners (&partners);
}

static void
test_convention (void)
{
  g_autoptr (KafFixture) fixture = kaf_fixture_new ();
  Partners partners;
  g_autofree char *copy = NULL;
  g_autofree char *specific = NULL;
  g_autofree char *amendment = NULL;

  make_partners (fixture, &partners);
  assert_found (fixture, "signed-without-copy", partners.framework);
  copy = kaf_fixture_create (fixture, "attachment", NULL, "owner", partners.framework,
                             "owner_entity", "convention", "file_name", "acte.pdf", "sha256",
                             "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                             "role", "signed", NULL);
  assert_not_found (fixture, "signed-without-copy", partners.framework);
  assert_not_found (fixture, "signed-without-signatories", NULL);
  assert_not_found (fixture, "signatory-without-mandate", NULL);
  assert_not_found (fixture, "party-without-signatory", NULL);

  kaf_receipt_unref (
      kaf_fixture_update (fixture, "mandate", partners.presidency, "valid_from", "2022", NULL));
  assert_found (fixture, "signatory-without-mandate", NULL);
  kaf_receipt_unref (
      kaf_fixture_update (fixture, "mandate", partners.presidency, "valid_from", "2021", NULL));
  assert_found (fixture, "signatory-mandate-uncertain", NULL);

  specific = kaf_fixture_create (fixture, "convention", NULL, "title_fr", "Spécifique", "kind",
                                 "specific", "parent", partners.framework, "signed_on",
                                 "2021-06-23", "ends_on", TODAY, NULL);
  assert_found (fixture, "framework-not-in-force", specific);
  assert_found (fixture, "signed-without-signatories", specific);
  assert_found (fixture, "fewer-than-two-parties", specific);
  assert_found (fixture, "convention-lapsing", specific);
  amendment =
      kaf_fixture_create (fixture, "convention", NULL, "title_fr", "Avenant", "kind", "amendment",
                          "parent", specific, "signed_on", "2026-11-01", "changes", "end", NULL);
  assert_found (fixture, "amendment-without-end", amendment);
  assert_found (fixture, "term-unknown", specific);
  kaf_receipt_unref (
      kaf_fixture_update (fixture, "convention", amendment, "ends_on", "2030-12-31", NULL));
  assert_not_found (fixture, "convention-lapsing", specific);
  assert_not_found (fixture, "term-unknown", specific);
  clear_partners (&partners);
}

static void
test_commitment (void)
{
  g_autoptr (KafFixture) fixture = kaf_fixture_new ();
  Partners partners;
  g_autoptr (KafFindings) findings = NULL;
  g_autofree char *late = NULL;
  g_autofree char *counted = NULL;
  g_autofree char *monthly = NULL;
  g_autofree char *amendment = NULL;
  g_autofree char *instead = NULL;
  const KafFinding *one;

  make_partners (fixture, &partners);
  assert_found (fixture, "party-without-commitment", partners.framework);
  late =
      kaf_fixture_create (fixture, "commitment", NULL, "convention", partners.framework, "party",
                          partners.ministry, "text_fr", "Publier la liste", "due_on", "2026-11-21",
                          "followed_by", "Bureau 3", "responsible", partners.minister, NULL);
  findings = look (fixture, NULL, NULL, 0);
  one = find (findings, "commitment-overdue", late);
  g_assert_nonnull (one);
  g_assert_cmpstr (one->who, ==, "Bureau 3");
  g_assert_cmpstr (one->person, ==, partners.minister);
  g_assert_cmpstr (one->person_name, ==, "MINISTRE");
  g_assert_cmpstr (one->title, ==, "Publier la liste");
  g_assert_cmpstr (one->of_title, ==, "Cadre");
  g_assert_cmpstr (one->of, ==, partners.framework);
  g_assert_nonnull (strstr (one->sentence, "Ministère"));
  g_assert_nonnull (strstr (one->sentence, "Publier la liste"));

  counted = kaf_fixture_create (fixture, "commitment", NULL, "convention", partners.framework,
                                "party", partners.network, "text_fr", "Dix experts", "due_on",
                                "2026-12-22", "quantity", "10", NULL);
  assert_found (fixture, "commitment-due-soon", counted);
  assert_not_found (fixture, "party-without-commitment", NULL);
  g_free (kaf_fixture_create (fixture, "fulfilment", NULL, "commitment", counted, "done_on",
                              "2026-10-01", "quantity", "9", NULL));
  assert_found (fixture, "commitment-due-soon", counted);
  g_free (kaf_fixture_create (fixture, "fulfilment", NULL, "commitment", counted, "done_on",
                              "2026-10-02", "quantity", "1", NULL));
  assert_not_found (fixture, "commitment-due-soon", counted);

  monthly = kaf_fixture_create (fixture, "commitment", NULL, "convention", partners.framework,
                                "party", partners.network, "text_fr", "Rapport", "due_on",
                                "2026-09-30", "recurrence", "monthly", NULL);
  assert_found (fixture, "commitment-overdue", monthly);
  g_free (kaf_fixture_create (fixture, "fulfilment", NULL, "commitment", monthly, "done_on",
                              "2026-10-02", "due_on", "2026-10-30", NULL));
  assert_found (fixture, "commitment-overdue", monthly);
  g_free (kaf_fixture_create (fixture, "fulfilment", NULL, "commitment", monthly, "done_on",
                              "2026-10-02", NULL));
  assert_not_found (fixture, "commitment-overdue", monthly);
  assert_found (fixture, "commitment-due-soon", monthly);

  /* An amendment replaces the late one by another. */
  amendment = kaf_fixture_create (fixture, "convention", NULL, "title_fr", "Avenant", "kind",
                                  "amendment", "parent", partners.framework, "signed_on", TODAY,
                                  "changes", "object", NULL);
  instead = kaf_fixture_create (fixture, "commitment", NULL, "convention", amendment, "party",
                                partners.ministry, "text_fr", "Publier autre chose", "due_on",
                                "2026-11-23", "replaces", late, NULL);
  assert_found (fixture, "amendment-duties-unticked", amendment);
  assert_found (fixture, "commitment-overdue", late);
  assert_not_found (fixture, "commitment-due-soon", instead);
  kaf_receipt_unref (
      kaf_fixture_update (fixture, "convention", amendment, "changes", "duties", NULL));
  assert_not_found (fixture, "amendment-duties-unticked", amendment);
  assert_not_found (fixture, "commitment-overdue", late);
  assert_found (fixture, "commitment-due-soon", instead);

  kaf_receipt_unref (kaf_fixture_update (fixture, "commitment", instead, "waived_on", TODAY, NULL));
  assert_not_found (fixture, "commitment-due-soon", instead);
  kaf_fixture_delete (fixture, "commitment", monthly);
  assert_not_found (fixture, "commitment-due-soon", monthly);
  clear_partners (&partners);
}

static void
test_network (void)
{
  g_autoptr (KafFixture) fixture = kaf_fixture_new ();
  Partners partners;
  g_autofree char *other = NULL;
  g_autofree char *second = NULL;
  g_autofree char *alone = NULL;

  make_partners (fixture, &partners);
  assert_not_found (fixture, "network-without-president", NULL);
  assert_not_found (fixture, "network-without-convention", NULL);
  assert_found (fixture, "network-never-contacted", partners.network);
  g_free (kaf_fixture_create (fixture, "contact", NULL, "organisation", partners.network, "held_on",
                              "2025-11-21", "channel", "call", "subject", "x", NULL));
  assert_found (fixture, "network-without-contact", partners.network);
  /* With who presides it is with the network. */
  g_free (kaf_fixture_create (fixture, "contact", NULL, "person", partners.president, "held_on",
                              "2025-11-22", "channel", "call", "subject", "x", NULL));
  assert_not_found (fixture, "network-without-contact", partners.network);

  other = make_person (fixture, "AUTRE");
  second = make_mandate (fixture, other, partners.network, "2023");
  assert_found (fixture, "presidencies-overlap", partners.presidency);
  kaf_receipt_unref (
      kaf_fixture_update (fixture, "mandate", partners.presidency, "valid_to", "2023", NULL));
  assert_not_found (fixture, "presidencies-overlap", NULL);
  kaf_receipt_unref (
      kaf_fixture_update (fixture, "mandate", second, "valid_to", "2026-11-21", NULL));
  assert_found (fixture, "presidency-vacant", partners.network);

  alone = make_organisation (fixture, "Seul");
  g_free (kaf_fixture_create (fixture, "network", alone, "basis", "thematic", NULL));
  assert_found (fixture, "network-without-president", alone);
  assert_found (fixture, "network-without-convention", alone);
  kaf_fixture_delete (fixture, "network", alone);
  assert_not_found (fixture, "network-without-convention", alone);
  clear_partners (&partners);
}

static void
test_programme (void)
{
  g_autoptr (KafFixture) fixture = kaf_fixture_new ();
  Partners partners;
  g_autofree char *programme = NULL;
  g_autofree char *module = NULL;
  g_autofree char *expert = NULL;
  g_autofree char *membership = NULL;
  g_autofree char *session = NULL;

  make_partners (fixture, &partners);
  programme = kaf_fixture_create (fixture, "programme", NULL, "title_fr", "Académie", "domains",
                                  "health", "starts_on", "2020", NULL);
  assert_found (fixture, "domain-without-module", programme);
  assert_found (fixture, "domain-without-expert", programme);
  assert_found (fixture, "domain-without-convention", programme);

  /* A narrower domain does. */
  module = kaf_fixture_create (fixture, "training_module", NULL, "programme", programme, "title_fr",
                               "Module", "domain", "cardiology", NULL);
  assert_not_found (fixture, "domain-without-module", programme);
  expert = make_person (fixture, "EXPERTE");
  g_free (kaf_fixture_create (fixture, "expert", expert, "domains", "cardiology", NULL));
  assert_found (fixture, "domain-without-expert", programme);
  membership = kaf_fixture_create (fixture, "membership", NULL, "person", expert, "network",
                                   partners.network, "valid_to", "2026", NULL);
  assert_not_found (fixture, "domain-without-expert", programme);
  kaf_receipt_unref (
      kaf_fixture_update (fixture, "membership", membership, "valid_to", "2026-11-21", NULL));
  assert_found (fixture, "domain-without-expert", programme);
  kaf_receipt_unref (
      kaf_fixture_update (fixture, "membership", membership, "valid_to", NULL, NULL));
  kaf_receipt_unref (kaf_fixture_update (fixture, "person", expert, "status", "dormant", NULL));
  assert_found (fixture, "domain-without-expert", programme);
  kaf_receipt_unref (kaf_fixture_update (fixture, "convention", partners.framework, "programme",
                                         programme, "domains", "health", NULL));
  assert_not_found (fixture, "domain-without-convention", programme);

  session = kaf_fixture_create (fixture, "training_session", NULL, "module", module, "starts_on",
                                "2026-11-21", "state", "planned", NULL);
  assert_found (fixture, "session-past-planned", session);
  kaf_receipt_unref (
      kaf_fixture_update (fixture, "training_session", session, "ends_on", TODAY, NULL));
  assert_not_found (fixture, "session-past-planned", session);
  kaf_receipt_unref (
      kaf_fixture_update (fixture, "training_session", session, "state", "held", NULL));
  assert_found (fixture, "session-without-trainees", session);
  kaf_receipt_unref (
      kaf_fixture_update (fixture, "training_session", session, "present", "12", NULL));
  assert_not_found (fixture, "session-without-trainees", session);
  clear_partners (&partners);
}

/* Everything together, of which one record's page has to show its part. */
static void
make_town (KafFixture *fixture, Partners *partners)
{
  make_partners (fixture, partners);
  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *title = g_strdup_printf ("Spécifique %u", i);
      g_autofree char *due = g_strdup_printf ("2026-11-%02u", 10 + 4 * i);
      g_autofree char *parties = g_strdup_printf ("%s\n%s", partners->ministry, partners->network);
      g_autofree char *id = kaf_fixture_create (
          fixture, "convention", NULL, "title_fr", title, "kind", i == 5 ? "framework" : "specific",
          "parent", i < 4 ? partners->framework : NULL, "signed_on",
          i == 0 ? "2021-06-01" : "2022-01-01", "parties", parties, "ends_on",
          i % 2 == 0 ? "2026-12-31" : NULL, NULL);

      g_free (kaf_fixture_create (fixture, "signatory", NULL, "convention", id, "mandate",
                                  i == 3 ? partners->mandate : partners->presidency, NULL));
      g_free (kaf_fixture_create (fixture, "commitment", NULL, "convention", id, "party",
                                  partners->network, "text_fr", title, "due_on", due, "recurrence",
                                  i == 2 ? "monthly" : NULL, NULL));
    }
}

/* A finding in letters, to be compared. */
static char *
spell (const KafFinding *finding)
{
  return g_strdup_printf ("%s %s %s %u %s", finding->rule->code, finding->id, finding->of,
                          finding->due, finding->sentence);
}

static gboolean
mentions (const KafFinding *finding, const char *id)
{
  if (g_strcmp0 (finding->id, id) == 0 || g_strcmp0 (finding->of, id) == 0)
    return TRUE;
  for (guint i = 0; i < KAF_FINDING_ARGS; i++)
    if (g_strcmp0 (finding->args[i].id, id) == 0)
      return TRUE;
  return FALSE;
}

/* One record's page is read by another way than all: both say the same. */
static void
assert_same (KafFixture *fixture, const KafFindings *all, const char *entity, const char *id)
{
  g_autoptr (KafFindings) own = look (fixture, entity, id, 0);
  guint n = 0;

  for (guint i = 0; i < all->list->len; i++)
    {
      const KafFinding *one = g_ptr_array_index (all->list, i);
      g_autofree char *expected = NULL;
      g_autofree char *found = NULL;

      if (!mentions (one, id))
        continue;
      g_assert_cmpuint (n, <, own->list->len);
      expected = spell (one);
      found = spell (g_ptr_array_index (own->list, n++));
      g_assert_cmpstr (found, ==, expected);
    }
  g_assert_cmpuint (own->list->len, ==, n);
  g_assert_cmpuint (own->n_all, ==, n);
}

static void
assert_told_on (KafFixture *fixture, const char *entity, const char *id, const char *code)
{
  g_autoptr (KafFindings) findings = look (fixture, entity, id, 0);

  g_test_message ("%s on the page of a %s", code, entity);
  g_assert_nonnull (find (findings, code, NULL));
}

/* What was deleted and is named still is told where it is named, and not where nobody looks any more. */
static void
test_deleted (void)
{
  g_autoptr (KafFixture) fixture = kaf_fixture_new ();
  Partners partners;
  g_autofree char *programme = NULL;
  g_autofree char *trainer = make_person (fixture, "FORMATRICE");
  g_autofree char *owner = make_organisation (fixture, "Porteur");
  g_autofree char *academy =
      kaf_fixture_create (fixture, "programme", NULL, "title_fr", "Académie", "owner", owner, NULL);
  g_autofree char *module = NULL;
  g_autofree char *session = NULL;
  g_autofree char *duty = NULL;
  g_autoptr (KafReceipt) receipt = NULL;

  make_partners (fixture, &partners);
  programme = kaf_fixture_create (fixture, "programme", NULL, "title_fr", "Programme", NULL);
  receipt =
      kaf_fixture_update (fixture, "convention", partners.framework, "programme", programme, NULL);
  module = kaf_fixture_create (fixture, "training_module", NULL, "programme", academy, "title_fr",
                               "Soins", "host", owner, "network", partners.network, NULL);
  session =
      kaf_fixture_create (fixture, "training_session", NULL, "module", module, "starts_on",
                          "2026-12-01", "trainer", trainer, "network", partners.network, NULL);
  duty = kaf_fixture_create (fixture, "commitment", NULL, "convention", partners.framework, "party",
                             partners.network, "text_fr", "Former", "responsible", trainer, NULL);
  for (const KafRule *rule = kaf_deleted_rules; rule->code != NULL; rule++)
    assert_not_found (fixture, rule->code, NULL);

  kaf_fixture_delete (fixture, "mandate", partners.mandate);
  kaf_fixture_delete (fixture, "person", trainer);
  kaf_fixture_delete (fixture, "programme", programme);
  kaf_fixture_delete (fixture, "organisation", owner);
  /* The network ends, its organisation goes on: as a party it is there still. */
  kaf_fixture_delete (fixture, "network", partners.network);
  assert_found (fixture, "module-network-deleted", module);
  assert_found (fixture, "session-network-deleted", session);
  assert_not_found (fixture, "convention-party-deleted", NULL);
  kaf_fixture_delete (fixture, "organisation", partners.network);
  for (const KafRule *rule = kaf_deleted_rules; rule->code != NULL; rule++)
    assert_found (fixture, rule->code, NULL);
  assert_found (fixture, "commitment-responsible-deleted", duty);
  assert_told_on (fixture, "convention", partners.framework, "signatory-mandate-deleted");
  assert_told_on (fixture, "convention", partners.framework, "commitment-party-deleted");
  assert_told_on (fixture, "programme", academy, "programme-owner-deleted");
  assert_told_on (fixture, "programme", academy, "module-host-deleted");

  kaf_fixture_delete (fixture, "convention", partners.framework);
  assert_not_found (fixture, "commitment-responsible-deleted", NULL);
  assert_not_found (fixture, "signatory-mandate-deleted", NULL);
  assert_not_found (fixture, "convention-party-deleted", NULL);
  clear_partners (&partners);
}

/* A within B on one device, B within A on another: what their hub makes of it is told, on the page too, and nothing
 * goes round for ever. */
static void
test_circle (void)
{
  g_autoptr (KafFixture) fixture = kaf_fixture_new ();
  g_autofree char *first = kaf_fixture_create (fixture, "convention", NULL, "title_fr", "Une",
                                               "kind", "specific", "signed_on", "2021-01-01", NULL);
  g_autofree char *second =
      kaf_fixture_create (fixture, "convention", NULL, "title_fr", "Deux", "kind", "amendment",
                          "parent", first, "signed_on", "2022-01-01", "changes", "duties", NULL);
  g_autofree char *itself = kaf_fixture_create (fixture, "convention", NULL, "title_fr", "Trois",
                                                "kind", "specific", NULL);
  g_autofree char *party = make_organisation (fixture, "Office");
  g_autofree char *duty =
      kaf_fixture_create (fixture, "commitment", NULL, "convention", second, "party", party,
                          "text_fr", "Former", "due_on", "2026-11-01", NULL);
  g_autofree char *sql = g_strdup_printf (
      "UPDATE convention SET parent = '%s' WHERE rid = (SELECT rid FROM head WHERE id = '%s')",
      second, first);
  g_autofree char *own = g_strdup_printf (
      "UPDATE convention SET parent = '%s' WHERE rid = (SELECT rid FROM head WHERE id = '%s')",
      itself, itself);
  guint n = 0;

  assert_not_found (fixture, "convention-within-itself", NULL);
  g_assert_true (kaf_database_exec (fixture->db, sql, NULL));
  g_assert_true (kaf_database_exec (fixture->db, own, NULL));
  assert_found (fixture, "convention-within-itself", NULL);
  assert_found (fixture, "convention-within-itself", itself);
  assert_not_found (fixture, "framework-missing", NULL);
  assert_not_found (fixture, "amended-missing", NULL);
  {
    g_autoptr (KafFindings) findings = look (fixture, "convention", NULL, 0);

    for (guint i = 0; i < findings->list->len; i++)
      n += g_str_equal (((KafFinding *) g_ptr_array_index (findings->list, i))->rule->code,
                        "convention-within-itself");
  }
  /* Once a circle: where it was cut. */
  g_assert_cmpuint (n, ==, 2);
  assert_told_on (fixture, "convention", first, "convention-within-itself");
  assert_told_on (fixture, "convention", second, "convention-within-itself");
}

static void
test_one_as_all (void)
{
  static const char *const entities[] = { "convention", "commitment", "signatory", "organisation",
                                          "network" };
  g_autoptr (KafFixture) fixture = kaf_fixture_new ();
  g_autoptr (KafFindings) all = NULL;
  Partners partners;

  make_town (fixture, &partners);
  all = look (fixture, NULL, NULL, 0);
  g_assert_cmpuint (all->list->len, >, 20);
  for (guint i = 0; i < G_N_ELEMENTS (entities); i++)
    {
      g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find (entities[i]));
      g_autoptr (GPtrArray) rows =
          kaf_page_read (fixture->db, query, NULL, KAF_LANG_EN, 0, 100, NULL, NULL, NULL);

      g_assert_cmpuint (rows->len, >, 0);
      for (guint j = 0; j < rows->len; j++)
        {
          const KafRow *row = g_ptr_array_index (rows, j);

          g_test_message ("%s %s", entities[i], row->id);
          assert_same (fixture, all, entities[i], row->id);
        }
    }
  clear_partners (&partners);
}

static void
test_limit_and_entity (void)
{
  g_autoptr (KafFixture) fixture = kaf_fixture_new ();
  g_autoptr (KafFindings) all = NULL;
  g_autoptr (KafFindings) some = NULL;
  g_autoptr (KafFindings) networks = NULL;
  g_autoptr (KafFindings) persons = NULL;
  Partners partners;

  make_town (fixture, &partners);
  all = look (fixture, NULL, NULL, 0);
  some = look (fixture, NULL, NULL, 3);
  g_assert_cmpuint (some->list->len, ==, 3);
  g_assert_cmpuint (some->n_all, ==, all->n_all);
  g_assert_cmpmem (some->counts, sizeof some->counts, all->counts, sizeof all->counts);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *expected = spell (g_ptr_array_index (all->list, i));
      g_autofree char *found = spell (g_ptr_array_index (some->list, i));

      g_assert_cmpstr (found, ==, expected);
    }

  networks = look (fixture, "network", NULL, 0);
  g_assert_cmpuint (networks->list->len, >, 0);
  g_assert_cmpuint (networks->list->len, ==, networks->n_all);
  for (guint i = 0; i < networks->list->len; i++)
    {
      const KafFinding *one = g_ptr_array_index (networks->list, i);

      g_assert_true (g_str_equal (one->rule->entity, "network") ||
                     g_strcmp0 (one->of_entity, "network") == 0);
    }
  persons = look (fixture, "person", NULL, 0);
  g_assert_cmpuint (persons->n_all, ==, 0);
  clear_partners (&partners);
}

/* What was found is kept, until anybody writes. */
static void
test_kept (void)
{
  g_autoptr (KafFixture) fixture = kaf_fixture_new ();
  g_autoptr (KafFindings) before = NULL;
  g_autoptr (KafFindings) again = NULL;
  g_autoptr (KafFindings) shorter = NULL;
  g_autoptr (KafFindings) after = NULL;
  g_autoptr (KafDatabase) other = NULL;
  KafFindingsQuery query = { .day = kaf_day_parse (TODAY) };
  KafFindingsQuery tomorrow = { .day = kaf_day_parse ("2028-01-01") };
  g_autoptr (KafFindings) later = NULL;
  Partners partners;

  make_town (fixture, &partners);
  other = kaf_database_open (fixture->path, KAF_OPEN_DEFAULT, NULL, NULL);
  g_assert_nonnull (other);
  before = kaf_findings_read (other, &query, NULL, NULL);
  shorter = look (fixture, NULL, NULL, 1);
  again = kaf_findings_read (other, &query, NULL, NULL);
  g_assert_true (again->base != NULL && again->base == before->base);
  g_assert_cmpuint (again->list->len, ==, before->list->len);
  for (guint i = 0; i < again->list->len; i++)
    {
      g_autofree char *one = spell (g_ptr_array_index (before->list, i));
      g_autofree char *two = spell (g_ptr_array_index (again->list, i));

      g_assert_cmpstr (one, ==, two);
    }
  later = kaf_findings_read (other, &tomorrow, NULL, NULL);
  g_assert_true (later->base != before->base);
  g_free (kaf_fixture_create (fixture, "commitment", NULL, "convention", partners.framework,
                              "party", partners.network, "text_fr", "Nouveau", "due_on", TODAY,
                              NULL));
  after = kaf_findings_read (other, &query, NULL, NULL);
  g_assert_cmpuint (after->counts[KAF_URGENCY_WEEK], ==, before->counts[KAF_URGENCY_WEEK] + 1);
  clear_partners (&partners);
}

static void
test_settings (void)
{
  g_autoptr (KafFixture) fixture = kaf_fixture_new ();
  KafThresholds standard = kaf_thresholds_default ();
  KafThresholds read = kaf_findings_read_thresholds (fixture->db, TODAY);

  g_assert_cmpmem (&read, sizeof read, &standard, sizeof standard);
  g_free (kaf_fixture_create (fixture, "setting", NULL, "key", KAF_SETTING_NETWORK_CONTACT_DAYS,
                              "valid_from", "2026-11-22", "value", "100", NULL));
  g_free (kaf_fixture_create (fixture, "setting", NULL, "key", KAF_SETTING_LAPSE_LAST_DAYS,
                              "valid_from", "2026-11-22", "value", "soon", NULL));
  g_free (kaf_fixture_create (fixture, "setting", NULL, "key", KAF_SETTING_MINUTES_DAYS,
                              "valid_from", "2026-11-22", "value", "15", NULL));
  read = kaf_findings_read_thresholds (fixture->db, TODAY);
  g_assert_cmpuint (read.network_contact, ==, 100);
  g_assert_cmpuint (read.minutes, ==, 15);
  /* What nobody can read counts as what stands without it. */
  g_assert_cmpuint (read.lapse_last, ==, 7);
  read = kaf_findings_read_thresholds (fixture->db, "2026-11-21");
  g_assert_cmpuint (read.network_contact, ==, 365);
}

static void
test_cancelled (void)
{
  g_autoptr (KafFixture) fixture = kaf_fixture_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  KafFindingsQuery query = { 0 };

  g_cancellable_cancel (cancellable);
  g_assert_null (kaf_findings_read (fixture->db, &query, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Of one tree and of all acts: the parties in the order in which a person named them, and how many scans there are. */
static void
test_acts_read (void)
{
  g_autoptr (KafFixture) fixture = kaf_fixture_new ();
  static const char *const names[] = { "Trois", "Un", "Quatre", "Deux" };
  char *ids[G_N_ELEMENTS (names) + 1] = { NULL };
  g_autofree char *parties = NULL;
  g_autofree char *id = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    ids[i] = make_organisation (fixture, names[i]);
  /* Neither as they were made nor the other way round. */
  parties = g_strjoin ("\n", ids[2], ids[0], ids[3], ids[1], NULL);
  id = kaf_fixture_create (fixture, "convention", NULL, "title_fr", "Cadre", "kind", "framework",
                           "parties", parties, NULL);
  for (guint i = 0; i < 2; i++)
    g_free (kaf_fixture_create (fixture, "attachment", NULL, "owner", id, "owner_entity",
                                "convention", "file_name", "acte.pdf", "media_type",
                                "application/pdf", "size", "1000", "sha256",
                                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                                "role", "signed", NULL));
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (KafConventions) read = kaf_conventions_read (
          fixture->db, i == 0 ? NULL : id, KAF_CONVENTIONS_ALL, KAF_LANG_FR, NULL, &error);
      const KafConvention *act = read != NULL ? kaf_conventions_find (read, id) : NULL;
      g_autofree char *found = NULL;

      g_assert_no_error (error);
      g_assert_nonnull (act);
      found = g_strjoinv ("\n", act->parties);
      g_assert_cmpstr (found, ==, parties);
      g_assert_cmpuint (act->n_files_signed, ==, 2);
    }
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_free (ids[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/findings/told", test_told);
  g_test_add_func ("/findings/convention", test_convention);
  g_test_add_func ("/findings/commitment", test_commitment);
  g_test_add_func ("/findings/network", test_network);
  g_test_add_func ("/findings/programme", test_programme);
  g_test_add_func ("/findings/deleted", test_deleted);
  g_test_add_func ("/findings/circle", test_circle);
  g_test_add_func ("/findings/one-as-all", test_one_as_all);
  g_test_add_func ("/findings/limit-and-entity", test_limit_and_entity);
  g_test_add_func ("/findings/kept", test_kept);
  g_test_add_func ("/findings/settings", test_settings);
  g_test_add_func ("/findings/acts-read", test_acts_read);
  g_test_add_func ("/findings/cancelled", test_cancelled);
  return g_test_run ();
}
