/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How project holders are scored: criteria with their points, the cuts between tiers. One whole, in versions: once
 * published it stays as it is, and the next version takes its place on its day. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "schema/entities/kaf-common-rules.h"
#include "schema/entities/kaf-entities.h"

static const KafSection sections[] = {
  { "rules", N_ ("Scoring rules") },
  { NULL },
};

static const KafField fields[] = {
  { .id = "title_fr",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Title"),
    .section = "rules",
    .since = 5,
    .flags = KAF_FIELD_NAME,
    .list_width = 30 },
  { .id = "title_ar",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Title in Arabic"),
    .section = "rules",
    .since = 5,
    .flags = KAF_FIELD_NAME | KAF_FIELD_ARABIC,
    .list_width = 30 },
  { .id = "number",
    .kind = KAF_KIND_INTEGER,
    .label = N_ ("Version"),
    .section = "rules",
    .since = 5,
    .flags = KAF_FIELD_REQUIRED,
    .list_width = 8,
    .min = 1,
    .max = 100000 },
  { .id = "rules",
    .kind = KAF_KIND_LONG_TEXT,
    .label = N_ ("Criteria"),
    .since = 5,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_HIDDEN },
  { .id = "published_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("Published on"),
    .section = "rules",
    .since = 5,
    .flags = KAF_FIELD_INDEX,
    .list_width = 12 },
  { .id = "published_by",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Published by"),
    .section = "rules",
    .since = 5,
    .list_width = 14 },
  { .id = "notes",
    .kind = KAF_KIND_LONG_TEXT,
    .label = N_ ("Notes"),
    .section = "rules",
    .since = 5,
    .klass = KAF_CLASS_PRIVATE },
  { NULL },
};

static const char *const title[] = { "title_fr", NULL };
static const char *const title_ar[] = { "title_ar", NULL };

const KafEntity kaf_entity_rule_set = {
  .id = "rule_set",
  .prefix = "BAR",
  .label = N_ ("Scoring rules"),
  .plural = N_ ("Sets of scoring rules"),
  .since = 5,
  .flags = KAF_ENTITY_APPROVED,
  .fields = fields,
  .sections = sections,
  .title = title,
  .title_ar = title_ar,
  .validate = kaf_common_validate_title,
};
