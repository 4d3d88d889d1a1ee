/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One deletes what another edits: it stays, and both are told of it once, with what was edited. */
#include "config.h"

#include "kaf-pair.h"
#include "base/kaf-bidi.h"
#include "schema/kaf-registry.h"
#include "store/kaf-conflicts.h"

/* What the one conflict of the store says that stands, and who wrote it. */
static void
assert_edited (KafFixture *f, const char *author, const char *text)
{
  g_autoptr (GPtrArray) conflicts = kaf_conflicts_read (f->db, 10, KAF_LANG_EN, NULL);
  const KafConflict *conflict;
  g_autofree char *plain = NULL;

  g_assert_cmpuint (conflicts->len, ==, 1);
  conflict = g_ptr_array_index (conflicts, 0);
  g_assert_null (conflict->field);
  plain = kaf_bidi_strip (conflict->stands.text != NULL ? conflict->stands.text : "");
  g_assert_cmpstr (plain, ==, text);
  g_assert_cmpstr (conflict->stands.author, ==, author);
  g_assert_true (conflict->stands.in_force);
  g_assert_null (conflict->other.text);
}

/* The deletion is at the hub first: who edits brings her back, and says with what. */
static void
test_edited_of_deleted (void)
{
  static const struct
  {
    const char *entity, *field, *value, *text;
  } cases[] = { { "person", "city", "Berne", "City: Berne (before: Genève)" },
                { "expert", "employer", "EPFL", "Employer: EPFL" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (World) w = world_new ();
      g_autofree char *id = share (w);
      g_autoptr (KafReceipt) receipt = NULL;

      kaf_fixture_delete (w->a, "person", id);
      sync_store (w, w->a);
      receipt =
          kaf_fixture_update (w->b, cases[i].entity, id, cases[i].field, cases[i].value, NULL);
      g_assert_nonnull (receipt);
      sync_store (w, w->b);
      sync_store (w, w->a);
      g_assert_true (kaf_read_exists (w->a->db, kaf_registry_find ("person"), id));
      assert_edited (w->a, "brahim", cases[i].text);
      assert_edited (w->b, "brahim", cases[i].text);
    }
}

static void
test_deleted_and_edited (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("delete");
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GPtrArray) conflicts = NULL;

  kaf_change_set_delete (set, kaf_registry_find ("expert"), id);
  receipt = kaf_commit (w->a->db, set, NULL, NULL, NULL);
  g_assert_nonnull (receipt);
  update (w->b, id, "city", "Berne");
  sync_store (w, w->b);
  sync_store (w, w->a);
  sync_store (w, w->b);
  g_assert_true (kaf_read_exists (w->a->db, kaf_registry_find ("person"), id));
  g_assert_true (kaf_read_exists (w->b->db, kaf_registry_find ("person"), id));
  conflicts = find_conflicts (w->b);
  g_assert_cmpuint (conflicts->len, ==, 1);
  /* Who edited, and not who made the record. */
  assert_edited (w->a, "brahim", "City: Berne");
}

/* Deleted while an answer is on its way that tells of an edit: whoever deleted had not seen that, though the store has it by
 * the time at which the deletion is sent. */
static void
test_deleted_meanwhile (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);
  g_autoptr (GString) answer = g_string_new (NULL);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("delete");
  g_autoptr (KafReceipt) receipt = NULL;

  update (w->b, id, "notes", "Rappeler");
  sync_store (w, w->b);
  ask (w, w->a, "agent", answer);
  kaf_change_set_delete (set, kaf_registry_find ("person"), id);
  receipt = kaf_commit (w->a->db, set, NULL, NULL, NULL);
  g_assert_nonnull (receipt);
  take (w->a, answer);
  sync_store (w, w->a);
  sync_store (w, w->b);
  g_assert_true (kaf_read_exists (w->a->db, kaf_registry_find ("person"), id));
  g_assert_true (kaf_read_exists (w->b->db, kaf_registry_find ("person"), id));
  kaf_fixture_assert_field (w->a, "person", id, "notes", "Rappeler");
}

/* With the last facet goes the person; what another wrote into the facet brings both back, whoever
 * comes first, and one conflict tells of it. */
static void
test_deleted_and_facet_edited (void)
{
  static const char *const texts[] = { "What she or he does: Énergie (before: Soins)",
                                       "What she or he does: Énergie" };

  for (guint first = 0; first < 2; first++)
    {
      g_autoptr (World) w = world_new ();
      g_autofree char *id = share (w);
      g_autoptr (KafReceipt) receipt = NULL;

      kaf_fixture_delete (w->a, "expert", id);
      receipt = kaf_fixture_update (w->b, "expert", id, "headline_fr", "Énergie", NULL);
      sync_store (w, first == 0 ? w->a : w->b);
      sync_store (w, first == 0 ? w->b : w->a);
      sync_store (w, first == 0 ? w->a : w->b);
      sync_store (w, w->b);
      for (guint i = 0; i < 2; i++)
        {
          KafFixture *f = i == 0 ? w->a : w->b;

          g_assert_true (kaf_read_exists (f->db, kaf_registry_find ("expert"), id));
          g_assert_true (kaf_read_exists (f->db, kaf_registry_find ("person"), id));
          kaf_fixture_assert_field (f, "expert", id, "headline_fr", "Énergie");
          assert_edited (f, "brahim", texts[first]);
        }
    }
}

/* An address that one added is not gone with the record because another, who deletes it without having
 * seen that address, added one after. */
static void
test_deleted_and_set_edited (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);

  update (w->b, id, "emails", "s@exemple.org\nb@exemple.org");
  sync_store (w, w->b);
  update (w->a, id, "emails", "s@exemple.org\na@exemple.org");
  kaf_fixture_delete (w->a, "person", id);
  sync_store (w, w->a);
  g_assert_true (kaf_read_exists (w->a->db, kaf_registry_find ("person"), id));
  kaf_fixture_assert_field (w->a, "person", id, "emails",
                            "s@exemple.org\nb@exemple.org\na@exemple.org");
}

/* Of a unit that was edited the conflict tells what is another now, and what was emptied, whoever comes first. */
static void
test_deleted_and_unit_edited (void)
{
  static const char *const texts[] = {
    "City: Berne (before: Genève)\nPostal address: emptied (before: Rue 1)",
    "City: Berne\nPostal address: emptied",
  };

  for (guint first = 0; first < 2; first++)
    {
      g_autoptr (World) w = world_new ();
      g_autofree char *id = share (w);
      g_autofree char *country =
          kaf_fixture_create (w->a, "country", NULL, "code", "QQ", "name_fr", "Quelque part", NULL);
      g_autoptr (KafReceipt) receipt = NULL;

      receipt =
          kaf_fixture_update (w->a, "person", id, "country", country, "address", "Rue 1", NULL);
      g_assert_nonnull (receipt);
      sync_store (w, w->a);
      sync_store (w, w->b);
      g_clear_pointer (&receipt, kaf_receipt_unref);
      kaf_fixture_delete (w->a, "person", id);
      receipt = kaf_fixture_update (w->b, "person", id, "city", "Berne", "address", NULL, NULL);
      g_assert_nonnull (receipt);
      sync_store (w, first == 0 ? w->a : w->b);
      sync_store (w, first == 0 ? w->b : w->a);
      sync_store (w, first == 0 ? w->a : w->b);
      sync_store (w, w->b);
      assert_edited (w->a, "brahim", texts[first]);
      assert_edited (w->b, "brahim", texts[first]);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/deleted-edited/person", test_deleted_and_edited);
  g_test_add_func ("/deleted-edited/edited-after", test_edited_of_deleted);
  g_test_add_func ("/deleted-edited/meanwhile", test_deleted_meanwhile);
  g_test_add_func ("/deleted-edited/facet", test_deleted_and_facet_edited);
  g_test_add_func ("/deleted-edited/set", test_deleted_and_set_edited);
  g_test_add_func ("/deleted-edited/unit", test_deleted_and_unit_edited);
  return g_test_run ();
}
