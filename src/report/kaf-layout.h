/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents to pages. */
#pragma once

#include "report/kaf-doc.h"
#include "report/kaf-letterhead.h"
#include "report/kaf-pages.h"

G_BEGIN_DECLS

/* What stands on the pages beside what the documents say. */
typedef struct
{
  const KafLetterhead *letterhead; /* nullable: none */
  const char *day;                 /* ISO date of the paper */
  gint64 made;        /* µs since 1970 UTC: when it was edited, in the foot; 0: not said */
  const char *author; /* nullable */
  const char *entity; /* nullable: of what it is about, for the register of disclosures */
  const char *filter; /* nullable: which of them, likewise */
  guint n_persons;
  gboolean sample, for_nobody;
  GCancellable *cancellable; /* nullable */
} KafLayoutInfo;

/* Lays out @docs one after the other, page numbers going on; with @sides, the first two (French, Arabic) side by side,
 * if they are of the same blocks, which they are not told otherwise than by *@sided (out, nullable).
 * Errors: G_IO_ERROR_CANCELLED. (transfer full) */
KafPages *kaf_layout_run (const KafDoc *const *docs,
                          guint n_docs,
                          gboolean sides,
                          const KafLayoutInfo *info,
                          gboolean *sided,
                          GError **error);

G_END_DECLS
