/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/app/kaf-reason-dialog.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "base/kaf-reason.h"
#include "ui/compat/kaf-dialog-header.h"

typedef struct
{
  GtkWidget *entry;
  KafReasonFunc func;
  gpointer data;
} Question;

static void
on_response (AdwMessageDialog *dialog, const char *response, Question *question)
{
  g_autofree char *reason = NULL;

  if (g_str_equal (response, "export"))
    {
      reason = g_strdup (gtk_editable_get_text (GTK_EDITABLE (question->entry)));
      question->func (KAF_REASON_GIVEN, g_strstrip (reason), question->data);
    }
  else if (g_str_equal (response, "without"))
    question->func (KAF_REASON_WITHOUT_NAMES, NULL, question->data);
  else
    question->func (KAF_REASON_CANCELLED, NULL, question->data);
}

static void
on_changed (GtkEditable *entry, AdwMessageDialog *dialog)
{
  adw_message_dialog_set_response_enabled (dialog, "export",
                                           kaf_reason_is_enough (gtk_editable_get_text (entry)));
}

static GtkWidget *
make_entry (const char *hint)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), hint);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Reason"), -1);
  return entry;
}

/* The entry, and what is asked of what is typed there. */
static GtkWidget *
make_extra (GtkWidget *entry)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), kaf_dialog_paragraph_new (_ (kaf_reason_get_rule ()), "caption"));
  return box;
}

static void
add_responses (AdwMessageDialog *dialog, const char *go, gboolean without_names)
{
  adw_message_dialog_add_response (dialog, "cancel", _ ("Cancel"));
  if (without_names)
    adw_message_dialog_add_response (dialog, "without", _ ("Without Names"));
  adw_message_dialog_add_response (dialog, "export", go);
  adw_message_dialog_set_response_appearance (dialog, "export", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_response_enabled (dialog, "export", FALSE);
  adw_message_dialog_set_default_response (dialog, "export");
  adw_message_dialog_set_close_response (dialog, "cancel");
}

static void
question_free (gpointer data, GClosure *closure)
{
  g_free (data);
}

/**
 * kaf_reason_dialog_ask:
 * @parent: the window above which it asks
 * @heading: the question, translated
 * @body: what hangs on it, translated
 * @hint: what is to be typed, translated
 * @go: what is done once a reason is given, translated: "Export…"
 * @without_names: whether the file can also be written without names
 * @func: (scope async): told the answer, once
 * @data: for @func
 */
void
kaf_reason_dialog_ask (GtkWindow *parent,
                       const char *heading,
                       const char *body,
                       const char *hint,
                       const char *go,
                       gboolean without_names,
                       KafReasonFunc func,
                       gpointer data)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, heading, body);
  Question *question = g_new (Question, 1);

  question->entry = make_entry (hint);
  question->func = func;
  question->data = data;
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), make_extra (question->entry));
  add_responses (ADW_MESSAGE_DIALOG (dialog), go, without_names);
  g_signal_connect (question->entry, "changed", G_CALLBACK (on_changed), dialog);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), question, question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}
