/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small numbers point at persons: what who sees totals alone is told of a table, and of an average (domain §2, §7). */
#pragma once

#include <glib.h>

#include "base/kaf-lang.h"

G_BEGIN_DECLS

/* The least that is told. */
#define KAF_FEW_LEAST 5

/* In place of a number: fewer than KAF_FEW_LEAST; and what is told with others, lest a subtraction tell a small one. */
#define KAF_FEW_SMALL (G_MAXUINT - 1)
#define KAF_FEW_TOGETHER G_MAXUINT

/* Which of the @n @counts of a table are told by themselves: @told (out) has each, or KAF_FEW_SMALL or
 * KAF_FEW_TOGETHER; may be @counts. @summed: what is not told is known together, as a rest that is told or from the
 * total; so while that is itself a small number, or could only be small ones that are each at their most, the smallest of the others joins it.
 * Returns what is not told, together: KAF_FEW_SMALL where nothing is left that could join. */
guint kaf_few_hide (const guint *counts, guint n, gboolean summed, guint *told);

/* @n as it is told by itself: KAF_FEW_SMALL for a small one. */
guint kaf_few_tell (guint n);

/* A number that is told, for sums and lengths: 0 for what is not. */
guint kaf_few_value (guint told);

gboolean kaf_few_is_told (guint told);

/* "1 200", "< 5", or "–" for what is told with others. (transfer full) */
char *kaf_few_format (guint told, KafLang lang);

/* Whether a figure of @n, of whom @hidden are in none of the figures told beside it, may be told where one of fewer than
 * @least may not. */
gboolean kaf_few_allows (guint n, guint hidden, guint least);

G_END_DECLS
