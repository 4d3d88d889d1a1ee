/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A name that an organisation bore, in one language, for a time: a document prints the one of its date. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "schema/entities/kaf-common-rules.h"
#include "schema/entities/kaf-common-fields.h"
#include "schema/entities/kaf-entities.h"

static const KafChoice name_languages[] = {
  { "fr", N_ ("French"), NULL },
  { "ar", N_ ("Arabic"), NULL },
  { "en", N_ ("English"), NULL },
  { "de", N_ ("German"), NULL },
  { NULL },
};

static const KafSection sections[] = {
  { "name", N_ ("Name") },
  { NULL },
};

static const KafField fields[] = {
  { .id = "organisation",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Organisation"),
    .section = "name",
    .since = 1,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "organisation" },
  { .id = "language",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("Language"),
    .section = "name",
    .since = 1,
    .flags = KAF_FIELD_REQUIRED,
    .choices = name_languages,
    .list_width = 10 },
  { .id = "name",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Name"),
    .section = "name",
    .since = 1,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_NAME,
    .list_width = 40 },
  { .id = "acronym",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Acronym"),
    .section = "name",
    .since = 1,
    .list_width = 12 },
  KAF_PERIOD_FIELDS ("name", N_ ("From"), N_ ("To")),
  { .id = "source", .kind = KAF_KIND_TEXT, .label = N_ ("Source"), .section = "name", .since = 1 },
  KAF_ORIGIN_FIELDS,
  { NULL },
};

static const char *const title[] = { "name", NULL };

const KafEntity kaf_entity_organisation_name = {
  .id = "organisation_name",
  .label = N_ ("Former or official name"),
  .plural = N_ ("Names over time"),
  .since = 1,
  .fields = fields,
  .sections = sections,
  .title = title,
  .validate = kaf_common_validate_period,
};
