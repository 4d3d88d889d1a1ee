/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The editor of one field, made from its KafField alone: what a person types, the sentence that
 * says what is wrong with it, the correction to apply. Stands in forms, in the pop-up that edits
 * a fact in place, and in the window that edits many records at once.
 *
 * Signals: "changed" () each time that a person changes the content; "left" () when the focus
 * leaves the row, once the content was checked; "activated" () on Enter;
 * "error-changed" () when the error, or the news, under the row comes, goes or is another;
 * "news-answered" () when the button of the news is pressed. */
#pragma once

#include <gtk/gtk.h>

#include "schema/kaf-field.h"
#include "store/kaf-store.h"

G_BEGIN_DECLS

#define KAF_TYPE_FIELD_ROW (kaf_field_row_get_type ())
G_DECLARE_FINAL_TYPE (KafFieldRow, kaf_field_row, KAF, FIELD_ROW, GtkBox)

/* @field must outlive the row (it stands in the tables of the schema); @store may be NULL for
 * kinds that refer to nothing. */
GtkWidget *kaf_field_row_new (const KafField *field, KafStore *store);

const KafField *kaf_field_row_get_field (KafFieldRow *self);

/* Shows a value read from the store, and forgets what was typed. @text (nullable): the titles of
 * the records referred to, one a line, when they are known; otherwise they are looked up. */
void kaf_field_row_set_value (KafFieldRow *self, const char *canonical, const char *text);

/* The content as canonical text; NULL in @canonical (transfer full) for unknown.
 * Errors: KAF_VALIDATION_ERROR, REQUIRED among them. Shows nothing. */
gboolean kaf_field_row_get_value (KafFieldRow *self, char **canonical, GError **error);

/* As kaf_field_row_get_value(), and shows the error under the row or takes it away. */
gboolean kaf_field_row_check (KafFieldRow *self, char **canonical);

/* Several records with several values stand behind: says so until a person types. */
void kaf_field_row_set_mixed (KafFieldRow *self, gboolean mixed);

/* Whether a person changed the content since kaf_field_row_set_value(). */
gboolean kaf_field_row_is_touched (KafFieldRow *self);

/* The content as it was typed, be it wrong, for drafts. (transfer full) */
char *kaf_field_row_get_typed (KafFieldRow *self);
/* The same back; the row counts as touched. */
void kaf_field_row_set_typed (KafFieldRow *self, const char *typed);

/* @sentence: NULL takes the error away. @suggestion (nullable): offered as a button. */
void kaf_field_row_set_error (KafFieldRow *self, const char *sentence, const char *suggestion);
const char *kaf_field_row_get_error (KafFieldRow *self);

/* What others made of the field while a person types in it, and what the button beside it does ("Take Theirs"); @sentence
 * NULL takes both away. It stays whatever is typed or checked. */
void kaf_field_row_set_news (KafFieldRow *self, const char *sentence, const char *button);
const char *kaf_field_row_get_news (KafFieldRow *self); /* (nullable) */

/* Puts the correction that is offered in place of what was typed. */
void kaf_field_row_apply_suggestion (KafFieldRow *self);

/* ISO 3166-1 alpha-2 code of the country whose calling code to propose for a phone; nullable. */
void kaf_field_row_set_country (KafFieldRow *self, const char *country);

/* The id of the convention that the record belongs to: its parties, and who holds an office in them, are offered
 * first. Nullable. */
void kaf_field_row_set_within (KafFieldRow *self, const char *convention);

/* The value shows but cannot be changed. */
void kaf_field_row_set_read_only (KafFieldRow *self, gboolean read_only);

/* A file that was chosen and is not in the store yet, for a field of kind attachment. */
GFile *kaf_field_row_get_file (KafFieldRow *self); /* (transfer none) (nullable) */

gboolean kaf_field_row_focus (KafFieldRow *self);

G_END_DECLS
