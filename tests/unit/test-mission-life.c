/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The life of a mission: races, reopening, holds, lapses and deviations; who may do what; and that no sequence of
 * acts leads where it must not, by another machine written for that alone. */
#include "config.h"

#include "mission-world.h"

#define HISTORIES 20000
#define LONGEST 30

static KafMissionLife
live (World *world)
{
  KafMissionLife life;

  kaf_mission_live (world->mission, &life);
  return life;
}

static void
assert_step (World *world, guint step, KafMissionState state)
{
  KafMissionLife life = live (world);

  g_assert_cmpuint (life.step, ==, step);
  g_assert_cmpstr (kaf_mission_state_id (life.state), ==, kaf_mission_state_id (state));
}

static void
test_steps (void)
{
  g_autoptr (World) world = world_new ();
  KafMissionLife life = live (world);

  g_assert_cmpuint (life.since, ==, world->mission->created_on);
  g_assert_null (life.last);
  for (guint step = 1; step <= 10; step++)
    {
      assert_step (world, step, KAF_MISSION_OPEN);
      world_act (world, KAF_ACT_LEAVE, step, "2026-11-20")->pending = step == 10;
      life = live (world);
      g_assert_true (life.left[step]);
      g_assert_cmpuint (life.left_on[step], ==, world_day ("2026-11-20"));
      g_assert_cmpint (life.pending[step], ==, step == 10);
    }
  assert_step (world, 10, KAF_MISSION_CLOSED);
}

/* Of two that follow the same act the first in the order given wins; what follows the other does not count. */
static void
test_race (void)
{
  g_autoptr (World) world = world_new ();
  KafAct *winner, *loser, *after_loser, *after_winner;

  winner = world_act (world, KAF_ACT_LEAVE, 1, "2026-11-20");
  loser = world_act (world, KAF_ACT_HOLD, 1, "2026-11-20");
  loser->after = NULL;
  after_loser = world_act (world, KAF_ACT_ABANDON, 1, "2026-11-20");
  after_loser->after = loser->id;
  assert_step (world, 2, KAF_MISSION_OPEN);
  after_winner = world_act (world, KAF_ACT_LEAVE, 2, "2026-11-21");
  after_winner->after = winner->id;
  assert_step (world, 3, KAF_MISSION_OPEN);
  g_assert_true (live (world).last == after_winner);

  /* The other order, the other winner. */
  world->mission->acts->pdata[0] = loser;
  world->mission->acts->pdata[1] = winner;
  assert_step (world, 1, KAF_MISSION_ABANDONED);

  /* An act that is before the one it follows still follows it. */
  world->mission->acts->pdata[0] = after_winner;
  world->mission->acts->pdata[1] = winner;
  world->mission->acts->pdata[2] = loser;
  world->mission->acts->pdata[3] = after_loser;
  assert_step (world, 3, KAF_MISSION_OPEN);
}

/* What no device writes ends all the same. */
static void
test_circle (void)
{
  g_autoptr (World) world = world_new ();

  for (guint i = 0; i < 3; i++)
    {
      KafAct *act = world_act (world, i == 1 ? KAF_ACT_RESUME : KAF_ACT_HOLD, 1, "2026-11-20");

      act->id = i == 1 ? "two" : "one";
      act->after = i == 0 ? NULL : i == 1 ? "one" : "two";
    }
  assert_step (world, 1, KAF_MISSION_ON_HOLD);
}

static void
test_may_follow (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GError) error = NULL;
  KafAct act = { .kind = KAF_ACT_LEAVE, .step = 1 };

  g_assert_true (kaf_mission_may_follow (world->mission, &act, &error));
  act.step = 2;
  g_assert_false (kaf_mission_may_follow (world->mission, &act, &error));
  g_assert_error (error, KAF_RULE_ERROR, KAF_RULE_ERROR_STATE);
  g_clear_error (&error);
  world_act (world, KAF_ACT_LEAVE, 1, "2026-11-20");
  g_assert_false (kaf_mission_may_follow (world->mission, &act, &error));
  g_assert_error (error, KAF_RULE_ERROR, KAF_RULE_ERROR_STALE);
  g_clear_error (&error);
  act.after = "act 0";
  g_assert_true (kaf_mission_may_follow (world->mission, &act, &error));
  /* What moves nothing follows anything. */
  act.after = "elsewhere";
  act.kind = KAF_ACT_INCIDENT;
  g_assert_true (kaf_mission_may_follow (world->mission, &act, &error));
}

static void
test_reopen (void)
{
  g_autoptr (World) world = world_new ();
  KafMissionLife life;

  world_go_to (world, 6);
  world_act (world, KAF_ACT_REOPEN, 3, "2026-11-22");
  life = live (world);
  assert_step (world, 3, KAF_MISSION_OPEN);
  g_assert_cmpuint (life.since, ==, world_day ("2026-11-22"));
  g_assert_true (life.left[2] && !life.left[3] && !life.left[4]);
  g_assert_true (!life.recheck[3] && life.recheck[4] && life.recheck[5] && !life.recheck[6]);
  g_assert_cmpuint (life.left_on[5], ==, world_day ("2026-11-20"));
  world_act (world, KAF_ACT_LEAVE, 3, "2026-11-23");
  world_act (world, KAF_ACT_LEAVE, 4, "2026-11-23");
  life = live (world);
  g_assert_true (life.step == 5 && !life.recheck[4] && life.recheck[5]);
  /* What was to be re-checked before still is. */
  world_act (world, KAF_ACT_REOPEN, 2, "2026-11-24");
  life = live (world);
  g_assert_true (life.recheck[3] && life.recheck[4] && life.recheck[5]);
}

static void
test_hold (void)
{
  g_autoptr (World) world = world_new ();

  world_go_to (world, 4);
  world_act (world, KAF_ACT_HOLD, 4, "2026-11-22");
  assert_step (world, 4, KAF_MISSION_ON_HOLD);
  world_act (world, KAF_ACT_LEAVE, 4, "2026-11-22");
  assert_step (world, 4, KAF_MISSION_ON_HOLD);
  world_act (world, KAF_ACT_RESUME, 4, "2026-11-24");
  assert_step (world, 4, KAF_MISSION_OPEN);
  g_assert_cmpuint (live (world).since, ==, world_day ("2026-11-24"));
  world_act (world, KAF_ACT_ABANDON, 4, "2026-11-25");
  assert_step (world, 4, KAF_MISSION_ABANDONED);
  world_act (world, KAF_ACT_REOPEN, 2, "2026-11-25");
  assert_step (world, 4, KAF_MISSION_ABANDONED);
  world_act (world, KAF_ACT_RESUME, 4, "2026-11-26");
  assert_step (world, 4, KAF_MISSION_OPEN);
}

/* Until step 8 is open, what differs from what was approved is to be approved again. */
static void
test_lapse (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GError) error = NULL;
  KafAct act = { .kind = KAF_ACT_LEAVE, .step = 7, .after = "act 5", .content = "changed" };
  KafMissionLife life;

  world_go_to (world, 7);
  g_assert_false (live (world).approval_lapsed);
  world->mission->content = "changed";
  life = live (world);
  g_assert_true (life.approval_lapsed && life.step == 6 && !life.left[6] && life.left[5]);
  g_assert_false (life.deviates);
  g_assert_false (kaf_mission_may_follow (world->mission, &act, &error));
  g_assert_error (error, KAF_RULE_ERROR, KAF_RULE_ERROR_STATE);
  g_clear_error (&error);
  act.step = 6;
  g_assert_true (kaf_mission_may_follow (world->mission, &act, &error));
  act.kind = KAF_ACT_REOPEN;
  g_assert_false (kaf_mission_may_follow (world->mission, &act, NULL));
  act.step = 5;
  g_assert_true (kaf_mission_may_follow (world->mission, &act, NULL));
  /* Back to what was approved. */
  world->mission->content = "content";
  g_assert_false (live (world).approval_lapsed);
  /* Approved anew; the old approval does not come back with the old content. */
  world->mission->content = "changed";
  world_act (world, KAF_ACT_LEAVE, 6, "2026-11-25");
  life = live (world);
  g_assert_true (!life.approval_lapsed && life.step == 7);
  g_assert_cmpuint (life.left_on[6], ==, world_day ("2026-11-25"));
  world->mission->content = "content";
  g_assert_true (live (world).approval_lapsed);
  /* Not known here: not judged. */
  world->mission->content = NULL;
  g_assert_false (live (world).approval_lapsed);
}

/* What was said of the content that was approved settles nothing of another. */
static void
test_lapse_settles (void)
{
  g_autoptr (World) world = world_new ();
  KafAct *act;

  world_go_to (world, 6);
  act = world_act (world, KAF_ACT_ACKNOWLEDGE, 6, "2026-11-20");
  act->code = "arrival-late";
  world->expert->arrives_on = world_day (WORLD_STARTS);
  g_assert_cmpint (world_state (world, "arrival-late"), ==, KAF_CHECK_SETTLED);
  world_act (world, KAF_ACT_LEAVE, 6, "2026-11-20");
  g_assert_cmpint (world_state (world, "arrival-late"), ==, KAF_CHECK_SETTLED);
  world->mission->content = "changed";
  g_assert_cmpint (world_state (world, "arrival-late"), ==, KAF_CHECK_FAILS);
  act = world_act (world, KAF_ACT_ACKNOWLEDGE, 6, "2026-11-21");
  act->code = "arrival-late";
  g_assert_cmpint (world_state (world, "arrival-late"), ==, KAF_CHECK_SETTLED);
}

static void
test_deviation (void)
{
  g_autoptr (World) world = world_new ();
  KafMissionLife life;

  world_go_to (world, 8);
  world->mission->content = "changed";
  life = live (world);
  g_assert_true (life.deviates && !life.approval_lapsed && life.step == 8);
  world_act (world, KAF_ACT_DEVIATION, 8, "2026-11-22");
  g_assert_false (live (world).deviates);
  world->mission->content = "changed again";
  g_assert_true (live (world).deviates);
  world->mission->content = "content";
  g_assert_false (live (world).deviates);
  /* Once step 6 is approved again, earlier deviations say nothing. */
  world->mission->content = "changed";
  world_act (world, KAF_ACT_REOPEN, 6, "2026-11-23");
  g_assert_false (live (world).deviates);
  world->mission->content = "content";
  world_act (world, KAF_ACT_LEAVE, 6, "2026-11-23");
  world_act (world, KAF_ACT_LEAVE, 7, "2026-11-23");
  world->mission->content = "changed";
  g_assert_true (live (world).deviates);
}

/* Who may */

static gboolean
may (World *world, const char *role, KafAct *act, int code)
{
  g_autoptr (GError) error = NULL;
  KafMissionLife life = live (world);
  gboolean may;

  act->after = life.last != NULL ? life.last->id : NULL;
  may = kaf_mission_may_act (world->mission, act, kaf_role_find (role), &world->context, &error);
  g_assert_true (may == (error == NULL));
  if (!may && code >= 0)
    g_assert_error (error, KAF_RULE_ERROR, code);
  return may;
}

static void
test_roles (void)
{
  static const char *const leaders[] = { "agent",       "manager",       "regional-officer",
                                         "facilitator", "local-officer", NULL };
  static const char *const approvers[] = { "manager", "local-officer", NULL };
  guint n_roles;
  const KafRole *roles = kaf_roles (&n_roles);

  for (guint step = 1; step <= 10; step++)
    for (guint i = 0; i < n_roles; i++)
      {
        g_autoptr (World) world = world_new ();
        KafAct act = { .kind = KAF_ACT_LEAVE, .step = step, .by = "me", .content = "content" };
        gboolean approval = step == 6 || step == 7;

        world_go_to (world, step);
        g_test_message ("%s leaves step %u", roles[i].id, step);
        g_assert_cmpint (may (world, roles[i].id, &act, KAF_RULE_ERROR_ROLE), ==,
                         g_strv_contains (approval ? approvers : leaders, roles[i].id));
        act.paper_name = "A. B.";
        act.paper_function = "governor";
        act.paper_on = world_day (WORLD_TODAY);
        g_assert_false (may (world, roles[i].id, &act, KAF_RULE_ERROR_PAPER));
        act.has_scan = TRUE;
        g_assert_cmpint (may (world, roles[i].id, &act, KAF_RULE_ERROR_ROLE), ==,
                         g_strv_contains (leaders, roles[i].id));
        act.paper_on++;
        g_assert_false (may (world, roles[i].id, &act, KAF_RULE_ERROR_PAPER));
      }
}

static void
test_reasons (void)
{
  static const KafActKind kinds[] = { KAF_ACT_REOPEN, KAF_ACT_HOLD, KAF_ACT_ABANDON,
                                      KAF_ACT_DEVIATION, KAF_ACT_INCIDENT };
  g_autoptr (World) world = world_new ();
  KafAct act = { .step = 1, .by = "me", .content = "content" };

  world_go_to (world, 3);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      act.kind = kinds[i];
      act.reason = NULL;
      g_assert_false (may (world, "agent", &act, KAF_RULE_ERROR_REASON));
      act.reason = " \t\302\240";
      g_assert_false (may (world, "agent", &act, KAF_RULE_ERROR_REASON));
      act.reason = "floods";
      g_assert_true (may (world, "agent", &act, -1));
    }
  world_act (world, KAF_ACT_HOLD, 3, "2026-11-22");
  act.kind = KAF_ACT_RESUME;
  act.reason = NULL;
  g_assert_true (may (world, "agent", &act, -1));
  /* What was abandoned comes back by a manager, who says why. */
  world_act (world, KAF_ACT_ABANDON, 3, "2026-11-22");
  g_assert_false (may (world, "agent", &act, KAF_RULE_ERROR_ROLE));
  g_assert_false (may (world, "manager", &act, KAF_RULE_ERROR_REASON));
  act.reason = "by mistake";
  g_assert_true (may (world, "manager", &act, -1));
  act.kind = KAF_ACT_INCIDENT;
  g_assert_false (may (world, "manager", &act, KAF_RULE_ERROR_STATE));
}

static void
test_content (void)
{
  g_autoptr (World) world = world_new ();
  KafAct act = { .kind = KAF_ACT_LEAVE, .step = 6, .by = "me", .reason = "hail" };

  world_go_to (world, 6);
  g_assert_false (may (world, "manager", &act, KAF_RULE_ERROR_STALE));
  act.content = "what stood there before";
  g_assert_false (may (world, "manager", &act, KAF_RULE_ERROR_STALE));
  act.content = "content";
  g_assert_true (may (world, "manager", &act, -1));
  act.kind = KAF_ACT_DEVIATION;
  g_assert_true (may (world, "manager", &act, -1));
  act.content = NULL;
  g_assert_false (may (world, "manager", &act, KAF_RULE_ERROR_STALE));
  /* Not known here. */
  world->mission->content = NULL;
  g_assert_true (may (world, "manager", &act, -1));
}

static void
test_settles (void)
{
  g_autoptr (World) world = world_new ();
  KafAct act = { .kind = KAF_ACT_ACKNOWLEDGE, .step = 4, .by = "me", .reason = "agreed" };

  act.code = "subjects-many";
  g_assert_true (may (world, "facilitator", &act, -1));
  act.step = 5;
  g_assert_false (may (world, "facilitator", &act, KAF_RULE_ERROR_CHECK));
  act.code = "budget-over-ceiling";
  g_assert_false (may (world, "facilitator", &act, KAF_RULE_ERROR_CHECK));
  act.kind = KAF_ACT_OVERRIDE;
  g_assert_false (may (world, "facilitator", &act, KAF_RULE_ERROR_ROLE));
  g_assert_true (may (world, "manager", &act, -1));
  act.code = "line-without-payer";
  g_assert_false (may (world, "manager", &act, KAF_RULE_ERROR_CHECK));
  act.code = "no such thing";
  g_assert_false (may (world, "manager", &act, KAF_RULE_ERROR_CHECK));
  act.code = NULL;
  g_assert_false (may (world, "manager", &act, KAF_RULE_ERROR_CHECK));
}

/* Step 8 takes corrections only once left; 9 reopens any time; 10 within ninety days, by a manager. */
static void
test_after_delivery (void)
{
  g_autoptr (World) world = world_new ();
  KafAct act = { .kind = KAF_ACT_REOPEN, .by = "me", .reason = "postponed" };

  world_go_to (world, 8);
  for (act.step = 1; act.step <= 7; act.step++)
    g_assert_true (may (world, "agent", &act, -1));
  act.step = 8;
  g_assert_false (may (world, "agent", &act, KAF_RULE_ERROR_STATE));
  world_act (world, KAF_ACT_LEAVE, 8, "2026-11-21");
  for (act.step = 1; act.step <= 8; act.step++)
    g_assert_false (may (world, "manager", &act, KAF_RULE_ERROR_STATE));
  world_act (world, KAF_ACT_LEAVE, 9, "2026-11-21");
  world_act (world, KAF_ACT_LEAVE, 10, "2026-11-21");
  assert_step (world, 10, KAF_MISSION_CLOSED);
  for (act.step = 1; act.step <= 8; act.step++)
    g_assert_false (may (world, "manager", &act, KAF_RULE_ERROR_STATE));
  act.step = 9;
  world->context.day = world_day ("2036-01-01");
  g_assert_true (may (world, "agent", &act, -1));
  act.step = 10;
  g_assert_false (may (world, "manager", &act, KAF_RULE_ERROR_LATE));
  world->context.day = world_day ("2026-11-21") + 91;
  g_assert_false (may (world, "manager", &act, KAF_RULE_ERROR_LATE));
  world->context.day--;
  g_assert_true (may (world, "manager", &act, -1));
  g_assert_false (may (world, "agent", &act, KAF_RULE_ERROR_ROLE));
  world_act (world, KAF_ACT_REOPEN, 9, "2026-11-22");
  assert_step (world, 9, KAF_MISSION_OPEN);
  g_assert_true (live (world).recheck[10]);
}

static void
test_may_leave (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GError) error = NULL;
  KafAct act = { .kind = KAF_ACT_LEAVE, .step = 1, .by = "me" };
  KafAct *reason;

  g_assert_true (kaf_mission_may_leave (world->mission, &act, kaf_role_find ("agent"),
                                        &world->context, &error));
  world->need->daily_practice = 0;
  g_assert_false (kaf_mission_may_leave (world->mission, &act, kaf_role_find ("agent"),
                                         &world->context, &error));
  g_assert_error (error, KAF_RULE_ERROR, KAF_RULE_ERROR_WARNINGS);
  g_clear_error (&error);
  reason = world_act (world, KAF_ACT_ACKNOWLEDGE, 1, WORLD_TODAY);
  reason->code = "need-not-daily";
  g_assert_true (kaf_mission_may_leave (world->mission, &act, kaf_role_find ("agent"),
                                        &world->context, &error));
  world->need->audience = NULL;
  g_assert_false (kaf_mission_may_leave (world->mission, &act, kaf_role_find ("agent"),
                                         &world->context, &error));
  g_assert_error (error, KAF_RULE_ERROR, KAF_RULE_ERROR_GATES);
  g_clear_error (&error);
  /* What cannot be judged here does not hold it up: the hub decides. */
  world->need->audience = "nurses";
  world->mission->partial = TRUE;
  g_assert_true (kaf_mission_may_leave (world->mission, &act, kaf_role_find ("agent"),
                                        &world->context, &error));
  g_assert_false (kaf_mission_may_leave (world->mission, &act, kaf_role_find ("direction"),
                                         &world->context, NULL));
}

/* Histories. The other machine counts how many steps are behind; nothing of it is read from the rules. */

typedef struct
{
  guint behind; /* steps left, from the first */
  gboolean held, abandoned;
  gboolean again[12]; /* by step: to be re-checked */
  int approved;       /* content; -1: none */
  guint declared;     /* contents that deviations named since, as bits */
  int content;
} Oracle;

static const char *const contents[] = { "red", "green", "blue" };

static gboolean
lapsed (const Oracle *self)
{
  return self->behind == 6 && self->approved != self->content && !self->abandoned;
}

static guint
count_behind (const Oracle *self)
{
  return lapsed (self) ? 5 : self->behind;
}

static gboolean
allows (const Oracle *self, KafActKind kind, guint step)
{
  gboolean moves = !self->held && !self->abandoned;

  switch (kind)
    {
    case KAF_ACT_LEAVE:
      return moves && self->behind < 10 && step == count_behind (self) + 1;
    case KAF_ACT_REOPEN:
      return moves && step <= count_behind (self) && (self->behind < 8 || step > 8);
    case KAF_ACT_HOLD:
      return moves && self->behind < 10;
    case KAF_ACT_RESUME:
      return self->held || self->abandoned;
    case KAF_ACT_ABANDON:
      return !self->abandoned && self->behind < 10;
    default:
      return !self->abandoned && self->behind < 10;
    }
}

static void
advance (Oracle *self, KafActKind kind, guint step)
{
  if (kind == KAF_ACT_LEAVE)
    {
      self->again[step] = FALSE;
      if (step == 6)
        {
          self->approved = self->content;
          self->declared = 0;
        }
      self->behind = step;
    }
  else if (kind == KAF_ACT_REOPEN)
    {
      for (guint i = step + 1; i <= self->behind; i++)
        self->again[i] = TRUE;
      self->again[step] = FALSE;
      self->behind = step - 1;
    }
  else if (kind == KAF_ACT_HOLD)
    self->held = TRUE;
  else if (kind == KAF_ACT_RESUME)
    self->held = self->abandoned = FALSE;
  else if (kind == KAF_ACT_ABANDON)
    self->abandoned = TRUE;
  else if (kind == KAF_ACT_DEVIATION)
    self->declared |= 1u << self->content;
}

static void
assert_same (const Oracle *oracle, const KafMissionLife *life)
{
  guint behind = count_behind (oracle);
  KafMissionState state = oracle->abandoned      ? KAF_MISSION_ABANDONED
                          : oracle->held         ? KAF_MISSION_ON_HOLD
                          : oracle->behind == 10 ? KAF_MISSION_CLOSED
                                                 : KAF_MISSION_OPEN;

  g_assert_cmpstr (kaf_mission_state_id (life->state), ==, kaf_mission_state_id (state));
  g_assert_cmpuint (life->step, ==, MIN (behind + 1, 10));
  for (guint step = 1; step <= 10; step++)
    {
      g_assert_cmpint (life->left[step], ==, step <= behind);
      g_assert_cmpint (life->recheck[step], ==, oracle->again[step]);
    }
  g_assert_cmpint (life->approval_lapsed, ==, lapsed (oracle));
  g_assert_cmpint (life->deviates, ==,
                   oracle->behind >= 7 && !oracle->abandoned &&
                       oracle->approved != oracle->content &&
                       (oracle->declared & 1u << oracle->content) == 0);
}

/* A device that was away: it follows some act that is not the last, or one that nobody has. */
static void
add_loser (GRand *rand, KafMission *mission, const char *id, const char *last)
{
  guint n = mission->acts->len;
  const KafAct *other =
      n > 0 ? g_ptr_array_index (mission->acts, g_rand_int_range (rand, 0, n)) : NULL;
  const char *after = other != NULL && g_rand_boolean (rand) ? other->id : "of nobody";
  KafAct *act;

  if (g_strcmp0 (after, last) == 0 || (other != NULL && !kaf_act_moves (other->kind)))
    return;
  /* What nothing follows yet might be followed by it: a loser itself. */
  act = kaf_mission_add_act (mission, id);
  act->kind = g_rand_int_range (rand, 0, KAF_ACT_ABANDON + 1);
  act->step = g_rand_int_range (rand, 1, 11);
  act->after = after;
  act->content = contents[0];
}

static KafActKind
choose_kind (GRand *rand)
{
  static const KafActKind kinds[] = { KAF_ACT_LEAVE,   KAF_ACT_LEAVE,   KAF_ACT_LEAVE,
                                      KAF_ACT_LEAVE,   KAF_ACT_LEAVE,   KAF_ACT_LEAVE,
                                      KAF_ACT_LEAVE,   KAF_ACT_LEAVE,   KAF_ACT_LEAVE,
                                      KAF_ACT_REOPEN,  KAF_ACT_HOLD,    KAF_ACT_RESUME,
                                      KAF_ACT_RESUME,  KAF_ACT_ABANDON, KAF_ACT_DEVIATION,
                                      KAF_ACT_INCIDENT };

  return kinds[g_rand_int_range (rand, 0, G_N_ELEMENTS (kinds))];
}

/* Returns what it reached, as bits by number of steps behind. */
static guint
live_through (GRand *rand, const KafMissionContext *context)
{
  g_autoptr (KafMission) mission = kaf_mission_new ("mission");
  Oracle oracle = { .approved = -1 };
  guint n = g_rand_int_range (rand, 1, LONGEST), reached = 0;
  const char *last = NULL;

  mission->content = contents[0];
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);
      g_autofree char *lost = g_strdup_printf ("lost %u", i);
      KafAct act = { .id = id, .kind = choose_kind (rand), .after = last, .reason = "so" };
      KafMissionLife life;
      gboolean may;

      if (g_rand_int_range (rand, 0, 8) == 0)
        {
          oracle.content = g_rand_int_range (rand, 0, G_N_ELEMENTS (contents));
          mission->content = contents[oracle.content];
        }
      act.content = mission->content;
      act.by = "manager";
      act.at = G_GINT64_CONSTANT (1795000000) * G_USEC_PER_SEC;
      act.step = act.kind != KAF_ACT_LEAVE || g_rand_int_range (rand, 0, 4) == 0
                     ? (guint) g_rand_int_range (rand, 1, 11)
                     : MIN (count_behind (&oracle) + 1, 10);
      may = kaf_mission_may_act (mission, &act, kaf_role_find ("manager"), context, NULL);
      g_assert_cmpint (may, ==, allows (&oracle, act.kind, act.step));
      if (may)
        {
          KafAct *added = kaf_mission_add_act (mission, id);
          const char *kept = added->id;

          *added = act;
          added->id = kept;
          added->after = last;
          if (kaf_act_moves (act.kind))
            last = kept;
          advance (&oracle, act.kind, act.step);
        }
      else if (g_rand_boolean (rand))
        add_loser (rand, mission, lost, last);
      kaf_mission_live (mission, &life);
      assert_same (&oracle, &life);
      g_assert_cmpstr (life.last != NULL ? life.last->id : NULL, ==, last);
      reached |= 1u << oracle.behind;
    }
  return reached;
}

static void
test_histories (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261128);
  KafMissionContext context = { kaf_day_from_time (G_GINT64_CONSTANT (1795000000) * G_USEC_PER_SEC),
                                kaf_mission_thresholds_default () };
  guint reached = 0;

  for (guint i = 0; i < HISTORIES; i++)
    reached |= live_through (rand, &context);
  /* Every step, and the end. */
  g_assert_cmphex (reached, ==, (1u << 11) - 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mission-life/steps", test_steps);
  g_test_add_func ("/mission-life/race", test_race);
  g_test_add_func ("/mission-life/circle", test_circle);
  g_test_add_func ("/mission-life/may-follow", test_may_follow);
  g_test_add_func ("/mission-life/reopen", test_reopen);
  g_test_add_func ("/mission-life/hold", test_hold);
  g_test_add_func ("/mission-life/lapse", test_lapse);
  g_test_add_func ("/mission-life/lapse-settles", test_lapse_settles);
  g_test_add_func ("/mission-life/deviation", test_deviation);
  g_test_add_func ("/mission-life/roles", test_roles);
  g_test_add_func ("/mission-life/reasons", test_reasons);
  g_test_add_func ("/mission-life/content", test_content);
  g_test_add_func ("/mission-life/settles", test_settles);
  g_test_add_func ("/mission-life/after-delivery", test_after_delivery);
  g_test_add_func ("/mission-life/may-leave", test_may_leave);
  g_test_add_func ("/mission-life/histories", test_histories);
  return g_test_run ();
}
