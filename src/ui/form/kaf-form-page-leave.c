/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Leaving a form: what was typed is on the disk by then, or it was said that it may be lost. */
#include "config.h"

#include "ui/form/kaf-form-page-private.h"

#include <glib/gi18n-lib.h>

#include "ui/compat/kaf-error-text.h"

static void
on_response (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  g_autoptr (GTask) task = data;

  g_task_return_boolean (task, g_str_equal (response, "leave"));
}

/* Takes @task over. */
static void
ask (GTask *task, GtkWindow *parent, const GError *error)
{
  AdwMessageDialog *dialog =
      ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, _ ("The Draft Could Not Be Kept"), NULL));
  g_autofree char *why = kaf_form_page_explain_unkept (error);

  adw_message_dialog_format_body (dialog, "%s\n%s", why,
                                  _ ("If you leave the form now, what you typed is lost."));
  adw_message_dialog_add_responses (dialog, "stay", _ ("Keep Editing"), "leave",
                                    _ ("Leave Without Keeping"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "leave", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "stay");
  adw_message_dialog_set_close_response (dialog, "stay");
  g_signal_connect (dialog, "response", G_CALLBACK (on_response), task);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_flushed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  KafFormPage *self = g_task_get_source_object (task);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  /* Without a window the page has gone another way meanwhile. */
  if (kaf_draft_keeper_flush_finish (KAF_DRAFT_KEEPER (source), result, &error) || root == NULL)
    g_task_return_boolean (task, TRUE);
  else
    ask (g_steal_pointer (&task), GTK_WINDOW (root), error);
}

static void
keep_draft (KafFormPage *self, GTask *task)
{
  if (kaf_form_page_is_unkept (self))
    adw_window_title_set_subtitle (ADW_WINDOW_TITLE (self->title), _ ("Keeping the draft…"));
  kaf_draft_keeper_flush_async (self->keeper, on_flushed, task);
}

void
kaf_form_page_leave_async (KafFormPage *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (KAF_IS_FORM_PAGE (self));

  if (self->saving && self->leave == NULL)
    {
      self->leave = g_task_new (self, NULL, callback, user_data);
      return;
    }
  keep_draft (self, g_task_new (self, NULL, callback, user_data));
}

void
kaf_form_page_answer_leave (KafFormPage *self, gboolean saved)
{
  GTask *task = g_steal_pointer (&self->leave);

  if (task == NULL)
    return;
  if (!saved)
    {
      keep_draft (self, task);
      return;
    }
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

gboolean
kaf_form_page_leave_finish (KafFormPage *self, GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), NULL);
}

static void
go (KafFormPage *self)
{
  if (kaf_form_page_is_touched (self) && !kaf_form_page_is_unkept (self))
    kaf_form_page_tell_of_draft (self);
  g_signal_emit_by_name (self, "cancelled");
}

static void
on_may_leave (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafFormPage) self = KAF_FORM_PAGE (g_object_ref (source));

  self->leaving = FALSE;
  if (kaf_form_page_leave_finish (self, result))
    go (self);
}

void
kaf_form_page_cancel (KafFormPage *self)
{
  g_autoptr (KafFormPage) kept = g_object_ref (self);

  if (self->saving || self->leaving)
    return;
  if (!kaf_form_page_is_unkept (self))
    {
      go (self);
      return;
    }
  self->leaving = TRUE;
  kaf_form_page_leave_async (self, on_may_leave, NULL);
}
