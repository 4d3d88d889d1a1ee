/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people do at a device: everything that the window lets them do to a few records. */
#include "config.h"

#include "sim-world.h"

#include "base/kaf-id.h"
#include "schema/kaf-set.h"
#include "store/kaf-conflicts.h"
#include "store/kaf-one.h"

typedef enum
{
  TEXT,
  PRIVATE,
  COUNTRY,
  YEAR,
  NUMBER,
  DATE,
  SET
} Sort;

typedef struct
{
  const char *entity, *field;
  Sort sort;
  const char *elements[4];
} Editable;

static const Editable editables[] = {
  { "person", "family_name", TEXT },
  { "person", "given_name", TEXT },
  { "person", "notes", PRIVATE },
  { "person", "birth_year", YEAR },
  { "person", "city", TEXT },
  { "person", "city", TEXT },
  { "person", "country", COUNTRY },
  { "person", "aliases", SET, { "Ben", "Bel", "Aït", "El" } },
  { "person",
    "emails",
    SET,
    { "a@example.org", "b@example.org", "c@example.org", "d@example.org" } },
  { "person",
    "emails",
    SET,
    { "a@example.org", "b@example.org", "c@example.org", "d@example.org" } },
  { "person", "languages", SET, { "fr\tB2", "ar\tC1", "en\tA1", "fr\tC2" } },
  { "expert", "headline_fr", TEXT },
  { "expert", "employer", TEXT },
  { "expert", "employed_since", DATE },
  { "expert", "domains", SET, { "health", "energy", "arts", "health" } },
  { "expert", "interests", SET, { "training", "advice", "research", "mentoring" } },
  { "organisation", "name_fr", TEXT },
  { "organisation", "size", NUMBER },
  { "organisation", "size_date", DATE },
  { "organisation", "size_source", TEXT },
  { "organisation",
    "emails",
    SET,
    { "x@example.org", "y@example.org", "z@example.org", "x@example.org" } },
  { "organisation", "notes", PRIVATE },
  { "network", "label", TEXT },
  { "network", "countries", SET, { "MA", "FR", "CH", "MA" } },
  { "membership", "role", TEXT },
  { "convention", "place", TEXT },
  { "convention", "notes", PRIVATE },
  { "convention", "changes", SET, { "end", "parties", "duties", "object" } },
  { "commitment", "text_fr", TEXT },
};

void
sim_user_commit (SimWorld *self, SimDevice *device, KafChangeSet *set, const SimStep *step)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KafReceipt) receipt = NULL;
  gboolean struck;

  /* Now and then the disk fails under it: then it is there or not, and the log finds out. */
  if (step->c % 16 == 0)
    kaf_faulty_vfs_arm (&(KafFaultPlan){ .ops = KAF_FAULT_WRITE | KAF_FAULT_SYNC,
                                         .at = 1 + step->c / 16 % 12,
                                         .lasting = TRUE,
                                         .room = -1,
                                         .power = step->c / 16 % 2 == 0 });
  receipt = kaf_commit (device->db, set, NULL, NULL, &error);
  struck = kaf_faulty_vfs_has_struck ();
  if (struck)
    {
      gboolean power = kaf_faulty_vfs_get_plan ()->power;

      g_clear_pointer (&device->db, kaf_database_close);
      if (power)
        kaf_faulty_vfs_lose_unsynced (step->c);
    }
  sim_disarm ();
  if (struck)
    sim_open_device (self, device);
  sim_note (self, "  device %u: %s %s", device->number, kaf_change_set_get_label (set),
            receipt != NULL ? "" : error->message);
}

/* A record of @entity that the device shows; with @deleted, one that it has deleted. */
const char *
sim_user_pick (SimWorld *self, SimDevice *device, const char *entity, guint32 any, gboolean deleted)
{
  GPtrArray *ids = g_hash_table_lookup (self->ids, entity);
  const KafEntity *kind = kaf_registry_find (entity);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      const char *id = g_ptr_array_index (ids, (any + i) % ids->len);
      g_autoptr (KafRecord) record = kaf_read_record (device->db, kind, id, NULL);

      if (record != NULL &&
          (kaf_record_get_stamp (record)->deleted_at > KAF_ONE_HIDDEN) == deleted &&
          kaf_record_get_stamp (record)->deleted_at != KAF_ONE_HIDDEN &&
          (kaf_entity_get_root (kind) == kind || deleted ||
           kaf_read_exists (device->db, kaf_entity_get_root (kind), id)))
        return id;
    }
  return NULL;
}

static char *
toggle (const char *set, const Editable *what, guint32 any)
{
  g_auto (GStrv) words = g_strsplit (what->elements[any % 4], "\t", 2);

  /* A language that is there gets another level as often as it goes. */
  if (!kaf_set_contains (set, words[0]) || (words[1] != NULL && any / 4 % 2 == 0))
    return kaf_set_add (set, words[0], words[1]);
  return kaf_set_remove (set, words[0]);
}

static char *
make_value (const Editable *what, const char *now, guint number, guint32 any)
{
  static const char *const countries[] = { "MA", "FR", "CH" };

  switch (what->sort)
    {
    case PRIVATE:
      return g_strdup_printf (SIM_CANARY " %u", number);
    case COUNTRY:
      return g_strdup (countries[any % G_N_ELEMENTS (countries)]);
    case YEAR:
      return g_strdup_printf ("%u", 1900 + number % 130);
    case NUMBER:
      return g_strdup_printf ("%u", 1000 + number);
    case DATE:
      return g_strdup_printf ("%u", 1500 + number % 500);
    case SET:
      return toggle (now, what, any);
    case TEXT:
    default:
      return any % 16 == 0 ? NULL : g_strdup_printf ("v%u", number);
    }
}

/* What is shown for the record, as a card has it, or that very one, as an import does; which may lack a facet that shows. */
static KafRecord *
read_to_edit (SimDevice *device, const KafEntity *entity, const char *id, gboolean named)
{
  KafRecord *record = named ? kaf_one_read_named (device->db, entity, id, NULL) : NULL;

  return record != NULL ? record : kaf_read_record (device->db, entity, id, NULL);
}

/* A field of the record @id into @set. */
static void
add_value (SimWorld *self,
           SimDevice *device,
           KafChangeSet *set,
           const Editable *what,
           const char *id,
           guint number,
           guint32 any)
{
  const KafEntity *entity = kaf_registry_find (what->entity);
  g_autoptr (KafRecord) now = read_to_edit (device, entity, id, number % 2 != 0);
  g_autoptr (KafRecord) change = kaf_record_new (entity, kaf_record_get_id (now));
  g_autofree char *value = make_value (what, kaf_record_get (now, what->field), number, any);
  const char *whose =
      kaf_entity_find_field (entity, "person") != NULL ? kaf_record_get (now, "person") : NULL;

  kaf_record_set (change, what->field, value);
  sim_erase_mark (self, change, whose != NULL ? whose : kaf_record_get_id (now));
  kaf_change_set_update (set, change);
  sim_note (self, "  device %u: %s.%s %s: %s → %s", device->number, what->entity, what->field,
            kaf_record_get_id (now), kaf_record_get (now, what->field), value);
}

/* One field of one record into @set. */
static void
add_edit (
    SimWorld *self, SimDevice *device, KafChangeSet *set, guint number, guint32 which, guint32 any)
{
  const Editable *what = &editables[which % G_N_ELEMENTS (editables)];
  const char *id = sim_user_pick (self, device, what->entity, any, FALSE);

  if (id != NULL)
    add_value (self, device, set, what, id, number, any / 8);
}

/* Whether the answer tells that field of a record that is here. @id (out). */
static gboolean
is_told (SimDevice *device, const Editable *what, const char *answer, gsize size, char **id)
{
  const char *line;
  gsize length;

  while ((line = kaf_exchange_next (&answer, &size, &length)) != NULL)
    {
      g_autoptr (KafFeedRow) row = kaf_feed_row_parse (line, length, NULL);

      for (guint i = 0; row != NULL && i < row->parts->len; i++)
        {
          const KafFeedPart *part = g_ptr_array_index (row->parts, i);

          if (g_str_equal (kaf_record_get_entity (part->record)->id, what->entity) &&
              kaf_record_holds (part->record, what->field) &&
              kaf_read_exists (device->db, kaf_record_get_entity (part->record), row->id))
            {
              *id = g_strdup (row->id);
              return TRUE;
            }
        }
    }
  return FALSE;
}

/* Into a field of which an answer tells that is on its way; else anywhere. */
void
sim_user_edit_told (
    SimWorld *self, SimDevice *device, const SimStep *step, const char *answer, gsize size)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");
  g_autofree char *id = NULL;

  for (guint i = 0; id == NULL && i < G_N_ELEMENTS (editables); i++)
    {
      const Editable *what = &editables[(step->a + i) % G_N_ELEMENTS (editables)];

      if (is_told (device, what, answer, size, &id))
        add_value (self, device, set, what, id, step->number, step->b);
    }
  if (id == NULL)
    add_edit (self, device, set, step->number, step->a, step->b);
  if (kaf_change_set_get_size (set) > 0)
    sim_user_commit (self, device, set, step);
  sim_log_written (self, device);
}

void
sim_user_create (SimWorld *self, SimDevice *device, KafRecord *record, const SimStep *step)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("create");

  kaf_change_set_create (set, record);
  sim_user_commit (self, device, set, step);
}

void
sim_user_edit (SimWorld *self, SimDevice *device, const SimStep *step)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");

  add_edit (self, device, set, step->number, step->a, step->b);
  if (kaf_change_set_get_size (set) > 0)
    sim_user_commit (self, device, set, step);
  sim_log_written (self, device);
}

/* A person with a facet that others write into goes, or comes back when none is left; now and then that is undone at once.
 * Where much is typed meanwhile, a network as well, and few come back. */
static void
go_or_return (SimWorld *self, SimDevice *device, const SimStep *step)
{
  gboolean network = self->of_meanwhile && step->c / 4096 % 2 == 0;
  const char *entity = network ? "organisation" : "person";
  const char *id = sim_user_pick (self, device, network ? "network" : "expert", 0, FALSE);
  const KafEntity *root = kaf_registry_find (entity);
  g_autoptr (KafChangeSet) set = kaf_change_set_new (id != NULL ? "delete" : "restore");

  if (id != NULL)
    kaf_change_set_delete (set, root, id);
  else if ((!self->of_meanwhile || step->a / 64 % 4 == 0) &&
           (id = sim_user_pick (self, device, entity, 0, TRUE)) != NULL)
    kaf_change_set_restore (set, root, id);
  else
    return;
  sim_note (self, "  device %u: %s %s", device->number, entity, id);
  sim_user_commit (self, device, set, step);
  if (step->b % 4 == 0)
    sim_user_turn_back (self, device, FALSE);
}

static const Editable sets[] = {
  { "person", "aliases", SET, { "Ben", "Bel" } },
  { "expert", "domains", SET, { "health", "energy" } },
  { "organisation", "emails", SET, { "x@example.org", "y@example.org" } },
};

/* One of two elements of a set that others change as well: it goes, or comes; and what went, half the time comes again,
 * which who takes it out elsewhere has not seen. */
static void
contest (SimWorld *self, SimDevice *device, const SimStep *step)
{
  const Editable *what = &sets[(self->of_sets + step->a % 8 / 7) % G_N_ELEMENTS (sets)];
  const char *id = sim_user_pick (self, device, what->entity, 0, FALSE);

  if (what == &sets[1] && step->a / 8 % 3 == 0)
    {
      go_or_return (self, device, step);
      return;
    }
  for (guint i = 0; id != NULL && i < 1 + step->c / 64 % 2; i++)
    {
      g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");

      add_value (self, device, set, what, id, step->number, step->b % 4 / 3);
      sim_user_commit (self, device, set, step);
    }
}

/* While the rest of what was typed waits, an element that is there goes: that others added it too is hidden by what
 * waits. */
void
sim_user_contest_again (SimWorld *self, SimDevice *device, const SimStep *step)
{
  const Editable *what = &sets[self->of_sets % G_N_ELEMENTS (sets)];
  const char *id = sim_user_pick (self, device, what->entity, 0, FALSE);
  g_autoptr (KafRecord) now =
      id != NULL ? kaf_read_record (device->db, kaf_registry_find (what->entity), id, NULL) : NULL;
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");

  if (now == NULL || !kaf_set_contains (kaf_record_get (now, what->field), what->elements[0]))
    return;
  add_value (self, device, set, what, id, step->number + 500, 0);
  sim_user_commit (self, device, set, step);
  sim_log_written (self, device);
}

/* Somebody deletes, while an answer is on its way, what others write into. */
void
sim_user_delete (SimWorld *self, SimDevice *device, const SimStep *step)
{
  const char *entity = step->c / 4096 % 2 == 0 ? "organisation" : "person";
  const char *id = sim_user_pick (self, device, entity, step->b / 64 % 4 / 3, FALSE);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("delete");

  if (id == NULL)
    return;
  kaf_change_set_delete (set, kaf_registry_find (entity), id);
  sim_note (self, "  device %u: %s %s", device->number, entity, id);
  sim_user_commit (self, device, set, step);
  sim_log_written (self, device);
}

/* A field that others change as well; or its record goes, or comes back. Where records go meanwhile, half of what is written
 * is what not every role reads. */
static void
contest_field (SimWorld *self, SimDevice *device, const SimStep *step)
{
  static const Editable fields[] = { { "person", "city", TEXT }, { "expert", "employer", TEXT } };
  static const Editable notes[] = { { "person", "notes", PRIVATE },
                                    { "organisation", "notes", PRIVATE } };
  gboolean noting =
      self->of_meanwhile && step->a / 16 % 2 == 0 && (device->role->reads & KAF_CLASS_PRIVATE) != 0;
  const Editable *what = &(noting ? notes : fields)[step->a / 8 % 2];
  const char *id = sim_user_pick (self, device, what->entity, 0, FALSE);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");

  if (id == NULL || step->a % 8 == 0)
    {
      go_or_return (self, device, step);
      return;
    }
  add_value (self, device, set, what, id, step->number, 1);
  sim_user_commit (self, device, set, step);
}

static void
edit_several (SimWorld *self, SimDevice *device, const SimStep *step)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("bulk-edit");

  for (guint i = 0; i < 2 + step->c % 3; i++)
    add_edit (self, device, set, step->number * 10 + i, step->a + i * 7, step->b + i * 5);
  if (kaf_change_set_get_size (set) > 0)
    sim_user_commit (self, device, set, step);
}

static KafRecord *
new_record (const char *entity, const char *id, guint number, const char *field)
{
  KafRecord *record = kaf_record_new (kaf_registry_find (entity), id);
  g_autofree char *value = g_strdup_printf ("v%u", number);

  kaf_record_set (record, field, value);
  return record;
}

static void
create_pair (
    SimWorld *self, SimDevice *device, const SimStep *step, gboolean person, gboolean facet)
{
  static const char *const countries[] = { NULL, "CH", "FR", "MA" };
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("create");
  g_autofree char *id = kaf_id_new (device->clock, device->random);
  g_autoptr (KafRecord) root = new_record (person ? "person" : "organisation", id, step->number,
                                           person ? "family_name" : "name_fr");
  g_autoptr (KafRecord) part = new_record (person ? "expert" : "network", id, step->number,
                                           person ? "headline_fr" : "label");

  kaf_record_set (root, "country", countries[step->b / 8 % G_N_ELEMENTS (countries)]);
  if (person && facet && step->b / 64 % 2 == 0)
    kaf_record_set (part, "domains", "health");
  if (person)
    {
      kaf_record_set (root, "emails", "a@example.org");
      kaf_record_set (root, "languages", "fr\tB2");
    }
  else
    kaf_record_set (root, "kind", "network");
  if (person)
    sim_erase_mark_person (self, root);
  sim_erase_mark (self, root, id);
  sim_erase_mark (self, part, id);
  kaf_change_set_create (set, root);
  if (facet)
    kaf_change_set_create (set, part);
  sim_user_commit (self, device, set, step);
}

/* What a store held before it knew of a hub. */
void
sim_user_begin (SimWorld *self, SimDevice *device)
{
  SimStep step = { .number = 9000 + device->number, .c = 1 };

  create_pair (self, device, &step, TRUE, TRUE);
  step.number += 10;
  create_pair (self, device, &step, FALSE, TRUE);
  sim_log_written (self, device);
}

static void
create_facet (SimWorld *self, SimDevice *device, const SimStep *step)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("create");
  const char *id = sim_user_pick (self, device, "person", step->b, FALSE);
  g_autoptr (KafRecord) part = NULL;

  if (id == NULL)
    return;
  part = new_record ("expert", id, step->number, "headline_fr");
  sim_erase_mark (self, part, id);
  kaf_change_set_create (set, part);
  sim_user_commit (self, device, set, step);
}

static void
create_membership (SimWorld *self, SimDevice *device, const SimStep *step)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("create");
  const char *person = sim_user_pick (self, device, "person", step->b, FALSE);
  const char *network = sim_user_pick (self, device, "network", step->a, FALSE);
  g_autoptr (KafRecord) record = new_record ("membership", NULL, step->number, "role");

  if (person == NULL || network == NULL)
    return;
  kaf_record_set (record, "person", person);
  kaf_record_set (record, "network", network);
  sim_erase_mark (self, record, person);
  kaf_change_set_create (set, record);
  sim_user_commit (self, device, set, step);
}

/* A convention of a network, or an amendment of one that is there. */
static void
create_convention (SimWorld *self, SimDevice *device, const SimStep *step)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("create");
  const char *network = sim_user_pick (self, device, "network", step->a / 8, FALSE);
  const char *parent =
      step->b % 2 == 0 ? sim_user_pick (self, device, "convention", step->b / 2, FALSE) : NULL;
  g_autoptr (KafRecord) record = new_record ("convention", NULL, step->number, "title_fr");

  kaf_record_set (record, "kind", parent != NULL ? "amendment" : "framework");
  kaf_record_set (record, "parent", parent);
  kaf_record_set (record, "parties", network);
  kaf_change_set_create (set, record);
  sim_user_commit (self, device, set, step);
}

static void
create_commitment (SimWorld *self, SimDevice *device, const SimStep *step)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("create");
  const char *convention = sim_user_pick (self, device, "convention", step->b, FALSE);
  const char *network = sim_user_pick (self, device, "network", step->a / 8, FALSE);
  g_autoptr (KafRecord) record = new_record ("commitment", NULL, step->number, "text_fr");

  if (convention == NULL || network == NULL)
    return;
  kaf_record_set (record, "convention", convention);
  kaf_record_set (record, "party", network);
  kaf_change_set_create (set, record);
  sim_user_commit (self, device, set, step);
}

/* A party comes or leaves: who sees the convention, and all in it, changes. */
static void
change_parties (SimWorld *self, SimDevice *device, const SimStep *step)
{
  const KafEntity *entity = kaf_registry_find ("convention");
  const char *id = sim_user_pick (self, device, "convention", step->a, FALSE);
  const char *network = sim_user_pick (self, device, "network", step->b, FALSE);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");
  g_autoptr (KafRecord) now = id != NULL ? kaf_read_record (device->db, entity, id, NULL) : NULL;
  g_autoptr (KafRecord) change = NULL;
  g_autofree char *parties = NULL;

  if (now == NULL || network == NULL)
    return;
  parties = kaf_set_contains (kaf_record_get (now, "parties"), network)
                ? kaf_set_remove (kaf_record_get (now, "parties"), network)
                : kaf_set_add (kaf_record_get (now, "parties"), network, NULL);
  change = kaf_record_new (entity, id);
  kaf_record_set (change, "parties", parties);
  kaf_change_set_update (set, change);
  sim_note (self, "  device %u: parties of %s: %s", device->number, id, parties);
  sim_user_commit (self, device, set, step);
}

static void
create (SimWorld *self, SimDevice *device, const SimStep *step)
{
  switch (step->a % 8)
    {
    case 6:
      create_convention (self, device, step);
      break;
    case 7:
      create_commitment (self, device, step);
      break;
    case 0:
    case 1:
      create_pair (self, device, step, TRUE, step->b % 2 == 0);
      break;
    case 2:
      create_pair (self, device, step, FALSE, TRUE);
      break;
    case 3:
      create_facet (self, device, step);
      break;
    default:
      create_membership (self, device, step);
      break;
    }
}

static void
mark (SimWorld *self, SimDevice *device, const SimStep *step, gboolean restore)
{
  static const char *const kinds[] = { "person",     "expert",       "expert",     "network",
                                       "membership", "organisation", "convention", "commitment" };
  const char *entity = kinds[step->a % G_N_ELEMENTS (kinds)];
  const char *id = sim_user_pick (self, device, entity, step->b, restore);
  g_autoptr (KafChangeSet) set = kaf_change_set_new (restore ? "restore" : "delete");

  if (id == NULL)
    return;
  sim_note (self, "  device %u: %s %s", device->number, entity, id);
  if (restore)
    kaf_change_set_restore (set, kaf_registry_find (entity), id);
  else
    kaf_change_set_delete (set, kaf_registry_find (entity), id);
  sim_user_commit (self, device, set, step);
}

void
sim_user_turn_back (SimWorld *self, SimDevice *device, gboolean again)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KafReceipt) receipt =
      again ? kaf_redo (device->db, &error) : kaf_undo (device->db, NULL, &error);

  sim_note (self, "  device %u: %s %s", device->number, again ? "redo" : "undo",
            error != NULL ? error->message : "");
}

static void
settle (SimWorld *self, SimDevice *device, const SimStep *step)
{
  g_autoptr (GPtrArray) open = kaf_conflicts_read (device->db, 100, KAF_LANG_FR, NULL);
  g_autofree char *text = g_strdup_printf ("%u", 1500 + step->number);
  g_autoptr (KafChangeSet) set = NULL;
  g_autoptr (GError) error = NULL;
  const KafConflict *conflict;

  if (open == NULL || open->len == 0)
    return;
  conflict = g_ptr_array_index (open, step->a % open->len);
  if (conflict->field != NULL && sim_older_lacks (device, conflict->entity, conflict->field->id))
    return;
  set = kaf_conflict_settle (device->db, conflict->id, step->b % 4, text, &error);
  sim_note (self, "  device %u settles %s: %s", device->number, conflict->id,
            error != NULL ? error->message : "");
  if (set != NULL)
    sim_user_commit (self, device, set, step);
}

/* A name in a reference list: experts are found by it. */
static void
edit_list (SimWorld *self, SimDevice *device, const SimStep *step)
{
  static const char *const codes[] = { "health", "energy", "water", "steel" };
  const char *code = codes[step->a % G_N_ELEMENTS (codes)];
  const KafEntity *domain = kaf_registry_find ("domain");
  g_autoptr (KafRecord) now = kaf_read_record (device->db, domain, code, NULL);
  g_autoptr (KafRecord) record = new_record ("domain", code, step->number, "name_fr");
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");

  if (!device->role->approves)
    return;
  kaf_record_set (record, "code", code);
  if (now != NULL)
    kaf_change_set_update (set, record);
  else
    kaf_change_set_create (set, record);
  sim_user_commit (self, device, set, step);
}

/* The process dies in the middle of a transaction. */
static void
die (SimWorld *self, SimDevice *device, const SimStep *step)
{
  KafTransaction *tx = kaf_transaction_begin (device->db, "edit", NULL);
  g_autoptr (KafRecord) record = new_record ("person", NULL, step->number, "family_name");

  g_assert_nonnull (tx);
  kaf_transaction_apply (tx, KAF_CHANGE_CREATE, record, NULL, NULL, NULL);
  sim_open_device (self, device);
}

/* Beyond what is drawn. */
#define CONTEST 24
#define JUDGE 25
#define FIGURES 26
#define CONTEST_FIELD 27
#define ERASE 28
#define OLDER 29

void
sim_user_act (SimWorld *self, SimDevice *device, const SimStep *step)
{
  guint kind = step->kind / 64 % 24;

  if (self->of_older && step->kind / 8192 % 2 == 0)
    kind = OLDER;
  /* Two of three; persons, networks and conventions that they need are made by the others. */
  else if (self->of_missions && step->kind / 2048 % 3 > 0)
    kind = 15;
  else if (self->of_sets > 0 && step->kind / 2048 % 3 > 0)
    kind = CONTEST;
  else if (self->of_judgements && step->kind / 2048 % 3 == 0)
    kind = JUDGE;
  else if (self->of_figures && step->kind / 2048 % 2 == 0)
    kind = FIGURES;
  else if (self->of_fields && step->kind / 2048 % 4 > 0)
    kind = CONTEST_FIELD;
  /* Of a hub that is restored, no act of a mission is known. */
  else if (self->of_erasures && (step->kind / 2048 % 3 == 0 || (kind >= 15 && kind <= 18)))
    kind = ERASE;
  switch (kind)
    {
    case 0:
    case 1:
      create (self, device, step);
      break;
    case 2:
    case 3:
      mark (self, device, step, FALSE);
      break;
    case 4:
      mark (self, device, step, TRUE);
      break;
    case 5:
    case 6:
      sim_user_turn_back (self, device, FALSE);
      break;
    case 7:
      sim_user_turn_back (self, device, TRUE);
      break;
    case 8:
    case 9:
      settle (self, device, step);
      break;
    case 10:
    case 11:
      edit_several (self, device, step);
      break;
    case 12:
      edit_list (self, device, step);
      break;
    case 13:
      die (self, device, step);
      break;
    case 14:
      change_parties (self, device, step);
      break;
    case 15:
    case 16:
    case 17:
    case 18:
      sim_mission_act (self, device, step);
      break;
    case JUDGE:
      sim_judge_act (self, device, step);
      break;
    case ERASE:
      sim_erase_act (self, device, step);
      break;
    case OLDER:
      sim_older_act (self, device, step);
      break;
    case FIGURES:
      sim_figures_act (self, device, step);
      break;
    case CONTEST_FIELD:
      contest_field (self, device, step);
      break;
    case CONTEST:
      contest (self, device, step);
      break;
    default:
      sim_user_edit (self, device, step);
      break;
    }
  sim_log_written (self, device);
}
