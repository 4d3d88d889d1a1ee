/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables behind the pages of conventions and commitments. */
#include "config.h"

#include "ui/record/kaf-page-tables.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char *const act_columns[] = { "title", "number", "signed_on", "effective_on", NULL };
static const KafRelatedPart act_parts[] = {
  { "number", N_ ("no %s") },
  { "signed_on", N_ ("signed on %s") },
  { "effective_on", N_ ("in force from %s") },
  { NULL },
};

static const char *const signatory_columns[] = { "mandate", "signed_on", "by_delegation", "source",
                                                 NULL };
static const KafRelatedPart signatory_parts[] = {
  { "signed_on", N_ ("signed on %s") },
  { "source", N_ ("source: %s") },
  { NULL },
};

static const char *const commitment_columns[] = { "title",      "party",       "due_on",
                                                  "recurrence", "responsible", "convention",
                                                  NULL };
static const KafRelatedPart commitment_parts[] = {
  { "party", NULL },
  { "due_on", N_ ("due on %s") },
  { "recurrence", NULL },
  { "responsible", NULL },
  { NULL },
};

static const char *const article_columns[] = { "title", "number", NULL };
static const KafRelatedPart article_parts[] = { { "number", N_ ("article %s") }, { NULL } };

static const char *const done_columns[] = { "done_on", "due_on", "quantity", "evidence", NULL };
static const KafRelatedPart done_parts[] = {
  { "due_on", N_ ("for what was due on %s") },
  { "quantity", N_ ("number: %s") },
  { "evidence", NULL },
  { NULL },
};

/* Columns: mandate, signed_on, by_delegation. */
static char *
signatory_pill (const KafRow *row, const char *today, const char **style)
{
  return g_strcmp0 (kaf_page_raw (row, 2), "1") == 0 ? g_strdup (_ ("by delegation")) : NULL;
}

/* What a specific convention or an amendment has in common with what it stands within. */
static const char *const specific_takes[] = { "programme", "parties", NULL };
static const char *const amendment_takes[] = { "programme", NULL };

static const KafRelatedSpec specifics = { .entity = "convention",
                                          .field = "parent",
                                          .label = N_ ("Specific convention"),
                                          .of = "kind=framework",
                                          .only = "kind=specific",
                                          .takes = specific_takes,
                                          .order = "signed_on",
                                          .icon = "text-x-generic-symbolic",
                                          .columns = act_columns,
                                          .parts = act_parts,
                                          .limit = KAF_PAGE_LIMIT,
                                          .list = "convention",
                                          .path = "parent" };
static const KafRelatedSpec amendments = { .entity = "convention",
                                           .field = "parent",
                                           .label = N_ ("Amendment"),
                                           .only = "kind=amendment",
                                           .takes = amendment_takes,
                                           .order = "signed_on",
                                           .icon = "document-edit-symbolic",
                                           .columns = act_columns,
                                           .parts = act_parts,
                                           .limit = KAF_PAGE_LIMIT,
                                           .list = "convention",
                                           .path = "parent" };
static const KafRelatedSpec signatories = { .entity = "signatory",
                                            .field = "convention",
                                            .icon = "avatar-default-symbolic",
                                            .columns = signatory_columns,
                                            .parts = signatory_parts,
                                            .pill = signatory_pill,
                                            .limit = KAF_PAGE_LIMIT };
static const KafRelatedSpec commitments = { .entity = "commitment",
                                            .field = "convention",
                                            .icon = "emblem-ok-symbolic",
                                            .columns = commitment_columns,
                                            .parts = commitment_parts,
                                            .limit = KAF_PAGE_LIMIT,
                                            .list = "commitment",
                                            .path = "convention" };
static const KafRelatedSpec articles = { .entity = "convention_article",
                                         .field = "convention",
                                         .order = "number",
                                         .icon = "format-justify-left-symbolic",
                                         .columns = article_columns,
                                         .parts = article_parts,
                                         .limit = 200 };
static const KafRelatedSpec fulfilments = { .entity = "fulfilment",
                                            .field = "commitment",
                                            .icon = "object-select-symbolic",
                                            .columns = done_columns,
                                            .parts = done_parts,
                                            .limit = KAF_PAGE_LIMIT };
static const KafRelatedSpec replacements = { .entity = "commitment",
                                             .field = "replaces",
                                             .icon = "document-edit-symbolic",
                                             .columns = commitment_columns,
                                             .parts = commitment_parts,
                                             .limit = KAF_PAGE_LIMIT };

static const KafRelatedSpec *const signers[] = { &signatories, NULL };
static const KafRelatedSpec *const duties[] = { &commitments, NULL };
static const KafRelatedSpec *const acts_within[] = { &specifics, &amendments, NULL };
static const KafRelatedSpec *const missions[] = { &kaf_page_convention_missions, NULL };
static const KafRelatedSpec *const meetings[] = { &kaf_page_convention_meetings, NULL };
static const KafRelatedSpec *const text[] = { &articles, NULL };
static const KafRelatedSpec *const done[] = { &fulfilments, NULL };
static const KafRelatedSpec *const replaced_by[] = { &replacements, NULL };

const KafRelatedGroup kaf_page_convention_groups[] = {
  { "signatories", N_ ("Signatories"), N_ ("No signatory is recorded."), TRUE, signers },
  { "acts", N_ ("Amendments and conventions within it"),
    N_ ("No amendment and no convention stands within it."), FALSE, acts_within },
  { "commitments", N_ ("Commitments"), N_ ("No commitment is recorded."), FALSE, duties },
  { "missions", N_ ("Missions"), N_ ("It carries no mission."), FALSE, missions },
  { "meetings", N_ ("Meetings"), N_ ("No meeting concerns this convention."), FALSE, meetings },
  { "articles", N_ ("Articles"), N_ ("No article has been entered."), FALSE, text },
  { NULL },
};

const KafRelatedGroup kaf_page_commitment_groups[] = {
  { "done", N_ ("What was done"), N_ ("Nothing has been noted yet."), FALSE, done },
  { "replaced", N_ ("Replaced by"), N_ ("No amendment has replaced it."), FALSE, replaced_by },
  { NULL },
};

static const char *const act_sections[] = { "convention.convention", "convention.convention_ar",
                                            "convention.parties", NULL };
static const char *const signature_sections[] = { "convention.signature", "convention.end", NULL };
static const char *const content_sections[] = { "convention.content", NULL };
const KafFactGroup kaf_page_convention_facts[] = {
  { N_ ("Convention"), act_sections },
  { N_ ("Signature and term"), signature_sections },
  { N_ ("Content"), content_sections },
  { NULL },
};

static const char *const duty_sections[] = { "commitment.commitment", "commitment.due", NULL };
static const char *const follow_up_sections[] = { "commitment.follow_up", "commitment.waiver",
                                                  NULL };
const KafFactGroup kaf_page_commitment_facts[] = {
  { N_ ("Commitment"), duty_sections },
  { N_ ("Follow-up"), follow_up_sections },
  { NULL },
};
