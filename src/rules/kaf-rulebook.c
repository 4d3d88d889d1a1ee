/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/kaf-rulebook.h"

#include "rules/mission/kaf-mission-checks.h"

static const KafRule *const catalogues[] = {
  kaf_convention_rules, kaf_commitment_rules, kaf_cover_rules,  kaf_network_rules,
  kaf_programme_rules,  kaf_deleted_rules,    kaf_holder_rules, kaf_meeting_rules,
};

GPtrArray *
kaf_rulebook_list (void)
{
  GPtrArray *rules = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (catalogues); i++)
    for (const KafRule *rule = catalogues[i]; rule->code != NULL; rule++)
      g_ptr_array_add (rules, (gpointer) rule);
  for (const KafMissionRule *rule = kaf_mission_rules; rule->step != 0; rule++)
    g_ptr_array_add (rules, (gpointer) &rule->rule);
  return rules;
}

const KafRule *
kaf_rulebook_find (const char *code)
{
  const KafMissionRule *mission;

  for (guint i = 0; i < G_N_ELEMENTS (catalogues); i++)
    for (const KafRule *rule = catalogues[i]; rule->code != NULL; rule++)
      if (g_str_equal (rule->code, code))
        return rule;
  mission = kaf_mission_rule_find (code);
  return mission != NULL ? &mission->rule : NULL;
}
