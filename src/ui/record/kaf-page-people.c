/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables behind the pages of persons and experts. */
#include "config.h"

#include "ui/record/kaf-page-tables.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "schema/kaf-registry.h"
#include "schema/kaf-said.h"

#define CLAIM_SAID 5 /* the column of that name */

/* Columns: purpose, given_on, means, withdrawn_on. */
static char *
consent_pill (const KafRow *row, const char *today, const char **style)
{
  if (kaf_page_raw (row, 3) != NULL)
    {
      *style = "error";
      return g_strdup (C_ ("consent", "withdrawn"));
    }
  *style = "success";
  return g_strdup (C_ ("consent", "given"));
}

/* What the field of that id is called, of whichever it is; what is none stays as it is written. */
static const char *
field_name (const char *id)
{
  static const char *const owners[] = { "person", "organisation" };

  for (guint i = 0; i < G_N_ELEMENTS (owners); i++)
    {
      const KafEntity *holder;
      const KafField *field = kaf_said_find_field (kaf_registry_find (owners[i]), id, &holder);

      if (field != NULL)
        return _ (field->label);
    }
  return id;
}

/* What a source vouches for: the field, by its id as the form says it, or all of which it says something. */
static char *
claim_name (const KafRow *row)
{
  const char *id = kaf_page_raw (row, 0);
  g_autoptr (GPtrArray) said = kaf_said_parse (kaf_page_raw (row, CLAIM_SAID));
  g_autoptr (GString) names = g_string_new (id != NULL ? field_name (id) : NULL);

  for (guint i = 0; i < said->len; i++)
    {
      const KafSaid *line = g_ptr_array_index (said, i);

      g_string_append (names, names->len > 0 ? _ (", ") : "");
      g_string_append (names, field_name (line->field));
    }
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static const char *const membership_columns[] = { "network",  "role",   "valid_from",
                                                  "valid_to", "source", NULL };
static const char *const mandate_columns[] = { "organisation", "office",   "presides",
                                               "valid_from",   "valid_to", NULL };
static const char *const consent_columns[] = { "purpose", "given_on", "means", "withdrawn_on",
                                               NULL };
static const KafRelatedPart consent_parts[] = {
  { "given_on", N_ ("given on %s") },
  { "means", NULL },
  { "withdrawn_on", N_ ("withdrawn on %s") },
  { NULL },
};
static const char *const claim_columns[] = { "field",      "source", "origin", "claimed_on",
                                             "confidence", "said",   NULL };
static const KafRelatedPart claim_parts[] = {
  { "source", NULL },
  { "origin", NULL },
  { "claimed_on", NULL },
  { "confidence", N_ ("confidence: %s") },
  { NULL },
};

static const KafRelatedSpec memberships = { .entity = "membership",
                                            .field = "person",
                                            .icon = "emblem-shared-symbolic",
                                            .columns = membership_columns,
                                            .parts = kaf_page_membership_parts,
                                            .pill = kaf_page_membership_pill,
                                            .limit = KAF_PAGE_LIMIT };
static const KafRelatedSpec mandates = { .entity = "mandate",
                                         .field = "person",
                                         .icon = "x-office-address-book-symbolic",
                                         .columns = mandate_columns,
                                         .parts = kaf_page_mandate_parts,
                                         .pill = kaf_page_mandate_pill,
                                         .limit = KAF_PAGE_LIMIT };
static const KafRelatedSpec person_contacts = { .entity = "contact",
                                                .field = "person",
                                                .icon = "call-start-symbolic",
                                                .columns = kaf_page_contact_columns,
                                                .parts = kaf_page_contact_parts,
                                                .pill = kaf_page_contact_pill,
                                                .limit = KAF_PAGE_LIMIT };
static const KafRelatedSpec consents = { .entity = "consent",
                                         .field = "person",
                                         .icon = "security-high-symbolic",
                                         .columns = consent_columns,
                                         .parts = consent_parts,
                                         .pill = consent_pill,
                                         .limit = KAF_PAGE_LIMIT };

#define CLAIMS(of)                                                                                 \
  {                                                                                                \
    .entity = "source_claim", .field = of, .icon = "view-reveal-symbolic",                         \
    .columns = claim_columns, .parts = claim_parts, .name = claim_name, .order = "field",          \
    .act = "record.use-claim", .act_label = N_ ("Use This Value"), .limit = KAF_PAGE_LIMIT         \
  }

/* Of one field they stand together. */
static const KafRelatedSpec claims = CLAIMS ("person");
const KafRelatedSpec kaf_page_organisation_claims = CLAIMS ("organisation");

const KafRelatedSpec *const kaf_page_person_ties[] = { &memberships, &mandates, NULL };
static const KafRelatedSpec *const missions[] = { &kaf_page_person_missions, NULL };
static const KafRelatedSpec *const person_log[] = { &person_contacts, NULL };
const KafRelatedSpec *const kaf_page_person_proofs[] = { &consents, &claims, NULL };

const KafRelatedGroup kaf_page_person_groups[] = {
  { "ties", N_ ("Networks and mandates"), N_ ("No network or mandate is known."), FALSE,
    kaf_page_person_ties },
  { "missions", N_ ("Missions"), N_ ("No mission has asked for this person."), FALSE, missions },
  { "log", N_ ("Exchanges"), N_ ("No exchange has been noted."), FALSE, person_log },
  { "proofs", N_ ("Consents and sources"), N_ ("No consent or source has been recorded."), FALSE,
    kaf_page_person_proofs },
  { NULL },
};

static const char *const contact_sections[] = { "person.contact", "person.profile", NULL };
static const char *const expertise_sections[] = { "expert.expertise", "expert.contribution", NULL };
static const char *const follow_up_sections[] = { "person.name", "person.name_ar",
                                                  "person.follow_up", NULL };
const KafFactGroup kaf_page_person_facts[] = {
  { N_ ("Contact details and profile"), contact_sections },
  { N_ ("Expertise and contribution"), expertise_sections },
  { N_ ("Follow-up"), follow_up_sections },
  { NULL },
};
