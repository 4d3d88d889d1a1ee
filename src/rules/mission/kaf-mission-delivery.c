/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Step 8: what was booked, held, attended and spent. */
#include "config.h"

#include "rules/mission/kaf-mission-budget.h"
#include "rules/mission/kaf-mission-run.h"

static const KafItem *
item_at (const KafMission *self, guint i)
{
  return g_ptr_array_index (self->items, i);
}

/* With its day: one subject has several sessions. */
static void
add_session (KafMissionRun *run, const KafItem *item)
{
  kaf_finding_add_day (kaf_mission_run_add_record (run, item->id, "programme_item", item->id),
                       item->day);
}

void
kaf_check_session_settled (KafMissionRun *run)
{
  for (guint i = 0; i < run->self->items->len; i++)
    {
      const KafItem *item = item_at (run->self, i);

      if (item->state == KAF_ITEM_PLANNED)
        add_session (run, item);
    }
}

void
kaf_check_attendance (KafMissionRun *run)
{
  for (guint i = 0; i < run->self->items->len; i++)
    {
      const KafItem *item = item_at (run->self, i);

      if (item->state == KAF_ITEM_HELD && item->n_marked == 0)
        add_session (run, item);
    }
}

void
kaf_check_booking_settled (KafMissionRun *run)
{
  for (guint i = 0; i < run->self->bookings->len; i++)
    {
      const KafBooking *booking = g_ptr_array_index (run->self->bookings, i);

      if (g_strcmp0 (booking->state, "settled") != 0 &&
          g_strcmp0 (booking->state, "cancelled") != 0)
        kaf_mission_run_add_record (run, booking->id, "booking", booking->id);
    }
}

static KafDay
booking_begins (const KafMission *mission, const KafBooking *booking)
{
  return booking->from != KAF_DAY_UNKNOWN ? booking->from : mission->starts_on;
}

/* Due so many days before it begins, or by the day that was set for it. */
gboolean
kaf_booking_is_late (const KafMission *mission,
                     const KafBooking *booking,
                     const KafMissionContext *context)
{
  KafDay from = booking_begins (mission, booking);
  gboolean near = from != KAF_DAY_UNKNOWN && context->day + context->limits.booking_days >= from;
  gboolean past = booking->book_by != KAF_DAY_UNKNOWN && context->day > booking->book_by;

  return (booking->state == NULL || g_str_equal (booking->state, "wanted")) && (near || past);
}

void
kaf_check_booking_missing (KafMissionRun *run)
{
  for (guint i = 0; i < run->self->bookings->len; i++)
    {
      const KafBooking *booking = g_ptr_array_index (run->self->bookings, i);

      if (kaf_booking_is_late (run->self, booking, run->context))
        kaf_finding_add_day (kaf_mission_run_add_record (run, booking->id, "booking", booking->id),
                             booking_begins (run->self, booking));
    }
}

/* Of those on the list; while it is empty, of those who were planned. */
static guint
count_expected (const KafMission *self)
{
  return self->n_participants > 0 ? self->n_participants
                                  : (guint) MAX (self->participants_planned, 0);
}

void
kaf_check_turnout (KafMissionRun *run)
{
  guint expected = count_expected (run->self);

  for (guint i = 0; i < run->self->items->len; i++)
    {
      const KafItem *item = item_at (run->self, i);
      KafFinding *finding;

      if (item->state != KAF_ITEM_HELD || item->n_marked == 0 ||
          (guint64) item->n_present * 100 >=
              (guint64) expected * run->context->limits.turnout_percent)
        continue;
      finding = kaf_mission_run_add (run, item->id);
      kaf_finding_add_number (finding, item->n_present);
      kaf_finding_add_number (finding, expected);
      kaf_finding_add_record (run->findings, finding, "programme_item", item->id);
    }
}

void
kaf_check_overfull (KafMissionRun *run)
{
  for (guint i = 0; i < run->self->items->len; i++)
    {
      const KafItem *item = item_at (run->self, i);
      const KafRoom *room =
          item->room != NULL ? kaf_mission_find_room (run->self, item->room) : NULL;
      KafFinding *finding;

      if (item->state != KAF_ITEM_HELD || room == NULL || room->places < 0 ||
          item->n_present <= (guint) room->places)
        continue;
      finding = kaf_mission_run_add (run, item->id);
      kaf_finding_add_number (finding, item->n_present);
      kaf_finding_add_record (run->findings, finding, "mission_room", room->id);
      kaf_finding_add_number (finding, (guint) room->places);
    }
}

/* More than @percent over: rounded down, the share of a whole number of centimes is passed or not all the same. */
static gboolean
passes (gint64 spent, gint64 budget, guint percent)
{
  gint64 share = budget / 100 * percent + budget % 100 * percent / 100;
  gint64 limit;

  return !__builtin_add_overflow (budget, share, &limit) && spent > limit;
}

void
kaf_check_overspent (KafMissionRun *run)
{
  g_autoptr (KafBudget) budget = kaf_budget_new (run->self);
  guint percent = run->context->limits.overspend_percent;

  run->unknown = !kaf_mission_run_knows (run, "budget_line");
  for (guint i = 0; i < budget->sums->len; i++)
    {
      const KafBudgetSum *sum = g_ptr_array_index (budget->sums, i);

      if (passes (sum->spent, sum->total, percent))
        {
          kaf_finding_add_number (kaf_mission_run_add (run, NULL), percent);
          return;
        }
    }
}
