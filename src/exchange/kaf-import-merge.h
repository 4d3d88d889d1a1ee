/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a row does to a record that is there, field by field, and to what its source says of it.
 *
 * What the row does not say stays. Sets grow. A value that stands otherwise gives way to that of a source which is
 * believed as much or more (kaf_claim_rank(); what was typed here, and a list of no source, is believed like an
 * administration); else it stays, and the row's is kept as a claim. Another spelling of a name becomes one of the
 * other spellings. What the same source said before in the same words says nothing new. */
#pragma once

#include "exchange/kaf-import-cells.h"
#include "schema/kaf-role.h"

G_BEGIN_DECLS

typedef struct
{
  KafRecord *parts[KAF_IMPORT_PARTS];  /* the fields to be written, nullable */
  KafRecord *before[KAF_IMPORT_PARTS]; /* NULL: that part is to be made */
  GPtrArray *claims;                   /* KafRecord, without an id: to be made */
  const KafEntity *unmade; /* a part that is to be made and is not for the role to make */
} KafImportMerge;

void kaf_import_merge_clear (KafImportMerge *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KafImportMerge, kaf_import_merge_clear)

/* @role: of who takes it in; what it may not write is not among it. @number: by which the source knows it. @today: ISO.
 * Errors: KAF_STORE_ERROR; of a record that is deleted KAF_STORE_ERROR_NOT_FOUND. */
gboolean kaf_import_merge_make (KafDatabase *db,
                                const KafImportMap *map,
                                const KafRole *role,
                                const KafImportRow *row,
                                const char *id,
                                const char *number,
                                const char *today,
                                KafImportMerge *merge,
                                GError **error);

/* Whether the record itself changes. */
gboolean kaf_import_merge_changes (const KafImportMerge *self);

/* What the source says of a record that was made of @row, under @id. (element-type KafRecord) (transfer full) */
GPtrArray *kaf_import_merge_claim_all (const KafImportMap *map,
                                       const KafRole *role,
                                       const KafImportRow *row,
                                       const char *id,
                                       const char *number,
                                       const char *today);

G_END_DECLS
