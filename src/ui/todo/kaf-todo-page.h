/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything that waits, by urgency: what I follow, what anybody does, or one of us.
 *
 * Actions: "todo.show" ("all", "mine", "who:NAME"), "todo.done" (id of a commitment: notes as done what is due),
 * "todo.more". Enter opens the record to mend, Ctrl+Enter notes a commitment as done. */
#pragma once

#include <gtk/gtk.h>

#include "store/kaf-store.h"

G_BEGIN_DECLS

#define KAF_TYPE_TODO_PAGE (kaf_todo_page_get_type ())
G_DECLARE_FINAL_TYPE (KafTodoPage, kaf_todo_page, KAF, TODO_PAGE, GtkBox)

GtkWidget *kaf_todo_page_new (KafStore *store);

/* What shows is what the store holds. */
gboolean kaf_todo_page_is_settled (KafTodoPage *self);

/* (transfer none) */
GtkListBox *kaf_todo_page_get_list (KafTodoPage *self);

G_END_DECLS
