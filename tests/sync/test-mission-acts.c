/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two devices move the same mission: one of them does, and the other is told. */
#include "config.h"

#include "kaf-file-pair.h"
#include "schema/kaf-registry.h"
#include "store/kaf-missions.h"
#include "store/kaf-outbox.h"
#include "store/kaf-refusals.h"
#include "store/kaf-sync-state.h"
#include "sync/kaf-exchange.h"

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

/* What was chained on it while it was on its way goes with it, and is told of once the hub has said so. */
static void
test_chained_meanwhile (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *mission = begin (w, 1, NULL);
  g_autofree char *won = act (w->a, mission, "leave", "1", NULL);
  g_autofree char *lost = act (w->b, mission, "leave", "1", NULL);
  g_autofree char *next = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GString) answer = g_string_new (NULL);

  sync_as (w, w->a, LEADER);
  ask (w, w->b, LEADER, answer);
  next = act (w->b, mission, "leave", "2", lost);
  after = act (w->b, mission, "leave", "3", next);
  take (w->b, answer);
  g_assert_false (has (w->b, "mission_act", lost));
  g_assert_false (has (w->b, "mission_act", next));
  g_assert_false (has (w->b, "mission_act", after));
  kaf_fixture_assert_whole (w->b);
  g_assert_true (waits (w->b, next));
  g_assert_true (waits (w->b, after));
  assert_refused (w->b, 1, lost, KAF_REFUSED_STALE);

  g_assert_cmpuint (sync_as (w, w->b, LEADER).n_rejected, ==, 2);
  g_assert_false (waits (w->b, after));
  assert_refused (w->b, 3, next, KAF_REFUSED_BEFORE);
  assert_refused (w->b, 3, after, KAF_REFUSED_BEFORE);
  g_assert_true (has (w->b, "mission_act", won));
  g_assert_false (has (w->b, "mission_act", next));
}

/* What was chained on it without a network goes up together, or comes back together. */
static void
test_chain (void)
{
  static const char *const steps[] = { "1", "2", "3" };
  g_autoptr (World) w = world_new ();
  g_autofree char *mission = begin (w, 1, NULL);
  g_autofree char *other = prepared (w->a, "Eau");
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
      assert_refused (w->b, 3, g_ptr_array_index (lost, i),
                      i == 0 ? KAF_REFUSED_STALE : KAF_REFUSED_BEFORE);
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
  assert_refused (w->b, 2, unknown, KAF_REFUSED_BEFORE);
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
      note (w->b, mission, "override", "7", "convention-in-force", "Urgence");
  g_autofree char *noted = note (w->b, mission, "acknowledge", "6", "arrival-late", "Vu");

  g_assert_cmpuint (sync_as (w, w->b, LEADER).n_rejected, ==, 3);
  assert_refused (w->b, 3, bare, KAF_REFUSED_APPROVAL);
  assert_refused (w->b, 3, after, KAF_REFUSED_BEFORE);
  assert_refused (w->b, 3, override, KAF_REFUSED_APPROVAL);
  g_assert_true (has (w->b, "mission_act", noted));
  {
    g_autofree char *file = scan (w->b, mission);
    g_autofree char *urgent = NULL;
    g_autofree char *paper =
        kaf_fixture_create (w->b, "mission_act", NULL, "mission", mission, "kind", "leave", "step",
                            "6", "after", last, "paper_name", "Naïma Bouzid", "paper_function",
                            "Cheffe de division", "paper_on", "2026-11-20", "scan", file, NULL);
    g_autofree char *decided = NULL;

    g_assert_cmpuint (sync_as (w, w->b, LEADER).n_rejected, ==, 0);
    g_assert_true (has (w->b, "mission_act", paper));
    sync_as (w, w->a, "manager");
    urgent = note (w->a, mission, "override", "7", "convention-in-force", "Urgence");
    decided = act (w->a, mission, "leave", "7", paper);
    g_assert_cmpuint (sync_as (w, w->a, "manager").n_rejected, ==, 0);
    sync_as (w, w->b, LEADER);
    g_assert_true (has (w->b, "mission_act", decided));
  }
}

/* A decision on paper is all of it: whose, of which function, of which day, and the scan. */
static void
test_paper (void)
{
  static const char *const asked[][2] = {
    { "paper_name", NULL },       { "paper_function", NULL }, { "paper_on", NULL },
    { "paper_on", "2036-01-01" }, { "scan", NULL },
  };
  g_autoptr (World) w = world_new ();
  g_autofree char *last = NULL;
  g_autofree char *mission = begin (w, 6, &last);
  g_autofree char *other = kaf_fixture_create (w->b, "mission", NULL, "title_fr", "Eau", NULL);
  g_autofree char *elsewhere = scan (w->b, other);
  g_autofree char *foreign = decide_on_paper (w->b, mission, last, "scan", elsewhere);
  g_autofree char *whole = NULL;
  guint n = 0;

  g_assert_cmpuint (sync_as (w, w->b, LEADER).n_rejected, ==, 1);
  assert_refused (w->b, ++n, foreign, KAF_REFUSED_PAPER);
  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      g_autofree char *one = decide_on_paper (w->b, mission, last, asked[i][0], asked[i][1]);

      g_assert_cmpuint (sync_as (w, w->b, LEADER).n_rejected, ==, 1);
      assert_refused (w->b, ++n, one, KAF_REFUSED_PAPER);
    }
  /* A file that went is none. */
  {
    g_autofree char *file = scan (w->a, mission);
    g_autofree char *late = NULL;

    sync_as (w, w->a, "manager");
    sync_as (w, w->b, LEADER);
    kaf_fixture_delete (w->a, "attachment", file);
    sync_as (w, w->a, "manager");
    late = decide_on_paper (w->b, mission, last, "scan", file);
    g_assert_cmpuint (sync_as (w, w->b, LEADER).n_rejected, ==, 1);
    assert_refused (w->b, ++n, late, KAF_REFUSED_PAPER);
  }
  whole = decide_on_paper (w->b, mission, last, "content", NULL);
  g_assert_cmpuint (sync_as (w, w->b, LEADER).n_rejected, ==, 0);
  g_assert_true (has (w->b, "mission_act", whole));
}

/* What asks for a reason has one. */
static void
test_reasons (void)
{
  static const char *const kinds[] = { "reopen", "hold", "abandon", "deviation", "incident" };
  g_autoptr (World) w = world_new ();
  g_autofree char *last = NULL;
  g_autofree char *mission = begin (w, 2, &last);
  g_autofree char *given = NULL;
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *one =
          kaf_fixture_create (w->b, "mission_act", NULL, "mission", mission, "kind", kinds[i],
                              "step", "1", "after", i < 3 ? last : NULL, NULL);

      g_assert_cmpuint (sync_as (w, w->b, LEADER).n_rejected, ==, 1);
      assert_refused (w->b, ++n, one, KAF_REFUSED_REASON);
    }
  given = act (w->b, mission, "reopen", "1", last);
  g_assert_cmpuint (sync_as (w, w->b, LEADER).n_rejected, ==, 0);
  g_assert_true (has (w->b, "mission_act", given));
}

/* What is settled is a check of that step that can be. */
static void
test_checks (void)
{
  static const struct
  {
    const char *kind, *step, *code, *reason, *why;
  } cases[] = {
    { "acknowledge", "1", "none", "Vu", KAF_REFUSED_CHECK },
    { "acknowledge", "1", NULL, "Vu", KAF_REFUSED_CHECK },
    { "acknowledge", "2", "need-stale", "Vu", KAF_REFUSED_CHECK },
    { "acknowledge", "6", "room-taken", "Vu", KAF_REFUSED_CHECK },
    { "override", "6", "room-taken", "Urgence", KAF_REFUSED_CHECK },
    { "override", "6", "arrival-late", "Urgence", KAF_REFUSED_CHECK },
    { "override", "7", "convention-in-force", NULL, KAF_REFUSED_REASON },
    { "acknowledge", "1", "need-stale", NULL, KAF_REFUSED_REASON },
    { "acknowledge", "1", "need-stale", "Vu", NULL },
    { "override", "7", "convention-in-force", "Urgence", NULL },
  };
  g_autoptr (World) w = world_new ();
  g_autofree char *mission = begin (w, 1, NULL);
  guint n = 0;

  enroll_as (w->b, users[1], "manager");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *one =
          note (w->b, mission, cases[i].kind, cases[i].step, cases[i].code, cases[i].reason);
      gboolean refused = cases[i].why != NULL;

      g_assert_cmpuint (sync_as (w, w->b, "manager").n_rejected, ==, refused ? 1 : 0);
      if (refused)
        assert_refused (w->b, ++n, one, cases[i].why);
      g_assert_true (has (w->b, "mission_act", one) != refused);
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
  KafHello hello;
  KafInboxResult result;

  advance (w);
  g_assert_true (kaf_sync_state_read (f->db, &state, &error));
  hello = kaf_sync_state_greet (&state, kaf_clock_now (f->clock) / 1000);
  kaf_hello_print (&hello, body);
  g_assert_true (kaf_outbox_print (f->db, 1024 * 1024, body, &error));
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

/* Whether the store says that @user has a hand in what is approved. */
static gboolean
edits (KafFixture *f, const char *mission, const char *user)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KafMission) file = kaf_mission_read (f->db, mission, KAF_LANG_FR, NULL, &error);

  g_assert_no_error (error);
  return g_strv_contains ((const char *const *) file->editors, user);
}

/* To take out a session, or a line, is to edit as well; what was spent is none of what is approved. */
static void
test_editor_deletes (void)
{
  static const char *const entities[] = { "programme_item", "budget_line" };

  for (guint i = 0; i < G_N_ELEMENTS (entities); i++)
    {
      g_autoptr (World) w = world_new ();
      g_autofree char *last = NULL;
      g_autofree char *mission = begin (w, 6, &last);
      g_autofree char *session = kaf_fixture_create (w->a, "programme_item", NULL, "mission",
                                                     mission, "subject_fr", "Plaies", NULL);
      g_autofree char *line = line_new (w->a, mission, "50000 MAD");
      g_autofree char *here = NULL;
      g_autofree char *there = NULL;
      g_autofree char *other = NULL;

      enroll_as (w->a, users[0], "manager");
      enroll_as (w->b, users[1], "manager");
      sync_as (w, w->a, "manager");
      sync_as (w, w->b, "manager");
      kaf_database_set_author (w->b->db, users[1]);
      set_line (w->b, line, "spent", "45000 MAD");
      g_assert_false (edits (w->b, mission, users[1]));
      kaf_fixture_delete (w->b, entities[i], i == 0 ? session : line);
      g_assert_true (edits (w->b, mission, users[1]));
      there = act (w->b, mission, "leave", "6", last);
      g_assert_cmpuint (sync_as (w, w->b, "manager").n_rejected, ==, 1);
      assert_refused (w->b, 1, there, KAF_REFUSED_EDITOR);
      here = act (w->b, mission, "leave", "6", last);
      g_assert_cmpuint (sync_as (w, w->b, "manager").n_rejected, ==, 1);
      sync_as (w, w->a, "manager");
      g_assert_true (edits (w->a, mission, users[1]));

      /* Chama has edited nothing, on the computer on which Brahim has. */
      other = act (w->b, mission, "leave", "6", last);
      write_as (w, w->b, "chama");
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

/* The rules know of that expert of the mission that nobody comes in her place. */
static void
assert_gone (KafFixture *f, const char *mission, const char *listed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KafMission) file = kaf_mission_read (f->db, mission, KAF_LANG_FR, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (kaf_mission_find_expert (file, listed)->gone);
}

/* The law keeps the file: somebody stands in the place of who was erased. */
static void
test_erased_expert (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *mission = begin (w, 1, NULL);
  g_autofree char *person =
      kaf_fixture_create (w->a, "person", NULL, "family_name", "Kanarihi", NULL);
  g_autofree char *listed = kaf_fixture_create (w->a, "mission_expert", NULL, "mission", mission,
                                                "person", person, "answer", "retained", NULL);
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
  assert_gone (w->a, mission, listed);
  assert_gone (w->b, mission, listed);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mission-acts/race", test_race);
  g_test_add_func ("/mission-acts/lost-answer", test_lost_answer);
  g_test_add_func ("/mission-acts/chained-meanwhile", test_chained_meanwhile);
  g_test_add_func ("/mission-acts/chain", test_chain);
  g_test_add_func ("/mission-acts/order", test_order);
  g_test_add_func ("/mission-acts/decisions", test_decisions);
  g_test_add_func ("/mission-acts/paper", test_paper);
  g_test_add_func ("/mission-acts/reasons", test_reasons);
  g_test_add_func ("/mission-acts/checks", test_checks);
  g_test_add_func ("/mission-acts/editor", test_editor);
  g_test_add_func ("/mission-acts/editor-deletes", test_editor_deletes);
  g_test_add_func ("/mission-acts/roles", test_roles);
  g_test_add_func ("/mission-acts/erased-expert", test_erased_expert);
  return g_test_run ();
}
