/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One horizontal bar of a small chart: what, how much, drawn; a button that opens the list behind it. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KAF_TYPE_BAR (kaf_bar_get_type ())
G_DECLARE_FINAL_TYPE (KafBar, kaf_bar, KAF, BAR, GtkWidget)

/* @value: ≥ 0; @max: that of the longest bar. @text: the value as it is written. */
GtkWidget *kaf_bar_new (const char *label, const char *text, gint64 value, gint64 max);

void kaf_bar_set (KafBar *self, const char *label, const char *text, gint64 value, gint64 max);

/* The bar in a flat button that activates @action with @target (floating, taken). */
GtkWidget *kaf_bar_button_new (const char *label,
                               const char *text,
                               gint64 value,
                               gint64 max,
                               const char *action,
                               GVariant *target);

/* Shows something else in such a button, in place. */
void kaf_bar_button_set (GtkWidget *button,
                         const char *label,
                         const char *text,
                         gint64 value,
                         gint64 max,
                         GVariant *target);

G_END_DECLS
