/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is to be done after a mission so that what was learnt is used, by whom and when. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "schema/entities/kaf-common-fields.h"
#include "schema/entities/kaf-entities.h"

static const KafChoice kinds[] = {
  { "visit", N_ ("Visit"), NULL },
  { "call", N_ ("Call"), NULL },
  { "remote", N_ ("Session at a distance"), NULL },
  { "supervision", N_ ("Supervision"), NULL },
  { "report", N_ ("Report"), NULL },
  { NULL },
};

static const KafSection sections[] = {
  { "follow_up", N_ ("Follow-up") },
  { NULL },
};

static const KafField fields[] = {
  { .id = "mission",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Mission"),
    .section = "follow_up",
    .since = 4,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "mission",
    .list_width = 28 },
  { .id = "label_fr",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("What"),
    .section = "follow_up",
    .since = 4,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_SEARCH,
    .list_width = 28 },
  { .id = "kind",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("Kind"),
    .section = "follow_up",
    .since = 4,
    .choices = kinds,
    .list_width = 12 },
  { .id = "pair",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Pair"),
    .section = "follow_up",
    .since = 4,
    .flags = KAF_FIELD_INDEX,
    .target = "pair" },
  { .id = "owner_name",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Who does it"),
    .section = "follow_up",
    .since = 4,
    .klass = KAF_CLASS_IDENTITY,
    .list_width = 18 },
  { .id = "due_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("Due on"),
    .section = "follow_up",
    .since = 4,
    .flags = KAF_FIELD_INDEX,
    .list_width = 12 },
  { .id = "done_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("Done on"),
    .section = "follow_up",
    .since = 4,
    .list_width = 12 },
  { .id = "outcome",
    .kind = KAF_KIND_LONG_TEXT,
    .label = N_ ("Outcome"),
    .section = "follow_up",
    .since = 4,
    .flags = KAF_FIELD_SEARCH },
  KAF_ORIGIN_FIELDS,
  { NULL },
};

static const char *const title[] = { "label_fr", NULL };

const KafEntity kaf_entity_follow_up = {
  .id = "follow_up",
  .label = N_ ("Follow-up of a mission"),
  .plural = N_ ("Follow-ups of missions"),
  .since = 4,
  .fields = fields,
  .sections = sections,
  .title = title,
};
