/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the board says of a mission, in words. */
#pragma once

#include "store/kaf-mission-board.h"

G_BEGIN_DECLS

/* The four phases that the ten steps fall into. */
#define KAF_BOARD_PHASES 4

/* First and last step of a phase, 0…3; its name. */
guint kaf_board_phase_first (guint phase);
guint kaf_board_phase_last (guint phase);
const char *kaf_board_phase_name (guint phase);

/* The name of a step where there is little room. */
const char *kaf_board_step_name (guint step);

/* What is wrong with it, the worst alone: "late", "2 block", "on hold"; or that it waits for who looks. NULL:
 * nothing. @style (out): of a pill. (transfer full) */
char *kaf_board_text_tag (const KafBoardCard *card, KafDay today, const char **style);

/* "9 d", or "day 3" while it is being delivered. (transfer full) */
char *kaf_board_text_days (const KafBoardCard *card, KafDay today, KafLang lang);

/* "41 missions, 9 of them late". (transfer full) */
char *kaf_board_text_count (guint n, guint n_late, KafLang lang);

/* All that a card shows, for assistive technology. (transfer full) */
char *kaf_board_text_name (const KafBoardCard *card, KafDay today, KafLang lang);

G_END_DECLS
