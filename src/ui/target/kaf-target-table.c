/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/target/kaf-target-table.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-number.h"
#include "ui/app/kaf-application.h"
#include "ui/app/kaf-bar.h"
#include "ui/record/kaf-record-section.h"

#define SHOWN 8
#define COLUMN_WIDTH 62

struct _KafTargetTable
{
  GtkBox parent_instance;

  KafTargetAxis axis;
  GPtrArray *cells; /* what shows; nullable */
  gboolean opens;
  gboolean all; /* more than SHOWN */
  GtkWidget *section, *card;
};

G_DEFINE_FINAL_TYPE (KafTargetTable, kaf_target_table, GTK_TYPE_BOX)

static const char *
get_title (const KafTargetCell *cell)
{
  return kaf_target_cell_title (cell, kaf_application_get_lang ());
}

static gboolean
has_list (KafTargetTable *self, const KafTargetCell *cell, KafTargetStage stage)
{
  return self->opens && cell->kind != KAF_TARGET_CELL_REST && kaf_few_value (cell->n[stage]) > 0;
}

static GVariant *
make_target (KafTargetTable *self, const KafTargetCell *cell, KafTargetStage stage)
{
  return g_variant_new ("(sss)", kaf_target_axis_id (self->axis), kaf_target_stage_id (stage),
                        cell->code != NULL ? cell->code : "");
}

static GtkWidget *
make_number (KafTargetTable *self, const KafTargetCell *cell, KafTargetStage stage)
{
  g_autofree char *text = kaf_few_format (cell->n[stage], kaf_application_get_lang ());
  g_autofree char *said =
      g_strdup_printf ("%s, %s: %s", get_title (cell), _ (kaf_target_stage_label (stage)), text);
  GtkWidget *button = gtk_button_new_with_label (text);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "numeric");
  gtk_widget_add_css_class (button, "kaf-target-number");
  gtk_widget_set_size_request (button, COLUMN_WIDTH, -1);
  gtk_widget_set_sensitive (button, has_list (self, cell, stage));
  if (has_list (self, cell, stage))
    {
      gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button),
                                              make_target (self, cell, stage));
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), KAF_TARGET_OPEN);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
  return button;
}

static void
add_row (KafTargetTable *self, const KafTargetCell *cell, guint max)
{
  guint n = cell->n[KAF_TARGET_MOBILISED];
  g_autofree char *text = kaf_few_format (n, kaf_application_get_lang ());
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *bar = kaf_bar_new ();
  gboolean leads = has_list (self, cell, KAF_TARGET_MOBILISED);

  kaf_bar_set (KAF_BAR (bar), get_title (cell), text, kaf_few_value (n), max,
               leads ? KAF_TARGET_OPEN : NULL,
               leads ? make_target (self, cell, KAF_TARGET_MOBILISED) : NULL);
  gtk_widget_set_hexpand (bar, TRUE);
  gtk_box_append (GTK_BOX (row), bar);
  gtk_box_append (GTK_BOX (row), make_number (self, cell, KAF_TARGET_ENGAGED));
  gtk_box_append (GTK_BOX (row), make_number (self, cell, KAF_TARGET_IDENTIFIED));
  gtk_box_append (GTK_BOX (self->card), row);
}

static GtkWidget *
make_heading (KafTargetStage stage, gboolean expand)
{
  GtkWidget *label = gtk_label_new (_ (kaf_target_stage_label (stage)));

  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), expand ? 0 : 1);
  gtk_widget_set_hexpand (label, expand);
  if (!expand)
    gtk_widget_set_size_request (label, COLUMN_WIDTH, -1);
  return label;
}

static void
add_headings (KafTargetTable *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);

  gtk_widget_add_css_class (row, "kaf-target-headings");
  gtk_box_append (GTK_BOX (row), make_heading (KAF_TARGET_MOBILISED, TRUE));
  gtk_box_append (GTK_BOX (row), make_heading (KAF_TARGET_ENGAGED, FALSE));
  gtk_box_append (GTK_BOX (row), make_heading (KAF_TARGET_IDENTIFIED, FALSE));
  gtk_box_append (GTK_BOX (self->card), row);
}

static void show (KafTargetTable *self);

static void
on_more (GtkButton *button, KafTargetTable *self)
{
  self->all = TRUE;
  show (self);
}

static void
show (KafTargetTable *self)
{
  GtkWidget *child;
  guint max = 1;
  guint n = self->all ? self->cells->len : MIN (self->cells->len, SHOWN);

  while ((child = gtk_widget_get_first_child (self->card)) != NULL)
    gtk_box_remove (GTK_BOX (self->card), child);
  if (self->cells->len == 0)
    {
      gtk_box_append (GTK_BOX (self->card),
                      kaf_record_section_sentence (_ ("Nobody by that day.")));
      return;
    }
  for (guint i = 0; i < self->cells->len; i++)
    {
      const KafTargetCell *cell = self->cells->pdata[i];

      max = MAX (max, kaf_few_value (cell->n[KAF_TARGET_MOBILISED]));
    }
  add_headings (self);
  for (guint i = 0; i < n; i++)
    add_row (self, self->cells->pdata[i], max);
  if (n < self->cells->len)
    {
      g_autofree char *left = kaf_number_format (self->cells->len - n, kaf_application_get_lang ());
      g_autofree char *text =
          g_strdup_printf (ngettext ("Show %s More", "Show %s More", self->cells->len - n), left);

      child = gtk_button_new_with_label (text);
      gtk_widget_add_css_class (child, "flat");
      g_signal_connect (child, "clicked", G_CALLBACK (on_more), self);
      gtk_box_append (GTK_BOX (self->card), child);
    }
}

static void
kaf_target_table_dispose (GObject *object)
{
  KafTargetTable *self = KAF_TARGET_TABLE (object);

  g_clear_pointer (&self->cells, g_ptr_array_unref);
  G_OBJECT_CLASS (kaf_target_table_parent_class)->dispose (object);
}

static void
kaf_target_table_class_init (KafTargetTableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_target_table_dispose;
}

static void
kaf_target_table_init (KafTargetTable *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
}

GtkWidget *
kaf_target_table_new (KafTargetAxis axis)
{
  static const char *const titles[] = { NULL, N_ ("By country of residence"), N_ ("By domain"),
                                        N_ ("By network, on that day"),
                                        N_ ("By region of attachment") };
  KafTargetTable *self = g_object_new (KAF_TYPE_TARGET_TABLE, NULL);

  self->axis = axis;
  self->section = kaf_record_section_new (_ (titles[axis]));
  self->card = kaf_record_section_bars ();
  gtk_box_append (GTK_BOX (self->section), self->card);
  gtk_box_append (GTK_BOX (self), self->section);
  return GTK_WIDGET (self);
}

void
kaf_target_table_set (KafTargetTable *self, const GPtrArray *cells, gboolean opens)
{
  g_return_if_fail (KAF_IS_TARGET_TABLE (self));

  g_clear_pointer (&self->cells, g_ptr_array_unref);
  self->cells = g_ptr_array_ref ((GPtrArray *) cells);
  self->opens = opens;
  show (self);
}
