/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "store/kaf-store.h"

G_BEGIN_DECLS

/* Commits @set for @view. Where its window is Kafaat's, @done is said with a button that undoes it, or @failed with
 * what to do about it. @busy: the number of commits under way, counted up and down; the view stays alive meanwhile. */
void kaf_mission_commit (GtkWidget *view,
                         KafStore *store,
                         KafChangeSet *set,
                         const char *done,
                         const char *failed,
                         guint *busy);

/* Says that @receipt was written, with a button that undoes it. */
void kaf_mission_tell_done (GtkWidget *view, const char *done, KafReceipt *receipt);

G_END_DECLS
