/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of this device's journal the hub has not yet acknowledged. */
#pragma once

#include "store/kaf-database.h"

G_BEGIN_DECLS

/* Appends groups (kaf-op-group.h) from the first that waits, until @out grew by about @most bytes.
 * Errors: KAF_STORE_ERROR. */
gboolean kaf_outbox_print (KafDatabase *db, gsize most, GString *out, GError **error);

/* SQL: whether the group g holds the lists that every store begins with, which nobody has typed. */
#define KAF_OUTBOX_IS_LISTS                                                                        \
  "EXISTS (SELECT 1 FROM batch b WHERE b.id = g.batch AND b.label = 'lists')"

/* The same from the first behind number @after on. @n_made (out): operations in them, lists that every store begins with aside; @last (out): number of the last; @after:
 * there is none. */
gboolean kaf_outbox_print_after (KafDatabase *db,
                                 gint64 after,
                                 gsize most,
                                 GString *out,
                                 guint *n_made,
                                 gint64 *last,
                                 GError **error);

/* The number of the last group of this device; 0: there is none. */
gint64 kaf_outbox_get_last (KafDatabase *db, GError **error);

/* The hash of the header of group @dseq of this device, as kaf_op_group_print_hash has it. NULL: there is none, or see
 * @error. (transfer full) */
char *kaf_outbox_get_hash (KafDatabase *db, gint64 dseq, GError **error);

/* What was typed here after group @acked and waits, asked by field. */
typedef struct _KafOutbox KafOutbox;
KafOutbox *kaf_outbox_open (KafDatabase *db, gint64 acked);
void kaf_outbox_free (KafOutbox *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafOutbox, kaf_outbox_free)

/* Whether that field waits, or with -1 whether the record is created, deleted or brought back by what
 * waits. @data: the KafOutbox. */
gboolean kaf_outbox_holds (const KafEntity *entity, const char *id, int field, gpointer data);

/* Of a field that waits: what was typed last; NULL: it was emptied. (transfer none) */
const char *kaf_outbox_get (KafOutbox *self, const KafEntity *entity, const char *id, guint field);

/* Whether the last that waits deletes the record, or makes it. */
gboolean kaf_outbox_deletes (KafOutbox *self, const KafEntity *entity, const char *id);
gboolean kaf_outbox_creates (KafOutbox *self, const KafEntity *entity, const char *id);

/* A record that was dropped is back, by the row number that it had: to be told before its row is written. */
void kaf_outbox_bring_back (KafOutbox *self, const char *id, gint64 rid);
/* How many operations are still to be sent: of what was erased, none is left. */
gboolean kaf_outbox_count_all (KafDatabase *db, guint *n, GError **error);

/* How many operations on the record @id of @root, and on its facets, are still to be sent; 0 where there
 * is no hub. */
guint kaf_outbox_count (KafDatabase *db, const KafEntity *root, const char *id);

/* The records of @entity of which something is still to be sent: "awaiting confirmation". Ids; empty where there is no
 * hub. (element-type utf8) (transfer full) */
GHashTable *kaf_outbox_find_waiting (KafDatabase *db, const KafEntity *entity, GError **error);

G_END_DECLS
