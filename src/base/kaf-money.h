/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "base/kaf-lang.h"

G_BEGIN_DECLS

/* An amount is text: minor units, one space, ISO 4217 code: "1250000 MAD" is 12 500,00 dirhams. */
char *kaf_money_parse (const char *typed, GError **error);
char *kaf_money_format (const char *canonical, KafLang lang);
char *kaf_money_make (gint64 minor, const char *currency);
gboolean kaf_money_split (const char *canonical, gint64 *minor, char currency[4]);
guint kaf_money_digits (const char *currency);

G_END_DECLS
