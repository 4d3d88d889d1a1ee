/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window "About Kafaat". */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "ui/app/kaf-about.h"

void
kaf_about_show (GtkWindow *parent)
{
  g_autofree char *platform =
      g_strdup_printf ("Kafaat %s\nGTK %u.%u.%u\nlibadwaita %u.%u.%u\nGLib %u.%u.%u\n", KAF_VERSION,
                       gtk_get_major_version (), gtk_get_minor_version (), gtk_get_micro_version (),
                       adw_get_major_version (), adw_get_minor_version (), adw_get_micro_version (),
                       glib_major_version, glib_minor_version, glib_micro_version);

  adw_show_about_window (
      parent, "application-name", "Kafaat", "application-icon", KAF_APPLICATION_ID, "version",
      KAF_VERSION, "comments",
      _ ("The reference of Moroccan experts abroad, of the organisations that they work with and of "
         "the networks that they belong to."),
      "license-type", GTK_LICENSE_GPL_3_0, "debug-info", platform, "debug-info-filename",
      "kafaat.txt",
      /* Translators: your name, a line each. */
      "translator-credits", _ ("translator-credits"), NULL);
}
