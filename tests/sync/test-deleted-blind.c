/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who deletes a record has not seen what his role was not told of it, however far his device had read: if he is told it when
 * the deletion is sent, the record stays until he has seen that too. */
#include "config.h"

#include "kaf-pair.h"
#include "schema/kaf-registry.h"
#include "store/kaf-outbox.h"

#include <string.h>

static char *
print_outbox (KafFixture *f)
{
  GString *body = g_string_new (NULL);

  g_assert_true (kaf_outbox_print (f->db, 1024 * 1024, body, NULL));
  return g_string_free (body, FALSE);
}

/* Both know her; Brahim, of that role, not her notes. (transfer full) */
static char *
share_noted (World *self, const char *role)
{
  char *id = kaf_fixture_create (self->a, "person", NULL, "family_name", "Tazi", "notes",
                                 "Rappeler", NULL);
  g_autofree char *facet = kaf_fixture_create (self->a, "expert", id, "headline_fr", "Eau", NULL);

  sync_store (self, self->a);
  sync_as (self, self->b, role);
  kaf_fixture_assert_field (self->b, "person", id, "notes", NULL);
  return id;
}

static void
assert_stays (World *self, const char *id)
{
  g_autoptr (GPtrArray) conflicts = NULL;

  sync_store (self, self->b);
  sync_store (self, self->a);
  assert_both_show (self, "person", id, TRUE);
  assert_both_show (self, "expert", id, TRUE);
  kaf_fixture_assert_field (self->a, "person", id, "notes", "Rappeler");
  kaf_fixture_assert_field (self->b, "person", id, "notes", "Rappeler");
  conflicts = find_conflicts (self->b);
  g_assert_cmpuint (conflicts->len, ==, 1);

  /* He has read them now. */
  kaf_fixture_delete (self->b, "person", id);
  sync_store (self, self->b);
  sync_store (self, self->a);
  assert_both_show (self, "person", id, FALSE);
}

static void
test_blind (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share_noted (w, "consular-relay");

  kaf_fixture_delete (w->b, "person", id);
  assert_stays (w, id);
}

/* An agent now, he has not been told them yet: that comes with a later page. */
static void
test_before_told (void)
{
  g_autoptr (World) w = world_new ();
  g_autoptr (GString) answer = g_string_new (NULL);
  g_autofree char *id = NULL;

  for (guint i = 0; i < 30; i++)
    g_free (kaf_fixture_create (w->a, "person", NULL, "family_name", "Alami", NULL));
  id = share_noted (w, "consular-relay");
  kaf_hub_set_page_size (w->hub, 1500);
  ask (w, w->b, "agent", answer);
  take (w->b, answer);
  kaf_fixture_assert_field (w->b, "person", id, "notes", NULL);
  kaf_fixture_delete (w->b, "person", id);
  assert_stays (w, id);
}

/* What he wrote there himself he knows, though it went from his device with the right to read it; what others wrote there
 * since, he does not. */
static void
test_own_words (void)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (World) w = world_new ();
      g_autofree char *id = share (w);
      g_autoptr (GPtrArray) conflicts = NULL;

      update (w->b, id, "notes", "Rappeler");
      sync_store (w, w->b);
      sync_store (w, w->a);
      if (i == 1)
        update (w->a, id, "notes", "Rappeler demain");
      sync_store (w, w->a);
      sync_as (w, w->b, "consular-relay");
      kaf_fixture_assert_field (w->b, "person", id, "notes", NULL);
      kaf_fixture_delete (w->b, "person", id);
      sync_store (w, w->b);
      sync_store (w, w->a);
      assert_both_show (w, "person", id, i == 1);
      conflicts = find_conflicts (w->a);
      g_assert_cmpuint (conflicts->len, ==, i);
    }
}

/* With the last facet goes the person: two deletions, of which the second says what was not told. */
static void
test_last_facet (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);

  update (w->a, id, "notes", "Rappeler");
  sync_store (w, w->a);
  sync_as (w, w->b, "consular-relay");
  kaf_fixture_delete (w->b, "expert", id);
  sync_store (w, w->b);
  sync_store (w, w->a);
  assert_both_show (w, "person", id, TRUE);
  kaf_fixture_assert_field (w->b, "person", id, "notes", "Rappeler");
}

/* An edit of her that he had not seen keeps her, and with her the facet that he had deleted before her. */
static void
test_facet_returns (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);
  g_autoptr (GPtrArray) conflicts = NULL;

  g_free (kaf_fixture_create (w->a, "project_holder", id, "headline_fr", "Atelier", NULL));
  sync_store (w, w->a);
  sync_store (w, w->b);
  /* One that he took from her for itself stays away. */
  kaf_fixture_delete (w->b, "project_holder", id);
  sync_store (w, w->b);
  sync_store (w, w->a);
  update (w->a, id, "city", "Rabat");
  sync_store (w, w->a);
  kaf_fixture_delete (w->b, "expert", id);
  sync_store (w, w->b);
  sync_store (w, w->a);
  assert_both_show (w, "person", id, TRUE);
  assert_both_show (w, "expert", id, TRUE);
  assert_both_show (w, "project_holder", id, FALSE);
  conflicts = find_conflicts (w->a);
  g_assert_cmpuint (conflicts->len, ==, 1);
}

/* What he was told of it goes with it; and an agent, who is told all that there is, says nothing more. */
static void
test_all_told (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = NULL;
  g_autofree char *other = NULL;
  g_autofree char *sent = NULL;

  sync_as (w, w->b, "consular-relay");
  id = kaf_fixture_create (w->a, "person", NULL, "family_name", "Tazi", "city", "Rabat", NULL);
  other = kaf_fixture_create (w->a, "person", NULL, "family_name", "Autre", NULL);
  sync_store (w, w->a);
  sync_as (w, w->b, "consular-relay");
  kaf_fixture_delete (w->b, "person", id);
  sync_store (w, w->b);
  sync_store (w, w->a);
  assert_both_show (w, "person", id, FALSE);

  kaf_fixture_delete (w->b, "person", other);
  sent = print_outbox (w->b);
  g_assert_nonnull (strstr (sent, "delete"));
  g_assert_null (strstr (sent, "\"u\""));
}

/* A relay reads no notes, and never will: those of a person were written and are gone again, and he deletes her. */
static void
test_never_told (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);
  g_autoptr (GPtrArray) conflicts = NULL;

  update (w->a, id, "notes", "Rappeler");
  sync_store (w, w->a);
  update (w->a, id, "notes", NULL);
  sync_store (w, w->a);
  sync_as (w, w->b, "consular-relay");
  kaf_fixture_delete (w->b, "person", id);
  g_assert_cmpuint (sync_as (w, w->b, "consular-relay").n_rejected, ==, 0);
  sync_store (w, w->a);
  assert_both_show (w, "person", id, FALSE);
  conflicts = find_conflicts (w->a);
  g_assert_cmpuint (conflicts->len, ==, 0);
}

/* Who was told of nobody until now, and is not told all yet, says of what he could not read before that he may not have seen
 * it; what everybody reads of her came with her, and with her facet. */
static void
test_facet (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);
  g_autofree char *sent = NULL;

  for (guint i = 0; i < 30; i++)
    g_free (kaf_fixture_create (w->a, "person", NULL, "family_name", "Alami", NULL));
  sync_as (w, w->b, "direction");
  sync_store (w, w->a);
  kaf_hub_set_page_size (w->hub, 1500);
  while (!kaf_read_exists (w->b->db, kaf_registry_find ("expert"), id))
    {
      g_autoptr (GString) answer = g_string_new (NULL);

      ask (w, w->b, "agent", answer);
      take (w->b, answer);
    }
  kaf_fixture_delete (w->b, "person", id);
  sent = print_outbox (w->b);
  g_assert_nonnull (strstr (sent, "\"family_name\""));
  g_assert_null (strstr (sent, "\"expert.headline_fr\""));
}

/* The sides of a conflict are told to who reads what they are about. */
static void
test_conflict (void)
{
  static const char *const fields[] = { "city", "notes" };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autoptr (World) w = world_new ();
      g_autofree char *id = share (w);
      g_autofree char *sent = NULL;
      g_autoptr (GPtrArray) conflicts = NULL;

      update (w->a, id, fields[i], "Zurich");
      update (w->b, id, fields[i], "Berne");
      sync_store (w, w->a);
      sync_store (w, w->b);
      sync_as (w, w->b, "partner");
      conflicts = find_conflicts (w->b);
      g_assert_cmpuint (conflicts->len, ==, 1);
      kaf_fixture_delete (w->b, "conflict", g_ptr_array_index (conflicts, 0));
      sent = print_outbox (w->b);
      g_assert_nonnull (strstr (sent, "delete"));
      g_assert_true ((strstr (sent, "\"u\":[\"stands\"") != NULL) == (i == 1));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/deleted-blind/blind", test_blind);
  g_test_add_func ("/deleted-blind/before-told", test_before_told);
  g_test_add_func ("/deleted-blind/own-words", test_own_words);
  g_test_add_func ("/deleted-blind/last-facet", test_last_facet);
  g_test_add_func ("/deleted-blind/facet-returns", test_facet_returns);
  g_test_add_func ("/deleted-blind/all-told", test_all_told);
  g_test_add_func ("/deleted-blind/never-told", test_never_told);
  g_test_add_func ("/deleted-blind/facet", test_facet);
  g_test_add_func ("/deleted-blind/conflict", test_conflict);
  return g_test_run ();
}
