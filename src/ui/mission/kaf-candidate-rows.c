/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/mission/kaf-candidate-rows.h"

#include <glib/gi18n-lib.h>

#include "ui/mission/kaf-programme-text.h"

/* Runs from left to right, between Arabic words too (U+2066, U+2069). */
#define LTR(text) "\342\201\246" text "\342\201\251"

char *
kaf_candidate_interval (guint from, guint to)
{
  return from == to ? g_strdup_printf ("%u", from) : g_strdup_printf (LTR ("%u–%u"), from, to);
}

char *
kaf_candidate_line (const KafCandidate *candidate)
{
  g_autofree char *interval = kaf_candidate_interval (candidate->fit.from, candidate->fit.to);
  const KafCandidateLine *first =
      candidate->lines->len > 0 ? g_ptr_array_index (candidate->lines, 0) : NULL;

  /* Translators: %1$s is a score or "610–760", %2$s the first reason for it. */
  return g_strdup_printf (_ ("Score %1$s · %2$s"), interval, first != NULL ? first->text : "");
}

static GtkWidget *
row_new (const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 3);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  return row;
}

static GtkWidget *
line_row (const KafCandidate *candidate, const KafCandidateLine *line)
{
  const KafFitPoints *points = &candidate->fit.parts[line->part];
  g_autofree char *interval = kaf_candidate_interval (points->from, points->to);
  g_autofree char *score = g_strdup_printf (LTR ("%s / %u"), interval, points->max);
  g_autofree char *title = line->detail != NULL
                               ? g_strdup_printf ("%s (%s)", line->text, line->detail)
                               : g_strdup (line->text);
  GtkWidget *row = row_new (title, line->question);
  GtkWidget *label = gtk_label_new (score);

  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  return row;
}

/* The agenda */

static const char *
tell_kind (int kind)
{
  switch (kind)
    {
    case KAF_FIT_FREE:
      return C_ ("half-day", "free");
    case KAF_FIT_TENTATIVE:
      return C_ ("half-day", "perhaps");
    case KAF_FIT_BUSY:
      return C_ ("half-day", "not free");
    default:
      return C_ ("half-day", "unknown");
    }
}

/* A line a day, of the half-days that are asked for. */
static char *
tell_agenda (const KafCandidate *candidate, KafLang lang)
{
  g_autoptr (GString) text = g_string_new (NULL);
  KafDay day = KAF_DAY_UNKNOWN;

  for (guint i = 0; i < candidate->agenda->len; i++)
    {
      const KafCandidateHalf *half = &g_array_index (candidate->agenda, KafCandidateHalf, i);
      g_autofree char *part = g_strdup_printf (
          half->half.afternoon ? _ ("afternoon: %s") : _ ("morning: %s"), tell_kind (half->kind));

      if (half->half.day == day)
        g_string_append_printf (text, " · %s", part);
      else
        {
          g_autofree char *name = kaf_programme_day_name (half->half.day, lang);

          g_string_append_printf (text, "%s%s — %s", text->len > 0 ? "\n" : "", name, part);
        }
      day = half->half.day;
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
kaf_candidate_rows_add (GtkWidget *row, const KafCandidate *candidate, KafLang lang)
{
  for (guint i = 0; i < candidate->lines->len; i++)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (row),
                              line_row (candidate, g_ptr_array_index (candidate->lines, i)));
  if (candidate->agenda->len > 0)
    {
      g_autofree char *agenda = tell_agenda (candidate, lang);

      adw_expander_row_add_row (ADW_EXPANDER_ROW (row), row_new (_ ("Agenda by Half-Day"), agenda));
    }
}

char *
kaf_candidate_tell_why (const KafCandidates *found)
{
  const KafCandidate *last;
  g_autofree char *interval = NULL;

  if (found->why == NULL)
    return g_strdup (_ ("This person is not in this store."));
  if (!found->why->is_expert)
    return g_strdup (_ ("This person is not recorded as an expert."));
  if (found->why->fit.out != KAF_FIT_IN)
    return g_strdup (kaf_fit_tell_out (found->why->fit.out));
  if (found->why_rank > 0)
    return g_strdup_printf (_ ("Among the best: number %u."), found->why_rank);
  if (found->best->len == 0)
    return kaf_candidate_line (found->why);
  last = g_ptr_array_index (found->best, found->best->len - 1);
  interval = kaf_candidate_interval (last->fit.from, last->fit.to);
  /* Translators: %1$u is how many are shown, %2$s the score of the last of them. */
  return g_strdup_printf (_ ("Behind the first %1$u, of whom the last has %2$s."), found->best->len,
                          interval);
}
