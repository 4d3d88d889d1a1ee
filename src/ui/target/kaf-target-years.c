/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/target/kaf-target-years.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-date.h"
#include "base/kaf-number.h"
#include "ui/app/kaf-application.h"
#include "ui/target/kaf-target-text.h"

#define SPACING 4

struct _KafTargetYears
{
  GtkBox parent_instance;

  GtkWidget *list;
};

G_DEFINE_FINAL_TYPE (KafTargetYears, kaf_target_years, GTK_TYPE_BOX)

static GtkWidget *
add_cell (GtkWidget *line, GtkAccessibleRole role, const char *text)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "accessible-role", role, NULL);
  gboolean first = gtk_widget_get_first_child (line) == NULL;

  gtk_label_set_label (GTK_LABEL (label), text);
  gtk_label_set_xalign (GTK_LABEL (label), first ? 0 : 1);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "numeric");
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_box_append (GTK_BOX (line), label);
  return label;
}

/* @said: what it says as a whole. */
static GtkWidget *
add_line (KafTargetYears *self, const char *said)
{
  GtkWidget *row = g_object_new (GTK_TYPE_LIST_BOX_ROW, "accessible-role", GTK_ACCESSIBLE_ROLE_ROW,
                                 "activatable", FALSE, NULL);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, SPACING);

  gtk_box_set_homogeneous (GTK_BOX (line), TRUE);
  gtk_widget_add_css_class (line, "kaf-target-line");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
  return line;
}

/* As cells: GTK 4.8 does not tell a screen reader of headings of columns. */
static void
add_headings (KafTargetYears *self, const KafTargetSettings *settings)
{
  const char *titles[] = { _ ("On"),
                           _ (kaf_target_stage_label (KAF_TARGET_IDENTIFIED)),
                           _ (kaf_target_stage_label (KAF_TARGET_ENGAGED)),
                           _ (kaf_target_stage_label (KAF_TARGET_MOBILISED)),
                           settings->goal > 0 ? C_ ("plot", "Path") : NULL,
                           NULL };
  g_autofree char *said = g_strjoinv (", ", (char **) titles);
  GtkWidget *line = add_line (self, said);

  for (const char **title = titles; *title != NULL; title++)
    gtk_widget_add_css_class (add_cell (line, GTK_ACCESSIBLE_ROLE_CELL, *title), "dim-label");
}

static void
add_year (KafTargetYears *self, const KafTargetPoint *point, const KafTargetSettings *settings)
{
  KafLang lang = kaf_application_get_lang ();
  g_autofree char *said = kaf_target_text_point (point, settings);
  g_autofree char *iso = kaf_day_to_iso (point->day);
  g_autofree char *day = kaf_date_format (iso, lang, KAF_DATE_SHORT);
  g_autofree char *path = kaf_number_format (kaf_target_text_path (point, settings), lang);
  GtkWidget *line = add_line (self, said);

  add_cell (line, GTK_ACCESSIBLE_ROLE_ROW_HEADER, day);
  for (guint stage = 0; stage < KAF_TARGET_N_STAGES; stage++)
    {
      g_autofree char *n = kaf_few_format (point->n[stage], lang);

      add_cell (line, GTK_ACCESSIBLE_ROLE_CELL, n);
    }
  if (settings->goal > 0)
    add_cell (line, GTK_ACCESSIBLE_ROLE_CELL, path);
}

static void
kaf_target_years_class_init (KafTargetYearsClass *klass)
{
}

static void
kaf_target_years_init (KafTargetYears *self)
{
  self->list = g_object_new (GTK_TYPE_LIST_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_TABLE, NULL);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_set_hexpand (self->list, TRUE);
  gtk_widget_add_css_class (self->list, "kaf-target-years");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Figures by Year"), -1);
  gtk_box_append (GTK_BOX (self), self->list);
}

GtkWidget *
kaf_target_years_new (void)
{
  return g_object_new (KAF_TYPE_TARGET_YEARS, NULL);
}

void
kaf_target_years_set (KafTargetYears *self, GArray *points, const KafTargetSettings *settings)
{
  g_autoptr (GPtrArray) years = NULL;
  GtkWidget *row;

  g_return_if_fail (KAF_IS_TARGET_YEARS (self));

  while ((row = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), row);
  add_headings (self, settings);
  years = kaf_target_text_years (points);
  for (guint i = 0; i < years->len; i++)
    add_year (self, years->pdata[i], settings);
}
