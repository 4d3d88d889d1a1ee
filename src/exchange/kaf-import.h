/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Import of a CSV file: all of it or nothing.
 *
 * The first line names the columns: ids of fields of the entity and, for a facet, of its owner
 * (a line of experts makes a person and an expert, of one id); `id` and `ref` too. Cells are
 * written as exchange/kaf-cell.h says.
 *
 *   an empty cell  leaves the value as it is (a new record: unknown)
 *   -              makes the value unknown
 *   '-             is the text "-"; an apostrophe before = + - @ is taken away (kaf-csv.h)
 *
 * A line belongs to the record of its `id`, else of its `ref`, else of its `external_source` and
 * `external_id`, an item of a list to that of its `code`, else to the one that alone has the
 * value of the key field; otherwise it makes a new record. An id that the store does not know
 * names the new record. Only what a line holds is compared and written: a file that is imported
 * again changes nothing. A second line of a record is wrong, and so is one whose `id` and `ref`
 * name different records, unless nothing would be changed by it. A line may refer to one that stands before or, where the reference is
 * not required, after it. */
#pragma once

#include "store/kaf-attachments.h"
#include "store/kaf-commit.h"

G_BEGIN_DECLS

/* Faults that a report keeps; further ones are counted. */
#define KAF_IMPORT_FAULTS_MAX 1000

typedef struct
{
  const char *key;          /* nullable: field that tells records apart, "emails" */
  gboolean dry_run;         /* look, and write nothing */
  KafProgressFunc progress; /* nullable; in bytes, on the caller's thread */
  gpointer progress_data;
} KafImportOptions;

typedef struct
{
  guint line;     /* of the file, from 1 */
  char *field;    /* name of the column; NULL: the line as a whole */
  char *sentence; /* what is wrong and what to do, in the language of the interface */
} KafImportFault;

typedef struct
{
  guint n_rows, n_created, n_updated, n_unchanged; /* a facet and its owner count as one */
  guint n_faults;                                  /* all of them; nothing is written with any */
  GPtrArray *faults;   /* of KafImportFault, in the order of lines, at most KAF_IMPORT_FAULTS_MAX */
  KafReceipt *receipt; /* NULL when nothing was written */
} KafImportReport;

void kaf_import_report_free (KafImportReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafImportReport, kaf_import_report_free)

/* TRUE when the file was looked at to the end or to where it cannot be read as CSV: the report
 * tells what was done, or which faults kept it from being done. FALSE when the work itself
 * failed: nothing is written then either. @options: nullable.
 * Errors: G_IO_ERROR (CANCELLED too), KAF_STORE_ERROR, KAF_VALIDATION_ERROR_REFERENCE (no such
 * key field). */
gboolean kaf_import_run (KafDatabase *db,
                         const KafEntity *entity,
                         GFile *file,
                         const KafImportOptions *options,
                         GCancellable *cancellable,
                         KafImportReport **report,
                         GError **error);

G_END_DECLS
