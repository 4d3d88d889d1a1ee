/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A saved query over persons, experts, project holders or networks, with what it is for. Live: its count is what it
 * finds today. Frozen, it is a segment_list. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "schema/entities/kaf-common-fields.h"
#include "schema/entities/kaf-common-rules.h"
#include "schema/entities/kaf-entities.h"

static const KafChoice entities[] = {
  { "person", N_ ("Persons"), NULL },
  { "expert", N_ ("Experts"), NULL },
  { "project_holder", N_ ("Project holders"), NULL },
  { "network", N_ ("Networks"), NULL },
  { NULL },
};

static const KafSection sections[] = {
  { "segment", N_ ("Segment") },
  { NULL },
};

static const KafField fields[] = {
  { .id = "title_fr",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Title"),
    .section = "segment",
    .since = 5,
    .flags = KAF_FIELD_NAME,
    .list_width = 36 },
  { .id = "title_ar",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Title in Arabic"),
    .section = "segment",
    .since = 5,
    .flags = KAF_FIELD_NAME | KAF_FIELD_ARABIC,
    .list_width = 30 },
  { .id = "entity",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("Of"),
    .section = "segment",
    .since = 5,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_FILTER,
    .choices = entities,
    .list_width = 14 },
  { .id = "query",
    .kind = KAF_KIND_LONG_TEXT,
    .label = N_ ("Conditions"),
    .since = 5,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_HIDDEN },
  { .id = "purpose",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Purpose"),
    .hint = N_ ("What these people are called for."),
    .section = "segment",
    .since = 5,
    .flags = KAF_FIELD_SEARCH,
    .list_width = 24 },
  { .id = "shared",
    .kind = KAF_KIND_BOOLEAN,
    .label = N_ ("Shared with colleagues"),
    .section = "segment",
    .since = 5,
    .list_width = 8 },
  { .id = "notes",
    .kind = KAF_KIND_LONG_TEXT,
    .label = N_ ("Notes"),
    .section = "segment",
    .since = 5,
    .klass = KAF_CLASS_PRIVATE },
  KAF_ORIGIN_FIELDS,
  { NULL },
};

static const char *const title[] = { "title_fr", NULL };
static const char *const title_ar[] = { "title_ar", NULL };

const KafEntity kaf_entity_segment = {
  .id = "segment",
  .prefix = "SEG",
  .label = N_ ("Segment"),
  .plural = N_ ("Segments"),
  .since = 5,
  .flags = KAF_ENTITY_SEARCHED,
  .fields = fields,
  .sections = sections,
  .title = title,
  .title_ar = title_ar,
  .validate = kaf_common_validate_title,
};
