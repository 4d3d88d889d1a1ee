/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A pop-up that edits one fact of a record in place: Enter saves, Escape leaves it as it was.
 *
 * Signal "saved" (KafReceipt *): the change is in the store. */
#pragma once

#include <gtk/gtk.h>

#include "store/kaf-store.h"
#include "ui/record/kaf-record-data.h"

G_BEGIN_DECLS

#define KAF_TYPE_FACT_EDITOR (kaf_fact_editor_get_type ())
G_DECLARE_FINAL_TYPE (KafFactEditor, kaf_fact_editor, KAF, FACT_EDITOR, GtkPopover)

GtkWidget *kaf_fact_editor_new (KafStore *store, const KafRecordData *data, const KafFact *fact);

/* Checks what was typed and commits it; closes when nothing was changed. */
void kaf_fact_editor_save (KafFactEditor *self);

/* The rows, a KafFieldRow a field. (transfer none) */
GPtrArray *kaf_fact_editor_get_rows (KafFactEditor *self);

G_END_DECLS
