/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/app/kaf-home-quality.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-number.h"
#include "ui/app/kaf-application.h"
#include "ui/record/kaf-record-section.h"

static char *
number (gint64 n)
{
  return kaf_number_format (n, kaf_application_get_lang ());
}

/* What the files lack, each figure with the list of those that lack it. */
static KafHomeRow *
fill_lacks (KafHomePart *part, KafHomeRow *row, const KafHomeRest *rest)
{
  static const struct
  {
    KafHomeCountKind kind;
    const char *title; /* N_() */
  } lacks[] = {
    { KAF_HOME_OLD, N_ ("Confirmed more than a year ago") },
    { KAF_HOME_UNVERIFIED, N_ ("Not verified") },
    { KAF_HOME_NO_CONTACT, N_ ("Neither phone nor e-mail") },
    { KAF_HOME_NO_CONSENT, N_ ("Without consent on file") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lacks); i++)
    {
      const KafHomeCount *count = &rest->counts[lacks[i].kind];
      g_autofree char *shown = number (count->n);
      g_autofree char *json = kaf_query_to_json (count->query);

      row = kaf_home_part_next_row (part, row);
      kaf_home_row_set_text (row, NULL, _ (lacks[i].title), NULL);
      kaf_home_row_set_figure (row, shown, count->n == 0);
      kaf_home_row_set_target (row, "win.show-query", g_variant_new_string (json));
    }
  return row;
}

static void
make (KafHomePart *part, GtkWidget *column)
{
  GtkWidget *button;

  if (part->section != NULL)
    return;
  kaf_home_part_make_list (part, column, _ ("Quality of the data"));
  button = kaf_record_section_add_button (KAF_RECORD_SECTION (part->section), _ ("All Figures"),
                                          _ ("Open the Quality of the Data"));
  /* In this order: an action without its target is complained of. */
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", "quality");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.section");
}

void
kaf_home_quality_fill (KafHomePart *part,
                       GtkWidget *column,
                       const KafHomeStart *start,
                       const KafHomeRest *rest)
{
  const KafHomeCount *whole = &rest->counts[KAF_HOME_BOTH_SCRIPTS];
  gint64 n = start->n_experts;
  g_autofree char *list = kaf_query_to_json (whole->query);
  g_autofree char *percent = NULL;
  KafHomeRow *row;

  make (part, column);
  /* Rounded down: not everything is done until it is. */
  percent = g_strdup_printf (C_ ("percentage", "%d %%"), (int) (whole->n * 100 / MAX (n, 1)));
  row = kaf_home_part_next_row (part, NULL);
  kaf_home_row_set_text (row, NULL, _ ("Names in both scripts"), NULL);
  kaf_home_row_set_figure (row, percent, FALSE);
  kaf_home_row_set_target (row, "win.show-query", g_variant_new_string (list));
  row = fill_lacks (part, row, rest);
  if (start->n_suspects > 0)
    {
      g_autofree char *suspects = number (start->n_suspects);

      row = kaf_home_part_next_row (part, row);
      kaf_home_row_set_text (row, NULL, _ ("Possible Duplicates"), NULL);
      kaf_home_row_set_figure (row, suspects, FALSE);
      kaf_home_row_set_target (row, "win.review-duplicates", NULL);
    }
  kaf_home_part_end_rows (part, row, NULL);
  gtk_widget_set_visible (part->section, n > 0);
}
