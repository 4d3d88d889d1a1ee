/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/mission/kaf-mission.h"

static const char *const act_kinds[KAF_N_ACTS] = {
  [KAF_ACT_LEAVE] = "leave",       [KAF_ACT_REOPEN] = "reopen",
  [KAF_ACT_HOLD] = "hold",         [KAF_ACT_RESUME] = "resume",
  [KAF_ACT_ABANDON] = "abandon",   [KAF_ACT_ACKNOWLEDGE] = "acknowledge",
  [KAF_ACT_OVERRIDE] = "override", [KAF_ACT_DEVIATION] = "deviation",
  [KAF_ACT_INCIDENT] = "incident",
};

KafActKind
kaf_act_kind_parse (const char *id)
{
  for (guint i = 0; i < KAF_N_ACTS; i++)
    if (g_strcmp0 (act_kinds[i], id) == 0)
      return i;
  return KAF_N_ACTS;
}

const char *
kaf_act_kind_id (KafActKind kind)
{
  return act_kinds[kind];
}

static void
free_need (gpointer data)
{
  g_ptr_array_unref (((KafNeed *) data)->stakeholders);
  g_free (data);
}

static void
free_expert (gpointer data)
{
  g_ptr_array_unref (((KafMissionExpert *) data)->engagements);
  g_free (data);
}

KafMission *
kaf_mission_new (const char *id)
{
  KafMission *self = g_new0 (KafMission, 1);
  GPtrArray **plain[] = { &self->acts,       &self->contacts,  &self->parties,    &self->rooms,
                          &self->items,      &self->results,   &self->lines,      &self->equipment,
                          &self->bookings,   &self->materials, &self->follow_ups, &self->answers,
                          &self->conventions };

  g_atomic_ref_count_init (&self->refs);
  self->texts = g_string_chunk_new (1024);
  self->id = kaf_mission_keep (self, id);
  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    *plain[i] = g_ptr_array_new_with_free_func (g_free);
  self->needs = g_ptr_array_new_with_free_func (free_need);
  self->experts = g_ptr_array_new_with_free_func (free_expert);
  self->editors = g_new0 (char *, 1);
  self->participants_planned = -1;
  self->ceiling = -1;
  return self;
}

KafMission *
kaf_mission_ref (KafMission *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
kaf_mission_unref (KafMission *self)
{
  GPtrArray *parts[] = { self->acts,        self->contacts,  self->parties,    self->rooms,
                         self->items,       self->results,   self->lines,      self->equipment,
                         self->bookings,    self->materials, self->follow_ups, self->answers,
                         self->conventions, self->needs,     self->experts };

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    g_ptr_array_unref (parts[i]);
  if (!self->borrows)
    {
      g_clear_pointer (&self->acts_here, kaf_conventions_free);
      g_clear_pointer (&self->mandates, g_hash_table_unref);
    }
  g_strfreev (self->editors);
  g_string_chunk_free (self->texts);
  g_free (self);
}

const char *
kaf_mission_keep (KafMission *self, const char *text)
{
  return text != NULL ? g_string_chunk_insert (self->texts, text) : NULL;
}

/* Every part begins with its id. */
static gpointer
add (KafMission *self, GPtrArray *parts, gsize size, const char *id)
{
  const char **part = g_malloc0 (size);

  *part = kaf_mission_keep (self, id);
  g_ptr_array_add (parts, part);
  return part;
}

KafAct *
kaf_mission_add_act (KafMission *self, const char *id)
{
  return add (self, self->acts, sizeof (KafAct), id);
}

KafNeed *
kaf_mission_add_need (KafMission *self, const char *id)
{
  KafNeed *need = add (self, self->needs, sizeof (KafNeed), id);

  need->stakeholders = g_ptr_array_new_with_free_func (g_free);
  need->daily_practice = -1;
  return need;
}

KafStakeholder *
kaf_need_add_stakeholder (KafMission *self, KafNeed *need, const char *id)
{
  return add (self, need->stakeholders, sizeof (KafStakeholder), id);
}

KafMissionContact *
kaf_mission_add_contact (KafMission *self, const char *id)
{
  return add (self, self->contacts, sizeof (KafMissionContact), id);
}

KafMissionParty *
kaf_mission_add_party (KafMission *self, const char *id)
{
  return add (self, self->parties, sizeof (KafMissionParty), id);
}

KafMissionExpert *
kaf_mission_add_expert (KafMission *self, const char *id)
{
  KafMissionExpert *expert = add (self, self->experts, sizeof (KafMissionExpert), id);

  expert->engagements = g_ptr_array_new_with_free_func (g_free);
  expert->arrives_minute = -1;
  return expert;
}

KafEngagement *
kaf_mission_expert_add_engagement (KafMissionExpert *expert)
{
  KafEngagement *engagement = g_new0 (KafEngagement, 1);

  g_ptr_array_add (expert->engagements, engagement);
  return engagement;
}

KafRoom *
kaf_mission_add_room (KafMission *self, const char *id)
{
  KafRoom *room = add (self, self->rooms, sizeof (KafRoom), id);

  room->places = -1;
  return room;
}

KafItem *
kaf_mission_add_item (KafMission *self, const char *id)
{
  return add (self, self->items, sizeof (KafItem), id);
}

KafResult *
kaf_mission_add_result (KafMission *self, const char *id)
{
  KafResult *result = add (self, self->results, sizeof (KafResult), id);

  result->target = result->reached = -1;
  return result;
}

KafBudgetLine *
kaf_mission_add_line (KafMission *self, const char *id)
{
  KafBudgetLine *line = add (self, self->lines, sizeof (KafBudgetLine), id);

  line->quantity = 1;
  line->unit_price = line->committed = line->spent = -1;
  return line;
}

KafEquipment *
kaf_mission_add_equipment (KafMission *self, const char *id)
{
  return add (self, self->equipment, sizeof (KafEquipment), id);
}

KafBooking *
kaf_mission_add_booking (KafMission *self, const char *id)
{
  return add (self, self->bookings, sizeof (KafBooking), id);
}

KafMaterial *
kaf_mission_add_material (KafMission *self, const char *id)
{
  return add (self, self->materials, sizeof (KafMaterial), id);
}

KafFollowUp *
kaf_mission_add_follow_up (KafMission *self, const char *id)
{
  return add (self, self->follow_ups, sizeof (KafFollowUp), id);
}

KafAnswer *
kaf_mission_add_answer (KafMission *self, const char *id)
{
  KafAnswer *answer = add (self, self->answers, sizeof (KafAnswer), id);

  for (guint i = 0; i < G_N_ELEMENTS (answer->scores); i++)
    answer->scores[i] = -1;
  return answer;
}

KafMissionConvention *
kaf_mission_add_convention (KafMission *self, const char *id)
{
  return add (self, self->conventions, sizeof (KafMissionConvention), id);
}

static gpointer
find (GPtrArray *parts, const char *id)
{
  for (guint i = 0; id != NULL && i < parts->len; i++)
    if (g_str_equal (*(const char **) parts->pdata[i], id))
      return parts->pdata[i];
  return NULL;
}

KafMissionExpert *
kaf_mission_find_expert (const KafMission *self, const char *id)
{
  return find (self->experts, id);
}

KafRoom *
kaf_mission_find_room (const KafMission *self, const char *id)
{
  return find (self->rooms, id);
}

KafItem *
kaf_mission_find_item (const KafMission *self, const char *id)
{
  return find (self->items, id);
}

gboolean
kaf_mission_expert_comes (const KafMissionExpert *expert)
{
  return g_strcmp0 (expert->answer, "interested") == 0 ||
         g_strcmp0 (expert->answer, "retained") == 0;
}

gint64
kaf_budget_line_total (const KafBudgetLine *line)
{
  gint64 cost;

  if (line->unit_price < 0)
    return line->adjusted;
  if (__builtin_mul_overflow (line->quantity, line->unit_price, &cost) ||
      __builtin_add_overflow (cost, line->adjusted, &cost))
    return G_MAXINT64;
  return cost;
}
