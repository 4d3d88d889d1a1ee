/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "schema/kaf-registry.h"

#include "schema/entities/kaf-entities.h"

static const KafEntity *const entities[] = {
  &kaf_entity_country,
  &kaf_entity_territory,
  &kaf_entity_sector,
  &kaf_entity_occupation,
  &kaf_entity_domain,
  &kaf_entity_language,
  &kaf_entity_attachment,
  &kaf_entity_person,
  &kaf_entity_expert,
  &kaf_entity_organisation,
  &kaf_entity_network,
  &kaf_entity_organisation_name,
  &kaf_entity_mandate,
  &kaf_entity_membership,
  &kaf_entity_availability,
  &kaf_entity_contact,
  &kaf_entity_source_claim,
  &kaf_entity_consent,
  &kaf_entity_disclosure,
  &kaf_entity_setting,
  &kaf_entity_saved_filter,
  &kaf_entity_conflict,
  &kaf_entity_programme,
  &kaf_entity_convention,
  &kaf_entity_convention_article,
  &kaf_entity_signatory,
  &kaf_entity_commitment,
  &kaf_entity_fulfilment,
  &kaf_entity_training_module,
  &kaf_entity_training_session,
  &kaf_entity_holiday,
  &kaf_entity_need,
  &kaf_entity_stakeholder,
  &kaf_entity_mission,
  &kaf_entity_mission_act,
  &kaf_entity_mission_need,
  &kaf_entity_mission_convention,
  &kaf_entity_mission_party,
  &kaf_entity_mission_expert,
  &kaf_entity_candidate_request,
  &kaf_entity_mission_result,
  &kaf_entity_mission_room,
  &kaf_entity_programme_item,
  &kaf_entity_budget_line,
  &kaf_entity_budget_adjustment,
  &kaf_entity_equipment,
  &kaf_entity_booking,
  &kaf_entity_participant,
  &kaf_entity_attendance,
  &kaf_entity_material,
  &kaf_entity_pair,
  &kaf_entity_follow_up,
  &kaf_entity_evaluation,
  &kaf_entity_post,
  &kaf_entity_project_holder,
  &kaf_entity_project,
  &kaf_entity_project_stage,
  &kaf_entity_contribution,
  &kaf_entity_rule_set,
  &kaf_entity_tier_override,
  &kaf_entity_tier_record,
  &kaf_entity_segment,
  &kaf_entity_segment_list,
  &kaf_entity_segment_member,
  &kaf_entity_relay,
  &kaf_entity_target_tally,
  &kaf_entity_meeting,
  &kaf_entity_agenda_item,
  &kaf_entity_meeting_attendee,
  &kaf_entity_decision,
  &kaf_entity_text_template,
  &kaf_entity_judgement,
  &kaf_entity_field_choice,
};

const KafEntity *const *
kaf_registry_entities (guint *n_entities)
{
  *n_entities = G_N_ELEMENTS (entities);
  return entities;
}

/* By id: whatever is read, kept or sent is looked up here, several times a record. */
static GHashTable *
get_index (void)
{
  static GHashTable *index;

  if (g_once_init_enter (&index))
    {
      GHashTable *all = g_hash_table_new (g_str_hash, g_str_equal);

      for (guint i = 0; i < G_N_ELEMENTS (entities); i++)
        g_hash_table_insert (all, (gpointer) entities[i]->id, (gpointer) entities[i]);
      g_once_init_leave (&index, all);
    }
  return index;
}

const KafEntity *
kaf_registry_find (const char *id)
{
  return id != NULL ? g_hash_table_lookup (get_index (), id) : NULL;
}

static gboolean
find_mission (const KafEntity *entity)
{
  const guint both = KAF_FIELD_REQUIRED | KAF_FIELD_PARENT;

  if (g_str_equal (entity->id, "mission") || g_str_equal (entity->id, "need"))
    return TRUE;
  for (const KafField *field = entity->fields; field->id != NULL; field++)
    if ((field->flags & both) == both && !g_str_equal (field->target, entity->id) &&
        find_mission (kaf_registry_find (field->target)))
      return TRUE;
  return FALSE;
}

/* It follows from the tables alone, and is asked of each field that is sent. */
gboolean
kaf_registry_is_of_mission (const KafEntity *entity)
{
  static GHashTable *files;

  if (g_once_init_enter (&files))
    {
      GHashTable *all = g_hash_table_new (NULL, NULL);

      for (guint i = 0; i < G_N_ELEMENTS (entities); i++)
        if (find_mission (entities[i]))
          g_hash_table_add (all, (gpointer) entities[i]);
      g_once_init_leave (&files, all);
    }
  return g_hash_table_contains (files, entity);
}

const KafEntity *
kaf_registry_find_facet (const KafEntity *root, guint facet)
{
  for (guint i = 0; i < G_N_ELEMENTS (entities); i++)
    if (entities[i]->facet == facet && facet != 0 && entities[i]->owner != NULL &&
        g_str_equal (entities[i]->owner, root->id))
      return entities[i];
  return NULL;
}

static gboolean
has_section (const KafEntity *entity, const char *id)
{
  for (const KafSection *section = entity->sections; section->id != NULL; section++)
    if (g_str_equal (section->id, id))
      return TRUE;
  return FALSE;
}

static void
check_field (GPtrArray *findings, const KafEntity *entity, const KafField *field)
{
#define FINDING(...) g_ptr_array_add (findings, g_strdup_printf (__VA_ARGS__))
  gboolean needs_target = field->kind == KAF_KIND_REFERENCE || field->kind == KAF_KIND_LANGUAGE ||
                          field->kind == KAF_KIND_ATTACHMENT;

  if (kaf_entity_find_field (entity, field->id) != field)
    FINDING ("%s.%s stands twice", entity->id, field->id);
  if (field->label == NULL || field->since == 0 || field->since > KAF_SCHEMA_VERSION)
    FINDING ("%s.%s lacks a label or a version", entity->id, field->id);
  if (kaf_field_has (field, KAF_FIELD_HIDDEN) == (field->section != NULL))
    FINDING ("%s.%s must stand in a section or be hidden", entity->id, field->id);
  if (field->section != NULL && !has_section (entity, field->section))
    FINDING ("%s.%s stands in an unknown section", entity->id, field->id);
  if (needs_target != (kaf_registry_find (field->target) != NULL))
    FINDING ("%s.%s has a wrong target", entity->id, field->id);
  if ((field->kind == KAF_KIND_CHOICE) != (field->choices != NULL))
    FINDING ("%s.%s has wrong choices", entity->id, field->id);
  if (kaf_field_is_many (field) != (field->merge == KAF_MERGE_ADD_WINS))
    FINDING ("%s.%s: a set merges by element, and nothing else does", entity->id, field->id);
  if (kaf_field_is_many (field) && field->kind == KAF_KIND_MONEY)
    FINDING ("%s.%s: a set of amounts is not kept", entity->id, field->id);
  if (field->choices != NULL && field->initial != NULL &&
      kaf_field_find_choice (field, field->initial) == NULL)
    FINDING ("%s.%s begins as what it cannot be", entity->id, field->id);
  if (kaf_entity_has (entity, KAF_ENTITY_APPEND_ONLY) && field->merge != KAF_MERGE_APPEND_ONLY)
    FINDING ("%s.%s must be append-only as its entity", entity->id, field->id);
}

static void
check_names (GPtrArray *findings,
             const KafEntity *entity,
             const char *what,
             const char *const *names)
{
  for (; names != NULL && *names != NULL; names++)
    if (kaf_entity_find_field (entity, *names) == NULL)
      FINDING ("%s: %s names %s, which is no field", entity->id, what, *names);
}

/* Lists and queries have words of their own; a field may bear one that means the same. */
static void
check_words (GPtrArray *findings, const KafEntity *entity)
{
  static const char *const words[] = { "id",         "ref",          "title",
                                       "title_ar",   "created_at",   "created_by",
                                       "updated_at", "availability", NULL };

  for (const KafField *field = entity->fields; field->id != NULL; field++)
    if (g_strv_contains (words, field->id) &&
        (entity->title_ar == NULL || g_strcmp0 (entity->title_ar[0], field->id) != 0))
      FINDING ("%s.%s is a word that lists know otherwise", entity->id, field->id);
}

static void
check_entity (GPtrArray *findings, const KafEntity *entity)
{
  const KafEntity *owner = kaf_registry_find (entity->owner);

  if (kaf_registry_find (entity->id) != entity)
    FINDING ("%s stands twice", entity->id);
  if (entity->label == NULL || entity->plural == NULL || entity->since == 0)
    FINDING ("%s lacks a label or a version", entity->id);
  if ((entity->owner != NULL) != (entity->facet != 0) || (entity->owner != NULL && owner == NULL))
    FINDING ("%s has a wrong owner or facet", entity->id);
  if (owner != NULL && kaf_registry_find_facet (owner, entity->facet) != entity)
    FINDING ("%s shares its facet bit", entity->id);

  for (const KafField *field = entity->fields; field->id != NULL; field++)
    {
      check_field (findings, entity, field);
      /* A list shows the fields of both, and finds them by their bare name. */
      if (owner != NULL && kaf_entity_find_field (owner, field->id) != NULL)
        FINDING ("%s.%s hides a field of its owner", entity->id, field->id);
    }

  check_words (findings, entity);
  check_names (findings, entity, "title", entity->title);
  check_names (findings, entity, "title_ar", entity->title_ar);
  check_names (findings, entity, "sort", entity->sort);
  check_names (findings, entity, "identity", entity->identity);
#undef FINDING
}

GPtrArray *
kaf_registry_check (void)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (entities); i++)
    check_entity (findings, entities[i]);
  return findings;
}
