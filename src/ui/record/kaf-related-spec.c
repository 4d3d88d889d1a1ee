/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables behind the pages of persons, experts, organisations and networks. */
#include "config.h"

#include "ui/record/kaf-related-spec.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "schema/kaf-registry.h"

#define RELATED_LIMIT 20

static const char *
get_raw (const KafRow *row, guint index)
{
  return index < row->n_cells ? row->raw[index] : NULL;
}

static char *
pill_of_choice (const char *entity, const char *field_id, const char *code, const char **style)
{
  const KafField *field = kaf_entity_find_field (kaf_registry_find (entity), field_id);
  const KafChoice *choice = code != NULL ? kaf_field_find_choice (field, code) : NULL;

  if (choice == NULL)
    return NULL;
  *style = choice->style;
  return g_strdup (_ (choice->label));
}

static gboolean
is_over (const char *to, const char *today)
{
  g_autofree char *end = to != NULL ? kaf_date_end (to) : NULL;

  return end != NULL && strcmp (end, today) < 0;
}

/* Columns: network or person, role, valid_from, valid_to, source. */
static char *
membership_pill (const KafRow *row, const char *today, const char **style)
{
  return is_over (get_raw (row, 3), today) ? g_strdup (C_ ("membership", "ended")) : NULL;
}

/* Columns: organisation or person, office, presides, valid_from, valid_to. */
static char *
mandate_pill (const KafRow *row, const char *today, const char **style)
{
  if (is_over (get_raw (row, 4), today))
    return g_strdup (C_ ("mandate", "ended"));
  if (g_strcmp0 (get_raw (row, 2), "1") != 0)
    return NULL;
  *style = "accent";
  return g_strdup (C_ ("mandate", "presides"));
}

/* Columns: purpose, given_on, means, withdrawn_on. */
static char *
consent_pill (const KafRow *row, const char *today, const char **style)
{
  if (get_raw (row, 3) != NULL)
    {
      *style = "error";
      return g_strdup (C_ ("consent", "withdrawn"));
    }
  *style = "success";
  return g_strdup (C_ ("consent", "given"));
}

/* Columns: source, field, value, claimed_on, confidence. */
static char *
claim_pill (const KafRow *row, const char *today, const char **style)
{
  return pill_of_choice ("source_claim", "confidence", get_raw (row, 4), style);
}

/* Columns: subject, held_on, channel, by_whom, next_action, next_on. */
static char *
contact_pill (const KafRow *row, const char *today, const char **style)
{
  const char *next = get_raw (row, 5);

  if (next == NULL || strcmp (next, today) < 0)
    return NULL;
  *style = strcmp (next, today) == 0 ? "accent" : NULL;
  return g_strdup (row->cells[5]);
}

/* Columns: name, language, acronym, valid_from, valid_to, source. */
static char *
name_pill (const KafRow *row, const char *today, const char **style)
{
  return row->cells[1] != NULL ? g_strdup (row->cells[1]) : NULL;
}

static const char *const membership_columns[] = { "network",  "role",   "valid_from",
                                                  "valid_to", "source", NULL };
static const char *const member_columns[] = { "person",   "role",   "valid_from",
                                              "valid_to", "source", NULL };
static const KafRelatedPart membership_parts[] = {
  { "role", NULL },
  { "valid_from", N_ ("member since %s") },
  { "valid_to", N_ ("until %s") },
  { "source", N_ ("source: %s") },
  { NULL },
};

static const char *const mandate_columns[] = { "organisation", "office",   "presides",
                                               "valid_from",   "valid_to", NULL };
static const char *const officer_columns[] = { "person",     "office",   "presides",
                                               "valid_from", "valid_to", NULL };
static const KafRelatedPart mandate_parts[] = {
  { "office", NULL },
  { "valid_from", N_ ("since %s") },
  { "valid_to", N_ ("until %s") },
  { NULL },
};

static const char *const contact_columns[] = { "subject",     "held_on", "channel", "by_whom",
                                               "next_action", "next_on", NULL };
static const KafRelatedPart contact_parts[] = {
  { "held_on", NULL },
  { "channel", NULL },
  { "by_whom", NULL },
  { "next_action", N_ ("next: %s") },
  { NULL },
};

static const char *const consent_columns[] = { "purpose", "given_on", "means", "withdrawn_on",
                                               NULL };
static const KafRelatedPart consent_parts[] = {
  { "given_on", N_ ("given on %s") },
  { "means", NULL },
  { "withdrawn_on", N_ ("withdrawn on %s") },
  { NULL },
};

static const char *const claim_columns[] = { "source",     "field",      "value",
                                             "claimed_on", "confidence", NULL };
static const KafRelatedPart claim_parts[] = {
  { "field", NULL },
  { "value", NULL },
  { "claimed_on", NULL },
  { NULL },
};

static const char *const name_columns[] = { "name",     "language", "acronym", "valid_from",
                                            "valid_to", "source",   NULL };
static const KafRelatedPart name_parts[] = {
  { "acronym", NULL },
  { "valid_from", N_ ("from %s") },
  { "valid_to", N_ ("until %s") },
  { "source", N_ ("source: %s") },
  { NULL },
};

static const char *const child_columns[] = { "title", "kind", "city", NULL };
static const KafRelatedPart child_parts[] = { { "kind", NULL }, { "city", NULL }, { NULL } };

static const KafRelatedSpec memberships = { .entity = "membership",
                                            .field = "person",
                                            .icon = "emblem-shared-symbolic",
                                            .columns = membership_columns,
                                            .parts = membership_parts,
                                            .pill = membership_pill,
                                            .limit = RELATED_LIMIT };
static const KafRelatedSpec members = { .entity = "membership",
                                        .field = "network",
                                        .icon = "system-users-symbolic",
                                        .columns = member_columns,
                                        .parts = membership_parts,
                                        .pill = membership_pill,
                                        .limit = RELATED_LIMIT,
                                        .list = "expert",
                                        .path = "membership.network" };
static const KafRelatedSpec mandates = { .entity = "mandate",
                                         .field = "person",
                                         .icon = "x-office-address-book-symbolic",
                                         .columns = mandate_columns,
                                         .parts = mandate_parts,
                                         .pill = mandate_pill,
                                         .limit = RELATED_LIMIT };
static const KafRelatedSpec officers = { .entity = "mandate",
                                         .field = "organisation",
                                         .icon = "avatar-default-symbolic",
                                         .columns = officer_columns,
                                         .parts = mandate_parts,
                                         .pill = mandate_pill,
                                         .limit = RELATED_LIMIT };
static const KafRelatedSpec person_contacts = { .entity = "contact",
                                                .field = "person",
                                                .icon = "call-start-symbolic",
                                                .columns = contact_columns,
                                                .parts = contact_parts,
                                                .pill = contact_pill,
                                                .limit = RELATED_LIMIT };
static const KafRelatedSpec organisation_contacts = { .entity = "contact",
                                                      .field = "organisation",
                                                      .icon = "call-start-symbolic",
                                                      .columns = contact_columns,
                                                      .parts = contact_parts,
                                                      .pill = contact_pill,
                                                      .limit = RELATED_LIMIT };
static const KafRelatedSpec consents = { .entity = "consent",
                                         .field = "person",
                                         .icon = "security-high-symbolic",
                                         .columns = consent_columns,
                                         .parts = consent_parts,
                                         .pill = consent_pill,
                                         .limit = RELATED_LIMIT };
static const KafRelatedSpec claims = { .entity = "source_claim",
                                       .field = "person",
                                       .icon = "view-reveal-symbolic",
                                       .columns = claim_columns,
                                       .parts = claim_parts,
                                       .pill = claim_pill,
                                       .limit = RELATED_LIMIT };
static const KafRelatedSpec names = { .entity = "organisation_name",
                                      .field = "organisation",
                                      .icon = "x-office-calendar-symbolic",
                                      .columns = name_columns,
                                      .parts = name_parts,
                                      .pill = name_pill,
                                      .limit = RELATED_LIMIT };
static const KafRelatedSpec children = { .entity = "organisation",
                                         .field = "parent",
                                         .icon = "x-office-address-book-symbolic",
                                         .columns = child_columns,
                                         .parts = child_parts,
                                         .limit = RELATED_LIMIT,
                                         .list = "organisation",
                                         .path = "parent" };

static const KafRelatedSpec *const ties[] = { &memberships, &mandates, NULL };
static const KafRelatedSpec *const person_log[] = { &person_contacts, NULL };
static const KafRelatedSpec *const proofs[] = { &consents, &claims, NULL };
static const KafRelatedSpec *const organisation_log[] = { &organisation_contacts, NULL };
static const KafRelatedSpec *const people[] = { &officers, NULL };
static const KafRelatedSpec *const dated_names[] = { &names, NULL };
static const KafRelatedSpec *const parts_of_it[] = { &children, NULL };
static const KafRelatedSpec *const adherents[] = { &members, NULL };

static const KafRelatedGroup person_groups[] = {
  { "ties", N_ ("Networks and mandates"), N_ ("No network or mandate is known."), FALSE, ties },
  { "log", N_ ("Exchanges"), N_ ("No exchange has been noted."), FALSE, person_log },
  { "proofs", N_ ("Consents and sources"), N_ ("No consent or source has been recorded."), FALSE,
    proofs },
  { NULL },
};

static const KafRelatedGroup organisation_groups[] = {
  { "names", N_ ("Names over time"), N_ ("No earlier or official name is recorded."), TRUE,
    dated_names },
  { "people", N_ ("Office-holders"), N_ ("No office-holder is known."), FALSE, people },
  { "parts", N_ ("Belong to it"), N_ ("No organisation is part of this one."), FALSE, parts_of_it },
  { "log", N_ ("Exchanges"), N_ ("No exchange has been noted."), FALSE, organisation_log },
  { NULL },
};

static const KafRelatedGroup network_groups[] = {
  { "names", N_ ("Names over time"), N_ ("No earlier or official name is recorded."), TRUE,
    dated_names },
  { "people", N_ ("Presidents and mandates"), N_ ("No president is known."), FALSE, people },
  { "members", N_ ("Members"), N_ ("No member is recorded."), FALSE, adherents },
  { "log", N_ ("Exchanges"), N_ ("No exchange has been noted."), FALSE, organisation_log },
  { NULL },
};

static const KafRelatedGroup no_groups[] = { { NULL } };

const KafRelatedGroup *
kaf_related_groups (const KafEntity *entity)
{
  g_return_val_if_fail (entity != NULL, no_groups);

  if (strcmp (kaf_entity_get_root (entity)->id, "person") == 0)
    return person_groups;
  if (strcmp (entity->id, "network") == 0)
    return network_groups;
  if (strcmp (entity->id, "organisation") == 0)
    return organisation_groups;
  return no_groups;
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

/* A source names the field it vouches for by its id: say it as the form does. */
static const char *
field_label (const char *id)
{
  static const char *const owners[] = { "person", "expert" };

  for (guint i = 0; i < G_N_ELEMENTS (owners); i++)
    {
      const KafField *field = kaf_entity_find_field (kaf_registry_find (owners[i]), id);

      if (field != NULL)
        return _ (field->label);
    }
  return id;
}

static const char *
part_text (const KafRelatedSpec *spec, const KafRelatedPart *part, const KafRow *row)
{
  int column = kaf_related_spec_column (spec, part->column);
  const char *text = column >= 0 && (guint) column < row->n_cells ? row->cells[column] : NULL;

  if (text == NULL || *text == '\0')
    return NULL;
  if (strcmp (spec->entity, "source_claim") == 0 && strcmp (part->column, "field") == 0)
    return field_label (text);
  return text;
}

char *
kaf_related_spec_subtitle (const KafRelatedSpec *spec, const KafRow *row)
{
  g_autoptr (GString) line = g_string_new (NULL);

  for (const KafRelatedPart *part = spec->parts; part->column != NULL; part++)
    {
      const char *text = part_text (spec, part, row);
      g_autofree char *isolated = text != NULL ? kaf_bidi_isolate (text) : NULL;

      if (isolated == NULL)
        continue;
      if (line->len > 0)
        g_string_append (line, " · ");
      if (part->format != NULL)
        g_string_append_printf (line, _ (part->format), isolated);
      else
        g_string_append (line, isolated);
    }
  return g_string_free (g_steal_pointer (&line), FALSE);
}

static const char *const contact_sections[] = { "person.contact", "person.profile", NULL };
static const char *const expertise_sections[] = { "expert.expertise", "expert.contribution", NULL };
static const char *const follow_up_sections[] = { "person.name", "person.name_ar",
                                                  "person.follow_up", NULL };
static const KafFactGroup person_facts[] = {
  { N_ ("Contact details and profile"), contact_sections },
  { N_ ("Expertise and contribution"), expertise_sections },
  { N_ ("Follow-up"), follow_up_sections },
  { NULL },
};

static const char *const place_sections[] = { "organisation.contact", "organisation.place", NULL };
static const char *const about_sections[] = { "organisation.name", "organisation.name_ar",
                                              "network.network", "organisation.profile", NULL };
static const KafFactGroup organisation_facts[] = {
  { N_ ("Contact details"), place_sections },
  { N_ ("Profile"), about_sections },
  { NULL },
};

const KafFactGroup *
kaf_fact_groups (const KafEntity *entity)
{
  const KafEntity *root = kaf_entity_get_root (entity);

  if (strcmp (root->id, "person") == 0)
    return person_facts;
  if (strcmp (root->id, "organisation") == 0)
    return organisation_facts;
  return NULL;
}

const char *
kaf_fact_unit_label (const char *unit)
{
  return g_strcmp0 (unit, "residence") == 0 ? N_ ("Residence") : NULL;
}

gboolean
kaf_fact_is_in_header (const KafEntity *entity, const KafField *field)
{
  const KafEntity *root = kaf_entity_get_root (entity);

  if (entity == root && entity->title != NULL && g_strv_contains (entity->title, field->id))
    return TRUE;
  if (entity == root && entity->title_ar != NULL && g_strv_contains (entity->title_ar, field->id))
    return TRUE;
  return strcmp (entity->id, "expert") == 0 && g_str_has_prefix (field->id, "headline_");
}
