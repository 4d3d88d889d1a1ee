/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The count of 2030 in words, for the plot, its table and whoever does not see them. */
#pragma once

#include "store/kaf-target.h"

G_BEGIN_DECLS

/* "31 December 2025: 8 identified, 6 engaged, 2 mobilised; path 5 000", in the language of the interface.
 * (transfer full) */
char *kaf_target_text_point (const KafTargetPoint *point, const KafTargetSettings *settings);

/* Where the path stands on that day: persons. */
guint kaf_target_text_path (const KafTargetPoint *point, const KafTargetSettings *settings);

/* Of @points, which stand for the years: the last of each. (element-type KafTargetPoint) (transfer container) */
GPtrArray *kaf_target_text_years (GArray *points);

/* A sentence a year, a line each; what a plot says to whoever does not see it. (transfer full) */
char *kaf_target_text_describe (GArray *points, const KafTargetSettings *settings);

G_END_DECLS
