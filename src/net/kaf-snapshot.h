/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way of a snapshot from the hub to a file beside the store, STORE.snapshot: fetched as far as it comes,
 * and gone on with the next time. */
#pragma once

#include "net/kaf-remote.h"

G_BEGIN_DECLS

/* Blocking. @path (out, transfer full): the snapshot, ready for kaf_adopt_snapshot(); NULL when the hub has
 * none. */
gboolean kaf_snapshot_fetch (KafRemote *remote,
                             const KafSecrets *secrets,
                             const char *store,
                             KafRemoteProgressFunc progress,
                             gpointer data,
                             GCancellable *cancellable,
                             char **path,
                             GError **error);

G_END_DECLS
