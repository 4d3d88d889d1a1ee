/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "base/kaf-lang.h"

G_BEGIN_DECLS

const char *kaf_date_month_short_name (guint month, KafLang lang);
const char *kaf_date_weekday_name (guint weekday, KafLang lang);

guint kaf_date_month_from_word (const char *folded);
gboolean kaf_date_is_filler (const char *folded);

G_END_DECLS
