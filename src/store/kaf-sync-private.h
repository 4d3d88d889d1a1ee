/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Local keys of the sync. */
#pragma once

#define KAF_SYNC_URL "sync-url"
#define KAF_SYNC_USER "sync-user"
#define KAF_SYNC_ROLE "sync-role"
#define KAF_SYNC_CURSOR "sync-cursor"
#define KAF_SYNC_ACKED "sync-acked"
#define KAF_SYNC_SEEN "sync-seen"
/* The number of the last erasure of the hub that was carried out here. */
#define KAF_SYNC_ERASED "sync-erased"
#define KAF_SYNC_HIDDEN "sync-hidden"
#define KAF_SYNC_AT "sync-at"
