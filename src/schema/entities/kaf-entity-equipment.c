/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a mission needs at hand, where it comes from, and whether it is sure. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "schema/entities/kaf-common-fields.h"
#include "schema/entities/kaf-common-rules.h"
#include "schema/entities/kaf-entities.h"

static const KafChoice sources[] = {
  { "here", N_ ("Already there"), NULL },
  { "loan", N_ ("Loan"), NULL },
  { "brought", N_ ("Brought by a party"), NULL },
  { "purchase", N_ ("Purchase"), NULL },
  { "rental", N_ ("Rental"), NULL },
  { NULL },
};

static const KafChoice conditions[] = {
  { "unknown", N_ ("Not known"), NULL },
  { "good", N_ ("Good"), "success" },
  { "fair", N_ ("Fair"), "warning" },
  { "broken", N_ ("To be repaired"), "error" },
  { NULL },
};

static const KafChoice states[] = {
  { "wanted", N_ ("To be found"), "warning" },  { "asked", N_ ("Asked for"), NULL },
  { "confirmed", N_ ("Confirmed"), "success" }, { "bought", N_ ("Bought"), "success" },
  { "dropped", N_ ("Given up"), NULL },         { NULL },
};

static const KafSection sections[] = {
  { "equipment", N_ ("Equipment") },
  { NULL },
};

static const KafField fields[] = {
  { .id = "mission",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Mission"),
    .section = "equipment",
    .since = 4,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "mission",
    .list_width = 28 },
  { .id = "label_fr",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("What"),
    .section = "equipment",
    .since = 4,
    .flags = KAF_FIELD_SEARCH,
    .list_width = 24 },
  { .id = "label_ar",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("What, in Arabic"),
    .section = "equipment",
    .since = 4,
    .flags = KAF_FIELD_SEARCH | KAF_FIELD_ARABIC },
  { .id = "quantity",
    .kind = KAF_KIND_INTEGER,
    .label = N_ ("Quantity"),
    .section = "equipment",
    .since = 4,
    .initial = "1",
    .list_width = 8,
    .min = 1,
    .max = 1000000 },
  { .id = "source",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("Comes from"),
    .section = "equipment",
    .since = 4,
    .choices = sources,
    .list_width = 14 },
  { .id = "provider",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Provided by"),
    .section = "equipment",
    .since = 4,
    .flags = KAF_FIELD_INDEX,
    .target = "organisation",
    .list_width = 20 },
  { .id = "condition",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("Condition"),
    .section = "equipment",
    .since = 4,
    .choices = conditions,
    .list_width = 12 },
  { .id = "state",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("State"),
    .section = "equipment",
    .since = 4,
    .flags = KAF_FIELD_FILTER,
    .choices = states,
    .initial = "wanted",
    .list_width = 12 },
  { .id = "needed_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("Needed by"),
    .section = "equipment",
    .since = 4,
    .list_width = 12 },
  { .id = "remarks",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Remarks"),
    .section = "equipment",
    .since = 4,
    .flags = KAF_FIELD_SEARCH },
  KAF_ORIGIN_FIELDS,
  { NULL },
};

static const char *const title[] = { "label_fr", NULL };
static const char *const title_ar[] = { "label_ar", NULL };

static gboolean
validate (KafGetFunc get, gpointer data, const char **field, GError **error)
{
  return kaf_common_validate_either (get, data, "label_fr", "label_ar",
                                     N_ ("Say what the equipment is, in French or in Arabic."),
                                     field, error);
}

const KafEntity kaf_entity_equipment = {
  .id = "equipment",
  .label = N_ ("Equipment"),
  .plural = N_ ("Items of equipment"),
  .since = 4,
  .fields = fields,
  .sections = sections,
  .title = title,
  .title_ar = title_ar,
  .validate = validate,
};
