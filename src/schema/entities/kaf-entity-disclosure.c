/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Personal data that left the office: export, reveal, transfer abroad (law 09-08). */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "schema/entities/kaf-entities.h"

static const KafChoice acts[] = {
  { "export", N_ ("Export"), NULL },
  { "reveal", N_ ("Identifier shown"), NULL },
  { "print", N_ ("Printed"), NULL },
  { "transfer", N_ ("Transfer abroad"), NULL },
  { NULL },
};

static const KafSection sections[] = {
  { "disclosure", N_ ("Disclosure") },
  { NULL },
};

static const KafField fields[] = {
  { .id = "act",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("Act"),
    .section = "disclosure",
    .since = 1,
    .merge = KAF_MERGE_APPEND_ONLY,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX,
    .choices = acts,
    .list_width = 12 },
  { .id = "made_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("On"),
    .section = "disclosure",
    .since = 1,
    .merge = KAF_MERGE_APPEND_ONLY,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX,
    .list_width = 12 },
  { .id = "entity",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("What"),
    .section = "disclosure",
    .since = 1,
    .merge = KAF_MERGE_APPEND_ONLY,
    .flags = KAF_FIELD_ENTITY,
    .list_width = 16 },
  { .id = "n_persons",
    .kind = KAF_KIND_INTEGER,
    .label = N_ ("Number of persons"),
    .section = "disclosure",
    .since = 1,
    .merge = KAF_MERGE_APPEND_ONLY,
    .list_width = 10,
    .min = 0,
    .max = 100000000 },
  { .id = "filter",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Selection"),
    .section = "disclosure",
    .since = 1,
    .merge = KAF_MERGE_APPEND_ONLY },
  { .id = "reason",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Reason"),
    .section = "disclosure",
    .since = 1,
    .merge = KAF_MERGE_APPEND_ONLY,
    .flags = KAF_FIELD_REQUIRED,
    .list_width = 30 },
  { .id = "recipient",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Recipient"),
    .section = "disclosure",
    .since = 1,
    .merge = KAF_MERGE_APPEND_ONLY,
    .list_width = 20 },
  { .id = "country",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Country of the recipient"),
    .section = "disclosure",
    .since = 1,
    .merge = KAF_MERGE_APPEND_ONLY,
    .target = "country" },
  { NULL },
};

static const char *const title[] = { "reason", NULL };

const KafEntity kaf_entity_disclosure = {
  .id = "disclosure",
  .prefix = "COM",
  .label = N_ ("Disclosure"),
  .plural = N_ ("Disclosures"),
  .since = 1,
  .flags = KAF_ENTITY_APPEND_ONLY | KAF_ENTITY_LOCAL_OFFICE,
  .fields = fields,
  .sections = sections,
  .title = title,
};
