/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pango asks fontconfig on threads of its own, but begins only when a text is first measured and then
 * waits; a start has some ten fonts, one after the other. Asked for together, while widgets are still
 * being made, they are there when they are measured. The index of the icon theme is likewise read by
 * whoever looks for the first icon; GTK allows that on any thread (see gtkicontheme.c, "Threading"). */
#include "config.h"

#include "ui/app/kaf-warm-up.h"

/* The style classes of the labels of the first page; "" is a label without any. */
static const char *const styles[] = { "", "heading", "caption", "caption-heading", "title-2" };

static gpointer
read_icon_theme (gpointer data)
{
  g_autoptr (GtkIconTheme) theme = data;

  gtk_icon_theme_has_icon (theme, "go-home-symbolic");
  return NULL;
}

static void
ask_for_font (PangoContext *context, const PangoFontDescription *font)
{
  g_object_unref (pango_context_load_fontset (context, font, pango_context_get_language (context)));
}

static void
ask_for_fonts (GtkWidget *label)
{
  for (gsize i = 0; i < G_N_ELEMENTS (styles); i++)
    {
      PangoContext *context;

      gtk_widget_set_css_classes (label, (const char *[]){ styles[i], NULL });
      context = gtk_widget_create_pango_context (label);
      ask_for_font (context, pango_context_get_font_description (context));
      /* Buttons and the titles of windows. */
      if (i == 0)
        {
          g_autoptr (PangoFontDescription) bold =
              pango_font_description_copy (pango_context_get_font_description (context));

          pango_font_description_set_weight (bold, PANGO_WEIGHT_BOLD);
          ask_for_font (context, bold);
        }
      g_object_unref (context);
    }
}

void
kaf_warm_up (GtkWindow *window)
{
  GtkIconTheme *theme =
      gtk_icon_theme_get_for_display (gtk_widget_get_display (GTK_WIDGET (window)));
  GtkWidget *label = gtk_label_new (NULL);

  g_thread_unref (g_thread_new ("icon-theme", read_icon_theme, g_object_ref (theme)));
  gtk_widget_set_parent (label, GTK_WIDGET (window));
  ask_for_fonts (label);
  gtk_widget_unparent (label);
}
