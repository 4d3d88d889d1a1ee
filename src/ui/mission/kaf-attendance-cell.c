/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/mission/kaf-attendance-cell.h"

#include <glib/gi18n-lib.h>

struct _KafAttendanceCell
{
  GtkWidget parent_instance;

  GtkWidget *label;
  char *about;
  KafPresence presence;
};

G_DEFINE_FINAL_TYPE (KafAttendanceCell, kaf_attendance_cell, GTK_TYPE_WIDGET)

static guint touched_signal;

static const char *const styles[] = { NULL, "present", "absent", "excused" };

const char *
kaf_presence_word (KafPresence presence)
{
  switch (presence)
    {
    case KAF_PRESENCE_PRESENT:
      return C_ ("mark of attendance", "Present");
    case KAF_PRESENCE_ABSENT:
      return C_ ("mark of attendance", "Absent");
    case KAF_PRESENCE_EXCUSED:
      return C_ ("mark of attendance", "Excused");
    case KAF_PRESENCE_NONE:
    default:
      return C_ ("mark of attendance", "not marked");
    }
}

static void
kaf_attendance_cell_dispose (GObject *object)
{
  g_clear_pointer (&KAF_ATTENDANCE_CELL (object)->label, gtk_widget_unparent);
  G_OBJECT_CLASS (kaf_attendance_cell_parent_class)->dispose (object);
}

static void
kaf_attendance_cell_finalize (GObject *object)
{
  g_free (KAF_ATTENDANCE_CELL (object)->about);
  G_OBJECT_CLASS (kaf_attendance_cell_parent_class)->finalize (object);
}

static void
kaf_attendance_cell_class_init (KafAttendanceCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kaf_attendance_cell_dispose;
  G_OBJECT_CLASS (klass)->finalize = kaf_attendance_cell_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "attendancecell");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID_CELL);
  touched_signal = g_signal_new ("touched", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
on_released (GtkGestureClick *click, int n, double x, double y, KafAttendanceCell *self)
{
  if (gtk_widget_contains (GTK_WIDGET (self), x, y))
    g_signal_emit (self, touched_signal, 0);
}

static void
kaf_attendance_cell_init (KafAttendanceCell *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->label = gtk_label_new (NULL);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  g_signal_connect (click, "released", G_CALLBACK (on_released), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

static void
show (KafAttendanceCell *self)
{
  const char *word = kaf_presence_word (self->presence);
  /* Translators: whose mark at which session, and the mark: "A. Idrissi, First aid: Present". */
  g_autofree char *said = g_strdup_printf (_ ("%s: %s"), self->about, word);

  gtk_label_set_text (GTK_LABEL (self->label), self->presence == KAF_PRESENCE_NONE ? "—" : word);
  for (guint i = 1; i < G_N_ELEMENTS (styles); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self), styles[i]);
  if (styles[self->presence] != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), styles[self->presence]);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
}

GtkWidget *
kaf_attendance_cell_new (const char *label)
{
  KafAttendanceCell *self = g_object_new (KAF_TYPE_ATTENDANCE_CELL, NULL);

  self->about = g_strdup (label);
  show (self);
  return GTK_WIDGET (self);
}

void
kaf_attendance_cell_set (KafAttendanceCell *self, KafPresence presence)
{
  g_return_if_fail (KAF_IS_ATTENDANCE_CELL (self));

  if (self->presence == presence)
    return;
  self->presence = presence;
  show (self);
}

KafPresence
kaf_attendance_cell_get (KafAttendanceCell *self)
{
  g_return_val_if_fail (KAF_IS_ATTENDANCE_CELL (self), KAF_PRESENCE_NONE);
  return self->presence;
}
