/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of files that are given out, as every system that they may come to takes them. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @text as the name of a file: without what parts folders, what Windows refuses, what is not seen; never empty, never
 * hidden, at most 150 bytes, of which an ending stays. (transfer full) */
char *kaf_file_name_make (const char *text);

/* @name, or "NAME (2).pdf" where @taken holds it already in whatever case; noted in @taken. @taken: a set of strings
 * that it owns (g_str_hash). (transfer full) */
char *kaf_file_name_take (GHashTable *taken, const char *name);

G_END_DECLS
