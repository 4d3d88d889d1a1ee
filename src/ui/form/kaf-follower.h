/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps rows that a record was read into abreast of the store while a person types in them.
 *
 *   KafStore::changed ──▸ read again ──▸ nobody typed in the field: the row shows what stands now
 *                                   └──▸ typed in it: what is typed stays; a line under the row tells what others
 *                                        made of it, with "Take Theirs"
 *
 * The fields of a merge unit (KafField.unit) count as one. What it writes goes over nobody's edit that no line has told
 * of: see kaf_known_commit().
 *
 * Signals: "followed" (): rows, lines or what is known have changed. */
#pragma once

#include "record/kaf-record.h"
#include "store/kaf-store.h"
#include "ui/form/kaf-field-row.h"

G_BEGIN_DECLS

#define KAF_TYPE_FOLLOWER (kaf_follower_get_type ())
G_DECLARE_FINAL_TYPE (KafFollower, kaf_follower, KAF, FOLLOWER, GObject)

/* It follows by itself from here on. */
KafFollower *kaf_follower_new (KafStore *store);

/* The rows are about to go: nothing touches them any more. */
void kaf_follower_stop (KafFollower *self);

/* @known: as it was read from the store, and as the rows show it. One record of an entity. */
void kaf_follower_add (KafFollower *self, KafRecord *known);
/* Nothing where no record of @entity is followed. */
void kaf_follower_add_row (KafFollower *self, const KafEntity *entity, KafFieldRow *row);

/* The record as the rows know it by now; NULL: it is not followed. (transfer none) */
KafRecord *kaf_follower_get_known (KafFollower *self, const KafEntity *entity);

/* Lines that tell of others' values and were not answered; and the row of the first of them. */
guint kaf_follower_count_told (KafFollower *self);
KafFieldRow *kaf_follower_get_first_told (KafFollower *self); /* (nullable) */
/* Whether one of them is of what @row shows. */
gboolean kaf_follower_tells (KafFollower *self, KafFieldRow *row);

/* For a draft: a mark for each unit that was typed in, by what stood in the store then, which it does not give away. NULL:
 * nothing was typed. (transfer full) */
char *kaf_follower_mark (KafFollower *self);
/* The draft fills the rows again: where by the mark another value stands now, a line tells of it. @mark: nullable. */
void kaf_follower_recall (KafFollower *self, const char *mark);

/* Writes, unless others' edits would go unseen: then the lines come, @told is set, and finish returns NULL without an
 * error. @fault: as kaf_commit(). */
void kaf_follower_commit_async (KafFollower *self,
                                KafChangeSet *set,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
KafReceipt *kaf_follower_commit_finish (
    KafFollower *self, GAsyncResult *result, gboolean *told, KafFault *fault, GError **error);

G_END_DECLS
