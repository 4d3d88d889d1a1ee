/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "store/kaf-store.h"

G_BEGIN_DECLS

/* The segments: title, what they ask for, how many they find today.
 * Actions: "segments.new" (Ctrl+N, as everywhere), "segments.refresh" (F5). Enter opens one. */
#define KAF_TYPE_SEGMENTS_PAGE (kaf_segments_page_get_type ())
G_DECLARE_FINAL_TYPE (KafSegmentsPage, kaf_segments_page, KAF, SEGMENTS_PAGE, GtkBox)

GtkWidget *kaf_segments_page_new (KafStore *store);

/* What shows is what the store holds. */
gboolean kaf_segments_page_is_settled (KafSegmentsPage *self);

/* (transfer none) */
GtkListBox *kaf_segments_page_get_list (KafSegmentsPage *self);

G_END_DECLS
