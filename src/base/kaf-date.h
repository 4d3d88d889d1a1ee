/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "base/kaf-lang.h"

G_BEGIN_DECLS

/* Dates are ISO text: "2026-11-22", or partial, "2026-11" and "2026". */
typedef enum
{
  KAF_DATE_SHORT,   /* 22/11/2026 · 11/2026 · 2026 */
  KAF_DATE_MEDIUM,  /* 22 nov. 2026 */
  KAF_DATE_LONG,    /* 22 novembre 2026 */
  KAF_DATE_WEEKDAY, /* Dimanche 22 novembre 2026 */
} KafDateStyle;

char *kaf_date_normalise (const char *input, gboolean partial_allowed, GError **error);
gboolean kaf_date_is_valid (const char *iso, gboolean partial_allowed);
char *kaf_date_format (const char *iso, KafLang lang, KafDateStyle style);
char *kaf_date_format_span (const char *from, const char *to, const char *today, KafLang lang);
const char *kaf_date_month_name (guint month, KafLang lang);

void kaf_date_write_number (char *text, guint n_digits, guint number);

char *kaf_date_add_days (const char *iso, int days);
gboolean kaf_date_days_between (const char *from, const char *to, int *days);
char *kaf_date_start (const char *iso);
char *kaf_date_end (const char *iso);

char *kaf_date_from_time (gint64 us);
int kaf_time_get_offset (gint64 us);
char *kaf_time_format (gint64 us, KafLang lang);

G_END_DECLS
