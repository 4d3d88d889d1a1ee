/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables behind the pages of organisations and networks. */
#include "config.h"

#include "ui/record/kaf-page-tables.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Columns: name, language, acronym, valid_from, valid_to, source. */
static char *
name_pill (const KafRow *row, const char *today, const char **style)
{
  return row->cells[1] != NULL ? g_strdup (row->cells[1]) : NULL;
}

static const char *const member_columns[] = { "person",   "role",   "valid_from",
                                              "valid_to", "source", NULL };
static const char *const officer_columns[] = { "person",     "office",   "presides",
                                               "valid_from", "valid_to", NULL };
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

static const KafRelatedSpec members = { .several = N_ ("Several from the list…"),
                                        .label = N_ ("One member"),
                                        .entity = "membership",
                                        .field = "network",
                                        .icon = "system-users-symbolic",
                                        .columns = member_columns,
                                        .parts = kaf_page_membership_parts,
                                        .pill = kaf_page_membership_pill,
                                        .limit = KAF_PAGE_LIMIT,
                                        .list = "expert",
                                        .path = "membership.network" };
static const KafRelatedSpec officers = { .entity = "mandate",
                                         .field = "organisation",
                                         .icon = "avatar-default-symbolic",
                                         .columns = officer_columns,
                                         .parts = kaf_page_mandate_parts,
                                         .pill = kaf_page_mandate_pill,
                                         .limit = KAF_PAGE_LIMIT };
static const KafRelatedSpec organisation_contacts = { .entity = "contact",
                                                      .field = "organisation",
                                                      .icon = "call-start-symbolic",
                                                      .columns = kaf_page_contact_columns,
                                                      .parts = kaf_page_contact_parts,
                                                      .pill = kaf_page_contact_pill,
                                                      .limit = KAF_PAGE_LIMIT };
static const KafRelatedSpec names = { .entity = "organisation_name",
                                      .field = "organisation",
                                      .icon = "x-office-calendar-symbolic",
                                      .columns = name_columns,
                                      .parts = name_parts,
                                      .pill = name_pill,
                                      .limit = KAF_PAGE_LIMIT };
static const KafRelatedSpec children = { .entity = "organisation",
                                         .field = "parent",
                                         .icon = "x-office-address-book-symbolic",
                                         .columns = child_columns,
                                         .parts = child_parts,
                                         .limit = KAF_PAGE_LIMIT,
                                         .list = "organisation",
                                         .path = "parent" };

static const KafRelatedSpec *const organisation_log[] = { &organisation_contacts, NULL };
static const KafRelatedSpec *const people[] = { &officers, NULL };
static const KafRelatedSpec *const dated_names[] = { &names, NULL };
static const KafRelatedSpec *const parts_of_it[] = { &children, NULL };
static const KafRelatedSpec *const adherents[] = { &members, NULL };
static const KafRelatedSpec *const conventions[] = { &kaf_page_party_conventions, NULL };
static const KafRelatedSpec *const missions[] = { &kaf_page_party_missions, NULL };
static const KafRelatedSpec *const sources[] = { &kaf_page_organisation_claims, NULL };
static const KafRelatedSpec *const teaching[] = { &kaf_page_network_modules,
                                                  &kaf_page_network_sessions, NULL };

const KafRelatedGroup kaf_page_organisation_groups[] = {
  { "names", N_ ("Names over time"), N_ ("No earlier or official name is recorded."), TRUE,
    dated_names },
  { "people", N_ ("Office-holders"), N_ ("No office-holder is known."), FALSE, people },
  { "parts", N_ ("Belong to it"), N_ ("No organisation is part of this one."), FALSE, parts_of_it },
  { "conventions", N_ ("Conventions"), N_ ("It is party to no convention."), FALSE, conventions },
  { "missions", N_ ("Missions"), N_ ("It has no part in a mission."), FALSE, missions },
  { "log", N_ ("Exchanges"), N_ ("No exchange has been noted."), FALSE, organisation_log },
  { "sources", N_ ("Sources"), N_ ("No source has been recorded."), FALSE, sources },
  { NULL },
};

const KafRelatedGroup kaf_page_network_groups[] = {
  { "names", N_ ("Names over time"), N_ ("No earlier or official name is recorded."), TRUE,
    dated_names },
  { "people", N_ ("Presidents and mandates"), N_ ("No president is known."), FALSE, people },
  { "members", N_ ("Members"), N_ ("No member is recorded."), FALSE, adherents },
  { "conventions", N_ ("Conventions"), N_ ("It is party to no convention."), FALSE, conventions },
  { "teaching", N_ ("Modules and sessions"), N_ ("It gives no module and no session."), FALSE,
    teaching },
  { "missions", N_ ("Missions"), N_ ("It has no part in a mission."), FALSE, missions },
  { "log", N_ ("Exchanges"), N_ ("No exchange has been noted."), FALSE, organisation_log },
  { "sources", N_ ("Sources"), N_ ("No source has been recorded."), FALSE, sources },
  { NULL },
};

static const char *const place_sections[] = { "organisation.contact", "organisation.place", NULL };
static const char *const about_sections[] = { "organisation.name", "organisation.name_ar",
                                              "network.network", "organisation.profile", NULL };
const KafFactGroup kaf_page_organisation_facts[] = {
  { N_ ("Contact details"), place_sections },
  { N_ ("Profile"), about_sections },
  { NULL },
};
