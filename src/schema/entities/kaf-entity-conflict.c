/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two edits of one record whose authors had not seen one another: the hub keeps what does not stand, for
 * a person to settle. The sides are JSON objects {FIELD:VALUE} of a merge unit; where one deleted the record, of all that the
 * other edited, "FACET.FIELD" what is of a facet. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "schema/entities/kaf-entities.h"

static const KafChoice states[] = {
  { "open", N_ ("To be settled"), "warning" },
  { "settled", N_ ("Resolved"), "success" },
  { NULL },
};

static const KafChoice outcomes[] = {
  { "stands", N_ ("What stands"), NULL },
  { "other", N_ ("The other version"), NULL },
  { "before", N_ ("As it was before"), NULL },
  { "new", N_ ("Written anew"), NULL },
  { NULL },
};

static const KafSection sections[] = {
  { "conflict", N_ ("Conflict") },
  { NULL },
};

#define TEXT(name, title, more)                                                                    \
  {                                                                                                \
    .id = name, .kind = KAF_KIND_TEXT, .label = title, .section = "conflict", .since = 2,          \
    .merge = KAF_MERGE_APPEND_ONLY, .flags = more                                                  \
  }

#define SIDE(name, title)                                                                          \
  {                                                                                                \
    .id = name, .kind = KAF_KIND_LONG_TEXT, .label = title, .section = "conflict", .since = 2,     \
    .merge = KAF_MERGE_APPEND_ONLY, .klass = KAF_CLASS_PRIVATE                                     \
  }

/* µs since 1970 UTC. */
#define MOMENT(name, title)                                                                        \
  {                                                                                                \
    .id = name, .kind = KAF_KIND_INTEGER, .label = title, .section = "conflict", .since = 2,       \
    .merge = KAF_MERGE_APPEND_ONLY                                                                 \
  }

static const KafField fields[] = {
  TEXT ("owner", N_ ("Record"), KAF_FIELD_REQUIRED | KAF_FIELD_INDEX),
  TEXT ("owner_entity", N_ ("Kind of record"), KAF_FIELD_REQUIRED | KAF_FIELD_ENTITY),
  TEXT ("field", N_ ("Information"), KAF_FIELD_NONE),
  SIDE ("stands", N_ ("What stands")),
  TEXT ("stands_by", N_ ("Written by"), KAF_FIELD_NONE),
  MOMENT ("stands_at", N_ ("Written on")),
  SIDE ("other", N_ ("The other version")),
  TEXT ("other_by", N_ ("Other version by"), KAF_FIELD_NONE),
  MOMENT ("other_at", N_ ("Other version on")),
  SIDE ("before", N_ ("As it was before")),
  { .id = "state",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("State"),
    .section = "conflict",
    .since = 2,
    .unit = "settlement",
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX,
    .choices = states,
    .initial = "open",
    .list_width = 14 },
  { .id = "outcome",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("Outcome"),
    .section = "conflict",
    .since = 2,
    .unit = "settlement",
    .choices = outcomes,
    .list_width = 14 },
  { NULL },
};

static const char *const title[] = { "field", NULL };

const KafEntity kaf_entity_conflict = {
  .id = "conflict",
  .label = N_ ("Conflict"),
  .plural = N_ ("Conflicts"),
  .since = 2,
  .flags = KAF_ENTITY_LOCAL_OFFICE,
  .fields = fields,
  .sections = sections,
  .title = title,
};
