/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dot before an availability: one CSS node, whose class gives colour and shape. */
#include "config.h"

#include "ui/list/kaf-dot.h"

struct _KafDot
{
  GtkWidget parent_instance;

  const char *state; /* interned; NULL: unknown */
};

G_DEFINE_FINAL_TYPE (KafDot, kaf_dot, GTK_TYPE_WIDGET)

static void
kaf_dot_class_init (KafDotClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_css_name (widget_class, "dot");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
kaf_dot_init (KafDot *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

GtkWidget *
kaf_dot_new (void)
{
  return g_object_new (KAF_TYPE_DOT, NULL);
}

void
kaf_dot_set_state (KafDot *self, const char *state)
{
  const char *known = g_intern_string (state);

  g_return_if_fail (KAF_IS_DOT (self));

  if (known == self->state)
    return;

  if (self->state != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self), self->state);
  if (known != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), known);
  self->state = known;
}
