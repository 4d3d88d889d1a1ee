/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/target/kaf-target-overview.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-number.h"
#include "ui/app/kaf-application.h"
#include "ui/target/kaf-target-text.h"
#include "ui/target/kaf-target-years.h"

typedef struct
{
  GtkWidget *button, *number, *name, *note;
} Figure;

struct _KafTargetOverview
{
  GtkBox parent_instance;

  Figure figures[KAF_TARGET_N_STAGES];
  KafTargetSettings settings;
  GtkWidget *plot;
  GtkWidget *month; /* nullable: what the month pointed at says */
  GtkWidget *years; /* nullable: until wanted */
  GArray *points;   /* nullable */
};

G_DEFINE_FINAL_TYPE (KafTargetOverview, kaf_target_overview, GTK_TYPE_BOX)

static char *
number (gint64 n)
{
  return kaf_number_format (n, kaf_application_get_lang ());
}

/* "+214 in 90 days", "64 % of the identified", "2 878 below the path"; "in your scope" of those of a part. */
static char *
make_note (const KafTargetCount *count, KafTargetStage stage)
{
  gint64 change = (gint64) count->n[stage] - count->before[stage];
  gint64 away = (gint64) count->n[KAF_TARGET_MOBILISED] - count->path;
  g_autofree char *shown = NULL;

  if (!kaf_few_is_told (count->n[stage]) || !kaf_few_is_told (count->n[KAF_TARGET_IDENTIFIED]))
    return NULL;
  if (stage == KAF_TARGET_IDENTIFIED)
    {
      g_autofree char *plain = number (ABS (change));
      g_autofree char *days = number (KAF_TARGET_CHANGE_DAYS);
      g_autofree char *signed_text = NULL;

      /* What was closed and what is counted today are not taken from one another. */
      if (count->closed || !kaf_few_is_told (count->before[stage]))
        return NULL;
      shown = g_strconcat (change < 0 ? "−" : "+", plain, NULL);
      signed_text = kaf_bidi_ltr (shown);
      return g_strdup_printf (_ ("%1$s in %2$s days"), signed_text, days);
    }
  if (stage == KAF_TARGET_ENGAGED)
    return g_strdup_printf (_ ("%u %% of the identified"),
                            count->n[stage] * 100 / MAX (count->n[KAF_TARGET_IDENTIFIED], 1));
  if (count->part)
    return g_strdup (_ ("in your scope"));
  if (count->settings.goal == 0)
    return NULL;
  shown = number (ABS (away));
  return away < 0 ? g_strdup_printf (_ ("%s below the path"), shown)
                  : g_strdup_printf (_ ("%s above the path"), shown);
}

static void
set_target (GtkWidget *button, const KafTargetCount *count, KafTargetStage stage, gboolean opens)
{
  g_autoptr (KafQuery) query = NULL;
  g_autofree char *json = NULL;

  gtk_widget_set_sensitive (button, opens && !count->closed);
  if (!opens || count->closed)
    {
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), NULL);
      return;
    }
  query = kaf_target_list (NULL, count->day, stage, KAF_TARGET_ALL, NULL, NULL);
  json = kaf_query_to_json (query);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), g_variant_new_string (json));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.show-query");
}

static void
set_figure (KafTargetOverview *self,
            const KafTargetCount *count,
            KafTargetStage stage,
            gboolean opens)
{
  Figure *figure = &self->figures[stage];
  g_autofree char *text = kaf_few_format (count->n[stage], kaf_application_get_lang ());
  g_autofree char *note = make_note (count, stage);
  const char *label = _ (kaf_target_stage_label (stage));
  g_autofree char *said = g_strdup_printf ("%s, %s%s%s", label, text, note != NULL ? ", " : "",
                                           note != NULL ? note : "");

  gtk_label_set_label (GTK_LABEL (figure->number), text);
  gtk_label_set_label (GTK_LABEL (figure->name), label);
  gtk_label_set_label (GTK_LABEL (figure->note), note != NULL ? note : "");
  set_target (figure->button, count, stage, opens);
  gtk_accessible_update_property (GTK_ACCESSIBLE (figure->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  said, -1);
}

static GtkWidget *
add_label (GtkWidget *box, const char *style, const char *second)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, style);
  if (second != NULL)
    gtk_widget_add_css_class (label, second);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
add_figure (GtkWidget *row, Figure *figure)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  figure->number = add_label (box, "title-2", "numeric");
  figure->name = add_label (box, "caption-heading", NULL);
  figure->note = add_label (box, "caption", "dim-label");
  figure->button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (figure->button), box);
  gtk_widget_add_css_class (figure->button, "flat");
  gtk_widget_add_css_class (figure->button, "kaf-target-figure");
  gtk_widget_set_hexpand (figure->button, TRUE);
  gtk_box_append (GTK_BOX (row), figure->button);
}

/* The month that the arrows point at, in all its numbers. */
static void
on_month (KafTargetOverview *self)
{
  const KafTargetPoint *point = kaf_target_plot_get_point (KAF_TARGET_PLOT (self->plot));
  g_autofree char *text = NULL;

  if (self->month == NULL || point == NULL)
    return;
  text = kaf_target_text_point (point, &self->settings);
  gtk_label_set_label (GTK_LABEL (self->month), text);
}

/* The table is made when it is first wanted: every start waits for the page that this stands on. */
static void
on_figures (GtkToggleButton *button, KafTargetOverview *self)
{
  gboolean shown = gtk_toggle_button_get_active (button);

  if (shown && self->years == NULL)
    {
      self->years = kaf_target_years_new ();
      gtk_box_append (GTK_BOX (self), self->years);
      kaf_target_years_set (KAF_TARGET_YEARS (self->years), self->points, &self->settings);
    }
  if (self->years != NULL)
    gtk_widget_set_visible (self->years, shown);
}

static void
add_toggle (KafTargetOverview *self)
{
  GtkWidget *button = gtk_toggle_button_new_with_label (_ ("Figures by Year"));

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "caption");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_signal_connect_object (button, "toggled", G_CALLBACK (on_figures), self, 0);
  gtk_box_append (GTK_BOX (self), button);
}

static void
kaf_target_overview_dispose (GObject *object)
{
  KafTargetOverview *self = KAF_TARGET_OVERVIEW (object);

  g_clear_pointer (&self->points, g_array_unref);
  G_OBJECT_CLASS (kaf_target_overview_parent_class)->dispose (object);
}

static void
kaf_target_overview_class_init (KafTargetOverviewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_target_overview_dispose;
}

static void
kaf_target_overview_init (KafTargetOverview *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_homogeneous (GTK_BOX (row), TRUE);
  for (guint stage = 0; stage < KAF_TARGET_N_STAGES; stage++)
    add_figure (row, &self->figures[stage]);
  gtk_box_append (GTK_BOX (self), row);
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  gtk_widget_add_css_class (GTK_WIDGET (self), "kaf-target");
}

GtkWidget *
kaf_target_overview_new (gboolean large)
{
  KafTargetOverview *self = g_object_new (KAF_TYPE_TARGET_OVERVIEW, NULL);

  self->plot = kaf_target_plot_new (large);
  gtk_box_append (GTK_BOX (self), self->plot);
  if (large)
    {
      self->month = add_label (GTK_WIDGET (self), "caption", "dim-label");
      gtk_label_set_wrap (GTK_LABEL (self->month), TRUE);
      gtk_label_set_ellipsize (GTK_LABEL (self->month), PANGO_ELLIPSIZE_NONE);
      gtk_widget_add_css_class (self->month, "kaf-target-month");
      g_signal_connect_object (self->plot, "month", G_CALLBACK (on_month), self, G_CONNECT_SWAPPED);
    }
  add_toggle (self);
  return GTK_WIDGET (self);
}

void
kaf_target_overview_set (KafTargetOverview *self,
                         const KafTargetCount *count,
                         GArray *points,
                         gboolean opens)
{
  g_return_if_fail (KAF_IS_TARGET_OVERVIEW (self));

  self->settings = count->settings;
  g_array_ref (points);
  g_clear_pointer (&self->points, g_array_unref);
  self->points = points;
  for (guint stage = 0; stage < KAF_TARGET_N_STAGES; stage++)
    set_figure (self, count, stage, opens);
  kaf_target_plot_set (KAF_TARGET_PLOT (self->plot), points, &count->settings);
  on_month (self);
  if (self->years != NULL)
    kaf_target_years_set (KAF_TARGET_YEARS (self->years), points, &self->settings);
}

KafTargetPlot *
kaf_target_overview_get_plot (KafTargetOverview *self)
{
  g_return_val_if_fail (KAF_IS_TARGET_OVERVIEW (self), NULL);
  return KAF_TARGET_PLOT (self->plot);
}

GtkWidget *
kaf_target_overview_get_figure (KafTargetOverview *self, KafTargetStage stage)
{
  g_return_val_if_fail (KAF_IS_TARGET_OVERVIEW (self), NULL);
  return self->figures[stage].button;
}
