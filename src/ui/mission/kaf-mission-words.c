/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/mission/kaf-mission-words.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date-words.h"
#include "base/kaf-date.h"
#include "base/kaf-number.h"

const char *
kaf_mission_state_word (KafMissionState state, const char **style)
{
  static const struct
  {
    const char *word, *style;
  } words[] = {
    [KAF_MISSION_OPEN] = { NC_ ("mission", "open"), "success" },
    [KAF_MISSION_ON_HOLD] = { NC_ ("mission", "on hold"), "warning" },
    [KAF_MISSION_CLOSED] = { NC_ ("mission", "closed"), NULL },
    [KAF_MISSION_ABANDONED] = { NC_ ("mission", "abandoned"), NULL },
  };

  *style = words[state].style;
  return g_dpgettext2 (GETTEXT_PACKAGE, "mission", words[state].word);
}

KafStepperState
kaf_mission_step_state (const KafMissionData *data, guint step)
{
  const KafMissionLife *life = &data->life;

  if (life->left[step])
    return KAF_STEPPER_DONE;
  if (step == life->step && life->state != KAF_MISSION_CLOSED)
    return KAF_STEPPER_OPEN;
  if (life->recheck[step])
    return KAF_STEPPER_RECHECK;
  return data->begun[step] ? KAF_STEPPER_DRAFTED : KAF_STEPPER_TO_COME;
}

char *
kaf_mission_days (int days, KafLang lang)
{
  g_autofree char *number = kaf_number_format (days, lang);

  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%s day", "%s days", (gulong) MAX (days, 0)), number);
}

char *
kaf_mission_day (KafDay day, KafLang lang)
{
  g_autofree char *iso = kaf_day_to_iso (day);
  g_autofree char *text = iso != NULL ? kaf_date_format (iso, lang, KAF_DATE_MEDIUM) : NULL;

  return text != NULL ? kaf_bidi_isolate (text) : g_strdup ("—");
}

char *
kaf_mission_day_of (gint64 at, KafLang lang)
{
  g_autofree char *iso = kaf_date_from_time (at);

  return kaf_mission_day (kaf_day_parse (iso), lang);
}

char *
kaf_mission_ago (const KafMissionData *data, KafDay day)
{
  int days = (int) data->context.day - (int) day;
  g_autofree char *text = NULL;

  if (days <= 0)
    return g_strdup (_ ("today"));
  text = kaf_mission_days (days, data->lang);
  /* Translators: %s is a number of days, "4 days". */
  return g_strdup_printf (_ ("%s ago"), text);
}

/* Short: "12 Sept.", with the year where it is another. */
static char *
day_and_month (KafDay day, KafDay today, KafLang lang)
{
  GDate a, b;

  if (day == KAF_DAY_UNKNOWN)
    return NULL;
  g_date_clear (&a, 1);
  g_date_clear (&b, 1);
  g_date_set_julian (&a, day);
  g_date_set_julian (&b, today);
  if (g_date_get_year (&a) != g_date_get_year (&b))
    return kaf_mission_day (day, lang);
  return g_strdup_printf ("%u %s", (guint) g_date_get_day (&a),
                          kaf_date_month_short_name ((guint) g_date_get_month (&a), lang));
}

char *
kaf_mission_step_note (const KafMissionData *data, guint step)
{
  KafStepperState state = kaf_mission_step_state (data, step);

  if (state == KAF_STEPPER_DONE && data->life.pending[step])
    return g_strdup (_ ("awaiting confirmation"));
  if (state == KAF_STEPPER_DONE)
    return day_and_month (data->life.left_on[step], data->context.day, data->lang);
  if (state == KAF_STEPPER_OPEN && data->context.day <= data->life.since)
    return g_strdup (_ ("today"));
  if (state == KAF_STEPPER_OPEN)
    return kaf_mission_days ((int) data->context.day - (int) data->life.since, data->lang);
  if (state == KAF_STEPPER_DRAFTED || state == KAF_STEPPER_RECHECK)
    return g_strdup (kaf_stepper_state_word (state));
  return NULL;
}

static char *
state_sentence (const KafMissionData *data, guint step)
{
  KafStepperState state = kaf_mission_step_state (data, step);
  g_autofree char *days = NULL;
  g_autofree char *day = NULL;

  switch (state)
    {
    case KAF_STEPPER_OPEN:
      if (data->context.day <= data->life.since)
        return g_strdup (_ ("Opened today"));
      days = kaf_mission_days ((int) data->context.day - (int) data->life.since, data->lang);
      return g_strdup_printf (_ ("Open for %s"), days);
    case KAF_STEPPER_DONE:
      day = kaf_mission_day (data->life.left_on[step], data->lang);
      return data->life.pending[step]
                 ? g_strdup_printf (_ ("Left on %s, awaiting confirmation"), day)
                 : g_strdup_printf (_ ("Left on %s"), day);
    case KAF_STEPPER_RECHECK:
      return g_strdup (_ ("To re-check, since a step before it was reopened"));
    case KAF_STEPPER_DRAFTED:
      return g_strdup (_ ("Drafted ahead: it is not open yet"));
    case KAF_STEPPER_TO_COME:
    default:
      return g_strdup (_ ("Not open yet: it can be drafted ahead"));
    }
}

char *
kaf_mission_step_line (const KafMissionData *data, guint step)
{
  g_autofree char *state = state_sentence (data, step);
  g_autofree char *who = NULL;
  g_autofree char *line = NULL;

  if (data->mission->followed_by == NULL)
    return kaf_bidi_line (state);
  who = kaf_bidi_isolate (data->mission->followed_by);
  /* Translators: the state of a step, and who of us follows the mission. */
  line = g_strdup_printf (_ ("%s · followed by %s"), state, who);
  return kaf_bidi_line (line);
}

char *
kaf_mission_act_line (const KafAct *act)
{
  static const char *const words[KAF_N_ACTS] = {
    [KAF_ACT_LEAVE] = N_ ("Step %u left"),
    [KAF_ACT_REOPEN] = N_ ("Step %u reopened"),
    [KAF_ACT_HOLD] = N_ ("Put on hold at step %u"),
    [KAF_ACT_RESUME] = N_ ("Resumed at step %u"),
    [KAF_ACT_ABANDON] = N_ ("Abandoned at step %u"),
    [KAF_ACT_ACKNOWLEDGE] = N_ ("Point of step %u justified"),
    [KAF_ACT_OVERRIDE] = N_ ("Gate of step %u overridden"),
    [KAF_ACT_DEVIATION] = N_ ("Deviation recorded at step %u"),
    [KAF_ACT_INCIDENT] = N_ ("Incident recorded at step %u"),
  };

  return g_strdup_printf (_ (words[act->kind]), act->step);
}

char *
kaf_mission_act_detail (const KafAct *act, KafLang lang)
{
  g_autoptr (GString) line = g_string_new (NULL);
  gboolean on_paper = act->paper_name != NULL && act->paper_on != KAF_DAY_UNKNOWN;
  g_autofree char *entered = kaf_mission_day_of (act->at, lang);
  g_autofree char *day = on_paper ? kaf_mission_day (act->paper_on, lang) : g_strdup (entered);

  kaf_bidi_append (line, day);
  kaf_bidi_append (line, act->by);
  if (act->paper_name != NULL)
    {
      g_autofree char *paper =
          g_strdup_printf (_ ("on paper: %s, %s"), act->paper_name,
                           act->paper_function != NULL ? act->paper_function : "—");

      kaf_bidi_append (line, paper);
      if (on_paper && g_strcmp0 (day, entered) != 0)
        {
          g_autofree char *since = g_strdup_printf (_ ("entered on %s"), entered);

          kaf_bidi_append (line, since);
        }
    }
  kaf_bidi_append (line, act->reason);
  if (act->pending)
    kaf_bidi_append (line, _ ("awaiting confirmation"));
  return kaf_bidi_line (line->str);
}
