/* SPDX-License-Identifier: GPL-3.0-or-later */
/* On the home page: how far the 10 000 of 2030 are. Reads behind everything else; hidden while nobody counts. */
#pragma once

#include <gtk/gtk.h>

#include "store/kaf-store.h"
#include "ui/target/kaf-target-overview.h"

G_BEGIN_DECLS

#define KAF_TYPE_TARGET_CARD (kaf_target_card_get_type ())
G_DECLARE_FINAL_TYPE (KafTargetCard, kaf_target_card, KAF, TARGET_CARD, GtkBox)

GtkWidget *kaf_target_card_new (void);

/* @store: nullable. */
void kaf_target_card_set_store (KafTargetCard *self, KafStore *store);

/* NULL: nothing shows yet. (transfer none) */
KafTargetOverview *kaf_target_card_get_overview (KafTargetCard *self);

G_END_DECLS
