/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The theme keeps the icons that were asked for last: each is found and read once. */
#include "config.h"

#include "ui/compat/kaf-drawn-icon.h"

#include "ui/compat/kaf-style.h"

static GtkIconPaintable *
look_up (GtkWidget *widget, const char *name, int size)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (widget));

  return gtk_icon_theme_lookup_icon (theme, name, NULL, size, gtk_widget_get_scale_factor (widget),
                                     gtk_widget_get_direction (widget), GTK_ICON_LOOKUP_PRELOAD);
}

void
kaf_drawn_icon_read (GtkWidget *widget, const char *name, int size)
{
  g_object_unref (look_up (widget, name, size));
}

void
kaf_drawn_icon_draw (GtkWidget *widget,
                     GtkSnapshot *snapshot,
                     const char *name,
                     int size,
                     double opacity,
                     const GdkRectangle *place)
{
  g_autoptr (GtkIconPaintable) icon = look_up (widget, name, size);
  GdkRGBA color = kaf_style_get_color (widget);

  color.alpha *= (float) opacity;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT ((float) (place->x + (place->width - size) / 2),
                                                (float) (place->y + (place->height - size) / 2)));
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon), snapshot, size, size,
                                            &color, 1);
  gtk_snapshot_restore (snapshot);
}
