/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A range is chosen first, then its state: four buttons in a pop-up at the cell. */
#include "config.h"

#include "ui/record/kaf-availability-section.h"

#include <glib/gi18n-lib.h>

#include "ui/list/kaf-dot.h"
#include "ui/record/kaf-record-section.h"
#include "ui/record/kaf-wrap.h"

struct _KafAvailabilitySection
{
  GtkBox parent_instance;

  GtkWidget *add;
  GtkWidget *grid;
  GtkWidget *popover;
  gboolean writable;
  char *from, *to, *part; /* the range that the pop-up is about */
};

G_DEFINE_FINAL_TYPE (KafAvailabilitySection, kaf_availability_section, GTK_TYPE_BOX)

static const struct
{
  const char *state; /* "": unknown */
  const char *word;  /* NC_() */
  const char *act;   /* N_() */
} states[] = {
  { "free", NC_ ("availability", "free"), N_ ("Free") },
  { "tentative", NC_ ("availability", "to be confirmed"), N_ ("To be confirmed") },
  { "busy", NC_ ("availability", "busy"), N_ ("Busy") },
  { "", NC_ ("availability", "unknown"), N_ ("Unknown") },
};

static GtkWidget *
dot_and_word (guint i, const char *word, const char *style)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *dot = kaf_dot_new ();
  GtkWidget *label = gtk_label_new (word);

  kaf_dot_set_state (KAF_DOT (dot), *states[i].state != '\0' ? states[i].state : NULL);
  gtk_widget_set_valign (dot, GTK_ALIGN_CENTER);
  if (style != NULL)
    {
      gtk_widget_add_css_class (label, style);
      gtk_widget_add_css_class (label, "dim-label");
    }
  gtk_box_append (GTK_BOX (box), dot);
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

static GtkWidget *
legend_new (void)
{
  GtkWidget *legend = kaf_wrap_new (16, 2);

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    kaf_wrap_append (
        KAF_WRAP (legend),
        dot_and_word (i, g_dpgettext2 (NULL, "availability", states[i].word), "caption"));
  return legend;
}

static void
on_state_clicked (GtkButton *button, gpointer user_data)
{
  KafAvailabilitySection *self = user_data;
  const char *state = g_object_get_data (G_OBJECT (button), "kaf-state");

  gtk_popover_popdown (GTK_POPOVER (self->popover));
  gtk_widget_activate_action (GTK_WIDGET (self), "record.set-availability", "(ssss)", self->from,
                              self->to, self->part, state);
}

static void
on_popover_closed (GtkPopover *popover, gpointer user_data)
{
  KafAvailabilitySection *self = user_data;

  kaf_availability_grid_unselect (KAF_AVAILABILITY_GRID (self->grid));
}

static GtkWidget *
popover_new (KafAvailabilitySection *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      GtkWidget *button = gtk_button_new ();

      gtk_button_set_child (GTK_BUTTON (button), dot_and_word (i, _ (states[i].act), NULL));
      gtk_widget_add_css_class (button, "flat");
      g_object_set_data (G_OBJECT (button), "kaf-state", (gpointer) states[i].state);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _ (states[i].act), -1);
      g_signal_connect (button, "clicked", G_CALLBACK (on_state_clicked), self);
      gtk_box_append (GTK_BOX (box), button);
    }
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_widget_add_css_class (popover, "menu");
  g_signal_connect (popover, "closed", G_CALLBACK (on_popover_closed), self);
  gtk_widget_set_parent (popover, GTK_WIDGET (self));
  return popover;
}

static void
on_chosen (KafAvailabilityGrid *grid,
           const char *from,
           const char *to,
           const char *part,
           GtkWidget *cell,
           gpointer user_data)
{
  KafAvailabilitySection *self = user_data;
  graphene_rect_t bounds;
  GdkRectangle place;

  if (!self->writable || !gtk_widget_compute_bounds (cell, GTK_WIDGET (self), &bounds))
    {
      kaf_availability_grid_unselect (grid);
      return;
    }
  g_free (self->from);
  g_free (self->to);
  g_free (self->part);
  self->from = g_strdup (from);
  self->to = g_strdup (to);
  self->part = g_strdup (part);
  place.x = bounds.origin.x;
  place.y = bounds.origin.y;
  place.width = bounds.size.width;
  place.height = bounds.size.height;
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &place);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static void
kaf_availability_section_dispose (GObject *object)
{
  KafAvailabilitySection *self = KAF_AVAILABILITY_SECTION (object);

  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_pointer (&self->from, g_free);
  g_clear_pointer (&self->to, g_free);
  g_clear_pointer (&self->part, g_free);

  G_OBJECT_CLASS (kaf_availability_section_parent_class)->dispose (object);
}

static void
kaf_availability_section_class_init (KafAvailabilitySectionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_availability_section_dispose;
}

static void
kaf_availability_section_init (KafAvailabilitySection *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
}

GtkWidget *
kaf_availability_section_new (KafLang lang)
{
  KafAvailabilitySection *self = g_object_new (KAF_TYPE_AVAILABILITY_SECTION, NULL);
  GtkWidget *section = kaf_record_section_new (_ ("Availability"));
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  kaf_record_section_set_note (KAF_RECORD_SECTION (section), _ ("morning / afternoon"));
  self->add = kaf_record_section_add_button (KAF_RECORD_SECTION (section), _ ("Add"),
                                             _ ("Add a period of availability"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->add), "record.add");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->add), "s", "availability person");

  self->grid = kaf_availability_grid_new (lang);
  g_signal_connect (self->grid, "chosen", G_CALLBACK (on_chosen), self);
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "kaf-record-padded");
  gtk_box_append (GTK_BOX (card), self->grid);
  gtk_box_append (GTK_BOX (card), legend_new ());
  kaf_record_section_set_child (KAF_RECORD_SECTION (section), card);
  gtk_box_append (GTK_BOX (self), section);
  self->popover = popover_new (self);
  return GTK_WIDGET (self);
}

void
kaf_availability_section_set_data (KafAvailabilitySection *self,
                                   const KafRecordData *data,
                                   gboolean writable)
{
  KafAvailabilityPlan plan;

  g_return_if_fail (KAF_IS_AVAILABILITY_SECTION (self));

  self->writable = writable;
  gtk_widget_set_visible (self->add, writable);
  kaf_availability_plan_fill (&plan, data->availability, data->today);
  kaf_availability_grid_set_plan (KAF_AVAILABILITY_GRID (self->grid), &plan, data->today);
}

KafAvailabilityGrid *
kaf_availability_section_get_grid (KafAvailabilitySection *self)
{
  g_return_val_if_fail (KAF_IS_AVAILABILITY_SECTION (self), NULL);

  return KAF_AVAILABILITY_GRID (self->grid);
}
