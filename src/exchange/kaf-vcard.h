/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Persons for an address book: one vCard each, with what the role of this device may read. */
#pragma once

#include "base/kaf-lang.h"
#include "record/kaf-query.h"
#include "store/kaf-attachments.h"
#include "store/kaf-database.h"

G_BEGIN_DECLS

typedef struct
{
  KafLang lang;             /* that countries are called in */
  gboolean old;             /* version 3.0, for programs that do not know 4.0 */
  const char *reason;       /* nullable: why, for the register of disclosures */
  const char *recipient;    /* nullable: for whom */
  KafProgressFunc progress; /* nullable; in persons */
  gpointer progress_data;
} KafVcardOptions;

/* Whether @name ends as such files do: ".vcf". */
gboolean kaf_vcard_is_file (const char *name);

/* Whether records of @entity are persons. */
gboolean kaf_vcard_suits (const KafEntity *entity);

/* Writes the persons of @query in its order to @file, readable by its owner only, whole or not at all; one with a reason
 * is put down as a disclosure before. @n_rows (out, nullable): vCards written.
 * Errors: KAF_VALIDATION_ERROR_REFERENCE (they are no persons), KAF_STORE_ERROR_REFUSED (a reason is needed), FORBIDDEN
 * (the role may not read what they are called), those of kaf_new_file_begin(), G_IO_ERROR_CANCELLED. */
gboolean kaf_vcard_export (KafDatabase *db,
                           const KafQuery *query,
                           GFile *file,
                           const KafVcardOptions *options,
                           GCancellable *cancellable,
                           gint64 *n_rows,
                           GError **error);

G_END_DECLS
