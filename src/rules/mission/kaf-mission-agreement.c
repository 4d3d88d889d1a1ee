/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps 6 and 7: what everybody agrees to, and the papers that bind them. */
#include "config.h"

#include "rules/convention/kaf-convention-rules.h"
#include "rules/mission/kaf-mission-run.h"
#include "rules/mission/kaf-programme-grid.h"
#include "rules/network/kaf-mandate.h"

#define MINUTES_A_DAY (24 * 60)

static const KafMissionParty *
party_at (const KafMission *self, guint i)
{
  return g_ptr_array_index (self->parties, i);
}

static const KafMissionExpert *
expert_at (const KafMission *self, guint i)
{
  return g_ptr_array_index (self->experts, i);
}

static const KafItem *
item_at (const KafMission *self, guint i)
{
  return g_ptr_array_index (self->items, i);
}

/* 6 */

void
kaf_check_party_missing (KafMissionRun *run)
{
  if (run->self->parties->len == 0)
    kaf_mission_run_add (run, NULL);
}

/* Recorded: what it answered, and when. */
void
kaf_check_party_answer (KafMissionRun *run)
{
  for (guint i = 0; i < run->self->parties->len; i++)
    {
      const KafMissionParty *party = party_at (run->self, i);

      if (party->answer == NULL || party->answered_on == KAF_DAY_UNKNOWN)
        kaf_mission_run_add_record (run, party->id, "organisation", party->organisation);
    }
}

void
kaf_check_party_refuses (KafMissionRun *run)
{
  for (guint i = 0; i < run->self->parties->len; i++)
    {
      const KafMissionParty *party = party_at (run->self, i);

      if (g_strcmp0 (party->answer, "refuses") == 0)
        kaf_mission_run_add_record (run, party->id, "organisation", party->organisation);
    }
}

void
kaf_check_expert_agreement (KafMissionRun *run)
{
  for (guint i = 0; i < run->self->experts->len; i++)
    {
      const KafMissionExpert *expert = expert_at (run->self, i);

      if (kaf_mission_expert_comes (expert) && expert->agreed_on == KAF_DAY_UNKNOWN)
        kaf_mission_run_add_record (run, expert->id, "person", expert->person);
    }
}

/* Sessions whose clash has one of @reasons. */
static void
add_clashes (KafMissionRun *run, guint reasons)
{
  for (guint i = 0; i < run->self->items->len; i++)
    {
      const KafItem *item = item_at (run->self, i);
      KafFinding *finding;
      KafClash clash;

      kaf_programme_clash (run->self, item, &clash);
      if ((clash.reasons & reasons) == 0)
        continue;
      finding = kaf_mission_run_add_record (run, item->id, "person",
                                            clash.expert != NULL ? clash.expert->person : NULL);
      kaf_finding_add_day (finding, item->day);
      kaf_finding_add_record (run->findings, finding, "programme_item", item->id);
    }
}

void
kaf_check_expert_erased (KafMissionRun *run)
{
  for (guint i = 0; i < run->self->experts->len; i++)
    {
      const KafMissionExpert *expert = expert_at (run->self, i);

      if (kaf_mission_expert_comes (expert) && expert->gone)
        kaf_mission_run_add_record (run, expert->id, "person", expert->person);
    }
}

void
kaf_check_trainer_taken (KafMissionRun *run)
{
  add_clashes (run, KAF_CLASH_TRAINER | KAF_CLASH_BUSY);
  for (guint i = 0; i < run->self->experts->len; i++)
    run->unknown |=
        kaf_mission_expert_comes (expert_at (run->self, i)) && !expert_at (run->self, i)->here;
}

/* Whether a session before it in the list is held in that room in that half-day: the room is told of once. */
static gboolean
is_told (KafMissionRun *run, guint i)
{
  const KafItem *item = item_at (run->self, i);

  for (guint j = 0; j < i; j++)
    {
      const KafItem *other = item_at (run->self, j);
      KafClash clash;

      if (other->day != item->day || other->afternoon != item->afternoon ||
          g_strcmp0 (other->room, item->room) != 0)
        continue;
      kaf_programme_clash (run->self, other, &clash);
      if ((clash.reasons & KAF_CLASH_ROOM) != 0)
        return TRUE;
    }
  return FALSE;
}

void
kaf_check_room_taken (KafMissionRun *run)
{
  for (guint i = 0; i < run->self->items->len; i++)
    {
      const KafItem *item = item_at (run->self, i);
      KafClash clash;

      kaf_programme_clash (run->self, item, &clash);
      if ((clash.reasons & KAF_CLASH_ROOM) != 0 && !is_told (run, i))
        kaf_finding_add_day (kaf_mission_run_add_record (run, item->id, "mission_room", item->room),
                             item->day);
    }
}

/* Who would approve, or did; to others the gate says nothing of themselves. On paper somebody else decided, and who enters it may have edited. */
void
kaf_check_approver (KafMissionRun *run)
{
  const KafAct *act = run->act != NULL ? run->act : run->life->left[6] ? run->life->approved : NULL;
  const char *who = act != NULL ? act->by : run->context->approves ? run->context->me : NULL;

  if (act != NULL && kaf_act_is_on_paper (act))
    return;
  if (who != NULL && g_strv_contains ((const char *const *) run->self->editors, who))
    kaf_mission_run_add (run, NULL);
}

/* Perhaps: where nothing firm speaks against it already. */
void
kaf_check_trainer_perhaps (KafMissionRun *run)
{
  for (guint i = 0; i < run->self->items->len; i++)
    {
      const KafItem *item = item_at (run->self, i);
      KafFinding *finding;
      KafClash clash;

      kaf_programme_clash (run->self, item, &clash);
      if ((clash.reasons & (KAF_CLASH_AGENDA | KAF_CLASH_WINDOW)) == 0 ||
          (clash.reasons & (KAF_CLASH_TRAINER | KAF_CLASH_BUSY)) != 0)
        continue;
      finding = kaf_mission_run_add_record (run, item->id, "person",
                                            clash.expert != NULL ? clash.expert->person : NULL);
      kaf_finding_add_day (finding, item->day);
      kaf_finding_add_record (run->findings, finding, "programme_item", item->id);
    }
}

/* Minutes since the year 1 at which she first trains; FALSE: never. */
static gboolean
find_first_session (const KafMissionRun *run, const KafMissionExpert *expert, gint64 *minute)
{
  gboolean found = FALSE;

  for (guint i = 0; i < run->self->items->len; i++)
    {
      const KafItem *item = item_at (run->self, i);
      gint64 at = (gint64) item->day * MINUTES_A_DAY +
                  (item->afternoon ? run->context->limits.afternoon : run->context->limits.morning);

      if (item->state == KAF_ITEM_CANCELLED || item->day == KAF_DAY_UNKNOWN ||
          (g_strcmp0 (item->trainer, expert->id) != 0 &&
           g_strcmp0 (item->second_trainer, expert->id) != 0) ||
          (found && at >= *minute))
        continue;
      *minute = at;
      found = TRUE;
    }
  return found;
}

/* A day of arrival without its time may be as late as midnight. */
void
kaf_check_arrival (KafMissionRun *run)
{
  guint hours = run->context->limits.arrival_hours;

  for (guint i = 0; i < run->self->experts->len; i++)
    {
      const KafMissionExpert *expert = expert_at (run->self, i);
      gint64 arrives = (gint64) expert->arrives_on * MINUTES_A_DAY +
                       (expert->arrives_minute >= 0 ? expert->arrives_minute : MINUTES_A_DAY);
      gint64 first = 0;

      if (expert->arrives_on == KAF_DAY_UNKNOWN || !kaf_mission_expert_comes (expert) ||
          !find_first_session (run, expert, &first) || arrives + (gint64) hours * 60 <= first)
        continue;
      kaf_finding_add_number (
          kaf_mission_run_add_record (run, expert->id, "person", expert->person), hours);
    }
}

static gboolean
waits (const KafMissionRun *run, KafDay since)
{
  return since != KAF_DAY_UNKNOWN && run->context->day >= since + run->context->limits.answer_days;
}

void
kaf_check_party_late (KafMissionRun *run)
{
  for (guint i = 0; i < run->self->parties->len; i++)
    {
      const KafMissionParty *party = party_at (run->self, i);

      if (party->answer == NULL && waits (run, party->asked_on))
        kaf_finding_add_day (
            kaf_mission_run_add_record (run, party->id, "organisation", party->organisation),
            party->asked_on);
    }
}

void
kaf_check_expert_late (KafMissionRun *run)
{
  for (guint i = 0; i < run->self->experts->len; i++)
    {
      const KafMissionExpert *expert = expert_at (run->self, i);

      if (g_strcmp0 (expert->answer, "contacted") == 0 && waits (run, expert->contacted_on))
        kaf_finding_add_day (kaf_mission_run_add_record (run, expert->id, "person", expert->person),
                             expert->contacted_on);
    }
}

/* 7 */

/* One that carries the mission is enough. Else what is wrong with each, as rules/convention tells it. One that is not
 * there may be so elsewhere where this is a part of all records; where it is all of them, it was deleted. */
void
kaf_check_convention (KafMissionRun *run)
{
  const KafMission *self = run->self;
  guint from = run->findings->list->len;
  gboolean covered = FALSE, missing = FALSE, any = FALSE;

  for (guint i = 0; i < self->conventions->len && !covered; i++)
    {
      const KafMissionConvention *link = g_ptr_array_index (self->conventions, i);

      any |= link->act != NULL;
      missing |= link->act == NULL && self->partial;
      covered = link->act != NULL &&
                kaf_convention_covers (run->findings, link->act, self->id, self->starts_on,
                                       self->ends_on, KAF_COVER_STEP_7);
    }
  if (!covered && !any && !missing)
    kaf_convention_covers (run->findings, NULL, self->id, self->starts_on, self->ends_on,
                           KAF_COVER_STEP_7);
  if (covered || missing)
    kaf_mission_run_drop (run, from);
  else
    kaf_mission_run_take (run, from);
  run->unknown = !covered && missing;
}

static gboolean
can_judge (KafMissionRun *run, const KafMissionExpert *expert)
{
  if (!kaf_mission_expert_comes (expert) || expert->gone)
    return FALSE;
  run->unknown |= !expert->here;
  return expert->here;
}

void
kaf_check_expert_cv (KafMissionRun *run)
{
  for (guint i = 0; i < run->self->experts->len; i++)
    {
      const KafMissionExpert *expert = expert_at (run->self, i);

      if (can_judge (run, expert) && !expert->has_cv)
        kaf_mission_run_add_record (run, expert->person, "person", expert->person);
    }
}

void
kaf_check_party_contact (KafMissionRun *run)
{
  for (guint i = 0; i < run->self->parties->len; i++)
    {
      const KafMissionParty *party = party_at (run->self, i);

      if (!party->has_contact)
        kaf_mission_run_add_record (run, party->id, "organisation", party->organisation);
    }
}

static void
check_signatory (KafMissionRun *run, const KafConvention *act, const KafSignatory *signatory)
{
  const KafMandate *mandate = run->self->mandates != NULL && signatory->mandate != NULL
                                  ? g_hash_table_lookup (run->self->mandates, signatory->mandate)
                                  : NULL;
  KafDay to = mandate != NULL ? mandate->to : signatory->to;
  KafFinding *finding;

  if (mandate == NULL && to == KAF_DAY_UNKNOWN)
    {
      run->unknown |= signatory->mandate != NULL;
      return;
    }
  if (to == KAF_DAY_UNKNOWN || to >= run->context->day)
    return;
  finding = kaf_mission_run_add_record (
      run, act->id, "person",
      mandate != NULL && mandate->person != NULL ? mandate->person : signatory->person);
  kaf_finding_add_record (run->findings, finding, "convention", act->id);
  kaf_finding_add_day (finding, to);
}

/* Whom to turn to is not in office any more. The last day of a mandate whose end is known in part only is its
 * latest. */
void
kaf_check_signatory (KafMissionRun *run)
{
  for (guint i = 0; i < run->self->conventions->len; i++)
    {
      const KafConvention *act =
          ((const KafMissionConvention *) g_ptr_array_index (run->self->conventions, i))->act;

      for (guint j = 0; act != NULL && j < act->signatories->len; j++)
        check_signatory (run, act, g_ptr_array_index (act->signatories, j));
      run->unknown |= act == NULL;
    }
}

void
kaf_check_procedure (KafMissionRun *run)
{
  if (run->life->step == run->rule->step && run->life->state == KAF_MISSION_OPEN &&
      run->life->since != KAF_DAY_UNKNOWN &&
      run->context->day > run->life->since + run->context->limits.step_days)
    kaf_finding_add_day (kaf_mission_run_add (run, NULL), run->life->since);
}

/* Whether so few days are left until @day that it should be there. */
void
kaf_check_order (KafMissionRun *run)
{
  KafDay starts = run->self->starts_on;

  if (starts == KAF_DAY_UNKNOWN || run->context->day + run->context->limits.booking_days < starts)
    return;
  for (guint i = 0; i < run->self->experts->len; i++)
    {
      const KafMissionExpert *expert = expert_at (run->self, i);

      if (kaf_mission_expert_comes (expert) && expert->order_number == NULL &&
          expert->order_on == KAF_DAY_UNKNOWN)
        kaf_finding_add_day (kaf_mission_run_add_record (run, expert->id, "person", expert->person),
                             starts);
    }
}

void
kaf_check_cv_age (KafMissionRun *run)
{
  for (guint i = 0; i < run->self->experts->len; i++)
    {
      const KafMissionExpert *expert = expert_at (run->self, i);

      if (can_judge (run, expert) && expert->has_cv && expert->cv_on != KAF_DAY_UNKNOWN &&
          kaf_day_add_months (expert->cv_on, (int) run->context->limits.cv_months) <
              run->context->day)
        kaf_finding_add_day (
            kaf_mission_run_add_record (run, expert->person, "person", expert->person),
            expert->cv_on);
    }
}
