/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers of an evaluation typed in from paper, one after the other: the role stays, scores by figures, three texts, next.
 * It knows no name, and warns where a text seems to have one. */
#pragma once

#include <gtk/gtk.h>

#include "ui/mission/kaf-mission-data.h"

G_BEGIN_DECLS

#define KAF_TYPE_EVALUATION_ENTRY (kaf_evaluation_entry_get_type ())
G_DECLARE_FINAL_TYPE (KafEvaluationEntry, kaf_evaluation_entry, KAF, EVALUATION_ENTRY, GtkBox)

GtkWidget *kaf_evaluation_entry_new (KafStore *store);
void
kaf_evaluation_entry_set (KafEvaluationEntry *self, const KafMissionData *data, gboolean writable);

/* "trainee"…; FALSE: no such role. */
gboolean kaf_evaluation_entry_choose_role (KafEvaluationEntry *self, const char *role);

/* The row of a question, by its place; the entry of a text: "liked", "missing", "suggestion". */
GtkWidget *kaf_evaluation_entry_get_row (KafEvaluationEntry *self, guint question);
GtkWidget *kaf_evaluation_entry_get_text (KafEvaluationEntry *self, const char *field);

/* As the button: what was typed stays until it is in the store. FALSE: nothing is typed. */
gboolean kaf_evaluation_entry_save (KafEvaluationEntry *self);
gboolean kaf_evaluation_entry_is_settled (KafEvaluationEntry *self);

/* What it warns of; NULL: nothing. */
const char *kaf_evaluation_entry_get_warning (KafEvaluationEntry *self);

gboolean kaf_evaluation_entry_lead (KafEvaluationEntry *self);

G_END_DECLS
