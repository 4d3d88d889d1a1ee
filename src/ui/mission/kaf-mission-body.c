/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/mission/kaf-mission-body.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-number.h"
#include "ui/app/kaf-application.h"

#define BOTH_FROM 800 /* px */
#define END_WIDTH 336

struct _KafMissionBody
{
  GtkWidget parent_instance;

  GtkWidget *form, *checks, *foot;
  GtkWidget *line;   /* between them */
  GtkWidget *choice; /* box of two toggles */
  GtkWidget *show_checks, *show_form;
  gboolean narrow;
  GPtrArray *wide; /* widgets elsewhere in the page that show only when it is not */
  guint telling;   /* source, or 0 */
};

G_DEFINE_FINAL_TYPE (KafMissionBody, kaf_mission_body, GTK_TYPE_WIDGET)

static void
measure_child (GtkWidget *child, GtkOrientation orientation, int size, int *minimum, int *natural)
{
  gtk_widget_measure (child, orientation, size, minimum, natural, NULL, NULL);
}

static void
kaf_mission_body_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  KafMissionBody *self = KAF_MISSION_BODY (widget);
  GtkWidget *children[] = { self->form, self->checks, self->foot, self->choice };

  *minimum = *natural = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (children); i++)
    {
      int least, most;

      measure_child (children[i], orientation, -1, &least, &most);
      *minimum = MAX (*minimum, least);
      *natural = MAX (*natural, most);
    }
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = MAX (*natural, BOTH_FROM);
  else
    {
      int foot, choice, most;

      /* What scrolls asks for little. */
      measure_child (self->foot, orientation, for_size >= BOTH_FROM ? END_WIDTH : for_size, &foot,
                     &most);
      measure_child (self->choice, orientation, for_size, &choice, &most);
      *minimum = MAX (*minimum, foot + choice + 60);
      *natural = MAX (*natural, *minimum);
    }
}

static int
natural_height (GtkWidget *child, int width)
{
  int minimum, natural;

  measure_child (child, GTK_ORIENTATION_VERTICAL, width, &minimum, &natural);
  return natural;
}

static void
allocate (GtkWidget *child, int x, int y, int width, int height)
{
  gtk_widget_size_allocate (child, &(GtkAllocation){ x, y, width, MAX (height, 0) }, -1);
}

static void
allocate_both (KafMissionBody *self, int width, int height)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int foot = natural_height (self->foot, END_WIDTH);
  int start = width - END_WIDTH - 1;
  int end_x = rtl ? 0 : start + 1;

  allocate (self->form, rtl ? END_WIDTH + 1 : 0, 0, start, height);
  allocate (self->line, rtl ? END_WIDTH : start, 0, 1, height);
  allocate (self->checks, end_x, 0, END_WIDTH, height - foot);
  allocate (self->foot, end_x, height - foot, END_WIDTH, foot);
}

static void
allocate_one (KafMissionBody *self, int width, int height)
{
  gboolean checks = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->show_checks));
  int foot = natural_height (self->foot, width);
  int choice = natural_height (self->choice, width);

  allocate (self->choice, 0, 0, width, choice);
  allocate (checks ? self->checks : self->form, 0, choice, width, height - foot - choice);
  allocate (self->foot, 0, height - foot, width, foot);
}

static gboolean
on_tell (gpointer data)
{
  KafMissionBody *self = data;

  self->telling = 0;
  for (guint i = 0; i < self->wide->len; i++)
    gtk_widget_set_visible (g_ptr_array_index (self->wide, i), !self->narrow);
  return G_SOURCE_REMOVE;
}

static void
kaf_mission_body_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  KafMissionBody *self = KAF_MISSION_BODY (widget);
  gboolean checks = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->show_checks));

  /* Not within a layout. */
  if (self->narrow != (width < BOTH_FROM) && self->telling == 0)
    self->telling = g_idle_add_full (G_PRIORITY_HIGH, on_tell, self, NULL);
  self->narrow = width < BOTH_FROM;
  gtk_widget_set_child_visible (self->choice, self->narrow);
  gtk_widget_set_child_visible (self->line, !self->narrow);
  gtk_widget_set_child_visible (self->checks, !self->narrow || checks);
  gtk_widget_set_child_visible (self->form, !self->narrow || !checks);
  if (self->narrow)
    allocate_one (self, width, height);
  else
    allocate_both (self, width, height);
}

static void
kaf_mission_body_dispose (GObject *object)
{
  KafMissionBody *self = KAF_MISSION_BODY (object);

  g_clear_handle_id (&self->telling, g_source_remove);
  g_clear_pointer (&self->wide, g_ptr_array_unref);
  g_clear_pointer (&self->form, gtk_widget_unparent);
  g_clear_pointer (&self->checks, gtk_widget_unparent);
  g_clear_pointer (&self->foot, gtk_widget_unparent);
  g_clear_pointer (&self->line, gtk_widget_unparent);
  g_clear_pointer (&self->choice, gtk_widget_unparent);
  G_OBJECT_CLASS (kaf_mission_body_parent_class)->dispose (object);
}

static void
kaf_mission_body_class_init (KafMissionBodyClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kaf_mission_body_dispose;
  widget_class->measure = kaf_mission_body_measure;
  widget_class->size_allocate = kaf_mission_body_size_allocate;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

/* The form decides how narrow the page can be, not these. */
static void
shorten (GtkWidget *button)
{
  gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))),
                           PANGO_ELLIPSIZE_END);
}

static void
make_choice (KafMissionBody *self)
{
  self->choice = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  self->show_checks = gtk_toggle_button_new ();
  self->show_form = gtk_toggle_button_new_with_label (_ ("Form of the Step"));
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (self->show_form),
                               GTK_TOGGLE_BUTTON (self->show_checks));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->show_checks), TRUE);
  shorten (self->show_form);
  gtk_box_append (GTK_BOX (self->choice), self->show_checks);
  gtk_box_append (GTK_BOX (self->choice), self->show_form);
  gtk_box_set_homogeneous (GTK_BOX (self->choice), TRUE);
  gtk_widget_add_css_class (self->choice, "linked");
  gtk_widget_add_css_class (self->choice, "kaf-mission-choice");
  g_signal_connect_object (self->show_checks, "toggled", G_CALLBACK (gtk_widget_queue_resize), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_parent (self->choice, GTK_WIDGET (self));
}

static void
kaf_mission_body_init (KafMissionBody *self)
{
  self->wide = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  self->line = gtk_separator_new (GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_parent (self->line, GTK_WIDGET (self));
  make_choice (self);
  kaf_mission_body_set_count (self, 0);
}

GtkWidget *
kaf_mission_body_new (GtkWidget *form, GtkWidget *checks, GtkWidget *foot)
{
  KafMissionBody *self = g_object_new (KAF_TYPE_MISSION_BODY, NULL);

  self->form = form;
  self->checks = checks;
  self->foot = foot;
  gtk_widget_set_parent (form, GTK_WIDGET (self));
  gtk_widget_set_parent (checks, GTK_WIDGET (self));
  gtk_widget_set_parent (foot, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}

void
kaf_mission_body_show_checks (KafMissionBody *self, gboolean checks)
{
  g_return_if_fail (KAF_IS_MISSION_BODY (self));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (checks ? self->show_checks : self->show_form),
                                TRUE);
}

void
kaf_mission_body_set_count (KafMissionBody *self, guint n)
{
  g_autofree char *number = NULL;
  g_autofree char *label = NULL;

  g_return_if_fail (KAF_IS_MISSION_BODY (self));

  number = kaf_number_format (n, kaf_application_get_lang ());
  /* Translators: %s is how many points wait before the step can be left. */
  label = n > 0 ? g_strdup_printf (_ ("Checks (%s)"), number) : g_strdup (_ ("Checks"));
  gtk_button_set_label (GTK_BUTTON (self->show_checks), label);
  shorten (self->show_checks);
}

void
kaf_mission_body_add_wide (KafMissionBody *self, GtkWidget *widget)
{
  g_return_if_fail (KAF_IS_MISSION_BODY (self));
  g_ptr_array_add (self->wide, g_object_ref (widget));
}

gboolean
kaf_mission_body_is_narrow (KafMissionBody *self)
{
  g_return_val_if_fail (KAF_IS_MISSION_BODY (self), FALSE);
  return self->narrow;
}
