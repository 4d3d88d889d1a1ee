/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A mission is taken to the field: records are exchanged, what it needs is looked through, and the contents of its
 * files are fetched, the large ones too. For programs without a main loop; the window reads the kit on a lane of the
 * store, says what it wants (kaf_mission_kit_want()) and wakes its KafBlobAgent. */
#pragma once

#include "net/kaf-net-error.h"
#include "store/kaf-mission-kit.h"

G_BEGIN_DECLS

/* @done of @total bytes of what was not here; some five times a second, and once at the end. */
typedef void (*KafMissionTakeFunc) (gint64 done, gint64 total, gpointer data);

/* Blocking. What was exchanged or has come before a failure or a cancelling stays; what has not is waited for no more.
 * @kit (out, nullable, transfer full): what is here at the end; set in either case when the mission is here.
 * @progress: nullable. Errors: KAF_NET_ERROR, KAF_STORE_ERROR, G_IO_ERROR_CANCELLED. */
gboolean kaf_mission_take (KafDatabase *db,
                           const char *mission,
                           KafMissionKit **kit,
                           KafMissionTakeFunc progress,
                           gpointer progress_data,
                           GCancellable *cancellable,
                           GError **error);

G_END_DECLS
