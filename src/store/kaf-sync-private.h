/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Local keys of the sync, and its numbers. */
#pragma once

#include "store/kaf-database-private.h"

#define KAF_SYNC_URL "sync-url"
#define KAF_SYNC_USER "sync-user"
#define KAF_SYNC_ROLE "sync-role"
#define KAF_SYNC_SCOPE "sync-scope"
#define KAF_SYNC_CURSOR "sync-cursor"
#define KAF_SYNC_ACKED "sync-acked"
#define KAF_SYNC_SEEN "sync-seen"
/* The number of the last erasure of the hub that was carried out here. */
#define KAF_SYNC_ERASED "sync-erased"
/* "1": this store is a copy of one that has gone on, and must be given a number of its own. */
#define KAF_SYNC_FORKED "sync-forked"
#define KAF_SYNC_HIDDEN "sync-hidden"
#define KAF_SYNC_AT "sync-at"

/* Within a transaction: the store is that device from now on. */
gboolean kaf_sync_renumber (KafDatabase *db, guint64 device, GError **error);
