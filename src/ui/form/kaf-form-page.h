/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page on which a record is made or changed, drawn from the schema alone. Of a facet, it
 * shows the fields of the owner and the facet's own as one form, saved as one change set.
 *
 * Signals: "saved" (KafReceipt *receipt, const char *id) once it is in the store; "cancelled" ()
 * when the page may go (a draft that was kept is told of by then).
 * Actions: form.save, form.cancel, form.resume-draft, form.discard-draft, form.section (s). */
#pragma once

#include <gtk/gtk.h>

#include "record/kaf-record.h"
#include "store/kaf-store.h"
#include "ui/form/kaf-field-row.h"

G_BEGIN_DECLS

#define KAF_TYPE_FORM_PAGE (kaf_form_page_get_type ())
G_DECLARE_FINAL_TYPE (KafFormPage, kaf_form_page, KAF, FORM_PAGE, GtkBox)

/* @id: the record to change, or NULL for a new one. @preset (nullable): values that a new record
 * starts from; a preset reference to what the record belongs to is shown and cannot be changed.
 * A preset facet that has an id is added to the owner of that id. */
GtkWidget *
kaf_form_page_new (KafStore *store, const KafEntity *entity, const char *id, KafRecord *preset);

const KafEntity *kaf_form_page_get_entity (KafFormPage *self);
const char *kaf_form_page_get_id (KafFormPage *self); /* (nullable) */

/* The draft, once it is read, fills the form without being offered first. */
void kaf_form_page_resume (KafFormPage *self);

/* Of a new network: persons (ids) who join it in the batch that saves it. */
void kaf_form_page_set_members (KafFormPage *self, const char *const *persons);

/* The row of a field of the entity or of its owner; NULL when the form has none. */
KafFieldRow *kaf_form_page_get_row (KafFormPage *self, const char *field);

/* The record was read and its rows are filled. */
gboolean kaf_form_page_is_ready (KafFormPage *self);

/* Keeps what was typed before the page goes for another reason than its buttons. */
void kaf_form_page_keep_draft (KafFormPage *self);

/* Something was typed that is not on the disk. */
gboolean kaf_form_page_is_unkept (KafFormPage *self);

/* A commit is under way. */
gboolean kaf_form_page_is_saving (KafFormPage *self);

/* Waits for the saving under way, or keeps what was typed; when it cannot be, says why and asks. TRUE: the
 * page may go. */
void
kaf_form_page_leave_async (KafFormPage *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean kaf_form_page_leave_finish (KafFormPage *self, GAsyncResult *result);

G_END_DECLS
