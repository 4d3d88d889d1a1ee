/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who changed what and when, before and after. On the page the last changes; in a window of its own,
 * KafHistoryWindow, all of them.
 *
 * Uses the actions "record.undo" (s: batch) and "record.history". */
#pragma once

#include <gtk/gtk.h>

#include "store/kaf-store.h"

G_BEGIN_DECLS

#define KAF_TYPE_HISTORY_LIST (kaf_history_list_get_type ())
G_DECLARE_FINAL_TYPE (KafHistoryList, kaf_history_list, KAF, HISTORY_LIST, GtkBox)

GtkWidget *kaf_history_list_new (void);

/* @items: (element-type KafHistoryItem), the newest first. @store: what may be undone is what its user may write. */
void kaf_history_list_set_items (KafHistoryList *self,
                                 const GPtrArray *items,
                                 KafStore *store,
                                 KafLang lang);

/* A row for one change; @before: the item above it, so that a batch is undone by one button. */
GtkWidget *kaf_history_row_new (const KafHistoryItem *item,
                                const KafHistoryItem *before,
                                KafStore *store,
                                KafLang lang);

G_END_DECLS
