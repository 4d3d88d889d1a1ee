/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GtkFileChooserNative as a task: GTK 4.8 has no GtkFileDialog. */
#include "config.h"

#include "ui/compat/kaf-file-chooser.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
on_cancelled (GCancellable *cancellable, GtkNativeDialog *dialog)
{
  gtk_native_dialog_hide (dialog);
}

static void
on_response (GtkNativeDialog *dialog, int response, GTask *task)
{
  g_autoptr (GFile) file = NULL;

  /* The task holds the last reference of both; the dialog must live until it returns. */
  g_object_ref (dialog);
  gtk_native_dialog_hide (dialog);
  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (file != NULL)
    g_task_return_pointer (task, g_steal_pointer (&file), g_object_unref);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "No file was chosen");
  g_object_unref (task);
  g_object_unref (dialog);
}

static void
show (GtkFileChooserNative *dialog,
      GCancellable *cancellable,
      GAsyncReadyCallback callback,
      gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, show);
  g_task_set_task_data (task, dialog, g_object_unref);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (on_response), task);
  if (cancellable != NULL)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (on_cancelled), dialog, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
add_filter (GtkFileChooser *dialog, const char *patterns, const char *name)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  g_auto (GStrv) each = g_strsplit (patterns, ";", -1);

  gtk_file_filter_set_name (filter, name);
  for (guint i = 0; each[i] != NULL; i++)
    gtk_file_filter_add_pattern (filter, each[i]);
  gtk_file_chooser_add_filter (dialog, filter);
}

void
kaf_file_chooser_add_patterns (GtkFileChooser *dialog, const char *patterns, const char *name)
{
  add_filter (dialog, patterns, name);
  /* A file may be called anything: what is wrong with it is said once it was read. */
  if (strchr (patterns, ';') != NULL)
    add_filter (dialog, "*", _ ("All Files"));
}

void
kaf_file_chooser_open_async (GtkWindow *parent,
                             const char *title,
                             const char *accept,
                             const char *pattern,
                             const char *pattern_name,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GtkFileChooserNative *dialog =
      gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_OPEN, accept, NULL);

  if (pattern != NULL)
    kaf_file_chooser_add_patterns (GTK_FILE_CHOOSER (dialog), pattern, pattern_name);
  show (dialog, cancellable, callback, user_data);
}

void
kaf_file_chooser_save_async (GtkWindow *parent,
                             const char *title,
                             const char *accept,
                             const char *name,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GtkFileChooserNative *dialog =
      gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_SAVE, accept, NULL);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  show (dialog, cancellable, callback, user_data);
}

static void
add_format (GtkFileChooser *dialog, const KafFileFormat *format)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  g_autofree char *pattern = g_strconcat ("*", format->ending, NULL);

  gtk_file_filter_set_name (filter, format->label);
  gtk_file_filter_add_pattern (filter, pattern);
  g_object_set_data_full (G_OBJECT (filter), "ending", g_strdup (format->ending), g_free);
  gtk_file_chooser_add_filter (dialog, filter);
}

/* Another format was chosen: the name ends accordingly, so that the dialog asks about the file that will be written. */
static void
on_filter (GtkFileChooser *dialog)
{
  GtkFileFilter *filter = gtk_file_chooser_get_filter (dialog);
  const char *ending = filter != NULL ? g_object_get_data (G_OBJECT (filter), "ending") : NULL;
  g_autofree char *name = gtk_file_chooser_get_current_name (dialog);
  char *dot = name != NULL ? strrchr (name, '.') : NULL;
  g_autofree char *changed = NULL;

  if (ending == NULL || dot == NULL || g_str_equal (dot, ending))
    return;
  *dot = '\0';
  changed = g_strconcat (name, ending, NULL);
  gtk_file_chooser_set_current_name (dialog, changed);
}

void
kaf_file_chooser_save_as_async (GtkWindow *parent,
                                const char *title,
                                const char *accept,
                                const char *name,
                                const KafFileFormat *formats,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  GtkFileChooserNative *dialog =
      gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_SAVE, accept, NULL);

  for (; formats->ending != NULL; formats++)
    add_format (GTK_FILE_CHOOSER (dialog), formats);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  g_signal_connect (dialog, "notify::filter", G_CALLBACK (on_filter), NULL);
  show (dialog, cancellable, callback, user_data);
}

GFile *
kaf_file_chooser_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
