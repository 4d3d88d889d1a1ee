/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What must never come back to a hub: the records erased, by id alone, in a file of its own. */
#pragma once

#include "server/kaf-hub-storage.h"

G_BEGIN_DECLS

/* Within a transaction: erases the record and what belongs to it, and enters them in the ledger
 * @ledger first. @victims (element-type KafErased): gets them; @kept (element-type KafRecord, nullable): what the law
 * keeps, without whom was erased. */
gboolean kaf_hub_erase_record (KafHubStorage *storage,
                               KafRandom *random,
                               const char *ledger,
                               const KafEntity *root,
                               const char *id,
                               gint64 at,
                               GPtrArray *victims,
                               GPtrArray *kept,
                               GError **error);

/* Erases again what the ledger names and the storage does not: it was restored from a backup. */
gboolean kaf_hub_erase_replay (
    KafHubStorage *storage, KafRandom *random, const char *ledger, gint64 at, GError **error);

G_END_DECLS
