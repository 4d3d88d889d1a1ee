/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two devices move the same mission: one of them does, and the other is told. */
#include "config.h"

#include "kaf-pair.h"
#include "schema/kaf-registry.h"
#include "store/kaf-attachments.h"
#include "store/kaf-outbox.h"
#include "store/kaf-refusals.h"
#include "store/kaf-sync-state.h"
#include "sync/kaf-exchange.h"

#define LEADER "facilitator"

static gboolean
has (KafFixture *f, const char *entity, const char *id)
{
  return kaf_read_exists (f->db, kaf_registry_find (entity), id);
}

static char *
act (KafFixture *f, const char *mission, const char *kind, const char *step, const char *after)
{
  return kaf_fixture_create (f, "mission_act", NULL, "mission", mission, "kind", kind, "step", step,
                             "after", after, NULL);
}

/* A mission of a's that both know, with its steps below @step left. @last (out): the last act; nullable. */
static char *
begin (World *self, guint step, char **last)
{
  char *id = kaf_fixture_create (self->a, "mission", NULL, "title_fr", "Soins", NULL);
  g_autofree char *after = NULL;

  for (guint i = 1; i < step; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", i);
      char *one = act (self->a, id, "leave", text, after);

      g_free (after);
      after = one;
    }
  g_assert_cmpuint (sync_as (self, self->a, "manager").n_rejected, ==, 0);
  sync_as (self, self->b, LEADER);
  if (last != NULL)
    *last = g_steal_pointer (&after);
  return id;
}

static gboolean
waits (KafFixture *f, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) ids =
      kaf_outbox_find_waiting (f->db, kaf_registry_find ("mission_act"), &error);

  g_assert_no_error (error);
  return g_hash_table_contains (ids, id);
}

/* Of the act that was written last but @n. */
static void
assert_refused (KafFixture *f, guint n, const char *id, const char *why)
{
  g_autoptr (GPtrArray) list = kaf_refusals_read (f->db, 20, KAF_LANG_FR, NULL);
  gboolean found = FALSE;

  g_assert_nonnull (list);
  g_assert_cmpuint (list->len, ==, n);
  for (guint i = 0; i < list->len; i++)
    {
      const KafRefusal *one = g_ptr_array_index (list, i);

      if (!g_str_equal (one->id, id))
        continue;
      found = TRUE;
      g_assert_cmpstr (one->why, ==, why);
      g_assert_false (one->exists);
      g_assert_cmpuint (one->fields->len, >=, 3);
    }
  g_assert_true (found);
}

/* The first that comes is the one. */
static void
test_race (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *mission = begin (w, 1, NULL);
  g_autofree char *won = act (w->a, mission, "leave", "1", NULL);
  g_autofree char *lost = act (w->b, mission, "leave", "1", NULL);

  g_assert_true (waits (w->a, won));
  g_assert_cmpuint (sync_as (w, w->a, LEADER).n_rejected, ==, 0);
  g_assert_false (waits (w->a, won));
  g_assert_true (waits (w->b, lost));
  g_assert_cmpuint (sync_as (w, w->b, LEADER).n_rejected, ==, 1);
  g_assert_false (waits (w->b, lost));
  g_assert_false (has (w->b, "mission_act", lost));
  g_assert_true (has (w->b, "mission_act", won));
  assert_refused (w->b, 1, lost, KAF_REFUSED_STALE);
  sync_as (w, w->a, LEADER);
  g_assert_false (has (w->a, "mission_act", lost));

  /* It goes on from where it stands. */
  {
    g_autofree char *next = act (w->b, mission, "leave", "2", won);

    g_assert_cmpuint (sync_as (w, w->b, LEADER).n_rejected, ==, 0);
    sync_as (w, w->a, LEADER);
    g_assert_true (has (w->a, "mission_act", next));
  }
}

/* The answer that says so is lost: the next one says it again. */
static void
test_lost_answer (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *mission = begin (w, 1, NULL);
  g_autofree char *won = act (w->a, mission, "leave", "1", NULL);
  g_autofree char *lost = act (w->b, mission, "leave", "1", NULL);
  g_autoptr (GString) answer = g_string_new (NULL);

  sync_as (w, w->a, LEADER);
  ask (w, w->b, LEADER, answer);
  g_assert_true (has (w->b, "mission_act", lost));
  g_assert_cmpuint (sync_as (w, w->b, LEADER).n_rejected, ==, 1);
  g_assert_false (has (w->b, "mission_act", lost));
  g_assert_true (has (w->b, "mission_act", won));
  assert_refused (w->b, 1, lost, KAF_REFUSED_STALE);
}

/* What was chained on it without a network goes up together, or comes back together. */
static void
test_chain (void)
{
  static const char *const steps[] = { "1", "2", "3" };
  g_autoptr (World) w = world_new ();
  g_autofree char *mission = begin (w, 1, NULL);
  g_autofree char *other = kaf_fixture_create (w->a, "mission", NULL, "title_fr", "Eau", NULL);
  g_autofree char *won = NULL;
  g_autoptr (GPtrArray) lost = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (g_free);

  sync_as (w, w->a, "manager");
  sync_as (w, w->b, LEADER);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      const char *after = i > 0 ? g_ptr_array_index (lost, i - 1) : NULL;
      const char *before = i > 0 ? g_ptr_array_index (kept, i - 1) : NULL;

      g_ptr_array_add (lost, act (w->b, mission, "leave", steps[i], after));
      g_ptr_array_add (kept, act (w->b, other, "leave", steps[i], before));
    }
  won = act (w->a, mission, "hold", "1", NULL);
  sync_as (w, w->a, LEADER);
  g_assert_cmpuint (sync_as (w, w->b, LEADER).n_rejected, ==, 3);
  sync_as (w, w->a, LEADER);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_assert_false (has (w->b, "mission_act", g_ptr_array_index (lost, i)));
      assert_refused (w->b, 3, g_ptr_array_index (lost, i), KAF_REFUSED_STALE);
      g_assert_true (has (w->a, "mission_act", g_ptr_array_index (kept, i)));
      g_assert_true (has (w->b, "mission_act", g_ptr_array_index (kept, i)));
    }
  g_assert_true (has (w->b, "mission_act", won));
}

/* Steps that do not follow. */
static void
test_order (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *mission = begin (w, 1, NULL);
  g_autofree char *skipped = act (w->b, mission, "leave", "2", NULL);
  g_autofree char *unknown = act (w->b, mission, "leave", "1", skipped);
  g_autofree char *noted = act (w->b, mission, "incident", "1", NULL);

  g_assert_cmpuint (sync_as (w, w->b, LEADER).n_rejected, ==, 2);
  g_assert_false (has (w->b, "mission_act", skipped));
  g_assert_false (has (w->b, "mission_act", unknown));
  g_assert_true (has (w->b, "mission_act", noted));
  assert_refused (w->b, 2, skipped, KAF_REFUSED_STATE);
  assert_refused (w->b, 2, unknown, KAF_REFUSED_STALE);
}

static char *
scan (KafFixture *f, const char *mission)
{
  g_autofree char *path = g_build_filename (f->folder, "pv.txt", NULL);
  g_autoptr (GFile) source = g_file_new_for_path (path);
  g_autoptr (KafReceipt) receipt = NULL;
  char *id = NULL;

  g_assert_true (g_file_set_contents (path, "PV", -1, NULL));
  receipt = kaf_attachment_add (f->db, kaf_registry_find ("mission"), mission, NULL, source, NULL,
                                NULL, &id, NULL, NULL);
  g_assert_nonnull (receipt);
  return id;
}

/* Approval, override: of who approves, or on paper. */
static void
test_decisions (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *last = NULL;
  g_autofree char *mission = begin (w, 6, &last);
  g_autofree char *bare = act (w->b, mission, "leave", "6", last);
  g_autofree char *after = act (w->b, mission, "leave", "7", bare);
  g_autofree char *override =
      kaf_fixture_create (w->b, "mission_act", NULL, "mission", mission, "kind", "override", "step",
                          "6", "code", "x", "reason", "Urgence", NULL);
  g_autofree char *noted =
      kaf_fixture_create (w->b, "mission_act", NULL, "mission", mission, "kind", "acknowledge",
                          "step", "6", "code", "x", "reason", "Vu", NULL);

  g_assert_cmpuint (sync_as (w, w->b, LEADER).n_rejected, ==, 3);
  assert_refused (w->b, 3, bare, KAF_REFUSED_APPROVAL);
  assert_refused (w->b, 3, after, KAF_REFUSED_STALE);
  assert_refused (w->b, 3, override, KAF_REFUSED_APPROVAL);
  g_assert_true (has (w->b, "mission_act", noted));
  {
    g_autofree char *file = scan (w->b, mission);
    g_autofree char *paper =
        kaf_fixture_create (w->b, "mission_act", NULL, "mission", mission, "kind", "leave", "step",
                            "6", "after", last, "paper_name", "Naïma Bouzid", "paper_function",
                            "Cheffe de division", "paper_on", "2026-11-20", "scan", file, NULL);
    g_autofree char *decided = NULL;

    g_assert_cmpuint (sync_as (w, w->b, LEADER).n_rejected, ==, 0);
    g_assert_true (has (w->b, "mission_act", paper));
    sync_as (w, w->a, "manager");
    decided = act (w->a, mission, "leave", "7", paper);
    g_assert_cmpuint (sync_as (w, w->a, "manager").n_rejected, ==, 0);
    sync_as (w, w->b, LEADER);
    g_assert_true (has (w->b, "mission_act", decided));
  }
}

/* As @user, whatever the device is that he writes on. */
static void
write_as (World *w, KafFixture *f, const char *user)
{
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GString) answer = g_string_new (NULL);
  KafHubSession session = { kaf_sync_get_device (f->db), user, kaf_role_find ("manager"),
                            "national" };
  g_autoptr (GString) body = g_string_new (NULL);
  g_auto (KafSyncState) state = { 0 };
  g_autoptr (GError) error = NULL;
  KafHello hello = { KAF_EXCHANGE_PROTOCOL, kaf_clock_now (f->clock) / 1000, NULL, NULL };
  KafInboxResult result;

  advance (w);
  g_assert_true (kaf_sync_state_read (f->db, &state, &error));
  hello.cursor = state.cursor;
  hello.erased = state.erased;
  kaf_hello_print (&hello, body);
  g_assert_true (kaf_outbox_print (f->db, 1024 * 1024, body, NULL, &error));
  kaf_hub_exchange (w->hub, &session, body->str, body->len, answer, &error);
  g_assert_no_error (error);
  kaf_inbox_take (f->db, answer->str, answer->len, &result, &receipt, &error);
  g_assert_no_error (error);
}

static void
change (KafFixture *f, const char *mission, const char *field, const char *value)
{
  g_autoptr (KafReceipt) receipt = kaf_fixture_update (f, "mission", mission, field, value, NULL);

  g_assert_nonnull (receipt);
}

/* Who approves has not edited what is approved, on whatever device he did: only the hub knows of all. */
static void
test_editor (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *last = NULL;
  g_autofree char *mission = begin (w, 6, &last);
  g_autofree char *session = NULL;
  g_autofree char *here = NULL;
  g_autofree char *there = NULL;

  enroll_as (w->a, users[0], "manager");
  enroll_as (w->b, users[1], "manager");
  change (w->a, mission, "mode", "remote");
  here = act (w->a, mission, "leave", "6", last);
  g_assert_cmpuint (sync_as (w, w->a, "manager").n_rejected, ==, 1);
  assert_refused (w->a, 1, here, KAF_REFUSED_EDITOR);

  /* Amina at another computer, which knows of no edit of hers. */
  write_as (w, w->b, users[0]);
  there = act (w->b, mission, "leave", "6", last);
  write_as (w, w->b, users[0]);
  g_assert_false (has (w->b, "mission_act", there));
  assert_refused (w->b, 1, there, KAF_REFUSED_EDITOR);

  /* A title is none of the content, and what Amina wrote is not Brahim's. */
  change (w->b, mission, "title_fr", "Soins infirmiers");
  {
    g_autofree char *other = act (w->b, mission, "leave", "6", last);

    g_assert_cmpuint (sync_as (w, w->b, "manager").n_rejected, ==, 0);
    g_assert_true (has (w->b, "mission_act", other));
  }
}

/* Roles that lead no file. */
static void
test_roles (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *mission = begin (w, 1, NULL);
  g_autofree char *first = act (w->b, mission, "leave", "1", NULL);

  g_assert_cmpuint (sync_as (w, w->b, "partner").n_rejected, ==, 1);
  assert_refused (w->b, 1, first, KAF_REFUSED_RIGHT);
  /* What it has heard of its role since lets it write again. */
  enroll_as (w->b, users[1], LEADER);
  {
    g_autofree char *mine = act (w->b, mission, "leave", "1", NULL);
    g_autofree char *session = kaf_fixture_create (w->b, "programme_item", NULL, "mission", mission,
                                                   "subject_fr", "Plaies", NULL);
    g_autofree char *guest =
        kaf_fixture_create (w->b, "participant", NULL, "mission", mission, "name", "Aïcha", NULL);

    g_assert_cmpuint (sync_as (w, w->b, "regional-officer").n_rejected, ==, 1);
    g_assert_true (has (w->b, "mission_act", mine));
    sync_as (w, w->a, "manager");
    g_assert_true (has (w->a, "mission_act", mine));
    g_assert_true (has (w->a, "participant", guest));
    g_assert_false (has (w->a, "programme_item", session));
  }
}

/* The law keeps the file: somebody stands in the place of who was erased. */
static void
test_erased_expert (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *mission = begin (w, 1, NULL);
  g_autofree char *person =
      kaf_fixture_create (w->a, "person", NULL, "family_name", "Kanarihi", NULL);
  g_autofree char *listed =
      kaf_fixture_create (w->a, "mission_expert", NULL, "mission", mission, "person", person, NULL);
  g_autofree char *grant = g_strconcat ("mission:", mission, NULL);
  g_autofree char *other = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0;

  w->grant = grant;
  sync_as (w, w->a, "manager");
  sync_as (w, w->b, LEADER);
  g_assert_true (has (w->b, "person", person));
  g_assert_true (kaf_hub_erase (w->hub, person, &n, NULL, &error));
  g_assert_no_error (error);
  sync_as (w, w->a, "manager");
  sync_as (w, w->b, LEADER);
  g_assert_false (holds (w->b->folder, "Kanarihi"));
  g_assert_false (holds (w->folder, "Kanarihi"));
  other = kaf_fixture_get (w->b, "mission_expert", listed, "person");
  g_assert_cmpstr (other, !=, person);
  g_assert_true (has (w->b, "person", other));
  name = kaf_fixture_get (w->b, "person", other, "family_name");
  g_assert_true (g_str_has_prefix (name, "Anonyme"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mission-acts/race", test_race);
  g_test_add_func ("/mission-acts/lost-answer", test_lost_answer);
  g_test_add_func ("/mission-acts/chain", test_chain);
  g_test_add_func ("/mission-acts/order", test_order);
  g_test_add_func ("/mission-acts/decisions", test_decisions);
  g_test_add_func ("/mission-acts/editor", test_editor);
  g_test_add_func ("/mission-acts/roles", test_roles);
  g_test_add_func ("/mission-acts/erased-expert", test_erased_expert);
  return g_test_run ();
}
