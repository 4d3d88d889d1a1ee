/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A tier that a person decided against the score, for a reason and for a time. The latest counts. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "schema/entities/kaf-common-rules.h"
#include "schema/entities/kaf-entities.h"

static const KafChoice tiers[] = {
  { "a", N_ ("A"), NULL },
  { "b", N_ ("B"), NULL },
  { "c", N_ ("C"), NULL },
  { "d", N_ ("D"), NULL },
  { NULL },
};

static const KafSection sections[] = {
  { "tier", N_ ("Tier") },
  { NULL },
};

static const KafField fields[] = {
  { .id = "person",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Project holder"),
    .section = "tier",
    .since = 5,
    .merge = KAF_MERGE_APPEND_ONLY,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "person",
    .list_width = 24 },
  { .id = "tier",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("Tier"),
    .hint = N_ ("Empty: the score counts again."),
    .section = "tier",
    .since = 5,
    .merge = KAF_MERGE_APPEND_ONLY,
    .choices = tiers,
    .list_width = 8 },
  { .id = "reason",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Reason"),
    .section = "tier",
    .since = 5,
    .merge = KAF_MERGE_APPEND_ONLY,
    .flags = KAF_FIELD_REQUIRED,
    .list_width = 30 },
  { .id = "decided_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("Decided on"),
    .section = "tier",
    .since = 5,
    .merge = KAF_MERGE_APPEND_ONLY,
    .flags = KAF_FIELD_REQUIRED,
    .list_width = 12 },
  { .id = "until",
    .kind = KAF_KIND_DATE,
    .label = N_ ("Until"),
    .section = "tier",
    .since = 5,
    .merge = KAF_MERGE_APPEND_ONLY,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX,
    .list_width = 12 },
  { NULL },
};

static const char *const title[] = { "reason", NULL };

static gboolean
validate (KafGetFunc get, gpointer data, const char **field, GError **error)
{
  return kaf_common_validate_order (get, data, "decided_on", "until", field, error);
}

const KafEntity kaf_entity_tier_override = {
  .id = "tier_override",
  .label = N_ ("Tier decided"),
  .plural = N_ ("Tiers decided"),
  .since = 5,
  .flags = KAF_ENTITY_APPEND_ONLY | KAF_ENTITY_APPROVED,
  .fields = fields,
  .sections = sections,
  .title = title,
  .validate = validate,
};
