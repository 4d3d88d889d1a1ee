/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of another office comes in: a file, its columns, what it would change, and one batch that can be taken back.
 *
 * Actions: import.choose, .next, .back, .own, .afresh, .leave-out, .judge (s: "same", "different", "later"), .save-refused. */
#pragma once

#include "ui/app/kaf-window.h"
#include "ui/import/kaf-import-review.h"

G_BEGIN_DECLS

#define KAF_TYPE_IMPORT_ASSISTANT (kaf_import_assistant_get_type ())
G_DECLARE_FINAL_TYPE (KafImportAssistant, kaf_import_assistant, KAF, IMPORT_ASSISTANT, AdwWindow)

/* @entity: what the lines are supposed to be at first; nullable. */
GtkWidget *kaf_import_assistant_new (KafWindow *parent, KafStore *store, const KafEntity *entity);

/* As if it had been chosen: for files that are dropped, and tests. */
void kaf_import_assistant_set_file (KafImportAssistant *self, GFile *file);

/* "file", "columns" or "review". */
const char *kaf_import_assistant_get_page (KafImportAssistant *self);

/* The mapping of the file that was read, NULL until then. (transfer none) */
KafImportMap *kaf_import_assistant_get_map (KafImportAssistant *self);

KafImportReview *kaf_import_assistant_get_review (KafImportAssistant *self);

G_END_DECLS
