/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the hub takes one operation into the record that it concerns: the rules of kaf-merge.h over all
 * fields of a part, its creation and its end. Pure: whether the author may do it, and whether the
 * values are any, is asked before. */
#pragma once

#include "sync/kaf-hub-record.h"
#include "sync/kaf-operation.h"

G_BEGIN_DECLS

/* The edit that the operation belongs to. */
typedef struct
{
  gint64 seq; /* the hub's number of the operation */
  KafSight sight;
  const char *author; /* nullable */
  gint64 at;          /* µs since 1970 UTC, settled */
  guint reads;        /* KafClass bits of what he is told now */
  KafRecordTells tells;
  guint schema; /* his program's version of it: a field that came later he has never seen */
} KafHubEdit;

typedef enum
{
  KAF_HUB_TAKEN_CHANGED = 1 << 0,  /* the record is another now */
  KAF_HUB_TAKEN_DIFFERS = 1 << 1,  /* what stands is not what the author has: he must be told */
  KAF_HUB_TAKEN_CONFLICT = 1 << 2, /* something went into a conflict */
  KAF_HUB_TAKEN_REFUSED = 1 << 3,  /* something was not taken, and never will be */
} KafHubTaken;

/* Two edits that did not see one another. The texts are JSON objects {FIELD:VALUE} of a unit's
 * fields; "{}" where the record as a whole is meant. */
typedef struct
{
  const KafEntity *entity;
  char *field;  /* the unit's first field; NULL: deleted by one, edited by the other */
  char *stands; /* what stands now */
  char *other;  /* what does not */
  char *before; /* what the author of this edit had before him */
  KafMark mark; /* of the side that was there already */
  gboolean won; /* the edit stands; else the other side does */
} KafHubConflict;
void kaf_hub_conflict_free (KafHubConflict *self);

/* KafHubTaken bits. @conflicts (element-type KafHubConflict): takes what was met. */
guint kaf_hub_take (KafHubRecord *record,
                    const KafOperation *operation,
                    const KafHubEdit *edit,
                    GPtrArray *conflicts);

/* What its author must be told where the operation is passed over. */
guint kaf_hub_take_nothing (KafHubRecord *record, const KafOperation *operation);

G_END_DECLS
