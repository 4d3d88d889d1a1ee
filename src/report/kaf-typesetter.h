/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text to lines: fonts, direction, breaking. What was set is kept and given again for the same text, which lists say
 * over and over; all of it lives as long as the typesetter. Used by one thread at a time. */
#pragma once

#include <pango/pangocairo.h>

#include "base/kaf-lang.h"

G_BEGIN_DECLS

typedef enum
{
  KAF_STYLE_BODY,
  KAF_STYLE_BOLD,
  KAF_STYLE_TITLE,
  KAF_STYLE_SUBTITLE,
  KAF_STYLE_HEADING_1,
  KAF_STYLE_HEADING_2,
  KAF_STYLE_HEADING_3,
  KAF_STYLE_NOTE,
  KAF_STYLE_LABEL,
  KAF_STYLE_CELL,
  KAF_STYLE_CELL_BOLD,
  KAF_STYLE_DENSE, /* cells of a table with many columns */
  KAF_STYLE_DENSE_BOLD,
  KAF_STYLE_STATE,
  KAF_STYLE_SERVICE,
  KAF_STYLE_FOOT,
  KAF_STYLE_ACROSS, /* SPECIMEN */
  KAF_N_STYLES,
} KafStyle;

typedef struct
{
  PangoLayoutLine *line;
  double width;
  double height;   /* with its share of leading */
  double baseline; /* from the top */
  gboolean full;   /* stretched from edge to edge */
} KafLine;

typedef struct
{
  KafStyle style;
  const char *text;
  double width;  /* of the widest line */
  double height; /* of all */
  guint n_lines;
  KafLine *lines;
} KafSetText;

typedef struct _KafTypesetter KafTypesetter;

KafTypesetter *kaf_typesetter_new (void);
void kaf_typesetter_free (KafTypesetter *self);

/* Sets @text for a column of @width points (negative: one line per line of text). @lang: of the document, whose side
 * the text begins on; its own direction is that of its letters. @justify: all lines but the last of a paragraph from
 * edge to edge. NULL text gives no line. (transfer none) */
const KafSetText *kaf_typesetter_set (KafTypesetter *self,
                                      KafStyle style,
                                      KafLang lang,
                                      const char *text,
                                      double width,
                                      gboolean justify);

/* How dark a style is: 0 black, 1 white. */
double kaf_style_grey (KafStyle style);

G_END_DECLS
