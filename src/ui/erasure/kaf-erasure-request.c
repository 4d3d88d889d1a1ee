/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/erasure/kaf-erasure-request.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "ui/app/kaf-window.h"

static void
on_response (AdwMessageDialog *dialog, const char *response, const char *number)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (dialog));

  if (!g_str_equal (response, "copy"))
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (dialog)), number);
  if (KAF_IS_WINDOW (parent))
    kaf_window_toast (KAF_WINDOW (parent), _ ("Number copied"));
}

static void
number_free (gpointer data, GClosure *closure)
{
  g_free (data);
}

GtkWidget *
kaf_erasure_request_show (GtkWindow *parent, const char *number)
{
  g_autofree char *isolated = kaf_bidi_ltr (number);
  /* Translators: %s is the number of a record. */
  g_autofree char *text = g_strdup_printf (
      _ ("Only the server erases for good, by an order of the data-protection officer, and each "
         "device follows. Send the officer the number of this record, %s, with the request that "
         "you received; the name of the person is not needed."),
      isolated);
  g_autofree char *body = kaf_bidi_line (text);
  GtkWidget *dialog = adw_message_dialog_new (parent, _ ("Ask the Data-Protection Officer"), body);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("Close"));
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "copy", _ ("Copy the Number"));
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "copy",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "copy");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "close");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), g_strdup (number),
                         number_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  return dialog;
}
