/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a widget writes, told by the window that it stands in: what was done, with a button that undoes it, or the
 * sentence of what went wrong. */
#pragma once

#include <gtk/gtk.h>

#include "store/kaf-store.h"

G_BEGIN_DECLS

/* Told on the main context once it is over, whether the window is still there or not. @receipt: NULL where nothing was
 * written. */
typedef void (*KafCommitEnded) (GtkWidget *from, KafReceipt *receipt, gpointer data);

/* Commits @set for @from, which stays alive meanwhile. @done (nullable), @failed: translated: "Record deleted", "The
 * record was not deleted". @ended: nullable. */
void kaf_window_commit (GtkWidget *from,
                        KafStore *store,
                        KafChangeSet *set,
                        const char *done,
                        const char *failed,
                        KafCommitEnded ended,
                        gpointer data);

/* The same of a set that @make, a KafStoreJob of @make_data, makes of what stands in the store. */
void kaf_window_commit_made (GtkWidget *from,
                             KafStore *store,
                             KafStoreJob make,
                             gpointer make_data,
                             GDestroyNotify make_data_free,
                             const char *done,
                             const char *failed,
                             KafCommitEnded ended,
                             gpointer data);

/* Says that @receipt was written, with a button that undoes it; says nothing where nothing was. */
void kaf_window_tell_done (GtkWidget *from, const char *done, KafReceipt *receipt);

/* Says what went wrong, in the window of @from, or in another where @from was left meanwhile; NULL was told already. */
void kaf_window_tell_failed (GtkWidget *from, const char *failed, const GError *error);

/* The same of what was not written for no error. @text: sentences that say why. */
void kaf_window_tell_undone (GtkWidget *from, const char *failed, const char *text);

G_END_DECLS
