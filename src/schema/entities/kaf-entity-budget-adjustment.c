/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A change to a budget line that was validated: the line stays as it was, and the total counts this too. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "schema/entities/kaf-common-rules.h"
#include "schema/entities/kaf-entities.h"

static const KafSection sections[] = {
  { "adjustment", N_ ("Budget adjustment") },
  { NULL },
};

static const KafField fields[] = {
  { .id = "line",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Budget line"),
    .section = "adjustment",
    .since = 4,
    .merge = KAF_MERGE_APPEND_ONLY,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "budget_line",
    .list_width = 28 },
  { .id = "amount",
    .kind = KAF_KIND_MONEY,
    .label = N_ ("Amount"),
    .section = "adjustment",
    .since = 4,
    .merge = KAF_MERGE_APPEND_ONLY,
    .flags = KAF_FIELD_REQUIRED,
    .list_width = 14 },
  { .id = "reason",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Reason"),
    .section = "adjustment",
    .since = 4,
    .merge = KAF_MERGE_APPEND_ONLY,
    .flags = KAF_FIELD_REQUIRED,
    .list_width = 30 },
  { NULL },
};

static const char *const title[] = { "reason", NULL };

static gboolean
validate (KafGetFunc get, gpointer data, const char **field, GError **error)
{
  static const char *const amounts[] = { "amount", NULL };

  return kaf_common_validate_sums (get, data, amounts, field, error);
}

const KafEntity kaf_entity_budget_adjustment = {
  .id = "budget_adjustment",
  .label = N_ ("Budget adjustment"),
  .plural = N_ ("Budget adjustments"),
  .since = 4,
  .flags = KAF_ENTITY_APPEND_ONLY,
  .fields = fields,
  .sections = sections,
  .title = title,
  .validate = validate,
};
