/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "schema/kaf-derived.h"

#include <glib/gi18n-lib.h>

/* The steps as rules/mission names them. */
static const KafChoice steps[] = {
  { "1", N_ ("Needs and stakeholders"), NULL },
  { "2", N_ ("Awareness"), NULL },
  { "3", N_ ("Linking"), NULL },
  { "4", N_ ("Programme of the mission"), NULL },
  { "5", N_ ("Feasibility"), NULL },
  { "6", N_ ("Validation"), NULL },
  { "7", N_ ("Institutional ties"), NULL },
  { "8", N_ ("Delivery"), NULL },
  { "9", N_ ("Appropriation"), NULL },
  { "10", N_ ("Evaluation"), NULL },
  { NULL },
};

static const KafChoice states[] = {
  { "open", N_ ("Under way"), "accent" },
  { "on_hold", N_ ("On hold"), "warning" },
  { "closed", N_ ("Closed"), "success" },
  { "abandoned", N_ ("Abandoned"), NULL },
  { NULL },
};

static const KafField mission_fields[] = {
  { .id = "step",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("Step"),
    .since = 4,
    .flags = KAF_FIELD_FILTER,
    .choices = steps,
    .list_width = 20 },
  { .id = "state",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("State"),
    .since = 4,
    .flags = KAF_FIELD_FILTER,
    .choices = states,
    .list_width = 12 },
  { .id = "since", .kind = KAF_KIND_DATE, .label = N_ ("Since"), .since = 4, .list_width = 12 },
  { .id = "due_on", .kind = KAF_KIND_DATE, .label = N_ ("Due on"), .since = 4, .list_width = 12 },
  { NULL },
};

static const KafChoice tiers[] = {
  { "a", N_ ("A"), "success" },
  { "b", N_ ("B"), "accent" },
  { "c", N_ ("C"), NULL },
  { "d", N_ ("D"), NULL },
  { NULL },
};

/* As kaf-entity-project-stage.c has them. */
static const KafChoice stages[] = {
  { "idea", N_ ("Idea"), NULL },           { "study", N_ ("Study"), NULL },
  { "file", N_ ("File"), NULL },           { "finance", N_ ("Funding"), "accent" },
  { "licence", N_ ("Licence"), "accent" }, { "launched", N_ ("Launched"), "success" },
  { "abandoned", N_ ("Given up"), NULL },  { NULL },
};

#define SCORE(name, title)                                                                         \
  {                                                                                                \
    .id = name, .kind = KAF_KIND_INTEGER, .label = title, .since = 5, .flags = KAF_FIELD_FILTER,   \
    .list_width = 10, .min = 0, .max = 100                                                         \
  }

static const KafField holder_fields[] = {
  { .id = "tier",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("Tier"),
    .since = 5,
    .flags = KAF_FIELD_FILTER,
    .choices = tiers,
    .list_width = 8 },
  SCORE ("potential", N_ ("Potential")),
  SCORE ("engagement", N_ ("Engagement")),
  SCORE ("relay", N_ ("Relay")),
  { .id = "stage",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("Stage"),
    .since = 5,
    .flags = KAF_FIELD_FILTER,
    .choices = stages,
    .list_width = 12 },
  { .id = "last_contact_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("Last exchange"),
    .since = 5,
    .flags = KAF_FIELD_FILTER,
    .list_width = 12 },
  { .id = "next_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("Next action"),
    .since = 5,
    .flags = KAF_FIELD_FILTER,
    .list_width = 12 },
  { NULL },
};

static const KafField project_fields[] = {
  { .id = "stage",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("Stage"),
    .since = 5,
    .flags = KAF_FIELD_FILTER,
    .choices = stages,
    .list_width = 12 },
  { .id = "since", .kind = KAF_KIND_DATE, .label = N_ ("Since"), .since = 5, .list_width = 12 },
  { NULL },
};

static const struct
{
  const char *entity, *table;
  const KafField *fields;
  guint n;
} derived[] = {
  { "mission", "mission_now", mission_fields, G_N_ELEMENTS (mission_fields) },
  { "project_holder", "holder_now", holder_fields, G_N_ELEMENTS (holder_fields) },
  { "project", "project_now", project_fields, G_N_ELEMENTS (project_fields) },
};

const KafField *
kaf_derived_fields (const KafEntity *entity)
{
  for (guint i = 0; i < G_N_ELEMENTS (derived); i++)
    if (g_str_equal (derived[i].entity, entity->id))
      return derived[i].fields;
  return NULL;
}

const char *
kaf_derived_table (const KafEntity *entity)
{
  for (guint i = 0; i < G_N_ELEMENTS (derived); i++)
    if (g_str_equal (derived[i].entity, entity->id))
      return derived[i].table;
  return NULL;
}

const KafField *
kaf_derived_find (const KafEntity *entity, const char *id)
{
  for (const KafField *field = kaf_derived_fields (entity); field != NULL && field->id != NULL;
       field++)
    if (g_str_equal (field->id, id))
      return field;
  return NULL;
}

gboolean
kaf_field_is_derived (const KafField *field)
{
  for (guint i = 0; i < G_N_ELEMENTS (derived); i++)
    if (field >= derived[i].fields && field < derived[i].fields + derived[i].n)
      return TRUE;
  return FALSE;
}
