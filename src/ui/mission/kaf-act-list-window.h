/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The history of a mission's file: its acts, the newest first. */
#pragma once

#include <adwaita.h>

#include "ui/mission/kaf-mission-data.h"

G_BEGIN_DECLS

/* @page: of the mission, whose actions it takes. (transfer floating) */
GtkWidget *kaf_act_list_window_new (const KafMissionData *data, GtkWidget *page);

G_END_DECLS
