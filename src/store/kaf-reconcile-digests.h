/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The records of the store in the order in which a hub walks through its own, and their digests (kaf-compare.h). */
#pragma once

#include "store/kaf-database.h"

G_BEGIN_DECLS

typedef struct
{
  const KafEntity *root;
  const char *id; /* as long as the keys */
  gint64 rid;
} KafReconcileKey;

typedef struct _KafReconcileKeys KafReconcileKeys;

/* All of them; one takes some 60 bytes. Errors: KAF_STORE_ERROR. */
KafReconcileKeys *kaf_reconcile_keys_read (KafDatabase *db, GError **error);
void kaf_reconcile_keys_free (KafReconcileKeys *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafReconcileKeys, kaf_reconcile_keys_free)

guint kaf_reconcile_keys_count (const KafReconcileKeys *self);
const KafReconcileKey *kaf_reconcile_keys_get (const KafReconcileKeys *self, guint at);

/* How many do not stand behind that place; without an entity: all. */
guint kaf_reconcile_keys_find (const KafReconcileKeys *self, const char *entity, const char *id);

/* The rows of one as they came, whatever they are shown as, the root first if it is there. (element-type KafRecord)
 * (transfer full) */
GPtrArray *kaf_reconcile_keys_read_parts (const KafReconcileKeys *self,
                                          KafDatabase *db,
                                          guint at,
                                          GError **error);

/* Of those the digest; 0 where the record itself is not there. @digest (out).
 * @schema, @classes: as the hub said. */
gboolean kaf_reconcile_keys_digest (const KafReconcileKeys *self,
                                    KafDatabase *db,
                                    guint at,
                                    guint schema,
                                    guint classes,
                                    guint64 *digest,
                                    GError **error);

G_END_DECLS
