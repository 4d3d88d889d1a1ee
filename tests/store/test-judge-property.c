/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two stores where the same is done, and in one of them people are judged to be one and not to be, in any order in
 * between: when all of it is taken back, the two hold the same to the byte.
 *
 * What a person does to somebody who is shown for several is done in the other store to the record that it goes to. */
#include "config.h"

#include <string.h>

#include "base/kaf-random.h"
#include "kaf-judge-fixture.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-set.h"
#include "store/kaf-database-private.h"
#include "store/kaf-one.h"

#define N_RUNS 12
#define N_STEPS 70
#define N_IDS 6

typedef struct
{
  KafFixture *f;    /* where it is judged */
  KafFixture *twin; /* where it is not */
  KafRandom *random;
  guint next;         /* number of the next record, or value */
  GPtrArray *persons; /* ids */
  GPtrArray *organisations;
  GArray *undoable; /* gboolean: of each batch, whether the twin has it too */
} World;

static guint
draw (World *self, guint below)
{
  return (guint) (kaf_random_u64 (self->random) % below);
}

static char *
make_id (World *self)
{
  /* Ids come in any order: it is not always the first that is shown. */
  return g_strdup_printf ("%08x-0000-7000-8000-%012x", draw (self, 0x7fffffff), ++self->next);
}

static const char *
pick (World *self, GPtrArray *ids)
{
  return g_ptr_array_index (ids, draw (self, ids->len));
}

static void
commit (KafFixture *f, KafChangeSet *set)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KafReceipt) receipt = kaf_commit (f->db, set, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (receipt->batch);
}

static void
commit_both (World *self, KafChangeSet *set, KafChangeSet *twin)
{
  gboolean both = TRUE;

  commit (self->f, set);
  commit (self->twin, twin);
  g_array_append_val (self->undoable, both);
}

static KafChangeSet *
make_update (const char *entity, const char *id, const char *field, const char *value)
{
  g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find (entity), id);
  KafChangeSet *set = kaf_change_set_new ("edit");

  kaf_record_set (record, field, value);
  kaf_change_set_update (set, record);
  return set;
}

static void
create (World *self, KafRecord *record)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("create");

  kaf_change_set_create (set, record);
  commit_both (self, set, set);
}

static char *
make_value (World *self)
{
  return g_strdup_printf ("Valeur %u", ++self->next);
}

static void
add_person (World *self)
{
  g_autofree char *id = make_id (self);
  g_autofree char *name = make_value (self);
  g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find ("person"), id);

  kaf_record_set (record, "family_name", name);
  create (self, record);
  g_ptr_array_add (self->persons, g_steal_pointer (&id));
}

static void
add_organisation (World *self)
{
  g_autofree char *id = make_id (self);
  g_autofree char *name = make_value (self);
  g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find ("organisation"), id);

  kaf_record_set (record, "name_fr", name);
  kaf_record_set (record, "kind", "ngo");
  create (self, record);
  g_ptr_array_add (self->organisations, g_steal_pointer (&id));
}

static char *
shown (World *self, const char *entity, const char *id)
{
  return kaf_one_get_shown (self->f->db, kaf_registry_find (entity), id);
}

/* The records that are one with it, and of which @part is there. (element-type utf8) (transfer full) */
static GPtrArray *
list_alive (World *self, const char *part, const char *id)
{
  const KafEntity *entity = kaf_registry_find (part);
  GPtrArray *all = kaf_one_list_members (self->f->db, entity, id, NULL);

  for (guint i = all->len; i-- > 0;)
    {
      const char *member = g_ptr_array_index (all, i);
      g_autoptr (KafRecord) root =
          kaf_one_read_raw (self->f->db, kaf_entity_get_root (entity), member, NULL);
      g_autoptr (KafRecord) record = kaf_one_read_raw (self->f->db, entity, member, NULL);

      if (record == NULL || kaf_record_get_stamp (root)->deleted_at != 0 ||
          kaf_record_get_stamp (record)->deleted_at != 0)
        g_ptr_array_remove_index (all, i);
    }
  return all;
}

static void
edit (World *self, const char *root, const char *part, const char *field, GPtrArray *ids)
{
  g_autofree char *id = shown (self, root, pick (self, ids));
  g_autoptr (GPtrArray) targets = list_alive (self, part, id);
  g_autofree char *value = make_value (self);
  g_autoptr (KafChangeSet) set = NULL, twin = NULL;

  if (targets->len == 0)
    return;
  set = make_update (part, id, field, value);
  twin = make_update (part, g_ptr_array_index (targets, 0), field, value);
  commit_both (self, set, twin);
}

/* One more than what is shown; in the twin, than what the record has. */
static void
add_element (World *self)
{
  g_autofree char *id = shown (self, "person", pick (self, self->persons));
  g_autofree char *mail = g_strdup_printf ("m%u@example.ma", ++self->next);
  g_autoptr (GPtrArray) targets = list_alive (self, "person", id);
  g_autofree char *is = NULL, *twin_is = NULL, *new = NULL, *twin_new = NULL;
  g_autoptr (KafChangeSet) set = NULL, twin = NULL;

  if (targets->len == 0)
    return;
  is = kaf_fixture_get (self->f, "person", id, "emails");
  twin_is = kaf_fixture_get (self->twin, "person", id, "emails");
  new = kaf_set_add (is, mail, NULL);
  twin_new = kaf_set_add (twin_is, mail, NULL);
  set = make_update ("person", id, "emails", new);
  twin = make_update ("person", id, "emails", twin_new);
  commit_both (self, set, twin);
}

/* From what a person has, or all that several have. */
static void
remove_elements (World *self)
{
  g_autofree char *id = shown (self, "person", pick (self, self->persons));
  g_autoptr (GPtrArray) targets = list_alive (self, "person", id);
  g_autoptr (KafChangeSet) set = make_update ("person", id, "emails", NULL);
  g_autoptr (KafChangeSet) twin = kaf_change_set_new ("edit");

  for (guint i = 0; i < targets->len; i++)
    {
      const char *member = g_ptr_array_index (targets, i);
      g_autofree char *is = kaf_fixture_get (self->twin, "person", member, "emails");
      g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find ("person"), member);

      if (is == NULL)
        continue;
      kaf_record_set (record, "emails", NULL);
      kaf_change_set_update (twin, record);
    }
  if (kaf_change_set_get_size (twin) > 0)
    commit_both (self, set, twin);
}

static void
add_facet (World *self)
{
  static const char *const parts[] = { "expert", "project_holder" };
  const char *part = parts[draw (self, 2)];
  g_autofree char *id = shown (self, "person", pick (self, self->persons));
  g_autoptr (GPtrArray) have = list_alive (self, part, id);
  g_autoptr (KafRecord) was = kaf_one_read_raw (self->f->db, kaf_registry_find (part), id, NULL);
  g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find (part), id);
  g_autofree char *value = make_value (self);

  if (have->len > 0 || was != NULL ||
      !kaf_read_exists (self->f->db, kaf_registry_find ("person"), id))
    return;
  kaf_record_set (record, "headline_fr", value);
  create (self, record);
}

/* Something that names one, now and then one by its own id although another is shown for it. */
static void
add_naming (World *self)
{
  gboolean raw = draw (self, 3) == 0;
  g_autofree char *id = make_id (self);
  const char *of = pick (self, self->persons);
  g_autofree char *person = raw ? g_strdup (of) : shown (self, "person", of);
  g_autofree char *organisation = shown (self, "organisation", pick (self, self->organisations));
  g_autofree char *value = make_value (self);
  g_autoptr (KafRecord) record = NULL;

  switch (draw (self, 4))
    {
    case 0:
      record = kaf_record_new (kaf_registry_find ("contact"), id);
      kaf_record_set (record, "person", person);
      kaf_record_set (record, "held_on", "2026-03-01");
      kaf_record_set (record, "channel", "call");
      kaf_record_set (record, "subject", value);
      break;
    case 1:
      record = kaf_record_new (kaf_registry_find ("consent"), id);
      kaf_record_set (record, "person", person);
      kaf_record_set (record, "purpose", "sharing");
      kaf_record_set (record, "given_on", "2026-02-01");
      if (draw (self, 2) == 0)
        kaf_record_set (record, "withdrawn_on", "2026-04-01");
      break;
    case 2:
      record = kaf_record_new (kaf_registry_find ("source_claim"), id);
      kaf_record_set (record, "person", person);
      kaf_record_set (record, "field", "city");
      kaf_record_set (record, "source", value);
      kaf_record_set (record, "origin", draw (self, 2) == 0 ? "declared" : "watch");
      break;
    default:
      record = kaf_record_new (kaf_registry_find ("organisation"), id);
      kaf_record_set (record, "name_fr", value);
      kaf_record_set (record, "kind", "ngo");
      kaf_record_set (record, "parent", organisation);
      break;
    }
  create (self, record);
  if (g_str_equal (kaf_record_get_entity (record)->id, "organisation"))
    g_ptr_array_add (self->organisations, g_steal_pointer (&id));
}

static void
delete_person (World *self)
{
  const KafEntity *person = kaf_registry_find ("person");
  g_autofree char *id = shown (self, "person", pick (self, self->persons));
  g_autoptr (GPtrArray) members = list_alive (self, "person", id);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("delete");
  g_autoptr (KafChangeSet) twin = kaf_change_set_new ("delete");

  if (members->len == 0)
    return;
  kaf_change_set_delete (set, person, id);
  for (guint i = 0; i < members->len; i++)
    kaf_change_set_delete (twin, person, g_ptr_array_index (members, i));
  commit_both (self, set, twin);
}

static void
say (World *self, const char *entity, GPtrArray *ids)
{
  static const char *const verdicts[] = { "same", "same", "same", "different", "unsure" };
  const char *a = pick (self, ids), *b = pick (self, ids);
  gboolean both = FALSE;

  if (g_str_equal (a, b))
    return;
  g_free (judge (self->f, entity, a, b, verdicts[draw (self, G_N_ELEMENTS (verdicts))]));
  g_array_append_val (self->undoable, both);
}

static void
think_better (World *self, const char *entity)
{
  g_autoptr (GPtrArray) standing =
      kaf_judge_list (self->f->db, kaf_registry_find (entity), NULL, NULL);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("judge");
  gboolean both = FALSE;
  const KafJudged *one;

  if (standing->len == 0)
    return;
  one = g_ptr_array_index (standing, draw (self, standing->len));
  g_assert_true (kaf_judge_revoke (self->f->db, set, one->id, NULL, NULL));
  commit (self->f, set);
  g_array_append_val (self->undoable, both);
}

static void
prefer (World *self)
{
  gboolean both = FALSE;

  choose (self->f, "person", "city", pick (self, self->persons));
  g_array_append_val (self->undoable, both);
}

static void
undo (World *self)
{
  g_autoptr (GError) error = NULL;
  gboolean both;

  if (self->undoable->len == 0)
    return;
  both = g_array_index (self->undoable, gboolean, self->undoable->len - 1);
  g_array_set_size (self->undoable, self->undoable->len - 1);
  kaf_receipt_unref (kaf_undo (self->f->db, NULL, &error));
  g_assert_no_error (error);
  if (both)
    kaf_receipt_unref (kaf_undo (self->twin->db, NULL, &error));
  g_assert_no_error (error);
}

static void
step (World *self)
{
  kaf_clock_advance (self->f->clock, 1000000);
  kaf_clock_advance (self->twin->clock, 1000000);
  switch (draw (self, 18))
    {
    case 0:
      add_facet (self);
      break;
    case 1:
    case 2:
      edit (self, "person", "person", "city", self->persons);
      break;
    case 3:
      edit (self, "person", "expert", "headline_fr", self->persons);
      break;
    case 4:
      edit (self, "organisation", "organisation", "city", self->organisations);
      break;
    case 5:
      add_element (self);
      break;
    case 6:
      remove_elements (self);
      break;
    case 7:
    case 8:
      add_naming (self);
      break;
    case 9:
      if (draw (self, 4) == 0)
        delete_person (self);
      break;
    case 10:
    case 11:
    case 12:
      say (self, "person", self->persons);
      break;
    case 13:
      say (self, "organisation", self->organisations);
      break;
    case 14:
      think_better (self, draw (self, 2) == 0 ? "person" : "organisation");
      break;
    case 15:
      prefer (self);
      break;
    default:
      undo (self);
      break;
    }
}

static void
take_all_back (World *self)
{
  static const char *const entities[] = { "person", "organisation" };

  for (guint i = 0; i < G_N_ELEMENTS (entities); i++)
    {
      g_autoptr (GPtrArray) standing =
          kaf_judge_list (self->f->db, kaf_registry_find (entities[i]), NULL, NULL);
      g_autoptr (KafChangeSet) set = kaf_change_set_new ("judge");

      for (guint j = 0; j < standing->len; j++)
        kaf_judge_revoke (self->f->db, set, ((KafJudged *) g_ptr_array_index (standing, j))->id,
                          NULL, NULL);
      if (standing->len > 0)
        commit (self->f, set);
    }
}

static void
run (guint64 seed)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autoptr (KafFixture) twin = kaf_fixture_new ();
  g_autofree char *one = NULL, *other = NULL;
  World self = { .f = f, .twin = twin, .random = kaf_random_new_seeded (seed) };

  self.persons = g_ptr_array_new_with_free_func (g_free);
  self.organisations = g_ptr_array_new_with_free_func (g_free);
  self.undoable = g_array_new (FALSE, FALSE, sizeof (gboolean));
  for (guint i = 0; i < N_IDS; i++)
    add_person (&self);
  for (guint i = 0; i < 3; i++)
    add_organisation (&self);
  g_array_set_size (self.undoable, 0);
  for (guint i = 0; i < N_STEPS; i++)
    {
      step (&self);
      if (i % 10 == 9)
        kaf_fixture_assert_whole (f);
    }
  take_all_back (&self);
  kaf_fixture_assert_whole (f);
  one = dump (twin);
  other = dump (f);
  assert_same_dump (one, other);
  g_assert_cmpint (kaf_database_get_int (f->db, "SELECT count(*) FROM raw", NULL), ==, 0);
  g_ptr_array_unref (self.persons);
  g_ptr_array_unref (self.organisations);
  g_array_unref (self.undoable);
  kaf_random_unref (self.random);
}

static void
test_runs (void)
{
  const char *only = g_getenv ("KAF_SEED");
  guint first = only != NULL ? (guint) g_ascii_strtoull (only, NULL, 10) : 1;
  guint last = only != NULL ? first : N_RUNS;

  for (guint i = first; i <= last && !g_test_failed (); i++)
    {
      g_test_message ("seed %u", i);
      run (i);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/judge/property", test_runs);
  return g_test_run ();
}
