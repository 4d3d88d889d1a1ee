/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Averages of an evaluation: a row a role, a column a question. Under so many answers none shows, and it is said. */
#pragma once

#include <gtk/gtk.h>

#include "ui/mission/kaf-mission-data.h"

G_BEGIN_DECLS

GtkWidget *kaf_evaluation_table_new (void);
void kaf_evaluation_table_set (GtkWidget *table, const KafMissionData *data);

G_END_DECLS
