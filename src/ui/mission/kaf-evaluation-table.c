/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/mission/kaf-evaluation-table.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-number.h"
#include "rules/mission/kaf-evaluation.h"
#include "schema/kaf-registry.h"
#include "ui/compat/kaf-text.h"
#include "ui/compat/kaf-tooltip.h"
#include "ui/record/kaf-record-section.h"

#define WIDTH 90 /* px */

GtkWidget *
kaf_evaluation_table_new (void)
{
  GtkWidget *section = kaf_record_section_new (_ ("Averages"));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  kaf_record_section_set_child (KAF_RECORD_SECTION (section), box);
  return section;
}

static GtkWidget *
cell_new (const char *text, gboolean figure, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  /* GTK mirrors the start; figures end on one edge in both directions. */
  gtk_label_set_xalign (GTK_LABEL (label),
                        figure && gtk_widget_get_default_direction () != GTK_TEXT_DIR_RTL ? 1 : 0);
  gtk_label_set_wrap (GTK_LABEL (label), !figure);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 14);
  gtk_widget_set_hexpand (label, !figure);
  gtk_widget_set_valign (label, figure ? GTK_ALIGN_CENTER : GTK_ALIGN_END);
  if (figure)
    gtk_widget_add_css_class (label, "numeric");
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static const char *
role_name (guint role)
{
  const KafField *field = kaf_entity_find_field (kaf_registry_find ("evaluation"), "role");

  return role < KAF_EVALUATION_ROLES
             ? _ (kaf_field_find_choice (field, kaf_evaluation_roles[role])->label)
             : _ ("All together");
}

static void
add_row (GtkGrid *grid, int place, guint role, guint n, const KafScore *scores, KafLang lang)
{
  g_autofree char *count = kaf_number_format (n, lang);
  const char *style = role == KAF_EVALUATION_ROLES ? "heading" : NULL;
  GtkWidget *name = cell_new (role_name (role), FALSE, style);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_grid_attach (grid, name, 0, place, 1, 1);
  gtk_grid_attach (grid, cell_new (count, TRUE, NULL), 1, place, 1, 1);
  for (int i = 0; i < KAF_EVALUATION_QUESTIONS; i++)
    {
      g_autofree char *figure = kaf_score_format (&scores[i], lang);
      GtkWidget *cell = cell_new (figure, TRUE, scores[i].shown ? style : "dim-label");

      if (!scores[i].shown && scores[i].n > 0)
        {
          kaf_tooltip_set (cell, _ ("Too few answers to show an average"));
          gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                          _ ("Too few answers to show an average"), -1);
        }
      gtk_grid_attach (grid, cell, i + 2, place, 1, 1);
    }
}

static GtkWidget *
make_grid (const KafEvaluation *sums, KafLang lang)
{
  GtkWidget *grid = gtk_grid_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  const KafEntity *entity = kaf_registry_find ("evaluation");
  int place = 1;

  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_widget_add_css_class (scrolled, "card");
  gtk_widget_add_css_class (grid, "kaf-record-padded");
  gtk_grid_attach (GTK_GRID (grid), cell_new (_ ("Answers"), FALSE, "caption-heading"), 1, 0, 1, 1);
  for (int i = 0; i < KAF_EVALUATION_QUESTIONS; i++)
    gtk_grid_attach (
        GTK_GRID (grid),
        cell_new (_ (kaf_entity_find_field (entity, kaf_evaluation_questions[i])->label), FALSE,
                  "caption-heading"),
        i + 2, 0, 1, 1);
  for (guint role = 0; role < KAF_EVALUATION_ROLES; role++)
    if (sums->n[role] > 0)
      add_row (GTK_GRID (grid), place++, role, sums->n[role], sums->scores[role], lang);
  add_row (GTK_GRID (grid), place, KAF_EVALUATION_ROLES, sums->n_all, sums->all, lang);
  /* Seven columns are wider than a telephone. */
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), grid);
  return scrolled;
}

void
kaf_evaluation_table_set (GtkWidget *table, const KafMissionData *data)
{
  GtkWidget *box = gtk_widget_get_last_child (table);
  guint least = data->context.limits.answers_shown;
  g_autofree char *rule = g_strdup_printf (
      ngettext ("An average shows from %u answer on, so that nobody's own can be read from it.",
                "An average shows from %u answers on, so that nobody's own can be read from it.",
                least),
      least);
  KafEvaluation sums;
  GtkWidget *child;

  kaf_evaluation_sum (data->mission, least, &sums);
  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
  if (sums.n_all == 0)
    {
      GtkWidget *list = kaf_record_section_list (_ ("Averages"));

      kaf_record_section_say (list, _ ("No answer yet: each who took part is asked, from the "
                                       "trainees to the authority."));
      gtk_box_append (GTK_BOX (box), list);
      return;
    }
  gtk_box_append (GTK_BOX (box), make_grid (&sums, data->lang));
  gtk_box_append (GTK_BOX (box), kaf_text_new (rule, KAF_DRAWN_TEXT_SMALL | KAF_DRAWN_TEXT_DIM,
                                               WIDTH, KAF_TEXT_WHOLE));
}
