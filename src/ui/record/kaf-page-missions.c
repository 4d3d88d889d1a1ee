/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables behind the page of a need, and the missions on the pages of those who have a part in them. */
#include "config.h"

#include "ui/record/kaf-page-tables.h"

#include <glib/gi18n-lib.h>

/* Columns: organisation, kind, duty_fr, gap_fr, attitude. */
static char *
attitude_pill (const KafRow *row, const char *today, const char **style)
{
  return kaf_page_choice_pill ("stakeholder", "attitude", kaf_page_raw (row, 4), style);
}

/* Columns: mission, role, answer. */
static char *
party_pill (const KafRow *row, const char *today, const char **style)
{
  return kaf_page_choice_pill ("mission_party", "answer", kaf_page_raw (row, 2), style);
}

/* Columns: mission, network, answer, window_from, window_to. */
static char *
expert_pill (const KafRow *row, const char *today, const char **style)
{
  return kaf_page_choice_pill ("mission_expert", "answer", kaf_page_raw (row, 2), style);
}

static const char *const stakeholder_columns[] = { "organisation", "kind",     "duty_fr",
                                                   "gap_fr",       "attitude", NULL };
static const KafRelatedPart stakeholder_parts[] = {
  { "kind", NULL },
  { "duty_fr", NULL },
  { "gap_fr", N_ ("gap: %s") },
  { NULL },
};

static const char *const link_columns[] = { "mission", NULL };
static const KafRelatedPart no_parts[] = { { NULL } };

static const char *const party_columns[] = { "mission", "role", "answer", NULL };
static const KafRelatedPart party_parts[] = { { "role", NULL }, { NULL } };

static const char *const expert_columns[] = { "mission",     "network",   "answer",
                                              "window_from", "window_to", NULL };
static const KafRelatedPart expert_parts[] = {
  { "network", N_ ("by %s") },
  { "window_from", N_ ("from %s") },
  { "window_to", N_ ("until %s") },
  { NULL },
};

static const char *const mission_columns[] = { "title", "territory", "starts_on", "ends_on", NULL };
static const KafRelatedPart mission_parts[] = {
  { "territory", NULL },
  { "starts_on", N_ ("from %s") },
  { "ends_on", N_ ("until %s") },
  { NULL },
};

static const KafRelatedSpec stakeholders = { .entity = "stakeholder",
                                             .field = "need",
                                             .icon = "x-office-address-book-symbolic",
                                             .columns = stakeholder_columns,
                                             .parts = stakeholder_parts,
                                             .pill = attitude_pill,
                                             .limit = KAF_PAGE_LIMIT };
static const KafRelatedSpec need_missions = { .entity = "mission_need",
                                              .field = "need",
                                              .icon = "emoji-flags-symbolic",
                                              .columns = link_columns,
                                              .parts = no_parts,
                                              .limit = KAF_PAGE_LIMIT };
const KafRelatedSpec kaf_page_party_missions = { .entity = "mission_party",
                                                 .field = "organisation",
                                                 .icon = "emoji-flags-symbolic",
                                                 .columns = party_columns,
                                                 .parts = party_parts,
                                                 .pill = party_pill,
                                                 .limit = KAF_PAGE_LIMIT,
                                                 .list = "mission",
                                                 .path = "mission_party.organisation" };
const KafRelatedSpec kaf_page_person_missions = { .entity = "mission_expert",
                                                  .field = "person",
                                                  .icon = "emoji-flags-symbolic",
                                                  .columns = expert_columns,
                                                  .parts = expert_parts,
                                                  .pill = expert_pill,
                                                  .limit = KAF_PAGE_LIMIT,
                                                  .list = "mission",
                                                  .path = "mission_expert.person" };
const KafRelatedSpec kaf_page_programme_missions = { .entity = "mission",
                                                     .field = "programme",
                                                     .order = "starts_on",
                                                     .icon = "emoji-flags-symbolic",
                                                     .columns = mission_columns,
                                                     .parts = mission_parts,
                                                     .limit = KAF_PAGE_LIMIT,
                                                     .list = "mission",
                                                     .path = "programme" };
const KafRelatedSpec kaf_page_convention_missions = { .entity = "mission_convention",
                                                      .field = "convention",
                                                      .icon = "emoji-flags-symbolic",
                                                      .columns = link_columns,
                                                      .parts = no_parts,
                                                      .limit = KAF_PAGE_LIMIT,
                                                      .list = "mission",
                                                      .path = "mission_convention.convention" };

static const KafRelatedSpec *const concerned[] = { &stakeholders, NULL };
static const KafRelatedSpec *const answered_by[] = { &need_missions, NULL };

const KafRelatedGroup kaf_page_need_groups[] = {
  { "stakeholders", N_ ("Stakeholders"),
    N_ ("No stakeholder is recorded: say who answers for what, and what is lacking."), FALSE,
    concerned },
  { "missions", N_ ("Missions"), N_ ("No mission answers this need."), FALSE, answered_by },
  { NULL },
};

static const char *const need_sections[] = { "need.need", "need.need_ar", NULL };
static const char *const place_sections[] = { "need.place", NULL };
static const char *const follow_up_sections[] = { "need.follow_up", NULL };
const KafFactGroup kaf_page_need_facts[] = {
  { N_ ("Need"), need_sections },
  { N_ ("Place and domains"), place_sections },
  { N_ ("Follow-up"), follow_up_sections },
  { NULL },
};
