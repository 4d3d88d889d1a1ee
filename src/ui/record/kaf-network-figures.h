/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Of a network: its members by country and by domain, as small bars that open their lists. Read
 * behind the page, since counting takes as long as the network is big. */
#pragma once

#include <gtk/gtk.h>

#include "store/kaf-store.h"

G_BEGIN_DECLS

#define KAF_TYPE_NETWORK_FIGURES (kaf_network_figures_get_type ())
G_DECLARE_FINAL_TYPE (KafNetworkFigures, kaf_network_figures, KAF, NETWORK_FIGURES, GtkBox)

GtkWidget *kaf_network_figures_new (KafStore *store, KafLang lang);

/* Reads the figures of the network again; hidden while there are none. */
void kaf_network_figures_set_id (KafNetworkFigures *self, const char *id);

G_END_DECLS
