/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who was given other rights while he was away is told so, once, with what went from his device; and what is counted as his
 * to send is what he made. */
#include "config.h"

#include "kaf-pair.h"
#include "base/kaf-bidi.h"
#include "base/kaf-id.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-value.h"
#include "store/kaf-database-private.h"
#include "store/kaf-findings.h"
#include "store/kaf-sync-state.h"

static void
test_scope (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);
  g_autofree char *place = g_strdup_printf ("organisation:%s", id);
  KafInboxResult result;

  g_assert_false (sync_store (w, w->b).regranted);
  w->grant = place;
  result = sync_store (w, w->b);
  g_assert_true (result.regranted);
  g_assert_cmpuint (result.n_before, ==, 1);
  g_assert_cmpuint (result.n_after, ==, 0);
  result = sync_store (w, w->b);
  g_assert_false (result.regranted);
  w->grant = NULL;
  result = sync_store (w, w->b);
  g_assert_true (result.regranted);
  g_assert_cmpuint (result.n_before, ==, 0);
  g_assert_cmpuint (result.n_after, ==, 1);
}

/* Page by page, it is said on the last. */
static void
test_pages (void)
{
  g_autoptr (World) w = world_new ();
  g_autoptr (GString) answer = g_string_new (NULL);
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  KafInboxResult first, rest;

  for (guint i = 0; i < 30; i++)
    g_free (kaf_fixture_create (w->a, "person", NULL, "family_name", "Alami", NULL));
  sync_store (w, w->a);
  sync_store (w, w->b);
  w->grant = "organisation:01a221c7-c6ba-7000-8000-000000000000";
  kaf_hub_set_page_size (w->hub, 500);
  ask (w, w->b, "agent", answer);
  kaf_inbox_take (w->b->db, answer->str, answer->len, &first, &receipt, &error);
  g_assert_no_error (error);
  g_assert_true (first.more);
  g_assert_false (first.regranted);
  rest = sync_store (w, w->b);
  g_assert_true (rest.regranted);
  g_assert_cmpuint (rest.n_before, ==, 30);
  g_assert_cmpuint (rest.n_after, ==, 0);
}

static void
test_role (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);

  g_assert_true (sync_as (w, w->b, "consular-relay").regranted);
  g_assert_false (sync_as (w, w->b, "consular-relay").regranted);
  kaf_fixture_assert_field (w->b, "person", id, "family_name", "Bennis");
}

static void
assert_named (KafFixture *f, const char *value, const char *text)
{
  const KafField *field = kaf_entity_find_field (kaf_registry_find ("person"), "country");
  const KafField *person = kaf_entity_find_field (kaf_registry_find ("mission_expert"), "person");
  g_autofree char *shown = kaf_value_format (kaf_id_is_uuid (value) ? person : field, value,
                                             KAF_LANG_EN, kaf_read_long_title_func, f->db);

  g_assert_cmpstr (shown, ==, text);
}

/* What lies elsewhere is not shown by its number. */
static void
test_elsewhere (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);
  g_autofree char *title = kaf_read_title (w->b->db, "person", id, KAF_LANG_EN);

  assert_named (w->b, id, title);
  assert_named (w->b, "ZZ", "ZZ");
  w->grant = "country:CH";
  sync_store (w, w->b);
  assert_named (w->b, id, "Outside of your scope");
  assert_named (w->b, "ZZ", "ZZ");
  assert_named (w->a, "01a221c7-c6ba-7000-8000-000000000000",
                "Record that is not on this device any more");
}

static gboolean
is_told (KafFixture *f, const char *sentence)
{
  const KafFindingsQuery query = { .entity = "convention", .lang = KAF_LANG_EN };
  g_autoptr (GError) error = NULL;
  g_autoptr (KafFindings) findings = kaf_findings_read (f->db, &query, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < findings->list->len; i++)
    {
      const KafFinding *finding = g_ptr_array_index (findings->list, i);
      g_autofree char *plain = kaf_bidi_strip (finding->sentence);

      if (strcmp (plain, sentence) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Nor is it a dash in what is found of a convention with others. */
static void
test_other_party (void)
{
  g_autoptr (World) w = world_new ();
  const KafInboxResult first = sync_as (w, w->a, "manager");
  g_autofree char *own =
      kaf_fixture_create (w->a, "organisation", NULL, "name_fr", "Réseau", "kind", "network", NULL);
  g_autofree char *other = kaf_fixture_create (w->a, "organisation", NULL, "name_fr", "Ministère",
                                               "kind", "ministry", NULL);
  g_autofree char *parties = g_strdup_printf ("%s\n%s", own, other);
  g_autofree char *convention = kaf_fixture_create (
      w->a, "convention", NULL, "title_fr", "Accord", "kind", "framework", "parties", parties,
      "signed_on", "2024-01-15", "ends_on", "2099-12-31", NULL);
  g_autofree char *grant = g_strdup_printf ("organisation:%s", own);

  g_assert_false (first.more);
  sync_as (w, w->a, "manager");
  w->grant = grant;
  sync_store (w, w->b);
  g_assert_true (is_told (w->a, "Ministère is a party to Accord and has no commitment in it."));
  g_assert_true (
      is_told (w->b, "Outside of your scope is a party to Accord and has no commitment in it."));
}

static void
test_lists (void)
{
  g_autoptr (World) w = world_new_alone ();
  g_auto (KafSyncState) before = { 0 };
  g_auto (KafSyncState) state = { 0 };
  g_autoptr (KafReceipt) receipt = NULL;
  g_autofree char *id = NULL;

  enroll_as (w->a, users[0], "manager");
  g_assert_true (kaf_lists_load (w->a->db, NULL));
  g_assert_true (kaf_sync_state_read (w->a->db, &before, NULL));
  g_assert_cmpuint (before.n_waiting, ==, 0);
  g_assert_cmpuint (before.n_unsent, >, 100);
  id = kaf_fixture_create (w->a, "person", NULL, "family_name", "Bennis", NULL);
  /* Who changes a list has made that. */
  receipt = kaf_fixture_update (w->a, "country", "CH", "name_fr", "La Suisse", NULL);
  g_assert_nonnull (receipt);
  g_assert_true (kaf_sync_state_read (w->a->db, &state, NULL));
  g_assert_cmpuint (state.n_waiting, ==, 2);
  g_assert_cmpuint (state.n_unsent, ==, before.n_unsent + 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/regranted/scope", test_scope);
  g_test_add_func ("/regranted/pages", test_pages);
  g_test_add_func ("/regranted/role", test_role);
  g_test_add_func ("/regranted/elsewhere", test_elsewhere);
  g_test_add_func ("/regranted/other-party", test_other_party);
  g_test_add_func ("/regranted/lists", test_lists);
  return g_test_run ();
}
