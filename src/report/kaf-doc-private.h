/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The blocks of a document, as the layout reads them. */
#pragma once

#include "report/kaf-doc.h"

G_BEGIN_DECLS

typedef enum
{
  KAF_BLOCK_TITLE,
  KAF_BLOCK_SUBTITLE,
  KAF_BLOCK_HEADING, /* number: level */
  KAF_BLOCK_PARAGRAPH,
  KAF_BLOCK_ARTICLE,
  KAF_BLOCK_CENTRE,
  KAF_BLOCK_END,
  KAF_BLOCK_NOTE,
  KAF_BLOCK_WARN,
  KAF_BLOCK_ITEM,
  KAF_BLOCK_STEP,       /* number: its own */
  KAF_BLOCK_CHECK,      /* number: ticked */
  KAF_BLOCK_PAIRS,      /* cells: label, value, label… */
  KAF_BLOCK_TABLE,      /* table */
  KAF_BLOCK_SIGNATURES, /* cells: caption, name, function, "" for a stamp or NULL, caption… */
  KAF_BLOCK_LINES,      /* number: of them */
  KAF_BLOCK_SCALE,      /* number: the answer */
  KAF_BLOCK_IMAGE,      /* bytes; size: width, align */
  KAF_BLOCK_SPACE,      /* size */
  KAF_BLOCK_RULE,
  KAF_BLOCK_KEEP_BEGIN,
  KAF_BLOCK_KEEP_END,
  KAF_BLOCK_PAGE_BREAK,
  KAF_BLOCK_NEW_PAPER,
  KAF_BLOCK_INDENT,  /* size */
  KAF_BLOCK_COLUMNS, /* number */
} KafBlockKind;

typedef enum
{
  KAF_ROW_PLAIN,
  KAF_ROW_MARKED,
  KAF_ROW_TOTAL,
  KAF_ROW_GROUP, /* one cell */
  KAF_ROW_BLANK,
} KafRowKind;

typedef struct
{
  KafRowKind kind;
  guint first;   /* of its cells */
  double height; /* of a blank one, mm */
} KafTableRow;

typedef struct
{
  guint n_columns;
  KafDocColumn *columns; /* heads are the document's */
  GArray *rows;          /* of KafTableRow */
  GPtrArray *cells;      /* of const char*, nullable */
} KafTable;

typedef struct
{
  KafBlockKind kind;
  guint number;
  double size; /* mm */
  KafDocAlign align;
  const char *text; /* the document's */
  GPtrArray *cells; /* of const char*, nullable */
  KafTable *table;
  GBytes *bytes;
} KafBlock;

struct _KafDoc
{
  KafLang lang;
  GStringChunk *texts;
  GPtrArray *blocks; /* of KafBlock */
  GPtrArray *blanks; /* of KafBlank */
  const char *name, *reference, *date;
  gboolean provisional, bare, plain;
  double width, height, margin; /* mm */
};

G_END_DECLS
