/* SPDX-License-Identifier: GPL-3.0-or-later */
/* That a holder stood in a tier on a day, by which rules: written at a review or when rules are published, where it
 * differs from the one before. Its content makes its id: two devices that review meet. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "schema/entities/kaf-entities.h"

static const KafChoice tiers[] = {
  { "a", N_ ("A"), NULL },
  { "b", N_ ("B"), NULL },
  { "c", N_ ("C"), NULL },
  { "d", N_ ("D"), NULL },
  { NULL },
};

static const KafChoice causes[] = {
  { "first", N_ ("First review"), NULL },
  { "facts", N_ ("Facts changed"), NULL },
  { "rules", N_ ("Rules changed"), NULL },
  { "decided", N_ ("Decided"), NULL },
  { NULL },
};

static const KafSection sections[] = {
  { "tier", N_ ("Tier") },
  { NULL },
};

static const KafField fields[] = {
  { .id = "person",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Project holder"),
    .section = "tier",
    .since = 5,
    .merge = KAF_MERGE_APPEND_ONLY,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "person",
    .list_width = 24 },
  { .id = "recorded_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("On"),
    .section = "tier",
    .since = 5,
    .merge = KAF_MERGE_APPEND_ONLY,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX,
    .list_width = 12 },
  { .id = "tier",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("Tier"),
    .section = "tier",
    .since = 5,
    .merge = KAF_MERGE_APPEND_ONLY,
    .flags = KAF_FIELD_REQUIRED,
    .choices = tiers,
    .list_width = 8 },
  { .id = "rule_set",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Version of the rules"),
    .section = "tier",
    .since = 5,
    .merge = KAF_MERGE_APPEND_ONLY,
    .flags = KAF_FIELD_REQUIRED,
    .list_width = 8 },
  { .id = "potential",
    .kind = KAF_KIND_INTEGER,
    .label = N_ ("Potential"),
    .section = "tier",
    .since = 5,
    .merge = KAF_MERGE_APPEND_ONLY,
    .list_width = 8,
    .min = 0,
    .max = 1000 },
  { .id = "engagement",
    .kind = KAF_KIND_INTEGER,
    .label = N_ ("Engagement"),
    .section = "tier",
    .since = 5,
    .merge = KAF_MERGE_APPEND_ONLY,
    .list_width = 8,
    .min = 0,
    .max = 1000 },
  { .id = "relay",
    .kind = KAF_KIND_INTEGER,
    .label = N_ ("Relay"),
    .section = "tier",
    .since = 5,
    .merge = KAF_MERGE_APPEND_ONLY,
    .list_width = 8,
    .min = 0,
    .max = 1000 },
  { .id = "cause",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("Cause"),
    .section = "tier",
    .since = 5,
    .merge = KAF_MERGE_APPEND_ONLY,
    .choices = causes,
    .list_width = 14 },
  { NULL },
};

static const char *const identity[] = { "person", "recorded_on", "tier", "rule_set", NULL };

const KafEntity kaf_entity_tier_record = {
  .id = "tier_record",
  .label = N_ ("Tier recorded"),
  .plural = N_ ("Tiers recorded"),
  .since = 5,
  .flags = KAF_ENTITY_APPEND_ONLY | KAF_ENTITY_LOCAL_OFFICE | KAF_ENTITY_APPROVED,
  .fields = fields,
  .sections = sections,
  .identity = identity,
};
