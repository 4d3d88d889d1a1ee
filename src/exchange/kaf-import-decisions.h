/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person decided of a plan – rows left out, cells mended, duplicates judged – as text that is kept as a draft of
 * this device under what the file holds, until the plan is written or the decisions are old.
 *
 * One decision a line: "ROW out ID", "ROW same ID", "ROW different ID", "ROW cell ID COLUMN TEXT". ROW is the row's number
 * in the file; ID the record that it is about, "row:N" another row, or "-": with the record, an erasure takes the line. */
#pragma once

#include "exchange/kaf-import-plan.h"

G_BEGIN_DECLS

/* Days after which decisions about a file that did not come in are forgotten. */
#define KAF_IMPORT_DECISIONS_DAYS 90

/* Under which slot of drafts the decisions about a file stand: the same for the same content, read in the same way (encoding,
 * separator, sheet). Reads the file: on a worker. Errors: G_IO_ERROR. (transfer full) */
char *kaf_import_decisions_make_slot (GFile *file,
                                      const KafTableReader *reader,
                                      GCancellable *cancellable,
                                      GError **error);

/* NULL: nothing was decided. (transfer full) */
char *kaf_import_decisions_write (const KafImportPlan *plan);

/* Decides again, as far as it still holds: a duplicate of another record than then waits again. @n (out): of how many. On a
 * worker. Errors: KAF_STORE_ERROR. */
gboolean kaf_import_decisions_apply (
    KafImportPlan *plan, KafDatabase *db, const char *text, guint *n, GError **error);

/* Those that are kept, NULL: none. Forgets old ones. (transfer full) */
char *kaf_import_decisions_load (KafDatabase *db, const KafEntity *entity, const char *slot);

G_END_DECLS
