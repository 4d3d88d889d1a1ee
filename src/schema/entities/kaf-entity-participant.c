/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A name on the sheet of a mission; not a person of the reference. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "schema/entities/kaf-common-fields.h"
#include "schema/entities/kaf-entities.h"

static const KafSection sections[] = {
  { "participant", N_ ("Participant") },
  { NULL },
};

static const KafField fields[] = {
  { .id = "mission",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Mission"),
    .section = "participant",
    .since = 4,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "mission",
    .list_width = 28 },
  { .id = "name",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Name"),
    .section = "participant",
    .since = 4,
    .klass = KAF_CLASS_IDENTITY,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_NAME,
    .list_width = 24 },
  { .id = "name_ar",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Name in Arabic"),
    .section = "participant",
    .since = 4,
    .klass = KAF_CLASS_IDENTITY,
    .flags = KAF_FIELD_NAME | KAF_FIELD_ARABIC,
    .list_width = 24 },
  { .id = "function",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Function"),
    .section = "participant",
    .since = 4,
    .list_width = 18 },
  { .id = "establishment",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Establishment"),
    .section = "participant",
    .since = 4,
    .flags = KAF_FIELD_SEARCH,
    .list_width = 20 },
  KAF_POSITION_FIELD (4),
  KAF_ORIGIN_FIELDS,
  { NULL },
};

static const char *const title[] = { "name", NULL };
static const char *const title_ar[] = { "name_ar", NULL };

const KafEntity kaf_entity_participant = {
  .id = "participant",
  .label = N_ ("Participant"),
  .plural = N_ ("Participants"),
  .since = 4,
  .fields = fields,
  .sections = sections,
  .title = title,
  .title_ar = title_ar,
};
