/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines of one CSV file into one transaction: what an import and the sample data share. */
#pragma once

#include "exchange/kaf-csv-reader.h"
#include "exchange/kaf-import.h"

G_BEGIN_DECLS

typedef struct _KafImporter KafImporter;

typedef struct
{
  KafDatabase *db;
  KafTransaction *transaction; /* begun; the caller commits or aborts */
  const KafEntity *entity;
  const char *key;         /* as KafImportOptions */
  const char *sample_from; /* nullable: the lines are sample data of that source: ids hashed from
                            * content, what the store has or had is left alone */
} KafImporterSetup;

/* Everything in @setup and @report is borrowed and must outlive the importer. */
KafImporter *kaf_importer_new (const KafImporterSetup *setup, KafImportReport *report);
void kaf_importer_free (KafImporter *self);

/* Takes the columns of @csv, whose header was read, and holds on to it. Faults go to the report;
 * FALSE when there are any. */
gboolean kaf_importer_set_columns (KafImporter *self, KafCsvReader *csv);

/* Takes the row at hand. FALSE only for errors that end the work. */
gboolean kaf_importer_take_row (KafImporter *self, GError **error);

/* After the last row: references to lines further down. */
gboolean kaf_importer_finish (KafImporter *self, GError **error);

/* Adds a fault. @sentence is taken. */
void kaf_import_report_add (KafImportReport *self, guint line, const char *field, char *sentence);

KafImportReport *kaf_import_report_new (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafImporter, kaf_importer_free)

G_END_DECLS
