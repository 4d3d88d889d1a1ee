/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asking for a file, as a task. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What is shown at first, "*.pem;*.crt" under one name, and, where there are several, all files. */
void kaf_file_chooser_add_patterns (GtkFileChooser *dialog, const char *patterns, const char *name);

/* @pattern: nullable, "*.csv" or several as above, with @pattern_name its name. @accept: label of the button, NULL for the
 * usual one. */
void kaf_file_chooser_open_async (GtkWindow *parent,
                                  const char *title,
                                  const char *accept,
                                  const char *pattern,
                                  const char *pattern_name,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);

/* @name: proposed name of the file. */
void kaf_file_chooser_save_async (GtkWindow *parent,
                                  const char *title,
                                  const char *accept,
                                  const char *name,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);

/* What a file may be saved as. */
typedef struct
{
  const char *ending; /* ".xlsx"; NULL ends an array */
  const char *label;  /* translated */
} KafFileFormat;

/* The same with formats to choose from; the first is that of @name, and the ending of the name says which was taken. */
void kaf_file_chooser_save_as_async (GtkWindow *parent,
                                     const char *title,
                                     const char *accept,
                                     const char *name,
                                     const KafFileFormat *formats,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);

/* NULL with G_IO_ERROR_CANCELLED when the person chose none. */
GFile *kaf_file_chooser_finish (GAsyncResult *result, GError **error);

G_END_DECLS
