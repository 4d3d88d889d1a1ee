/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who stood in a segment on a day. The count stays when somebody in it is erased. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "schema/entities/kaf-entities.h"

static const KafSection sections[] = {
  { "list", N_ ("Frozen list") },
  { NULL },
};

static const KafField fields[] = {
  { .id = "segment",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Segment"),
    .section = "list",
    .since = 5,
    .merge = KAF_MERGE_APPEND_ONLY,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "segment",
    .list_width = 24 },
  { .id = "frozen_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("Frozen on"),
    .section = "list",
    .since = 5,
    .merge = KAF_MERGE_APPEND_ONLY,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX,
    .list_width = 12 },
  { .id = "count",
    .kind = KAF_KIND_INTEGER,
    .label = N_ ("How many"),
    .section = "list",
    .since = 5,
    .merge = KAF_MERGE_APPEND_ONLY,
    .list_width = 8,
    .min = 0,
    .max = 100000000 },
  { .id = "query",
    .kind = KAF_KIND_LONG_TEXT,
    .label = N_ ("Conditions of that day"),
    .since = 5,
    .merge = KAF_MERGE_APPEND_ONLY,
    .flags = KAF_FIELD_HIDDEN },
  { .id = "note",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Note"),
    .section = "list",
    .since = 5,
    .merge = KAF_MERGE_APPEND_ONLY,
    .list_width = 24 },
  { NULL },
};

static const char *const title[] = { "note", NULL };

const KafEntity kaf_entity_segment_list = {
  .id = "segment_list",
  .label = N_ ("Frozen list"),
  .plural = N_ ("Frozen lists"),
  .since = 5,
  .flags = KAF_ENTITY_LOCAL_OFFICE,
  .fields = fields,
  .sections = sections,
  .title = title,
};
