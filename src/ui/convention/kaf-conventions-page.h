/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The conventions as a tree whose rows draw when each holds, and what is chosen there beneath it.
 *
 * Actions: "convention.open" (ss), "convention.open-chosen", "convention.add-child", "convention.add-commitment",
 * "convention.fulfil" (s), "convention.fulfil-one", "convention.fold", "convention.unfold", "convention.list", "convention.fold-all", "convention.unfold-all", "convention.zoom-in",
 * "convention.zoom-out", "convention.search", and the property action "convention.shown" (s). */
#pragma once

#include <gtk/gtk.h>

#include "store/kaf-store.h"

G_BEGIN_DECLS

#define KAF_TYPE_CONVENTIONS_PAGE (kaf_conventions_page_get_type ())
G_DECLARE_FINAL_TYPE (KafConventionsPage, kaf_conventions_page, KAF, CONVENTIONS_PAGE, GtkBox)

GtkWidget *kaf_conventions_page_new (KafStore *store);

/* Nothing is being read: what shows is what there is. */
gboolean kaf_conventions_page_is_settled (KafConventionsPage *self);

void kaf_conventions_page_focus_search (KafConventionsPage *self);
void kaf_conventions_page_focus_rows (KafConventionsPage *self);

/* For tests: rows in sight of the tree, the title of one, and the id of the chosen act (nullable). */
guint kaf_conventions_page_get_n_rows (KafConventionsPage *self);
const char *kaf_conventions_page_get_title (KafConventionsPage *self, guint row);
const char *kaf_conventions_page_get_chosen (KafConventionsPage *self);
void kaf_conventions_page_choose (KafConventionsPage *self, guint row);

G_END_DECLS
