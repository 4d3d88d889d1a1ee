/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one row of a table from elsewhere says of a record, once its cells were read. */
#pragma once

#include "record/kaf-record.h"

G_BEGIN_DECLS

/* Parts of a row: the owner first, then its facet. */
#define KAF_IMPORT_PARTS 2

typedef struct
{
  KafRecord
      *parts[KAF_IMPORT_PARTS]; /* only what is said is held; the second NULL without a facet */
  char *number;                 /* the source's own, nullable */
  char *named;                  /* id or reference here, nullable */
  char *fault;                  /* what cannot be read, as sentences; NULL: nothing */
  int fault_column;             /* the first such, -1 */
} KafImportRow;

void kaf_import_row_clear (KafImportRow *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KafImportRow, kaf_import_row_clear)

/* The row in few bytes, to be read again at little cost where a hundred thousand are held. (transfer full) */
char *kaf_import_row_pack (const KafImportRow *self);

/* @packed: of kaf_import_row_pack(), of a row of @entity. Fills @self, which must be empty. */
void kaf_import_row_unpack (KafImportRow *self, const KafEntity *entity, const char *packed);

G_END_DECLS
