/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who signed a convention: by the office held that day, which is what shows and prints. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "schema/entities/kaf-common-fields.h"
#include "schema/entities/kaf-entities.h"

static const KafSection sections[] = {
  { "signatory", N_ ("Signatory") },
  { NULL },
};

static const KafField fields[] = {
  { .id = "convention",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Convention"),
    .section = "signatory",
    .since = 3,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "convention",
    .list_width = 28 },
  { .id = "mandate",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Office held"),
    .hint = N_ ("The office held when signing: its name and holder are those of the day."),
    .section = "signatory",
    .since = 3,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX,
    .target = "mandate",
    .list_width = 28 },
  { .id = "signed_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("Signed on"),
    .hint = N_ ("When it differs from the convention."),
    .section = "signatory",
    .since = 3,
    .list_width = 12 },
  { .id = "by_delegation",
    .kind = KAF_KIND_BOOLEAN,
    .label = N_ ("By delegation"),
    .section = "signatory",
    .since = 3 },
  { .id = "source",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Source"),
    .section = "signatory",
    .since = 3 },
  KAF_ORIGIN_FIELDS,
  { NULL },
};

const KafEntity kaf_entity_signatory = {
  .id = "signatory",
  .label = N_ ("Signatory"),
  .plural = N_ ("Signatories"),
  .since = 3,
  .flags = KAF_ENTITY_APPROVED,
  .fields = fields,
  .sections = sections,
};
