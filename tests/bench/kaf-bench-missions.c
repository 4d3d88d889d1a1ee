/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kaf-bench-missions.h"

#include <glib/gstdio.h>

#include "base/kaf-day.h"
#include "base/kaf-random.h"
#include "kaf-bench.h"
#include "schema/kaf-registry.h"
#include "store/kaf-database-private.h"

#define PERSONS 10000
#define ORGANISATIONS 200
#define CONVENTIONS 300
#define EXPERTS_EACH 3
/* Sessions of those at step 8 or later with marks of attendance. */
#define MARKED 2
/* Changes of one transaction. */
#define CHUNK 4000

#define TODAY "2026-11-22"

static const char *const territories[] = { "MA-TIZ", "MA-TNG", "MA-OUD", "MA-AOU" };

typedef struct
{
  KafDatabase *db;
  KafTransaction *transaction;
  KafRandom *random;
  guint n_changes;
  KafDay today;
  GPtrArray *persons, *organisations, *conventions; /* ids */
  char *mission;
  KafDay starts;
  char *experts[EXPERTS_EACH];
  char *room;
  GPtrArray *participants;
} Maker;

static const char *
pick (Maker *self, GPtrArray *list)
{
  return g_ptr_array_index (list, kaf_random_below (self->random, list->len));
}

static void
settle (Maker *self)
{
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  if (self->transaction != NULL)
    receipt = kaf_transaction_commit (g_steal_pointer (&self->transaction), &error);
  kaf_bench_check (error);
}

static void
begin (Maker *self)
{
  g_autoptr (GError) error = NULL;

  settle (self);
  self->transaction = kaf_transaction_begin (self->db, "import", &error);
  kaf_bench_check (error);
}

/* Creates a record of FIELD, VALUE pairs. (transfer full) */
static char *make (Maker *self, const char *entity, ...) G_GNUC_NULL_TERMINATED;

static char *
make (Maker *self, const char *entity, ...)
{
  g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find (entity), NULL);
  g_autoptr (GError) error = NULL;
  const char *field;
  char *made = NULL;
  va_list args;

  va_start (args, entity);
  while ((field = va_arg (args, const char *)) != NULL)
    kaf_record_set (record, field, va_arg (args, const char *));
  va_end (args);
  if (self->transaction == NULL)
    begin (self);
  kaf_transaction_apply (self->transaction, KAF_CHANGE_CREATE, record, &made, NULL, &error);
  kaf_bench_check (error);
  self->n_changes++;
  return made;
}

#define ADD(...) g_free (make (self, __VA_ARGS__, NULL))
#define PART(entity, ...) make (self, entity, "mission", self->mission, __VA_ARGS__, NULL)
#define ADD_PART(entity, ...) g_free (PART (entity, __VA_ARGS__))

static void
make_partners (Maker *self)
{
  for (guint i = 0; i < ORGANISATIONS; i++)
    {
      g_autofree char *name = g_strdup_printf ("Organisme d’exemple %u", i);

      g_ptr_array_add (self->organisations,
                       make (self, "organisation", "name_fr", name, "kind",
                             i % 4 == 0 ? "local_authority" : "association", NULL));
    }
  for (guint i = 0; i < CONVENTIONS; i++)
    {
      g_autofree char *title = g_strdup_printf ("Convention d’exemple %u", i);

      g_ptr_array_add (self->conventions,
                       make (self, "convention", "title_fr", title, "kind", "framework",
                             "signed_on", "2025-01-10", "effective_on", "2025-01-10", "ends_on",
                             "2028-01-10", "parties", pick (self, self->organisations), NULL));
    }
}

static void
make_needs (Maker *self, guint index)
{
  g_autofree char *title = g_strdup_printf ("Besoin d’exemple %u", index);
  const char *organisation = pick (self, self->organisations);
  g_autofree char *need =
      make (self, "need", "title_fr", title, "audience_fr", "Infirmiers", "territory",
            territories[index % G_N_ELEMENTS (territories)], "domains", "health", "state", "open",
            "stated_on", "2026-06-01", NULL);
  g_autofree char *stakeholder = make (self, "stakeholder", "need", need, "organisation",
                                       organisation, "duty_fr", "Accueillir", NULL);

  ADD_PART ("mission_need", "need", need);
  ADD_PART ("contact", "organisation", organisation, "stakeholder", stakeholder, "held_on",
            "2026-09-01", "channel", "call", "subject", "Suite", "by_whom", "essai");
  ADD_PART ("mission_party", "organisation", organisation, "role", "host", "asked_on",
            "2026-10-01");
}

static void
make_experts (Maker *self)
{
  /* Apart from one another by less than there are: three different ones. */
  guint first = kaf_random_below (self->random, self->persons->len);

  for (guint i = 0; i < EXPERTS_EACH; i++)
    {
      const char *person =
          g_ptr_array_index (self->persons, (first + i * 1013) % self->persons->len);

      g_free (self->experts[i]);
      self->experts[i] =
          PART ("mission_expert", "person", person, "answer", i == 0 ? "retained" : "interested",
                "window_from", "2027-01-01", "window_to", "2027-12-31");
    }
}

static void
make_programme (Maker *self)
{
  g_free (self->room);
  self->room = PART ("mission_room", "name", "Salle 1", "places", "70");
  ADD_PART ("mission_result", "text_fr", "Infirmiers formés", "target", "60");
  for (guint i = 0; i < KAF_BENCH_SESSIONS_EACH; i++)
    {
      g_autofree char *day = kaf_day_to_iso (self->starts + (KafDay) (i / 2));
      g_autofree char *subject = g_strdup_printf ("Séance d’exemple %u", i % 5);
      g_autofree char *item =
          PART ("programme_item", "subject_fr", subject, "subject_ar", "حصة مثال", "held_on", day,
                "half", i % 2 == 0 ? "am" : "pm", "theory_minutes", "60", "practice_minutes", "90",
                "trainer", self->experts[i % EXPERTS_EACH], "room", self->room, "language", "fr");

      for (guint j = 0; i < MARKED && j < self->participants->len; j++)
        ADD ("attendance", "session", item, "participant", self->participants->pdata[j], "presence",
             "present");
    }
}

static void
make_means (Maker *self)
{
  static const char *const categories[] = { "lodging", "travel", "equipment", "stay", "meals" };

  for (guint i = 0; i < KAF_BENCH_LINES_EACH; i++)
    {
      g_autofree char *label = g_strdup_printf ("Ligne d’exemple %u", i);

      ADD_PART ("budget_line", "label_fr", label, "category",
                categories[i % G_N_ELEMENTS (categories)], "quantity", "3", "unit_price",
                "45000 MAD", "payer", i % 10 == 0 ? NULL : pick (self, self->organisations));
    }
  ADD_PART ("mission_convention", "convention", pick (self, self->conventions));
  ADD_PART ("equipment", "label_fr", "Mannequin", "state", "asked", "needed_on", "2027-01-10");
  ADD_PART ("booking", "kind", "travel", "label", "Vol", "state", "wanted", "book_by",
            kaf_random_below (self->random, 2) == 0 ? "2026-11-01" : "2027-02-01");
}

static void
make_participants (Maker *self, gboolean marked)
{
  g_ptr_array_set_size (self->participants, 0);
  for (guint i = 0; i < KAF_BENCH_PARTICIPANTS_EACH; i++)
    {
      g_autofree char *name = g_strdup_printf ("Participant d’exemple %u", i);
      char *id = PART ("participant", "name", name, "function", "Infirmier");

      if (marked)
        g_ptr_array_add (self->participants, id);
      else
        g_free (id);
    }
}

static void
make_acts (Maker *self, guint step)
{
  g_autofree char *last = NULL;

  for (guint i = 1; i < step; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i);
      char *act = PART ("mission_act", "kind", "leave", "step", number, "after", last);

      g_free (last);
      last = act;
    }
}

static void
make_mission (Maker *self, guint index)
{
  guint step = index % 10 + 1;
  g_autofree char *title = g_strdup_printf ("Mission d’exemple %05u", index);
  g_autofree char *starts = NULL;
  g_autofree char *ends = NULL;

  self->starts = self->today + 30 + (KafDay) (index % 200);
  starts = kaf_day_to_iso (self->starts);
  ends = kaf_day_to_iso (self->starts + 15);
  g_free (self->mission);
  self->mission = make (self, "mission", "title_fr", title, "title_ar", "مهمة مثال", "territory",
                        territories[index % G_N_ELEMENTS (territories)], "place_fr", "Exemple",
                        "starts_on", starts, "ends_on", ends, "mode", "onsite", "objective_fr",
                        "Mieux soigner", "audience_fr", "Infirmiers", "participants_planned", "60",
                        "followed_by", index % 20 == 0 ? "essai" : "autre", "sample", "1", NULL);
  make_needs (self, index);
  make_experts (self);
  make_participants (self, step >= 8);
  make_programme (self);
  make_means (self);
  make_acts (self, step);
  if (self->n_changes > CHUNK)
    {
      self->n_changes = 0;
      settle (self);
    }
}

static void
find_persons (Maker *self)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      self->db, "SELECT id FROM head WHERE entity = 'person' AND deleted = 0 ORDER BY rid", NULL);

  while (kaf_database_step (self->db, statement, NULL))
    g_ptr_array_add (self->persons, g_strdup (kaf_statement_text (statement, 0)));
}

static void
fill (const char *path, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KafDatabase) db = kaf_database_open (path, KAF_OPEN_DEFAULT, NULL, &error);
  Maker self = { .db = db, .today = kaf_day_parse (TODAY) };

  kaf_bench_check (error);
  self.random = kaf_random_new_seeded (20261122);
  self.persons = g_ptr_array_new_with_free_func (g_free);
  self.organisations = g_ptr_array_new_with_free_func (g_free);
  self.conventions = g_ptr_array_new_with_free_func (g_free);
  self.participants = g_ptr_array_new_with_free_func (g_free);
  find_persons (&self);
  make_partners (&self);
  for (guint i = 0; i < n; i++)
    {
      make_mission (&self, i);
      if (i % 1000 == 999)
        g_printerr ("# %u missions\n", i + 1);
    }
  settle (&self);
  for (guint i = 0; i < EXPERTS_EACH; i++)
    g_free (self.experts[i]);
  g_free (self.mission);
  g_free (self.room);
  g_ptr_array_unref (self.persons);
  g_ptr_array_unref (self.organisations);
  g_ptr_array_unref (self.conventions);
  g_ptr_array_unref (self.participants);
  kaf_random_unref (self.random);
}

char *
kaf_bench_missions_store (guint n)
{
  g_autofree char *base = kaf_bench_store (PERSONS);
  g_autofree char *name = g_path_get_basename (base);
  g_autofree char *folder = g_path_get_dirname (base);
  g_autofree char *ours = g_strdup_printf ("missions-%u-%s", n, name);
  g_autofree char *path = g_build_filename (folder, ours, NULL);
  g_autofree char *building = NULL;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&path);
  building = kaf_bench_copy_store (base, "missions.tmp");
  g_printerr ("# adding %u missions\n", n);
  fill (building, n);
  if (g_rename (building, path) != 0)
    g_printerr ("%s: could not be renamed\n", path);
  return g_steal_pointer (&path);
}
