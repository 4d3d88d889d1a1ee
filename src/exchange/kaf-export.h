/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Export of what a query finds to a CSV file that an import takes back: importing an export
 * changes nothing. References to records are written as their ids, to lists as codes: a ref is
 * given by each store, and would name another record in another one. */
#pragma once

#include "record/kaf-query.h"
#include "store/kaf-attachments.h"
#include "store/kaf-database.h"

G_BEGIN_DECLS

typedef struct
{
  const char *const *columns; /* NULL: "id", "ref" and all fields, a facet's owner's first */
  const char *reason;         /* nullable: why, for the register of disclosures */
  const char *recipient;      /* nullable: for whom */
  gboolean mark;              /* begin with the UTF-8 mark, for spreadsheets that need it */
  KafProgressFunc progress;   /* nullable; in rows */
  gpointer progress_data;
} KafExportOptions;

/* Whether an export of @query needs a reason; @n_rows (out, nullable): how many it would write. FALSE may come
 * with @error: those of kaf_page_count(), KAF_STORE_ERROR_FORBIDDEN as of kaf_export_run(). */
gboolean
kaf_export_needs_reason (KafDatabase *db, const KafQuery *query, gint64 *n_rows, GError **error);

/* Whether a column may be asked for by that name: a field, by its path, or what every row has. */
gboolean kaf_export_has_column (const KafEntity *entity, const char *name);

/* Writes the rows in the query's order to @file, readable by its owner only, whole or not at all.
 * An export with a reason, of an entity that is about persons, first commits a record of
 * disclosure, which stays should writing fail. @n_rows (out, nullable): rows written.
 * @options: nullable. Errors: KAF_STORE_ERROR_REFUSED (a reason is needed), KAF_STORE_ERROR,
 * KAF_VALIDATION_ERROR_REFERENCE (no such column), G_IO_ERROR (CANCELLED too), and those of
 * kaf_export_target_find(). */
gboolean kaf_export_run (KafDatabase *db,
                         const KafQuery *query,
                         GFile *file,
                         const KafExportOptions *options,
                         GCancellable *cancellable,
                         gint64 *n_rows,
                         GError **error);

G_END_DECLS
