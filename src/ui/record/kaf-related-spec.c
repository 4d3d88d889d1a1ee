/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which table is whose, and what is read out of one; the tables themselves are in kaf-page-*.c. */
#include "config.h"

#include "ui/record/kaf-related-spec.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-bidi.h"
#include "schema/kaf-registry.h"
#include "ui/record/kaf-page-tables.h"

static const KafRelatedGroup no_groups[] = { { NULL } };

typedef struct
{
  const char *entity; /* or the root of facets */
  const KafRelatedGroup *groups;
  const KafFactGroup *facts;
} Page;

static const Page pages[] = {
  { "project_holder", kaf_page_holder_groups, kaf_page_holder_facts },
  { "project", kaf_page_project_groups, kaf_page_project_facts },
  { "person", kaf_page_person_groups, kaf_page_person_facts },
  { "network", kaf_page_network_groups, kaf_page_organisation_facts },
  { "organisation", kaf_page_organisation_groups, kaf_page_organisation_facts },
  { "convention", kaf_page_convention_groups, kaf_page_convention_facts },
  { "commitment", kaf_page_commitment_groups, kaf_page_commitment_facts },
  { "programme", kaf_page_programme_groups, kaf_page_programme_facts },
  { "training_module", kaf_page_module_groups, kaf_page_module_facts },
  { "need", kaf_page_need_groups, kaf_page_need_facts },
  { "meeting", kaf_page_meeting_groups, kaf_page_meeting_facts },
  { "training_session", no_groups, kaf_page_session_facts },
};

static const Page *
find_page (const KafEntity *entity)
{
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    if (strcmp (pages[i].entity, entity->id) == 0 ||
        strcmp (pages[i].entity, kaf_entity_get_root (entity)->id) == 0)
      return &pages[i];
  return NULL;
}

const KafRelatedGroup *
kaf_related_groups (const KafEntity *entity)
{
  const Page *page;

  g_return_val_if_fail (entity != NULL, no_groups);

  page = find_page (entity);
  return page != NULL ? page->groups : no_groups;
}

const KafRelatedSpec *
kaf_related_find (const KafEntity *entity, const char *of, const char *field, const char *only)
{
  for (const KafRelatedGroup *group = kaf_related_groups (entity); group->id != NULL; group++)
    for (guint i = 0; group->specs[i] != NULL; i++)
      if (strcmp (group->specs[i]->entity, of) == 0 &&
          strcmp (group->specs[i]->field, field) == 0 &&
          g_strcmp0 (group->specs[i]->only, only) == 0)
        return group->specs[i];
  return NULL;
}

/* "kind=framework". */
char *
kaf_related_split (const char *condition, const char **value)
{
  const char *equals = condition != NULL ? strchr (condition, '=') : NULL;

  if (equals == NULL)
    return NULL;
  *value = equals + 1;
  return g_strndup (condition, equals - condition);
}

int
kaf_related_spec_column (const KafRelatedSpec *spec, const char *column)
{
  for (int i = 0; spec->columns[i] != NULL; i++)
    {
      if (strcmp (spec->columns[i], column) == 0)
        return i;
    }
  return -1;
}

static const char *
part_text (const KafRelatedSpec *spec, const KafRelatedPart *part, const KafRow *row)
{
  int column = kaf_related_spec_column (spec, part->column);
  const char *text = column >= 0 && (guint) column < row->n_cells ? row->cells[column] : NULL;

  if (text == NULL || *text == '\0')
    return NULL;
  return text;
}

char *
kaf_related_spec_subtitle (const KafRelatedSpec *spec, const KafRow *row)
{
  g_autoptr (GString) line = g_string_new (NULL);

  for (const KafRelatedPart *part = spec->parts; part->column != NULL; part++)
    {
      kaf_bidi_append_format (line, part->format != NULL ? _ (part->format) : "%s",
                              part_text (spec, part, row));
    }
  return g_string_free (g_steal_pointer (&line), FALSE);
}

const KafFactGroup *
kaf_fact_groups (const KafEntity *entity)
{
  const Page *page = find_page (entity);

  return page != NULL ? page->facts : NULL;
}

const char *
kaf_fact_unit_label (const char *unit)
{
  static const struct
  {
    const char *unit, *label;
  } labels[] = {
    { "residence", N_ ("Residence") },
    { "term", N_ ("Term") },
    { "end", N_ ("End before term") },
    { "due", N_ ("Due") },
    { "target", N_ ("Target") },
    { "waiver", N_ ("Lifted") },
    { "span", N_ ("Period") },
    { "amount", N_ ("Amount") },
    { "secured", N_ ("Funding secured") },
    { "jobs", N_ ("Jobs planned") },
    { "next", N_ ("Next action") },
    { "approval", N_ ("Approval of the minutes") },
    { "time", N_ ("Hours") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    if (g_strcmp0 (unit, labels[i].unit) == 0)
      return labels[i].label;
  return NULL;
}

gboolean
kaf_fact_is_in_header (const KafEntity *entity, const KafField *field)
{
  const KafEntity *root = kaf_entity_get_root (entity);

  if (entity == root && entity->title != NULL && g_strv_contains (entity->title, field->id))
    return TRUE;
  if (entity == root && entity->title_ar != NULL && g_strv_contains (entity->title_ar, field->id))
    return TRUE;
  return (strcmp (entity->id, "expert") == 0 || strcmp (entity->id, "project_holder") == 0) &&
         g_str_has_prefix (field->id, "headline_");
}
