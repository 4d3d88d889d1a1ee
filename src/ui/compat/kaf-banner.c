/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The banner that libadwaita 1.2 does not have yet: a revealer around one line and its buttons. */
#include "config.h"

#include "ui/compat/kaf-banner.h"

struct _KafBanner
{
  GtkWidget parent_instance;

  GtkWidget *revealer;
  GtkWidget *box;
  GtkWidget *label;
  GtkWidget *buttons;
  char *style;
};

enum
{
  PROP_TITLE = 1,
  PROP_STYLE,
  PROP_REVEALED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (KafBanner, kaf_banner, GTK_TYPE_WIDGET)

static void
kaf_banner_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  KafBanner *self = KAF_BANNER (object);

  switch (id)
    {
    case PROP_TITLE:
      kaf_banner_set_title (self, g_value_get_string (value));
      break;
    case PROP_STYLE:
      kaf_banner_set_style (self, g_value_get_string (value));
      break;
    case PROP_REVEALED:
      kaf_banner_set_revealed (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kaf_banner_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  KafBanner *self = KAF_BANNER (object);

  switch (id)
    {
    case PROP_TITLE:
      g_value_set_string (value, kaf_banner_get_title (self));
      break;
    case PROP_STYLE:
      g_value_set_string (value, self->style);
      break;
    case PROP_REVEALED:
      g_value_set_boolean (value, kaf_banner_get_revealed (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kaf_banner_dispose (GObject *object)
{
  KafBanner *self = KAF_BANNER (object);

  g_clear_pointer (&self->revealer, gtk_widget_unparent);
  G_OBJECT_CLASS (kaf_banner_parent_class)->dispose (object);
}

static void
kaf_banner_finalize (GObject *object)
{
  KafBanner *self = KAF_BANNER (object);

  g_free (self->style);
  G_OBJECT_CLASS (kaf_banner_parent_class)->finalize (object);
}

static void
kaf_banner_class_init (KafBannerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = kaf_banner_dispose;
  object_class->finalize = kaf_banner_finalize;
  object_class->get_property = kaf_banner_get_property;
  object_class->set_property = kaf_banner_set_property;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_STYLE] = g_param_spec_string ("style", NULL, NULL, NULL, flags);
  properties[PROP_REVEALED] = g_param_spec_boolean ("revealed", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "kafbanner");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
}

static void
kaf_banner_init (KafBanner *self)
{
  self->label = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_widget_set_hexpand (self->label, TRUE);
  gtk_widget_add_css_class (self->label, "heading");

  self->buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_set_valign (self->buttons, GTK_ALIGN_CENTER);

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_widget_add_css_class (self->box, "kaf-banner");
  gtk_box_append (GTK_BOX (self->box), self->label);
  gtk_box_append (GTK_BOX (self->box), self->buttons);

  self->revealer = gtk_revealer_new ();
  gtk_revealer_set_child (GTK_REVEALER (self->revealer), self->box);
  gtk_widget_set_parent (self->revealer, GTK_WIDGET (self));
  /* A hidden banner must leave the tab order and the accessibility tree. */
  gtk_widget_set_visible (self->box, FALSE);
}

GtkWidget *
kaf_banner_new (void)
{
  return g_object_new (KAF_TYPE_BANNER, NULL);
}

void
kaf_banner_set_title (KafBanner *self, const char *title)
{
  g_return_if_fail (KAF_IS_BANNER (self));

  if (g_strcmp0 (title, gtk_label_get_label (GTK_LABEL (self->label))) == 0)
    return;
  gtk_label_set_label (GTK_LABEL (self->label), title != NULL ? title : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title != NULL ? title : "", -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

const char *
kaf_banner_get_title (KafBanner *self)
{
  g_return_val_if_fail (KAF_IS_BANNER (self), NULL);
  return gtk_label_get_label (GTK_LABEL (self->label));
}

void
kaf_banner_set_style (KafBanner *self, const char *style)
{
  g_return_if_fail (KAF_IS_BANNER (self));

  if (g_strcmp0 (style, self->style) == 0)
    return;
  if (self->style != NULL)
    gtk_widget_remove_css_class (self->box, self->style);
  g_free (self->style);
  self->style = g_strdup (style);
  if (style != NULL)
    gtk_widget_add_css_class (self->box, style);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STYLE]);
}

void
kaf_banner_set_revealed (KafBanner *self, gboolean revealed)
{
  g_return_if_fail (KAF_IS_BANNER (self));

  revealed = !!revealed;
  if (revealed == kaf_banner_get_revealed (self))
    return;
  gtk_widget_set_visible (self->box, revealed);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), revealed);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REVEALED]);
}

gboolean
kaf_banner_get_revealed (KafBanner *self)
{
  g_return_val_if_fail (KAF_IS_BANNER (self), FALSE);
  return gtk_revealer_get_reveal_child (GTK_REVEALER (self->revealer));
}

void
kaf_banner_add_button (KafBanner *self, const char *label, const char *action)
{
  GtkWidget *button;

  g_return_if_fail (KAF_IS_BANNER (self));

  button = gtk_button_new_with_label (label);
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), action);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  gtk_box_prepend (GTK_BOX (self->buttons), button);
}

void
kaf_banner_remove_buttons (KafBanner *self)
{
  GtkWidget *child;

  g_return_if_fail (KAF_IS_BANNER (self));

  while ((child = gtk_widget_get_first_child (self->buttons)) != NULL)
    gtk_box_remove (GTK_BOX (self->buttons), child);
}
