/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One horizontal bar of a small chart: what, how much, drawn; a flat button that opens the list behind
 * it. Bars of one width share one scale, whatever the length of their words. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KAF_TYPE_BAR (kaf_bar_get_type ())
G_DECLARE_FINAL_TYPE (KafBar, kaf_bar, KAF, BAR, GtkButton)

GtkWidget *kaf_bar_new (void);

/* @text: the value as it is written; @value: ≥ 0; @max: that of the longest bar; @action: what a click
 * activates, with @target (floating, taken). */
void kaf_bar_set (KafBar *self,
                  const char *label,
                  const char *text,
                  gint64 value,
                  gint64 max,
                  const char *action,
                  GVariant *target);

/* Of what the bar shows, @part of @max is late: it is drawn in amber at the bar's end. @text: what is then said of the
 * bar in place of its figure; nullable. After kaf_bar_set(). */
void kaf_bar_set_part (KafBar *self, gint64 part, gint64 max, const char *text);

G_END_DECLS
