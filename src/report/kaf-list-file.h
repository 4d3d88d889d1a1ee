/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list as it is seen, given out as a spreadsheet to be read: its columns, its order, its filter. What another store
 * is to take back is exchange/kaf-export's. */
#pragma once

#include "report/kaf-book.h"

G_BEGIN_DECLS

typedef enum
{
  KAF_LIST_FILE_NONE, /* none of these: CSV */
  KAF_LIST_FILE_XLSX,
  KAF_LIST_FILE_ODS,
} KafListFileFormat;

/* By how the name ends. */
KafListFileFormat kaf_list_file_format (const char *name);

typedef struct
{
  const char *const *columns; /* paths; NULL: the usual ones */
  KafLang lang;
  const char *reason;       /* nullable: why, for the register of disclosures */
  const char *recipient;    /* nullable: for whom */
  KafProgressFunc progress; /* nullable; in rows */
  gpointer progress_data;
} KafListFileOptions;

/* Writes the rows of @query to @file, readable by its owner only, whole or not at all; what names persons is put down
 * as a disclosure before. Columns that the role of this device may not read are left out. @n_rows: out, nullable.
 * Errors: KAF_STORE_ERROR_REFUSED (a reason is needed), KAF_STORE_ERROR_FORBIDDEN, those of kaf_new_file_begin() and of
 * reading. */
gboolean kaf_list_file_write (KafDatabase *db,
                              const KafQuery *query,
                              GFile *file,
                              KafListFileFormat format,
                              const KafListFileOptions *options,
                              GCancellable *cancellable,
                              gint64 *n_rows,
                              GError **error);

G_END_DECLS
