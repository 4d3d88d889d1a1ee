/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What waits, what was done last, and where the experts are; or, in an empty store, how to begin. */
#pragma once

#include <gtk/gtk.h>

#include "store/kaf-store.h"

G_BEGIN_DECLS

#define KAF_TYPE_HOME_PAGE (kaf_home_page_get_type ())
G_DECLARE_FINAL_TYPE (KafHomePage, kaf_home_page, KAF, HOME_PAGE, GtkBox)

/* @store: NULL while it is being opened: the page then shows its frame alone. */
GtkWidget *kaf_home_page_new (KafStore *store);
void kaf_home_page_set_store (KafHomePage *self, KafStore *store);

/* Nothing is being read: what shows is what the store holds. */
gboolean kaf_home_page_is_settled (KafHomePage *self);

/* What the store holds shows, though some of it may be counted anew. Signal "filled": from now on. */
gboolean kaf_home_page_is_filled (KafHomePage *self);

/* The store is empty, and the page says how to begin. */
gboolean kaf_home_page_is_empty (KafHomePage *self);

G_END_DECLS
