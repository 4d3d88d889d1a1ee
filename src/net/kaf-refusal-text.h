/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person reads of an edit that the hub did not take. In the language of the interface. */
#pragma once

#include "store/kaf-refusals.h"

G_BEGIN_DECLS

/* Why, and what to do about it; where several things are to be mended, a line for each. (transfer full) */
char *kaf_refusal_explain (const KafRefusal *self);

/* What was done: "Country · City", "New record", "Deletion". (transfer full) */
char *kaf_refusal_name_edit (const KafRefusal *self);

/* What was typed, to be pasted elsewhere: the text of one field, or a line for each. (transfer full) */
char *kaf_refusal_to_text (const KafRefusal *self);

G_END_DECLS
