/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the value of a field comes from. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "schema/entities/kaf-common-fields.h"
#include "schema/entities/kaf-entities.h"

static const KafChoice confidences[] = {
  { "high", N_ ("High"), "success" },
  { "medium", N_ ("Medium"), NULL },
  { "low", N_ ("Low"), "warning" },
  { NULL },
};

static const KafSection sections[] = {
  { "claim", N_ ("Source") },
  { NULL },
};

static const KafField fields[] = {
  { .id = "person",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Person"),
    .section = "claim",
    .since = 1,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "person" },
  { .id = "field",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Information"),
    .section = "claim",
    .since = 1,
    .flags = KAF_FIELD_REQUIRED,
    .list_width = 16 },
  { .id = "value",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Value"),
    .section = "claim",
    .since = 1,
    .klass = KAF_CLASS_PRIVATE,
    .list_width = 20 },
  { .id = "source",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Source"),
    .section = "claim",
    .since = 1,
    .flags = KAF_FIELD_REQUIRED,
    .list_width = 20 },
  { .id = "claimed_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("Date"),
    .section = "claim",
    .since = 1,
    .list_width = 12 },
  { .id = "confidence",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("Confidence"),
    .section = "claim",
    .since = 1,
    .choices = confidences,
    .list_width = 10 },
  KAF_ORIGIN_FIELDS,
  { NULL },
};

const KafEntity kaf_entity_source_claim = {
  .id = "source_claim",
  .label = N_ ("Source"),
  .plural = N_ ("Sources"),
  .since = 1,
  .fields = fields,
  .sections = sections,
};
