/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Local keys of the sync, and its numbers. */
#pragma once

#include "store/kaf-database-private.h"

#define KAF_SYNC_URL "sync-url"
#define KAF_SYNC_USER "sync-user"
#define KAF_SYNC_ROLE "sync-role"
#define KAF_SYNC_SCOPE "sync-scope"
/* The user's rights are others than before, until all is told by them: how many records were here before. */
#define KAF_SYNC_REGRANTED "sync-regranted"
/* What the hub counted for who sees totals alone (kaf-totals.h). */
#define KAF_SYNC_TOTALS "sync-totals"
#define KAF_SYNC_CURSOR "sync-cursor"
#define KAF_SYNC_ACKED "sync-acked"
#define KAF_SYNC_SEEN "sync-seen"
/* The classes of fields that were told up to there, while it is less than what the user's role reads now. */
#define KAF_SYNC_TOLD "sync-told"
/* The version of the schema of the program to which was told up to there, while it is older than this one's. */
#define KAF_SYNC_SCHEMA "sync-schema"
/* The number of the last erasure of the hub that was carried out here. */
#define KAF_SYNC_ERASED "sync-erased"
/* The number of the last thing heard of what became of edits that the hub kept aside. */
#define KAF_SYNC_SETTLED "sync-settled"
/* "1": this store is a copy of one that has gone on, and must be given a number of its own. */
#define KAF_SYNC_FORKED "sync-forked"
#define KAF_SYNC_HIDDEN "sync-hidden"
#define KAF_SYNC_AT "sync-at"
/* "1": between two pages, of which a later one may hold what this one names. */
#define KAF_SYNC_READING "sync-reading"
/* "1": the hub is to tell the whole of each record, until it has told all. */
#define KAF_SYNC_WHOLE "sync-whole"
/* The version of the schema of this program when it left out something that it did not know: once it knows more, it reads
 * all again. */
#define KAF_SYNC_UNKNOWN "sync-unknown"
/* Classes of fields that the user read before and does no longer, as a number, until all is told by the narrower ones. */
#define KAF_SYNC_NARROWED "sync-narrowed"
/* "1": nothing is sent until what is here was compared with what the hub has. */
#define KAF_SYNC_PREVIEW "sync-preview"
/* When this store was last compared with its hub, and what came of it: see kaf-reconcile.h. */
#define KAF_SYNC_COMPARED "sync-compared"
/* "1": the hub has no snapshot that this store could take. */
#define KAF_SYNC_NO_SNAPSHOT "sync-no-snapshot"

/* What a commit has to know of the store as a device, in one look; its number too is that of now. */
typedef struct
{
  gboolean enrolled;
  gint64 seen;  /* the hub's number up to which it has read; 0: it knows no hub */
  guint told;   /* KafClass bits: of the fields that it was told until then */
  guint schema; /* what came with a later version of the schema it was not told */
} KafSyncPlace;
gboolean kaf_sync_place_read (KafDatabase *db, KafSyncPlace *self, GError **error);

/* @key: one of those above, or of another module's. */
gboolean kaf_sync_set_number (KafDatabase *db, const char *key, gint64 number, GError **error);

/* What a newer hub tells and this program does not know is left out: the hub has it, and edits are by field, so that
 * nothing is lost there. It is noted that some was. */
gboolean kaf_sync_keep_unknown (KafDatabase *db, GError **error);

/* Whether an older program of this store did so; then all is to be read again, and what is written before that was done was
 * written without having seen what came with a later version. */
gboolean kaf_sync_find_replaced (KafDatabase *db, gboolean *replaced, GError **error);

/* The epoch of the hub that the store has read; NULL: nothing was read yet. (transfer full) */
char *kaf_sync_get_epoch (KafDatabase *db);

/* What the user may see and do from now on, as the hub says; each nullable: as before. What another role reads more than
 * the one before was not told yet, however far the store has read. */
gboolean kaf_sync_set_grants (KafDatabase *db, const char *role, const char *scope, GError **error);

/* Records here that are not everybody's, whatever his rights. */
guint kaf_sync_count_granted (KafDatabase *db);

/* Within a transaction: the hub is to tell all of it again. By which grants the store came by its records it still
 * says: what its user may see no more is to be dropped. @told (nullable): the cursor of an answer that was taken, but is
 * not where the store stands. */
gboolean kaf_sync_begin_anew (KafDatabase *db, const char *told, GError **error);

/* Within a transaction: the store is that device from now on. */
gboolean kaf_sync_renumber (KafDatabase *db, guint64 device, GError **error);
