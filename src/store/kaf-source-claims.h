/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which source says what of a record (source_claim), and by which number a source knows it. */
#pragma once

#include "store/kaf-database.h"

G_BEGIN_DECLS

/* What one source says of one field; strings as they are stored, all but the first three nullable. */
typedef struct
{
  char *id;
  char *field;
  char *source;
  char *value;
  char *origin, *claimed_on, *confidence;
  char *external_id;
} KafSourceClaim;

/* All that live of a person or an organisation, the oldest first. @root: the entity whose record it is; of others there
 * are none. Errors: KAF_STORE_ERROR. (element-type KafSourceClaim) (transfer full) */
GPtrArray *
kaf_source_claims_read (KafDatabase *db, const KafEntity *root, const char *id, GError **error);

/* By the numbers that @source gives: number → id of the record that lives, out of records and of claims; the record
 * itself, where another is shown for it. Errors:
 * KAF_STORE_ERROR. (element-type utf8 utf8) (transfer full) */
GHashTable *kaf_source_claims_read_numbers (KafDatabase *db,
                                            const KafEntity *root,
                                            const char *source,
                                            GError **error);

G_END_DECLS
