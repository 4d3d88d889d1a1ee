/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was expected against what was reached, the figure written in place. */
#pragma once

#include <gtk/gtk.h>

#include "ui/mission/kaf-mission-data.h"

G_BEGIN_DECLS

#define KAF_TYPE_RESULT_TABLE (kaf_result_table_get_type ())
G_DECLARE_FINAL_TYPE (KafResultTable, kaf_result_table, KAF, RESULT_TABLE, GtkBox)

GtkWidget *kaf_result_table_new (void);
void kaf_result_table_set (KafResultTable *self, const KafMissionData *data, gboolean writable);

/* The focus to the figure of a result; FALSE: it is not there. */
gboolean kaf_result_table_lead (KafResultTable *self, const char *id);

/* The entry of a result's figure, NULL: there is none. */
GtkWidget *kaf_result_table_get_entry (KafResultTable *self, const char *id);

G_END_DECLS
