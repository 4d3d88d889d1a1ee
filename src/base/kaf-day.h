/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A day as a number, for rules that compare, count and repeat; text is schema/kaf-field.h's. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Days since 1 January of the year 1, as GDate counts them; 0: unknown. Later days are greater. */
typedef guint32 KafDay;
#define KAF_DAY_UNKNOWN 0

/* "2026-11-22"; of a partial date its first day. NULL or no date: unknown. */
KafDay kaf_day_parse (const char *iso);

/* The last day of a partial date. */
KafDay kaf_day_parse_end (const char *iso);

/* ISO text; NULL for unknown. (transfer full) */
char *kaf_day_to_iso (KafDay day);

/* The day it is at @us (µs since 1970, UTC) in Africa/Casablanca. */
KafDay kaf_day_from_time (gint64 us);

/* The same day @months later, or the last of a shorter month: 31 January + 1 is 28 or 29 February. */
KafDay kaf_day_add_months (KafDay day, int months);

G_END_DECLS
