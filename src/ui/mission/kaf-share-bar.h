/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parts of a whole on one line, from the start side: theory and practice, the payers of a budget. Drawn only: words
 * beside it say the same. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KAF_TYPE_SHARE_BAR (kaf_share_bar_get_type ())
G_DECLARE_FINAL_TYPE (KafShareBar, kaf_share_bar, KAF, SHARE_BAR, GtkWidget)

typedef struct
{
  gint64 value;       /* ≥ 0 */
  const char *colour; /* static; a colour of the theme, NULL: that of the text */
  float alpha;        /* how much of it */
} KafSharePart;

/* @height: px. */
GtkWidget *kaf_share_bar_new (int height);

/* @parts are copied. Nothing is drawn of a whole of 0. */
void kaf_share_bar_set (KafShareBar *self, const KafSharePart *parts, guint n_parts);

/* A mark at so many per cent from the end side; < 0: none. */
void kaf_share_bar_set_mark (KafShareBar *self, int percent);

/* Shades of the accent for part @index of @n, so that neighbours can be told apart. */
KafSharePart kaf_share_part_shade (gint64 value, guint index, guint n);

G_END_DECLS
