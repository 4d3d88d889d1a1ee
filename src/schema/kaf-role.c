/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "schema/kaf-role.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "schema/kaf-registry.h"

#define NO_IDENTIFIERS (KAF_CLASS_ALL & ~KAF_CLASS_IDENTIFIER)
#define OF_PERSONS (KAF_CLASS_PUBLIC | KAF_CLASS_CONTACT | KAF_CLASS_IDENTITY)

static const char *const nothing[] = { NULL };

/* The register of consents, and what left the office. */
static const char *const of_protection[] = { "consent", "disclosure", NULL };

/* Of a mission's file (domain §7): the needs, and the steps 1, 5, with the rooms, and 8, with what became of a session,
 * whose subject, half-day and trainers are step 4's; and what is attached to each. */
static const char *const of_region[] = {
  "need",
  "stakeholder",
  "mission",
  "mission_need",
  "mission_act",
  "budget_line",
  "budget_adjustment",
  "equipment",
  "mission_room",
  "booking",
  "participant",
  "attendance",
  "programme_item.state",
  "programme_item.state_reason",
  "candidate_request",
  NULL,
};
static const char *const of_partner[] = { "attendance", NULL };

/* Of a partner: his conventions, his experts, and of the missions that he takes part in who comes, what is given when and
 * where, and who sat there (domain §7): no needs, budgets, agreements of others nor evaluations; no exchanges of the
 * office with his experts, no minutes of its meetings, no projects. */
static const char *const known_to_partner[] = {
  "person",
  "expert",
  "membership",
  "availability",
  "contribution",
  "consent",
  "judgement",
  "organisation",
  "network",
  "organisation_name",
  "mandate",
  "programme",
  "training_module",
  "training_session",
  "convention",
  "convention_article",
  "signatory",
  "commitment",
  "fulfilment",
  "mission",
  "mission_act",
  "mission_expert",
  "mission_result",
  "mission_room",
  "programme_item",
  "participant",
  "attendance",
  "attachment",
  "conflict",
  "disclosure",
  "saved_filter",
  "segment",
  "segment_list",
  "segment_member",
  NULL,
};

/* What everybody keeps for himself, settles, or leaves behind when he takes data along. */
static const char *const own[] = { "conflict", "disclosure",   "saved_filter",
                                   "segment",  "segment_list", "segment_member",
                                   NULL };

/* Beside the files of missions (domain §7): a consular post proposes people, with what is said of them and their
 * projects; a region keeps how those who come are reached, and looks after the projects that are its own; a partner tells when his experts are free, and for what
 * they are experts. */
static const char *const relay_beyond[] = {
  "person",  "expert",        "project_holder", "membership",   "availability", "contribution",
  "consent", "contact",       "source_claim",   "field_choice", "judgement",    "project",
  "relay",   "project_stage", "attachment",     NULL,
};
static const char *const region_beyond[] = { "contact", "person", "project", "project_stage",
                                             NULL };
static const char *const partner_beyond[] = { "availability", "expert.domains", NULL };

static const KafRole roles[] = {
  { "agent", N_ ("Agent"), NO_IDENTIFIERS, NO_IDENTIFIERS, .leads = TRUE },
  { "manager", N_ ("Manager"), NO_IDENTIFIERS, KAF_CLASS_ALL, .approves = TRUE, .reveals = TRUE,
    .settles = TRUE, .leads = TRUE },
  { "consular-relay", N_ ("Consular relay"), OF_PERSONS, OF_PERSONS, .file = nothing,
    .beyond = relay_beyond },
  { "regional-officer", N_ ("Regional officer"), OF_PERSONS, KAF_CLASS_PUBLIC | KAF_CLASS_CONTACT,
    .settles = TRUE, .leads = TRUE, .file = of_region, .beyond = region_beyond },
  { "facilitator", N_ ("Facilitator"), NO_IDENTIFIERS, NO_IDENTIFIERS, .leads = TRUE },
  { "partner", N_ ("Partner"), OF_PERSONS, KAF_CLASS_PUBLIC, .entities = known_to_partner,
    .file = of_partner, .beyond = partner_beyond },
  { "protection-officer", N_ ("Data-protection officer"), KAF_CLASS_PUBLIC, 0, .erases = TRUE,
    .entities = of_protection },
  { "direction", N_ ("Direction"), KAF_CLASS_PUBLIC, 0, .aggregates_only = TRUE,
    .entities = nothing },
  { "administrator", N_ ("Administrator"), KAF_CLASS_PUBLIC, KAF_CLASS_PUBLIC,
    .entities = nothing },
  { KAF_ROLE_NONE, N_ ("Rights withdrawn"), KAF_CLASS_PUBLIC, 0, .entities = nothing },
  /* A store without a server has one local officer, who answers for all of it. */
  { "local-officer", N_ ("Local officer"), KAF_CLASS_ALL, KAF_CLASS_ALL, TRUE, TRUE, TRUE,
    .leads = TRUE },
};

const KafRole *
kaf_roles (guint *n_roles)
{
  *n_roles = G_N_ELEMENTS (roles);
  return roles;
}

const KafRole *
kaf_role_find (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    if (g_str_equal (roles[i].id, id))
      return &roles[i];
  return NULL;
}

gboolean
kaf_role_knows (const KafRole *role, const KafEntity *entity)
{
  if (role->file != NULL && *role->file == NULL && kaf_registry_is_of_mission (entity))
    return FALSE;
  return role->entities == NULL || kaf_entity_has (entity, KAF_ENTITY_LIST) ||
         g_str_equal (entity->id, "setting") || g_strv_contains (role->entities, entity->id);
}

gboolean
kaf_role_knows_all (const KafRole *role)
{
  return role->entities == NULL && (role->file == NULL || *role->file != NULL);
}

/* Whether @words ("ENTITY" or "ENTITY.FIELD") name the field, or with NULL any of the entity. */
static gboolean
are_named (const char *const *words, const KafEntity *entity, const KafField *field)
{
  gsize size = strlen (entity->id);

  for (; *words != NULL; words++)
    {
      const char *rest = g_str_has_prefix (*words, entity->id) ? *words + size : NULL;

      if (rest != NULL &&
          (*rest == '\0' || (*rest == '.' && (field == NULL || g_str_equal (rest + 1, field->id)))))
        return TRUE;
    }
  return FALSE;
}

/* Whether the role keeps that part of a mission's file: the field, or with NULL any of the entity. */
static gboolean
keeps (const KafRole *role, const KafEntity *entity, const KafField *field)
{
  return role->file == NULL || are_named (role->file, entity, field);
}

/* The same of what the role writes beside the files of missions. */
static gboolean
writes_beyond (const KafRole *role, const KafEntity *entity, const KafField *field)
{
  return role->beyond == NULL || kaf_entity_has (entity, KAF_ENTITY_LIST) ||
         g_strv_contains (own, entity->id) || are_named (role->beyond, entity, field);
}

gboolean
kaf_role_keeps_lists (const KafRole *role)
{
  return role->approves || g_str_equal (role->id, "administrator");
}

gboolean
kaf_role_may_write (const KafRole *role, const KafEntity *entity)
{
  return role->writes != 0 && kaf_role_knows (role, kaf_entity_get_root (entity)) &&
         (!kaf_entity_has (entity, KAF_ENTITY_APPROVED) || role->approves) &&
         (!g_str_equal (entity->id, "setting") || kaf_role_keeps_lists (role)) &&
         (kaf_registry_is_of_mission (entity) ? keeps (role, entity, NULL)
                                              : writes_beyond (role, entity, NULL));
}

gboolean
kaf_role_can_read (const KafRole *role, const KafField *field)
{
  return (role->reads & kaf_field_get_class (field)) != 0;
}

gboolean
kaf_role_can_write (const KafRole *role, const KafField *field)
{
  return (role->writes & kaf_field_get_class (field)) != 0;
}

gboolean
kaf_role_can_write_in (const KafRole *role, const KafEntity *entity, const KafField *field)
{
  KafClass klass = kaf_field_get_class (field);
  guint more = KAF_CLASS_PUBLIC | KAF_CLASS_CONTACT | KAF_CLASS_IDENTITY;

  if (!kaf_role_may_write (role, entity))
    return FALSE;
  if (!kaf_registry_is_of_mission (entity))
    return kaf_role_can_write (role, field) && writes_beyond (role, entity, field);
  if (!keeps (role, entity, field))
    return FALSE;
  if (kaf_entity_has (entity, KAF_ENTITY_APPEND_ONLY))
    more |= KAF_CLASS_PRIVATE;
  return ((role->writes | more) & klass) != 0;
}

/* Whether @entity is what is attached to a part of a mission's file that the role keeps, all of it: whoever says that a
 * session was held does not keep its files. */
static gboolean
keeps_attached (const KafRole *role, const KafEntity *entity, const KafEntity *owner)
{
  return owner != NULL && g_str_equal (entity->id, "attachment") &&
         kaf_registry_is_of_mission (owner) && kaf_role_may_write (role, owner) &&
         (role->file == NULL || g_strv_contains (role->file, owner->id));
}

gboolean
kaf_role_may_write_of (const KafRole *role, const KafEntity *entity, const KafEntity *owner)
{
  if (owner != NULL &&
      (!kaf_role_knows (role, kaf_entity_get_root (owner)) ||
       (kaf_entity_has (owner, KAF_ENTITY_APPROVED) && !kaf_role_may_write (role, owner))))
    return FALSE;
  return kaf_role_may_write (role, entity) || keeps_attached (role, entity, owner);
}

gboolean
kaf_role_can_write_of (const KafRole *role,
                       const KafEntity *entity,
                       const KafEntity *owner,
                       const KafField *field)
{
  guint more = KAF_CLASS_PUBLIC | KAF_CLASS_CONTACT | KAF_CLASS_IDENTITY;

  if (!kaf_role_may_write_of (role, entity, owner))
    return FALSE;
  return kaf_role_can_write_in (role, entity, field) ||
         (keeps_attached (role, entity, owner) && (more & kaf_field_get_class (field)) != 0);
}
