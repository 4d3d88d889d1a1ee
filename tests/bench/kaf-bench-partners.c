/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kaf-bench-partners.h"

#include <glib/gstdio.h>

#include "base/kaf-random.h"
#include "kaf-bench.h"
#include "schema/kaf-registry.h"
#include "store/kaf-commit.h"
#include "store/kaf-page.h"

#define PERSONS 100000
#define MEMBERS_EACH 50
#define FRAMEWORKS 300
#define AMENDMENTS 600
#define PROGRAMMES 10
#define MODULES_EACH 10
#define SESSIONS_EACH 5

/* Changes of one transaction. */
#define CHUNK 2000

typedef struct
{
  KafDatabase *db;
  KafTransaction *transaction;
  KafRandom *random;
  guint n_changes;
  KafDay today;
  GPtrArray *persons, *networks, *mandates; /* ids */
  GPtrArray *acts;                          /* (element-type Act) */
  GPtrArray *programmes;
} Maker;

typedef struct
{
  char *id;
  KafDay from, until;
  const char *network;
  gboolean amends;
} Act;

static void
free_act (Act *act)
{
  g_free (act->id);
  g_free (act);
}

static gboolean
chance (Maker *self, guint percent)
{
  return kaf_random_below (self->random, 100) < percent;
}

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

/* Creates a record of FIELD, VALUE pairs; a NULL value is left out. (transfer full) */
static char *make (Maker *self, const char *entity, const char *id, ...) G_GNUC_NULL_TERMINATED;

static char *
make (Maker *self, const char *entity, const char *id, ...)
{
  g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find (entity), id);
  g_autoptr (GError) error = NULL;
  const char *field;
  char *made = NULL;
  va_list args;

  va_start (args, id);
  while ((field = va_arg (args, const char *)) != NULL)
    kaf_record_set (record, field, va_arg (args, const char *));
  va_end (args);
  if (self->n_changes++ % CHUNK == 0)
    {
      settle (self);
      self->transaction = kaf_transaction_begin (self->db, "import", &error);
      kaf_bench_check (error);
    }
  kaf_transaction_apply (self->transaction, KAF_CHANGE_CREATE, record, &made, NULL, &error);
  kaf_bench_check (error);
  return made;
}

static void
make_network (Maker *self, guint index)
{
  g_autofree char *name = g_strdup_printf ("Réseau d’exemple %u", index);
  char *id = make (self, "organisation", NULL, "name_fr", name, "kind", "association", "country",
                   "FR", NULL);
  g_autofree char *facet =
      make (self, "network", id, "basis", "thematic", "domains", "health\nautomotive", NULL);
  char *mandate = make (self, "mandate", NULL, "person", pick (self, self->persons), "organisation",
                        id, "office", "Présidence", "presides", "1", "valid_from",
                        chance (self, 20) ? "2012" : "2012-03-01", NULL);

  for (guint i = 0; i < MEMBERS_EACH; i++)
    g_free (
        make (self, "membership", NULL, "person", pick (self, self->persons), "network", id, NULL));
  if (chance (self, 80))
    g_free (make (self, "contact", NULL, "organisation", id, "held_on",
                  chance (self, 70) ? "2026-03-01" : "2025-03-01", "channel", "call", "subject",
                  "Suivi", NULL));
  g_ptr_array_add (self->networks, id);
  g_ptr_array_add (self->mandates, mandate);
}

static char *
iso_of (KafDay day)
{
  return kaf_day_to_iso (day);
}

static void
make_programmes (Maker *self)
{
  static const char *const domains = "aeronautics-space\nhealth\nautomotive";

  for (guint i = 0; i < PROGRAMMES; i++)
    {
      g_autofree char *title = g_strdup_printf ("Programme d’exemple %u", i);
      char *id = make (self, "programme", NULL, "title_fr", title, "domains", domains, "starts_on",
                       "2020", NULL);

      g_ptr_array_add (self->programmes, id);
      for (guint j = 0; j < MODULES_EACH; j++)
        {
          g_autofree char *module =
              make (self, "training_module", NULL, "programme", id, "title_fr", "Module d’exemple",
                    "domain", j % 2 == 0 ? "health" : "automotive", NULL);

          for (guint k = 0; k < SESSIONS_EACH; k++)
            {
              g_autofree char *day = iso_of (self->today - 300 + 100 * k);

              g_free (make (self, "training_session", NULL, "module", module, "starts_on", day,
                            "state", k < 3 ? "held" : "planned", "present", k < 2 ? "20" : NULL,
                            NULL));
            }
        }
    }
}

/* Signed in the last fifteen years, mostly for three; the younger the more. */
static Act *
make_act (Maker *self, guint index, const char *kind, const Act *parent)
{
  guint age = kaf_random_below (self->random, 15 * 365);
  Act *act = g_new0 (Act, 1);
  g_autofree char *title = g_strdup_printf ("Convention d’exemple %u", index);
  g_autofree char *signed_on = NULL;
  g_autofree char *ends_on = NULL;
  g_autofree char *parties = NULL;
  guint network = kaf_random_below (self->random, self->networks->len);
  gboolean open, unknown, tacit;

  act->amends = g_str_equal (kind, "amendment");
  act->from =
      parent != NULL ? parent->from + MIN (age / 8, self->today - parent->from) : self->today - age;
  act->network = parent != NULL ? parent->network : g_ptr_array_index (self->networks, network);
  open = chance (self, 10);
  unknown = !open && chance (self, 15);
  tacit = !open && !unknown && chance (self, 15);
  if (!open && !unknown)
    act->until = act->from + 365 * (1 + kaf_random_below (self->random, 5));
  signed_on = iso_of (act->from);
  ends_on = act->until != 0 ? iso_of (act->until) : NULL;
  parties = g_strdup_printf ("%s\n%s", (const char *) g_ptr_array_index (self->networks, 0),
                             act->network);
  act->id =
      make (self, "convention", NULL, "title_fr", title, "kind", kind, "parent",
            parent != NULL ? parent->id : NULL, "signed_on", chance (self, 97) ? signed_on : NULL,
            "ends_on", ends_on, "open_ended", open && !act->amends ? "1" : NULL, "tacit_renewal",
            tacit ? "1" : NULL, "renewal_months", tacit ? "12" : NULL, "notice_days",
            tacit ? "60" : NULL, "parties", act->amends ? NULL : parties, "changes",
            act->amends ? (ends_on != NULL ? "end" : "duties") : NULL, "domains",
            act->amends ? NULL : "health", "programme",
            parent == NULL ? pick (self, self->programmes) : NULL, NULL);
  g_free (make (self, "signatory", NULL, "convention", act->id, "mandate",
                g_ptr_array_index (self->mandates, 0), NULL));
  g_free (make (self, "signatory", NULL, "convention", act->id, "mandate",
                g_ptr_array_index (self->mandates, network), NULL));
  if (chance (self, 90))
    g_free (make (self, "attachment", NULL, "owner", act->id, "owner_entity", "convention",
                  "file_name", "acte.pdf", "media_type", "application/pdf", "size", "1000",
                  "sha256", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                  "role", "signed", NULL));
  return act;
}

static void
make_conventions (Maker *self)
{
  for (guint i = 0; i < KAF_BENCH_CONVENTIONS; i++)
    {
      const char *kind = i < FRAMEWORKS                           ? "framework"
                         : i < KAF_BENCH_CONVENTIONS - AMENDMENTS ? "specific"
                                                                  : "amendment";
      guint last = i < KAF_BENCH_CONVENTIONS - AMENDMENTS ? FRAMEWORKS : self->acts->len;
      const Act *parent =
          i < FRAMEWORKS ? NULL
                         : g_ptr_array_index (self->acts, kaf_random_below (self->random, last));

      while (parent != NULL && parent->amends)
        parent = g_ptr_array_index (self->acts, kaf_random_below (self->random, last));
      g_ptr_array_add (self->acts, make_act (self, i, kind, parent));
    }
}

static void
make_commitment (Maker *self, guint index)
{
  static const char *const recurrences[] = { "monthly", "quarterly", "half_yearly", "yearly" };
  const Act *act = g_ptr_array_index (self->acts, index % self->acts->len);
  guint span = act->until != 0 ? act->until - act->from : 3 * 365;
  KafDay due = act->from + kaf_random_below (self->random, span) + 30;
  g_autofree char *due_on = iso_of (due);
  g_autofree char *text = g_strdup_printf ("Engagement d’exemple numéro %u de la partie", index);
  gboolean again = chance (self, 25), counted = !again && chance (self, 15);
  gboolean dated = again || chance (self, 80);
  guint step = kaf_random_below (self->random, 4);
  static const guint months[] = { 1, 3, 6, 12 };
  guint times = 1;
  g_autofree char *id =
      make (self, "commitment", NULL, "convention", act->id, "party",
            index % 2 == 0 ? act->network : (const char *) g_ptr_array_index (self->networks, 0),
            "text_fr", text, "due_on", dated ? due_on : NULL, "recurrence",
            again ? recurrences[step] : NULL, "quantity", counted ? "10" : NULL, "responsible",
            chance (self, 50) ? pick (self, self->persons) : NULL, "followed_by",
            chance (self, 50) ? "Bureau des conventions" : NULL, NULL);

  if (due > self->today || !chance (self, 90))
    return;
  if (again)
    times = MIN ((self->today - due) / (30 * months[step]) + 1, 4);
  for (guint i = 0; i < times; i++)
    g_free (make (self, "fulfilment", NULL, "commitment", id, "done_on", due_on, "quantity",
                  counted ? "10" : NULL, "evidence", "Procès-verbal", NULL));
}

static void
read_persons (Maker *self)
{
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("expert"));
  static const char *const columns[] = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows =
      kaf_page_read (self->db, query, columns, KAF_LANG_FR, 0, 20000, NULL, NULL, &error);

  kaf_bench_check (error);
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (self->persons, g_strdup (((KafRow *) g_ptr_array_index (rows, i))->id));
}

static void
fill (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KafDatabase) db = kaf_database_open (path, KAF_OPEN_DEFAULT, NULL, &error);
  g_autoptr (KafRandom) random = kaf_random_new_seeded (11);
  g_autoptr (GPtrArray) persons = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) networks = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) mandates = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) acts = g_ptr_array_new_with_free_func ((GDestroyNotify) free_act);
  g_autoptr (GPtrArray) programmes = g_ptr_array_new_with_free_func (g_free);
  Maker self = { .db = db,
                 .random = random,
                 .today = kaf_day_parse (KAF_BENCH_DAY),
                 .persons = persons,
                 .networks = networks,
                 .mandates = mandates,
                 .acts = acts,
                 .programmes = programmes };

  kaf_bench_check (error);
  read_persons (&self);
  for (guint i = 0; i < KAF_BENCH_NETWORKS; i++)
    make_network (&self, i);
  make_programmes (&self);
  make_conventions (&self);
  for (guint i = 0; i < KAF_BENCH_COMMITMENTS; i++)
    make_commitment (&self, i);
  settle (&self);
}

char *
kaf_bench_partners_store (void)
{
  g_autofree char *base = kaf_bench_store (PERSONS);
  g_autofree char *name = g_path_get_basename (base);
  g_autofree char *folder = g_path_get_dirname (base);
  g_autofree char *ours = g_strconcat ("partners-", name, NULL);
  g_autofree char *path = g_build_filename (folder, ours, NULL);
  g_autofree char *building = NULL;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&path);
  building = kaf_bench_copy_store (base, "partners.tmp");
  g_printerr ("# adding %u conventions and %u commitments\n", KAF_BENCH_CONVENTIONS,
              KAF_BENCH_COMMITMENTS);
  fill (building);
  if (g_rename (building, path) != 0)
    g_printerr ("%s: could not be renamed\n", path);
  return g_steal_pointer (&path);
}
