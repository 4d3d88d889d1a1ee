/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Projects of project holders by stage and by region, as bars; each figure opens its list.
 *
 * Actions: funnel.stage (u: a KafStage), funnel.region (s: a code, "" where nobody said; b: the holders). */
#pragma once

#include <gtk/gtk.h>

#include "store/kaf-store.h"

G_BEGIN_DECLS

#define KAF_TYPE_FUNNEL_PAGE (kaf_funnel_page_get_type ())
G_DECLARE_FINAL_TYPE (KafFunnelPage, kaf_funnel_page, KAF, FUNNEL_PAGE, GtkBox)

GtkWidget *kaf_funnel_page_new (KafStore *store);

/* Nothing is being read or looked up. */
gboolean kaf_funnel_page_is_settled (KafFunnelPage *self);

G_END_DECLS
