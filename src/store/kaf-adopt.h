/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one way in beside the transaction: a store that holds nothing yet becomes what its hub has prepared, a
 * store that is ready, page by page. A hundred thousand records take seconds so, with their indexes. */
#pragma once

#include "store/kaf-database.h"

G_BEGIN_DECLS

/* Whether the store may take a snapshot: it belongs to a hub, has read nothing of it, and holds nothing but
 * the reference lists that it was made with. */
gboolean kaf_adopt_is_fresh (KafDatabase *db);

/* Behind the store's name: what came of a snapshot so far, what that is the beginning of, and what is made of it. */
#define KAF_ADOPT_PART ".snapshot.part"
#define KAF_ADOPT_TAG ".snapshot.tag"
#define KAF_ADOPT_PLAIN ".snapshot"

/* Leaves nothing of these beside the store at the path @store. */
void kaf_adopt_remove_parts (const char *store);

/* From now on the store reads what the hub tells, and asks for no snapshot any more: there is none of its
 * kind. */
gboolean kaf_adopt_give_up (KafDatabase *db, GError **error);

/* Takes the snapshot at @path, a plain file of this device that is written to on the way; all of it or
 * nothing. What is this device's own stays: its number, its hub, drafts, what the window keeps. The next
 * exchange reads on from there. @n (out): records.
 * Errors: KAF_STORE_ERROR_NOT_A_STORE, _DAMAGED, _NEWER when it is no such snapshot; _EXISTS when the
 * store is no longer fresh; _LOCKED when another program writes just now. */
gboolean kaf_adopt_snapshot (KafDatabase *db, const char *path, guint *n, GError **error);

/* The whole of the store as one file at @path, which is replaced; its owner's alone. Errors:
 * KAF_STORE_ERROR. */
gboolean kaf_adopt_print (KafDatabase *db, const char *path, GError **error);

G_END_DECLS
