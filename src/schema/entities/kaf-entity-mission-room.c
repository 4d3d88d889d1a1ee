/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A room in which sessions are held, and how many it seats. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "schema/entities/kaf-common-fields.h"
#include "schema/entities/kaf-entities.h"

static const KafSection sections[] = {
  { "room", N_ ("Room") },
  { NULL },
};

static const KafField fields[] = {
  { .id = "mission",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Mission"),
    .section = "room",
    .since = 4,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "mission",
    .list_width = 28 },
  { .id = "name",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Name of the room"),
    .section = "room",
    .since = 4,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_SEARCH,
    .list_width = 18 },
  { .id = "organisation",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Where"),
    .section = "room",
    .since = 4,
    .flags = KAF_FIELD_INDEX,
    .target = "organisation",
    .list_width = 20 },
  { .id = "places",
    .kind = KAF_KIND_INTEGER,
    .label = N_ ("Places"),
    .section = "room",
    .since = 4,
    .list_width = 8,
    .min = 0,
    .max = 100000 },
  KAF_ORIGIN_FIELDS,
  { NULL },
};

static const char *const title[] = { "name", NULL };

const KafEntity kaf_entity_mission_room = {
  .id = "mission_room",
  .label = N_ ("Room"),
  .plural = N_ ("Rooms"),
  .since = 4,
  .fields = fields,
  .sections = sections,
  .title = title,
};
