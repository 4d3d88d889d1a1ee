/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person did for Morocco beside missions: it makes her mobilised where it lasts. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "schema/entities/kaf-common-fields.h"
#include "schema/entities/kaf-common-rules.h"
#include "schema/entities/kaf-entities.h"

static const KafChoice kinds[] = {
  { "training", N_ ("Training"), NULL },
  { "advice", N_ ("Advice"), NULL },
  { "research", N_ ("Research"), NULL },
  { "mentoring", N_ ("Mentoring"), NULL },
  { "engineering", N_ ("Training engineering"), NULL },
  { "investment", N_ ("Investment"), NULL },
  { NULL },
};

static const KafSection sections[] = {
  { "contribution", N_ ("Contribution") },
  { NULL },
};

static const KafField fields[] = {
  { .id = "person",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Person"),
    .section = "contribution",
    .since = 5,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "person",
    .list_width = 24 },
  { .id = "kind",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("Kind"),
    .section = "contribution",
    .since = 5,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_FILTER,
    .choices = kinds,
    .list_width = 14 },
  { .id = "starts_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("First day"),
    .section = "contribution",
    .since = 5,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX,
    .unit = "days",
    .list_width = 12 },
  { .id = "ends_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("Last day"),
    .hint = N_ ("Empty: it goes on."),
    .section = "contribution",
    .since = 5,
    .unit = "days",
    .list_width = 12 },
  { .id = "days",
    .kind = KAF_KIND_INTEGER,
    .label = N_ ("Days given"),
    .section = "contribution",
    .since = 5,
    .list_width = 8,
    .min = 0,
    .max = 10000 },
  { .id = "organisation",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("For"),
    .section = "contribution",
    .since = 5,
    .flags = KAF_FIELD_INDEX,
    .target = "organisation",
    .list_width = 20 },
  { .id = "territory",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Region or province"),
    .section = "contribution",
    .since = 5,
    .flags = KAF_FIELD_INDEX,
    .target = "territory" },
  { .id = "subject",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("About"),
    .section = "contribution",
    .since = 5,
    .flags = KAF_FIELD_SEARCH,
    .list_width = 24 },
  { .id = "evidence",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Evidence"),
    .section = "contribution",
    .since = 5 },
  KAF_ORIGIN_FIELDS,
  { NULL },
};

static const char *const title[] = { "subject", NULL };

static gboolean
validate (KafGetFunc get, gpointer data, const char **field, GError **error)
{
  return kaf_common_validate_order (get, data, "starts_on", "ends_on", field, error);
}

const KafEntity kaf_entity_contribution = {
  .id = "contribution",
  .label = N_ ("Contribution"),
  .plural = N_ ("Contributions"),
  .since = 5,
  .fields = fields,
  .sections = sections,
  .title = title,
  .validate = validate,
};
