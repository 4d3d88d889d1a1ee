/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Experts asked for, by who prepares a mission and does not see them all, of who does. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "schema/entities/kaf-common-fields.h"
#include "schema/entities/kaf-entities.h"

static const KafSection sections[] = {
  { "request", N_ ("Request") },
  { "answer", N_ ("Answer") },
  { NULL },
};

static const KafField fields[] = {
  { .id = "mission",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Mission"),
    .section = "request",
    .since = 4,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "mission",
    .list_width = 28 },
  { .id = "asked_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("Asked on"),
    .section = "request",
    .since = 4,
    .flags = KAF_FIELD_REQUIRED,
    .list_width = 12 },
  { .id = "wanted",
    .kind = KAF_KIND_INTEGER,
    .label = N_ ("How many"),
    .section = "request",
    .since = 4,
    .min = 1,
    .max = 100 },
  { .id = "criteria",
    .kind = KAF_KIND_LONG_TEXT,
    .label = N_ ("What is looked for"),
    .section = "request",
    .since = 4,
    .flags = KAF_FIELD_SEARCH,
    .list_width = 30 },
  { .id = "by",
    .kind = KAF_KIND_DATE,
    .label = N_ ("Answer wanted by"),
    .section = "request",
    .since = 4,
    .flags = KAF_FIELD_INDEX,
    .list_width = 12 },
  { .id = "answered_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("Answered on"),
    .section = "answer",
    .since = 4,
    .unit = "answer",
    .list_width = 12 },
  { .id = "answer_text",
    .kind = KAF_KIND_LONG_TEXT,
    .label = N_ ("Answer"),
    .section = "answer",
    .since = 4,
    .unit = "answer" },
  KAF_ORIGIN_FIELDS,
  { NULL },
};

static const char *const title[] = { "criteria", NULL };

const KafEntity kaf_entity_candidate_request = {
  .id = "candidate_request",
  .label = N_ ("Request for candidates"),
  .plural = N_ ("Requests for candidates"),
  .since = 4,
  .fields = fields,
  .sections = sections,
  .title = title,
};
