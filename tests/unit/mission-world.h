/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A mission of which every check of every step is met, to be spoilt in one place; and what the checks say of it. */
#pragma once

#include "rules/mission/kaf-mission-checks.h"

G_BEGIN_DECLS

typedef struct
{
  KafMission *mission;
  KafMissionContext context;
  GPtrArray *holidays;
  /* Of the mission. */
  KafNeed *need;
  KafStakeholder *authority;
  KafMissionExpert *expert, *other;
  KafItem *items[4]; /* two half-days of two days, by the two in turn */
  KafRoom *room;
  KafResult *result;
  KafBudgetLine *line;
  KafEquipment *equipment;
  KafBooking *booking;
  KafMissionParty *party;
  KafMaterial *material;
  KafFollowUp *follow_up;
  KafAnswer *trainee;
  KafConvention *convention;
} World;

#define WORLD_TODAY "2026-11-28"
#define WORLD_STARTS "2027-04-05" /* a Monday */
#define WORLD_ENDS "2027-04-06"

KafDay world_day (const char *iso);
World *world_new (void);
void world_free (World *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

/* An act, the next after the last that moved it. @iso: its day. */
KafAct *world_act (World *self, KafActKind kind, guint step, const char *iso);
/* Leaves steps until @step is open. */
void world_go_to (World *self, guint step);
KafHoliday *world_add_holiday (
    World *self, const char *code, const char *from, const char *to, gboolean every_year);

/* How many findings a check has now; its state; the first finding (valid until the next call of any). A check
 * that fails counts as seen. */
guint world_count (World *self, const char *code);
KafCheckState world_state (World *self, const char *code);
const KafFinding *world_find (World *self, const char *code);

/* Fails unless each check of the steps was seen to fail, and is met by a mission that nobody spoilt. */
void world_assert_seen (guint first_step, guint last_step);

G_END_DECLS
