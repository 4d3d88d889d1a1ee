/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One question of an evaluation: a score from 1 to 5 by one key or one touch.
 *
 * Signals: "scored" (): by a person. "passed" (): a key gave the score; the next question is due. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KAF_TYPE_SCORE_ROW (kaf_score_row_get_type ())
G_DECLARE_FINAL_TYPE (KafScoreRow, kaf_score_row, KAF, SCORE_ROW, GtkBox)

GtkWidget *kaf_score_row_new (const char *question);

/* 1…5; 0: none. */
void kaf_score_row_set (KafScoreRow *self, int score);
int kaf_score_row_get (KafScoreRow *self);

/* As the key of that figure does. */
void kaf_score_row_press (KafScoreRow *self, int score);

G_END_DECLS
