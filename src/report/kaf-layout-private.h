/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "report/kaf-doc-private.h"
#include "report/kaf-flow.h"
#include "report/kaf-layout.h"
#include "report/kaf-pages-private.h"

G_BEGIN_DECLS

/* A block; @other (nullable): the same in Arabic, which stands at its side. The flow is then French. */
void kaf_layout_block (KafFlow *flow, const KafBlock *block, const KafBlock *other);
void kaf_layout_table (KafFlow *flow, const KafTable *table, const KafTable *other);
void kaf_layout_pairs (KafFlow *flow, const GPtrArray *cells, const GPtrArray *other);
void kaf_layout_signatures (KafFlow *flow, const GPtrArray *cells, const GPtrArray *other);

/* "French" where both say the same, "French\nArabic" where they do not. NULL: neither says anything. */
const KafSetText *kaf_layout_set_both (
    KafFlow *flow, KafStyle style, const char *text, const char *other, double width);

/* A picture of @most by @highest points, or less; NULL for what is no PNG. */
KafMark *
kaf_flow_image (KafFlow *flow, GBytes *png, double x, double y, double most, double highest);

/* The letterhead of @doc, with reference and date, as the first slices of the flow. */
void kaf_layout_letterhead (KafFlow *flow, const KafDoc *doc, const KafLayoutInfo *info);

/* What stands in the margins of the pages from @first on, and across them. @other (nullable): of both languages. */
void kaf_layout_frames (KafPages *pages,
                        guint first,
                        guint n,
                        const KafDoc *doc,
                        const KafDoc *other,
                        const KafLayoutInfo *info);

G_END_DECLS
