/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A breakdown of the count of 2030: a bar of the mobilised in each row, with the identified and the engaged beside it.
 * A figure asks for its list by the action "target.open" (axis, stage, code). */
#pragma once

#include <gtk/gtk.h>

#include "store/kaf-target.h"

G_BEGIN_DECLS

#define KAF_TYPE_TARGET_TABLE (kaf_target_table_get_type ())
G_DECLARE_FINAL_TYPE (KafTargetTable, kaf_target_table, KAF, TARGET_TABLE, GtkBox)

#define KAF_TARGET_OPEN "target.open"

GtkWidget *kaf_target_table_new (KafTargetAxis axis);

/* @opens: its figures lead to lists. */
void kaf_target_table_set (KafTargetTable *self, const GPtrArray *cells, gboolean opens);

G_END_DECLS
