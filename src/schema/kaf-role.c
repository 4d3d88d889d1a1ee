/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "schema/kaf-role.h"

#include <glib/gi18n-lib.h>

#include "schema/kaf-registry.h"

#define NO_IDENTIFIERS (KAF_CLASS_ALL & ~KAF_CLASS_IDENTIFIER)
#define OF_PERSONS (KAF_CLASS_PUBLIC | KAF_CLASS_CONTACT | KAF_CLASS_IDENTITY)

static const char *const nothing[] = { NULL };

/* The register of consents, and what left the office. */
static const char *const of_protection[] = { "consent", "disclosure", NULL };

/* Of a mission's file (domain §7): the needs, and the steps 1, 5 and 8. */
static const char *const of_region[] = {
  "need",        "stakeholder",       "mission",   "mission_need", "mission_act",
  "budget_line", "budget_adjustment", "equipment", "booking",      "participant",
  "attendance",  "candidate_request", NULL,
};
static const char *const of_partner[] = { "attendance", NULL };

static const KafRole roles[] = {
  { "agent", N_ ("Agent"), NO_IDENTIFIERS, NO_IDENTIFIERS, .leads = TRUE },
  { "manager", N_ ("Manager"), NO_IDENTIFIERS, KAF_CLASS_ALL, .approves = TRUE, .reveals = TRUE,
    .settles = TRUE, .leads = TRUE },
  { "consular-relay", N_ ("Consular relay"), OF_PERSONS, OF_PERSONS, .file = nothing },
  { "regional-officer", N_ ("Regional officer"), OF_PERSONS, KAF_CLASS_PUBLIC | KAF_CLASS_CONTACT,
    .settles = TRUE, .leads = TRUE, .file = of_region },
  { "facilitator", N_ ("Facilitator"), NO_IDENTIFIERS, NO_IDENTIFIERS, .leads = TRUE },
  { "partner", N_ ("Partner"), OF_PERSONS, KAF_CLASS_PUBLIC, .file = of_partner },
  { "protection-officer", N_ ("Data-protection officer"), KAF_CLASS_PUBLIC, 0, .erases = TRUE,
    .entities = of_protection },
  { "direction", N_ ("Direction"), 0, 0, .aggregates_only = TRUE, .entities = nothing },
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
  if (role->aggregates_only ||
      (role->file != NULL && *role->file == NULL && kaf_registry_is_of_mission (entity)))
    return FALSE;
  return role->entities == NULL || kaf_entity_has (entity, KAF_ENTITY_LIST) ||
         g_str_equal (entity->id, "setting") || g_strv_contains (role->entities, entity->id);
}

/* Whether the role keeps that part of a mission's file. */
static gboolean
keeps (const KafRole *role, const KafEntity *entity)
{
  return role->file == NULL || g_strv_contains (role->file, entity->id);
}

gboolean
kaf_role_may_write (const KafRole *role, const KafEntity *entity)
{
  return role->writes != 0 && kaf_role_knows (role, kaf_entity_get_root (entity)) &&
         (!kaf_entity_has (entity, KAF_ENTITY_APPROVED) || role->approves) &&
         (!kaf_registry_is_of_mission (entity) || keeps (role, entity));
}

gboolean
kaf_role_keeps_lists (const KafRole *role)
{
  return role->approves || g_str_equal (role->id, "administrator");
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

  if (!kaf_registry_is_of_mission (entity))
    return kaf_role_can_write (role, field);
  if (kaf_entity_has (entity, KAF_ENTITY_APPEND_ONLY))
    more |= KAF_CLASS_PRIVATE;
  return kaf_role_may_write (role, entity) && ((role->writes | more) & klass) != 0;
}
