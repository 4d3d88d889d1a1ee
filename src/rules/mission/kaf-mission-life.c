/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chain of acts is walked from its beginning each time: it is short, and nothing else says where a mission
 * stands. Then the content is looked at, which no act tells: an approval may have lapsed, a delivery deviate. */
#include "config.h"

#include "rules/mission/kaf-mission-life.h"

#include <glib/gi18n-lib.h>

#define APPROVAL 6 /* the step that approves the content */
#define TIES 7     /* once it is left, the content is changed by deviations */
#define DELIVERY 8 /* once it is left, it takes corrections only */
#define APPROPRIATION 9
#define EVALUATION 10

/* The walk. */
typedef struct
{
  const KafMission *self;
  KafMissionLife *life;
  guint at;            /* place of life->last in the acts, plus one; 0: none yet */
  guint approved;      /* place of life->approved, plus one */
  const KafAct *since; /* NULL: the creation */
  const KafAct *left_by[KAF_MISSION_STEPS + 1];
} Walk;

G_DEFINE_QUARK (kaf_rule_error, kaf_rule_error)

const char *
kaf_mission_state_id (KafMissionState state)
{
  static const char *const ids[] = { "open", "on_hold", "closed", "abandoned" };

  return ids[state];
}

gboolean
kaf_act_is_on_paper (const KafAct *act)
{
  return act->paper_name != NULL && act->paper_function != NULL &&
         act->paper_on != KAF_DAY_UNKNOWN && act->has_scan;
}

KafDay
kaf_act_get_day (const KafAct *act)
{
  if (act->paper_on != KAF_DAY_UNKNOWN)
    return act->paper_on;
  return act->at != 0 ? kaf_day_from_time (act->at) : KAF_DAY_UNKNOWN;
}

static gboolean
refuse (GError **error, KafRuleError code, const char *message)
{
  g_set_error_literal (error, KAF_RULE_ERROR, (int) code, message);
  return FALSE;
}

/* States */

static gboolean
fits_leave (const KafMissionLife *life, const KafAct *act, GError **error)
{
  if (life->state != KAF_MISSION_OPEN)
    return refuse (error, KAF_RULE_ERROR_STATE,
                   N_ ("The mission is on hold, closed or abandoned: no step of it is left."));
  if (act->step == life->step)
    return TRUE;
  /* Other content is approved anew while step 7 is open. */
  if (act->step == APPROVAL && life->step == TIES && act->content != NULL &&
      life->approved != NULL && g_strcmp0 (act->content, life->approved->content) != 0)
    return TRUE;
  return refuse (error, KAF_RULE_ERROR_STATE, N_ ("Only the open step can be left."));
}

static gboolean
fits_reopen (const KafMissionLife *life, const KafAct *act, GError **error)
{
  if (life->state != KAF_MISSION_OPEN && life->state != KAF_MISSION_CLOSED)
    return refuse (error, KAF_RULE_ERROR_STATE,
                   N_ ("The mission is on hold or abandoned: resume it first."));
  if (act->step < 1 || act->step > KAF_MISSION_STEPS || !life->left[act->step])
    return refuse (error, KAF_RULE_ERROR_STATE, N_ ("Only a step that was left can be reopened."));
  if (life->left[DELIVERY] && act->step < APPROPRIATION)
    return refuse (error, KAF_RULE_ERROR_STATE,
                   N_ ("The mission was delivered: correct its data, or reopen step 9."));
  return TRUE;
}

static gboolean
fits (const KafMissionLife *life, const KafAct *act, GError **error)
{
  gboolean open = life->state == KAF_MISSION_OPEN;

  switch (act->kind)
    {
    case KAF_ACT_LEAVE:
      return fits_leave (life, act, error);
    case KAF_ACT_REOPEN:
      return fits_reopen (life, act, error);
    case KAF_ACT_HOLD:
      return open ||
             refuse (error, KAF_RULE_ERROR_STATE, N_ ("Only an open mission can be put on hold."));
    case KAF_ACT_RESUME:
      return life->state == KAF_MISSION_ON_HOLD || life->state == KAF_MISSION_ABANDONED ||
             refuse (error, KAF_RULE_ERROR_STATE, N_ ("The mission is not on hold."));
    case KAF_ACT_ABANDON:
      return open || life->state == KAF_MISSION_ON_HOLD ||
             refuse (error, KAF_RULE_ERROR_STATE,
                     N_ ("The mission is closed or abandoned already."));
    case KAF_ACT_ACKNOWLEDGE:
    case KAF_ACT_OVERRIDE:
    case KAF_ACT_DEVIATION:
    case KAF_ACT_INCIDENT:
    case KAF_N_ACTS:
    default:
      return TRUE;
    }
}

static void
leave (Walk *walk, const KafAct *act)
{
  KafMissionLife *life = walk->life;

  life->left[act->step] = TRUE;
  life->recheck[act->step] = FALSE;
  life->pending[act->step] = act->pending;
  walk->left_by[act->step] = act;
  if (act->step == APPROVAL)
    {
      life->approved = act;
      walk->approved = walk->at;
    }
  if (act->step == EVALUATION)
    life->state = KAF_MISSION_CLOSED;
  else
    life->step = act->step + 1;
}

static void
reopen (Walk *walk, const KafAct *act)
{
  KafMissionLife *life = walk->life;

  for (guint step = act->step; step <= KAF_MISSION_STEPS; step++)
    {
      /* Kept as it was: what was to be re-checked before still is. */
      if (step > act->step && life->left[step])
        life->recheck[step] = TRUE;
      life->left[step] = life->pending[step] = FALSE;
    }
  if (act->step <= APPROVAL)
    life->approved = NULL;
  life->recheck[act->step] = FALSE;
  life->settles_from[act->step] = walk->at;
  life->state = KAF_MISSION_OPEN;
  life->step = act->step;
}

static void
apply (Walk *walk, const KafAct *act)
{
  KafMissionLife *life = walk->life;

  life->last = act;
  walk->since = act;
  switch (act->kind)
    {
    case KAF_ACT_LEAVE:
      leave (walk, act);
      break;
    case KAF_ACT_REOPEN:
      reopen (walk, act);
      break;
    case KAF_ACT_HOLD:
      life->state = KAF_MISSION_ON_HOLD;
      break;
    case KAF_ACT_RESUME:
      life->state = KAF_MISSION_OPEN;
      break;
    case KAF_ACT_ABANDON:
      life->state = KAF_MISSION_ABANDONED;
      break;
    case KAF_ACT_ACKNOWLEDGE:
    case KAF_ACT_OVERRIDE:
    case KAF_ACT_DEVIATION:
    case KAF_ACT_INCIDENT:
    case KAF_N_ACTS:
    default:
      break;
    }
}

/* The chain */

/* What follows the last act: mostly the next in the list; a list that is out of order is searched from its
 * beginning. FALSE: nothing does. */
static gboolean
go_on (Walk *walk)
{
  const GPtrArray *acts = walk->self->acts;
  const char *after = walk->life->last != NULL ? walk->life->last->id : NULL;

  for (guint n = 0; n < acts->len; n++)
    {
      guint i = (walk->at + n) % acts->len;
      const KafAct *act = g_ptr_array_index (acts, i);

      if (!kaf_act_moves (act->kind) || g_strcmp0 (act->after, after) != 0 ||
          !fits (walk->life, act, NULL))
        continue;
      walk->at = i + 1;
      apply (walk, act);
      return TRUE;
    }
  return FALSE;
}

/* As the acts alone have it. */
static void
walk_acts (const KafMission *self, Walk *walk, KafMissionLife *life)
{
  *walk = (Walk){ .self = self, .life = life };
  *life = (KafMissionLife){ .state = KAF_MISSION_OPEN, .step = 1 };
  /* No act comes twice; but should two have one id, the walk ends all the same. */
  for (guint n = 0; n < self->acts->len && go_on (walk); n++)
    ;
}

static gboolean
has_declared (const KafMission *self, guint from)
{
  for (guint i = from; i < self->acts->len; i++)
    {
      const KafAct *act = g_ptr_array_index (self->acts, i);

      if (act->kind == KAF_ACT_DEVIATION && g_strcmp0 (act->content, self->content) == 0)
        return TRUE;
    }
  return FALSE;
}

/* What the content says beside the acts. */
static void
look_at_content (Walk *walk)
{
  const KafMission *self = walk->self;
  KafMissionLife *life = walk->life;

  if (!life->left[APPROVAL] || life->approved == NULL || life->approved->content == NULL ||
      self->content == NULL || life->state == KAF_MISSION_ABANDONED ||
      g_str_equal (life->approved->content, self->content))
    return;
  if (life->left[TIES])
    {
      life->deviates = !has_declared (self, walk->approved);
      return;
    }
  life->approval_lapsed = TRUE;
  life->step = APPROVAL;
  life->left[APPROVAL] = life->pending[APPROVAL] = FALSE;
  /* What was said of the content that was approved says nothing of this one. */
  life->settles_from[APPROVAL] = MAX (life->settles_from[APPROVAL], walk->approved);
  /* Nobody noted the day of the change: since the approval at the earliest. */
  if (life->state == KAF_MISSION_OPEN)
    walk->since = walk->left_by[APPROVAL];
}

void
kaf_mission_live (const KafMission *self, KafMissionLife *life)
{
  Walk walk;

  walk_acts (self, &walk, life);
  look_at_content (&walk);
  life->since = walk.since != NULL ? kaf_act_get_day (walk.since) : self->created_on;
  for (guint step = 1; step <= KAF_MISSION_STEPS; step++)
    if (walk.left_by[step] != NULL)
      life->left_on[step] = kaf_act_get_day (walk.left_by[step]);
}

const KafAct *
kaf_mission_find_validation (const KafMission *self)
{
  KafMissionLife life;
  Walk walk;

  walk_acts (self, &walk, &life);
  return life.left[APPROVAL] ? life.approved : NULL;
}

/* Settling */

static guint
find_place (const KafMission *self, const char *id)
{
  for (guint i = 0; id != NULL && i < self->acts->len; i++)
    if (g_str_equal (((const KafAct *) g_ptr_array_index (self->acts, i))->id, id))
      return i;
  return G_MAXUINT;
}

const KafAct *
kaf_mission_find_settlement (const KafMission *self,
                             const KafMissionLife *life,
                             guint step,
                             KafActKind kind,
                             const char *code,
                             const char *about)
{
  for (guint i = self->acts->len; i > life->settles_from[step]; i--)
    {
      const KafAct *act = g_ptr_array_index (self->acts, i - 1);
      guint after;

      if (act->kind != kind || act->step != step || g_strcmp0 (act->code, code) != 0 ||
          (act->about != NULL && g_strcmp0 (act->about, about) != 0))
        continue;
      /* Written without knowing of the reopening, on a device that was away. */
      after = find_place (self, act->after);
      if (after == G_MAXUINT || after + 1 >= life->settles_from[step])
        return act;
    }
  return NULL;
}

/* What may come next */

gboolean
kaf_mission_may_follow (const KafMission *self, const KafAct *act, GError **error)
{
  KafMissionLife life;
  Walk walk;

  if (!kaf_act_moves (act->kind))
    return TRUE;
  walk_acts (self, &walk, &life);
  if (g_strcmp0 (act->after, life.last != NULL ? life.last->id : NULL) != 0)
    return refuse (error, KAF_RULE_ERROR_STALE,
                   N_ ("Somebody else moved the mission in the meantime: look at where it "
                       "stands, then do it again."));
  /* First as the acts have it: that is what others see, who do not know of the content. */
  if (!fits (&life, act, error))
    return FALSE;
  look_at_content (&walk);
  if (life.approval_lapsed && act->kind == KAF_ACT_LEAVE && act->step != APPROVAL)
    return refuse (error, KAF_RULE_ERROR_STATE,
                   N_ ("The approval of step 6 has lapsed, since the content was changed: "
                       "approve it again first."));
  if (life.approval_lapsed && act->kind == KAF_ACT_REOPEN && act->step >= APPROVAL)
    return refuse (error, KAF_RULE_ERROR_STATE, N_ ("Only a step that was left can be reopened."));
  return TRUE;
}
