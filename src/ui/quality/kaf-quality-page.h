/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The quality of the data: how fresh, complete and verified what is known of experts is, by network and by source; each
 * figure opens the list that it counts, and whom to ask is listed from it.
 *
 * Actions: "quality.open" and "quality.ask" (sss: an axis, "" for all experts; its code, "" for those who have none; a
 * measure, "" for all of the row), "quality.known" (s: a lack: those who have it), "quality.retry". */
#pragma once

#include <gtk/gtk.h>

#include "store/kaf-quality-figures.h"
#include "store/kaf-store.h"

G_BEGIN_DECLS

#define KAF_QUALITY_OPEN "quality.open"
#define KAF_QUALITY_ASK "quality.ask"

#define KAF_TYPE_QUALITY_PAGE (kaf_quality_page_get_type ())
G_DECLARE_FINAL_TYPE (KafQualityPage, kaf_quality_page, KAF, QUALITY_PAGE, GtkBox)

GtkWidget *kaf_quality_page_new (KafStore *store);

/* Nothing is being read. */
gboolean kaf_quality_page_is_settled (KafQualityPage *self);

/* What shows; NULL until it was read. */
const KafQuality *kaf_quality_page_get_figures (KafQualityPage *self);

G_END_DECLS
