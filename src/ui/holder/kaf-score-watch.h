/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Has the scores of project holders written anew where they are of another day or by other rules than those in force: when
 * the store is opened, when a day begins, when rules were published here or may have come from elsewhere. */
#pragma once

#include "store/kaf-store.h"

G_BEGIN_DECLS

#define KAF_TYPE_SCORE_WATCH (kaf_score_watch_get_type ())
G_DECLARE_FINAL_TYPE (KafScoreWatch, kaf_score_watch, KAF, SCORE_WATCH, GObject)

KafScoreWatch *kaf_score_watch_new (KafStore *store);

G_END_DECLS
