/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document as one long strip of slices, from the top down: a slice is what stands together on a page. Whoever fills
 * it writes from the start of the line; the flow mirrors what reads from the right. Points. */
#pragma once

#include "report/kaf-typesetter.h"
#include "report/kaf-doc.h"

G_BEGIN_DECLS

typedef enum
{
  KAF_MARK_LINE,   /* of text; x, y: where its baseline begins */
  KAF_MARK_FILL,   /* a rectangle */
  KAF_MARK_FRAME,  /* its edge */
  KAF_MARK_RULE,   /* from x to x + width */
  KAF_MARK_CIRCLE, /* height: of a filled one, 0 else */
  KAF_MARK_TICK,   /* in a square of width */
  KAF_MARK_IMAGE,
  KAF_MARK_ACROSS, /* a word over the whole page */
} KafMarkKind;

typedef struct
{
  KafMarkKind kind;
  double grey; /* 0 black */
  double x, y, width, height;
  const KafSetText *set;
  const KafLine *line;
  cairo_surface_t *image; /* the flow's */
} KafMark;

typedef struct
{
  double before, height; /* before: falls away at the top of a page */
  guint first_mark, n_marks;
  guint columns; /* that the page has here */
  int head;    /* index of the slice that is repeated where a page begins with this one; -1: none */
  guint level; /* of a heading, 0 else */
  const char *heading; /* its text */
  gboolean keep;       /* on one page with the next */
  gboolean breaks;     /* begins a page */
  gboolean paper;      /* which is the first of a paper */
} KafSlice;

typedef struct
{
  KafTypesetter *type;
  KafLang lang;
  gboolean rtl;
  double full_width;  /* of the page's text */
  double width;       /* of a column */
  double full_height; /* of the page's text */
  double indent;
  guint columns;
  GArray *slices; /* of KafSlice */
  GArray *marks;  /* of KafMark; y from the top of their slice */
  GPtrArray *images;

  double before;    /* what the next slice stands off, at least */
  guint keep_depth; /* within so many kaf_doc_keep_begin() */
  gboolean breaks;  /* the next slice begins a page */
  gboolean paper;   /* and a paper */
  guint first_mark; /* of the slice that is open */
} KafFlow;

#define KAF_MM(mm) ((mm) *72 / 25.4)
#define KAF_COLUMN_GAP 18

KafFlow *kaf_flow_new (KafTypesetter *type, KafLang lang, double width, double height);
void kaf_flow_free (KafFlow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafFlow, kaf_flow_free)

/* Between these, marks are added, with y from the slice's top. */
void kaf_flow_open (KafFlow *self);
KafSlice *kaf_flow_close (KafFlow *self, double before, double height);

/* @x: of the left or, with rtl, the right edge from the start of the column, without its indent. */
KafMark *kaf_flow_mark (
    KafFlow *self, KafMarkKind kind, double x, double y, double width, double height, double grey);

/* Puts lines @from to @to of @set into a column; gives the height that they take. */
double kaf_flow_lines (KafFlow *self,
                       const KafSetText *set,
                       guint from,
                       guint to,
                       double x,
                       double y,
                       double width,
                       KafDocAlign align);

/* A text that pages may part between its lines, but never leaving one line alone. @x, @width: of its column. */
void kaf_flow_text (
    KafFlow *self, const KafSetText *set, double before, double x, double width, KafDocAlign align);

/* Cells side by side. */
typedef struct
{
  const KafSetText *set;
  double x, width;
  KafDocAlign align;
} KafFlowCell;

typedef struct
{
  double before;
  double pad;                    /* above and below */
  double least;                  /* height */
  double fill;                   /* grey of the ground; 0: none */
  double rule_above, rule_below; /* grey of lines over the whole width; 0: none */
  int head;                      /* as KafSlice has it */
  gboolean keep;
} KafFlowRow;

/* On one page, unless it is taller than one: then it is parted between lines. */
void kaf_flow_row (KafFlow *self, const KafFlowRow *row, const KafFlowCell *cells, guint n_cells);

G_END_DECLS
