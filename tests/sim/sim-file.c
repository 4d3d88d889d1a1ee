/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file of a mission as whole as its gates ask for, written at once; and what is surely so of the gates by what the
 * hub took, told apart from the rules: some are shut, since nothing of a kind was ever there, and some open, since
 * all was and nobody has touched it. */
#include "config.h"

#include "sim-world.h"

#include <string.h>

#include "base/kaf-id.h"

#define DELIVERY 8

/* @step: the first whose gates ask for it. @values: "@" is the mission, "@NAME" another part. */
static const struct
{
  const char *name, *entity;
  guint step;
  const char *values;
} parts[] = {
  { "need", "need", 1, "title_fr=n|audience_fr=a" },
  { "link", "mission_need", 1, "mission=@|need=@need" },
  { "duty", "stakeholder", 1, "need=@need|name=p|kind=authority|duty_fr=d" },
  { "call", "contact", 2,
    "mission=@|stakeholder=@duty|held_on=2026-01-05|channel=call|subject=s|by_whom=sim" },
  { "person", "person", 3, "family_name=p" },
  { "consent", "consent", 3, "person=@person|purpose=mission|given_on=2026-01-05" },
  { "expert", "mission_expert", 3,
    "mission=@|person=@person|answer=retained|answered_on=2026-01-05|agreed_on=2026-01-05|"
    "window_from=2027-01-09|window_to=2027-01-20" },
  { "session", "programme_item", 4,
    "mission=@|subject_fr=s|held_on=2027-01-11|half=am|trainer=@expert|state=held" },
  { "result", "mission_result", 4, "mission=@|text_fr=r|comment=c" },
  { "office", "organisation", 5, "name_fr=o|kind=ngo" },
  { "line", "budget_line", 5,
    "mission=@|label_fr=l|category=travel|quantity=1|unit_price=5000 MAD|payer=@office" },
  { "party", "mission_party", 6,
    "mission=@|organisation=@office|role=host|answer=agrees|answered_on=2026-01-06|"
    "contact_name=c" },
  { "cv", "attachment", 7,
    "owner=@person|owner_entity=person|file_name=cv.pdf|media_type=application/pdf|size=1|role=cv|"
    "sha256=6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b" },
  { "paper", "convention", 7,
    "title_fr=c|kind=framework|signed_on=2020-01-10|effective_on=2020-01-10|ends_on=2099-01-10|"
    "parties=@office" },
  { "tie", "mission_convention", 7, "mission=@|convention=@paper" },
  { "guest", "participant", DELIVERY, "mission=@|name=t" },
  { "came", "attendance", DELIVERY, "session=@session|participant=@guest|presence=present" },
  { "book", "material", 9, "mission=@|title_fr=m|handed_on=2026-01-07" },
  { "visit", "follow_up", 9, "mission=@|label_fr=f|owner_name=o|due_on=2027-03-01" },
  { "trainee", "evaluation", 10, "mission=@|role=trainee" },
  { "trainer", "evaluation", 10, "mission=@|role=expert" },
  { "host", "evaluation", 10, "mission=@|role=host" },
};

/* Of which kinds a step asks for one at least. */
static const struct
{
  guint step;
  const char *entity;
} asked[] = {
  { 1, "mission_need" },  { 3, "mission_expert" }, { 4, "programme_item" }, { 4, "mission_result" },
  { 6, "mission_party" }, { 9, "material" },       { 9, "follow_up" },
};

/* What the hub took of a file. */
typedef struct
{
  guint taken;      /* bits of the parts */
  gboolean touched; /* somebody changed what a gate may ask for */
  gboolean planned; /* there are sessions of which nobody says whether they were held */
  guint made;       /* bits of asked */
} File;

void
sim_file_init (SimWorld *self)
{
  self->whole = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->in_file = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

void
sim_file_clear (SimWorld *self)
{
  g_clear_pointer (&self->whole, g_hash_table_unref);
  g_clear_pointer (&self->in_file, g_hash_table_unref);
}

char *
sim_file_name (const char *mission, const char *part)
{
  return kaf_id_from_content ("sim-file", mission, part, NULL);
}

static File *
get_file (SimWorld *self, const char *mission)
{
  File *file = g_hash_table_lookup (self->whole, mission);

  if (file == NULL)
    {
      file = g_new0 (File, 1);
      g_hash_table_insert (self->whole, g_strdup (mission), file);
    }
  return file;
}

/* Writing */

static void
set_values (KafRecord *record, const char *mission, const char *values)
{
  g_auto (GStrv) each = g_strsplit (values, "|", -1);

  for (guint i = 0; each[i] != NULL; i++)
    {
      char *value = strchr (each[i], '=');
      g_autofree char *id = NULL;

      *value++ = '\0';
      if (*value == '@')
        id = value[1] == '\0' ? g_strdup (mission) : sim_file_name (mission, value + 1);
      kaf_record_set (record, each[i], id != NULL ? id : value);
    }
}

/* Adds the parts to @set, but for the one of the kind that @without asks for. */
void
sim_file_add (SimWorld *self, KafChangeSet *set, KafRecord *mission, guint32 without)
{
  const char *id = kaf_record_get_id (mission);
  const char *left_out = without < G_N_ELEMENTS (asked) ? asked[without].entity : "";

  set_values (mission, id,
              "objective_fr=o|audience_fr=a|place_fr=p|starts_on=2027-01-11|ends_on=2027-01-15|"
              "budget_closed_on=2026-01-08");
  kaf_change_set_create (set, mission);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *own = sim_file_name (id, parts[i].name);
      g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find (parts[i].entity), own);

      if (g_str_equal (parts[i].entity, left_out))
        continue;
      set_values (record, id, parts[i].values);
      g_hash_table_replace (self->in_file, g_strdup (own), g_strdup (id));
      kaf_change_set_create (set, record);
    }
}

/* Noting */

static int
find_part (const char *mission, const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *own = sim_file_name (mission, parts[i].name);

      if (g_str_equal (own, id))
        return (int) i;
    }
  return -1;
}

static void
note_made (File *file, const char *entity)
{
  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    if (g_str_equal (asked[i].entity, entity))
      file->made |= 1u << i;
}

/* Whether what somebody adds to a file may shut a gate of it. */
static gboolean
may_shut (KafRecord *record, const char *entity, const char *mission)
{
  g_autofree char *expert = sim_file_name (mission, "expert");

  if (g_str_equal (entity, "mission_expert"))
    return kaf_record_get (record, "answer") != NULL;
  if (g_str_equal (entity, "programme_item"))
    return g_strcmp0 (kaf_record_get (record, "trainer"), expert) != 0;
  if (g_str_equal (entity, "budget_line"))
    return kaf_record_get (record, "payer") == NULL;
  if (g_str_equal (entity, "mission_party"))
    return kaf_record_get (record, "contact_name") == NULL;
  return !g_str_equal (entity, "mission_act") && !g_str_equal (entity, "mission_convention") &&
         !g_str_equal (entity, "mission");
}

static void
note_creation (SimWorld *self, const KafOperation *op)
{
  const char *entity = kaf_operation_get_entity (op)->id;
  const char *id = kaf_operation_get_id (op);
  const char *mission = g_hash_table_lookup (self->in_file, id);
  int part = mission != NULL ? find_part (mission, id) : -1;
  File *file;

  if (part < 0)
    mission = kaf_entity_find_field (kaf_operation_get_entity (op), "mission") != NULL
                  ? kaf_record_get (op->after, "mission")
                  : NULL;
  if (mission == NULL)
    return;
  file = get_file (self, mission);
  note_made (file, entity);
  if (part >= 0)
    {
      file->taken |= 1u << part;
      return;
    }
  g_hash_table_replace (self->in_file, g_strdup (id), g_strdup (mission));
  file->touched |= may_shut (op->after, entity, mission);
  file->planned |= g_str_equal (entity, "programme_item");
}

/* What is said of a mission itself, by what no gate asks for. */
static gboolean
changes_little (const KafOperation *op)
{
  static const char *const little[] = { "title_fr", "territory", "followed_by",
                                        "lead",     "domains",   NULL };
  const KafField *fields = kaf_operation_get_entity (op)->fields;

  if (op->kind != KAF_CHANGE_UPDATE || !g_str_equal (kaf_operation_get_entity (op)->id, "mission"))
    return FALSE;
  for (guint i = 0; fields[i].id != NULL; i++)
    if (kaf_operation_changes (op, i) && !g_strv_contains (little, fields[i].id))
      return FALSE;
  return TRUE;
}

/* The hub took it. */
void
sim_file_note (SimWorld *self, const KafOperation *op)
{
  const char *id = kaf_operation_get_id (op);
  const char *mission;

  if (op->kind == KAF_CHANGE_CREATE)
    {
      note_creation (self, op);
      return;
    }
  mission = g_hash_table_lookup (self->in_file, id);
  if (mission == NULL && g_str_equal (kaf_operation_get_entity (op)->id, "mission"))
    mission = id;
  if (mission != NULL && !changes_little (op))
    get_file (self, mission)->touched = TRUE;
}

/* Judging */

/* Whether a gate of the step is surely shut. */
gboolean
sim_file_is_shut (SimWorld *self, const char *mission, guint step)
{
  const File *file = get_file (self, mission);

  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    if (asked[i].step == step && (file->made & 1u << i) == 0)
      return TRUE;
  return FALSE;
}

/* Whether all of them are surely open. */
gboolean
sim_file_is_open (SimWorld *self, const char *mission, guint step)
{
  const File *file = get_file (self, mission);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i].step <= step && (file->taken & 1u << i) == 0)
      return FALSE;
  return !file->touched && (step < DELIVERY || !file->planned);
}
