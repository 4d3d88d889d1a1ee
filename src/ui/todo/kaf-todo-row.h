/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line of the to-do: what, where and what to do about it, how urgent, and a button that notes it as done. */
#pragma once

#include <adwaita.h>

#include "store/kaf-todo.h"

G_BEGIN_DECLS

#define KAF_TYPE_TODO_ROW (kaf_todo_row_get_type ())
G_DECLARE_FINAL_TYPE (KafTodoRow, kaf_todo_row, KAF, TODO_ROW, AdwActionRow)

/* @findings: that @finding stands in; a reference is kept. @writable: things can be noted as done. */
GtkWidget *kaf_todo_row_new (KafFindings *findings, const KafFinding *finding, gboolean writable);

const KafFinding *kaf_todo_row_get_finding (KafTodoRow *self);

G_END_DECLS
