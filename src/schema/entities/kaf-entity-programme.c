/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a ministry undertakes over years (MRE Academy): who owns it, for what, by which mandate. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "schema/entities/kaf-common-fields.h"
#include "schema/entities/kaf-entities.h"
#include "schema/entities/kaf-common-rules.h"

static const KafSection sections[] = {
  { "programme", N_ ("Programme") },
  { "programme_ar", N_ ("In Arabic") },
  { "scope", N_ ("Scope") },
  { NULL },
};

static const KafField fields[] = {
  { .id = "title_fr",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Title"),
    .section = "programme",
    .since = 3,
    .flags = KAF_FIELD_NAME,
    .list_width = 36 },
  { .id = "acronym",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Acronym"),
    .section = "programme",
    .since = 3,
    .flags = KAF_FIELD_NAME,
    .list_width = 14 },
  { .id = "title_ar",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Title in Arabic"),
    .section = "programme_ar",
    .since = 3,
    .flags = KAF_FIELD_NAME | KAF_FIELD_ARABIC,
    .list_width = 30 },
  { .id = "owner",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Owner"),
    .section = "programme",
    .since = 3,
    .flags = KAF_FIELD_INDEX | KAF_FIELD_PARENT | KAF_FIELD_FILTER,
    .target = "organisation",
    .list_width = 24 },
  { .id = "starts_on",
    .kind = KAF_KIND_PARTIAL_DATE,
    .label = N_ ("From"),
    .section = "programme",
    .since = 3,
    .unit = "span",
    .list_width = 12 },
  { .id = "ends_on",
    .kind = KAF_KIND_PARTIAL_DATE,
    .label = N_ ("To"),
    .section = "programme",
    .since = 3,
    .unit = "span",
    .list_width = 12 },
  { .id = "objective_fr",
    .kind = KAF_KIND_LONG_TEXT,
    .label = N_ ("Objective"),
    .section = "programme",
    .since = 3,
    .flags = KAF_FIELD_SEARCH },
  { .id = "objective_ar",
    .kind = KAF_KIND_LONG_TEXT,
    .label = N_ ("Objective in Arabic"),
    .section = "programme_ar",
    .since = 3,
    .flags = KAF_FIELD_SEARCH | KAF_FIELD_ARABIC },
  { .id = "domains",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Domains"),
    .section = "scope",
    .since = 3,
    .merge = KAF_MERGE_ADD_WINS,
    .flags = KAF_FIELD_MANY | KAF_FIELD_INDEX | KAF_FIELD_FILTER | KAF_FIELD_SEARCH,
    .target = "domain",
    .list_width = 24 },
  { .id = "target",
    .kind = KAF_KIND_INTEGER,
    .label = N_ ("Number to be reached"),
    .section = "scope",
    .since = 3,
    .unit = "target",
    .min = 0,
    .max = 100000000 },
  { .id = "target_of",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Of what"),
    .hint = N_ ("What the number counts: trainees, modules, experts."),
    .section = "scope",
    .since = 3,
    .unit = "target" },
  { .id = "mandate_text",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Mandate"),
    .hint = N_ ("The decision, speech or strategy that asks for it, with its date."),
    .section = "scope",
    .since = 3,
    .flags = KAF_FIELD_SEARCH },
  { .id = "notes",
    .kind = KAF_KIND_LONG_TEXT,
    .label = N_ ("Notes"),
    .section = "scope",
    .since = 3,
    .klass = KAF_CLASS_PRIVATE },
  KAF_ORIGIN_FIELDS,
  { NULL },
};

static const char *const title[] = { "title_fr", NULL };
static const char *const title_ar[] = { "title_ar", NULL };

static gboolean
validate (KafGetFunc get, gpointer data, const char **field, GError **error)
{
  if (!kaf_common_validate_title (get, data, field, error))
    return FALSE;
  return kaf_common_validate_order (get, data, "starts_on", "ends_on", field, error);
}

const KafEntity kaf_entity_programme = {
  .id = "programme",
  .prefix = "PRG",
  .label = N_ ("Programme"),
  .plural = N_ ("Programmes"),
  .since = 3,
  .flags = KAF_ENTITY_SEARCHED,
  .fields = fields,
  .sections = sections,
  .title = title,
  .title_ar = title_ar,
  .short_title = "acronym",
  .validate = validate,
};
