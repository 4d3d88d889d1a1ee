/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps 1 to 3: needs and stakeholders, awareness, linking. */
#include "config.h"

#include "rules/mission/kaf-mission-run.h"

/* The country of those who are no transfer. */
#define HOME "MA"

static KafNeed *
need_at (const KafMission *self, guint i)
{
  return g_ptr_array_index (self->needs, i);
}

static KafMissionExpert *
expert_at (const KafMission *self, guint i)
{
  return g_ptr_array_index (self->experts, i);
}

/* Not since @months: a day @months ago still counts. */
static gboolean
is_older (KafDay day, guint months, KafDay today)
{
  return day == KAF_DAY_UNKNOWN || kaf_day_add_months (day, (int) months) < today;
}

/* 1 */

void
kaf_check_need_missing (KafMissionRun *run)
{
  if (run->self->needs->len == 0)
    kaf_mission_run_add (run, NULL);
}

void
kaf_check_need_audience (KafMissionRun *run)
{
  for (guint i = 0; i < run->self->needs->len; i++)
    {
      const KafNeed *need = need_at (run->self, i);

      if (need->audience == NULL)
        kaf_mission_run_add_record (run, need->id, "need", need->id);
    }
}

static gboolean
has_duty (const KafNeed *need)
{
  for (guint i = 0; i < need->stakeholders->len; i++)
    if (((const KafStakeholder *) g_ptr_array_index (need->stakeholders, i))->duty != NULL)
      return TRUE;
  return FALSE;
}

void
kaf_check_need_duty (KafMissionRun *run)
{
  for (guint i = 0; i < run->self->needs->len; i++)
    {
      const KafNeed *need = need_at (run->self, i);

      if (!has_duty (need))
        kaf_mission_run_add_record (run, need->id, "need", need->id);
    }
}

void
kaf_check_need_stale (KafMissionRun *run)
{
  for (guint i = 0; i < run->self->needs->len; i++)
    {
      const KafNeed *need = need_at (run->self, i);
      KafDay last = MAX (need->stated_on, need->confirmed_on);

      if (last != KAF_DAY_UNKNOWN &&
          is_older (last, run->context->limits.need_stale_months, run->context->day))
        kaf_finding_add_day (kaf_mission_run_add_record (run, need->id, "need", need->id), last);
    }
}

void
kaf_check_need_undated (KafMissionRun *run)
{
  for (guint i = 0; i < run->self->needs->len; i++)
    {
      const KafNeed *need = need_at (run->self, i);

      if (need->stated_on == KAF_DAY_UNKNOWN && need->confirmed_on == KAF_DAY_UNKNOWN)
        kaf_mission_run_add_record (run, need->id, "need", need->id);
    }
}

void
kaf_check_need_daily (KafMissionRun *run)
{
  for (guint i = 0; i < run->self->needs->len; i++)
    {
      const KafNeed *need = need_at (run->self, i);

      if (need->daily_practice != 1)
        kaf_mission_run_add_record (run, need->id, "need", need->id);
    }
}

void
kaf_check_need_authority (KafMissionRun *run)
{
  for (guint i = 0; i < run->self->needs->len; i++)
    {
      const GPtrArray *stakeholders = need_at (run->self, i)->stakeholders;

      for (guint j = 0; j < stakeholders->len; j++)
        if (kaf_mission_is_authority (
                ((const KafStakeholder *) g_ptr_array_index (stakeholders, j))->kind))
          return;
    }
  kaf_mission_run_add (run, NULL);
}

/* What is open elsewhere may be outside of what a device sees. */
void
kaf_check_need_elsewhere (KafMissionRun *run)
{
  for (guint i = 0; i < run->self->needs->len; i++)
    {
      const KafNeed *need = need_at (run->self, i);

      if (need->same_open != NULL)
        kaf_finding_add_record (run->findings,
                                kaf_mission_run_add_record (run, need->id, "need", need->id),
                                "need", need->same_open);
    }
  run->unknown = run->self->partial;
}

/* 2 */

/* An exchange with a party that is an authority, though no need names it. */
static gboolean
has_met_authority (const KafMission *self)
{
  for (guint i = 0; i < self->parties->len; i++)
    {
      const KafMissionParty *party = g_ptr_array_index (self->parties, i);

      if (!kaf_mission_is_authority (party->role) && !kaf_mission_is_authority (party->kind))
        continue;
      for (guint j = 0; j < self->contacts->len; j++)
        {
          const KafMissionContact *contact = g_ptr_array_index (self->contacts, j);

          if (contact->held_on != KAF_DAY_UNKNOWN &&
              g_strcmp0 (contact->organisation, party->organisation) == 0)
            return TRUE;
        }
    }
  return FALSE;
}

void
kaf_check_authority_informed (KafMissionRun *run)
{
  for (guint i = 0; i < run->self->needs->len; i++)
    {
      const GPtrArray *stakeholders = need_at (run->self, i)->stakeholders;

      for (guint j = 0; j < stakeholders->len; j++)
        {
          const KafStakeholder *one = g_ptr_array_index (stakeholders, j);

          if (kaf_mission_is_authority (one->kind) && one->n_contacts > 0 &&
              one->last_contact != KAF_DAY_UNKNOWN)
            return;
        }
    }
  if (!has_met_authority (run->self))
    kaf_mission_run_add (run, NULL);
}

static gboolean
is_reached (const KafNeed *need)
{
  for (guint i = 0; i < need->stakeholders->len; i++)
    if (((const KafStakeholder *) g_ptr_array_index (need->stakeholders, i))->n_contacts > 0)
      return TRUE;
  return FALSE;
}

void
kaf_check_need_reached (KafMissionRun *run)
{
  for (guint i = 0; i < run->self->needs->len; i++)
    {
      const KafNeed *need = need_at (run->self, i);

      if (!is_reached (need))
        kaf_mission_run_add_record (run, need->id, "need", need->id);
    }
}

void
kaf_check_stakeholder_contacted (KafMissionRun *run)
{
  for (guint i = 0; i < run->self->needs->len; i++)
    {
      const GPtrArray *stakeholders = need_at (run->self, i)->stakeholders;

      for (guint j = 0; j < stakeholders->len; j++)
        {
          const KafStakeholder *one = g_ptr_array_index (stakeholders, j);

          if (one->n_contacts == 0)
            kaf_mission_run_add_record (run, one->id,
                                        one->organisation != NULL ? "organisation" : "stakeholder",
                                        one->organisation != NULL ? one->organisation : one->id);
        }
    }
}

void
kaf_check_message_arabic (KafMissionRun *run)
{
  if (!run->self->has_message_ar)
    kaf_mission_run_add (run, NULL);
}

/* 3 */

void
kaf_check_expert_interested (KafMissionRun *run)
{
  for (guint i = 0; i < run->self->experts->len; i++)
    {
      const KafMissionExpert *expert = expert_at (run->self, i);

      if (kaf_mission_expert_comes (expert) && expert->window_from != KAF_DAY_UNKNOWN &&
          expert->window_to != KAF_DAY_UNKNOWN)
        return;
    }
  kaf_mission_run_add (run, NULL);
}

/* Of those who come; whose record is not on this device is not judged, and of who is gone that alone is told. */
static gboolean
can_judge (KafMissionRun *run, const KafMissionExpert *expert)
{
  if (!kaf_mission_expert_comes (expert) || expert->gone)
    return FALSE;
  if (!expert->here)
    run->unknown = TRUE;
  return expert->here;
}

void
kaf_check_expert_consent (KafMissionRun *run)
{
  for (guint i = 0; i < run->self->experts->len; i++)
    {
      const KafMissionExpert *expert = expert_at (run->self, i);

      if (can_judge (run, expert) && !expert->consents)
        kaf_mission_run_add_record (run, expert->person, "person", expert->person);
    }
}

void
kaf_check_expert_alone (KafMissionRun *run)
{
  for (guint i = 0; i < run->self->experts->len; i++)
    {
      const KafMissionExpert *expert = expert_at (run->self, i);

      if (expert->network == NULL && can_judge (run, expert) && !expert->in_network)
        kaf_mission_run_add_record (run, expert->id, "person", expert->person);
    }
}

void
kaf_check_expert_profile (KafMissionRun *run)
{
  guint months = run->context->limits.profile_months;

  for (guint i = 0; i < run->self->experts->len; i++)
    {
      const KafMissionExpert *expert = expert_at (run->self, i);

      if (can_judge (run, expert) && is_older (expert->confirmed_on, months, run->context->day))
        kaf_finding_add_number (
            kaf_mission_run_add_record (run, expert->person, "person", expert->person), months);
    }
}

/* Also of those who were only listed: nobody opposed is contacted. */
void
kaf_check_expert_opposed (KafMissionRun *run)
{
  for (guint i = 0; i < run->self->experts->len; i++)
    {
      const KafMissionExpert *expert = expert_at (run->self, i);

      if (expert->opposed && g_strcmp0 (expert->answer, "declined") != 0 &&
          g_strcmp0 (expert->answer, "discarded") != 0)
        kaf_mission_run_add_record (run, expert->person, "person", expert->person);
    }
}

void
kaf_check_expert_country (KafMissionRun *run)
{
  const char *const *listed = run->context->listed_countries;

  for (guint i = 0; listed != NULL && i < run->self->experts->len; i++)
    {
      const KafMissionExpert *expert = expert_at (run->self, i);

      if (!can_judge (run, expert) || expert->country == NULL ||
          g_str_equal (expert->country, HOME) || g_strv_contains (listed, expert->country))
        continue;
      kaf_finding_add_record (
          run->findings, kaf_mission_run_add_record (run, expert->id, "person", expert->person),
          "country", expert->country);
    }
}
