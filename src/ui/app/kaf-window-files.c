/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that were written: the toast that tells of one opens it. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/app/kaf-window-private.h"

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafWindow) self = data;
  g_autoptr (GError) error = NULL;

  if (!gtk_show_uri_full_finish (GTK_WINDOW (source), result, &error) && self->navigation != NULL)
    kaf_window_report_error (self, _ ("The file was not opened"), error);
}

void
kaf_window_open_file (KafWindow *self, const char *uri)
{
  gtk_show_uri_full (GTK_WINDOW (self), uri, GDK_CURRENT_TIME, NULL, on_opened,
                     g_object_ref (self));
}

void
kaf_window_toast_file (KafWindow *self, const char *text, GFile *file)
{
  g_autofree char *uri = NULL;

  g_return_if_fail (KAF_IS_WINDOW (self));
  g_return_if_fail (G_IS_FILE (file));

  uri = g_file_get_uri (file);
  kaf_window_toast_button (self, text, C_ ("action", "Open"), "win.open-file",
                           g_variant_new_string (uri));
}
