/* SPDX-License-Identifier: GPL-3.0-or-later */
/* In which encoding a text is, told by its bytes.
 *
 * Of encodings of one byte the letters are weighed: how often each stands in Arabic and in Western texts, and whether
 * scripts mix inside a word, which they do under a wrong encoding. Lists of names are short, so there is no model of
 * whole words behind it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* "UTF-8", "UTF-16LE", "UTF-16BE", "WINDOWS-1252", "WINDOWS-1256", "ISO-8859-1", "ISO-8859-6", "ISO-8859-15";
 * NULL-terminated. */
const char *const *kaf_charset_names (void);

/* One of those names, or NULL; capitals and small letters are alike. */
const char *kaf_charset_find (const char *name);

/* @cut: the text goes on behind its last byte. What is plain ASCII is UTF-8. *mark (out): bytes of the mark that the
 * text begins with. Always a name of the list. */
const char *kaf_charset_detect (const guint8 *text, gsize size, gboolean cut, guint *mark);

G_END_DECLS
