/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "store/kaf-store.h"

G_BEGIN_DECLS

/* A button with the searches kept for a list: choose, save, rename, delete.
 * Signal "chosen" (KafQuery *): a pointer that lasts as long as the call. */
#define KAF_TYPE_SAVED_FILTERS (kaf_saved_filters_get_type ())
G_DECLARE_FINAL_TYPE (KafSavedFilters, kaf_saved_filters, KAF, SAVED_FILTERS, GtkWidget)

GtkWidget *kaf_saved_filters_new (KafStore *store, const KafEntity *entity);

/* What "save" keeps. */
void kaf_saved_filters_set_query (KafSavedFilters *self, const KafQuery *query);
void kaf_saved_filters_set_compact (KafSavedFilters *self, gboolean compact);

/* Asks for a name, then keeps the query. */
void kaf_saved_filters_save_as (KafSavedFilters *self);
void kaf_saved_filters_save (KafSavedFilters *self, const char *name, gboolean shared);

/* For tests. */
guint kaf_saved_filters_get_n (KafSavedFilters *self);

G_END_DECLS
