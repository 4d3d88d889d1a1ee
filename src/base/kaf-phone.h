/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *
kaf_phone_normalise (const char *input, const char *country, char **suggestion, GError **error);
char *kaf_phone_format (const char *e164);
char *kaf_phone_search_tokens (const char *e164);

G_END_DECLS
