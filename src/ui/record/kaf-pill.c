/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One label, and an icon made only when asked for: lists show hundreds of pills. */
#include "config.h"

#include "ui/record/kaf-pill.h"

struct _KafPill
{
  GtkWidget parent_instance;

  GtkWidget *icon; /* NULL until wanted */
  GtkWidget *label;
  const char *style; /* interned, nullable */
};

G_DEFINE_FINAL_TYPE (KafPill, kaf_pill, GTK_TYPE_WIDGET)

static void
kaf_pill_dispose (GObject *object)
{
  KafPill *self = KAF_PILL (object);

  g_clear_pointer (&self->icon, gtk_widget_unparent);
  g_clear_pointer (&self->label, gtk_widget_unparent);

  G_OBJECT_CLASS (kaf_pill_parent_class)->dispose (object);
}

static void
kaf_pill_class_init (KafPillClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kaf_pill_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "kafpill");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
kaf_pill_init (KafPill *self)
{
  self->label = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->label, "caption-heading");
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
kaf_pill_new (const char *text, const char *style)
{
  KafPill *self = g_object_new (KAF_TYPE_PILL, NULL);

  kaf_pill_set (self, text, style);
  return GTK_WIDGET (self);
}

void
kaf_pill_set (KafPill *self, const char *text, const char *style)
{
  const char *interned = g_intern_string (style);

  g_return_if_fail (KAF_IS_PILL (self));

  gtk_label_set_text (GTK_LABEL (self->label), text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL && *text != '\0');
  if (interned == self->style)
    return;
  if (self->style != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self), self->style);
  self->style = interned;
  if (self->style != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), self->style);
}

const char *
kaf_pill_get_text (KafPill *self)
{
  g_return_val_if_fail (KAF_IS_PILL (self), NULL);

  return gtk_label_get_text (GTK_LABEL (self->label));
}

void
kaf_pill_set_whole (KafPill *self, gboolean whole)
{
  g_return_if_fail (KAF_IS_PILL (self));

  gtk_label_set_ellipsize (GTK_LABEL (self->label),
                           whole ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
}

void
kaf_pill_set_icon_name (KafPill *self, const char *icon_name)
{
  g_return_if_fail (KAF_IS_PILL (self));

  if (icon_name == NULL)
    {
      g_clear_pointer (&self->icon, gtk_widget_unparent);
      return;
    }
  if (self->icon == NULL)
    {
      self->icon = gtk_image_new ();
      gtk_image_set_pixel_size (GTK_IMAGE (self->icon), 12);
      gtk_widget_insert_before (self->icon, GTK_WIDGET (self), self->label);
    }
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), icon_name);
}
