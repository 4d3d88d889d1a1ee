/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pairs put together into persons. A record joins a group when it is like all of it on average, not when it is like one
 * member: chains of pairs alone join whole families. */
#pragma once

#include <glib.h>

#include "match/kaf-match-index.h"

G_BEGIN_DECLS

/* Bits for two records being one, less the prior: over 0 they rather are. @a < @b. -INFINITY: judged different, which
 * forbids that they ever stand in one group. */
typedef double (*KafMatchJudge) (guint a, guint b, gpointer data);

/* @pairs (element-type KafMatchPair): what is to be put together, in any order; the outcome depends on their bits and
 * numbers alone. @n: records. @least: the mean of @judge over the pairs between two groups, at which they join.
 * Returns, for each record, the smallest number of its group. (array length=n) (transfer full) */
guint32 *
kaf_match_groups (guint n, const GArray *pairs, double least, KafMatchJudge judge, gpointer data);

G_END_DECLS
