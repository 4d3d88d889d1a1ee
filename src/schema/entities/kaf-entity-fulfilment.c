/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was done of a commitment, and what shows it. A record of its own, so that two offices add up. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "schema/entities/kaf-common-fields.h"
#include "schema/entities/kaf-entities.h"

static const KafSection sections[] = {
  { "fulfilment", N_ ("Fulfilment") },
  { NULL },
};

static const KafField fields[] = {
  { .id = "commitment",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Commitment"),
    .section = "fulfilment",
    .since = 3,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "commitment",
    .list_width = 30 },
  { .id = "done_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("Done on"),
    .section = "fulfilment",
    .since = 3,
    .flags = KAF_FIELD_REQUIRED,
    .list_width = 12 },
  { .id = "due_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("For what was due on"),
    .hint = N_ ("Empty: the earliest that is still open."),
    .section = "fulfilment",
    .since = 3,
    .list_width = 12 },
  { .id = "quantity",
    .kind = KAF_KIND_INTEGER,
    .label = N_ ("How many"),
    .section = "fulfilment",
    .since = 3,
    .list_width = 8,
    .min = 1,
    .max = 100000000 },
  { .id = "evidence",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Evidence"),
    .hint = N_ ("The document or the fact that shows it."),
    .section = "fulfilment",
    .since = 3,
    .flags = KAF_FIELD_SEARCH,
    .list_width = 30 },
  { .id = "file",
    .kind = KAF_KIND_ATTACHMENT,
    .label = N_ ("File"),
    .section = "fulfilment",
    .since = 3,
    .target = "attachment" },
  KAF_ORIGIN_FIELDS,
  { NULL },
};

static const char *const title[] = { "evidence", NULL };

const KafEntity kaf_entity_fulfilment = {
  .id = "fulfilment",
  .label = N_ ("Fulfilment"),
  .plural = N_ ("Fulfilments"),
  .since = 3,
  .fields = fields,
  .sections = sections,
  .title = title,
};
