/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The count of 2030 as a page: at any day, with its plot, breakdowns and definitions; and the closing of months.
 *
 * Actions: target.at (s: a day as ISO text, "" today), target.open (axis, stage, code), target.close (asks first),
 * target.close-now. */
#pragma once

#include <gtk/gtk.h>

#include "store/kaf-store.h"
#include "ui/target/kaf-target-overview.h"

G_BEGIN_DECLS

#define KAF_TYPE_TARGET_PAGE (kaf_target_page_get_type ())
G_DECLARE_FINAL_TYPE (KafTargetPage, kaf_target_page, KAF, TARGET_PAGE, GtkBox)

GtkWidget *kaf_target_page_new (KafStore *store);

/* Nothing is being read, written or looked up. */
gboolean kaf_target_page_is_settled (KafTargetPage *self);

KafTargetOverview *kaf_target_page_get_overview (KafTargetPage *self);

/* What shows; NULL before the first reading. (transfer none) */
const KafTargetCount *kaf_target_page_get_count (KafTargetPage *self);

G_END_DECLS
