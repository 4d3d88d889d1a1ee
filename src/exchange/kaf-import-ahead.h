/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows that are to make new records, read on a thread of their own while those before them are written. */
#pragma once

#include "exchange/kaf-import-plan-private.h"

G_BEGIN_DECLS

typedef struct
{
  KafImportRow read;
  GPtrArray *claims; /* KafRecord: what is said of the record, which they do not name yet */
} KafImportReady;

void kaf_import_ready_clear (KafImportReady *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KafImportReady, kaf_import_ready_clear)

typedef struct _KafImportAhead KafImportAhead;

/* @plan (transfer none): until the free it is not changed but for rows that were taken. */
KafImportAhead *kaf_import_ahead_new (const KafImportPlan *plan);
void kaf_import_ahead_free (KafImportAhead *self); /* waits for the thread */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafImportAhead, kaf_import_ahead_free)

/* The row at @place, which may take a moment. Rows are taken in their order, each once. FALSE: it is to be read by who
 * asks, as it was changed by hand or is about a record that is there. @ready (out) (transfer full). */
gboolean kaf_import_ahead_take (KafImportAhead *self, guint place, KafImportReady *ready);

G_END_DECLS
