/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A convention that carries a mission. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "schema/entities/kaf-common-fields.h"
#include "schema/entities/kaf-entities.h"

static const KafSection sections[] = {
  { "link", N_ ("Convention") },
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
  { .id = "convention",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Convention"),
    .section = "link",
    .since = 4,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "convention",
    .list_width = 28 },
  KAF_ORIGIN_FIELDS,
  { NULL },
};

static const char *const identity[] = { "mission", "convention", NULL };

const KafEntity kaf_entity_mission_convention = {
  .id = "mission_convention",
  .label = N_ ("Convention of a mission"),
  .plural = N_ ("Conventions of missions"),
  .since = 4,
  .fields = fields,
  .sections = sections,
  .identity = identity,
};
