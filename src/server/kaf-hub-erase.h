/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What must never come back to a hub: the records erased, by id alone, in a file of its own. */
#pragma once

#include "server/kaf-hub-storage.h"
#include "sync/kaf-operation.h"

G_BEGIN_DECLS

/* Within a transaction: erases the record and what belongs to it, and enters them in the ledger
 * @ledger first. @name: by what it was ordered. @victims (element-type KafErased): gets them; @kept (element-type
 * KafRecord, nullable): what the law keeps, without whom was erased. kaf_hub_erase_finish() is due once the
 * transaction is through, kaf_hub_erase_withdraw() when it failed. */
gboolean kaf_hub_erase_record (KafHubStorage *storage,
                               const char *ledger,
                               const KafEntity *root,
                               const char *id,
                               const char *name,
                               gint64 at,
                               GPtrArray *victims,
                               GPtrArray *kept,
                               GError **error);

/* Takes out of the ledger what kaf_hub_erase_record() has just entered, as its transaction was taken back: whoever ordered it
 * is told that nothing was erased, and no start of the server is to erase it after all. A ledger that cannot be written
 * either keeps it: the next start finishes the erasure, and the log says so. */
void kaf_hub_erase_withdraw (const char *ledger, GPtrArray *victims, gint64 at);

/* Who would be erased and what would be kept, as above. It is written as if it were done, but for the ledger: the
 * transaction is to be taken back. */
gboolean kaf_hub_erase_foresee (KafHubStorage *storage,
                                const KafEntity *root,
                                const char *id,
                                gint64 at,
                                GPtrArray *victims,
                                GPtrArray *kept,
                                GError **error);

/* Adds the records that were judged to be one with the record to @members (element-type KafErased), which has it
 * already. */
gboolean kaf_hub_erase_find_members (KafHubStorage *storage,
                                     const KafEntity *root,
                                     const char *id,
                                     GPtrArray *members,
                                     GError **error);

/* The ledger as text: lines of cells, the first an entity, and others whose first names none, which versions that do not
 * know them pass over. Each ends with a newline, those that are appended too. (transfer full) */
gboolean kaf_hub_erase_enter_lines (const char *ledger, const char *lines, GError **error);
char *kaf_hub_erase_read_ledger (const char *ledger, GError **error);

/* Erases again what the ledger names and the storage does not: it was restored from a backup. */
gboolean
kaf_hub_erase_replay (KafHubStorage *storage, const char *ledger, gint64 at, GError **error);

/* Enters who is erased and is not in the ledger: it was lost, or is as old as a backup. Where it cannot be written, the log
 * says so, and the next opening tries again. */
void kaf_hub_erase_enter_missing (KafHubStorage *storage, const char *ledger, gint64 at);

/* With what removes something, so that whoever is cut short after it knows that traces of it remain. */
gboolean kaf_hub_erase_note_unfinished (KafHubStorage *storage, const char *name, GError **error);

/* By what erasures were ordered of which traces remain; NULL: all are finished. (transfer full) */
char *kaf_hub_erase_find_unfinished (KafHubStorage *storage, GError **error);
gboolean kaf_hub_erase_names (const char *names, const char *name);

/* Whether the record that @op makes belongs to one of @ids (set of char*), and goes with it: what the law keeps does
 * not. */
gboolean kaf_hub_erase_belongs (const KafOperation *op, GHashTable *ids);

/* Removes the traces; may be called as often as it takes. */
gboolean kaf_hub_erase_finish (KafHubStorage *storage, GError **error);

G_END_DECLS
