/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an import would do, row by row, under chips by outcome; the row that is chosen in words, to be left out, mended,
 * or judged where it is likely a duplicate: the third page of the assistant. */
#pragma once

#include <adwaita.h>

#include "ui/import/kaf-import-job.h"

G_BEGIN_DECLS

#define KAF_TYPE_IMPORT_REVIEW (kaf_import_review_get_type ())
G_DECLARE_FINAL_TYPE (KafImportReview, kaf_import_review, KAF, IMPORT_REVIEW, AdwBin)

GtkWidget *kaf_import_review_new (KafStore *store);

/* @plan is borrowed until the next; nullable. While it is looked at by a job, kaf_import_review_is_busy(). */
void kaf_import_review_show (KafImportReview *self, KafImportPlan *plan);

gboolean kaf_import_review_is_busy (KafImportReview *self);

/* Shows the rows of one outcome, or of all (KAF_N_IMPORT_OUTCOMES). */
void kaf_import_review_filter (KafImportReview *self, KafImportOutcome outcome);
guint kaf_import_review_get_n_shown (KafImportReview *self);

/* Chooses a row of those shown. */
void kaf_import_review_select (KafImportReview *self, guint position);

/* Of the row that is chosen. */
void kaf_import_review_leave_out (KafImportReview *self);
void kaf_import_review_decide (KafImportReview *self, KafImportDecision decision);
void kaf_import_review_mend (KafImportReview *self, guint column, const char *text);

G_END_DECLS
