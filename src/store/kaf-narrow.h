/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A user who may read fewer classes of fields, or kinds of records, than before. What the hub knows it has dropped and tells anew, in the same
 * reading; of a record that it does not know, since it was restored from a backup, it can say nothing. There this store
 * does by itself what the hub would: the record goes, and is taken again without the fields that are withdrawn. So it stays
 * where it may be the only one of its kind. What was typed here and waits to be sent, or was refused, is its author's and
 * stays in it. Records of a kind that is closed to him go, the hub's word on them or not: of one that was made here and
 * elsewhere, by the id of its content, it knows but the other. */
#pragma once

#include "store/kaf-drop.h"
#include "store/kaf-transaction-private.h"

G_BEGIN_DECLS

/* Before the store is told that its user's role is @role from now on. */
gboolean kaf_narrow_note (KafDatabase *db, const char *role, GError **error);

/* Within the transaction that ends a reading, by which all was told that the hub has. */
gboolean kaf_narrow_finish (KafTransaction *tx, KafDrop *drop, GError **error);

G_END_DECLS
