/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two who go on working together: one abroad, one in Morocco. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "schema/entities/kaf-common-fields.h"
#include "schema/entities/kaf-common-rules.h"
#include "schema/entities/kaf-entities.h"

static const KafChoice states[] = {
  { "proposed", N_ ("Proposed"), NULL },
  { "active", N_ ("Active"), "success" },
  { "ended", N_ ("Ended"), NULL },
  { NULL },
};

static const KafSection sections[] = {
  { "pair", N_ ("Pair") },
  { NULL },
};

static const KafField fields[] = {
  { .id = "mission",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Mission"),
    .section = "pair",
    .since = 4,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "mission",
    .list_width = 28 },
  { .id = "expert",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Expert abroad"),
    .section = "pair",
    .since = 4,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX,
    .target = "mission_expert",
    .list_width = 20 },
  { .id = "participant",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Professional in Morocco"),
    .section = "pair",
    .since = 4,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX,
    .target = "participant",
    .list_width = 20 },
  { .id = "purpose",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Purpose"),
    .section = "pair",
    .since = 4,
    .list_width = 24 },
  { .id = "starts_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("From"),
    .section = "pair",
    .since = 4,
    .unit = "days",
    .list_width = 12 },
  { .id = "ends_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("To"),
    .section = "pair",
    .since = 4,
    .unit = "days",
    .list_width = 12 },
  { .id = "state",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("State"),
    .section = "pair",
    .since = 4,
    .choices = states,
    .initial = "proposed",
    .list_width = 12 },
  KAF_ORIGIN_FIELDS,
  { NULL },
};

static const char *const identity[] = { "mission", "expert", "participant", NULL };

static gboolean
validate (KafGetFunc get, gpointer data, const char **field, GError **error)
{
  return kaf_common_validate_order (get, data, "starts_on", "ends_on", field, error);
}

const KafEntity kaf_entity_pair = {
  .id = "pair",
  .label = N_ ("Pair"),
  .plural = N_ ("Pairs"),
  .since = 4,
  .fields = fields,
  .sections = sections,
  .identity = identity,
  .validate = validate,
};
