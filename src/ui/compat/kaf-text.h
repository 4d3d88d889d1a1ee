/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A text to read, at the start side, that wraps where it is too long for its place. A label that wraps
 * is laid out again for each width that GTK tries, some fifteen times on a record's page, and shapes its
 * letters each time; this one once, and once more if it has to wrap. */
#pragma once

#include "ui/compat/kaf-drawn-text.h"

G_BEGIN_DECLS

#define KAF_TYPE_TEXT (kaf_text_get_type ())
G_DECLARE_FINAL_TYPE (KafText, kaf_text, KAF, TEXT, GtkWidget)

/* Lines of a text that is shown whole. */
#define KAF_TEXT_WHOLE 1000

/* @text: nullable. @width: px that a longer text is content with. @lines: most that are shown. */
GtkWidget *kaf_text_new (const char *text, KafDrawnTextStyle style, int width, int lines);

/* Says something else. @text: nullable. */
void kaf_text_set (KafText *self, const char *text);

/* Empty when there is none. */
const char *kaf_text_get (KafText *self);

G_END_DECLS
