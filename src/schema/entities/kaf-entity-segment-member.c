/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One who stands in a frozen list. Goes with the person when she is erased. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "schema/entities/kaf-entities.h"

static const KafSection sections[] = {
  { "member", N_ ("Member") },
  { NULL },
};

static const KafField fields[] = {
  { .id = "list",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Frozen list"),
    .section = "member",
    .since = 5,
    .merge = KAF_MERGE_APPEND_ONLY,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "segment_list" },
  { .id = "person",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Person"),
    .section = "member",
    .since = 5,
    .merge = KAF_MERGE_APPEND_ONLY,
    .flags = KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "person",
    .list_width = 24 },
  { .id = "organisation",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Organisation"),
    .section = "member",
    .since = 5,
    .merge = KAF_MERGE_APPEND_ONLY,
    .flags = KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "organisation",
    .list_width = 24 },
  { NULL },
};

static const char *const identity[] = { "list", "person", "organisation", NULL };

const KafEntity kaf_entity_segment_member = {
  .id = "segment_member",
  .label = N_ ("Member of a list"),
  .plural = N_ ("Members of lists"),
  .since = 5,
  .flags = KAF_ENTITY_LOCAL_OFFICE,
  .fields = fields,
  .sections = sections,
  .identity = identity,
};
