/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A tinted disc with two letters: one widget, styled as an avatar, where AdwAvatar has four; a
 * list builds some twenty of them before its first frame. The colours are libadwaita's, by the
 * same rule, so that a person keeps hers from the list to her page. */
#include "config.h"

#include "ui/list/kaf-initials.h"

#define N_COLOURS 14
#define ZWNJ "\342\200\214"

/* @size: px. */
GtkWidget *
kaf_initials_new (int size)
{
  GtkWidget *initials = g_object_new (GTK_TYPE_INSCRIPTION, "css-name", "avatar", "accessible-role",
                                      GTK_ACCESSIBLE_ROLE_PRESENTATION, "xalign", 0.5f, "yalign",
                                      0.5f, "min-chars", 0, "min-lines", 1, "can-target", FALSE,
                                      "width-request", size, "height-request", size, NULL);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (initials), GTK_INSCRIPTION_OVERFLOW_CLIP);
  gtk_widget_add_css_class (initials, size <= 24 ? "small-initials" : "initials");

  return initials;
}

static char *
initials_of (const char *name)
{
  g_autofree char *normal = g_utf8_normalize (name, -1, G_NORMALIZE_DEFAULT_COMPOSE);
  g_autofree char *upper = normal != NULL ? g_utf8_strup (normal, -1) : g_strdup ("");
  g_auto (GStrv) words = g_strsplit (g_strstrip (upper), " ", -1);
  guint n = g_strv_length (words);
  GString *out = g_string_new (NULL);

  if (n > 0 && words[0][0] != '\0')
    g_string_append_unichar (out, g_utf8_get_char (words[0]));
  if (n > 1 && words[n - 1][0] != '\0')
    {
      /* Apart, or two Arabic letters would join into one word. */
      g_string_append (out, ZWNJ);
      g_string_append_unichar (out, g_utf8_get_char (words[n - 1]));
    }

  return g_string_free (out, FALSE);
}

/* @name: nullable, leaves the disc empty. */
void
kaf_initials_set_name (GtkWidget *initials, const char *name)
{
  g_autofree char *letters = initials_of (name != NULL ? name : "");
  guint before = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (initials), "colour"));
  guint colour = name != NULL && name[0] != '\0' ? g_str_hash (name) % N_COLOURS + 1 : 0;

  gtk_inscription_set_text (GTK_INSCRIPTION (initials), letters);
  if (colour == before)
    return;

  for (guint i = 0; i < 2; i++)
    {
      guint number = i == 0 ? before : colour;
      g_autofree char *class = g_strdup_printf ("color%u", number);

      if (number == 0)
        continue;
      if (i == 0)
        gtk_widget_remove_css_class (initials, class);
      else
        gtk_widget_add_css_class (initials, class);
    }
  g_object_set_data (G_OBJECT (initials), "colour", GUINT_TO_POINTER (colour));
}
