/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The figures of the quality of the data, as the page, the workbook and the command tell them. Numbers alone: no name of
 * a person leaves here. */
#pragma once

#include "rules/quality/kaf-quality.h"
#include "store/kaf-database.h"

G_BEGIN_DECLS

/* Not told: the user's role may not read what it looks at. */
#define KAF_QUALITY_HIDDEN (-1)

/* Rows of an axis at most, the largest first. */
#define KAF_QUALITY_ROWS_MAX 200

typedef enum
{
  KAF_QUALITY_BY_NETWORK,
  KAF_QUALITY_BY_SOURCE, /* who vouches for a value */
  KAF_QUALITY_BY_IMPORT, /* what file or base the record came from */
  KAF_QUALITY_N_AXES,
} KafQualityAxis;

/* "network"…; KAF_QUALITY_N_AXES: none of them. */
const char *kaf_quality_axis_id (KafQualityAxis axis);
KafQualityAxis kaf_quality_axis_parse (const char *id);
/* N_(): of what has none, "In no network". */
const char *kaf_quality_axis_none (KafQualityAxis axis);

/* The measures that are told of each row. */
#define KAF_QUALITY_N_CELLS 5
extern const KafQualityMeasure kaf_quality_cells[KAF_QUALITY_N_CELLS];

/* Who has several of them counts in each row. */
typedef struct
{
  char *code;  /* NULL: of those who have none */
  char *title; /* NULL: the same */
  gint64 all;
  gint64 n[KAF_QUALITY_N_CELLS]; /* or KAF_QUALITY_HIDDEN */
} KafQualityRow;

typedef struct
{
  KafDay day;
  gint64 all;
  gint64 n[KAF_QUALITY_N_MEASURES];    /* or KAF_QUALITY_HIDDEN */
  gint64 askable;                      /* of all; or KAF_QUALITY_HIDDEN */
  GPtrArray *rows[KAF_QUALITY_N_AXES]; /* (element-type KafQualityRow); NULL: not asked for */
} KafQuality;
void kaf_quality_free (KafQuality *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafQuality, kaf_quality_free)

/* @of: experts, or any of them. @day: unknown for today. @axes: bits, 1 << KAF_QUALITY_BY_NETWORK… Errors:
 * KAF_STORE_ERROR, FORBIDDEN among them for who sees totals alone; G_IO_ERROR_CANCELLED. */
KafQuality *kaf_quality_read (KafDatabase *db,
                              const KafQuery *of,
                              KafDay day,
                              guint axes,
                              KafLang lang,
                              GCancellable *cancellable,
                              GError **error);

/* Whom a row of @axis is about. @code NULL: those who have none. (transfer full) */
KafQuery *kaf_quality_row_list (const KafQuery *of, KafQualityAxis axis, const char *code);

G_END_DECLS
