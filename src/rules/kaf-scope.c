/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/kaf-scope.h"

#include <string.h>

#include "schema/kaf-registry.h"
#include "schema/kaf-set.h"

/* What was done of a commitment leads to it, that to an amendment, to its convention, to the framework and to
 * the owner of its programme: no chain of the schema is longer. */
#define DEPTH_MAX 5

typedef struct
{
  GPtrArray *scopes; /* of char*; one may stand there twice */
  const KafScopeSource *source;
} Scopes;

/* The missions that need something. */
typedef struct
{
  const Scopes *scopes;
  GHashTable *missions; /* set of ids */
  GHashTable *needs;    /* set of ids: those looked at */
  gboolean is_person;
  guint depth;
} Ties;

/* How far the missions that need something reach into what is collected. */
typedef enum
{
  NEEDED_NOT,
  NEEDED_ITSELF,    /* of a convention: not those that need what stands within it */
  NEEDED_WITH_PARTS /* those too */
} Needed;

static void collect (Scopes *self, KafRecord *record, guint depth, Needed needed);

static void
add (Scopes *self, const char *kind, const char *value)
{
  if (value != NULL)
    g_ptr_array_add (self->scopes, g_strconcat (kind, ":", value, NULL));
}

static void
add_set (Scopes *self, const char *kind, const char *set)
{
  g_autoptr (GPtrArray) elements = kaf_set_parse (set);

  for (guint i = 0; i < elements->len; i++)
    add (self, kind, ((KafElement *) g_ptr_array_index (elements, i))->value);
}

static const char *
get (KafRecord *record, const char *field)
{
  return kaf_entity_find_field (kaf_record_get_entity (record), field) != NULL
             ? kaf_record_get (record, field)
             : NULL;
}

static gboolean
is_a (KafRecord *record, const char *entity)
{
  return g_str_equal (kaf_record_get_entity (record)->id, entity);
}

static KafRecord *
look_up (const Scopes *self, const KafEntity *entity, const char *id)
{
  if (id == NULL || entity == NULL || self->source->lookup == NULL)
    return NULL;
  return self->source->lookup (entity, id, self->source->data);
}

static void
each_belonging (const Scopes *self, KafRecord *record, KafScopeFunc func, gpointer data)
{
  if (self->source->each_belonging != NULL)
    self->source->each_belonging (kaf_record_get_entity (record), kaf_record_get_id (record), func,
                                  data, self->source->data);
}

static gboolean
is_alive (KafRecord *record)
{
  return kaf_record_get_stamp (record)->deleted_at == 0;
}

/* A province with its region. */
static void
add_territory (Scopes *self, const char *code)
{
  const KafEntity *territories = kaf_registry_find ("territory");

  for (guint i = 0; code != NULL && i < DEPTH_MAX; i++)
    {
      KafRecord *item;

      add (self, "territory", code);
      item = look_up (self, territories, code);
      code = item != NULL ? kaf_record_get (item, "parent") : NULL;
    }
}

/* Missions */

gboolean
kaf_scope_names (const KafEntity *entity, const KafField *field)
{
  static const char *const of_mission[] = { "lead", "facilitator", "programme", NULL };

  if (field->target == NULL)
    return FALSE;
  if (g_str_equal (entity->id, "mission"))
    return g_strv_contains (of_mission, field->id);
  return g_str_equal (entity->id, "need") && g_str_equal (field->id, "stated_by");
}

gboolean
kaf_scope_ties (const KafEntity *entity)
{
  static const char *const ties[] = { "mission_expert",
                                      "mission_party",
                                      "mission_need",
                                      "mission_convention",
                                      "budget_line",
                                      "stakeholder",
                                      NULL };

  return g_strv_contains (ties, entity->id);
}

/* Where a mission, and what it needs, stands. */
static void
add_closure (Scopes *self, KafRecord *mission)
{
  add (self, "mission", kaf_record_get_id (mission));
  add_territory (self, kaf_record_get (mission, "territory"));
  add (self, "user", kaf_record_get_stamp (mission)->created_by);
  add (self, "user", kaf_record_get (mission, "followed_by"));
}

/* Who was listed and not retained after all has no more to do with the mission. */
static gboolean
holds_tie (KafRecord *tie)
{
  return is_alive (tie) && kaf_scope_ties (kaf_record_get_entity (tie)) &&
         g_strcmp0 (get (tie, "answer"), "discarded") != 0;
}

static gboolean
has_room (const Ties *self)
{
  return self->is_person || g_hash_table_size (self->missions) <= KAF_SCOPE_MISSIONS_MAX;
}

static void tie_need (Ties *self, const char *id);

/* By a record that belongs to what is asked about. */
static gboolean
find_tie (KafRecord *record, gpointer data)
{
  Ties *self = data;

  if (!holds_tie (record))
    return TRUE;
  if (get (record, "mission") != NULL)
    g_hash_table_add (self->missions, g_strdup (get (record, "mission")));
  else
    tie_need (self, get (record, "need"));
  return has_room (self);
}

static void
tie_need (Ties *self, const char *id)
{
  KafRecord *need = NULL;

  /* All that ties somebody to a need belongs to it, and leads here again. */
  if (id != NULL && !g_hash_table_contains (self->needs, id))
    need = look_up (self->scopes, kaf_registry_find ("need"), id);
  if (need != NULL && self->depth < DEPTH_MAX)
    {
      g_hash_table_add (self->needs, g_strdup (id));
      self->depth++;
      each_belonging (self->scopes, need, find_tie, self);
      self->depth--;
    }
}

static gboolean
find_naming (KafRecord *record, gpointer data)
{
  Ties *self = data;

  if (!is_alive (record))
    return TRUE;
  if (is_a (record, "mission"))
    g_hash_table_add (self->missions, g_strdup (kaf_record_get_id (record)));
  else
    tie_need (self, kaf_record_get_id (record));
  return has_room (self);
}

/* A convention is needed with what it stands within, and an amendment with what it amends. */
static gboolean
find_below (KafRecord *record, gpointer data)
{
  Ties *self = data;

  if (is_a (record, "convention") && is_alive (record) && self->depth < DEPTH_MAX)
    {
      self->depth++;
      each_belonging (self->scopes, record, find_tie, self);
      each_belonging (self->scopes, record, find_below, self);
      self->depth--;
    }
  return has_room (self);
}

static void
add_closures (Scopes *self, GHashTable *missions, gboolean is_person)
{
  const KafEntity *entity = kaf_registry_find ("mission");
  GHashTableIter iter;
  gpointer id;

  if (!is_person && g_hash_table_size (missions) > KAF_SCOPE_MISSIONS_MAX)
    {
      g_ptr_array_add (self->scopes, g_strdup (KAF_SCOPE_MISSIONS));
      return;
    }
  g_hash_table_iter_init (&iter, missions);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      KafRecord *mission = look_up (self, entity, id);

      if (mission != NULL && is_alive (mission))
        add_closure (self, mission);
    }
}

/* Of a person, an organisation, a convention, a programme: the missions that need it. @below: with those that need
 * what stands within it. */
static void
add_missions (Scopes *self, KafRecord *record, gboolean below)
{
  const KafScopeSource *source = self->source;
  g_autoptr (GHashTable) missions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) needs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Ties ties = { self, missions, needs, is_a (record, "person"), 0 };

  each_belonging (self, record, find_tie, &ties);
  /* No convention stands within a person. */
  if (below && !ties.is_person)
    each_belonging (self, record, find_below, &ties);
  if (source->each_naming != NULL && !ties.is_person && has_room (&ties))
    source->each_naming (kaf_record_get_entity (record), kaf_record_get_id (record), find_naming,
                         &ties, source->data);
  add_closures (self, missions, ties.is_person);
}

typedef struct
{
  Scopes *scopes;
  const char *entity, *field, *kind;
} Named;

static gboolean
add_named (KafRecord *record, gpointer data)
{
  const Named *self = data;

  if (is_a (record, self->entity) && is_alive (record))
    add (self->scopes, self->kind, kaf_record_get (record, self->field));
  return TRUE;
}

static void
collect_mission (Scopes *self, KafRecord *record)
{
  Named parties = { self, "mission_party", "organisation", "organisation" };
  Named conventions = { self, "mission_convention", "convention", "convention" };

  add_closure (self, record);
  add_set (self, "sector", kaf_record_get (record, "domains"));
  add (self, "organisation", kaf_record_get (record, "lead"));
  add (self, "organisation", kaf_record_get (record, "facilitator"));
  each_belonging (self, record, add_named, &parties);
  each_belonging (self, record, add_named, &conventions);
}

/* A need is everybody's who has to do with a mission that answers it. */
static gboolean
add_answer (KafRecord *record, gpointer data)
{
  Scopes *self = data;
  KafRecord *mission =
      is_a (record, "mission_need") && is_alive (record)
          ? look_up (self, kaf_registry_find ("mission"), kaf_record_get (record, "mission"))
          : NULL;

  if (mission != NULL && is_alive (mission))
    collect_mission (self, mission);
  return TRUE;
}

static void
collect_need (Scopes *self, KafRecord *record, Needed needed)
{
  add_territory (self, kaf_record_get (record, "territory"));
  add_set (self, "sector", kaf_record_get (record, "domains"));
  add (self, "organisation", kaf_record_get (record, "stated_by"));
  add (self, "user", kaf_record_get_stamp (record)->created_by);
  add (self, "user", kaf_record_get (record, "followed_by"));
  if (needed != NEEDED_NOT)
    each_belonging (self, record, add_answer, self);
}

/* Whether what belongs to a record goes with it where a mission needs that one: of an organisation, which has to do
 * with many, its names and who holds office there; of the files of missions, each its own. */
static Needed
get_carried (const KafEntity *entity, const KafEntity *root)
{
  static const char *const with_organisation[] = { "organisation_name", "mandate", "attachment",
                                                   "conflict", NULL };

  if (g_str_equal (root->id, "organisation"))
    return g_strv_contains (with_organisation, entity->id) ? NEEDED_WITH_PARTS : NEEDED_NOT;
  if (g_str_equal (root->id, "need"))
    return g_str_equal (entity->id, "mission_need") ? NEEDED_NOT : NEEDED_WITH_PARTS;
  if (g_str_equal (root->id, "convention") && g_str_equal (entity->id, "convention"))
    return NEEDED_ITSELF;
  return g_str_equal (root->id, "programme") ? NEEDED_NOT : NEEDED_WITH_PARTS;
}

/* Following */

static void
follow (Scopes *self, const KafEntity *of, const KafEntity *root, const char *id, guint depth)
{
  KafRecord *record = depth < DEPTH_MAX ? look_up (self, root, id) : NULL;

  if (record != NULL)
    collect (self, record, depth + 1, get_carried (of, root));
}

static gboolean
leads_to_organisation (const KafField *field)
{
  const KafEntity *target = kaf_registry_find (field->target);

  return kaf_field_has (field, KAF_FIELD_PARENT) && target != NULL &&
         g_str_equal (kaf_entity_get_root (target)->id, "organisation");
}

static gboolean
leads_to_file (const KafField *field)
{
  return kaf_field_has (field, KAF_FIELD_PARENT) &&
         kaf_registry_is_of_mission (kaf_registry_find (field->target));
}

/* Whether the record is of the file of a mission or a need. */
static gboolean
is_filed (KafRecord *record)
{
  const KafField *fields = kaf_record_get_entity (record)->fields;

  for (guint i = 0; fields[i].id != NULL; i++)
    if (leads_to_file (&fields[i]) && kaf_record_get_at (record, i) != NULL)
      return TRUE;
  return FALSE;
}

/* What a relay is asked of one person is not told to it for that: the officer tells it what she agreed to. */
static gboolean
is_of_one (KafRecord *record)
{
  return is_a (record, "relay") && kaf_record_get (record, "person") != NULL;
}

/* What belongs to another record stands where that one does; who is in a list, where the list does: that is said of the
 * list, and no part of her file. */
static void
follow_parents (Scopes *self, KafRecord *record, guint depth)
{
  const KafEntity *entity = kaf_record_get_entity (record);
  gboolean filed = is_filed (record);

  for (const KafField *field = entity->fields; field->id != NULL; field++)
    if (kaf_field_has (field, KAF_FIELD_PARENT))
      {
        const char *id = kaf_record_get (record, field->id);

        if (leads_to_organisation (field) && is_of_one (record))
          continue;
        if (is_a (record, "segment_member") && !g_str_equal (field->id, "list"))
          continue;
        if (leads_to_organisation (field))
          add (self, "organisation", id);
        if (!filed || leads_to_file (field))
          follow (self, entity, kaf_entity_get_root (kaf_registry_find (field->target)), id, depth);
      }
  if (kaf_entity_find_field (entity, "owner_entity") != NULL)
    {
      const KafEntity *owner = kaf_registry_find (kaf_record_get (record, "owner_entity"));

      if (owner != NULL)
        follow (self, entity, kaf_entity_get_root (owner), kaf_record_get (record, "owner"), depth);
    }
}

/* Where a project is, and whose it is to follow: there its holder is too. */
static void
add_project (Scopes *self, KafRecord *project)
{
  add_territory (self, kaf_record_get (project, "territory"));
  add (self, "user", kaf_record_get (project, "counsellor"));
}

/* A person stands with the networks that she is a member of, and those where she holds office; a holder where her
 * projects are. */
static gboolean
add_tie (KafRecord *tie, gpointer data)
{
  const KafField *fields = kaf_record_get_entity (tie)->fields;

  if (is_a (tie, "project") && is_alive (tie))
    add_project (data, tie);
  for (guint j = 0; is_alive (tie) && !is_of_one (tie) && fields[j].id != NULL; j++)
    if (leads_to_organisation (&fields[j]) &&
        (!kaf_scope_ties (kaf_record_get_entity (tie)) || holds_tie (tie)))
      add (data, "organisation", kaf_record_get_at (tie, j));
  return TRUE;
}

static void
collect_part (Scopes *self, KafRecord *record)
{
  const KafEntity *entity = kaf_record_get_entity (record);

  add (self, "country", get (record, "country"));
  add_territory (self, get (record, "territory"));
  add (self, "user", get (record, "counsellor"));
  if (g_str_equal (entity->id, "expert"))
    add_set (self, "sector", get (record, "domains"));
}

static void
collect_facets (Scopes *self, KafRecord *record)
{
  const KafEntity *root = kaf_record_get_entity (record);

  collect_part (self, record);
  for (guint bit = 1; kaf_registry_find_facet (root, bit) != NULL; bit <<= 1)
    {
      KafRecord *facet =
          look_up (self, kaf_registry_find_facet (root, bit), kaf_record_get_id (record));

      if (facet != NULL)
        collect_part (self, facet);
    }
}

/* A consular post is asked through those who see its country. */
static void
collect_relay (Scopes *self, KafRecord *record)
{
  KafRecord *post = look_up (self, kaf_registry_find ("post"), kaf_record_get (record, "post"));

  if (post != NULL && !is_of_one (record))
    add (self, "country", kaf_record_get (post, "country"));
  add (self, "user", kaf_record_get (record, "by_whom"));
}

/* @record: a root; its facets stand with it. */
static void
collect (Scopes *self, KafRecord *record, guint depth, Needed needed)
{
  if (is_a (record, "segment") && g_strcmp0 (kaf_record_get (record, "shared"), "1") != 0)
    add (self, "user", kaf_record_get_stamp (record)->created_by);
  if (is_a (record, "mission"))
    collect_mission (self, record);
  else if (is_a (record, "need"))
    collect_need (self, record, needed);
  else if (is_a (record, "convention"))
    {
      add (self, "convention", kaf_record_get_id (record));
      add_set (self, "organisation", kaf_record_get (record, "parties"));
    }
  else if (is_a (record, "person") || is_a (record, "organisation"))
    collect_facets (self, record);
  else if (is_a (record, "project"))
    add_project (self, record);
  else if (is_a (record, "meeting"))
    add (self, "user", kaf_record_get_stamp (record)->created_by);
  else if (is_a (record, "relay"))
    collect_relay (self, record);
  if (is_a (record, "person"))
    each_belonging (self, record, add_tie, self);
  if (is_a (record, "organisation"))
    {
      add (self, "organisation", kaf_record_get_id (record));
      if (needed != NEEDED_NOT)
        add (self, "entered", kaf_record_get_stamp (record)->created_by);
    }
  if (needed != NEEDED_NOT && (is_a (record, "person") || is_a (record, "organisation") ||
                               is_a (record, "convention") || is_a (record, "programme")))
    add_missions (self, record, needed == NEEDED_WITH_PARTS);
  follow_parents (self, record, depth);
}

/* What nobody else has to do with, but for those who see everything. */
static gboolean
is_own (const KafEntity *entity)
{
  return g_str_equal (entity->id, "saved_filter") || g_str_equal (entity->id, "disclosure");
}

static void
collect_all (Scopes *self, KafRecord *record)
{
  const KafEntity *entity = kaf_record_get_entity (record);
  KafRecord *root = entity->owner != NULL
                        ? look_up (self, kaf_entity_get_root (entity), kaf_record_get_id (record))
                        : record;

  if (is_own (entity))
    add (self, "user", kaf_record_get_stamp (record)->created_by);
  add (self, "of", get (record, "owner_entity"));
  if (entity->owner != NULL)
    collect_part (self, record);
  if (root != NULL)
    collect (self, root, 0, NEEDED_WITH_PARTS);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* In their order, each once. */
static void
sort_once (GPtrArray *scopes)
{
  guint n = 0;

  g_ptr_array_sort (scopes, compare);
  for (guint i = 0; i < scopes->len; i++)
    if (n > 0 && g_str_equal (scopes->pdata[i], scopes->pdata[n - 1]))
      g_free (scopes->pdata[i]);
    else
      scopes->pdata[n++] = scopes->pdata[i];
  g_ptr_array_set_size (scopes, n);
}

gboolean
kaf_scope_is_everybodys (const KafEntity *entity)
{
  static const char *const kinds[] = { "setting", "rule_set", "target_tally", "text_template",
                                       NULL };

  return kaf_entity_has (entity, KAF_ENTITY_LIST) || g_strv_contains (kinds, entity->id);
}

char **
kaf_scope_of (KafRecord *record, const KafScopeSource *source)
{
  const KafEntity *entity = kaf_record_get_entity (record);
  GPtrArray *scopes = g_ptr_array_new ();
  Scopes self = { scopes, source };

  if (kaf_scope_is_everybodys (entity))
    g_ptr_array_add (scopes, g_strdup (KAF_SCOPE_SYSTEM));
  else
    {
      g_ptr_array_add (scopes, g_strdup (KAF_SCOPE_NATIONAL));
      collect_all (&self, record);
    }
  sort_once (scopes);
  g_ptr_array_add (scopes, NULL);
  return (char **) g_ptr_array_free (scopes, FALSE);
}

char **
kaf_scope_of_closure (KafRecord *mission, const KafScopeSource *source)
{
  GPtrArray *scopes = g_ptr_array_new ();
  Scopes self = { scopes, source };

  add_closure (&self, mission);
  sort_once (scopes);
  g_ptr_array_add (scopes, NULL);
  return (char **) g_ptr_array_free (scopes, FALSE);
}

gboolean
kaf_scope_covers (const char *grant, const char *const *scopes)
{
  return g_strv_contains (scopes, grant) || g_strv_contains (scopes, KAF_SCOPE_SYSTEM);
}
