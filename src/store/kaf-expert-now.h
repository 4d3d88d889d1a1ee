/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What decides how each expert fits, side by side, so that all of a hundred thousand are looked at for one question:
 * domains, languages, territory, networks, consent, days. It follows from the rows and is written again in the
 * transaction that changes them; nobody else writes it. No name is in it.
 *
 *   expert_page (page, experts)   128 row numbers each, see kaf-expert-page.h; persons that are no experts are not there
 *   expert_word (n, word)         the codes that stand in pages as numbers: a letter for their kind, then the code */
#pragma once

#include "record/kaf-record.h"
#include "store/kaf-database.h"
#include "store/kaf-expert-page.h"

G_BEGIN_DECLS

/* The first letter of a word. */
#define KAF_WORD_STATUS 's'
#define KAF_WORD_TERRITORY 't'
#define KAF_WORD_DOMAIN 'd'
#define KAF_WORD_OCCUPATION 'o'
#define KAF_WORD_LANGUAGE 'l' /* with the level after a tabulator */
#define KAF_WORD_NETWORK 'n'

/* Adds to @touched (a set of ids) the person that @record is, or is a part of, where that decides how she fits: as a
 * whole where it was @created, else by what it changes. */
void
kaf_expert_now_note (KafDatabase *db, GHashTable *touched, KafRecord *record, gboolean created);

/* The same of a record as it was: a part may have been another person's. */
void kaf_expert_now_note_before (KafDatabase *db, GHashTable *touched, KafRecord *before);

/* Writes what is kept of @touched, within a transaction whose rows are written, and empties it. */
gboolean kaf_expert_now_write_all (KafDatabase *db, GHashTable *touched, GError **error);

/* The person whose place depends on that row; NULL: none. (transfer full) */
char *kaf_expert_now_find (KafDatabase *db, const KafEntity *root, gint64 rid);

/* The row is erased: so is what is kept here of it. */
gboolean kaf_expert_now_forget (KafDatabase *db, const KafEntity *root, gint64 rid, GError **error);

/* A store of before there was this: all at once, once. */
gboolean kaf_expert_now_complete (KafDatabase *db, GError **error);

/* Experts whose place is not what follows from their rows, by row number as text. (element-type utf8) (transfer full) */
GPtrArray *kaf_expert_now_check (KafDatabase *db, GError **error);

/* The tables and their index; of a fresh store. */
extern const char *const kaf_expert_now_ddl[];

G_END_DECLS
