/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A value as it is written in a cell of a file or on a command line, to canonical text and back.
 *
 * A set is "a|b", languages with their level "fr:C1|ar:C2". A reference is the ref of a record
 * ("EXP-2026-0042"), its id, the code of an item of a list, SOURCE:NUMBER for a record that came
 * from another base, or ext:NUMBER for one of the same base as the record at hand.
 * An amount is "12500.50 MAD". */
#pragma once

#include "store/kaf-database.h"

G_BEGIN_DECLS

/* Turns references into ids, and remembers those it has found. */
typedef struct _KafCellReader KafCellReader;

/* @db is borrowed and must outlive the reader. */
KafCellReader *kaf_cell_reader_new (KafDatabase *db);
void kaf_cell_reader_free (KafCellReader *self);

typedef struct
{
  const char *source;  /* nullable: what ext: stands for */
  const char *country; /* nullable: ISO 3166-1 alpha-2, to propose a phone's country code */
} KafCellContext;

/* NULL or blank @text gives TRUE and a NULL @canonical. @suggestion (out, nullable) may come with
 * an error: the value to offer. Errors: KAF_VALIDATION_ERROR (REFERENCE: no such record),
 * KAF_STORE_ERROR. */
gboolean kaf_cell_reader_parse (KafCellReader *self,
                                const KafField *field,
                                const char *text,
                                const KafCellContext *context,
                                char **canonical,
                                char **suggestion,
                                GError **error);

/* What parsing would turn into @canonical again; NULL gives NULL. (transfer full) */
char *kaf_cell_format (const KafField *field, const char *canonical);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafCellReader, kaf_cell_reader_free)

G_END_DECLS
