/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *kaf_bidi_isolate (const char *text);
char *kaf_bidi_ltr (const char *text);
char *kaf_bidi_line (const char *text);
char *kaf_bidi_strip (const char *text);

/* A line that reads from right to left, with each figure that consists of parts kept together in the order in which it
 * is read: an amount with its currency, a phone, a date, a percentage. What is isolated already stays. (transfer full) */
char *kaf_bidi_guard (const char *text);

/* Adds a part to a line of parts ("ORG-2026-0001 · Tiznit"), isolated; nothing and the empty text add none. With
 * @format, the part stands where its %s is. */
void kaf_bidi_append (GString *line, const char *text);
void kaf_bidi_append_format (GString *line, const char *format, const char *text);

G_END_DECLS
