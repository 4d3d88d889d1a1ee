/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables behind the pages of project holders and of projects. */
#include "config.h"

#include "ui/record/kaf-page-tables.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Columns: subject_fr, organisation, post, sent_on, answer_by, answer, answered_on. */
static char *
relay_pill (const KafRow *row, const char *today, const char **style)
{
  const char *by = kaf_page_raw (row, 4);

  if (kaf_page_raw (row, 5) != NULL)
    return kaf_page_choice_pill ("relay", "answer", kaf_page_raw (row, 5), style);
  if (by == NULL || strcmp (by, today) >= 0)
    return NULL;
  *style = "warning";
  return g_strdup (C_ ("relay", "overdue"));
}

/* Columns: stage, reached_on, reason. */
static const char *const stage_columns[] = { "stage", "reached_on", "reason", NULL };
static const KafRelatedPart stage_parts[] = {
  { "reached_on", NULL },
  { "reason", NULL },
  { NULL },
};
static const char *const relay_columns[] = { "subject_fr", "organisation", "post",        "sent_on",
                                             "answer_by",  "answer",       "answered_on", NULL };
static const KafRelatedPart relay_parts[] = {
  { "organisation", NULL },
  { "post", NULL },
  { "sent_on", N_ ("sent on %s") },
  { "answer_by", N_ ("answer by %s") },
  { "answered_on", N_ ("answered on %s") },
  { NULL },
};

static const KafRelatedSpec relays = { .entity = "relay",
                                       .field = "person",
                                       .icon = "emblem-shared-symbolic",
                                       .columns = relay_columns,
                                       .parts = relay_parts,
                                       .pill = relay_pill,
                                       .limit = KAF_PAGE_LIMIT,
                                       .label = N_ ("Pass On…") };
static const KafRelatedSpec project_contacts = { .entity = "contact",
                                                 .field = "project",
                                                 .icon = "call-start-symbolic",
                                                 .columns = kaf_page_contact_columns,
                                                 .parts = kaf_page_contact_parts,
                                                 .pill = kaf_page_contact_pill,
                                                 .limit = KAF_PAGE_LIMIT,
                                                 .takes = (const char *const[]){ "person", NULL } };
static const KafRelatedSpec stages = { .entity = "project_stage",
                                       .field = "project",
                                       .icon = "emoji-flags-symbolic",
                                       .columns = stage_columns,
                                       .parts = stage_parts,
                                       .limit = KAF_PAGE_LIMIT };

static const KafRelatedSpec *const passed_on[] = { &relays, NULL };
static const KafRelatedSpec *const missions[] = { &kaf_page_person_missions, NULL };
static const KafRelatedSpec *const project_log[] = { &project_contacts, NULL };
static const KafRelatedSpec *const project_stages[] = { &stages, NULL };

/* The log of accompaniment is ui/holder's. */
const KafRelatedGroup kaf_page_holder_groups[] = {
  { "relays", N_ ("Relays"), N_ ("Nothing has been passed on for this person."), FALSE, passed_on },
  { "ties", N_ ("Networks and mandates"), N_ ("No network or mandate is known."), FALSE,
    kaf_page_person_ties },
  { "missions", N_ ("Missions"), N_ ("No mission has asked for this person."), FALSE, missions },
  { "proofs", N_ ("Consents and sources"), N_ ("No consent or source has been recorded."), FALSE,
    kaf_page_person_proofs },
  { NULL },
};

const KafRelatedGroup kaf_page_project_groups[] = {
  { "stages", N_ ("Stages"), N_ ("No stage has been noted."), FALSE, project_stages },
  { "log", N_ ("Accompaniment"), N_ ("No exchange has been noted."), FALSE, project_log },
  { NULL },
};

static const char *const contact_sections[] = { "person.contact", "person.profile", NULL };
static const char *const holder_sections[] = { "project_holder.holder", "project_holder.follow_up",
                                               "project_holder.relay", NULL };
static const char *const follow_up_sections[] = { "person.name", "person.name_ar",
                                                  "person.follow_up", NULL };
const KafFactGroup kaf_page_holder_facts[] = {
  { N_ ("Contact details and profile"), contact_sections },
  { N_ ("Project holder"), holder_sections },
  { N_ ("Follow-up"), follow_up_sections },
  { NULL },
};

static const char *const project_sections[] = { "project.project", "project.project_ar", NULL };
static const char *const means_sections[] = { "project.means", NULL };
static const char *const progress_sections[] = { "project.progress", NULL };
const KafFactGroup kaf_page_project_facts[] = {
  { N_ ("Project"), project_sections },
  { N_ ("Means"), means_sections },
  { N_ ("Progress"), progress_sections },
  { NULL },
};
