/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records that were judged to be one are shown as one, though each row is kept as it came.
 *
 * What is shown is written into the tables, so that each list, search, rule and count of the program sees one record
 * without knowing of it:
 *
 *   alias  who is shown under another's id: the smallest of those that are one, are here and were not deleted
 *   raw    what rows held before that: field '' when they were deleted, '+' a facet that is there by this alone
 *
 * Journal, clocks, outbox and hub know the rows as they came, and those alone. So whatever is about to be written is
 * put back first (kaf_one_restore), and all that this concerns is shown anew before the transaction ends
 * (kaf_one_project). */
#pragma once

#include "store/kaf-read.h"

G_BEGIN_DECLS

/* When a row was deleted, says one that is shown by another: no list of what was deleted takes it for that. The head
 * says 2. */
#define KAF_ONE_HIDDEN 1

/* The id under which the record is shown: its own, or that of another. (transfer full) */
char *kaf_one_get_shown (KafDatabase *db, const KafEntity *entity, const char *id);

/* Ids of all that are one with the record and are here, itself too, the one that is shown first, then by id.
 * (element-type utf8) (transfer full) */
GPtrArray *
kaf_one_list_members (KafDatabase *db, const KafEntity *entity, const char *id, GError **error);

/* FALSE: nothing was ever judged, so nothing is one with something else; quick. */
gboolean kaf_one_any (KafDatabase *db);

/* The record as it came, whatever it is one with. Errors: as kaf_read_record(). */
KafRecord *
kaf_one_read_raw (KafDatabase *db, const KafEntity *entity, const char *id, GError **error);

/* The record of that very id: as it is shown; where another is shown for it, as it came. For what writes a row of a
 * source into the record that it was before. Errors: as kaf_read_record(). */
KafRecord *
kaf_one_read_named (KafDatabase *db, const KafEntity *entity, const char *id, GError **error);

/* As kaf_read_resolve(), but for the record itself rather than the one that is shown for it. */
gboolean kaf_one_resolve_raw (KafDatabase *db,
                              const char *text,
                              const KafEntity *entity,
                              const KafEntity **found,
                              char **id,
                              GError **error);

G_END_DECLS
