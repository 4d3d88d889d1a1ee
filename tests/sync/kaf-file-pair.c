/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kaf-file-pair.h"

#include "schema/kaf-registry.h"
#include "store/kaf-attachments.h"

gboolean
has (KafFixture *f, const char *entity, const char *id)
{
  return kaf_read_exists (f->db, kaf_registry_find (entity), id);
}

char *
act (KafFixture *f, const char *mission, const char *kind, const char *step, const char *after)
{
  return kaf_fixture_create (f, "mission_act", NULL, "mission", mission, "kind", kind, "step", step,
                             "after", after, "reason", "Essai", NULL);
}

/* What moves nothing. @reason: nullable. */
char *
note (KafFixture *f,
      const char *mission,
      const char *kind,
      const char *step,
      const char *code,
      const char *reason)
{
  return kaf_fixture_create (f, "mission_act", NULL, "mission", mission, "kind", kind, "step", step,
                             "code", code, "reason", reason, NULL);
}

#define NEW(entity, ...) kaf_fixture_create (f, entity, NULL, __VA_ARGS__, NULL)

/* Steps 1 and 2: a need of somebody who has a duty, and who was spoken with. */
static void
prepare_need (KafFixture *f, const char *mission)
{
  g_autofree char *need = NEW ("need", "title_fr", "Soins", "audience_fr", "Infirmiers");
  g_autofree char *link = NEW ("mission_need", "mission", mission, "need", need);
  g_autofree char *stakeholder = NEW ("stakeholder", "need", need, "name", "Province", "kind",
                                      "authority", "duty_fr", "Accueillir");
  g_autofree char *contact =
      NEW ("contact", "mission", mission, "stakeholder", stakeholder, "held_on", "2026-05-02",
           "channel", "meeting", "subject", "Besoins", "by_whom", "amina");
}

static void
add_cv (KafFixture *f, const char *person)
{
  g_autofree char *path = g_build_filename (f->folder, "cv.txt", NULL);
  g_autoptr (GFile) source = g_file_new_for_path (path);
  g_autoptr (KafReceipt) receipt = NULL;

  g_assert_true (g_file_set_contents (path, "CV", -1, NULL));
  receipt = kaf_attachment_add (f->db, kaf_registry_find ("expert"), person, "cv", source, NULL,
                                NULL, NULL, NULL, NULL);
  g_assert_nonnull (receipt);
}

/* Steps 3 and 4: an expert who comes, and her session. */
static void
prepare_session (KafFixture *f, const char *mission)
{
  g_autofree char *person = NEW ("person", "family_name", "Bennis", "given_name", "Salma");
  g_autofree char *expertise = kaf_fixture_create (f, "expert", person, "domains", "health", NULL);
  g_autofree char *consent =
      NEW ("consent", "person", person, "purpose", "mission", "given_on", "2026-01-05");
  g_autofree char *expert = NEW ("mission_expert", "mission", mission, "person", person, "answer",
                                 "retained", "answered_on", "2026-05-05", "agreed_on", "2026-05-05",
                                 "window_from", "2027-01-09", "window_to", "2027-01-20");
  g_autofree char *session = NEW ("programme_item", "mission", mission, "subject_fr", "Pansements",
                                  "held_on", "2027-01-11", "half", "am", "trainer", expert);
  g_autofree char *result = NEW ("mission_result", "mission", mission, "text_fr", "Formés");

  add_cv (f, person);
}

/* Step 6: a party that agrees, and whom to call there for step 7. */
static void
prepare_party (KafFixture *f, const char *mission)
{
  g_autofree char *organisation = NEW ("organisation", "name_fr", "Hôpital", "kind", "association");
  g_autofree char *party =
      NEW ("mission_party", "mission", mission, "organisation", organisation, "role", "host",
           "answer", "agrees", "answered_on", "2026-05-06", "contact_name", "Sana Idrissi");
}

void
prepare (KafFixture *f, const char *mission)
{
  prepare_need (f, mission);
  prepare_session (f, mission);
  prepare_party (f, mission);
}

char *
prepared (KafFixture *f, const char *title)
{
  char *mission =
      NEW ("mission", "title_fr", title, "objective_fr", "Mieux soigner", "audience_fr",
           "Infirmiers", "place_fr", "Tiznit", "starts_on", "2027-01-11", "ends_on", "2027-01-15");

  prepare (f, mission);
  return mission;
}

/* A mission of a's that both know, with its steps below @step left. @last (out): the last act; nullable. */
char *
begin (World *self, guint step, char **last)
{
  char *id = prepared (self->a, "Soins");
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

char *
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

char *
decide_on_paper (
    KafFixture *f, const char *mission, const char *last, const char *field, const char *value)
{
  g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find ("mission_act"), NULL);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("act");
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *file = scan (f, mission);

  kaf_record_set (record, "mission", mission);
  kaf_record_set (record, "kind", "leave");
  kaf_record_set (record, "step", "6");
  kaf_record_set (record, "after", last);
  kaf_record_set (record, "paper_name", "Naïma Bouzid");
  kaf_record_set (record, "paper_function", "Cheffe de division");
  kaf_record_set (record, "paper_on", "2026-06-01");
  kaf_record_set (record, "scan", file);
  kaf_record_set (record, field, value);
  kaf_change_set_create (set, record);
  receipt = kaf_commit (f->db, set, NULL, NULL, &error);
  g_assert_no_error (error);
  return g_strdup (g_ptr_array_index (receipt->ids, 0));
}

char *
line_new (KafFixture *f, const char *mission, const char *price)
{
  return kaf_fixture_create (f, "budget_line", NULL, "mission", mission, "label_fr", "Billets",
                             "category", "travel", "quantity", "2", "unit_price", price, NULL);
}

void
set_line (KafFixture *f, const char *id, const char *field, const char *value)
{
  g_autoptr (KafReceipt) receipt = kaf_fixture_update (f, "budget_line", id, field, value, NULL);

  g_assert_nonnull (receipt);
}
