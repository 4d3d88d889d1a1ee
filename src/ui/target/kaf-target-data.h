/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the pages of the count of 2030 read in one go. */
#pragma once

#include "store/kaf-store.h"
#include "store/kaf-target.h"

G_BEGIN_DECLS

typedef struct
{
  KafTargetCount *count;
  GArray *points; /* (element-type KafTargetPoint) */
  KafDay today;
  gboolean opens;     /* whoever looks may see persons */
  gboolean may_close; /* and closes months */
  GStrv open_months;  /* over and not closed; NULL: not asked for */
} KafTargetData;
void kaf_target_data_free (KafTargetData *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafTargetData, kaf_target_data_free)

/* A KafStoreJob; @data: a KafTargetQuery, whose `hide` is seen to here. */
gpointer
kaf_target_data_read (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error);

G_END_DECLS
