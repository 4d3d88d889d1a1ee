/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A store that held records before it knew a hub: which of its persons look like ones that the hub has. They
 * are compared here, after the first download and before the first upload. */
#pragma once

#include "store/kaf-suspects.h"

G_BEGIN_DECLS

typedef struct
{
  char *id; /* of the person here */
  char *title, *summary;
  KafSuspected *other; /* whom the hub has; nullable */
} KafDuplicate;
void kaf_duplicate_free (KafDuplicate *self);

/* From now on nothing is sent; with @preview FALSE, it is again. For a store that has persons of its own
 * to send; for another, nothing happens. */
gboolean kaf_duplicates_set_preview (KafDatabase *db, gboolean preview, GError **error);

/* Whether persons that are still to be sent may be ones that were received: else kaf-suspects need not be up to date
 * before they are sent. @may (out). */
gboolean kaf_duplicates_may_be (KafDatabase *db, gboolean *may, GError **error);

/* Persons made here that are still to be sent, and may be ones that were received (by the engine of kaf-suspects), each with the
 * likeliest; or, with @held, of those that are held back all, with or without a likeness (other: NULL).
 * @n_own (out, nullable): how many were compared. (element-type KafDuplicate) (transfer full) */
GPtrArray *kaf_duplicates_find (KafDatabase *db,
                                gboolean held,
                                KafLang lang,
                                guint *n_own,
                                GCancellable *cancellable,
                                GError **error);

/* The persons @ids (element-type utf8), and what belongs to them, are not sent until they are released. */
gboolean kaf_duplicates_hold (KafDatabase *db, GPtrArray *ids, GError **error);

/* It is another person: she is sent after all, as she is now. Errors: KAF_STORE_ERROR_NOT_FOUND. */
gboolean kaf_duplicates_release (KafDatabase *db, const char *id, GError **error);

/* Persons that are held back. */
guint kaf_duplicates_count_held (KafDatabase *db, GError **error);

/* Ids of all that is held back, or NULL when nothing is. (element-type utf8) (transfer full) */
GHashTable *kaf_duplicates_get_held (KafDatabase *db);

G_END_DECLS
