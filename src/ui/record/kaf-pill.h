/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A word in a rounded, tinted box: a status, a facet, a tag. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KAF_TYPE_PILL (kaf_pill_get_type ())
G_DECLARE_FINAL_TYPE (KafPill, kaf_pill, KAF, PILL, GtkWidget)

/* @text: nullable, the pill then hides. @style: NULL, "accent", "success", "warning" or
 * "error", as in KafChoice. */
GtkWidget *kaf_pill_new (const char *text, const char *style);
void kaf_pill_set (KafPill *self, const char *text, const char *style);

const char *kaf_pill_get_text (KafPill *self);

/* An icon before the word, so that the colour never speaks alone; NULL: none. */
void kaf_pill_set_icon_name (KafPill *self, const char *icon_name);

/* @whole: the text is never cut short, which it is otherwise where there is no room. */
void kaf_pill_set_whole (KafPill *self, gboolean whole);

G_END_DECLS
