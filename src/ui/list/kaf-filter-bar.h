/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ui/list/kaf-filter.h"

G_BEGIN_DECLS

/* The filters in force as chips, and a button for one more.
 * Signals: "condition" as KafFilterPopover; "removed" (const char *path), "" for
 * all that is no chip. */
#define KAF_TYPE_FILTER_BAR (kaf_filter_bar_get_type ())
G_DECLARE_FINAL_TYPE (KafFilterBar, kaf_filter_bar, KAF, FILTER_BAR, GtkWidget)

GtkWidget *kaf_filter_bar_new (KafStore *store, const KafEntity *entity, KafLang lang);

void kaf_filter_bar_set_query (KafFilterBar *self, const KafQuery *query);
guint kaf_filter_bar_get_n_chips (KafFilterBar *self);
char *kaf_filter_bar_describe (KafFilterBar *self);
void kaf_filter_bar_open (KafFilterBar *self);

G_END_DECLS
