/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes up in one turn of a sync: groups of the outbox, made small for the way where that is worth it. */
#pragma once

#include "store/kaf-database.h"

G_BEGIN_DECLS

typedef struct
{
  GBytes *bytes;   /* lines (kaf-op-group.h); empty: nothing waits */
  gboolean packed; /* they are one frame of zstd */
  gint64 after;    /* number of the group before the first */
  gint64 last;     /* of the last; that of after: there is none */
  guint n_made;    /* operations, but for the lists that every store begins with */
  gboolean full;   /* more may wait behind */
} KafSyncLoad;

/* From the first group behind number @after on. Errors: KAF_STORE_ERROR. (transfer full) */
KafSyncLoad *kaf_sync_load_new (KafDatabase *db, gint64 after, GError **error);
void kaf_sync_load_free (KafSyncLoad *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafSyncLoad, kaf_sync_load_free)

/* @head, the lines before it, with it behind: the body of a request. @packed (out): it is in frames of zstd.
 * @self: nullable. @head (transfer full). (transfer full) */
GBytes *kaf_sync_load_join (const KafSyncLoad *self, GString *head, gboolean *packed);

G_END_DECLS
