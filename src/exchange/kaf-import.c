/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opens the file, runs its lines through the importer in one transaction, and decides: commit
 * when there is no fault, otherwise as if it had never been. */
#include "config.h"

#include "exchange/kaf-import.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-validation-error.h"
#include "exchange/kaf-explain.h"
#include "exchange/kaf-importer.h"

/* Rows between two tellings of how far the work is. */
#define PROGRESS_ROWS 256

static void
fault_free (gpointer data)
{
  KafImportFault *fault = data;

  g_free (fault->field);
  g_free (fault->sentence);
  g_free (fault);
}

KafImportReport *
kaf_import_report_new (void)
{
  KafImportReport *self = g_new0 (KafImportReport, 1);

  self->faults = g_ptr_array_new_with_free_func (fault_free);
  return self;
}

void
kaf_import_report_free (KafImportReport *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->faults);
  g_clear_pointer (&self->receipt, kaf_receipt_unref);
  g_free (self);
}

void
kaf_import_report_add (KafImportReport *self, guint line, const char *field, char *sentence)
{
  KafImportFault *fault;

  self->n_faults++;
  if (self->faults->len >= KAF_IMPORT_FAULTS_MAX)
    {
      g_free (sentence);
      return;
    }
  fault = g_new0 (KafImportFault, 1);
  fault->line = line;
  fault->field = g_strdup (field);
  fault->sentence = sentence;
  g_ptr_array_add (self->faults, fault);
}

/* Turns what is wrong with the file into a fault; other errors are passed on. */
static gboolean
absorb (KafImportReport *report, KafCsvReader *csv, GError *csv_error, GError **error)
{
  g_autoptr (GError) local_error = csv_error;
  int column = kaf_csv_reader_get_bad_column (csv);

  if (local_error->domain != KAF_CSV_ERROR)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  kaf_import_report_add (report, kaf_csv_reader_get_line (csv),
                         column >= 0 ? kaf_csv_reader_get_column (csv, (guint) column) : NULL,
                         kaf_explain (NULL, NULL, local_error));
  return TRUE;
}

static gboolean
take_rows (KafImporter *importer,
           KafCsvReader *csv,
           const KafImportOptions *options,
           gint64 size,
           KafImportReport *report,
           GCancellable *cancellable,
           GError **error)
{
  GError *local_error = NULL;

  while (kaf_csv_reader_next (csv, cancellable, &local_error))
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !kaf_importer_take_row (importer, error))
        return FALSE;
      if (options->progress != NULL && report->n_rows % PROGRESS_ROWS == 0)
        options->progress (kaf_csv_reader_get_position (csv), size, options->progress_data);
    }
  if (local_error != NULL)
    return absorb (report, csv, local_error, error);
  return kaf_importer_finish (importer, error);
}

static gboolean
run (KafDatabase *db,
     const KafEntity *entity,
     KafCsvReader *csv,
     const KafImportOptions *options,
     gint64 size,
     KafImportReport *report,
     GCancellable *cancellable,
     GError **error)
{
  KafTransaction *transaction = kaf_transaction_begin (db, "import", error);
  KafImporterSetup setup = { db, transaction, entity, options->key, NULL };
  g_autoptr (KafImporter) importer = NULL;

  if (transaction == NULL)
    return FALSE;

  importer = kaf_importer_new (&setup, report);
  if (kaf_importer_set_columns (importer, csv) &&
      !take_rows (importer, csv, options, size, report, cancellable, error))
    {
      kaf_transaction_abort (transaction);
      return FALSE;
    }
  if (options->dry_run || report->n_faults > 0 || report->n_created + report->n_updated == 0)
    {
      kaf_transaction_abort (transaction);
      return TRUE;
    }
  report->receipt = kaf_transaction_commit (transaction, error);
  return report->receipt != NULL;
}

static gint64
get_size (GFile *file, GCancellable *cancellable)
{
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE,
                                                  G_FILE_QUERY_INFO_NONE, cancellable, NULL);

  return info != NULL ? g_file_info_get_size (info) : 0;
}

/* A file is known by its content, which a table of texts does not hold. */
static gboolean
is_importable (const KafEntity *entity, GError **error)
{
  if (!g_str_equal (entity->id, "attachment"))
    return TRUE;
  g_set_error_literal (error, KAF_STORE_ERROR, KAF_STORE_ERROR_REFUSED,
                       "attachments are added with their content");
  return FALSE;
}

static gboolean
is_key (const KafEntity *entity, const char *key, GError **error)
{
  if (key == NULL || g_str_equal (key, "id") || g_str_equal (key, "ref") ||
      kaf_entity_find_field (entity, key) != NULL ||
      kaf_entity_find_field (kaf_entity_get_root (entity), key) != NULL)
    return TRUE;
  g_set_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_REFERENCE, "%s has no field %s",
               entity->id, key);
  return FALSE;
}

gboolean
kaf_import_run (KafDatabase *db,
                const KafEntity *entity,
                GFile *file,
                const KafImportOptions *options,
                GCancellable *cancellable,
                KafImportReport **report,
                GError **error)
{
  const KafImportOptions none = { NULL };
  g_autoptr (KafImportReport) result = kaf_import_report_new ();
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (KafCsvReader) csv = NULL;
  GError *local_error = NULL;

  g_return_val_if_fail (db != NULL && entity != NULL && G_IS_FILE (file), FALSE);
  g_return_val_if_fail (report != NULL, FALSE);

  *report = NULL;
  options = options != NULL ? options : &none;
  if (!is_importable (entity, error) || !is_key (entity, options->key, error))
    return FALSE;
  stream = g_file_read (file, cancellable, error);
  if (stream == NULL)
    return FALSE;

  csv = kaf_csv_reader_new (G_INPUT_STREAM (stream));
  if (!kaf_csv_reader_read_header (csv, cancellable, &local_error))
    {
      if (!absorb (result, csv, local_error, error))
        return FALSE;
    }
  else if (!run (db, entity, csv, options, get_size (file, cancellable), result, cancellable,
                 error))
    return FALSE;

  *report = g_steal_pointer (&result);
  return TRUE;
}
