/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A finding as a line of the to-do: the same on the home page and on the whole list. */
#pragma once

#include "store/kaf-todo.h"

G_BEGIN_DECLS

/* What is so, ready for a line of its own. (transfer full) */
char *kaf_todo_text_sentence (const KafFinding *finding);

/* Where, and what to do: "Convention logistique · Remind the party…". (transfer full) */
char *kaf_todo_text_context (const KafFinding *finding);

/* "blocks", "late", "today", "within 7 days"…; NULL: no word. @style (out): of the pill. */
const char *kaf_todo_text_urgency (const KafFinding *finding, KafDay today, const char **style);

/* Of a group of the list: "Late", "This week"… */
const char *kaf_todo_text_group (KafUrgency urgency);

/* The day it is due, short; NULL without one. (transfer full) */
char *kaf_todo_text_day (const KafFinding *finding, KafLang lang);

const char *kaf_todo_text_icon (const KafFinding *finding);

/* "14, of which 3 late"; NULL: nothing is to be done. (transfer full) */
char *kaf_todo_text_count (const KafTodo *todo, KafLang lang);

/* Whether it is a commitment that can be noted as done. */
gboolean kaf_todo_is_commitment (const KafFinding *finding);

G_END_DECLS
