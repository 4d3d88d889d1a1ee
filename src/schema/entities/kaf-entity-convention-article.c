/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An article of a convention or of an amendment, in both languages. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "schema/entities/kaf-common-fields.h"
#include "schema/entities/kaf-entities.h"

static const KafSection sections[] = {
  { "article", N_ ("Article") },
  { "article_ar", N_ ("In Arabic") },
  { NULL },
};

static const KafField fields[] = {
  { .id = "convention",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Convention"),
    .section = "article",
    .since = 3,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "convention" },
  { .id = "number",
    .kind = KAF_KIND_INTEGER,
    .label = N_ ("Article number"),
    .section = "article",
    .since = 3,
    .flags = KAF_FIELD_REQUIRED,
    .list_width = 8,
    .min = 1,
    .max = 9999 },
  { .id = "title_fr",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Title"),
    .section = "article",
    .since = 3,
    .list_width = 30 },
  { .id = "text_fr",
    .kind = KAF_KIND_LONG_TEXT,
    .label = N_ ("Text"),
    .section = "article",
    .since = 3,
    .flags = KAF_FIELD_SEARCH },
  { .id = "title_ar",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Title in Arabic"),
    .section = "article_ar",
    .since = 3,
    .flags = KAF_FIELD_ARABIC,
    .list_width = 30 },
  { .id = "text_ar",
    .kind = KAF_KIND_LONG_TEXT,
    .label = N_ ("Text in Arabic"),
    .section = "article_ar",
    .since = 3,
    .flags = KAF_FIELD_SEARCH | KAF_FIELD_ARABIC },
  KAF_ORIGIN_FIELDS,
  { NULL },
};

static const char *const title[] = { "title_fr", NULL };
static const char *const title_ar[] = { "title_ar", NULL };

const KafEntity kaf_entity_convention_article = {
  .id = "convention_article",
  .label = N_ ("Article"),
  .plural = N_ ("Articles"),
  .since = 3,
  .flags = KAF_ENTITY_APPROVED,
  .fields = fields,
  .sections = sections,
  .title = title,
  .title_ar = title_ar,
};
