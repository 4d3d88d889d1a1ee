/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/mission/kaf-mission-owed.h"

#define APPROVAL 6
#define TIES 7
#define DELIVERY 8

typedef struct
{
  const KafMission *self;
  const KafMissionLife *life;
  const KafMissionContext *context;
  GArray *owed;
} Reader;

const char *
kaf_owed_kind_id (KafOwedKind kind)
{
  static const char *const ids[] = {
    "hub",     "expert_answer", "party_answer", "expert_agreement", "equipment",
    "booking", "session",       "follow_up",    "approval",         "step"
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (ids) == KAF_N_OWED);
  return ids[kind];
}

guint
kaf_mission_days_in_step (const KafMissionLife *life, KafDay day)
{
  return life->since != KAF_DAY_UNKNOWN && day > life->since ? day - life->since : 0;
}

gboolean
kaf_mission_is_late (const KafMission *self,
                     const KafMissionLife *life,
                     const KafMissionContext *context)
{
  if (life->state != KAF_MISSION_OPEN)
    return FALSE;
  if (life->step < DELIVERY && self->starts_on != KAF_DAY_UNKNOWN && self->starts_on < context->day)
    return TRUE;
  return kaf_mission_days_in_step (life, context->day) > context->limits.step_days;
}

static KafOwed *
owe (Reader *reader, KafOwedKind kind, const char *entity, const char *id, KafDay due)
{
  KafOwed one = { .kind = kind, .entity = entity, .id = id, .due = due };

  one.late = due != KAF_DAY_UNKNOWN && due < reader->context->day;
  g_array_append_val (reader->owed, one);
  return &g_array_index (reader->owed, KafOwed, reader->owed->len - 1);
}

static void
owe_by (KafOwed *one, const char *entity, const char *who, KafDay since)
{
  one->who_entity = entity;
  one->who = who;
  one->since = since;
}

static KafDay
add_days (KafDay day, guint days)
{
  return day != KAF_DAY_UNKNOWN ? day + days : KAF_DAY_UNKNOWN;
}

static void
list_experts (Reader *reader)
{
  guint days = reader->context->limits.answer_days;

  for (guint i = 0; i < reader->self->experts->len; i++)
    {
      const KafMissionExpert *expert = g_ptr_array_index (reader->self->experts, i);

      if (g_strcmp0 (expert->answer, "contacted") == 0)
        owe_by (owe (reader, KAF_OWED_EXPERT_ANSWER, "mission_expert", expert->id,
                     add_days (expert->contacted_on, days)),
                "person", expert->person, expert->contacted_on);
      else if (reader->life->step == APPROVAL && kaf_mission_expert_comes (expert) &&
               expert->agreed_on == KAF_DAY_UNKNOWN)
        owe_by (owe (reader, KAF_OWED_EXPERT_AGREEMENT, "mission_expert", expert->id,
                     add_days (reader->life->since, days)),
                "person", expert->person, reader->life->since);
    }
}

/* Of those who were asked; step 6 asks all. */
static void
list_parties (Reader *reader)
{
  for (guint i = 0; i < reader->self->parties->len; i++)
    {
      const KafMissionParty *party = g_ptr_array_index (reader->self->parties, i);

      if (party->answer == NULL &&
          (party->asked_on != KAF_DAY_UNKNOWN || reader->life->step == APPROVAL))
        owe_by (owe (reader, KAF_OWED_PARTY_ANSWER, "mission_party", party->id,
                     add_days (party->asked_on, reader->context->limits.answer_days)),
                "organisation", party->organisation, party->asked_on);
    }
}

static gboolean
is_wanted (const char *state)
{
  return state == NULL || g_str_equal (state, "wanted") || g_str_equal (state, "asked");
}

static void
list_means (Reader *reader)
{
  const KafMission *self = reader->self;
  guint before = reader->context->limits.booking_days;

  for (guint i = 0; i < self->equipment->len; i++)
    {
      const KafEquipment *one = g_ptr_array_index (self->equipment, i);

      if (is_wanted (one->state))
        owe_by (owe (reader, KAF_OWED_EQUIPMENT, "equipment", one->id,
                     one->needed_on != KAF_DAY_UNKNOWN ? one->needed_on : self->starts_on),
                NULL, self->followed_by, KAF_DAY_UNKNOWN);
    }
  for (guint i = 0; i < self->bookings->len; i++)
    {
      const KafBooking *one = g_ptr_array_index (self->bookings, i);
      KafDay from = one->from != KAF_DAY_UNKNOWN ? one->from : self->starts_on;
      KafDay due = from > before ? from - before : from;

      if (one->book_by != KAF_DAY_UNKNOWN)
        due = one->book_by;
      if (is_wanted (one->state))
        owe_by (owe (reader, KAF_OWED_BOOKING, "booking", one->id, due), NULL, self->followed_by,
                KAF_DAY_UNKNOWN);
    }
}

static void
list_outcome (Reader *reader)
{
  const KafMission *self = reader->self;

  for (guint i = 0; reader->life->step >= DELIVERY && i < self->items->len; i++)
    {
      const KafItem *item = g_ptr_array_index (self->items, i);

      if (item->state == KAF_ITEM_PLANNED && item->day != KAF_DAY_UNKNOWN &&
          item->day < reader->context->day)
        owe_by (owe (reader, KAF_OWED_SESSION, "programme_item", item->id, item->day), NULL,
                self->followed_by, item->day);
    }
  for (guint i = 0; i < self->follow_ups->len; i++)
    {
      const KafFollowUp *one = g_ptr_array_index (self->follow_ups, i);

      if (one->done_on == KAF_DAY_UNKNOWN)
        owe_by (owe (reader, KAF_OWED_FOLLOW_UP, "follow_up", one->id, one->due_on), NULL,
                one->owner, KAF_DAY_UNKNOWN);
    }
}

static void
list_step (Reader *reader)
{
  const KafMissionLife *life = reader->life;
  gboolean approval = life->step == APPROVAL || life->step == TIES;

  for (guint step = 1; step <= KAF_MISSION_STEPS; step++)
    if (life->pending[step])
      {
        owe_by (owe (reader, KAF_OWED_HUB, "mission", reader->self->id, KAF_DAY_UNKNOWN), NULL,
                NULL, life->left_on[step]);
        break;
      }
  owe_by (owe (reader, approval ? KAF_OWED_APPROVAL : KAF_OWED_STEP, "mission", reader->self->id,
               add_days (life->since, reader->context->limits.step_days)),
          NULL, approval ? NULL : reader->self->followed_by, life->since);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const KafOwed *one = a, *two = b;

  /* Unknown is 0: less one, it is the latest of all. */
  if (one->due != two->due)
    return one->due - 1 < two->due - 1 ? -1 : 1;
  if (one->kind != two->kind)
    return one->kind < two->kind ? -1 : 1;
  return g_strcmp0 (one->id, two->id);
}

GArray *
kaf_mission_list_owed (const KafMission *self,
                       const KafMissionLife *life,
                       const KafMissionContext *context)
{
  Reader reader = { self, life, context, g_array_new (FALSE, TRUE, sizeof (KafOwed)) };

  if (life->state != KAF_MISSION_OPEN)
    return reader.owed;
  list_experts (&reader);
  list_parties (&reader);
  list_means (&reader);
  list_outcome (&reader);
  list_step (&reader);
  g_array_sort (reader.owed, compare);
  return reader.owed;
}
