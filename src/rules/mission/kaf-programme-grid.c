/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/mission/kaf-programme-grid.h"

#define MAX_TRAINERS 2

/* Clashes */

static gboolean
is_held (const KafItem *item)
{
  return item->state != KAF_ITEM_CANCELLED;
}

static gboolean
trains (const KafItem *item, const char *expert)
{
  return expert != NULL &&
         (g_strcmp0 (item->trainer, expert) == 0 || g_strcmp0 (item->second_trainer, expert) == 0);
}

/* A session as it is being written stands for itself as it was. */
static gboolean
is_same (const KafItem *one, const KafItem *other)
{
  return one == other || (one->id != NULL && g_strcmp0 (one->id, other->id) == 0);
}

static void
raise_clash (KafClash *clash, KafClashLevel level, KafClashReason reason)
{
  clash->level = MAX (clash->level, level);
  clash->reasons |= reason;
}

/* Her agenda in that half-day, and the window that she gave. */
static void
look_at_agenda (const KafMissionExpert *expert, KafDay day, gboolean afternoon, KafClash *clash)
{
  for (guint i = 0; i < expert->engagements->len; i++)
    {
      const KafEngagement *one = g_ptr_array_index (expert->engagements, i);
      gboolean firm = one->kind == KAF_BUSY_FIRM;

      if (one->kind == KAF_BUSY_FREE || day < one->from ||
          (one->to != KAF_DAY_UNKNOWN && day > one->to) ||
          !(afternoon ? one->afternoon : one->morning))
        continue;
      if (clash->expert == NULL || (firm && clash->level < KAF_CLASH_FIRM))
        {
          clash->expert = expert;
          clash->engagement = one;
        }
      raise_clash (clash, firm ? KAF_CLASH_FIRM : KAF_CLASH_TENTATIVE,
                   firm ? KAF_CLASH_BUSY : KAF_CLASH_AGENDA);
    }
  if ((expert->window_from != KAF_DAY_UNKNOWN && day < expert->window_from) ||
      (expert->window_to != KAF_DAY_UNKNOWN && day > expert->window_to))
    {
      if (clash->expert == NULL)
        clash->expert = expert;
      raise_clash (clash, KAF_CLASH_TENTATIVE, KAF_CLASH_WINDOW);
    }
}

/* @trainers: ids, some NULL. */
static void
look_at_sessions (const KafMission *self,
                  const KafItem *item,
                  KafDay day,
                  gboolean afternoon,
                  const char *const trainers[MAX_TRAINERS],
                  KafClash *clash)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      const KafItem *other = g_ptr_array_index (self->items, i);

      if (other->day != day || other->afternoon != afternoon || is_same (other, item) ||
          !is_held (other))
        continue;
      for (guint n = 0; n < MAX_TRAINERS; n++)
        {
          if (!trains (other, trainers[n]))
            continue;
          if (clash->expert == NULL)
            {
              clash->expert = kaf_mission_find_expert (self, trainers[n]);
              clash->with = other;
            }
          raise_clash (clash, KAF_CLASH_FIRM, KAF_CLASH_TRAINER);
        }
      if (item->room != NULL && g_strcmp0 (item->room, other->room) == 0)
        {
          if (clash->with == NULL)
            clash->with = other;
          raise_clash (clash, KAF_CLASH_FIRM, KAF_CLASH_ROOM);
        }
    }
}

void
kaf_programme_clash_at (const KafMission *self,
                        const KafItem *item,
                        KafDay day,
                        gboolean afternoon,
                        const KafMissionExpert *trainer,
                        KafClash *clash)
{
  const char *trainers[MAX_TRAINERS] = { trainer != NULL ? trainer->id : item->trainer,
                                         trainer != NULL ? NULL : item->second_trainer };

  *clash = (KafClash){ 0 };
  if (day == KAF_DAY_UNKNOWN || !is_held (item))
    return;
  look_at_sessions (self, item, day, afternoon, trainers, clash);
  for (guint n = 0; n < MAX_TRAINERS; n++)
    {
      const KafMissionExpert *expert =
          trainers[n] != NULL ? kaf_mission_find_expert (self, trainers[n]) : NULL;

      if (expert != NULL)
        look_at_agenda (expert, day, afternoon, clash);
    }
}

void
kaf_programme_clash (const KafMission *self, const KafItem *item, KafClash *clash)
{
  kaf_programme_clash_at (self, item, item->day, item->afternoon, NULL, clash);
}

const KafMissionExpert *
kaf_programme_find_free_trainer (const KafMission *self, const KafItem *item)
{
  const KafMissionExpert *best = NULL;
  guint fewest = G_MAXUINT;

  for (guint i = 0; i < self->experts->len; i++)
    {
      const KafMissionExpert *expert = g_ptr_array_index (self->experts, i);
      guint n = kaf_programme_count_halves (self, expert);
      KafClash clash;

      if (!kaf_mission_expert_comes (expert) || trains (item, expert->id) || n >= fewest)
        continue;
      kaf_programme_clash_at (self, item, item->day, item->afternoon, expert, &clash);
      /* A room that is taken stays taken, whoever trains. */
      if ((clash.reasons & ~KAF_CLASH_ROOM) != 0)
        continue;
      best = expert;
      fewest = n;
    }
  return best;
}

/* Days */

gboolean
kaf_day_is_weekend (KafDay day)
{
  /* The first day of the year 1 is a Monday. */
  return day != KAF_DAY_UNKNOWN && (day - 1) % 7 >= 5;
}

/* Whether it is that day of @from to @to, or of one of the years after. Where the day falls in the year is worked
 * out only when it may be one: a hundred days of a programme are asked for thirty holidays each. */
static gboolean
comes_back (const KafHoliday *self, KafDay day, guint length)
{
  guint years = day > self->from ? (day - self->from) / 365 : 0;

  for (guint n = years > 0 ? years - 1 : 0; n <= years; n++)
    {
      KafDay near = self->from + n * 365 + n / 4;
      KafDay from;

      if (day + 2 < near || day > near + length + 2)
        continue;
      from = kaf_day_add_months (self->from, (int) n * 12);
      if (day >= from && day <= from + length)
        return TRUE;
    }
  return FALSE;
}

static gboolean
falls_on (const KafHoliday *self, KafDay day)
{
  KafDay to = self->to != KAF_DAY_UNKNOWN ? self->to : self->from;

  if (self->from == KAF_DAY_UNKNOWN || day < self->from)
    return FALSE;
  return day <= to || (self->every_year && comes_back (self, day, to - self->from));
}

const KafHoliday *
kaf_holiday_find (GPtrArray *holidays, KafDay day, gboolean *ramadan)
{
  const KafHoliday *found = NULL;

  if (ramadan != NULL)
    *ramadan = FALSE;
  for (guint i = 0; holidays != NULL && i < holidays->len; i++)
    {
      const KafHoliday *one = g_ptr_array_index (holidays, i);

      if (!falls_on (one, day))
        continue;
      if (!one->ramadan && found == NULL)
        found = one;
      else if (one->ramadan && ramadan != NULL)
        *ramadan = TRUE;
    }
  return found;
}

static guint
count_items (const KafMission *self, KafDay day)
{
  guint n = 0;

  for (guint i = 0; i < self->items->len; i++)
    n += ((const KafItem *) g_ptr_array_index (self->items, i))->day == day ? 1 : 0;
  return n;
}

/* FALSE: no day is known. */
static gboolean
find_span (const KafMission *self, KafDay *from, KafDay *to)
{
  *from = self->starts_on != KAF_DAY_UNKNOWN ? self->starts_on : self->ends_on;
  *to = MAX (self->ends_on, *from);
  for (guint i = 0; i < self->items->len; i++)
    {
      const KafItem *item = g_ptr_array_index (self->items, i);

      if (item->day == KAF_DAY_UNKNOWN)
        continue;
      *from = *from == KAF_DAY_UNKNOWN ? item->day : MIN (*from, item->day);
      *to = MAX (*to, item->day);
    }
  return *from != KAF_DAY_UNKNOWN;
}

GArray *
kaf_programme_list_days (const KafMission *self, GPtrArray *holidays)
{
  GArray *days = g_array_new (FALSE, TRUE, sizeof (KafProgrammeDay));
  KafDay from, to;

  if (!find_span (self, &from, &to))
    return days;
  to = MIN (to, from + KAF_PROGRAMME_DAYS - 1);
  for (KafDay day = from; day <= to; day++)
    {
      KafProgrammeDay one = { .day = day, .weekend = kaf_day_is_weekend (day) };

      one.holiday = kaf_holiday_find (holidays, day, &one.ramadan);
      one.outside = (self->starts_on != KAF_DAY_UNKNOWN && day < self->starts_on) ||
                    (self->ends_on != KAF_DAY_UNKNOWN && day > self->ends_on);
      one.n_items = count_items (self, day);
      g_array_append_val (days, one);
    }
  return days;
}

GPtrArray *
kaf_programme_list_items (const KafMission *self, KafDay day, gboolean afternoon)
{
  GPtrArray *items = g_ptr_array_new ();

  for (guint i = 0; i < self->items->len; i++)
    {
      KafItem *item = g_ptr_array_index (self->items, i);

      if (item->day == day && (day == KAF_DAY_UNKNOWN || item->afternoon == afternoon))
        g_ptr_array_add (items, item);
    }
  return items;
}

/* Sums */

KafProgrammeBalance
kaf_programme_weigh (const KafMission *self)
{
  KafProgrammeBalance balance = { .practice_percent = -1 };
  guint64 all;

  for (guint i = 0; i < self->items->len; i++)
    {
      const KafItem *item = g_ptr_array_index (self->items, i);

      if (!is_held (item))
        continue;
      balance.theory += item->theory;
      balance.practice += item->practice;
    }
  all = (guint64) balance.theory + balance.practice;
  if (all > 0)
    balance.practice_percent = (int) (((guint64) balance.practice * 200 + all) / (2 * all));
  return balance;
}

guint
kaf_programme_count_halves_on (const KafMission *self, const KafMissionExpert *trainer, KafDay day)
{
  gboolean halves[2] = { FALSE, FALSE };

  for (guint i = 0; i < self->items->len; i++)
    {
      const KafItem *item = g_ptr_array_index (self->items, i);

      if (item->day == day && is_held (item) && trains (item, trainer->id))
        halves[item->afternoon ? 1 : 0] = TRUE;
    }
  return (halves[0] ? 1 : 0) + (halves[1] ? 1 : 0);
}

guint
kaf_programme_count_halves (const KafMission *self, const KafMissionExpert *trainer)
{
  g_autoptr (GHashTable) halves = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < self->items->len; i++)
    {
      const KafItem *item = g_ptr_array_index (self->items, i);

      if (item->day != KAF_DAY_UNKNOWN && is_held (item) && trains (item, trainer->id))
        g_hash_table_add (halves, GUINT_TO_POINTER (item->day * 2 + (item->afternoon ? 1 : 0)));
    }
  return g_hash_table_size (halves);
}
