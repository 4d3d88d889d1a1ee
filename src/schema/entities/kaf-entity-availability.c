/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a person can come, by half-days. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "schema/entities/kaf-common-rules.h"
#include "schema/entities/kaf-entities.h"

static const KafChoice parts[] = {
  { "day", N_ ("All day"), NULL },
  { "am", N_ ("Morning"), NULL },
  { "pm", N_ ("Afternoon"), NULL },
  { NULL },
};

static const KafChoice kinds[] = {
  { "free", N_ ("Free"), "success" },
  { "tentative", N_ ("To be confirmed"), "warning" },
  { "busy", N_ ("Busy"), "error" },
  { NULL },
};

static const KafSection sections[] = {
  { "availability", N_ ("Availability") },
  { NULL },
};

static const KafField fields[] = {
  { .id = "person",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Person"),
    .section = "availability",
    .since = 1,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "person" },
  { .id = "valid_from",
    .kind = KAF_KIND_DATE,
    .label = N_ ("From"),
    .section = "availability",
    .since = 1,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX,
    .unit = "period",
    .list_width = 12 },
  { .id = "valid_to",
    .kind = KAF_KIND_DATE,
    .label = N_ ("To"),
    .section = "availability",
    .since = 1,
    .flags = KAF_FIELD_REQUIRED,
    .unit = "period",
    .list_width = 12 },
  { .id = "part",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("Part of the day"),
    .section = "availability",
    .since = 1,
    .choices = parts,
    .list_width = 12 },
  { .id = "kind",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("State"),
    .section = "availability",
    .since = 1,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_FILTER,
    .choices = kinds,
    .list_width = 12 },
  { .id = "timezone",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Time zone"),
    .section = "availability",
    .since = 1 },
  { .id = "remote",
    .kind = KAF_KIND_BOOLEAN,
    .label = N_ ("Remotely only"),
    .section = "availability",
    .since = 1 },
  { NULL },
};

const KafEntity kaf_entity_availability = {
  .id = "availability",
  .label = N_ ("Availability"),
  .plural = N_ ("Availabilities"),
  .since = 1,
  .fields = fields,
  .sections = sections,
  .validate = kaf_common_validate_period,
};
