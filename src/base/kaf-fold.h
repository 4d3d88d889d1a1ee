/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A range [start, end) of bytes in a text. */
typedef struct
{
  gsize start;
  gsize end;
} KafTextRange;

char *kaf_fold (const char *text);
void kaf_fold_append (GString *out, const char *text);
char **kaf_fold_words (const char *text);
gboolean kaf_fold_highlight (const char *text, const char *const *folded_words, GArray *ranges);

gboolean kaf_text_is_arabic (const char *text);

G_END_DECLS
