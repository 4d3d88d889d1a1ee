/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The state of the sync in full, for a popover: since when, what waits, what needs a person, what the last
 * exchange brought, and with whom. Its buttons are actions "win.*". */
#pragma once

#include <adwaita.h>

#include "net/kaf-sync-agent.h"

G_BEGIN_DECLS

#define KAF_TYPE_SYNC_PANEL (kaf_sync_panel_get_type ())
G_DECLARE_FINAL_TYPE (KafSyncPanel, kaf_sync_panel, KAF, SYNC_PANEL, GtkBox)

GtkWidget *kaf_sync_panel_new (void);

/* @status: of a store that belongs to a server. */
void kaf_sync_panel_set_status (KafSyncPanel *self, const KafSyncStatus *status);

G_END_DECLS
