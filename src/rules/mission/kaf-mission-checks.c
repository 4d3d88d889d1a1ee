/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/mission/kaf-mission-checks.h"

#include <glib/gi18n-lib.h>

#include "rules/mission/kaf-mission-run.h"
#include "schema/kaf-registry.h"

static const char *const state_ids[] = { "met", "fails", "settled", "unknown" };

const char *
kaf_check_state_id (KafCheckState state)
{
  return state_ids[state];
}

gboolean
kaf_check_state_parse (const char *id, KafCheckState *state)
{
  for (guint i = 0; i < G_N_ELEMENTS (state_ids); i++)
    if (g_strcmp0 (state_ids[i], id) == 0)
      {
        *state = (KafCheckState) i;
        return TRUE;
      }
  return FALSE;
}

/* Names: those of the method, in the three languages (domain §3) */

static const struct
{
  const char *name; /* N_() */
  const char *fr, *ar;
} steps[KAF_MISSION_STEPS + 1] = {
  { "", "", "" },
  { N_ ("Needs and stakeholders"), "Besoins et parties prenantes", "تحديد الحاجيات" },
  { N_ ("Awareness"), "Sensibilisation", "التحسيس" },
  { N_ ("Linking"), "Mise en lien", "الربط" },
  { N_ ("Programme of the mission"), "Programme", "البرنامج" },
  { N_ ("Feasibility"), "Faisabilité", "الجدوى" },
  { N_ ("Validation"), "Validation", "المصادقة" },
  { N_ ("Institutional ties"), "Institutionnalisation", "المأسسة" },
  { N_ ("Delivery"), "Réalisation", "الإنجاز" },
  { N_ ("Appropriation"), "Appropriation", "التملك" },
  { N_ ("Evaluation"), "Évaluation", "التقييم" },
};

const char *
kaf_mission_step_name (guint step)
{
  return step >= 1 && step <= KAF_MISSION_STEPS ? _ (steps[step].name) : "";
}

const char *
kaf_mission_step_name_in (guint step, KafLang lang)
{
  switch (lang)
    {
    case KAF_LANG_FR:
      return kaf_mission_step_name_fr (step);
    case KAF_LANG_AR:
      return kaf_mission_step_name_ar (step);
    case KAF_LANG_EN:
    default:
      return step <= KAF_MISSION_STEPS ? steps[step].name : "";
    }
}

const char *
kaf_mission_step_name_fr (guint step)
{
  return step <= KAF_MISSION_STEPS ? steps[step].fr : "";
}

const char *
kaf_mission_step_name_ar (guint step)
{
  return step <= KAF_MISSION_STEPS ? steps[step].ar : "";
}

const KafMissionRule *
kaf_mission_rule_find (const char *code)
{
  for (const KafMissionRule *rule = kaf_mission_rules; rule->step != 0; rule++)
    if (g_str_equal (rule->rule.code, code))
      return rule;
  return NULL;
}

/* What checks find */

KafFinding *
kaf_mission_run_add (KafMissionRun *run, const char *id)
{
  KafFinding *finding = kaf_findings_add (run->findings, &run->rule->rule,
                                          id != NULL ? id : run->self->id, KAF_DAY_UNKNOWN);

  finding->who = kaf_findings_keep (run->findings, run->self->followed_by);
  kaf_finding_set_of (run->findings, finding, "mission", run->self->id);
  g_ptr_array_add (run->found, finding);
  return finding;
}

KafFinding *
kaf_mission_run_add_record (KafMissionRun *run,
                            const char *id,
                            const char *entity,
                            const char *record)
{
  KafFinding *finding = kaf_mission_run_add (run, id);

  kaf_finding_add_record (run->findings, finding, entity, record);
  return finding;
}

void
kaf_mission_run_take (KafMissionRun *run, guint from)
{
  for (guint i = from; i < run->findings->list->len; i++)
    {
      KafFinding *finding = g_ptr_array_index (run->findings->list, i);

      finding->who = kaf_findings_keep (run->findings, run->self->followed_by);
      g_ptr_array_add (run->found, finding);
    }
}

void
kaf_mission_run_drop (KafMissionRun *run, guint from)
{
  for (guint i = from; i < run->findings->list->len; i++)
    {
      const KafFinding *finding = g_ptr_array_index (run->findings->list, i);

      run->findings->counts[finding->urgency]--;
      run->findings->n_all--;
    }
  g_ptr_array_set_size (run->findings->list, (int) from);
}

gboolean
kaf_mission_is_authority (const char *kind)
{
  return g_strcmp0 (kind, "authority") == 0 || g_strcmp0 (kind, "local_authority") == 0;
}

/* Running */

static void
free_check (gpointer data)
{
  g_ptr_array_unref (((KafCheck *) data)->findings);
  g_free (data);
}

static KafActKind
settled_by (const KafMissionRule *rule)
{
  return rule->rule.kind == KAF_FINDING_BLOCKS ? KAF_ACT_OVERRIDE : KAF_ACT_ACKNOWLEDGE;
}

const KafAct *
kaf_check_find_settlement (const KafMissionRule *rule,
                           const KafFinding *finding,
                           const KafMission *self,
                           const KafMissionLife *life)
{
  if (rule->rule.kind == KAF_FINDING_BLOCKS && !rule->overridable)
    return NULL;
  return kaf_mission_find_settlement (self, life, rule->step, settled_by (rule), rule->rule.code,
                                      finding->id);
}

static void
judge (KafCheck *check, const KafMissionRun *run)
{
  for (guint i = 0; i < check->findings->len; i++)
    {
      const KafAct *act = kaf_check_find_settlement (
          check->rule, g_ptr_array_index (check->findings, i), run->self, run->life);

      if (act != NULL)
        check->act = act;
      else
        check->n_open++;
    }
  if (check->n_open > 0)
    check->state = KAF_CHECK_FAILS;
  else if (run->unknown)
    check->state = KAF_CHECK_UNKNOWN;
  else
    check->state = check->findings->len > 0 ? KAF_CHECK_SETTLED : KAF_CHECK_MET;
}

gboolean
kaf_mission_run_knows (const KafMissionRun *run, const char *entity)
{
  return run->context->reader == NULL ||
         kaf_role_knows (run->context->reader, kaf_entity_get_root (kaf_registry_find (entity)));
}

/* Who is not told what the rule looks at would read a lack into his own ignorance. */
static gboolean
may_look (const KafMissionRun *run)
{
  return kaf_mission_step_is_told (run->context->reader, run->rule->step) &&
         kaf_mission_run_knows (run, run->rule->rule.entity);
}

static GPtrArray *
run_checks (const KafMission *self,
            const KafMissionLife *life,
            guint step,
            const KafMissionContext *context,
            const KafAct *act,
            KafFindings *findings)
{
  GPtrArray *checks = g_ptr_array_new_with_free_func (free_check);

  for (const KafMissionRule *rule = kaf_mission_rules; rule->step != 0; rule++)
    {
      KafMissionRun run = { self, life, context, rule, act, findings, NULL, FALSE };
      KafCheck *check;

      if (rule->step != step)
        continue;
      check = g_new0 (KafCheck, 1);
      check->rule = rule;
      check->findings = run.found = g_ptr_array_new ();
      if (may_look (&run))
        rule->look (&run);
      else
        run.unknown = TRUE;
      judge (check, &run);
      g_ptr_array_add (checks, check);
    }
  return checks;
}

GPtrArray *
kaf_mission_run_checks (const KafMission *self,
                        const KafMissionLife *life,
                        guint step,
                        const KafMissionContext *context,
                        KafFindings *findings)
{
  return run_checks (self, life, step, context, NULL, findings);
}

gboolean
kaf_checks_allow (GPtrArray *checks, guint *n_gates, guint *n_warnings)
{
  guint gates = 0, warnings = 0;

  for (guint i = 0; i < checks->len; i++)
    {
      const KafCheck *check = g_ptr_array_index (checks, i);

      if (check->state != KAF_CHECK_FAILS)
        continue;
      if (check->rule->rule.kind == KAF_FINDING_BLOCKS)
        gates++;
      else
        warnings++;
    }
  if (n_gates != NULL)
    *n_gates = gates;
  if (n_warnings != NULL)
    *n_warnings = warnings;
  return gates == 0 && warnings == 0;
}

gboolean
kaf_mission_may_leave (const KafMission *self,
                       const KafAct *act,
                       const KafRole *role,
                       const KafMissionContext *context,
                       GError **error)
{
  g_autoptr (KafFindings) findings = NULL;
  g_autoptr (GPtrArray) checks = NULL;
  guint n_gates;
  KafMissionLife life;

  if (!kaf_mission_may_act (self, act, role, context, error))
    return FALSE;
  kaf_mission_live (self, &life);
  findings = kaf_findings_new (context->day, NULL);
  checks = run_checks (self, &life, act->step, context, act, findings);
  if (kaf_checks_allow (checks, &n_gates, NULL))
    return TRUE;
  if (n_gates > 0)
    g_set_error_literal (error, KAF_RULE_ERROR, KAF_RULE_ERROR_GATES,
                         N_ ("Something still blocks the step: see what its checks say."));
  else
    g_set_error_literal (error, KAF_RULE_ERROR, KAF_RULE_ERROR_WARNINGS,
                         N_ ("Give a reason for each warning of the step, or put it right."));
  return FALSE;
}
