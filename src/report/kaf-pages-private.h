/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "report/kaf-flow.h"
#include "report/kaf-pages.h"

G_BEGIN_DECLS

typedef struct
{
  double width, height; /* points */
  KafLang lang;
  gboolean paper;              /* the first page of one */
  guint first_mark, n_marks;   /* of the pages' marks, from the paper's corner */
  guint first_frame, n_frames; /* of the same: what stands in the margins, drawn first */
} KafPage;

struct _KafPages
{
  gatomicrefcount refs;
  GMutex lock; /* fonts are drawn with by one thread at a time */
  KafTypesetter *type;
  GArray *pages; /* of KafPage */
  GArray *marks; /* of KafMark */
  GPtrArray *images;
  GArray *headings;  /* of KafPagesHeading */
  GPtrArray *blanks; /* of KafBlank */
  GStringChunk *texts;
  char *title, *reference, *author, *entity, *filter;
  guint langs; /* bits 1 << KafLang */
  gboolean sample, provisional, for_nobody;
  guint n_persons;
};

KafPages *kaf_pages_new (void);

/* Takes what @flow says over as pages, from a page of @width × @height with text from @left, @top on. */
gboolean kaf_pages_take (KafPages *self,
                         KafFlow *flow,
                         double width,
                         double height,
                         double left,
                         double top,
                         GCancellable *cancellable,
                         GError **error);

G_END_DECLS
