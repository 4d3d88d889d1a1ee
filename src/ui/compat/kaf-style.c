/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/compat/kaf-style.h"

#include <adwaita.h>

#define THEME "GTK_THEME"
#define EMPTY_THEME "Adwaita-empty"

#define DIM 0.55f
#define DIM_IN_HIGH_CONTRAST 0.9f

void
kaf_style_skip_theme (void)
{
  g_setenv (THEME, EMPTY_THEME, FALSE);
}

void
kaf_style_end_skipping (void)
{
  if (g_strcmp0 (g_getenv (THEME), EMPTY_THEME) != 0)
    return;
  gtk_settings_get_default ();
  /* While it stands libadwaita has no style. The last of the environment: no other moves. */
  g_unsetenv (THEME);
}

void
kaf_style_add (const char *resource)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, resource);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

static void
on_contrast (AdwStyleManager *manager, GParamSpec *spec, gpointer provider)
{
  GdkDisplay *display = gdk_display_get_default ();

  if (adw_style_manager_get_high_contrast (manager))
    gtk_style_context_add_provider_for_display (display, provider,
                                                GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);
  else
    gtk_style_context_remove_provider_for_display (display, provider);
}

static void
provider_free (gpointer data, GClosure *closure)
{
  g_object_unref (data);
}

void
kaf_style_add_for_high_contrast (const char *resource)
{
  GtkCssProvider *provider = gtk_css_provider_new ();
  AdwStyleManager *manager = adw_style_manager_get_default ();

  gtk_css_provider_load_from_resource (provider, resource);
  g_signal_connect_data (manager, "notify::high-contrast", G_CALLBACK (on_contrast), provider,
                         provider_free, 0);
  if (adw_style_manager_get_high_contrast (manager))
    on_contrast (manager, NULL, provider);
}

GdkRGBA
kaf_style_get_color (GtkWidget *widget)
{
  GdkRGBA color;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  return color;
}

GdkRGBA
kaf_style_look_up_color (GtkWidget *widget, const char *name)
{
  GdkRGBA color;

  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), name, &color))
    color = kaf_style_get_color (widget);
  return color;
}

float
kaf_style_get_dim (void)
{
  return adw_style_manager_get_high_contrast (adw_style_manager_get_default ())
             ? DIM_IN_HIGH_CONTRAST
             : DIM;
}
