/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/record/kaf-half-day.h"

struct _KafHalfDay
{
  GtkWidget parent_instance;

  const char *state; /* interned; NULL: unknown */
};

G_DEFINE_FINAL_TYPE (KafHalfDay, kaf_half_day, GTK_TYPE_WIDGET)

static void
kaf_half_day_class_init (KafHalfDayClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_css_name (widget_class, "halfday");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID_CELL);
}

static void
kaf_half_day_init (KafHalfDay *self)
{
}

GtkWidget *
kaf_half_day_new (void)
{
  return g_object_new (KAF_TYPE_HALF_DAY, NULL);
}

void
kaf_half_day_set (KafHalfDay *self, const char *state, const char *name)
{
  const char *known = g_intern_string (state);

  g_return_if_fail (KAF_IS_HALF_DAY (self));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (known == self->state)
    return;
  if (self->state != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self), self->state);
  if (known != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), known);
  self->state = known;
}
