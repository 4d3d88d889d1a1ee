/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "mission-world.h"

#define US_A_DAY (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)
#define EPOCH 719163 /* KafDay of 1 January 1970 */

static GHashTable *seen_failing;
static KafFindings *last_findings;

KafDay
world_day (const char *iso)
{
  KafDay found = kaf_day_parse (iso);

  g_assert_cmpuint (found, !=, KAF_DAY_UNKNOWN);
  return found;
}

static void
fill_people (World *self)
{
  KafMission *mission = self->mission;
  KafMissionContact *contact = kaf_mission_add_contact (mission, "contact");

  self->need = kaf_mission_add_need (mission, "need");
  self->need->audience = "nurses";
  self->need->daily_practice = 1;
  self->need->open = TRUE;
  self->need->stated_on = world_day ("2026-09-01");
  self->authority = kaf_need_add_stakeholder (mission, self->need, "stakeholder");
  self->authority->organisation = "province";
  self->authority->kind = "authority";
  self->authority->duty = "allows";
  self->authority->n_contacts = 1;
  self->authority->last_contact = contact->held_on = world_day ("2026-10-01");
  contact->organisation = "province";
  for (guint i = 0; i < 2; i++)
    {
      KafMissionExpert *expert = kaf_mission_add_expert (mission, i == 0 ? "expert" : "other");

      expert->person = i == 0 ? "person" : "other person";
      expert->network = "network";
      expert->answer = "retained";
      expert->window_from = world_day ("2027-04-01");
      expert->window_to = world_day ("2027-04-30");
      expert->agreed_on = world_day ("2026-11-01");
      expert->here = expert->consents = expert->has_cv = expert->in_network = TRUE;
      expert->country = "FR";
      expert->languages = "ar\tC2\nfr\tC1";
      expert->cv_on = expert->confirmed_on = world_day ("2026-10-01");
      expert->order_number = "12/2026";
      *(i == 0 ? &self->expert : &self->other) = expert;
    }
}

static void
fill_programme (World *self)
{
  static const char *const ids[] = { "item 0", "item 1", "item 2", "item 3" };
  KafMission *mission = self->mission;

  mission->title_in_both = mission->programme_in_both = TRUE;
  mission->has_place = mission->has_objective = mission->has_audience = TRUE;
  mission->has_message_ar = mission->has_method = mission->local_resources = TRUE;
  mission->mode = "onsite";
  mission->starts_on = world_day (WORLD_STARTS);
  mission->ends_on = world_day (WORLD_ENDS);
  mission->languages = "fr";
  mission->content = "content";
  self->result = kaf_mission_add_result (mission, "result");
  self->result->text = "forty nurses trained";
  self->result->target = 40;
  self->result->reached = 38;
  self->room = kaf_mission_add_room (mission, "room");
  self->room->places = 40;
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      KafItem *item = kaf_mission_add_item (mission, ids[i]);

      item->subject = "hygiene";
      item->in_both = TRUE;
      item->day = mission->starts_on + i / 2;
      item->afternoon = i % 2 == 1;
      item->theory = 70;
      item->practice = 30;
      item->trainer = i % 2 == 0 ? "expert" : "other";
      item->room = "room";
      item->state = KAF_ITEM_HELD;
      item->n_marked = 40;
      item->n_present = 30;
      self->items[i] = item;
    }
}

static void
fill_means (World *self)
{
  KafMission *mission = self->mission;

  mission->participants_planned = 40;
  mission->n_participants = 40;
  mission->ceiling = 1000000;
  mission->currency = "MAD";
  self->line = kaf_mission_add_line (mission, "line");
  self->line->category = "lodging";
  self->line->payer = "payer";
  self->line->quantity = 10;
  self->line->unit_price = 50000;
  self->line->spent = 500000;
  self->line->currency = "MAD";
  self->equipment = kaf_mission_add_equipment (mission, "equipment");
  self->equipment->state = "confirmed";
  self->booking = kaf_mission_add_booking (mission, "booking");
  self->booking->state = "settled";
  self->booking->from = mission->starts_on;
  self->party = kaf_mission_add_party (mission, "party");
  self->party->organisation = "payer";
  self->party->role = "host";
  self->party->answer = "agrees";
  self->party->asked_on = world_day ("2026-11-01");
  self->party->answered_on = world_day ("2026-11-02");
  self->party->has_contact = TRUE;
}

static void
fill_convention (World *self)
{
  KafMission *mission = self->mission;
  KafConvention *act = kaf_convention_new ("convention");

  act->kind = KAF_CONVENTION_FRAMEWORK;
  act->signed_on = world_day ("2024-01-15");
  act->ends_on = world_day ("2028-01-15");
  g_strfreev (act->parties);
  act->parties = g_strsplit ("ministry|payer", "|", -1);
  mission->acts_here = kaf_conventions_new ();
  kaf_conventions_take (mission->acts_here, act);
  kaf_conventions_tie (mission->acts_here);
  kaf_mission_add_convention (mission, "link")->act = act;
  self->convention = act;
}

static void
fill_outcome (World *self)
{
  static const char *const ids[] = { "a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9",
                                     "b0", "b1", "b2", "b3", "b4", "b5", "b6", "b7", "b8", "b9" };
  KafMission *mission = self->mission;

  self->material = kaf_mission_add_material (mission, "material");
  self->material->handed_on = world_day (WORLD_ENDS);
  self->follow_up = kaf_mission_add_follow_up (mission, "follow-up");
  self->follow_up->owner = "somebody";
  self->follow_up->due_on = mission->ends_on + 90;
  mission->n_pairs = 1;
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      self->trainee = kaf_mission_add_answer (mission, ids[i]);
      self->trainee->role = "trainee";
    }
  kaf_mission_add_answer (mission, "of expert")->role = "expert";
  kaf_mission_add_answer (mission, "of host")->role = "host";
  mission->budget_closed_on = world_day ("2027-05-01");
}

World *
world_new (void)
{
  static const char *const listed[] = { "FR", "DE", NULL };
  World *self = g_new0 (World, 1);

  self->mission = kaf_mission_new ("mission");
  self->mission->followed_by = "leader";
  self->mission->created_on = world_day ("2026-10-01");
  self->holidays = g_ptr_array_new_with_free_func (g_free);
  self->context.day = world_day (WORLD_TODAY);
  self->context.limits = kaf_mission_thresholds_default ();
  self->context.holidays = self->holidays;
  self->context.listed_countries = listed;
  self->context.me = "manager";
  self->context.approves = TRUE;
  g_strfreev (self->mission->editors);
  self->mission->editors = g_strsplit ("leader", "|", -1);
  fill_people (self);
  fill_programme (self);
  fill_means (self);
  fill_convention (self);
  fill_outcome (self);
  return self;
}

void
world_free (World *self)
{
  kaf_mission_unref (self->mission);
  g_ptr_array_unref (self->holidays);
  g_free (self);
}

KafAct *
world_act (World *self, KafActKind kind, guint step, const char *iso)
{
  g_autofree char *id = g_strdup_printf ("act %u", self->mission->acts->len);
  KafMissionLife life;
  KafAct *act;

  kaf_mission_live (self->mission, &life);
  act = kaf_mission_add_act (self->mission, id);
  act->kind = kind;
  act->step = step;
  act->after = life.last != NULL ? life.last->id : NULL;
  act->by = "manager";
  act->reason = "because";
  act->content = self->mission->content;
  /* Noon: the same day in every zone near. */
  act->at = ((gint64) world_day (iso) - EPOCH) * US_A_DAY + US_A_DAY / 2;
  return act;
}

void
world_go_to (World *self, guint step)
{
  for (guint i = 1; i < step; i++)
    world_act (self, KAF_ACT_LEAVE, i, "2026-11-20");
}

KafHoliday *
world_add_holiday (
    World *self, const char *code, const char *from, const char *to, gboolean every_year)
{
  KafHoliday *holiday = g_new0 (KafHoliday, 1);

  holiday->code = (char *) code;
  holiday->from = world_day (from);
  holiday->to = to != NULL ? world_day (to) : KAF_DAY_UNKNOWN;
  holiday->every_year = every_year;
  g_ptr_array_add (self->holidays, holiday);
  return holiday;
}

static KafCheckState
look (World *self, const char *code, guint *n, const KafFinding **first)
{
  const KafMissionRule *rule = kaf_mission_rule_find (code);
  g_autoptr (GPtrArray) checks = NULL;
  KafMissionLife life;

  g_assert_nonnull (rule);
  g_clear_pointer (&last_findings, kaf_findings_unref);
  last_findings = kaf_findings_new (self->context.day, NULL);
  kaf_mission_live (self->mission, &life);
  checks = kaf_mission_run_checks (self->mission, &life, rule->step, &self->context, last_findings);
  for (guint i = 0; i < checks->len; i++)
    {
      const KafCheck *check = g_ptr_array_index (checks, i);

      if (check->rule != rule)
        continue;
      *n = check->findings->len;
      *first = *n > 0 ? g_ptr_array_index (check->findings, 0) : NULL;
      if (seen_failing == NULL)
        seen_failing = g_hash_table_new (g_str_hash, g_str_equal);
      if (check->state == KAF_CHECK_FAILS)
        g_hash_table_add (seen_failing, (gpointer) rule->rule.code);
      return check->state;
    }
  g_assert_not_reached ();
}

guint
world_count (World *self, const char *code)
{
  const KafFinding *first;
  guint n = 0;

  look (self, code, &n, &first);
  return n;
}

KafCheckState
world_state (World *self, const char *code)
{
  const KafFinding *first;
  guint n = 0;

  return look (self, code, &n, &first);
}

const KafFinding *
world_find (World *self, const char *code)
{
  const KafFinding *first = NULL;
  guint n = 0;

  look (self, code, &n, &first);
  g_assert_cmpuint (n, >, 0);
  return first;
}

void
world_assert_seen (guint first_step, guint last_step)
{
  g_autoptr (World) whole = world_new ();

  for (const KafMissionRule *rule = kaf_mission_rules; rule->step != 0; rule++)
    {
      if (rule->step < first_step || rule->step > last_step)
        continue;
      g_test_message ("%s was seen met and not met", rule->rule.code);
      g_assert_cmpint (world_state (whole, rule->rule.code), ==, KAF_CHECK_MET);
      g_assert_true (g_hash_table_contains (seen_failing, rule->rule.code));
    }
  g_clear_pointer (&last_findings, kaf_findings_unref);
}
