/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each user was granted, and what he may therefore see: told apart from the core, by what the hub holds
 * at that moment and by the words of the grant. */
#include "config.h"

#include "sim-world.h"

#include <string.h>

#include "schema/kaf-set.h"
#include "server/kaf-hub-storage.h"

/* Amendments of amendments are followed that far. */
#define ABOVE_MAX 5

/* Those with nothing behind the colon are of one that is there; before there is any, of those in Morocco. */
static const char *const grants[] = { "national",        "national",
                                      "country:CH",      "country:FR country:MA",
                                      "sector:health",   "country:CH sector:energy",
                                      "organisation:",   "mission:",
                                      "territory:MA-01", "convention:" };

gboolean
sim_scope_is_part (const SimDevice *device)
{
  return !g_str_equal (device->grant, "national") || device->role->entities != NULL;
}

/* Of those who see missions, and what these need. */
static const char *const tied_grants[] = { "mission:", "mission:", "organisation:" };

static const char *const narrow_grants[] = { "mission:", "mission:", "territory:MA-01",
                                             "organisation:", "convention:" };

static const char *
draw_grant (const SimWorld *self, guint32 any)
{
  if (self->of_ties)
    return tied_grants[any % G_N_ELEMENTS (tied_grants)];
  return self->of_missions ? narrow_grants[any % G_N_ELEMENTS (narrow_grants)]
                           : grants[any % G_N_ELEMENTS (grants)];
}

/* The first device sees everything, so that nothing is unseen by all; where missions are approved, who does that too,
 * and where all change the same, all. */
void
sim_scope_draw (SimWorld *self, SimDevice *device, guint32 any)
{
  gboolean all = device->number == 0 || self->of_sets > 0 || self->of_fields ||
                 self->of_judgements ||
                 (self->of_erasures && (!self->of_parts || any / 16 % 4 != 0)) ||
                 (sim_world_is_approver (self, device) && any % 4 != 0);
  const char *grant = all ? grants[0] : draw_grant (self, any);
  g_autofree char *kind = g_strndup (grant, strcspn (grant, ":"));
  GPtrArray *ids =
      g_hash_table_lookup (self->ids, g_str_equal (kind, "organisation") ? "network" : kind);

  if (ids != NULL && self->of_ties)
    any %= 8 * MIN (ids->len, 2);
  g_free (device->grant);
  if (g_str_has_suffix (grant, ":"))
    device->grant = ids == NULL
                        ? g_strdup ("country:MA")
                        : g_strconcat (grant, g_ptr_array_index (ids, any / 8 % ids->len), NULL);
  else
    device->grant = g_strdup (grant);
}

/* Other scopes, another role, all of it taken away and given back. */
void
sim_scope_change (SimWorld *self, SimDevice *device, const SimStep *step)
{
  static const char *const roles[] = { "agent", "partner", "manager", KAF_ROLE_NONE,
                                       "regional-officer" };

  /* Who judges keeps his role: what was refused of it would be shown to its author alone. */
  if (device->number == 0 || self->of_judgements)
    return;
  sim_scope_draw (self, device, step->a);
  if (!self->of_ties && (step->b % 2 == 0 || g_str_equal (device->role->id, KAF_ROLE_NONE)))
    device->role = kaf_role_find (roles[step->b / 2 % G_N_ELEMENTS (roles)]);
  if (g_str_equal (device->role->id, KAF_ROLE_NONE))
    {
      g_free (device->grant);
      device->grant = g_strdup ("");
    }
  sim_note (self, "  device %u is %s of “%s”", device->number, device->role->id, device->grant);
}

/* Who reads notes reads them no more; who does not, does from now on. */
void
sim_scope_turn (SimWorld *self, SimDevice *device)
{
  if (device->number == 0 || g_str_equal (device->role->id, KAF_ROLE_NONE))
    return;
  device->role = kaf_role_find ((device->role->reads & KAF_CLASS_PRIVATE) == 0 ? "agent"
                                : device->number % 2 == 0                      ? "partner"
                                                          : "regional-officer");
  sim_note (self, "  device %u is %s", device->number, device->role->id);
}

/* What the hub holds */

static gboolean
copy_record (KafHubRecord *record, gpointer data, GError **error)
{
  g_autoptr (GString) json = g_string_new (NULL);
  KafHubRecord *copy;

  kaf_hub_record_print (record, json);
  copy = kaf_hub_record_parse (record->root, record->id, record->seq, json->str, json->len, error);
  if (copy != NULL)
    g_ptr_array_add (data, copy);
  return copy != NULL;
}

GPtrArray *
sim_scope_read_hub (SimWorld *self)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_hub_record_free);
  g_autoptr (GError) error = NULL;
  KafHubStorage *storage = kaf_hub_sqlite_open (self->hub_path, FALSE, self->random, &error);

  g_assert_no_error (error);
  storage->klass->read_feed (storage, 0, NULL, NULL, copy_record, records, &error);
  g_assert_no_error (error);
  storage->klass->close (storage);
  return records;
}

static KafHubRecord *
find_record (GPtrArray *records, const char *root, const char *id)
{
  for (guint i = 0; i < records->len; i++)
    {
      KafHubRecord *record = g_ptr_array_index (records, i);

      if (g_str_equal (record->root->id, root) && g_strcmp0 (record->id, id) == 0)
        return record;
    }
  return NULL;
}

static const char *
get (KafHubRecord *record, const char *entity, const char *field)
{
  KafHubPart *part = kaf_hub_record_find (record, kaf_registry_find (entity));

  return part != NULL ? kaf_record_get (part->record, field) : NULL;
}

static gboolean
has_word (const SimDevice *device, const char *kind, const char *value)
{
  g_auto (GStrv) words = g_strsplit (device->grant, " ", -1);
  g_autofree char *word = value != NULL ? g_strconcat (kind, value, NULL) : NULL;

  return word != NULL && g_strv_contains ((const char *const *) words, word);
}

/* Missions, and what they need */

static KafRecord *
get_part (KafHubRecord *record)
{
  return ((KafHubPart *) g_ptr_array_index (record->parts, 0))->record;
}

static const char *
get_own (KafHubRecord *record, const char *field)
{
  return kaf_entity_find_field (record->root, field) != NULL ? get (record, record->root->id, field)
                                                             : NULL;
}

static gboolean
is_alive (KafHubRecord *record)
{
  return kaf_record_get_stamp (get_part (record))->deleted_at == 0;
}

/* The next living record of @entity from *@at on whose @field is that. */
static KafHubRecord *
find_next (GPtrArray *records, const char *entity, const char *field, const char *id, guint *at)
{
  while (id != NULL && *at < records->len)
    {
      KafHubRecord *record = g_ptr_array_index (records, (*at)++);

      if (g_str_equal (record->root->id, entity) && is_alive (record) &&
          g_strcmp0 (get_own (record, field), id) == 0)
        return record;
    }
  return NULL;
}

static gboolean
is_entered_by (const SimDevice *device, KafHubRecord *record)
{
  return g_strcmp0 (kaf_record_get_stamp (get_part (record))->created_by, device->user) == 0;
}

static gboolean
is_users (const SimDevice *device, KafHubRecord *record)
{
  return is_entered_by (device, record) ||
         g_strcmp0 (get_own (record, "followed_by"), device->user) == 0;
}

static gboolean
has_domain (const SimDevice *device, KafHubRecord *record)
{
  g_autoptr (GPtrArray) domains = kaf_set_parse (get_own (record, "domains"));

  for (guint i = 0; i < domains->len; i++)
    if (has_word (device, "sector:", ((KafElement *) g_ptr_array_index (domains, i))->value))
      return TRUE;
  return FALSE;
}

/* Whether what that mission needs is his. */
static gboolean
has_needs_of (const SimDevice *device, GPtrArray *records, const char *mission)
{
  KafHubRecord *record = find_record (records, "mission", mission);

  return record != NULL && is_alive (record) &&
         (has_word (device, "mission:", mission) ||
          has_word (device, "territory:", get_own (record, "territory")) ||
          is_users (device, record));
}

static gboolean
sees_mission (const SimDevice *device, GPtrArray *records, const char *id)
{
  KafHubRecord *record = find_record (records, "mission", id), *tie;

  if (record == NULL)
    return FALSE;
  for (guint at = 0; (tie = find_next (records, "mission_party", "mission", id, &at)) != NULL;)
    if (has_word (device, "organisation:", get_own (tie, "organisation")))
      return TRUE;
  for (guint at = 0; (tie = find_next (records, "mission_convention", "mission", id, &at)) != NULL;)
    if (has_word (device, "convention:", get_own (tie, "convention")))
      return TRUE;
  return has_word (device, "mission:", id) ||
         has_word (device, "territory:", get_own (record, "territory")) ||
         has_word (device, "organisation:", get_own (record, "lead")) ||
         is_users (device, record) || has_domain (device, record);
}

/* @of: what is tied to missions by records of @entity. */
static gboolean
is_needed_by (const SimDevice *device,
              GPtrArray *records,
              const char *entity,
              const char *field,
              const char *id)
{
  KafHubRecord *tie;

  for (guint at = 0; (tie = find_next (records, entity, field, id, &at)) != NULL;)
    if (g_strcmp0 (get_own (tie, "answer"), "discarded") != 0 &&
        has_needs_of (device, records, get_own (tie, "mission")))
      return TRUE;
  return FALSE;
}

static gboolean
is_needed_organisation (const SimDevice *device, GPtrArray *records, const char *id)
{
  KafHubRecord *tie;

  if (is_needed_by (device, records, "mission_party", "organisation", id) ||
      is_needed_by (device, records, "budget_line", "payer", id))
    return TRUE;
  for (guint at = 0; (tie = find_next (records, "mission", "lead", id, &at)) != NULL;)
    if (has_needs_of (device, records, tie->id))
      return TRUE;
  for (guint at = 0; (tie = find_next (records, "stakeholder", "organisation", id, &at)) != NULL;)
    if (is_needed_by (device, records, "mission_need", "need", get_own (tie, "need")))
      return TRUE;
  for (guint at = 0; (tie = find_next (records, "need", "stated_by", id, &at)) != NULL;)
    if (is_needed_by (device, records, "mission_need", "need", tie->id))
      return TRUE;
  return FALSE;
}

/* By itself, by what it stands within, or by what stands within it. */
static gboolean
is_needed_above (const SimDevice *device, GPtrArray *records, const char *id, guint depth)
{
  KafHubRecord *record = find_record (records, "convention", id);

  return record != NULL &&
         (is_needed_by (device, records, "mission_convention", "convention", id) ||
          (depth > 0 && is_needed_above (device, records, get_own (record, "parent"), depth - 1)));
}

static gboolean
is_needed_below (const SimDevice *device, GPtrArray *records, const char *id, guint depth)
{
  KafHubRecord *child;

  for (guint at = 0;
       depth > 0 && (child = find_next (records, "convention", "parent", id, &at)) != NULL;)
    if (is_needed_by (device, records, "mission_convention", "convention", child->id) ||
        is_needed_below (device, records, child->id, depth - 1))
      return TRUE;
  return FALSE;
}

static gboolean
has_need (const SimDevice *device, GPtrArray *records, const char *id)
{
  KafHubRecord *record = find_record (records, "need", id);

  return record != NULL && (has_word (device, "organisation:", get_own (record, "stated_by")) ||
                            is_users (device, record) || has_domain (device, record));
}

/* A mission that was deleted answers nothing any more. */
static gboolean
sees_need (const SimDevice *device, GPtrArray *records, const char *id)
{
  KafHubRecord *tie;

  for (guint at = 0; (tie = find_next (records, "mission_need", "need", id, &at)) != NULL;)
    {
      KafHubRecord *mission = find_record (records, "mission", get_own (tie, "mission"));

      if (mission != NULL && is_alive (mission) && sees_mission (device, records, mission->id))
        return TRUE;
    }
  return has_need (device, records, id);
}

static gboolean
sees_file (const SimDevice *device, GPtrArray *records, KafHubRecord *record)
{
  const char *entity = record->root->id;

  if (g_str_equal (entity, "mission"))
    return sees_mission (device, records, record->id);
  if (g_str_equal (entity, "need"))
    return sees_need (device, records, record->id);
  if (g_str_equal (entity, "stakeholder"))
    return sees_need (device, records, get_own (record, "need")) ||
           has_word (device, "organisation:", get_own (record, "organisation"));
  return sees_mission (device, records, get_own (record, "mission")) ||
         (g_str_equal (entity, "mission_need") &&
          has_need (device, records, get_own (record, "need"))) ||
         (g_str_equal (entity, "mission_party") &&
          has_word (device, "organisation:", get_own (record, "organisation"))) ||
         (g_str_equal (entity, "budget_line") &&
          has_word (device, "organisation:", get_own (record, "payer")));
}

/* But for the sake of a mission. */
static gboolean
has_organisation (const SimDevice *device, GPtrArray *records, const char *id)
{
  KafHubRecord *record = find_record (records, "organisation", id);

  return has_word (device, "organisation:", id) ||
         (record != NULL && has_word (device, "country:", get (record, "organisation", "country")));
}

static gboolean
sees_organisation (const SimDevice *device, GPtrArray *records, const char *id)
{
  KafHubRecord *record = find_record (records, "organisation", id);

  return has_organisation (device, records, id) ||
         (record != NULL &&
          ((kaf_role_may_write (device->role, record->root) && is_entered_by (device, record)) ||
           is_needed_organisation (device, records, id)));
}

static gboolean
is_tied_by (const SimDevice *device,
            GPtrArray *records,
            const char *entity,
            const char *field,
            const char *person)
{
  for (guint i = 0; i < records->len; i++)
    {
      KafHubRecord *record = g_ptr_array_index (records, i);

      if (g_str_equal (record->root->id, entity) &&
          g_strcmp0 (get (record, entity, "person"), person) == 0 &&
          kaf_record_get_stamp (((KafHubPart *) g_ptr_array_index (record->parts, 0))->record)
                  ->deleted_at == 0 &&
          has_word (device, "organisation:", get (record, entity, field)))
        return TRUE;
    }
  return FALSE;
}

/* Or holds office there. */
static gboolean
is_member (const SimDevice *device, GPtrArray *records, const char *person)
{
  return is_tied_by (device, records, "membership", "network", person) ||
         is_tied_by (device, records, "mandate", "organisation", person);
}

static gboolean
sees_person (const SimDevice *device, GPtrArray *records, const char *id)
{
  KafHubRecord *record = find_record (records, "person", id);
  g_autoptr (GPtrArray) domains = NULL;

  if (record == NULL)
    return FALSE;
  domains = kaf_set_parse (get (record, "expert", "domains"));
  for (guint i = 0; i < domains->len; i++)
    if (has_word (device, "sector:", ((KafElement *) g_ptr_array_index (domains, i))->value))
      return TRUE;
  return has_word (device, "country:", get (record, "person", "country")) ||
         is_member (device, records, id) ||
         is_needed_by (device, records, "mission_expert", "person", id);
}

static gboolean
sees_membership (const SimDevice *device, GPtrArray *records, KafHubRecord *record)
{
  return sees_person (device, records, get (record, "membership", "person")) ||
         has_organisation (device, records, get (record, "membership", "network"));
}

static gboolean
sees_mandate (const SimDevice *device, GPtrArray *records, KafHubRecord *record)
{
  return sees_person (device, records, get_own (record, "person")) ||
         sees_organisation (device, records, get_own (record, "organisation"));
}

/* Its parties', and those of what it stands within. */
static gboolean
has_convention (const SimDevice *device, GPtrArray *records, const char *id, guint depth)
{
  KafHubRecord *record = find_record (records, "convention", id);
  g_autoptr (GPtrArray) parties = NULL;

  if (record == NULL)
    return FALSE;
  parties = kaf_set_parse (get (record, "convention", "parties"));
  for (guint i = 0; i < parties->len; i++)
    if (has_word (device, "organisation:", ((KafElement *) g_ptr_array_index (parties, i))->value))
      return TRUE;
  return has_word (device, "convention:", id) ||
         (depth > 0 &&
          has_convention (device, records, get (record, "convention", "parent"), depth - 1));
}

static gboolean
sees_convention (const SimDevice *device, GPtrArray *records, const char *id, guint depth)
{
  return has_convention (device, records, id, depth) ||
         is_needed_above (device, records, id, depth) ||
         is_needed_below (device, records, id, depth);
}

/* What hangs on a person, or on a part of a file. */
static gboolean
sees_belonging (const SimDevice *device, GPtrArray *records, KafHubRecord *record)
{
  const char *entity = record->root->id;
  KafHubRecord *other = NULL;

  if (g_str_equal (entity, "consent"))
    return sees_person (device, records, get_own (record, "person"));
  if (g_str_equal (entity, "contact") && get_own (record, "person") != NULL)
    return sees_person (device, records, get_own (record, "person"));
  if (g_str_equal (entity, "attachment"))
    return sees_person (device, records, get_own (record, "owner"));
  if (g_str_equal (entity, "attendance"))
    other = find_record (records, "programme_item", get_own (record, "session"));
  else if (sees_mission (device, records, get_own (record, "mission")))
    return TRUE;
  else
    other = find_record (records, "stakeholder", get_own (record, "stakeholder"));
  return other != NULL && sees_file (device, records, other);
}

/* Rules and closed months. */
static gboolean
is_everybodys (const KafEntity *root)
{
  return g_str_equal (root->id, "rule_set") || g_str_equal (root->id, "target_tally");
}

/* Of what belongs to another record, that of its kind as well. */
static gboolean
is_open (const SimDevice *device, KafHubRecord *record)
{
  const KafEntity *owner = kaf_registry_find (get_own (record, "owner_entity"));

  return kaf_role_knows (device->role, record->root) &&
         (owner == NULL || kaf_role_knows (device->role, kaf_entity_get_root (owner)));
}

gboolean
sim_scope_sees (const SimDevice *device, GPtrArray *records, const KafEntity *root, const char *id)
{
  static const char *const belongings[] = { "consent", "attachment", "attendance", "contact",
                                            NULL };
  KafHubRecord *record = find_record (records, root->id, id);
  const KafEntity *owner;

  if (kaf_entity_has (root, KAF_ENTITY_LIST))
    return TRUE;
  if (record == NULL || !is_open (device, record))
    return FALSE;
  if (g_str_equal (device->grant, "national") || is_everybodys (root))
    return TRUE;
  if (g_str_equal (root->id, "person"))
    return sees_person (device, records, id);
  if (g_str_equal (root->id, "organisation"))
    return sees_organisation (device, records, id);
  if (g_str_equal (root->id, "membership"))
    return sees_membership (device, records, record);
  if (g_str_equal (root->id, "mandate"))
    return sees_mandate (device, records, record);
  if (g_str_equal (root->id, "convention"))
    return sees_convention (device, records, id, ABOVE_MAX);
  if (g_str_equal (root->id, "commitment"))
    return sees_convention (device, records, get (record, "commitment", "convention"),
                            ABOVE_MAX - 1);
  if (g_strv_contains (belongings, root->id))
    return sees_belonging (device, records, record);
  if (kaf_registry_is_of_mission (root))
    return sees_file (device, records, record);
  owner = kaf_registry_find (get (record, "conflict", "owner_entity"));
  /* A conflict over what is everybody's is for those who see everything. */
  return owner != NULL && !kaf_entity_has (owner, KAF_ENTITY_LIST) && !is_everybodys (owner) &&
         sim_scope_sees (device, records, kaf_entity_get_root (owner),
                         get (record, "conflict", "owner"));
}

/* What the hub said */

/* Whether @rest tells the record whole. */
static gboolean
is_told_again (const char *rest, gsize size, const KafFeedRow *dropped)
{
  const char *line;
  gsize length;

  while ((line = kaf_exchange_next (&rest, &size, &length)) != NULL)
    {
      g_autoptr (KafFeedRow) row = kaf_feed_row_parse (line, length, NULL);

      if (row != NULL && row->whole && row->root == dropped->root &&
          g_str_equal (row->id, dropped->id))
        return TRUE;
    }
  return FALSE;
}

void
sim_scope_check_answer (SimWorld *self, SimDevice *device, const char *answer, gsize size)
{
  g_autoptr (GPtrArray) records = NULL;
  const char *line;
  gsize length;

  if (!sim_scope_is_part (device))
    return;
  records = sim_scope_read_hub (self);
  while ((line = kaf_exchange_next (&answer, &size, &length)) != NULL)
    {
      g_autoptr (KafFeedRow) row = kaf_feed_row_parse (line, length, NULL);
      gboolean sees;

      if (row == NULL || row->root == NULL)
        continue;
      sees = sim_scope_sees (device, records, row->root, row->id);
      if (!row->dropped && !sees)
        sim_wrong (self, "device %u, of “%s”, was told of %s %s", device->number, device->grant,
                   row->root->id, row->id);
      if (row->dropped && sees && !is_told_again (answer, size, row))
        sim_wrong (self, "device %u, of “%s”, was told to drop %s %s", device->number,
                   device->grant, row->root->id, row->id);
    }
}

/* Of several operations on one record in a group the field tells which is meant. */
static gboolean
is_meant (const KafRefused *refused, const KafOperation *op)
{
  const KafEntity *entity = kaf_operation_get_entity (op);
  gboolean fate = op->kind == KAF_CHANGE_DELETE || op->kind == KAF_CHANGE_RESTORE;

  if (!g_str_equal (refused->entity, entity->id) ||
      !g_str_equal (refused->id, kaf_operation_get_id (op)))
    return FALSE;
  /* Which gates: an act is written once. */
  if (g_str_equal (refused->why, KAF_REFUSED_GATES))
    return op->kind == KAF_CHANGE_CREATE;
  if (refused->field == NULL || fate)
    return refused->field == NULL || g_str_equal (refused->why, KAF_REFUSED_DELETE);
  return !g_str_equal (refused->why, KAF_REFUSED_DELETE) &&
         kaf_operation_changes (op, kaf_entity_field_index (entity, refused->field));
}

/* Whether the hub named the operation among those that it did not take. */
static const KafRefused *
find_refused (const KafVerdict *verdict, const KafOperation *op)
{
  for (guint i = 0; verdict->refused != NULL && i < verdict->refused->len; i++)
    {
      const KafRefused *one = g_ptr_array_index (verdict->refused, i);

      if (is_meant (one, op))
        return one;
    }
  return NULL;
}

/* @expected: by the rights of the role, and for want of what it concerns. What else is refused must lie
 * outside of the grant, or be a deletion of what the role may not write; what lies outside is refused. */
gboolean
sim_scope_judge (SimWorld *self,
                 SimDevice *device,
                 const KafOperation *op,
                 const KafVerdict *verdict,
                 gboolean expected)
{
  const KafRefused *named = find_refused (verdict, op);
  const KafEntity *root = kaf_entity_get_root (kaf_operation_get_entity (op));
  const char *id = kaf_operation_get_id (op);
  gboolean outside = self->before != NULL && find_record (self->before, root->id, id) != NULL &&
                     !sim_scope_sees (device, self->before, root, id);

  if (named != NULL)
    sim_note (self, "  the hub refused %s %s: %s", kaf_operation_get_entity (op)->id,
              kaf_operation_get_id (op), named->why);
  if (kaf_entity_has (root, KAF_ENTITY_LIST))
    return expected;
  if ((expected || outside) && named == NULL)
    sim_wrong (self, "the hub took of device %u what it may not write: %s %s", device->number,
               root->id, id);
  if (named == NULL)
    return FALSE;
  if (!expected && g_str_equal (named->why, KAF_REFUSED_SCOPE) && !sim_scope_is_part (device))
    sim_wrong (self, "%s %s is outside of what device %u sees, which is everything", root->id, id,
               device->number);
  if (!expected && (g_str_equal (named->why, KAF_REFUSED_STALE) ||
                    g_str_equal (named->why, KAF_REFUSED_BEFORE) ||
                    g_str_equal (named->why, KAF_REFUSED_APPROVAL)))
    sim_wrong (self, "%s of device %u follows, and was refused: %s", id, device->number,
               named->why);
  if (!expected)
    sim_mission_judge (self, device, op, named->why);
  sim_figures_judge (self, device, op, named->why);
  if (!expected && g_str_equal (named->why, KAF_REFUSED_RIGHT))
    sim_wrong (self, "device %u may write %s %s, and was refused", device->number, root->id, id);
  return TRUE;
}
