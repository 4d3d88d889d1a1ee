/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A need that a mission answers. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "schema/entities/kaf-common-fields.h"
#include "schema/entities/kaf-entities.h"

static const KafSection sections[] = {
  { "link", N_ ("Need") },
  { NULL },
};

static const KafField fields[] = {
  { .id = "mission",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Mission"),
    .section = "link",
    .since = 4,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "mission",
    .list_width = 28 },
  { .id = "need",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Need"),
    .section = "link",
    .since = 4,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "need",
    .list_width = 28 },
  KAF_ORIGIN_FIELDS,
  { NULL },
};

static const char *const identity[] = { "mission", "need", NULL };

const KafEntity kaf_entity_mission_need = {
  .id = "mission_need",
  .label = N_ ("Need of a mission"),
  .plural = N_ ("Needs of missions"),
  .since = 4,
  .fields = fields,
  .sections = sections,
  .identity = identity,
};
