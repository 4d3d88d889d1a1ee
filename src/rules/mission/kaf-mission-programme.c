/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Step 4: the programme. Sessions that are cancelled count nowhere. */
#include "config.h"

#include "rules/mission/kaf-mission-run.h"
#include "rules/mission/kaf-programme-grid.h"
#include "schema/kaf-set.h"

static const KafItem *
item_at (const KafMission *self, guint i)
{
  return g_ptr_array_index (self->items, i);
}

static gboolean
counts (const KafItem *item)
{
  return item->state != KAF_ITEM_CANCELLED;
}

static void
unless (KafMissionRun *run, gboolean met)
{
  if (!met)
    kaf_mission_run_add (run, NULL);
}

void
kaf_check_objective (KafMissionRun *run)
{
  unless (run, run->self->has_objective);
}

void
kaf_check_result (KafMissionRun *run)
{
  for (guint i = 0; i < run->self->results->len; i++)
    if (((const KafResult *) g_ptr_array_index (run->self->results, i))->text != NULL)
      return;
  kaf_mission_run_add (run, NULL);
}

void
kaf_check_audience (KafMissionRun *run)
{
  unless (run, run->self->has_audience);
}

void
kaf_check_place (KafMissionRun *run)
{
  unless (run, run->self->has_place || g_strcmp0 (run->self->mode, "remote") == 0);
}

void
kaf_check_dates (KafMissionRun *run)
{
  unless (run, run->self->starts_on != KAF_DAY_UNKNOWN && run->self->ends_on != KAF_DAY_UNKNOWN);
}

void
kaf_check_session_missing (KafMissionRun *run)
{
  for (guint i = 0; i < run->self->items->len; i++)
    if (counts (item_at (run->self, i)))
      return;
  kaf_mission_run_add (run, NULL);
}

static gboolean
trains_and_comes (const KafMission *self, const char *id)
{
  const KafMissionExpert *expert = id != NULL ? kaf_mission_find_expert (self, id) : NULL;

  return expert != NULL && kaf_mission_expert_comes (expert);
}

void
kaf_check_session_trainer (KafMissionRun *run)
{
  for (guint i = 0; i < run->self->items->len; i++)
    {
      const KafItem *item = item_at (run->self, i);

      if (counts (item) && !trains_and_comes (run->self, item->trainer) &&
          !trains_and_comes (run->self, item->second_trainer))
        kaf_mission_run_add_record (run, item->id, "programme_item", item->id);
    }
}

static gboolean
trains_and_is_gone (const KafMission *self, const char *id)
{
  const KafMissionExpert *expert = id != NULL ? kaf_mission_find_expert (self, id) : NULL;

  return expert != NULL && expert->gone;
}

/* Of sessions that are still to be held. */
void
kaf_check_trainer_erased (KafMissionRun *run)
{
  for (guint i = 0; i < run->self->items->len; i++)
    {
      const KafItem *item = item_at (run->self, i);

      if (item->state == KAF_ITEM_PLANNED && (trains_and_is_gone (run->self, item->trainer) ||
                                              trains_and_is_gone (run->self, item->second_trainer)))
        kaf_mission_run_add_record (run, item->id, "programme_item", item->id);
    }
}

void
kaf_check_session_dates (KafMissionRun *run)
{
  for (guint i = 0; i < run->self->items->len; i++)
    {
      const KafItem *item = item_at (run->self, i);

      if (counts (item) &&
          (item->day == KAF_DAY_UNKNOWN || item->day < run->self->starts_on ||
           (run->self->ends_on != KAF_DAY_UNKNOWN && item->day > run->self->ends_on)))
        kaf_mission_run_add_record (run, item->id, "programme_item", item->id);
    }
}

/* Whether no session before the @i-th has its subject; of the same day only where @by_day. Sessions without one,
 * which the schema does not let pass, are one subject. */
static gboolean
is_new_subject (const KafMission *self, guint i, gboolean by_day)
{
  const KafItem *item = item_at (self, i);

  for (guint j = 0; j < i; j++)
    {
      const KafItem *other = item_at (self, j);

      if (counts (other) && (!by_day || other->day == item->day) &&
          g_strcmp0 (other->subject, item->subject) == 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_first_of_day (const KafMission *self, guint i)
{
  for (guint j = 0; j < i; j++)
    if (counts (item_at (self, j)) && item_at (self, j)->day == item_at (self, i)->day)
      return FALSE;
  return TRUE;
}

/* One finding a day, about the first session over the limit. */
static void
check_day (KafMissionRun *run, guint first)
{
  KafDay day = item_at (run->self, first)->day;
  const KafItem *over = NULL;
  guint n = 0;

  for (guint i = first; i < run->self->items->len; i++)
    {
      const KafItem *item = item_at (run->self, i);

      if (!counts (item) || item->day != day || !is_new_subject (run->self, i, TRUE))
        continue;
      n++;
      if (n == run->context->limits.subjects_a_day + 1)
        over = item;
    }
  if (over != NULL)
    {
      KafFinding *finding = kaf_mission_run_add (run, over->id);

      kaf_finding_add_day (finding, day);
      kaf_finding_add_number (finding, n);
    }
}

void
kaf_check_subjects_a_day (KafMissionRun *run)
{
  for (guint i = 0; i < run->self->items->len; i++)
    {
      const KafItem *item = item_at (run->self, i);

      if (counts (item) && item->day != KAF_DAY_UNKNOWN && is_first_of_day (run->self, i))
        check_day (run, i);
    }
}

void
kaf_check_subjects (KafMissionRun *run)
{
  guint n = 0;

  for (guint i = 0; i < run->self->items->len; i++)
    n += counts (item_at (run->self, i)) && is_new_subject (run->self, i, FALSE) ? 1 : 0;
  if (n > run->context->limits.subjects)
    kaf_finding_add_number (kaf_mission_run_add (run, NULL), n);
}

/* By minutes, not by the rounded share: 29.9 % is under 30. Sessions whose minutes nobody entered have none. */
void
kaf_check_practice (KafMissionRun *run)
{
  KafProgrammeBalance balance = kaf_programme_weigh (run->self);
  guint64 all = (guint64) balance.theory + balance.practice;
  gboolean any = FALSE;

  for (guint i = 0; i < run->self->items->len && !any; i++)
    any = counts (item_at (run->self, i));
  if (!any ||
      (all > 0 && (guint64) balance.practice * 100 >= all * run->context->limits.practice_percent))
    return;
  kaf_finding_add_number (kaf_mission_run_add (run, NULL),
                          all > 0 ? (guint) ((guint64) balance.practice * 100 / all) : 0);
}

void
kaf_check_trainer_halves (KafMissionRun *run)
{
  for (guint i = 0; i < run->self->items->len; i++)
    {
      KafDay day = item_at (run->self, i)->day;

      if (!counts (item_at (run->self, i)) || day == KAF_DAY_UNKNOWN ||
          !is_first_of_day (run->self, i))
        continue;
      for (guint j = 0; j < run->self->experts->len; j++)
        {
          const KafMissionExpert *expert = g_ptr_array_index (run->self->experts, j);
          guint n = kaf_programme_count_halves_on (run->self, expert, day);
          KafFinding *finding;

          if (n <= run->context->limits.trainer_halves_a_day)
            continue;
          finding = kaf_mission_run_add_record (run, expert->id, "person", expert->person);
          kaf_finding_add_number (finding, n);
          kaf_finding_add_day (finding, day);
        }
    }
}

void
kaf_check_holiday (KafMissionRun *run)
{
  for (guint i = 0; i < run->self->items->len; i++)
    {
      const KafItem *item = item_at (run->self, i);
      const KafHoliday *holiday = counts (item) && item->day != KAF_DAY_UNKNOWN
                                      ? kaf_holiday_find (run->context->holidays, item->day, NULL)
                                      : NULL;
      KafFinding *finding;

      if (holiday == NULL)
        continue;
      finding = kaf_mission_run_add_record (run, item->id, "programme_item", item->id);
      kaf_finding_add_day (finding, item->day);
      kaf_finding_add_record (run->findings, finding, "holiday", holiday->code);
    }
}

void
kaf_check_ramadan (KafMissionRun *run)
{
  for (guint i = 0; i < run->self->items->len; i++)
    {
      const KafItem *item = item_at (run->self, i);
      gboolean ramadan = FALSE;

      if (counts (item) && item->day != KAF_DAY_UNKNOWN)
        kaf_holiday_find (run->context->holidays, item->day, &ramadan);
      if (ramadan)
        kaf_finding_add_day (kaf_mission_run_add_record (run, item->id, "programme_item", item->id),
                             item->day);
    }
}

/* The language of the session, or where it states none, one of those of the mission. */
static gboolean
speaks (const KafMission *self, const KafItem *item, const KafMissionExpert *expert)
{
  g_autoptr (GPtrArray) languages = NULL;

  if (item->language != NULL)
    return kaf_set_contains (expert->languages, item->language);
  if (self->languages == NULL)
    return TRUE;
  languages = kaf_set_parse (self->languages);
  for (guint i = 0; i < languages->len; i++)
    if (kaf_set_contains (expert->languages,
                          ((const KafElement *) g_ptr_array_index (languages, i))->value))
      return TRUE;
  return FALSE;
}

static void
check_speaker (KafMissionRun *run, const KafItem *item, const char *id)
{
  const KafMissionExpert *expert = id != NULL ? kaf_mission_find_expert (run->self, id) : NULL;

  if (expert == NULL || expert->gone)
    return;
  if (!expert->here)
    run->unknown = TRUE;
  else if (!speaks (run->self, item, expert))
    kaf_finding_add_record (run->findings,
                            kaf_mission_run_add_record (run, item->id, "person", expert->person),
                            "programme_item", item->id);
}

void
kaf_check_language (KafMissionRun *run)
{
  for (guint i = 0; i < run->self->items->len; i++)
    {
      const KafItem *item = item_at (run->self, i);

      if (!counts (item))
        continue;
      check_speaker (run, item, item->trainer);
      check_speaker (run, item, item->second_trainer);
    }
}

void
kaf_check_both_languages (KafMissionRun *run)
{
  gboolean both = run->self->title_in_both && run->self->programme_in_both;

  for (guint i = 0; i < run->self->items->len && both; i++)
    both = !counts (item_at (run->self, i)) || item_at (run->self, i)->in_both;
  unless (run, both);
}
