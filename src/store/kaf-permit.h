/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the user of this store may write, by the role that the hub told last: what it would refuse is refused here,
 * before anybody has typed it. A store without a hub has one officer, who may all; and of a role that this program does
 * not know, the hub judges alone. */
#pragma once

#include "schema/kaf-role.h"
#include "record/kaf-query.h"
#include "record/kaf-record.h"
#include "rules/kaf-finding.h"
#include "store/kaf-database.h"

G_BEGIN_DECLS

/* NULL: whoever uses it may all. Static. */
const KafRole *kaf_permit_read (KafDatabase *db);

/* @role: nullable. */
gboolean kaf_permit_allows (const KafRole *role, const KafEntity *entity);

/* Whether it may write something that belongs to a record of @owner by kind and id, a file, and make or take it out; @owner
 * nullable. */
gboolean
kaf_permit_allows_for (const KafRole *role, const KafEntity *entity, const KafEntity *owner);
gboolean
kaf_permit_allows_new_for (const KafRole *role, const KafEntity *entity, const KafEntity *owner);

/* Whether it may write that field of records of @entity. */
gboolean
kaf_permit_allows_field (const KafRole *role, const KafEntity *entity, const KafField *field);

/* What of @record it may write: itself, or a copy without the rest. (transfer full) */
KafRecord *kaf_permit_limit (const KafRole *role, KafRecord *record);

/* Whether what @rule finds waits for who has the role: what he may not write waits for others. Agents, facilitators and
 * managers see it all (domain §7): they prepare what others decide. */
gboolean kaf_permit_mends (const KafRole *role, const KafRule *rule);

/* Whether it may make a record of @entity: names, what no record is without, and what it is there to say, it may write, of a
 * facet those of its owner too. */
gboolean kaf_permit_allows_new (const KafRole *role, const KafEntity *entity);

/* Whether it orders erasures; where there is no hub, who uses the store erases by herself. */
gboolean kaf_permit_erases (const KafRole *role);

/* Whether it settles what others wrote where they may not, at a hub: where there is none, nothing waits. */
gboolean kaf_permit_settles (const KafRole *role);

/* Whether it sees numbers of papers, which a hub keeps, against a reason; who uses a store without one would, if there were
 * any. */
gboolean kaf_permit_reveals (const KafRole *role);

/* Whether who has it sees figures alone, of nobody in particular. */
gboolean kaf_permit_totals_alone (const KafRole *role);

/* Refuses what tells of single records, a list, a document, a file of them, to who sees totals alone. Errors:
 * KAF_STORE_ERROR_FORBIDDEN, with a sentence in the language of the interface. */
gboolean kaf_permit_check_records (KafDatabase *db, GError **error);

/* The same, and whether the role may read all that @query asks: one could guess what one does not see by counting. Errors:
 * KAF_STORE_ERROR_FORBIDDEN, with a sentence in the language of the interface that names the field. */
gboolean kaf_permit_check_query (KafDatabase *db, const KafQuery *query, GError **error);

/* The sentence for who may not. In the language of the interface. (transfer full) */
char *kaf_permit_describe (const KafRole *role, const KafEntity *entity);

/* The same for who may not make one, though he may change those that are there. */
char *kaf_permit_describe_new (const KafRole *role, const KafEntity *entity);
/* The same of deletions: who may not make such a record deletes none. */
char *kaf_permit_describe_deletion (const KafRole *role, const KafEntity *entity);
/* The same of what the role is not told, so that nothing can be made of it. */
char *kaf_permit_describe_untold (const KafRole *role, const KafEntity *entity);

/* Why it may not write all that @record holds, or, where @creates, not make it; NULL: it may, or may write nothing of the
 * kind, which the store says by itself. In the language of the interface. (transfer full) */
char *kaf_permit_explain (const KafRole *role, KafRecord *record, gboolean creates);

/* Whether @role (nullable: everything) may read a column of lists of @entity: a path of fields, "title", "ref"… */
gboolean kaf_permit_reads_column (const KafRole *role, const KafEntity *entity, const char *path);

G_END_DECLS
