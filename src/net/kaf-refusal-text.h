/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person reads of an edit that the hub did not take. In the language of the interface. */
#pragma once

#include "store/kaf-refusals.h"

G_BEGIN_DECLS

/* Why, and what to do about it; where several things are to be mended, a line for each. (transfer full) */
char *kaf_refusal_explain (const KafRefusal *self);

/* What was done: "Country · City", "New record", "Deletion". (transfer full) */
char *kaf_refusal_name_edit (const KafRefusal *self);

/* "New record", "Deletion"; NULL of an edit of fields. (transfer none) */
const char *kaf_refusal_name_kind (KafChangeKind kind);

/* Whether it is an act of a mission: a step that was left or reopened, and the like. */
gboolean kaf_refusal_is_act (const KafRefusal *self);

/* Whether a person is told that field: not what an act is made of beside what was typed. */
gboolean kaf_refusal_tells_field (const KafRefusal *self, const KafRefusedField *field);

/* What was typed, to be pasted elsewhere: the text of one field, or a line for each. (transfer full) */
char *kaf_refusal_to_text (const KafRefusal *self);

G_END_DECLS
