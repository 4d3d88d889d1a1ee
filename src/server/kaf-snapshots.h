/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a role is told of all records, as a store that is ready: a device that holds nothing yet takes it page
 * by page (store/kaf-adopt.h) and reads on from there. In DIR/snapshots, for each role a store that reads
 * the hub like a device, and what was last made of it for the way. All of it can go at any time, and does
 * when a person is erased. Blocking. */
#pragma once

#include "server/kaf-hub.h"
#include "store/kaf-database.h"

G_BEGIN_DECLS

/* Brings the store of the role up to the hub, a page at a time within @mutex, and packs it when enough has
 * changed, or in any case when @always. Errors: KAF_HUB_ERROR, KAF_STORE_ERROR, G_IO_ERROR_CANCELLED. */
gboolean kaf_snapshots_prepare (const char *dir,
                                KafHub *hub,
                                GMutex *mutex,
                                const KafRole *role,
                                gboolean always,
                                GCancellable *cancellable,
                                GError **error);

/* The scope that there are snapshots of. */
#define KAF_SNAPSHOTS_SCOPE "national"

/* Whether @scope, the scopes of a grant (nullable), is of those: it is national, whatever else it names. Who sees a
 * part only reads the feed, page by page: what is ready for all would tell more than he may know, and one for each
 * set of scopes would cost the hub a store of its own for it. */
gboolean kaf_snapshots_serve (const char *scope);

/* The packed one, to be read from: a descriptor, or -1 when there is none. */
int kaf_snapshots_open (const char *dir, const KafRole *role);

/* The role whose store is counted for who sees totals alone: it is told whatever figures are made of. */
#define KAF_SNAPSHOTS_COUNTED "agent"

/* That store, to be read. Errors: KAF_STORE_ERROR_NOT_FOUND: it is not made yet. (transfer full) */
KafDatabase *kaf_snapshots_open_store (const char *dir, GError **error);

/* Removes them all: after an erasure, and when the hub's file was replaced. What is under way comes to
 * nothing. */
gboolean kaf_snapshots_forget (const char *dir, GError **error);

G_END_DECLS
