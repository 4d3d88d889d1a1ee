/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "base/kaf-lang.h"

G_BEGIN_DECLS

char *kaf_number_format (gint64 value, KafLang lang);
gboolean kaf_number_parse (const char *text, gint64 *value, GError **error);

G_END_DECLS
