/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Step 5: what it costs, who pays, with what equipment and where. Amounts are minor units, compared as they are. */
#include "config.h"

#include "rules/convention/kaf-convention-rules.h"
#include "rules/mission/kaf-mission-budget.h"
#include "rules/mission/kaf-mission-run.h"

static const KafBudgetLine *
line_at (const KafMission *self, guint i)
{
  return g_ptr_array_index (self->lines, i);
}

void
kaf_check_payer (KafMissionRun *run)
{
  for (guint i = 0; i < run->self->lines->len; i++)
    {
      const KafBudgetLine *line = line_at (run->self, i);

      if (line->payer == NULL)
        kaf_mission_run_add_record (run, line->id, "budget_line", line->id);
    }
}

void
kaf_check_equipment (KafMissionRun *run)
{
  for (guint i = 0; i < run->self->equipment->len; i++)
    {
      const KafEquipment *one = g_ptr_array_index (run->self->equipment, i);

      if (g_strcmp0 (one->state, "confirmed") != 0 && g_strcmp0 (one->state, "bought") != 0 &&
          g_strcmp0 (one->state, "dropped") != 0)
        kaf_mission_run_add_record (run, one->id, "equipment", one->id);
    }
}

/* A sum that no number holds is over any ceiling; so is one that cannot be made, of two currencies. */
void
kaf_check_ceiling (KafMissionRun *run)
{
  g_autoptr (KafBudget) budget = NULL;

  if (run->self->ceiling < 0)
    return;
  budget = kaf_budget_new (run->self);
  if (budget->overflowed || budget->mixed || !budget->has_remainder || budget->remainder < 0)
    kaf_mission_run_add (run, NULL);
}

/* Whether @payer is a party of the act, or of the framework that it stands within, before they end. A draft counts:
 * step 7 has it signed. */
static gboolean
covers (const KafConvention *act, const char *payer, KafDay day)
{
  g_autoptr (KafStanding) standing = kaf_convention_stand (act, day);
  const KafConvention *framework;

  if (standing->state == KAF_CONVENTION_ABANDONED || standing->state == KAF_CONVENTION_EXPIRED ||
      standing->state == KAF_CONVENTION_TERMINATED)
    return FALSE;
  for (guint i = 0; i < standing->parties->len; i++)
    if (g_strcmp0 (g_array_index (standing->parties, KafParty, i).organisation, payer) == 0)
      return TRUE;
  framework = kaf_convention_get_framework (act);
  return framework != NULL && framework != act && covers (framework, payer, day);
}

/* @missing: a convention of the mission is not on this device. */
static gboolean
is_covered (const KafMission *self, const KafBudgetLine *line, KafDay day, gboolean *missing)
{
  const KafConvention *basis = line->basis != NULL && self->acts_here != NULL
                                   ? kaf_conventions_find (self->acts_here, line->basis)
                                   : NULL;

  *missing = line->basis != NULL && basis == NULL;
  if (basis != NULL && covers (basis, line->payer, day))
    return TRUE;
  for (guint i = 0; i < self->conventions->len; i++)
    {
      const KafMissionConvention *link = g_ptr_array_index (self->conventions, i);

      if (link->act == NULL)
        *missing = TRUE;
      else if (link->act != basis && covers (link->act, line->payer, day))
        return TRUE;
    }
  return FALSE;
}

static gboolean
paid_before (const KafMission *self, guint i)
{
  for (guint j = 0; j < i; j++)
    if (g_strcmp0 (line_at (self, j)->payer, line_at (self, i)->payer) == 0 &&
        g_strcmp0 (line_at (self, j)->basis, line_at (self, i)->basis) == 0)
      return TRUE;
  return FALSE;
}

/* One finding for each payer and basis, at its first line. */
void
kaf_check_payer_covered (KafMissionRun *run)
{
  KafDay day = MAX (run->self->starts_on, run->context->day);

  for (guint i = 0; i < run->self->lines->len; i++)
    {
      const KafBudgetLine *line = line_at (run->self, i);
      gboolean missing;

      if (line->payer == NULL || paid_before (run->self, i) ||
          is_covered (run->self, line, day, &missing))
        continue;
      if (missing)
        run->unknown = TRUE;
      else
        kaf_mission_run_add_record (run, line->id, "organisation", line->payer);
    }
}

static gboolean
is_about_end (const KafFinding *finding)
{
  static const char *const codes[] = { "mission-convention-over", "mission-convention-ends-before",
                                       "mission-convention-term-unknown", NULL };

  return g_strv_contains (codes, finding->rule->code);
}

/* As rules/convention tells it; that none is signed yet is not asked here. */
void
kaf_check_convention_end (KafMissionRun *run)
{
  const KafMission *self = run->self;

  for (guint i = 0; i < self->conventions->len; i++)
    {
      const KafMissionConvention *link = g_ptr_array_index (self->conventions, i);
      guint from = run->findings->list->len;

      if (link->act == NULL)
        {
          run->unknown = TRUE;
          continue;
        }
      kaf_convention_covers (run->findings, link->act, self->id, self->starts_on, self->ends_on,
                             KAF_COVER_START);
      if (run->findings->list->len > from &&
          is_about_end (g_ptr_array_index (run->findings->list, from)))
        kaf_mission_run_take (run, from);
      else
        kaf_mission_run_drop (run, from);
    }
}

static gboolean
is_used (const KafMission *self, const KafRoom *room)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      const KafItem *item = g_ptr_array_index (self->items, i);

      if (item->state != KAF_ITEM_CANCELLED && g_strcmp0 (item->room, room->id) == 0)
        return TRUE;
    }
  return FALSE;
}

void
kaf_check_room_places (KafMissionRun *run)
{
  int planned = run->self->participants_planned;

  for (guint i = 0; i < run->self->rooms->len; i++)
    {
      const KafRoom *room = g_ptr_array_index (run->self->rooms, i);
      KafFinding *finding;

      if (room->places < 0 || room->places >= planned || !is_used (run->self, room))
        continue;
      finding = kaf_mission_run_add_record (run, room->id, "mission_room", room->id);
      kaf_finding_add_number (finding, (guint) room->places);
      kaf_finding_add_number (finding, (guint) planned);
    }
}

void
kaf_check_local_resources (KafMissionRun *run)
{
  if (!run->self->local_resources)
    kaf_mission_run_add (run, NULL);
}

void
kaf_check_price (KafMissionRun *run)
{
  for (guint i = 0; i < run->self->lines->len; i++)
    {
      const KafBudgetLine *line = line_at (run->self, i);

      if (line->unit_price < 0)
        kaf_mission_run_add_record (run, line->id, "budget_line", line->id);
    }
}

void
kaf_check_currency (KafMissionRun *run)
{
  const char *currency = run->self->currency;

  for (guint i = 0; currency != NULL && run->self->ceiling >= 0 && i < run->self->lines->len; i++)
    {
      const KafBudgetLine *line = line_at (run->self, i);

      if (line->currency != NULL && !g_str_equal (line->currency, currency))
        kaf_mission_run_add_record (run, line->id, "budget_line", line->id);
    }
}
