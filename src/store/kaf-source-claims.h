/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which source says what of a record (source_claim), and by which number a source knows it. */
#pragma once

#include "base/kaf-hlc.h"
#include "store/kaf-database.h"

G_BEGIN_DECLS

/* What one source says of one field: a record of its own, or a line of one. */
typedef struct
{
  char *id;    /* of the record */
  char *of;    /* whose it was when it came, which may be shown as another's now */
  char *field; /* by its name, maybe "PART.NAME" */
  char *source;
  char *text;  /* as it was written; NULL: that it comes from there, whatever it is */
  char *value; /* canonical; NULL: nobody can read the text as a value of the field */
  char *origin, *claimed_on, *confidence; /* nullable */
  char *external_id;                      /* nullable */
  KafHlc clock;                           /* when it was written */
} KafSourceClaim;
void kaf_source_claim_free (gpointer claim);

/* What the number of a row begins with that has none of its own: it is called by what it says. */
#define KAF_SOURCE_ROW_PREFIX "row:"

/* What sources say of a person or an organisation, the oldest first; not what a list said before it said otherwise.
 * @root: the entity whose record it is; of others there is nothing. Errors: KAF_STORE_ERROR.
 * (element-type KafSourceClaim) (transfer full) */
GPtrArray *
kaf_source_claims_read (KafDatabase *db, const KafEntity *root, const char *id, GError **error);

/* The same, with what a list said before. */
GPtrArray *
kaf_source_claims_read_all (KafDatabase *db, const KafEntity *root, const char *id, GError **error);

/* By the numbers that @source gives: number → id of the record that lives, out of records and of claims; the record
 * itself, where another is shown for it. Errors:
 * KAF_STORE_ERROR. (element-type utf8 utf8) (transfer full) */
GHashTable *kaf_source_claims_read_numbers (KafDatabase *db,
                                            const KafEntity *root,
                                            const char *source,
                                            GError **error);

G_END_DECLS
