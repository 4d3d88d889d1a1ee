/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "store/kaf-store.h"

G_BEGIN_DECLS

/* One segment: what it asks for, how many it finds, the first of them, its frozen lists.
 * Actions: "segment.open" (as a list, Ctrl+L), "segment.freeze" (Ctrl+G), "segment.export" (Ctrl+Shift+E),
 * "segment.bulk" (all of them at once, Ctrl+Shift+B), "segment.edit" (Ctrl+E), "segment.delete", "segment.open-list"
 * and "segment.compare" (id of a frozen list). */
#define KAF_TYPE_SEGMENT_PAGE (kaf_segment_page_get_type ())
G_DECLARE_FINAL_TYPE (KafSegmentPage, kaf_segment_page, KAF, SEGMENT_PAGE, GtkBox)

GtkWidget *kaf_segment_page_new (KafStore *store, const char *id);

/* What shows is what the store holds. */
gboolean kaf_segment_page_is_settled (KafSegmentPage *self);

/* For tests: what it finds, -1 while unknown; how many frozen lists show. */
gint64 kaf_segment_page_get_count (KafSegmentPage *self);
guint kaf_segment_page_get_n_lists (KafSegmentPage *self);

/* Keeps who is in it today. @note: nullable. */
void kaf_segment_page_freeze (KafSegmentPage *self, const char *note);

G_END_DECLS
