/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a mission needs is where it is: a national agent, and a facilitator who was given a mission. */
#include "config.h"

#include <string.h>

#include "kaf-pair.h"
#include "schema/kaf-registry.h"
#include "store/kaf-attachments.h"
#include "store/kaf-mission-kit.h"
#include "store/kaf-sync-state.h"

#define FACILITATOR "facilitator"

static gboolean
has (KafFixture *f, const char *entity, const char *id)
{
  return kaf_read_exists (f->db, kaf_registry_find (entity), id);
}

static void
set_field (KafFixture *f, const char *entity, const char *id, const char *field, const char *value)
{
  g_autoptr (KafReceipt) receipt = kaf_fixture_update (f, entity, id, field, value, NULL);

  g_assert_nonnull (receipt);
}

static void
sync_both (World *self)
{
  sync_as (self, self->a, "manager");
  g_assert_cmpuint (sync_as (self, self->b, FACILITATOR).n_rejected, ==, 0);
  sync_as (self, self->a, "manager");
}

/* A mission that b was given; the grant lives as long as the text. */
static char *
begin (World *self, char **grant)
{
  char *id = kaf_fixture_create (self->a, "mission", NULL, "title_fr", "Soins à Tiznit",
                                 "territory", "MA-TIZ", NULL);

  *grant = g_strconcat ("mission:", id, NULL);
  self->grant = *grant;
  sync_both (self);
  g_assert_true (has (self->b, "mission", id));
  return id;
}

static char *
tie (World *self, const char *entity, const char *mission, const char *field, const char *id)
{
  return kaf_fixture_create (self->a, entity, NULL, "mission", mission, field, id, NULL);
}

/* Short-listed, she comes with all that is hers; discarded, nothing of her is left. */
static void
test_expert (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *grant = NULL;
  g_autofree char *mission = begin (w, &grant);
  g_autofree char *person =
      kaf_fixture_create (w->a, "person", NULL, "family_name", "Kanarihi", "country", "CH", NULL);
  g_autofree char *other =
      kaf_fixture_create (w->a, "person", NULL, "family_name", "Vogelfrei", NULL);
  g_autofree char *facet =
      kaf_fixture_create (w->a, "expert", person, "headline_fr", "Kanarikopf", NULL);
  g_autofree char *agenda =
      kaf_fixture_create (w->a, "availability", NULL, "person", person, "valid_from", "2026-12-01",
                          "valid_to", "2026-12-02", "kind", "busy", NULL);
  g_autofree char *consent = kaf_fixture_create (w->a, "consent", NULL, "person", person, "purpose",
                                                 "sharing", "given_on", "2026-11-01", NULL);
  g_autofree char *file = g_build_filename (w->a->folder, "cv.txt", NULL);
  g_autoptr (GFile) source = g_file_new_for_path (file);
  g_autofree char *cv = NULL;
  g_autofree char *listed = NULL;
  g_autoptr (KafReceipt) receipt = NULL;

  g_assert_true (g_file_set_contents (file, "Kanaricv", -1, NULL));
  receipt = kaf_attachment_add (w->a->db, kaf_registry_find ("person"), person, NULL, source, NULL,
                                NULL, &cv, NULL, NULL);
  g_assert_nonnull (receipt);
  sync_both (w);
  g_assert_false (has (w->b, "person", person));
  g_assert_null (strstr (w->heard->str, "Kanari"));

  listed = tie (w, "mission_expert", mission, "person", person);
  sync_both (w);
  g_assert_true (has (w->b, "mission_expert", listed));
  g_assert_true (has (w->b, "person", person));
  g_assert_true (has (w->b, "expert", person));
  g_assert_true (has (w->b, "availability", agenda));
  g_assert_true (has (w->b, "consent", consent));
  g_assert_true (has (w->b, "attachment", cv));
  g_assert_false (has (w->b, "person", other));
  g_assert_null (strstr (w->heard->str, "Vogelfrei"));

  set_field (w->b, "mission_expert", listed, "answer", "discarded");
  sync_both (w);
  sync_both (w);
  g_assert_true (has (w->b, "mission_expert", listed));
  g_assert_false (has (w->b, "person", person));
  g_assert_false (has (w->b, "expert", person));
  g_assert_false (has (w->b, "availability", agenda));
  g_assert_false (has (w->b, "attachment", cv));
  g_assert_false (holds (w->b->folder, "Kanari"));

  /* Retained after all, and taken off the list. */
  set_field (w->b, "mission_expert", listed, "answer", "interested");
  sync_both (w);
  sync_both (w);
  g_assert_true (has (w->b, "expert", person));
  g_assert_true (has (w->b, "consent", consent));
  kaf_fixture_delete (w->a, "mission_expert", listed);
  sync_both (w);
  g_assert_false (has (w->b, "person", person));
}

/* A mission that comes under a convention brings its needs to those whom that is granted to. */
static void
test_need_by_convention (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *mission = NULL;
  g_autofree char *convention = NULL;
  g_autofree char *grant = NULL;
  g_autofree char *need = NULL;
  g_autofree char *link = NULL;
  g_autofree char *tied = NULL;

  enroll_as (w->a, users[0], "manager");
  mission = kaf_fixture_create (w->a, "mission", NULL, "title_fr", "Soins", NULL);
  convention =
      kaf_fixture_create (w->a, "convention", NULL, "title_fr", "Cadre", "kind", "framework", NULL);
  need = kaf_fixture_create (w->a, "need", NULL, "title_fr", "Soins infirmiers", NULL);
  link = tie (w, "mission_need", mission, "need", need);
  w->grant = grant = g_strconcat ("convention:", convention, NULL);
  sync_both (w);
  g_assert_false (has (w->b, "need", need));
  tied = tie (w, "mission_convention", mission, "convention", convention);
  sync_both (w);
  g_assert_true (has (w->b, "mission", mission));
  g_assert_true (has (w->b, "need", need));
}

/* Nothing of one mission is seen for the sake of another, though they have persons and payers in common. */
static void
test_other_mission (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *grant = NULL;
  g_autofree char *mission = begin (w, &grant);
  g_autofree char *second =
      kaf_fixture_create (w->a, "mission", NULL, "title_fr", "Kanariberg", NULL);
  g_autofree char *person =
      kaf_fixture_create (w->a, "person", NULL, "family_name", "Bennis", NULL);
  g_autofree char *payer = kaf_fixture_create (w->a, "organisation", NULL, "kind", "association",
                                               "name_fr", "Conseil", NULL);
  g_autofree char *here = tie (w, "mission_expert", mission, "person", person);
  g_autofree char *there = kaf_fixture_create (w->a, "mission_expert", NULL, "mission", second,
                                               "person", person, "reason", "Kanarigrund", NULL);
  g_autofree char *party = tie (w, "mission_party", mission, "organisation", payer);
  g_autofree char *line =
      kaf_fixture_create (w->a, "budget_line", NULL, "mission", second, "category", "travel",
                          "quantity", "1", "label_fr", "Kanarizug", "payer", payer, NULL);
  g_autofree char *talk = kaf_fixture_create (w->a, "contact", NULL, "mission", second,
                                              "organisation", payer, "held_on", "2026-11-20",
                                              "channel", "call", "subject", "Kanarithema", NULL);
  g_autofree char *own_talk =
      kaf_fixture_create (w->a, "contact", NULL, "organisation", payer, "held_on", "2026-11-20",
                          "channel", "call", "subject", "Kanarithema", NULL);

  sync_both (w);
  g_assert_true (has (w->b, "mission_expert", here));
  g_assert_true (has (w->b, "person", person));
  g_assert_true (has (w->b, "organisation", payer));
  g_assert_false (has (w->b, "mission_expert", there));
  g_assert_false (has (w->b, "budget_line", line));
  g_assert_false (has (w->b, "contact", talk));
  g_assert_false (has (w->b, "contact", own_talk));
  g_assert_null (strstr (w->heard->str, "Kanari"));
}

/* Organisations, by each way in which a mission needs one, come and go with it. */
static void
test_organisations (void)
{
  static const char *const fields[] = { "lead", "facilitator" };
  g_autoptr (World) w = world_new ();
  g_autofree char *grant = NULL;
  g_autofree char *mission = begin (w, &grant);
  g_autofree char *need = kaf_fixture_create (w->a, "need", NULL, "title_fr", "Soins", NULL);
  g_autofree char *link = tie (w, "mission_need", mission, "need", need);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *one = kaf_fixture_create (w->a, "organisation", NULL, "kind", "association",
                                                 "name_fr", fields[i], NULL);
      g_autofree char *name = kaf_fixture_create (w->a, "organisation_name", NULL, "organisation",
                                                  one, "name", "Alias", "language", "fr", NULL);

      sync_both (w);
      g_assert_false (has (w->b, "organisation", one));
      set_field (w->a, "mission", mission, fields[i], one);
      sync_both (w);
      g_assert_true (has (w->b, "organisation", one));
      g_assert_true (has (w->b, "organisation_name", name));
      set_field (w->a, "mission", mission, fields[i], NULL);
      sync_both (w);
      g_assert_false (has (w->b, "organisation", one));
    }
  {
    g_autofree char *party = kaf_fixture_create (w->a, "organisation", NULL, "kind", "association",
                                                 "name_fr", "Partie", NULL);
    g_autofree char *payer = kaf_fixture_create (w->a, "organisation", NULL, "kind", "association",
                                                 "name_fr", "Payeur", NULL);
    g_autofree char *duty = kaf_fixture_create (w->a, "organisation", NULL, "kind", "association",
                                                "name_fr", "Devoir", NULL);
    g_autofree char *one = tie (w, "mission_party", mission, "organisation", party);
    g_autofree char *line =
        kaf_fixture_create (w->a, "budget_line", NULL, "mission", mission, "category", "travel",
                            "quantity", "1", "label_fr", "Train", "payer", payer, NULL);
    g_autofree char *stake =
        kaf_fixture_create (w->a, "stakeholder", NULL, "need", need, "organisation", duty, NULL);

    sync_both (w);
    g_assert_true (has (w->b, "organisation", party));
    g_assert_true (has (w->b, "organisation", payer));
    g_assert_true (has (w->b, "organisation", duty));
    g_assert_true (has (w->b, "stakeholder", stake));
    g_assert_true (has (w->b, "need", need));
    /* A second line of that payer, then one less: it is still needed. */
    {
      g_autofree char *more =
          kaf_fixture_create (w->a, "budget_line", NULL, "mission", mission, "category", "meals",
                              "quantity", "1", "label_fr", "Repas", "payer", payer, NULL);

      sync_both (w);
      kaf_fixture_delete (w->a, "budget_line", more);
      sync_both (w);
      g_assert_true (has (w->b, "organisation", payer));
    }
    kaf_fixture_delete (w->a, "mission_party", one);
    set_field (w->a, "budget_line", line, "payer", NULL);
    kaf_fixture_delete (w->a, "mission_need", link);
    sync_both (w);
    g_assert_false (has (w->b, "organisation", party));
    g_assert_false (has (w->b, "organisation", payer));
    g_assert_false (has (w->b, "organisation", duty));
    g_assert_false (has (w->b, "need", need));
    g_assert_false (has (w->b, "stakeholder", stake));
  }
}

/* Conventions are managers' to write. */
static char *
make_convention (World *self, const char *title, const char *kind, const char *parent)
{
  enroll_as (self->a, users[0], "manager");
  return kaf_fixture_create (self->a, "convention", NULL, "title_fr", title, "kind", kind, "parent",
                             parent, NULL);
}

/* A convention with what amends it and what stands above it; not what else is within that. */
static void
test_convention (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *grant = NULL;
  g_autofree char *mission = begin (w, &grant);
  g_autofree char *framework = make_convention (w, "Cadre", "framework", NULL);
  g_autofree char *ours = make_convention (w, "Nôtre", "specific", framework);
  g_autofree char *amendment = make_convention (w, "Avenant", "amendment", ours);
  g_autofree char *theirs = make_convention (w, "Autre", "specific", framework);
  g_autofree char *organisation = kaf_fixture_create (w->a, "organisation", NULL, "kind",
                                                      "association", "name_fr", "Office", NULL);
  g_autofree char *duty = kaf_fixture_create (w->a, "commitment", NULL, "convention", ours, "party",
                                              organisation, "text_fr", "Loger", NULL);
  g_autofree char *link = NULL;

  sync_both (w);
  g_assert_false (has (w->b, "convention", ours));
  link = tie (w, "mission_convention", mission, "convention", ours);
  sync_both (w);
  g_assert_true (has (w->b, "convention", ours));
  g_assert_true (has (w->b, "commitment", duty));
  g_assert_true (has (w->b, "convention", amendment));
  g_assert_true (has (w->b, "convention", framework));
  g_assert_false (has (w->b, "convention", theirs));

  /* The framework itself: all that is within it. */
  {
    g_autofree char *more = tie (w, "mission_convention", mission, "convention", framework);

    sync_both (w);
    g_assert_true (has (w->b, "convention", theirs));
    kaf_fixture_delete (w->a, "mission_convention", more);
    sync_both (w);
    g_assert_false (has (w->b, "convention", theirs));
    g_assert_true (has (w->b, "convention", framework));
  }
  kaf_fixture_delete (w->a, "mission_convention", link);
  sync_both (w);
  g_assert_false (has (w->b, "convention", ours));
  g_assert_false (has (w->b, "convention", amendment));
  g_assert_false (has (w->b, "convention", framework));
  g_assert_false (has (w->b, "commitment", duty));
}

/* Who was given a convention has what it carries. */
static void
test_convention_grant (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *convention = make_convention (w, "Cadre", "framework", NULL);
  g_autofree char *mission = kaf_fixture_create (w->a, "mission", NULL, "title_fr", "Soins", NULL);
  g_autofree char *session = kaf_fixture_create (w->a, "programme_item", NULL, "mission", mission,
                                                 "subject_fr", "Plaies", NULL);
  g_autofree char *grant = g_strconcat ("convention:", convention, NULL);
  g_autofree char *link = NULL;

  w->grant = grant;
  sync_both (w);
  g_assert_true (has (w->b, "convention", convention));
  g_assert_false (has (w->b, "mission", mission));
  link = tie (w, "mission_convention", mission, "convention", convention);
  sync_both (w);
  g_assert_true (has (w->b, "mission", mission));
  g_assert_true (has (w->b, "programme_item", session));
  kaf_fixture_delete (w->a, "mission_convention", link);
  sync_both (w);
  g_assert_false (has (w->b, "mission", mission));
  g_assert_false (has (w->b, "programme_item", session));
}

/* Territory and parties: who else sees the mission and whom it needs. */
static void
test_territory (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *mission = kaf_fixture_create (w->a, "mission", NULL, "title_fr", "Soins", NULL);
  g_autofree char *person =
      kaf_fixture_create (w->a, "person", NULL, "family_name", "Bennis", NULL);
  g_autofree char *listed = tie (w, "mission_expert", mission, "person", person);
  g_autofree char *office = kaf_fixture_create (w->a, "organisation", NULL, "kind", "association",
                                                "name_fr", "Office", NULL);
  g_autofree char *grant = g_strconcat ("territory:MA-09 organisation:", office, NULL);
  g_autofree char *party = NULL;

  w->grant = grant;
  sync_both (w);
  g_assert_false (has (w->b, "mission", mission));
  set_field (w->a, "mission", mission, "territory", "MA-TIZ");
  sync_both (w);
  g_assert_true (has (w->b, "mission", mission));
  g_assert_true (has (w->b, "mission_expert", listed));
  g_assert_true (has (w->b, "person", person));
  set_field (w->a, "mission", mission, "territory", NULL);
  sync_both (w);
  g_assert_false (has (w->b, "mission", mission));
  g_assert_false (has (w->b, "person", person));

  /* A party sees the file, and not the experts of others. */
  party = tie (w, "mission_party", mission, "organisation", office);
  sync_both (w);
  g_assert_true (has (w->b, "mission", mission));
  g_assert_true (has (w->b, "mission_expert", listed));
  g_assert_false (has (w->b, "person", person));
  kaf_fixture_delete (w->a, "mission_party", party);
  sync_both (w);
  g_assert_false (has (w->b, "mission", mission));
}

/* Begun offline, by one who was given nothing yet: his own, and that of who follows it. */
static void
test_begun_offline (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *need = NULL;
  g_autofree char *mission = NULL;
  g_autofree char *link = NULL;
  g_autofree char *session = NULL;
  g_autofree char *person =
      kaf_fixture_create (w->a, "person", NULL, "family_name", "Bennis", NULL);
  g_autofree char *request = NULL;

  w->grant = "";
  need = kaf_fixture_create (w->b, "need", NULL, "title_fr", "Plaies", NULL);
  mission = kaf_fixture_create (w->b, "mission", NULL, "title_fr", "Soins", NULL);
  link = kaf_fixture_create (w->b, "mission_need", NULL, "mission", mission, "need", need, NULL);
  session = kaf_fixture_create (w->b, "programme_item", NULL, "mission", mission, "subject_fr",
                                "Plaies", NULL);
  request = kaf_fixture_create (w->b, "candidate_request", NULL, "mission", mission, "asked_on",
                                "2026-11-20", "criteria", "Infirmière", NULL);
  sync_both (w);
  g_assert_true (has (w->a, "mission", mission));
  g_assert_true (has (w->a, "mission_need", link));
  g_assert_true (has (w->a, "candidate_request", request));
  g_assert_true (has (w->b, "mission", mission));
  g_assert_true (has (w->b, "need", need));

  /* Whom those who see everybody propose comes to him. */
  g_free (tie (w, "mission_expert", mission, "person", person));
  sync_both (w);
  g_assert_true (has (w->b, "person", person));

  /* Another's, that he is to follow. */
  {
    g_autofree char *other = kaf_fixture_create (w->a, "mission", NULL, "title_fr", "Eau", NULL);

    sync_both (w);
    g_assert_false (has (w->b, "mission", other));
    set_field (w->a, "mission", other, "followed_by", "brahim");
    sync_both (w);
    g_assert_true (has (w->b, "mission", other));
  }
}

/* A mission that is deleted needs nobody; brought back, it does. */
static void
test_deleted (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *grant = NULL;
  g_autofree char *mission = begin (w, &grant);
  g_autofree char *person =
      kaf_fixture_create (w->a, "person", NULL, "family_name", "Kanarihi", NULL);
  g_autofree char *listed = tie (w, "mission_expert", mission, "person", person);
  g_autofree char *need = kaf_fixture_create (w->a, "need", NULL, "title_fr", "Plaies", NULL);
  g_autofree char *answer = tie (w, "mission_need", mission, "need", need);
  g_autoptr (KafReceipt) receipt = NULL;

  sync_both (w);
  g_assert_true (has (w->b, "person", person));
  g_assert_true (has (w->b, "need", need));
  kaf_fixture_delete (w->a, "mission", mission);
  sync_both (w);
  g_assert_false (has (w->b, "person", person));
  g_assert_false (has (w->b, "need", need));
  g_assert_false (holds (w->b->folder, "Kanari"));
  receipt = kaf_undo (w->a->db, NULL, NULL);
  g_assert_nonnull (receipt);
  sync_both (w);
  g_assert_true (has (w->b, "mission", mission));
  g_assert_true (has (w->b, "person", person));
  g_assert_true (has (w->b, "need", need));
}

/* What so many need stands in one scope for all of them. */
static void
test_many (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *grant = NULL;
  g_autofree char *mission = begin (w, &grant);
  g_autofree char *ministry = kaf_fixture_create (w->a, "organisation", NULL, "kind", "association",
                                                  "name_fr", "Ministère", NULL);
  g_autoptr (GPtrArray) ties = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < 201; i++)
    {
      g_autofree char *other =
          kaf_fixture_create (w->a, "mission", NULL, "title_fr", "Autre", NULL);

      g_ptr_array_add (ties, tie (w, "mission_party", other, "organisation", ministry));
    }
  sync_both (w);
  g_assert_true (has (w->b, "organisation", ministry));
  kaf_fixture_delete (w->a, "mission_party", g_ptr_array_index (ties, 7));
  sync_both (w);
  g_assert_false (has (w->b, "organisation", ministry));
  g_free (tie (w, "mission_party", mission, "organisation", ministry));
  sync_both (w);
  g_assert_true (has (w->b, "organisation", ministry));
}

static gboolean
names_gap (const KafMissionKit *kit, const char *entity, const char *id, const char *field)
{
  for (guint i = 0; i < kit->gaps->len; i++)
    {
      const KafKitGap *gap = g_ptr_array_index (kit->gaps, i);

      if (g_str_equal (gap->entity->id, entity) && g_str_equal (gap->id, id) &&
          g_str_equal (gap->field->id, field))
        return TRUE;
    }
  return FALSE;
}

/* What is to be taken to the field, and what of it is not here. */
static void
test_kit (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *grant = NULL;
  g_autofree char *mission = begin (w, &grant);
  g_autofree char *person =
      kaf_fixture_create (w->a, "person", NULL, "family_name", "Bennis", NULL);
  g_autofree char *other = kaf_fixture_create (w->a, "person", NULL, "family_name", "Alaoui", NULL);
  g_autofree char *listed = tie (w, "mission_expert", mission, "person", person);
  g_autofree char *framework = make_convention (w, "Cadre", "framework", NULL);
  g_autofree char *ours = make_convention (w, "Nôtre", "specific", framework);
  g_autofree char *theirs = make_convention (w, "Autre", "specific", framework);
  g_autofree char *link = tie (w, "mission_convention", mission, "convention", ours);
  g_autofree char *office = kaf_fixture_create (w->a, "organisation", NULL, "kind", "association",
                                                "name_fr", "Office", NULL);
  g_autofree char *party = tie (w, "mission_party", mission, "organisation", office);
  g_autofree char *file = g_build_filename (w->a->folder, "cv.txt", NULL);
  g_autoptr (GFile) source = g_file_new_for_path (file);
  g_autofree char *cv = NULL;
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (KafMissionKit) at_home = NULL;
  g_autoptr (KafMissionKit) before = NULL;
  g_autoptr (KafMissionKit) away = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (file, "CV de Bennis", -1, NULL));
  receipt = kaf_attachment_add (w->a->db, kaf_registry_find ("person"), person, NULL, source, NULL,
                                NULL, &cv, NULL, NULL);
  g_assert_nonnull (receipt);
  at_home = kaf_mission_kit_read (w->a->db, mission, &error);
  g_assert_no_error (error);
  g_assert_true (kaf_mission_kit_is_whole (at_home));
  /* Mission, expert, person, CV, link, two conventions, party, office. */
  g_assert_cmpuint (at_home->n_records, ==, 9);
  g_assert_cmpuint (at_home->files->len, ==, 1);

  sync_both (w);
  before = kaf_mission_kit_read (w->b->db, mission, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (before->n_records, ==, 9);
  g_assert_cmpuint (before->gaps->len, ==, 0);
  g_assert_cmpuint (before->n_absent, ==, 1);
  g_assert_cmpint (before->absent, ==, 12);
  g_assert_false (kaf_mission_kit_is_whole (before));
  g_assert_true (kaf_mission_kit_want (w->b->db, before, TRUE, &error));
  g_assert_cmpint (
      kaf_blob_get_state (w->b->db, ((KafKitFile *) g_ptr_array_index (before->files, 0))->sha256),
      ==, KAF_BLOB_WANTED);
  g_assert_true (kaf_mission_kit_want (w->b->db, before, FALSE, &error));
  g_assert_cmpint (
      kaf_blob_get_state (w->b->db, ((KafKitFile *) g_ptr_array_index (before->files, 0))->sha256),
      ==, KAF_BLOB_ELSEWHERE);

  /* A party sees the file, and neither the experts nor the conventions that are not its own. */
  {
    g_autofree char *of_party = g_strconcat ("organisation:", office, NULL);

    w->grant = of_party;
    sync_as (w, w->b, "agent");
    away = kaf_mission_kit_read (w->b->db, mission, &error);
    g_assert_no_error (error);
    g_assert_true (names_gap (away, "person", person, "person"));
    g_assert_true (names_gap (away, "convention", ours, "convention"));
    g_assert_false (names_gap (away, "organisation", office, "organisation"));
    g_assert_false (kaf_mission_kit_is_whole (away));
  }
  w->grant = "";
  sync_as (w, w->b, "partner");
  g_assert_null (kaf_mission_kit_read (w->b->db, mission, &error));
  g_assert_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND);
}

/* What the hub makes of files: attached, moved to another owner and taken out, by role and by what they belong to. */
static void
test_files (void)
{
  static const struct
  {
    const char *role, *owner, *moved; /* kinds of records; moved nullable */
    const char *why;
  } cases[] = {
    { "agent", "mission", NULL, NULL },
    { "agent", "person", NULL, NULL },
    { "agent", "convention", NULL, KAF_REFUSED_RIGHT },
    { "manager", "convention", NULL, NULL },
    { "regional-officer", "mission", NULL, NULL },
    { "regional-officer", "need", NULL, NULL },
    { "regional-officer", "programme_item", NULL, KAF_REFUSED_RIGHT },
    { "regional-officer", "person", NULL, KAF_REFUSED_RIGHT },
    { "regional-officer", "convention", NULL, KAF_REFUSED_RIGHT },
    { "regional-officer", "mission", "need", NULL },
    { "regional-officer", "mission", "person", KAF_REFUSED_RIGHT },
    { "regional-officer", "person", "mission", KAF_REFUSED_RIGHT },
    { "consular-relay", "person", NULL, NULL },
    { "consular-relay", "mission", NULL, KAF_REFUSED_RIGHT },
    { "partner", "mission", NULL, KAF_REFUSED_RIGHT },
    { "partner", "person", NULL, KAF_REFUSED_RIGHT },
  };
  g_autoptr (World) w = world_new ();
  g_autofree char *mission =
      kaf_fixture_create (w->a, "mission", NULL, "title_fr", "Soins", "territory", "MA-TIZ", NULL);
  g_autofree char *need = kaf_fixture_create (w->a, "need", NULL, "title_fr", "Soins", NULL);
  g_autofree char *item = tie (w, "programme_item", mission, "subject_fr", "Triage");
  g_autofree char *person = kaf_fixture_create (w->a, "person", NULL, "family_name", "Alami", NULL);
  g_autofree char *convention = make_convention (w, "Cadre", "framework", NULL);
  const char *const owners[][2] = { { "mission", mission },
                                    { "need", need },
                                    { "programme_item", item },
                                    { "person", person },
                                    { "convention", convention } };

  sync_as (w, w->a, "manager");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *payload = NULL;
      g_autofree char *why = NULL;
      const char *from = NULL, *to = NULL;

      for (guint j = 0; j < G_N_ELEMENTS (owners); j++)
        {
          if (g_str_equal (owners[j][0], cases[i].owner))
            from = owners[j][1];
          if (g_strcmp0 (owners[j][0], cases[i].moved) == 0)
            to = owners[j][1];
        }
      payload = g_strdup_printf (
          "[{\"o\":\"create\",\"e\":\"attachment\",\"i\":\"0190aaaa-0000-7000-8000-%012x\","
          "\"f\":{\"owner\":\"%s\",\"owner_entity\":\"%s\",\"file_name\":\"Devis.pdf\","
          "\"sha256\":\"00\"}}]",
          i, from, cases[i].owner);
      why = say (w, 0x1000 + 2 * i, cases[i].moved != NULL ? "manager" : cases[i].role, payload);
      if (cases[i].moved != NULL)
        {
          g_autofree char *move = g_strdup_printf (
              "[{\"o\":\"update\",\"e\":\"attachment\",\"i\":\"0190aaaa-0000-7000-8000-%012x\","
              "\"f\":{\"owner\":[\"%s\",\"%s\"],\"owner_entity\":[\"%s\",\"%s\"]}}]",
              i, from, to, cases[i].owner, cases[i].moved);

          g_assert_null (why);
          why = say (w, 0x1001 + 2 * i, cases[i].role, move);
        }
      g_test_message ("%s, %s", cases[i].role, cases[i].owner);
      g_assert_cmpstr (why, ==, cases[i].why);
      if (why == NULL && cases[i].moved == NULL)
        {
          g_autofree char *remove = g_strdup_printf (
              "[{\"o\":\"delete\",\"e\":\"attachment\",\"i\":\"0190aaaa-0000-7000-8000-%012x\"}]",
              i);
          g_autofree char *kept = say (w, 0x1001 + 2 * i, cases[i].role, remove);

          g_assert_cmpstr (kept, ==, NULL);
        }
    }
}

/* A regional officer attaches to the missions of his region, and everybody hears of it. */
static void
test_regional_file (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *mission =
      kaf_fixture_create (w->a, "mission", NULL, "title_fr", "Soins", "territory", "MA-TIZ", NULL);
  g_autofree char *path = g_build_filename (w->b->folder, "devis.txt", NULL);
  g_autoptr (GFile) source = g_file_new_for_path (path);
  g_autofree char *file = NULL;
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  w->grant = "territory:MA-TIZ";
  sync_as (w, w->a, "manager");
  enroll_as (w->b, users[1], "regional-officer");
  sync_as (w, w->b, "regional-officer");
  g_assert_true (has (w->b, "mission", mission));
  g_assert_true (g_file_set_contents (path, "Devis", -1, NULL));
  receipt = kaf_attachment_add (w->b->db, kaf_registry_find ("mission"), mission, NULL, source,
                                NULL, NULL, &file, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sync_as (w, w->b, "regional-officer").n_rejected, ==, 0);
  sync_as (w, w->a, "manager");
  g_assert_true (has (w->a, "attachment", file));
}

/* The bodies of a place are entered where there is no network, before they have a part in the mission: they are his who did,
 * with how they are called, while his role enters any. */
static void
test_entered (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *grant = NULL;
  g_autofree char *mission = begin (w, &grant);
  g_autofree char *body = kaf_fixture_create (w->b, "organisation", NULL, "name_fr",
                                              "Commune d’Anzi", "kind", "local_authority", NULL);
  g_autofree char *name = kaf_fixture_create (w->b, "organisation_name", NULL, "organisation", body,
                                              "name", "CT Anzi", "language", "fr", NULL);
  g_autofree char *other = kaf_fixture_create (w->a, "organisation", NULL, "name_fr", "Kanari",
                                               "kind", "local_authority", NULL);
  g_autofree char *party = NULL;

  sync_both (w);
  g_assert_true (has (w->a, "organisation", body));
  g_assert_true (has (w->a, "organisation_name", name));
  set_field (w->a, "organisation", body, "name_ar", "جماعة أنزي");
  sync_both (w);
  sync_both (w);
  g_assert_true (has (w->b, "organisation", body));
  g_assert_true (has (w->b, "organisation_name", name));
  g_assert_false (has (w->b, "organisation", other));
  g_assert_cmpstr (kaf_fixture_get (w->b, "organisation", body, "name_ar"), ==, "جماعة أنزي");
  party = kaf_fixture_create (w->b, "mission_party", NULL, "mission", mission, "organisation", body,
                              "role", "host", NULL);
  sync_both (w);
  g_assert_true (has (w->a, "mission_party", party));
  set_field (w->a, "mission_party", party, "organisation", other);
  sync_both (w);
  sync_both (w);
  g_assert_true (has (w->b, "organisation", body));
  sync_as (w, w->b, "partner");
  g_assert_false (has (w->b, "organisation", body));
  g_assert_false (has (w->b, "organisation_name", name));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mission-scopes/expert", test_expert);
  g_test_add_func ("/mission-scopes/other-mission", test_other_mission);
  g_test_add_func ("/mission-scopes/organisations", test_organisations);
  g_test_add_func ("/mission-scopes/convention", test_convention);
  g_test_add_func ("/mission-scopes/convention-grant", test_convention_grant);
  g_test_add_func ("/mission-scopes/territory", test_territory);
  g_test_add_func ("/mission-scopes/begun-offline", test_begun_offline);
  g_test_add_func ("/mission-scopes/entered", test_entered);
  g_test_add_func ("/mission-scopes/deleted", test_deleted);
  g_test_add_func ("/mission-scopes/many", test_many);
  g_test_add_func ("/mission-scopes/kit", test_kit);
  g_test_add_func ("/mission-scopes/need-by-convention", test_need_by_convention);
  g_test_add_func ("/mission-scopes/files", test_files);
  g_test_add_func ("/mission-scopes/regional-file", test_regional_file);
  return g_test_run ();
}
