/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What makes a person an expert. Facet of the person: same id. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "schema/entities/kaf-common-fields.h"
#include "schema/entities/kaf-entities.h"

static const KafChoice modes[] = {
  { "occasional", N_ ("Occasional"), NULL },
  { "continuous", N_ ("Continuous"), NULL },
  { NULL },
};

static const KafChoice interests[] = {
  { "training", N_ ("Training"), NULL },
  { "engineering", N_ ("Training engineering"), NULL },
  { "advice", N_ ("Advice"), NULL },
  { "research", N_ ("Research"), NULL },
  { "investment", N_ ("Investment"), NULL },
  { "mentoring", N_ ("Mentoring"), NULL },
  { NULL },
};

static const KafSection sections[] = {
  { "expertise", N_ ("Expertise") },
  { "contribution", N_ ("Contribution") },
  { NULL },
};

static const KafField fields[] = {
  { .id = "headline_fr",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("What she or he does"),
    .hint = N_ ("One line, in French"),
    .section = "expertise",
    .since = 1,
    .flags = KAF_FIELD_SEARCH },
  { .id = "headline_ar",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("The same in Arabic"),
    .section = "expertise",
    .since = 1,
    .flags = KAF_FIELD_SEARCH | KAF_FIELD_ARABIC },
  KAF_EXPERTISE_FIELDS ("expertise", 1),
  { .id = "employer",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Employer"),
    .section = "expertise",
    .since = 1,
    .flags = KAF_FIELD_SEARCH,
    .unit = "employment" },
  { .id = "employed_since",
    .kind = KAF_KIND_PARTIAL_DATE,
    .label = N_ ("Employed since"),
    .section = "expertise",
    .since = 1,
    .unit = "employment" },
  { .id = "degree",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Highest degree"),
    .section = "expertise",
    .since = 1 },
  { .id = "years",
    .kind = KAF_KIND_INTEGER,
    .label = N_ ("Years of experience"),
    .section = "expertise",
    .since = 1,
    .min = 0,
    .max = 80 },
  { .id = "mode",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("Contribution"),
    .section = "contribution",
    .since = 1,
    .flags = KAF_FIELD_FILTER,
    .choices = modes },
  { .id = "interests",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("Interests"),
    .section = "contribution",
    .since = 1,
    .merge = KAF_MERGE_ADD_WINS,
    .flags = KAF_FIELD_MANY | KAF_FIELD_INDEX | KAF_FIELD_FILTER,
    .choices = interests },
  { .id = "biography_fr",
    .kind = KAF_KIND_LONG_TEXT,
    .label = N_ ("Biography in French"),
    .section = "contribution",
    .since = 1 },
  { .id = "biography_ar",
    .kind = KAF_KIND_LONG_TEXT,
    .label = N_ ("Biography in Arabic"),
    .section = "contribution",
    .since = 1,
    .flags = KAF_FIELD_ARABIC },
  { .id = "cv",
    .kind = KAF_KIND_ATTACHMENT,
    .label = N_ ("Curriculum vitae"),
    .section = "contribution",
    .since = 1,
    .target = "attachment" },
  { NULL },
};

const KafEntity kaf_entity_expert = {
  .id = "expert",
  .prefix = "EXP",
  .label = N_ ("Expert"),
  .plural = N_ ("Experts"),
  .owner = "person",
  .since = 1,
  .facet = 1,
  .flags = KAF_ENTITY_SEARCHED,
  .fields = fields,
  .sections = sections,
};
