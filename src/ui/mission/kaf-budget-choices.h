/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A short list under a cell of the budget: what is likely first, then a way to anything else. Arrows and Enter choose.
 *
 * Signal: "chosen" (const char *id): "" for none. */
#pragma once

#include <gtk/gtk.h>

#include "store/kaf-store.h"

G_BEGIN_DECLS

#define KAF_TYPE_BUDGET_CHOICES (kaf_budget_choices_get_type ())
G_DECLARE_FINAL_TYPE (KafBudgetChoices, kaf_budget_choices, KAF, BUDGET_CHOICES, GtkPopover)

/* @title: what is chosen, for a screen reader. */
GtkWidget *kaf_budget_choices_new (const char *title);

/* Each id once. @aside: dim words after it, nullable. */
void kaf_budget_choices_add (
    KafBudgetChoices *self, const char *id, const char *text, const char *aside, gboolean chosen);

/* A last row that searches the records of @target in @store. */
void kaf_budget_choices_add_search (KafBudgetChoices *self,
                                    KafStore *store,
                                    const char *target,
                                    const char *text);

/* Under @cell, until it is closed. */
void kaf_budget_choices_open (KafBudgetChoices *self, GtkWidget *cell);

/* As if a person had pressed Enter on the row. FALSE: no row has that id. */
gboolean kaf_budget_choices_choose (KafBudgetChoices *self, const char *id);

G_END_DECLS
