/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A module given once: when, where, by whom, to how many, and what came of it. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "schema/entities/kaf-common-fields.h"
#include "schema/entities/kaf-entities.h"
#include "schema/entities/kaf-common-rules.h"

static const KafChoice modes[] = {
  { "onsite", N_ ("On site"), NULL },
  { "remote", N_ ("Remotely"), NULL },
  { "hybrid", N_ ("On site and remotely"), NULL },
  { NULL },
};

static const KafChoice states[] = {
  { "planned", N_ ("Planned"), NULL },
  { "held", N_ ("Held"), "success" },
  { "cancelled", N_ ("Cancelled"), "error" },
  { NULL },
};

static const KafSection sections[] = {
  { "session", N_ ("Session") },
  { "trainees", N_ ("Trainees and results") },
  { NULL },
};

static const KafField fields[] = {
  { .id = "module",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Training module"),
    .section = "session",
    .since = 3,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX | KAF_FIELD_PARENT | KAF_FIELD_FILTER,
    .target = "training_module",
    .list_width = 28 },
  { .id = "starts_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("First day"),
    .section = "session",
    .since = 3,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX,
    .unit = "days",
    .list_width = 12 },
  { .id = "ends_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("Last day"),
    .section = "session",
    .since = 3,
    .unit = "days",
    .list_width = 12 },
  { .id = "mode",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("Mode"),
    .section = "session",
    .since = 3,
    .flags = KAF_FIELD_FILTER,
    .choices = modes,
    .list_width = 12 },
  { .id = "place",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Place"),
    .section = "session",
    .since = 3,
    .flags = KAF_FIELD_SEARCH,
    .list_width = 20 },
  { .id = "territory",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Region or province"),
    .section = "session",
    .since = 3,
    .flags = KAF_FIELD_INDEX | KAF_FIELD_FILTER,
    .target = "territory" },
  { .id = "trainer",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Trainer"),
    .section = "session",
    .since = 3,
    .flags = KAF_FIELD_INDEX,
    .target = "person",
    .list_width = 20 },
  { .id = "network",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Network of the trainer"),
    .section = "session",
    .since = 3,
    .flags = KAF_FIELD_INDEX | KAF_FIELD_FILTER,
    .target = "network" },
  { .id = "state",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("State"),
    .section = "session",
    .since = 3,
    .flags = KAF_FIELD_INDEX | KAF_FIELD_FILTER,
    .choices = states,
    .initial = "planned",
    .list_width = 12 },
  { .id = "planned",
    .kind = KAF_KIND_INTEGER,
    .label = N_ ("Trainees planned"),
    .section = "trainees",
    .since = 3,
    .list_width = 10,
    .min = 0,
    .max = 100000 },
  { .id = "present",
    .kind = KAF_KIND_INTEGER,
    .label = N_ ("Trainees present"),
    .section = "trainees",
    .since = 3,
    .list_width = 10,
    .min = 0,
    .max = 100000 },
  { .id = "succeeded",
    .kind = KAF_KIND_INTEGER,
    .label = N_ ("Trainees who succeeded"),
    .section = "trainees",
    .since = 3,
    .min = 0,
    .max = 100000 },
  { .id = "result",
    .kind = KAF_KIND_LONG_TEXT,
    .label = N_ ("Results"),
    .section = "trainees",
    .since = 3,
    .flags = KAF_FIELD_SEARCH },
  KAF_ORIGIN_FIELDS,
  { NULL },
};

static gboolean
validate (KafGetFunc get, gpointer data, const char **field, GError **error)
{
  return kaf_common_validate_order (get, data, "starts_on", "ends_on", field, error);
}

const KafEntity kaf_entity_training_session = {
  .id = "training_session",
  .prefix = "SEA",
  .label = N_ ("Session"),
  .plural = N_ ("Sessions"),
  .since = 3,
  .fields = fields,
  .sections = sections,
  .validate = validate,
};
