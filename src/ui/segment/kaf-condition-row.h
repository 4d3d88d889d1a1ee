/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "record/kaf-query.h"
#include "store/kaf-store.h"

G_BEGIN_DECLS

/* One condition: field, operator, value. Writes into the node that it was made for.
 * Signals: "changed" (gboolean typed): the node says something else, by a key when @typed; "remove" (). */
#define KAF_TYPE_CONDITION_ROW (kaf_condition_row_get_type ())
G_DECLARE_FINAL_TYPE (KafConditionRow, kaf_condition_row, KAF, CONDITION_ROW, GtkBox)

/* @node: a condition, whose path may be NULL; lasts longer than the row. @role_reads: KafClass bits. */
GtkWidget *kaf_condition_row_new (
    KafStore *store, const KafEntity *entity, KafNode *node, guint role_reads, KafLang lang);

/* The node goes: the row asks nothing of it any more. */
void kaf_condition_row_let_go (KafConditionRow *self);

/* The node it was made for. */
KafNode *kaf_condition_row_get_node (KafConditionRow *self);

/* As a person does it. */
void kaf_condition_row_set_field (KafConditionRow *self, const char *path);
void kaf_condition_row_set_op (KafConditionRow *self, KafOp op);
void kaf_condition_row_set_values (KafConditionRow *self, const char *const *values);

/* To where one goes on: the field when there is none yet, else the value. */
void kaf_condition_row_enter (KafConditionRow *self);

/* Whether it asks something. */
gboolean kaf_condition_is_whole (const KafEntity *entity, const KafCondition *condition);

G_END_DECLS
