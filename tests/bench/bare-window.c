/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The floor of every start: an empty AdwApplicationWindow. Tells, as kafaat does with KAF_TRACE,
 * when its first frame was painted. */
#include "config.h"

#include <adwaita.h>

static void
after_paint_cb (GdkFrameClock *clock, gpointer window)
{
  g_signal_handlers_disconnect_by_func (clock, after_paint_cb, window);
  g_printerr ("kaf-trace: first-frame %" G_GINT64_FORMAT "\n", g_get_monotonic_time ());
}

static void
realize_cb (GtkWidget *window)
{
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (after_paint_cb),
                    window);
}

static void
activate_cb (GtkApplication *application)
{
  GtkWidget *window = adw_application_window_new (application);

  gtk_window_set_default_size (GTK_WINDOW (window), 1366, 768);
  g_signal_connect (window, "realize", G_CALLBACK (realize_cb), NULL);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  g_autoptr (AdwApplication) application =
      adw_application_new ("org.kafaat.Bare", G_APPLICATION_NON_UNIQUE);

  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), NULL);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
