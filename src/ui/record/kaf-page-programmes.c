/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables behind the pages of programmes, training modules and their sessions. */
#include "config.h"

#include "ui/record/kaf-page-tables.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char *const module_columns[] = { "title", "domain", "hours", "host", "network", NULL };
static const KafRelatedPart module_parts[] = {
  { "domain", NULL }, { "hours", N_ ("hours: %s") }, { "host", NULL }, { "network", N_ ("by %s") },
  { NULL },
};

static const char *const session_columns[] = { "starts_on", "module",  "place",   "trainer",
                                               "state",     "planned", "present", NULL };
static const KafRelatedPart session_parts[] = {
  { "place", NULL },
  { "trainer", NULL },
  { "planned", N_ ("planned: %s") },
  { "present", N_ ("present: %s") },
  { NULL },
};
static const KafRelatedPart given_parts[] = {
  { "module", NULL }, { "place", NULL }, { "trainer", NULL }, { "present", N_ ("present: %s") },
  { NULL },
};

static const char *const convention_columns[] = { "title", "kind", "signed_on", NULL };
static const KafRelatedPart convention_parts[] = {
  { "kind", NULL },
  { "signed_on", N_ ("signed on %s") },
  { NULL },
};

/* Columns: starts_on, module, place, trainer, state. */
static char *
session_pill (const KafRow *row, const char *today, const char **style)
{
  return kaf_page_choice_pill ("training_session", "state", kaf_page_raw (row, 4), style);
}

static const KafRelatedSpec modules = { .entity = "training_module",
                                        .field = "programme",
                                        .icon = "accessories-dictionary-symbolic",
                                        .columns = module_columns,
                                        .parts = module_parts,
                                        .limit = KAF_PAGE_LIMIT,
                                        .list = "training_module",
                                        .path = "programme" };
static const KafRelatedSpec conventions = { .entity = "convention",
                                            .field = "programme",
                                            .order = "signed_on",
                                            .icon = "application-certificate-symbolic",
                                            .columns = convention_columns,
                                            .parts = convention_parts,
                                            .limit = KAF_PAGE_LIMIT,
                                            .list = "convention",
                                            .path = "programme" };
static const KafRelatedSpec sessions = { .entity = "training_session",
                                         .field = "module",
                                         .order = "starts_on",
                                         .icon = "x-office-calendar-symbolic",
                                         .columns = session_columns,
                                         .parts = session_parts,
                                         .pill = session_pill,
                                         .limit = KAF_PAGE_LIMIT,
                                         .list = "training_session",
                                         .path = "module" };
const KafRelatedSpec kaf_page_network_modules = { .entity = "training_module",
                                                  .field = "network",
                                                  .icon = "accessories-dictionary-symbolic",
                                                  .columns = module_columns,
                                                  .parts = module_parts,
                                                  .limit = KAF_PAGE_LIMIT,
                                                  .list = "training_module",
                                                  .path = "network" };
const KafRelatedSpec kaf_page_network_sessions = { .entity = "training_session",
                                                   .field = "network",
                                                   .icon = "x-office-calendar-symbolic",
                                                   .columns = session_columns,
                                                   .parts = given_parts,
                                                   .pill = session_pill,
                                                   .limit = KAF_PAGE_LIMIT,
                                                   .list = "training_session",
                                                   .path = "network" };
const KafRelatedSpec kaf_page_party_conventions = { .entity = "convention",
                                                    .field = "parties",
                                                    .icon = "application-certificate-symbolic",
                                                    .columns = convention_columns,
                                                    .parts = convention_parts,
                                                    .limit = KAF_PAGE_LIMIT,
                                                    .list = "convention",
                                                    .path = "parties" };

static const KafRelatedSpec *const taught[] = { &modules, NULL };
static const KafRelatedSpec *const frame[] = { &conventions, NULL };
static const KafRelatedSpec *const missions[] = { &kaf_page_programme_missions, NULL };
static const KafRelatedSpec *const meetings[] = { &kaf_page_programme_meetings, NULL };
static const KafRelatedSpec *const held[] = { &sessions, NULL };

const KafRelatedGroup kaf_page_programme_groups[] = {
  { "modules", N_ ("Training modules"), N_ ("No module has been entered."), FALSE, taught },
  { "missions", N_ ("Missions"), N_ ("No mission belongs to this programme."), FALSE, missions },
  { "conventions", N_ ("Conventions"), N_ ("No convention belongs to this programme."), FALSE,
    frame },
  { "meetings", N_ ("Meetings"), N_ ("No meeting belongs to this programme."), FALSE, meetings },
  { NULL },
};

const KafRelatedGroup kaf_page_module_groups[] = {
  { "sessions", N_ ("Sessions"), N_ ("No session is planned."), FALSE, held },
  { NULL },
};

static const char *const programme_sections[] = { "programme.programme", "programme.programme_ar",
                                                  NULL };
static const char *const scope_sections[] = { "programme.scope", NULL };
const KafFactGroup kaf_page_programme_facts[] = {
  { N_ ("Programme"), programme_sections },
  { N_ ("Scope"), scope_sections },
  { NULL },
};

static const char *const module_sections[] = { "training_module.module",
                                               "training_module.module_ar", NULL };
const KafFactGroup kaf_page_module_facts[] = {
  { N_ ("Training module"), module_sections },
  { NULL },
};

static const char *const session_sections[] = { "training_session.session", NULL };
static const char *const trainee_sections[] = { "training_session.trainees", NULL };
const KafFactGroup kaf_page_session_facts[] = {
  { N_ ("Session"), session_sections },
  { N_ ("Trainees and results"), trainee_sections },
  { NULL },
};
