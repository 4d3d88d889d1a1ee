/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The budget of a mission by payer: a bar in shades of the accent, what nobody pays in red, with a legend beneath. */
#pragma once

#include <gtk/gtk.h>

#include "ui/mission/kaf-mission-data.h"

G_BEGIN_DECLS

#define KAF_TYPE_PAYER_BAR (kaf_payer_bar_get_type ())
G_DECLARE_FINAL_TYPE (KafPayerBar, kaf_payer_bar, KAF, PAYER_BAR, GtkBox)

GtkWidget *kaf_payer_bar_new (void);
void kaf_payer_bar_set (KafPayerBar *self, const KafMissionData *data);

/* "112 400,00 MAD of 120 000,00 MAD"; NULL without lines. (transfer full) */
char *kaf_payer_bar_total (const KafMissionData *data);

G_END_DECLS
