/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps what is typed into a form in the store of this device, half a second after the last key,
 * so that neither a crash nor a closed page loses it. What could not be written is tried again every
 * few seconds for as long as the keeper lives.
 *
 * Signals: "collect" (GHashTable *typed): fill in text by field; "told" (): it was kept, or not, or
 * dropped: get_error() and get_time() say which. */
#pragma once

#include "store/kaf-store.h"

G_BEGIN_DECLS

#define KAF_TYPE_DRAFT_KEEPER (kaf_draft_keeper_get_type ())
G_DECLARE_FINAL_TYPE (KafDraftKeeper, kaf_draft_keeper, KAF, DRAFT_KEEPER, GObject)

/* @slot: the record's id, or "new…". */
KafDraftKeeper *kaf_draft_keeper_new (KafStore *store, const KafEntity *entity, const char *slot);

/* Something was typed: keeps it soon. */
void kaf_draft_keeper_touch (KafDraftKeeper *self);

/* Something was typed that is not on the disk. */
gboolean kaf_draft_keeper_is_pending (KafDraftKeeper *self);

/* Keeps at once what touch() would have kept, and what could not be kept before. */
void kaf_draft_keeper_flush (KafDraftKeeper *self);

/* The same, and tells when it is on the disk. Errors: those of kaf_draft_save(). */
void
kaf_draft_keeper_flush_async (KafDraftKeeper *self, GAsyncReadyCallback callback, gpointer data);
gboolean kaf_draft_keeper_flush_finish (KafDraftKeeper *self, GAsyncResult *result, GError **error);

/* Why what was typed is not kept, as of the last try; NULL: nothing failed. */
const GError *kaf_draft_keeper_get_error (KafDraftKeeper *self);

/* Forgets the draft: saved, or not wanted. */
void kaf_draft_keeper_drop (KafDraftKeeper *self);

/* When it was last kept here, "14:31"; NULL when it was not. (transfer full) */
char *kaf_draft_keeper_get_time (KafDraftKeeper *self);

/* The same for a form that is gone. */
void kaf_draft_keeper_drop_slot (KafStore *store, const KafEntity *entity, const char *slot);

G_END_DECLS
