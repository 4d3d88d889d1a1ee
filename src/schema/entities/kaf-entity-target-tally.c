/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many persons were identified, engaged or mobilised at the end of a month that was closed: numbers alone, so that
 * an erasure rewrites nothing. What is under five stands with the rest of its breakdown. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "schema/entities/kaf-entities.h"

static const KafChoice stages[] = {
  { "identified", N_ ("Identified"), NULL },
  { "engaged", N_ ("Engaged"), NULL },
  { "mobilised", N_ ("Mobilised"), NULL },
  { NULL },
};

static const KafChoice axes[] = {
  { "all", N_ ("All"), NULL },          { "country", N_ ("By country"), NULL },
  { "sector", N_ ("By sector"), NULL }, { "network", N_ ("By network"), NULL },
  { "region", N_ ("By region"), NULL }, { NULL },
};

static const KafSection sections[] = {
  { "count", N_ ("Monthly count") },
  { NULL },
};

static const KafField fields[] = {
  { .id = "month",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Month"),
    .section = "count",
    .since = 5,
    .merge = KAF_MERGE_APPEND_ONLY,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX,
    .list_width = 10 },
  { .id = "stage",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("Stage"),
    .section = "count",
    .since = 5,
    .merge = KAF_MERGE_APPEND_ONLY,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_FILTER,
    .choices = stages,
    .list_width = 12 },
  { .id = "axis",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("Breakdown"),
    .section = "count",
    .since = 5,
    .merge = KAF_MERGE_APPEND_ONLY,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_FILTER,
    .choices = axes,
    .list_width = 12 },
  { .id = "code",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Item"),
    .section = "count",
    .since = 5,
    .merge = KAF_MERGE_APPEND_ONLY,
    .list_width = 12 },
  { .id = "count",
    .kind = KAF_KIND_INTEGER,
    .label = N_ ("How many"),
    .section = "count",
    .since = 5,
    .merge = KAF_MERGE_APPEND_ONLY,
    .flags = KAF_FIELD_REQUIRED,
    .list_width = 8,
    .min = 0,
    .max = 100000000 },
  { NULL },
};

static const char *const title[] = { "month", NULL };
static const char *const identity[] = { "month", "stage", "axis", "code", NULL };

const KafEntity kaf_entity_target_tally = {
  .id = "target_tally",
  .label = N_ ("Monthly count"),
  .plural = N_ ("Monthly counts"),
  .since = 5,
  .flags = KAF_ENTITY_APPEND_ONLY | KAF_ENTITY_LOCAL_OFFICE | KAF_ENTITY_APPROVED,
  .fields = fields,
  .sections = sections,
  .title = title,
  .identity = identity,
};
