/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What makes an organisation a network of experts. Facet of the organisation: same id. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "schema/entities/kaf-entities.h"

static const KafChoice bases[] = {
  { "geographic", N_ ("Geographic"), NULL },
  { "thematic", N_ ("Thematic"), NULL },
  { NULL },
};

static const KafSection sections[] = {
  { "network", N_ ("Network") },
  { NULL },
};

static const KafField fields[] = {
  { .id = "basis",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("Basis"),
    .section = "network",
    .since = 1,
    .flags = KAF_FIELD_FILTER,
    .choices = bases,
    .list_width = 12 },
  { .id = "countries",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Countries covered"),
    .section = "network",
    .since = 1,
    .merge = KAF_MERGE_ADD_WINS,
    .flags = KAF_FIELD_MANY | KAF_FIELD_INDEX | KAF_FIELD_FILTER,
    .target = "country",
    .list_width = 20 },
  { .id = "domains",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Domains"),
    .section = "network",
    .since = 1,
    .merge = KAF_MERGE_ADD_WINS,
    .flags = KAF_FIELD_MANY | KAF_FIELD_INDEX | KAF_FIELD_FILTER | KAF_FIELD_SEARCH,
    .target = "domain",
    .list_width = 24 },
  { .id = "label", .kind = KAF_KIND_TEXT, .label = N_ ("Label"), .section = "network", .since = 1 },
  { NULL },
};

const KafEntity kaf_entity_network = {
  .id = "network",
  .prefix = "RES",
  .label = N_ ("Network"),
  .plural = N_ ("Networks"),
  .owner = "organisation",
  .since = 1,
  .facet = 1,
  .flags = KAF_ENTITY_SEARCHED,
  .fields = fields,
  .sections = sections,
};
