/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When an act holds, on the scale of all rows: a bar from its effect to its end, paler where it was renewed or
 * amended, fading where no end is known; a diamond where an amendment begins; today as a line. */
#pragma once

#include "ui/convention/kaf-convention-item.h"
#include "ui/convention/kaf-time-scale.h"

G_BEGIN_DECLS

#define KAF_TYPE_VALIDITY_BAR (kaf_validity_bar_get_type ())
G_DECLARE_FINAL_TYPE (KafValidityBar, kaf_validity_bar, KAF, VALIDITY_BAR, GtkWidget)

GtkWidget *kaf_validity_bar_new (KafTimeScale *scale);

/* @item: nullable. */
void kaf_validity_bar_set_item (KafValidityBar *self, KafConventionItem *item);

G_END_DECLS
