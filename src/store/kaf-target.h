/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The figures of the count of 2030: at any day, by breakdown, month by month; closing months; and the list that a
 * figure counts. Numbers alone: no name leaves here. */
#pragma once

#include "base/kaf-few.h"
#include "store/kaf-commit.h"
#include "store/kaf-target-settings.h"

G_BEGIN_DECLS

/* Days over which a change is told. */
#define KAF_TARGET_CHANGE_DAYS 90

/* country: of residence; sector: the domains of an expert, each by its topmost; network: memberships on that day;
 * region: of the attachment that she declares. Of sectors and networks a person has several: she counts in each, and
 * once in all. Residence, domains and attachment are those of today: only memberships are dated. */
typedef enum
{
  KAF_TARGET_ALL,
  KAF_TARGET_BY_COUNTRY,
  KAF_TARGET_BY_SECTOR,
  KAF_TARGET_BY_NETWORK,
  KAF_TARGET_BY_REGION,
  KAF_TARGET_N_AXES,
} KafTargetAxis;

/* "all", "country"…: as a tally has it; KAF_TARGET_N_AXES: none of them. */
const char *kaf_target_axis_id (KafTargetAxis axis);
KafTargetAxis kaf_target_axis_parse (const char *id);

typedef enum
{
  KAF_TARGET_CELL_ITEM,
  KAF_TARGET_CELL_UNKNOWN, /* nobody said */
  KAF_TARGET_CELL_REST,    /* what is not told elsewhere */
} KafTargetCellKind;

/* Numbers may be KAF_FEW_SMALL or KAF_FEW_TOGETHER: in a month that is closed, and where the query hides. */
typedef struct
{
  KafTargetCellKind kind;
  char *code;  /* of an item */
  char *title; /* the same */
  guint n[KAF_TARGET_N_STAGES];
} KafTargetCell;

/* What stands before its numbers. (transfer none) */
const char *kaf_target_cell_title (const KafTargetCell *self, KafLang lang);

typedef struct
{
  KafDay day;
  gboolean closed; /* told from the tallies: figures open no list */
  /* Of what the user may see of a hub's records, which is not all: measured against no goal, nor told from tallies, which
   * are of all. */
  gboolean part;
  guint n[KAF_TARGET_N_STAGES];
  guint before[KAF_TARGET_N_STAGES]; /* KAF_TARGET_CHANGE_DAYS earlier */
  guint path;
  KafTargetSettings settings;
  GPtrArray *cells
      [KAF_TARGET_N_AXES]; /* (element-type KafTargetCell), most mobilised first; NULL: not asked for */
} KafTargetCount;
void kaf_target_count_free (KafTargetCount *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafTargetCount, kaf_target_count_free)

typedef struct
{
  KafDay day; /* unknown: today */
  guint axes; /* bits: 1 << KAF_TARGET_BY_COUNTRY… */
  gboolean
      hide; /* no small number is told, small cells go to the rest: for who sees aggregates alone */
  KafLang lang;
} KafTargetQuery;

/* At the end of @query->day; of the last day of a month that is closed, the tally. Errors: KAF_STORE_ERROR. */
KafTargetCount *kaf_target_count (KafDatabase *db,
                                  const KafTargetQuery *query,
                                  GCancellable *cancellable,
                                  GError **error);

/* The end of a month, or the last day asked for. */
typedef struct
{
  KafDay day;
  gboolean closed;
  guint n[KAF_TARGET_N_STAGES];
} KafTargetPoint;

/* Month by month from that of @from until @to; unknown: from the start of the path, until today. (element-type
 * KafTargetPoint) (transfer full)
 * @hide: small numbers are KAF_FEW_SMALL. Where a part of the records is alone, no month is closed. */
GArray *kaf_target_series (KafDatabase *db, KafDay from, KafDay to, gboolean hide, GError **error);

/* What a figure counts: a query on persons, of a sector on experts; as long as the figure says. @code NULL: of whom
 * nobody said it. Errors: KAF_STORE_ERROR. (transfer full) */
KafQuery *kaf_target_list (KafDatabase *db,
                           KafDay day,
                           KafTargetStage stage,
                           KafTargetAxis axis,
                           const char *code,
                           GError **error);

/* Months that are over and not closed, from the first in which anybody counts; "2026-10", in order; none where a part of
 * the records is alone. (transfer full) */
GStrv kaf_target_open_months (KafDatabase *db, GError **error);

/* Writes the tallies of @months (each over, and not closed yet) in one batch, as one who approves. It cannot be undone.
 * Errors: KAF_STORE_ERROR_REFUSED; the message is an N_() sentence. */
KafReceipt *kaf_target_close (KafDatabase *db,
                              const char *const *months,
                              GCancellable *cancellable,
                              GError **error);

G_END_DECLS
