/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is handed over after a mission, on paper or digitally, and with which rights. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "schema/entities/kaf-common-fields.h"
#include "schema/entities/kaf-common-rules.h"
#include "schema/entities/kaf-entities.h"

static const KafChoice forms[] = {
  { "digital", N_ ("Digital"), NULL },
  { "paper", N_ ("On paper"), NULL },
  { "both", N_ ("Digital and on paper"), NULL },
  { NULL },
};

static const KafChoice rights[] = {
  { "free", N_ ("May be reused freely"), NULL },
  { "internal", N_ ("For the use of the establishment"), NULL },
  { "reading", N_ ("For reading only"), NULL },
  { NULL },
};

static const KafSection sections[] = {
  { "material", N_ ("Material handed over") },
  { "refusal", N_ ("Not handed over") },
  { NULL },
};

static const KafField fields[] = {
  { .id = "mission",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Mission"),
    .section = "material",
    .since = 4,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "mission",
    .list_width = 28 },
  { .id = "title_fr",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Title"),
    .section = "material",
    .since = 4,
    .flags = KAF_FIELD_SEARCH,
    .list_width = 28 },
  { .id = "title_ar",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Title in Arabic"),
    .section = "material",
    .since = 4,
    .flags = KAF_FIELD_SEARCH | KAF_FIELD_ARABIC },
  { .id = "form",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("Form"),
    .section = "material",
    .since = 4,
    .choices = forms,
    .list_width = 12 },
  { .id = "rights",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("Rights"),
    .section = "material",
    .since = 4,
    .choices = rights,
    .list_width = 16 },
  { .id = "copies",
    .kind = KAF_KIND_INTEGER,
    .label = N_ ("Copies"),
    .section = "material",
    .since = 4,
    .list_width = 8,
    .min = 0,
    .max = 1000000 },
  { .id = "handed_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("Handed over on"),
    .section = "material",
    .since = 4,
    .list_width = 12 },
  { .id = "handed_to",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Handed to"),
    .section = "material",
    .since = 4,
    .flags = KAF_FIELD_INDEX,
    .target = "organisation",
    .list_width = 20 },
  { .id = "file",
    .kind = KAF_KIND_ATTACHMENT,
    .label = N_ ("File"),
    .section = "material",
    .since = 4,
    .target = "attachment" },
  { .id = "refused_reason",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Reason"),
    .section = "refusal",
    .since = 4 },
  KAF_ORIGIN_FIELDS,
  { NULL },
};

static const char *const title[] = { "title_fr", NULL };
static const char *const title_ar[] = { "title_ar", NULL };

const KafEntity kaf_entity_material = {
  .id = "material",
  .label = N_ ("Material handed over"),
  .plural = N_ ("Materials handed over"),
  .since = 4,
  .fields = fields,
  .sections = sections,
  .title = title,
  .title_ar = title_ar,
  .validate = kaf_common_validate_title,
};
