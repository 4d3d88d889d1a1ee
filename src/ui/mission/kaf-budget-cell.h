/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A cell of the budget: a text that takes the focus, and an entry in its place while it is written. Figures end on
 * the same edge in both directions.
 *
 * Signals: "written" (int step): what was typed is to be kept; @step 0: stay, 1: next cell, -1: the one before, 2: the
 * cell beneath. "given-up" (): Esc. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KAF_TYPE_BUDGET_CELL (kaf_budget_cell_get_type ())
G_DECLARE_FINAL_TYPE (KafBudgetCell, kaf_budget_cell, KAF, BUDGET_CELL, GtkWidget)

/* @figure: it is aligned by its last digit. @least: characters that have room whatever happens; -1: no matter. */
GtkWidget *kaf_budget_cell_new (gboolean figure, int least);

/* @text nullable. @label: what a screen reader says. @style: NULL, "dim-label", "error", "heading". */
void
kaf_budget_cell_set (KafBudgetCell *self, const char *text, const char *label, const char *style);

const char *kaf_budget_cell_get_text (KafBudgetCell *self);
const char *kaf_budget_cell_get_label (KafBudgetCell *self);

/* Puts an entry with @text in the place of the text; @chosen: all of it is selected. */
void kaf_budget_cell_begin (KafBudgetCell *self, const char *text, gboolean chosen);
gboolean kaf_budget_cell_is_written (KafBudgetCell *self);

/* What is typed now; NULL: it is not being written. */
const char *kaf_budget_cell_get_typed (KafBudgetCell *self);
void kaf_budget_cell_set_typed (KafBudgetCell *self, const char *typed);

/* The entry goes, and what was typed with it. */
void kaf_budget_cell_end (KafBudgetCell *self);

/* @sentence: why what is typed cannot be kept; NULL: it can. */
void kaf_budget_cell_set_wrong (KafBudgetCell *self, const char *sentence);

G_END_DECLS
