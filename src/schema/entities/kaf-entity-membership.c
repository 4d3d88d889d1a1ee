/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A person belongs to a network, since when and says who. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "schema/entities/kaf-period.h"
#include "schema/entities/kaf-entities.h"

static const KafSection sections[] = {
  { "membership", N_ ("Membership") },
  { NULL },
};

static const KafField fields[] = {
  { .id = "person",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Person"),
    .section = "membership",
    .since = 1,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "person",
    .list_width = 24 },
  { .id = "network",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Network"),
    .section = "membership",
    .since = 1,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX | KAF_FIELD_PARENT | KAF_FIELD_FILTER,
    .target = "network",
    .list_width = 16 },
  { .id = "role",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Role"),
    .section = "membership",
    .since = 1 },
  { .id = "valid_from",
    .kind = KAF_KIND_PARTIAL_DATE,
    .label = N_ ("Member since"),
    .section = "membership",
    .since = 1,
    .unit = "validity",
    .list_width = 12 },
  { .id = "valid_to",
    .kind = KAF_KIND_PARTIAL_DATE,
    .label = N_ ("Until"),
    .section = "membership",
    .since = 1,
    .unit = "validity",
    .list_width = 12 },
  { .id = "source",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Source"),
    .section = "membership",
    .since = 1,
    .list_width = 14 },
  { .id = "external_source",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Source of the import"),
    .since = 1,
    .flags = KAF_FIELD_INDEX | KAF_FIELD_HIDDEN },
  { .id = "external_id",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Number in that source"),
    .since = 1,
    .flags = KAF_FIELD_HIDDEN },
  { .id = "sample",
    .kind = KAF_KIND_BOOLEAN,
    .label = N_ ("Sample record"),
    .since = 1,
    .flags = KAF_FIELD_HIDDEN },
  { NULL },
};

const KafEntity kaf_entity_membership = {
  .id = "membership",
  .label = N_ ("Membership"),
  .plural = N_ ("Memberships"),
  .since = 1,
  .fields = fields,
  .sections = sections,
  .validate = kaf_period_validate,
};
