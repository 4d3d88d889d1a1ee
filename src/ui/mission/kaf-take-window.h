/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A mission is taken to the field: what it needs is brought to this device, and what is here, and what is not and why,
 * stands in a list. Closed meanwhile, the files go on coming. */
#pragma once

#include <adwaita.h>

#include "net/kaf-take-agent.h"
#include "ui/mission/kaf-mission-page.h"

G_BEGIN_DECLS

#define KAF_TYPE_TAKE_WINDOW (kaf_take_window_get_type ())
G_DECLARE_FINAL_TYPE (KafTakeWindow, kaf_take_window, KAF, TAKE_WINDOW, AdwWindow)

/* Begins at once. @sync: nullable, of the window. */
GtkWidget *kaf_take_window_new (KafMissionPage *page, KafSyncAgent *sync);

/* (transfer none) */
KafTakeAgent *kaf_take_window_get_agent (KafTakeWindow *self);

G_END_DECLS
