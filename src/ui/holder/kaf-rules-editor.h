/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A set of scoring rules as a form: how tiers are cut, and for each axis its criteria with their points. What is typed
 * changes the set at once.
 *
 * Signal "changed" (): the set is another one than before. */
#pragma once

#include <gtk/gtk.h>

#include "rules/holder/kaf-score-rules.h"

G_BEGIN_DECLS

#define KAF_TYPE_RULES_EDITOR (kaf_rules_editor_get_type ())
G_DECLARE_FINAL_TYPE (KafRulesEditor, kaf_rules_editor, KAF, RULES_EDITOR, GtkBox)

GtkWidget *kaf_rules_editor_new (KafLang lang);

/* The items of a reference list whose codes a criterion may name: (element-type KafListItem), taken over. Before the
 * rules. */
void kaf_rules_editor_take_list (KafRulesEditor *self, const char *entity, GPtrArray *items);

/* @rules: copied; then the editor's own. */
void kaf_rules_editor_set_rules (KafRulesEditor *self, const KafScoreRules *rules);

/* As it stands now; changed by a person at any time. (transfer none) */
const KafScoreRules *kaf_rules_editor_get_rules (KafRulesEditor *self);

/* What the buttons do; places as in the set. */
void kaf_rules_editor_add_criterion (KafRulesEditor *self, KafAxis axis, const char *fact);
void kaf_rules_editor_add_choice (KafRulesEditor *self, guint criterion, const char *code);
void kaf_rules_editor_add_place (KafRulesEditor *self, guint criterion, const char *code);
void kaf_rules_editor_remove_criterion (KafRulesEditor *self, guint criterion);

/* What a person types: the points of a band, and of what has no bands @band is ignored. */
void kaf_rules_editor_set_points (KafRulesEditor *self, guint criterion, guint band, int points);

G_END_DECLS
