/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Long work on the store with a bar that advances and a button that stops it. The window shows only
 * when the work takes longer than a moment. */
#pragma once

#include <adwaita.h>

#include "store/kaf-store.h"

G_BEGIN_DECLS

#define KAF_TYPE_PROGRESS_WINDOW (kaf_progress_window_get_type ())
G_DECLARE_FINAL_TYPE (KafProgressWindow, kaf_progress_window, KAF, PROGRESS_WINDOW, AdwWindow)

/* As KafStoreJob, with something to call as the work advances. */
typedef gpointer (*KafProgressJob) (KafDatabase *db,
                                    KafProgressFunc progress,
                                    gpointer progress_data,
                                    gpointer data,
                                    GCancellable *cancellable,
                                    GError **error);

/* The callback's source is NULL. Announcing what was written is the caller's. */
void kaf_progress_window_run (GtkWindow *parent,
                              KafStore *store,
                              const char *title,
                              KafLane lane,
                              KafProgressJob job,
                              gpointer data,
                              GDestroyNotify data_free,
                              GDestroyNotify result_free,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gpointer kaf_progress_window_finish (GAsyncResult *result, GError **error);

G_END_DECLS
