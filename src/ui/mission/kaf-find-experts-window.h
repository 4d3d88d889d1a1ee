/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Experts for a mission: the best, each with its interval, reasons and what to ask; and why not the others. */
#pragma once

#include <adwaita.h>

#include "ui/mission/kaf-mission-page.h"

G_BEGIN_DECLS

/* Begins to search at once; what is chosen goes to the short list of @page's mission, as one commit. (transfer
 * floating) */
GtkWidget *kaf_find_experts_window_new (KafMissionPage *page);

G_END_DECLS
