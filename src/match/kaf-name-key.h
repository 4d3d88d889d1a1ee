/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void kaf_name_key_append (GString *out, const char *name);
char *kaf_name_key (const char *name);
char *kaf_name_key_word (const char *word);
char **kaf_name_key_query (const char *typed);

double kaf_name_likeness (const char *a, const char *b);

G_END_DECLS
