/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Persons as the engine of match/ compares them: all of a store, or one out of records at hand. */
#pragma once

#include "match/kaf-match-person.h"
#include "store/kaf-database.h"

G_BEGIN_DECLS

/* Takes @person, whose id is that of the record. FALSE: no more. */
typedef gboolean (*KafMatchTake) (KafMatchPerson *person, guint done, guint total, gpointer data);

/* All persons that are not deleted, in the order of their rows. @aliases: names of cities and employers that are one;
 * nullable. FALSE with G_IO_ERROR_CANCELLED where @take stopped it. Errors: KAF_STORE_ERROR. */
gboolean kaf_match_persons_read (KafDatabase *db,
                                 const KafMatchAliases *aliases,
                                 KafMatchTake take,
                                 gpointer data,
                                 GError **error);

/* Out of a record of a person and of her as an expert (nullable), by their canonical values. (transfer full) */
KafMatchPerson *kaf_match_person_from_records (const char *id,
                                               const KafRecord *person,
                                               const KafRecord *expert,
                                               const KafMatchAliases *aliases);

G_END_DECLS
