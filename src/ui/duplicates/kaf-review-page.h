/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records that may be one, a pair at a time, the most to be won first: a person says whether they are. Each answer is a
 * judgement, which the toast takes back. The list of them says which, and in which order, are reviewed.
 *
 * Actions: review.same (S), review.different (D), review.later (L), review.next (N), review.previous (P), review.list
 * (V), review.accept (a manager's). */
#pragma once

#include <gtk/gtk.h>

#include "store/kaf-store.h"
#include "ui/duplicates/kaf-review-pair.h"
#include "ui/duplicates/kaf-suspects-view.h"

G_BEGIN_DECLS

#define KAF_TYPE_REVIEW_PAGE (kaf_review_page_get_type ())
G_DECLARE_FINAL_TYPE (KafReviewPage, kaf_review_page, KAF, REVIEW_PAGE, GtkBox)

GtkWidget *kaf_review_page_new (KafStore *store);

/* The pair in sight; NULL: none, or it is being read. */
KafReviewPair *kaf_review_page_get_pair (KafReviewPage *self);

/* How many pairs there are; -1: they are being read or looked for. */
int kaf_review_page_get_n (KafReviewPage *self);

/* NULL: a pair shows. */
KafSuspectsView *kaf_review_page_get_list (KafReviewPage *self);

G_END_DECLS
