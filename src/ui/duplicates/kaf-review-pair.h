/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two records side by side: what speaks for their being one and against, and each field of both; where both say
 * something else, one may choose which shows once they are one. */
#pragma once

#include <gtk/gtk.h>

#include "base/kaf-lang.h"
#include "store/kaf-judge.h"
#include "store/kaf-review.h"

G_BEGIN_DECLS

#define KAF_TYPE_REVIEW_PAIR (kaf_review_pair_get_type ())
G_DECLARE_FINAL_TYPE (KafReviewPair, kaf_review_pair, KAF, REVIEW_PAIR, GtkBox)

/* @review (transfer full): of a pair. @writable: values may be chosen. */
GtkWidget *kaf_review_pair_new (KafReview *review, gboolean writable, KafLang lang);

const KafReview *kaf_review_pair_get_review (KafReviewPair *self);

/* Which values were chosen; ends with a NULL field. (element-type KafFieldChoice) (transfer full) */
GArray *kaf_review_pair_get_choices (KafReviewPair *self);

/* Chooses the value of the second record (@second) or of the first: what its button does. @index: of the review's fields. */
void kaf_review_pair_choose (KafReviewPair *self, guint index, gboolean second);

G_END_DECLS
