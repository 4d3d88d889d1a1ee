/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A search kept under a name. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "schema/entities/kaf-entities.h"

static const KafSection sections[] = {
  { "filter", N_ ("Saved search") },
  { NULL },
};

static const KafField fields[] = {
  { .id = "name",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Name"),
    .section = "filter",
    .since = 1,
    .flags = KAF_FIELD_REQUIRED,
    .list_width = 30 },
  { .id = "entity",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("List"),
    .section = "filter",
    .since = 1,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX },
  { .id = "query",
    .kind = KAF_KIND_LONG_TEXT,
    .label = N_ ("Search"),
    .section = "filter",
    .since = 1,
    .flags = KAF_FIELD_REQUIRED },
  { .id = "shared",
    .kind = KAF_KIND_BOOLEAN,
    .label = N_ ("Shared with colleagues"),
    .section = "filter",
    .since = 1 },
  { NULL },
};

static const char *const title[] = { "name", NULL };

const KafEntity kaf_entity_saved_filter = {
  .id = "saved_filter",
  .label = N_ ("Saved search"),
  .plural = N_ ("Saved searches"),
  .since = 1,
  .flags = KAF_ENTITY_LOCAL_OFFICE,
  .fields = fields,
  .sections = sections,
  .title = title,
};
