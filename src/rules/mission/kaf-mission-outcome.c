/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps 9 and 10: what remains, and what everybody says of it. */
#include "config.h"

#include "rules/mission/kaf-mission-run.h"

/* 9 */

void
kaf_check_material_missing (KafMissionRun *run)
{
  if (run->self->materials->len == 0)
    kaf_mission_run_add (run, NULL);
}

void
kaf_check_material_handed (KafMissionRun *run)
{
  for (guint i = 0; i < run->self->materials->len; i++)
    {
      const KafMaterial *material = g_ptr_array_index (run->self->materials, i);

      if (material->handed_on == KAF_DAY_UNKNOWN && material->refused_reason == NULL)
        kaf_mission_run_add_record (run, material->id, "material", material->id);
    }
}

void
kaf_check_follow_up_missing (KafMissionRun *run)
{
  for (guint i = 0; i < run->self->follow_ups->len; i++)
    {
      const KafFollowUp *one = g_ptr_array_index (run->self->follow_ups, i);

      if (one->owner != NULL && one->due_on != KAF_DAY_UNKNOWN)
        return;
    }
  kaf_mission_run_add (run, NULL);
}

void
kaf_check_pair_missing (KafMissionRun *run)
{
  if (run->self->n_pairs == 0)
    kaf_mission_run_add (run, NULL);
}

/* The first one after the action: later ones may be as late as they are. */
void
kaf_check_follow_up_late (KafMissionRun *run)
{
  const KafFollowUp *first = NULL;
  KafFinding *finding;

  for (guint i = 0; i < run->self->follow_ups->len; i++)
    {
      const KafFollowUp *one = g_ptr_array_index (run->self->follow_ups, i);

      if (one->due_on != KAF_DAY_UNKNOWN && (first == NULL || one->due_on < first->due_on))
        first = one;
    }
  if (first == NULL || run->self->ends_on == KAF_DAY_UNKNOWN ||
      first->due_on <= run->self->ends_on + run->context->limits.follow_up_days)
    return;
  finding = kaf_mission_run_add_record (run, first->id, "follow_up", first->id);
  kaf_finding_add_day (finding, first->due_on);
}

/* 10 */

static guint
count_answers (const KafMission *self, const char *role)
{
  guint n = 0;

  for (guint i = 0; i < self->answers->len; i++)
    {
      const KafAnswer *answer = g_ptr_array_index (self->answers, i);

      n += g_strcmp0 (answer->role, role) == 0 ? 1 : 0;
    }
  return n;
}

static gboolean
has_party (const KafMission *self, const char *role)
{
  for (guint i = 0; i < self->parties->len; i++)
    if (g_strcmp0 (((const KafMissionParty *) g_ptr_array_index (self->parties, i))->role, role) ==
        0)
      return TRUE;
  return FALSE;
}

static gboolean
has_expert (const KafMission *self)
{
  for (guint i = 0; i < self->experts->len; i++)
    if (kaf_mission_expert_comes (g_ptr_array_index (self->experts, i)))
      return TRUE;
  return FALSE;
}

/* Whether somebody of that role took part. */
static gboolean
is_present (const KafMission *self, const char *role)
{
  if (g_str_equal (role, "trainee"))
    return self->n_participants > 0;
  if (g_str_equal (role, "expert"))
    return has_expert (self);
  if (g_str_equal (role, "facilitator") && self->facilitator != NULL)
    return TRUE;
  return has_party (self, role);
}

void
kaf_check_roles_answered (KafMissionRun *run)
{
  static const char *const roles[] = { "trainee",   "expert", "host",
                                       "authority", "funder", "facilitator" };

  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    if (is_present (run->self, roles[i]) && count_answers (run->self, roles[i]) == 0)
      kaf_finding_add_choice (kaf_mission_run_add (run, NULL), "evaluation", roles[i]);
}

/* By its figure where one was expected, else by a figure or in words. */
void
kaf_check_results_filled (KafMissionRun *run)
{
  for (guint i = 0; i < run->self->results->len; i++)
    {
      const KafResult *result = g_ptr_array_index (run->self->results, i);

      if (result->reached < 0 && (result->target >= 0 || !result->commented))
        kaf_mission_run_add_record (run, result->id, "mission_result", result->id);
    }
}

void
kaf_check_budget_closed (KafMissionRun *run)
{
  if (run->self->budget_closed_on == KAF_DAY_UNKNOWN)
    kaf_mission_run_add (run, NULL);
}

void
kaf_check_answers_few (KafMissionRun *run)
{
  guint n = count_answers (run->self, "trainee");
  KafFinding *finding;

  if ((guint64) n * 100 >=
      (guint64) run->self->n_participants * run->context->limits.answers_percent)
    return;
  finding = kaf_mission_run_add (run, NULL);
  kaf_finding_add_number (finding, n);
  kaf_finding_add_number (finding, run->self->n_participants);
}

void
kaf_check_suggestion (KafMissionRun *run)
{
  for (guint i = 0; i < run->self->answers->len; i++)
    {
      const KafAnswer *answer = g_ptr_array_index (run->self->answers, i);

      if (answer->suggests &&
          (answer->suggestion_use == NULL || g_str_equal (answer->suggestion_use, "open")))
        kaf_mission_run_add (run, answer->id);
    }
}

void
kaf_check_remark (KafMissionRun *run)
{
  for (guint i = 0; i < run->self->answers->len; i++)
    {
      const KafAnswer *answer = g_ptr_array_index (run->self->answers, i);

      if (answer->names_somebody)
        kaf_mission_run_add (run, answer->id);
    }
}
