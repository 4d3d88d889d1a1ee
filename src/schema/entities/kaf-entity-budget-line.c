/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a mission costs, and who pays for it. Money is in minor units, never a fraction. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "schema/entities/kaf-common-fields.h"
#include "schema/entities/kaf-common-rules.h"
#include "schema/entities/kaf-entities.h"

static const KafChoice categories[] = {
  { "lodging", N_ ("Lodging"), NULL },
  { "travel", N_ ("Travel"), NULL },
  { "equipment", N_ ("Equipment"), NULL },
  { "stay", N_ ("Expenses of the stay"), NULL },
  { "meals", N_ ("Meals"), NULL },
  { "other", N_ ("Other"), NULL },
  { NULL },
};

static const KafSection sections[] = {
  { "line", N_ ("Budget line") },
  { "payer", N_ ("Payer") },
  { "spent", N_ ("Spending") },
  { NULL },
};

static const KafField fields[] = {
  { .id = "mission",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Mission"),
    .section = "line",
    .since = 4,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "mission",
    .list_width = 28 },
  { .id = "label_fr",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Item"),
    .section = "line",
    .since = 4,
    .flags = KAF_FIELD_SEARCH,
    .list_width = 28 },
  { .id = "label_ar",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Item in Arabic"),
    .section = "line",
    .since = 4,
    .flags = KAF_FIELD_SEARCH | KAF_FIELD_ARABIC },
  { .id = "category",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("Category"),
    .section = "line",
    .since = 4,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX | KAF_FIELD_FILTER,
    .choices = categories,
    .list_width = 14 },
  { .id = "quantity",
    .kind = KAF_KIND_INTEGER,
    .label = N_ ("Quantity"),
    .section = "line",
    .since = 4,
    .flags = KAF_FIELD_REQUIRED,
    .initial = "1",
    .unit = "cost",
    .list_width = 8,
    .min = 0,
    .max = 1000000 },
  { .id = "unit_price",
    .kind = KAF_KIND_MONEY,
    .label = N_ ("Unit price"),
    .section = "line",
    .since = 4,
    .unit = "cost",
    .list_width = 14 },
  { .id = "payer",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Payer"),
    .section = "payer",
    .since = 4,
    .flags = KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "organisation",
    .list_width = 20 },
  { .id = "basis",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Basis"),
    .hint = N_ ("The convention by which it pays."),
    .section = "payer",
    .since = 4,
    .flags = KAF_FIELD_INDEX,
    .target = "convention",
    .list_width = 14 },
  { .id = "committed",
    .kind = KAF_KIND_MONEY,
    .label = N_ ("Committed"),
    .section = "spent",
    .since = 4,
    .list_width = 14 },
  { .id = "spent",
    .kind = KAF_KIND_MONEY,
    .label = N_ ("Spent"),
    .section = "spent",
    .since = 4,
    .list_width = 14 },
  { .id = "settled_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("Settled on"),
    .section = "spent",
    .since = 4,
    .list_width = 12 },
  KAF_POSITION_FIELD (4),
  KAF_ORIGIN_FIELDS,
  { NULL },
};

static const char *const title[] = { "label_fr", NULL };
static const char *const title_ar[] = { "label_ar", NULL };

static gboolean
validate (KafGetFunc get, gpointer data, const char **field, GError **error)
{
  static const char *const amounts[] = { "unit_price", "committed", "spent", NULL };

  if (!kaf_common_validate_amounts (get, data, amounts, field, error) ||
      !kaf_common_validate_sums (get, data, amounts, field, error))
    return FALSE;
  return kaf_common_validate_either (get, data, "label_fr", "label_ar",
                                     N_ ("A budget line needs a name, in French or in Arabic."),
                                     field, error);
}

const KafEntity kaf_entity_budget_line = {
  .id = "budget_line",
  .label = N_ ("Budget line"),
  .plural = N_ ("Budget lines"),
  .since = 4,
  .fields = fields,
  .sections = sections,
  .title = title,
  .title_ar = title_ar,
  .validate = validate,
};
