/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reference lists: countries, territories, sectors, occupations, domains, languages.
 * An item is keyed by its code, so that two devices that add the same item meet. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "schema/entities/kaf-entities.h"

static const KafSection list_sections[] = {
  { "item", N_ ("Item") },
  { NULL },
};

static const char *const list_title[] = { "name_fr", NULL };
static const char *const list_title_ar[] = { "name_ar", NULL };
static const char *const list_sort[] = { "position", "name_fr", NULL };
static const char *const list_identity[] = { "code", NULL };

#define LIST_FIELDS(entity_id)                                                                     \
  { .id = "code",                                                                                  \
    .kind = KAF_KIND_TEXT,                                                                         \
    .label = N_ ("Code"),                                                                          \
    .section = "item",                                                                             \
    .since = 1,                                                                                    \
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_SEARCH,                                                \
    .list_width = 10 },                                                                            \
      { .id = "name_fr",                                                                           \
        .kind = KAF_KIND_TEXT,                                                                     \
        .label = N_ ("Name in French"),                                                            \
        .section = "item",                                                                         \
        .since = 1,                                                                                \
        .flags = KAF_FIELD_REQUIRED | KAF_FIELD_NAME,                                              \
        .list_width = 30 },                                                                        \
      { .id = "name_ar",                                                                           \
        .kind = KAF_KIND_TEXT,                                                                     \
        .label = N_ ("Name in Arabic"),                                                            \
        .section = "item",                                                                         \
        .since = 1,                                                                                \
        .flags = KAF_FIELD_NAME | KAF_FIELD_ARABIC,                                                \
        .list_width = 30 },                                                                        \
      { .id = "name_en",                                                                           \
        .kind = KAF_KIND_TEXT,                                                                     \
        .label = N_ ("Name in English"),                                                           \
        .section = "item",                                                                         \
        .since = 1 },                                                                              \
      { .id = "parent",                                                                            \
        .kind = KAF_KIND_REFERENCE,                                                                \
        .label = N_ ("Part of"),                                                                   \
        .section = "item",                                                                         \
        .since = 1,                                                                                \
        .flags = KAF_FIELD_INDEX,                                                                  \
        .target = entity_id },                                                                     \
      { .id = "position",                                                                          \
        .kind = KAF_KIND_INTEGER,                                                                  \
        .label = N_ ("Order"),                                                                     \
        .section = "item",                                                                         \
        .since = 1,                                                                                \
        .min = 0,                                                                                  \
        .max = 1000000 },                                                                          \
  {                                                                                                \
    .id = "retired", .kind = KAF_KIND_BOOLEAN, .label = N_ ("No longer offered"),                  \
    .section = "item", .since = 1                                                                  \
  }

#define LIST(name, entity_id, one, many)                                                           \
  static const KafField name##_fields[] = { LIST_FIELDS (entity_id), { NULL } };                   \
  const KafEntity kaf_entity_##name = {                                                            \
    .id = entity_id,                                                                               \
    .label = one,                                                                                  \
    .plural = many,                                                                                \
    .since = 1,                                                                                    \
    .flags = KAF_ENTITY_LIST,                                                                      \
    .fields = name##_fields,                                                                       \
    .sections = list_sections,                                                                     \
    .title = list_title,                                                                           \
    .title_ar = list_title_ar,                                                                     \
    .sort = list_sort,                                                                             \
    .identity = list_identity,                                                                     \
  }

LIST (country, "country", N_ ("Country"), N_ ("Countries"));
LIST (territory, "territory", N_ ("Region or province"), N_ ("Regions and provinces"));
LIST (sector, "sector", N_ ("Sector"), N_ ("Sectors"));
LIST (occupation, "occupation", N_ ("Occupation"), N_ ("Occupations"));
LIST (domain, "domain", N_ ("Domain"), N_ ("Domains"));
LIST (language, "language", N_ ("Language"), N_ ("Languages"));

static const KafChoice holiday_kinds[] = {
  { "civil", N_ ("Civil"), NULL },
  { "religious", N_ ("Religious"), NULL },
  { "ramadan", N_ ("Ramadan"), NULL },
  { NULL },
};

/* Days on which no session is held without a reason. A civil one comes back every year on its day; a religious one
 * has the dates of one year, announced until the moon is seen. */
static const KafField holiday_fields[] = {
  LIST_FIELDS ("holiday"),
  { .id = "kind",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("Kind"),
    .section = "item",
    .since = 4,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_FILTER,
    .choices = holiday_kinds,
    .list_width = 12 },
  { .id = "starts_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("First day"),
    .section = "item",
    .since = 4,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX,
    .unit = "days",
    .list_width = 12 },
  { .id = "ends_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("Last day"),
    .section = "item",
    .since = 4,
    .unit = "days",
    .list_width = 12 },
  { .id = "every_year",
    .kind = KAF_KIND_BOOLEAN,
    .label = N_ ("Every year on this day"),
    .section = "item",
    .since = 4 },
  { .id = "announced",
    .kind = KAF_KIND_BOOLEAN,
    .label = N_ ("Date still to be confirmed"),
    .section = "item",
    .since = 4 },
  { NULL },
};

const KafEntity kaf_entity_holiday = {
  .id = "holiday",
  .label = N_ ("Public holiday"),
  .plural = N_ ("Public holidays"),
  .since = 4,
  .flags = KAF_ENTITY_LIST,
  .fields = holiday_fields,
  .sections = list_sections,
  .title = list_title,
  .title_ar = list_title_ar,
  .sort = list_sort,
  .identity = list_identity,
};

static const KafChoice post_kinds[] = {
  { "embassy", N_ ("Embassy"), NULL },
  { "consulate_general", N_ ("Consulate general"), NULL },
  { "consulate", N_ ("Consulate"), NULL },
  { "honorary", N_ ("Honorary consulate"), NULL },
  { "mission", N_ ("Permanent mission"), NULL },
  { NULL },
};

/* The diplomatic and consular network. */
static const KafField post_fields[] = {
  LIST_FIELDS ("post"),
  { .id = "kind",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("Kind"),
    .section = "item",
    .since = 5,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_FILTER,
    .choices = post_kinds,
    .list_width = 14 },
  { .id = "country",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Country"),
    .section = "item",
    .since = 5,
    .flags = KAF_FIELD_INDEX | KAF_FIELD_FILTER,
    .target = "country",
    .list_width = 16 },
  { .id = "city",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("City"),
    .section = "item",
    .since = 5,
    .flags = KAF_FIELD_SEARCH,
    .list_width = 16 },
  { .id = "to_confirm",
    .kind = KAF_KIND_BOOLEAN,
    .label = N_ ("To be confirmed"),
    .section = "item",
    .since = 5 },
  { NULL },
};

const KafEntity kaf_entity_post = {
  .id = "post",
  .label = N_ ("Diplomatic or consular post"),
  .plural = N_ ("Diplomatic and consular posts"),
  .since = 5,
  .flags = KAF_ENTITY_LIST,
  .fields = post_fields,
  .sections = list_sections,
  .title = list_title,
  .title_ar = list_title_ar,
  .sort = list_sort,
  .identity = list_identity,
};
