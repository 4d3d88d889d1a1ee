/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window over some fields of one record, new or there already: for what is written on the spot, where a page would
 * take away what it belongs to. It stays open, with all that was typed, until the store has it; closing it with
 * something typed asks.
 *
 * Signals: "collect" (KafRecord *record, KafChangeSet *set): before the commit; a handler adds to the record what its
 * own rows say, and to the set what has to be there before it, or hangs on it: then the new record itself too, with an
 * id. "edited" (): something was changed by a person.
 * "saved" (KafReceipt *receipt): it is in the store; the window closes. */
#pragma once

#include <adwaita.h>

#include "store/kaf-store.h"
#include "ui/form/kaf-field-row.h"

G_BEGIN_DECLS

#define KAF_TYPE_FIELD_DIALOG (kaf_field_dialog_get_type ())
G_DECLARE_FINAL_TYPE (KafFieldDialog, kaf_field_dialog, KAF, FIELD_DIALOG, AdwWindow)

/* @record: as it stands, or without id what a new one begins with. */
GtkWidget *kaf_field_dialog_new (KafStore *store, const char *title, KafRecord *record);

/* Gives the focus to the first row, once it is presented: not to the buttons above. */
void kaf_field_dialog_begin (KafFieldDialog *self);

/* Rows for fields of the record, one under the other; NULL-terminated. */
void kaf_field_dialog_add_fields (KafFieldDialog *self, const char *const *fields);

/* Anything else, under them. (transfer floating) */
void kaf_field_dialog_add (KafFieldDialog *self, GtkWidget *widget);

/* NULL: it has no such row. */
KafFieldRow *kaf_field_dialog_find_row (KafFieldDialog *self, const char *field);

/* Canonical text as it stands in the row now; NULL: unknown, or wrong. (transfer full) */
char *kaf_field_dialog_get_value (KafFieldDialog *self, const char *field);

/* Another row of the caller was changed by a person. */
void kaf_field_dialog_touch (KafFieldDialog *self);

/* As the button; FALSE: a row is wrong, and has the focus. */
gboolean kaf_field_dialog_save (KafFieldDialog *self);

/* A sentence at the foot; NULL: none. */
void kaf_field_dialog_say (KafFieldDialog *self, const char *sentence, const char *style);

G_END_DECLS
