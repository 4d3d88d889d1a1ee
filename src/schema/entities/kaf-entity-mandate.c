/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An office that a person holds in an organisation for a time: who presided on a given day. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "schema/entities/kaf-common-rules.h"
#include "schema/entities/kaf-common-fields.h"
#include "schema/entities/kaf-entities.h"

static const KafSection sections[] = {
  { "mandate", N_ ("Mandate") },
  { NULL },
};

static const KafField fields[] = {
  { .id = "person",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Person"),
    .section = "mandate",
    .since = 1,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "person",
    .list_width = 24 },
  { .id = "organisation",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Organisation"),
    .section = "mandate",
    .since = 1,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "organisation",
    .list_width = 24 },
  { .id = "office",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Office"),
    .section = "mandate",
    .since = 1,
    .flags = KAF_FIELD_REQUIRED,
    .list_width = 20 },
  { .id = "office_ar",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Office in Arabic"),
    .section = "mandate",
    .since = 1,
    .flags = KAF_FIELD_ARABIC },
  { .id = "presides",
    .kind = KAF_KIND_BOOLEAN,
    .label = N_ ("Presides the organisation"),
    .section = "mandate",
    .since = 1 },
  KAF_PERIOD_FIELDS ("mandate", N_ ("From"), N_ ("To")),
  { .id = "source",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Source"),
    .section = "mandate",
    .since = 1 },
  KAF_ORIGIN_FIELDS,
  { NULL },
};

const KafEntity kaf_entity_mandate = {
  .id = "mandate",
  .label = N_ ("Mandate"),
  .plural = N_ ("Mandates"),
  .since = 1,
  .flags = KAF_ENTITY_TIE | KAF_ENTITY_KEPT,
  .fields = fields,
  .sections = sections,
  .validate = kaf_common_validate_period,
};
