/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "record/kaf-query.h"
#include "store/kaf-store.h"

G_BEGIN_DECLS

/* Conditions as rows of field, operator and value, in groups within groups, and of related records.
 * Signal "changed" (). Actions: "query.undo" (Ctrl+Z), "query.redo" (Ctrl+Shift+Z), "query.add" (Ctrl+Enter): a
 * condition in the outer group. */
#define KAF_TYPE_QUERY_EDITOR (kaf_query_editor_get_type ())
G_DECLARE_FINAL_TYPE (KafQueryEditor, kaf_query_editor, KAF, QUERY_EDITOR, GtkBox)

/* @role_reads: KafClass bits that may be asked about. */
GtkWidget *kaf_query_editor_new (KafStore *store, guint role_reads, KafLang lang);

/* Shows the conditions of @query; its text and order stay with it. Nothing is left to undo. */
void kaf_query_editor_set_query (KafQueryEditor *self, const KafQuery *query);

/* What is whole of it. @left_out (out, nullable): conditions that ask nothing yet. (transfer full) */
KafQuery *kaf_query_editor_get_query (KafQueryEditor *self, guint *left_out);

/* The outermost group. (transfer none) */
const KafNode *kaf_query_editor_get_root (KafQueryEditor *self);

/* To the first condition that asks nothing yet; FALSE when there is none. */
gboolean kaf_query_editor_enter_left_out (KafQueryEditor *self);

/* What the buttons of a group do. @group: within the root; NULL: the root. They return what was added, which stands
 * until the next change of the tree. */
KafNode *kaf_query_editor_add_condition (KafQueryEditor *self, KafNode *group);
KafNode *kaf_query_editor_add_group (KafQueryEditor *self, KafNode *group, KafNodeKind kind);
KafNode *kaf_query_editor_add_related (KafQueryEditor *self, KafNode *group, const KafLink *link);

/* The KafConditionRow of a node; NULL when it has none. */
GtkWidget *kaf_query_editor_find_row (KafQueryEditor *self, const KafNode *node);

G_END_DECLS
