/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A text that a widget draws itself, in its own font and colour, where a label would be a widget more
 * for each: rows and charts that a start waits for have hundreds. It lies at the start side whatever
 * its script, and is cut at its own end.
 *
 * The layout is made when it is first measured: asked for its font sooner, a widget works out its style while its
 * siblings still come, and then again. It follows the widget's font and direction by itself: Pango looks at its context at each
 * use, and GTK keeps that true. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  KAF_DRAWN_TEXT_PLAIN = 0,
  KAF_DRAWN_TEXT_SMALL = 1 << 0, /* as libadwaita's class caption */
  KAF_DRAWN_TEXT_BOLD = 1 << 1,
  KAF_DRAWN_TEXT_FIGURE = 1 << 2, /* digits of one width */
  KAF_DRAWN_TEXT_DIM = 1 << 3,
} KafDrawnTextStyle;

/* Zeroed at first; part of its widget. */
typedef struct
{
  GtkWidget *widget;
  char *text;          /* until the layout is made */
  PangoLayout *layout; /* neither: no text */
  KafDrawnTextStyle style;
  int lines;
  int natural;  /* px, in one line */
  guint serial; /* of the context, when that was measured; 0: not yet */
} KafDrawnText;

/* @text: nullable. @lines: it is wrapped to at most, ≥ 1. */
void kaf_drawn_text_set (
    KafDrawnText *self, GtkWidget *widget, const char *text, KafDrawnTextStyle style, int lines);

/* Empty when there is none. */
const char *kaf_drawn_text_get (KafDrawnText *self);

void kaf_drawn_text_clear (KafDrawnText *self);

/* Of the whole text in one line; px, 0 without text. */
int kaf_drawn_text_get_width (KafDrawnText *self);

/* Within @width; -1: in one line. px, 0 without text. */
int kaf_drawn_text_get_height (KafDrawnText *self, int width);

/* Of the first line, as it was measured last; px from above, -1 without text. */
int kaf_drawn_text_get_baseline (KafDrawnText *self);

/* In the middle of the height of @place. */
void kaf_drawn_text_draw (KafDrawnText *self,
                          GtkWidget *widget,
                          GtkSnapshot *snapshot,
                          const GdkRectangle *place);

G_END_DECLS
