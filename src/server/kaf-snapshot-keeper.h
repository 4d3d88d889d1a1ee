/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps the snapshots fresh while the server runs, behind everything else. */
#pragma once

#include "server/kaf-service.h"

G_BEGIN_DECLS

/* The roles that somebody was granted for all records: each gets a snapshot; for who sees totals alone, the one that is
 * counted. (element-type KafRole)
 * (transfer container) */
GPtrArray *kaf_snapshot_keeper_find_roles (KafService *service, GError **error);

/* One thread of its own. @service outlives it. */
typedef struct _KafSnapshotKeeper KafSnapshotKeeper;
KafSnapshotKeeper *kaf_snapshot_keeper_start (KafService *service);
void kaf_snapshot_keeper_stop (KafSnapshotKeeper *self);

G_END_DECLS
