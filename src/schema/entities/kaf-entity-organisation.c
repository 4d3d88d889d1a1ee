/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A body: ministry, council, network, association… Its former names are records of their own. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-validation-error.h"
#include "schema/entities/kaf-common-fields.h"
#include "schema/entities/kaf-entities.h"

static const KafChoice kinds[] = {
  { "ministry", N_ ("Ministry"), NULL },
  { "public_establishment", N_ ("Public establishment"), NULL },
  { "network", N_ ("Network"), NULL },
  { "association", N_ ("Association"), NULL },
  { "ngo", N_ ("Non-governmental organisation"), NULL },
  { "local_authority", N_ ("Local authority"), NULL },
  { "provincial_council", N_ ("Provincial council"), NULL },
  { "regional_council", N_ ("Regional council"), NULL },
  { "consulate", N_ ("Consulate"), NULL },
  { "company", N_ ("Company"), NULL },
  { "university", N_ ("University"), NULL },
  { "funder", N_ ("Funder"), NULL },
  { NULL },
};

static const KafSection sections[] = {
  { "name", N_ ("Name") },       { "name_ar", N_ ("Name in Arabic") },
  { "place", N_ ("Place") },     { "contact", N_ ("Contact details") },
  { "profile", N_ ("Profile") }, { NULL },
};

static const KafField fields[] = {
  { .id = "name_fr",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Name"),
    .section = "name",
    .since = 1,
    .flags = KAF_FIELD_NAME,
    .list_width = 36 },
  { .id = "acronym",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Acronym"),
    .section = "name",
    .since = 1,
    .flags = KAF_FIELD_NAME,
    .list_width = 14 },
  { .id = "name_ar",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Name in Arabic"),
    .section = "name_ar",
    .since = 1,
    .flags = KAF_FIELD_NAME | KAF_FIELD_ARABIC,
    .list_width = 30 },
  { .id = "kind",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("Kind"),
    .section = "name",
    .since = 1,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX | KAF_FIELD_FILTER,
    .choices = kinds,
    .list_width = 20 },
  { .id = "country",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Country"),
    .section = "place",
    .since = 1,
    .flags = KAF_FIELD_INDEX | KAF_FIELD_FILTER,
    .target = "country",
    .list_width = 14 },
  { .id = "territory",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Region or province"),
    .section = "place",
    .since = 1,
    .flags = KAF_FIELD_INDEX | KAF_FIELD_FILTER,
    .target = "territory",
    .list_width = 18 },
  { .id = "city",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("City"),
    .section = "place",
    .since = 1,
    .flags = KAF_FIELD_SEARCH,
    .list_width = 14 },
  { .id = "address",
    .kind = KAF_KIND_LONG_TEXT,
    .label = N_ ("Address"),
    .section = "place",
    .since = 1 },
  { .id = "phones",
    .kind = KAF_KIND_PHONE,
    .label = N_ ("Phone"),
    .section = "contact",
    .since = 1,
    .merge = KAF_MERGE_ADD_WINS,
    .flags = KAF_FIELD_MANY | KAF_FIELD_SEARCH | KAF_FIELD_INDEX },
  { .id = "emails",
    .kind = KAF_KIND_EMAIL,
    .label = N_ ("E-mail"),
    .section = "contact",
    .since = 1,
    .merge = KAF_MERGE_ADD_WINS,
    .flags = KAF_FIELD_MANY | KAF_FIELD_SEARCH | KAF_FIELD_INDEX },
  { .id = "links",
    .kind = KAF_KIND_URL,
    .label = N_ ("Web pages"),
    .section = "contact",
    .since = 1,
    .merge = KAF_MERGE_ADD_WINS,
    .flags = KAF_FIELD_MANY | KAF_FIELD_SEARCH },
  { .id = "parent",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Part of"),
    .section = "profile",
    .since = 1,
    .flags = KAF_FIELD_INDEX,
    .target = "organisation" },
  { .id = "registration",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Registration number"),
    .section = "profile",
    .since = 1,
    .flags = KAF_FIELD_SEARCH },
  { .id = "founded",
    .kind = KAF_KIND_PARTIAL_DATE,
    .label = N_ ("Founded"),
    .section = "profile",
    .since = 1 },
  { .id = "size",
    .kind = KAF_KIND_INTEGER,
    .label = N_ ("Number of members"),
    .section = "profile",
    .since = 1,
    .unit = "size",
    .min = 0,
    .max = 100000000 },
  { .id = "size_date",
    .kind = KAF_KIND_PARTIAL_DATE,
    .label = N_ ("Counted on"),
    .section = "profile",
    .since = 1,
    .unit = "size" },
  { .id = "size_source",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Source of the count"),
    .section = "profile",
    .since = 1,
    .unit = "size" },
  { .id = "notes",
    .kind = KAF_KIND_LONG_TEXT,
    .label = N_ ("Notes"),
    .section = "profile",
    .since = 1,
    .klass = KAF_CLASS_PRIVATE },
  KAF_ORIGIN_FIELDS,
  { NULL },
};

static const char *const title[] = { "name_fr", NULL };
static const char *const title_ar[] = { "name_ar", NULL };
static const char *const sort[] = { "name_fr", "acronym", "name_ar", NULL };
static const char *const sort_ar[] = { "name_ar", "name_fr", "acronym", NULL };

static gboolean
validate (KafGetFunc get, gpointer data, const char **field, GError **error)
{
  if (get ("name_fr", data) != NULL || get ("name_ar", data) != NULL ||
      get ("acronym", data) != NULL)
    return TRUE;

  *field = "name_fr";
  g_set_error_literal (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_REQUIRED,
                       N_ ("An organisation needs a name, in Latin script or in Arabic."));
  return FALSE;
}

const KafEntity kaf_entity_organisation = {
  .id = "organisation",
  .prefix = "ORG",
  .label = N_ ("Organisation"),
  .plural = N_ ("Organisations"),
  .since = 1,
  .flags = KAF_ENTITY_SEARCHED,
  .fields = fields,
  .sections = sections,
  .title = title,
  .title_ar = title_ar,
  .sort = sort,
  .sort_ar = sort_ar,
  .short_title = "acronym",
  .validate = validate,
};
