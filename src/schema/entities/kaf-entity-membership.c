/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A person belongs to a network, since when and says who. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "schema/entities/kaf-common-rules.h"
#include "schema/entities/kaf-common-fields.h"
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
  KAF_PERIOD_FIELDS ("membership", N_ ("Member since"), N_ ("Until")),
  { .id = "source",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Source"),
    .section = "membership",
    .since = 1,
    .list_width = 14 },
  KAF_ORIGIN_FIELDS,
  { NULL },
};

const KafEntity kaf_entity_membership = {
  .id = "membership",
  .label = N_ ("Membership"),
  .plural = N_ ("Memberships"),
  .since = 1,
  .fields = fields,
  .sections = sections,
  .validate = kaf_common_validate_period,
};
