/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How each project holder is scored, and how far each project is, as tables: for lists, filters, segments and exports.
 * Written in the transaction that changes a fact; written anew as a whole when the day or the rules in force have changed.
 *
 *   holder_now  (rid, post, potential_low, potential, potential_high, engagement…, relay…, scored, best, worst, tier,
 *               decided, stage, stage_since, last_contact_on, next_on, as_of, rules)
 *   project_now (rid, stage, since)
 *
 * scored: the tier of the score; tier: the same, or what somebody decided (decided = 1). stage: of the project that
 * counts. rules: id of the set, '' for the default. Every live holder and project has its line. */
#pragma once

#include "record/kaf-record.h"
#include "store/kaf-holders.h"

G_BEGIN_DECLS

/* What a transaction touched. */
typedef struct _KafHolderTouched KafHolderTouched;
KafHolderTouched *kaf_holder_touched_new (void);
void kaf_holder_touched_free (KafHolderTouched *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafHolderTouched, kaf_holder_touched_free)

/* Notes the holders whose score @record says something of: as it is, or as a change of it. */
void kaf_holder_now_note (KafDatabase *db, KafHolderTouched *touched, KafRecord *record);

/* Writes their lines, within a transaction whose rows are written. */
gboolean kaf_holder_now_write_all (KafDatabase *db, KafHolderTouched *touched, GError **error);

/* Of a row that is about to be erased: whose lines depend on it. (transfer full) (nullable) */
KafHolderTouched *kaf_holder_now_find (KafDatabase *db, const KafEntity *root, gint64 rid);

/* The row is erased: so is its line. */
gboolean kaf_holder_now_forget (KafDatabase *db, const KafEntity *root, gint64 rid, GError **error);

/* Whether they are of another day than today, or by other rules than those in force. */
gboolean kaf_holder_now_is_stale (KafDatabase *db);

/* Writes all lines anew where they are stale; in a transaction of its own. On a worker: half a second for 50 000. */
gboolean kaf_holder_now_refresh (KafDatabase *db, GError **error);

/* Records whose line is not what follows from the facts, by id. Lines of another day are looked at no further than that
 * they are there. (element-type utf8) (transfer full) */
GPtrArray *kaf_holder_now_check (KafDatabase *db, GError **error);

/* The stage of a project, or of the project of a holder that counts, by its table (@table: "project_now", "holder_now").
 * NULL: none is noted. (transfer full) (nullable) */
char *kaf_holder_now_read_stage (KafDatabase *db, const char *table, const char *id);

/* Of today, by what is written here: where tiers go by quota, who stands last among the high of that post.
 * NULL: they go by threshold. (transfer full) */
KafTierCuts *
kaf_holder_now_read_cuts (KafDatabase *db, const KafScoreRules *rules, const char *post);

/* The tables; of a fresh store. */
extern const char *const kaf_holder_now_ddl[];

G_END_DECLS
