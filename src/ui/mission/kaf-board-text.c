/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/mission/kaf-board-text.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-number.h"
#include "rules/mission/kaf-mission-checks.h"

/* A step opened within a week has its gates shut because the work has only begun: no word of it. */
#define SETTLING_DAYS 7

static const struct
{
  guint first, last;
  const char *name; /* N_() */
} phases[KAF_BOARD_PHASES] = {
  { 1, 3, N_ ("Define") },
  { 4, 5, N_ ("Design") },
  { 6, 7, N_ ("Decide") },
  { 8, 10, N_ ("Deliver and evaluate") },
};

guint
kaf_board_phase_first (guint phase)
{
  g_return_val_if_fail (phase < KAF_BOARD_PHASES, 0);
  return phases[phase].first;
}

guint
kaf_board_phase_last (guint phase)
{
  g_return_val_if_fail (phase < KAF_BOARD_PHASES, 0);
  return phases[phase].last;
}

const char *
kaf_board_phase_name (guint phase)
{
  g_return_val_if_fail (phase < KAF_BOARD_PHASES, NULL);
  return _ (phases[phase].name);
}

const char *
kaf_board_step_name (guint step)
{
  if (step == 1)
    return C_ ("step of a mission", "Needs");
  if (step == 4)
    return C_ ("step of a mission", "Programme");
  return kaf_mission_step_name (step);
}

/* What was to be done by a day that is past. */
static const char *
name_due (const char *due)
{
  if (g_strcmp0 (due, "booking") == 0)
    return C_ ("mission, late", "booking");
  if (g_strcmp0 (due, "follow_up") == 0)
    return C_ ("mission, late", "follow-up");
  if (g_strcmp0 (due, "equipment") == 0)
    return C_ ("mission, late", "equipment");
  return C_ ("mission, late", "candidates");
}

char *
kaf_board_text_tag (const KafBoardCard *card, KafDay today, const char **style)
{
  gboolean shut = card->n_gates > 0 && card->days >= SETTLING_DAYS;

  *style = NULL;
  switch (card->state)
    {
    case KAF_MISSION_ON_HOLD:
      return g_strdup (C_ ("mission", "on hold"));
    case KAF_MISSION_CLOSED:
      *style = "success";
      return g_strdup (C_ ("mission", "closed"));
    case KAF_MISSION_ABANDONED:
      return g_strdup (C_ ("mission", "abandoned"));
    case KAF_MISSION_OPEN:
    default:
      break;
    }
  if (card->late)
    {
      *style = "warning";
      return g_strdup (card->due_on != KAF_DAY_UNKNOWN && card->due_on < today
                           ? name_due (card->due)
                           : C_ ("mission", "late"));
    }
  if (shut)
    {
      *style = "error";
      return g_strdup_printf (
          g_dngettext (GETTEXT_PACKAGE, "%d blocks", "%d block", (gulong) card->n_gates),
          card->n_gates);
    }
  return card->for_me ? g_strdup (C_ ("mission", "for you")) : NULL;
}

char *
kaf_board_text_days (const KafBoardCard *card, KafDay today, KafLang lang)
{
  gboolean running = card->state == KAF_MISSION_OPEN && card->step == 8 &&
                     card->starts_on != KAF_DAY_UNKNOWN && card->starts_on <= today &&
                     (card->ends_on == KAF_DAY_UNKNOWN || today <= card->ends_on);
  g_autofree char *number =
      kaf_number_format (running ? (gint64) (today - card->starts_on) + 1 : card->days, lang);

  /* Translators: which day of a mission it is that is being delivered. */
  if (running)
    return g_strdup_printf (C_ ("mission", "day %s"), number);
  /* Translators: a number of days, as short as it goes. */
  return g_strdup_printf (C_ ("mission", "%s d"), number);
}

char *
kaf_board_text_count (guint n, guint n_late, KafLang lang)
{
  g_autofree char *number = kaf_number_format (n, lang);
  g_autofree char *late = kaf_number_format (n_late, lang);
  g_autofree char *all =
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s mission", "%s missions", n), number);

  if (n_late == 0)
    return g_steal_pointer (&all);
  /* Translators: the first is "41 missions", the second a number. */
  return g_strdup_printf (_ ("%s, %s of them late"), all, late);
}

static void
add (GString *text, const char *part)
{
  g_autofree char *isolated = NULL;

  if (part == NULL || *part == '\0')
    return;
  isolated = kaf_bidi_isolate (part);
  g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", isolated);
}

char *
kaf_board_text_name (const KafBoardCard *card, KafDay today, KafLang lang)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char *style;
  g_autofree char *tag = kaf_board_text_tag (card, today, &style);
  g_autofree char *days = kaf_number_format (card->days, lang);
  g_autofree char *since = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "for %s day", "for %s days", card->days), days);
  g_autofree char *step =
      g_strdup_printf (_ ("step %u, %s"), card->step, kaf_board_step_name (card->step));

  add (text, card->title);
  add (text, card->place);
  add (text, step);
  add (text, since);
  add (text, tag);
  add (text, card->who);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
