/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Saving a form: reading every row, one change set, then the files that were chosen. */
#include "config.h"

#include "ui/form/kaf-form-page-private.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-validation-error.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-value.h"
#include "ui/app/kaf-window.h"

typedef struct
{
  KafRecord *record;
  KafRecord *owner; /* nullable */
  KafRecord *extras[KAF_FORM_EXTRAS];
  KafFieldRow *first_wrong;
} Reading;

static KafRecord *
record_of (KafFormPage *self, Reading *reading, const KafEntity *entity)
{
  for (guint i = 0; i < KAF_FORM_EXTRAS; i++)
    if (entity == self->extras[i])
      return kaf_form_page_has_extra (self, entity) ? reading->extras[i] : NULL;
  return entity == self->entity ? reading->record : reading->owner;
}

static void
read_row (KafFormPage *self, const KafEntity *entity, KafFieldRow *row, gpointer data)
{
  Reading *reading = data;
  KafRecord *record = record_of (self, reading, entity);
  g_autofree char *canonical = NULL;

  /* An extra that nothing was typed in is not asked for, nor what it is tied to. */
  if (record == NULL || (kaf_form_page_is_extra (self, entity) &&
                         kaf_field_has (kaf_field_row_get_field (row), KAF_FIELD_PARENT)))
    return;
  if (kaf_field_row_check (row, &canonical))
    kaf_record_set (record, kaf_field_row_get_field (row)->id, canonical);
  else if (reading->first_wrong == NULL)
    reading->first_wrong = row;
}

/* What the form does not show is kept: hidden fields, and the preset's. */
static KafRecord *
start_record (KafFormPage *self, const KafEntity *entity)
{
  const KafRecord *before = kaf_form_page_get_before (self, entity);

  if (before != NULL)
    return kaf_record_copy (before);
  if (self->preset != NULL && kaf_record_get_entity (self->preset) == entity)
    return kaf_record_copy (self->preset);
  return kaf_record_new (entity, NULL);
}

static void
finish_saving (KafFormPage *self)
{
  g_autofree char *id = g_steal_pointer (&self->saved_id);
  g_autoptr (KafReceipt) receipt = g_steal_pointer (&self->receipt);

  self->saving = FALSE;
  kaf_draft_keeper_drop (self->keeper);
  kaf_form_page_answer_leave (self, TRUE);
  g_signal_emit_by_name (self, "saved", receipt, id);
}

static void
on_attached (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafFormPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = kaf_form_data_attach_finish (KAF_STORE (source), result, &error);
  GtkRoot *root;

  if (self->sections == NULL)
    return;

  root = gtk_widget_get_root (GTK_WIDGET (self));
  if (!done && KAF_IS_WINDOW (root))
    kaf_window_report_error (KAF_WINDOW (root), _ ("The record was saved, but not its file"),
                             error);
  self->files_pending--;
  if (self->files_pending == 0)
    finish_saving (self);
}

static void
attach_row (KafFormPage *self, const KafEntity *entity, KafFieldRow *row, gpointer data)
{
  GFile *file = kaf_field_row_get_file (row);

  if (file == NULL)
    return;
  self->files_pending++;
  kaf_form_data_attach_async (self->store, entity, self->saved_id,
                              kaf_field_row_get_field (row)->id, file, on_attached,
                              g_object_ref (self));
}

/* Several records of a form may have a field of that name. */
static KafFieldRow *
find_fault (KafFormPage *self, const KafFault *fault)
{
  KafFieldRow *row = NULL;

  if (self->set != NULL && fault->change < kaf_change_set_get_size (self->set))
    row = kaf_form_page_find_row (
        self, kaf_record_get_entity (kaf_change_set_get (self->set, fault->change)->record),
        fault->field);
  return row != NULL ? row : kaf_form_page_find_row (self, NULL, fault->field);
}

/* A fault of the store leads to its field, when the form shows it. */
static void
show_fault (KafFormPage *self, const KafFault *fault, const GError *error)
{
  KafFieldRow *row = NULL;
  g_autofree char *sentence = NULL;

  if (error->domain == KAF_VALIDATION_ERROR && fault->field != NULL)
    row = find_fault (self, fault);
  if (row == NULL)
    {
      kaf_form_page_show_error (self, error);
      return;
    }

  sentence = kaf_value_explain (kaf_field_row_get_field (row), error);
  kaf_field_row_focus (row);
  kaf_field_row_set_error (row, sentence, NULL);
}

/* Nothing was written: what others made of a field meanwhile is told first. */
static void
lead_to_news (KafFormPage *self)
{
  KafFieldRow *row = kaf_follower_get_first_told (self->follower);

  if (row != NULL)
    kaf_field_row_focus (row);
}

static void
on_committed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafFormPage) self = user_data;
  g_autoptr (GError) error = NULL;
  KafFault fault = { 0 };
  gboolean told;
  KafReceipt *receipt =
      kaf_follower_commit_finish (KAF_FOLLOWER (source), result, &told, &fault, &error);

  if (self->sections == NULL)
    {
      g_clear_pointer (&receipt, kaf_receipt_unref);
      return;
    }
  kaf_form_page_set_enabled (self, "save", TRUE);
  if (receipt == NULL)
    {
      self->saving = FALSE;
      kaf_draft_keeper_touch (self->keeper);
      kaf_form_page_answer_leave (self, FALSE);
      if (told)
        lead_to_news (self);
      else
        show_fault (self, &fault, error);
      return;
    }

  self->receipt = receipt;
  if (self->saved_id == NULL && receipt->ids->len > 0)
    self->saved_id = g_strdup (g_ptr_array_index (receipt->ids, receipt->ids->len - 1));
  kaf_form_page_for_each_row (self, attach_row, NULL);
  if (self->files_pending == 0)
    finish_saving (self);
}

/* In the same batch, so that one undo takes the network back with all who joined it. */
static void
add_members (KafFormPage *self, KafChangeSet *set, const char *network)
{
  for (guint i = 0; self->members != NULL && self->members[i] != NULL; i++)
    {
      g_autoptr (KafRecord) membership = kaf_record_new (kaf_registry_find ("membership"), NULL);

      kaf_record_set (membership, "person", self->members[i]);
      kaf_record_set (membership, "network", network);
      kaf_change_set_create (set, membership);
    }
}

static void
commit (KafFormPage *self, Reading *reading)
{
  g_autoptr (KafChangeSet) set = NULL;

  kaf_form_page_begin_record (self, reading->record);
  set = kaf_form_data_make_changes (self->data, reading->record, reading->owner);
  self->saving = TRUE;
  g_free (self->saved_id);
  self->saved_id = g_strdup (kaf_record_get_id (reading->record));
  if (self->saved_id != NULL)
    {
      add_members (self, set, self->saved_id);
      kaf_form_page_tie_extras (self, set, reading->extras, self->saved_id);
    }
  g_clear_pointer (&self->set, kaf_change_set_unref);
  self->set = kaf_change_set_ref (set);
  if (kaf_change_set_get_size (set) > 0)
    {
      kaf_form_page_set_enabled (self, "save", FALSE);
      kaf_follower_commit_async (self->follower, set, NULL, on_committed, g_object_ref (self));
      return;
    }

  kaf_form_page_for_each_row (self, attach_row, NULL);
  if (self->files_pending == 0)
    finish_saving (self);
}

void
kaf_form_page_save (KafFormPage *self)
{
  Reading reading = { 0 };

  if (self->data == NULL || self->saving)
    return;

  kaf_form_page_show_error (self, NULL);
  reading.record = start_record (self, self->entity);
  reading.owner = self->owner != NULL ? start_record (self, self->owner) : NULL;
  for (guint i = 0; i < KAF_FORM_EXTRAS; i++)
    if (self->extras[i] != NULL)
      reading.extras[i] = kaf_record_new (self->extras[i], NULL);
  kaf_form_page_for_each_row (self, read_row, &reading);

  if (reading.first_wrong != NULL)
    kaf_field_row_focus (reading.first_wrong);
  else
    commit (self, &reading);

  kaf_record_unref (reading.record);
  g_clear_pointer (&reading.owner, kaf_record_unref);
  for (guint i = 0; i < KAF_FORM_EXTRAS; i++)
    g_clear_pointer (&reading.extras[i], kaf_record_unref);
}
