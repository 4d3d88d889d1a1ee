/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ui/list/kaf-filter.h"

G_BEGIN_DECLS

/* Chooses what to narrow a list by, then the values.
 * Signal "condition" (const char *path, int op, GStrv values): as kaf_query_set_condition(). */
#define KAF_TYPE_FILTER_POPOVER (kaf_filter_popover_get_type ())
G_DECLARE_FINAL_TYPE (KafFilterPopover, kaf_filter_popover, KAF, FILTER_POPOVER, GtkPopover)

GtkWidget *kaf_filter_popover_new (KafStore *store, GPtrArray *filters, KafLang lang);

/* Shows the fields, or the values of @filter. The present conditions are those of @query. */
void kaf_filter_popover_show_fields (KafFilterPopover *self, const KafQuery *query);
void
kaf_filter_popover_show_filter (KafFilterPopover *self, KafFilter *filter, const KafQuery *query);

G_END_DECLS
