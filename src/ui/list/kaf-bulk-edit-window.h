/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "store/kaf-store.h"

G_BEGIN_DECLS

/* Edits many records at once: a field shows the value that all share, or that they differ; only
 * fields that were touched are written, as one change set.
 * Signals: "loaded" () once the present values show; "applied" (KafReceipt *). */
#define KAF_TYPE_BULK_EDIT_WINDOW (kaf_bulk_edit_window_get_type ())
G_DECLARE_FINAL_TYPE (KafBulkEditWindow, kaf_bulk_edit_window, KAF, BULK_EDIT_WINDOW, AdwWindow)

GtkWidget *
kaf_bulk_edit_window_new (KafStore *store, const KafEntity *entity, GArray *rids, KafLang lang);

/* The KafFieldRow of a field, for tests; NULL when it cannot be edited in bulk. */
GtkWidget *kaf_bulk_edit_window_get_row (KafBulkEditWindow *self, const char *field);

/* Writes what was touched; the window closes when that is done. */
void kaf_bulk_edit_window_apply (KafBulkEditWindow *self);

G_END_DECLS
