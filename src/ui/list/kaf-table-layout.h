/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/list/kaf-column.h"

G_BEGIN_DECLS

/* px */
#define KAF_TABLE_ROW_HEIGHT 35
#define KAF_TABLE_CARD_HEIGHT 76
#define KAF_TABLE_CHECK_WIDTH 48
#define KAF_TABLE_EDGE 12
#define KAF_TABLE_NARROW 600

/* Where the visible columns stand, as shared by the table, its header and its rows. Places are
 * from the start edge, not mirrored. Owned by the table. */
typedef struct
{
  GPtrArray *columns; /* of KafColumn, all of them; nullable */
  guint n;            /* visible ones */
  KafColumn *column[48];
  int x[48], width[48];
  int total;        /* width of a whole row */
  gboolean compact; /* cards of three lines in place of columns */
  gboolean select_mode;
  KafLang lang;
  GStrv words; /* folded words to highlight; nullable */
} KafTableLayout;

void kaf_table_layout_update (KafTableLayout *self, int viewport_width);
int kaf_table_layout_row_height (const KafTableLayout *self);

/* The column whose end edge is within @slack px of @x, or -1. */
int kaf_table_layout_find_edge (const KafTableLayout *self, int x, int slack);

/* The first visible column of that kind, or NULL. */
const KafColumn *kaf_table_layout_first (const KafTableLayout *self, KafColumnKind kind);

G_END_DECLS
