/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables behind the pages of persons and experts. */
#include "config.h"

#include "ui/record/kaf-page-tables.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "schema/kaf-registry.h"
#include "schema/kaf-said.h"
#include "ui/app/kaf-application.h"

#define CLAIM_ABOUT 5 /* the column of that name */

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

/* Where nothing more can be told of a source, what it vouches for. */
static char *
claim_name (const KafRow *row)
{
  const char *field = kaf_page_raw (row, 0);

  return kaf_said_format_names (field != NULL ? field : kaf_page_raw (row, CLAIM_ABOUT),
                                kaf_application_get_lang ());
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
                                             "confidence", "about",  NULL };
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
