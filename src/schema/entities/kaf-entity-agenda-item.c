/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A point of the agenda of a meeting, and what was said of it. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "schema/entities/kaf-common-fields.h"
#include "schema/entities/kaf-common-rules.h"
#include "schema/entities/kaf-entities.h"

static const KafSection sections[] = {
  { "item", N_ ("Point of the agenda") },
  { "minutes", N_ ("Minutes") },
  { NULL },
};

static const KafField fields[] = {
  { .id = "meeting",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Meeting"),
    .section = "item",
    .since = 6,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "meeting",
    .list_width = 28 },
  { .id = "title_fr",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Title"),
    .section = "item",
    .since = 6,
    .flags = KAF_FIELD_SEARCH,
    .list_width = 34 },
  { .id = "title_ar",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Title in Arabic"),
    .section = "item",
    .since = 6,
    .flags = KAF_FIELD_SEARCH | KAF_FIELD_ARABIC,
    .list_width = 34 },
  { .id = "speaker",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Presented by"),
    .section = "item",
    .since = 6,
    .klass = KAF_CLASS_IDENTITY,
    .list_width = 18 },
  { .id = "duration",
    .kind = KAF_KIND_INTEGER,
    .label = N_ ("Minutes it takes"),
    .section = "item",
    .since = 6,
    .list_width = 8,
    .min = 1,
    .max = 1440 },
  { .id = "said_fr",
    .kind = KAF_KIND_LONG_TEXT,
    .label = N_ ("What was said"),
    .section = "minutes",
    .since = 6 },
  { .id = "said_ar",
    .kind = KAF_KIND_LONG_TEXT,
    .label = N_ ("What was said, in Arabic"),
    .section = "minutes",
    .since = 6,
    .flags = KAF_FIELD_ARABIC },
  KAF_POSITION_FIELD (6),
  KAF_ORIGIN_FIELDS,
  { NULL },
};

static const char *const title[] = { "title_fr", NULL };
static const char *const title_ar[] = { "title_ar", NULL };

const KafEntity kaf_entity_agenda_item = {
  .id = "agenda_item",
  .label = N_ ("Point of the agenda"),
  .plural = N_ ("Points of the agenda"),
  .since = 6,
  .fields = fields,
  .sections = sections,
  .title = title,
  .title_ar = title_ar,
  .validate = kaf_common_validate_title,
};
