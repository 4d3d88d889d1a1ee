/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is told of a candidate, in rows under her name: each part of her score, and what is known of each half-day. */
#pragma once

#include <adwaita.h>

#include "store/kaf-candidates.h"

G_BEGIN_DECLS

/* "610–760", from left to right between Arabic words too. (transfer full) */
char *kaf_candidate_interval (guint from, guint to);

/* "Score 610–760 · two of three domains". (transfer full) */
char *kaf_candidate_line (const KafCandidate *candidate);

/* Under @row, an AdwExpanderRow. */
void kaf_candidate_rows_add (GtkWidget *row, const KafCandidate *candidate, KafLang lang);

/* Why who was asked about is where she is, in a sentence. (transfer full) */
char *kaf_candidate_tell_why (const KafCandidates *found);

G_END_DECLS
