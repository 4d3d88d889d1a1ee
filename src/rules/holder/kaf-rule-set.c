/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/holder/kaf-rule-set.h"

static const char *const frozen[] = { "rules", "number", "published_on", "published_by" };

static gboolean
changes (KafRecord *before, KafRecord *change, const char *field)
{
  return kaf_record_holds (change, field) &&
         g_strcmp0 (kaf_record_get (change, field), kaf_record_get (before, field)) != 0;
}

const char *
kaf_rule_set_find_frozen (KafRecord *before, KafRecord *change)
{
  if (kaf_record_get (before, "published_on") == NULL)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (frozen); i++)
    if (changes (before, change, frozen[i]))
      return frozen[i];
  return NULL;
}

gboolean
kaf_rule_set_withdraws (KafRecord *before, KafRecord *change, const char *day)
{
  return g_strcmp0 (kaf_record_get (before, "published_on"), day) == 0 &&
         kaf_record_holds (change, "published_on") &&
         kaf_record_get (change, "published_on") == NULL && !changes (before, change, "rules") &&
         !changes (before, change, "number");
}
