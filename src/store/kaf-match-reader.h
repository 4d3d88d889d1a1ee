/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Persons and organisations of a store as what the matching compares of them (match/kaf-match-person.h). Narrow SQL, no
 * record is read whole. */
#pragma once

#include "match/kaf-match-person.h"
#include "record/kaf-record.h"
#include "store/kaf-database.h"

G_BEGIN_DECLS

/* @person (transfer full): with its id. @place: its country, "" where it tells none. FALSE: no more. */
typedef gboolean (*KafMatchTake) (
    gint64 rid, KafMatchPerson *person, const char *place, gpointer data, GError **error);

/* Those of @entity (person or organisation) that are there, with row numbers from @from to @to, in their order. FALSE
 * with an error; or without one, when @take wanted no more. */
gboolean kaf_match_reader_walk (KafDatabase *db,
                                const KafEntity *entity,
                                gint64 from,
                                gint64 to,
                                KafMatchTake take,
                                gpointer data,
                                GError **error);

/* The same of the rows @rids (element-type gint64), rising: a few statements for all of them, where one after the other
 * each would take some. What kaf_suspects_find() reads its candidates by; an import reads those of its rows so too. */
gboolean kaf_match_reader_walk_rows (KafDatabase *db,
                                     const KafEntity *entity,
                                     const GArray *rids,
                                     KafMatchTake take,
                                     gpointer data,
                                     GError **error);

/* One of them; @place (out, nullable) (transfer full). NULL without an error: it is not there. (transfer full) */
KafMatchPerson *kaf_match_reader_read (
    KafDatabase *db, const KafEntity *entity, gint64 rid, char **place, GError **error);

/* The same by its id. (transfer full) */
KafMatchPerson *
kaf_match_reader_read_id (KafDatabase *db, const KafEntity *entity, const char *id, GError **error);

/* Of a record as it is being typed, and, where it is in the store, of what else belongs to it. (transfer full) */
KafMatchPerson *kaf_match_reader_read_typed (KafDatabase *db, const KafRecord *record);

/* Names that are known to be one, as installed. Lives as long as the connection. (transfer none) */
const KafMatchAliases *kaf_match_reader_get_aliases (KafDatabase *db);

G_END_DECLS
