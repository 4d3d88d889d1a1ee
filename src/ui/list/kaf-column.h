/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/kaf-lang.h"
#include "schema/kaf-entity.h"
#include "store/kaf-page.h"

G_BEGIN_DECLS

/* What a column's cells look like. */
typedef enum
{
  KAF_COLUMN_NAME,       /* the title in the language of the interface, with an avatar */
  KAF_COLUMN_OTHER_NAME, /* the title in the other script */
  KAF_COLUMN_TEXT,
  KAF_COLUMN_PILL,   /* a choice whose codes have a style */
  KAF_COLUMN_DOT,    /* availability: a dot and a word */
  KAF_COLUMN_FIGURE, /* dates and numbers: aligned on the last digit */
} KafColumnKind;

/* One column of a list, shown or not. */
typedef struct
{
  char *id;    /* "title", "residence" or a path of KafQuery */
  char *label; /* translated */
  KafColumnKind kind;
  const KafField *field; /* nullable */
  const char *paths[2];  /* what to read for it; NULL for titles */
  int cells[2];          /* where that stands in KafRow.cells; -1: not read */
  const char *sort;      /* path to sort by; NULL: cannot */
  int width, min_width;  /* px; width as chosen, before room left over is shared out */
  gboolean visible;
} KafColumn;

/* All columns that lists of @entity offer, those of the usual layout first and visible.
 * (element-type KafColumn) (transfer full) */
GPtrArray *kaf_column_list_new (const KafEntity *entity, KafLang lang);

/* Shows those alone, in that order. */
void kaf_column_list_show (GPtrArray *columns, const char *const *ids);

/* The paths that the visible columns read, and where each finds its cells. (transfer full) */
GStrv kaf_column_list_assign_cells (GPtrArray *columns);

/* The visible columns as paths, in their order, titles with them. (transfer full) */
GStrv kaf_column_list_get_paths (GPtrArray *columns);

KafColumn *kaf_column_list_find (GPtrArray *columns, const char *id);
guint kaf_column_list_count_visible (GPtrArray *columns);

/* The text of a cell; for a column read from two paths, both joined. NULL when unknown.
 * (transfer full) */
char *kaf_column_get_text (const KafColumn *column, const KafRow *row, KafLang lang);

/* Canonical text of the cell, or NULL. */
const char *kaf_column_get_raw (const KafColumn *column, const KafRow *row);

/* Order, widths and visibility as kept on the device: "title:220 -years:80 …". A column that the
 * text does not know keeps its usual place; one that is no more is passed over. */
char *kaf_column_list_to_text (GPtrArray *columns);
void kaf_column_list_apply_text (GPtrArray *columns, const char *text);

/* Whether columns cannot do without it: the name. */
gboolean kaf_column_is_fixed (const KafColumn *column);

G_END_DECLS
