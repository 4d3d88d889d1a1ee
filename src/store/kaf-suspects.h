/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records that may be one: pairs of persons, and pairs of organisations, that nobody has judged yet.
 *
 *   match_key    by which they are found (match/kaf-match-keys.h)
 *   match_count  how usual names, cities, employers were when all were looked at last
 *   suspect      pairs at least KAF_SUSPECT_LEAST likely, with what is won by knowing
 *
 * No commit waits for it: what was written is looked at again afterwards, by a worker (kaf-suspect-keeper), in small
 * transactions of its own. All are looked at where there was no such look yet, where the engine is another one, or where
 * the store has grown by more than a quarter; the counts stay as they are in between, so that looking at some gives what
 * looking at all would give. What two records say, and in which words, is worked out when it is asked for. */
#pragma once

#include "match/kaf-match-weigh.h"
#include "store/kaf-attachments.h"
#include "store/kaf-read.h"

G_BEGIN_DECLS

/* Likelihood, ‰: to examine (matching.md). */
#define KAF_SUSPECT_LEAST 300

typedef enum
{
  KAF_SUSPECTS_CURRENT,    /* all that was written is taken in */
  KAF_SUSPECTS_BEHIND,     /* some records are to be looked at again */
  KAF_SUSPECTS_UNFINISHED, /* all records are */
} KafSuspectsState;

/* Of what is committed. Errors: KAF_STORE_ERROR. */
gboolean kaf_suspects_get_state (KafDatabase *db, KafSuspectsState *state, GError **error);

/* Looks again at up to @limit of the records that were written, in one transaction; @state (out): how it is after
 * that. UNFINISHED: nothing was done, all are to be looked at. Within no transaction. */
gboolean
kaf_suspects_catch_up (KafDatabase *db, guint limit, KafSuspectsState *state, GError **error);

/* All records, looked at: to be written. */
typedef struct _KafSuspectsLook KafSuspectsLook;
void kaf_suspects_look_free (KafSuspectsLook *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafSuspectsLook, kaf_suspects_look_free)

/* @permille: how much of it is done, 0 to 1000. FALSE: to stop. */
typedef gboolean (*KafSuspectsProgress) (guint permille, gpointer data);

/* Reads only: on any connection, for as long as it takes. NULL with KAF_STORE_ERROR or G_IO_ERROR_CANCELLED. */
KafSuspectsLook *kaf_suspects_look (KafDatabase *db,
                                    KafSuspectsProgress progress,
                                    gpointer data,
                                    GCancellable *cancellable,
                                    GError **error);

/* Writes a part of it, so short that nobody waits; @done (out): all of it is there. What was written since the look is
 * behind then. */
gboolean
kaf_suspects_look_write (KafDatabase *db, KafSuspectsLook *look, gboolean *done, GError **error);

/* All of it at once, for kafaatctl and tests: CURRENT afterwards. */
gboolean kaf_suspects_update (KafDatabase *db,
                              KafSuspectsProgress progress,
                              gpointer data,
                              GCancellable *cancellable,
                              GError **error);

/* A row goes for good: what is kept here of it goes too. */
gboolean kaf_suspects_forget (KafDatabase *db, gint64 rid, GError **error);

/* How many pairs differ from those that a look at all of them with the counts of today's table finds. */
gboolean kaf_suspects_check (KafDatabase *db, guint *n, GError **error);

/* ---- Asking ---- */

typedef struct
{
  const KafEntity *entity; /* person, organisation */
  char *a, *b;             /* ids, the older row first */
  char *title_a, *title_b; /* to be shown; nullable */
  char *ref_a, *ref_b;     /* nullable */
  guint likelihood;        /* ‰ */
  guint gain;              /* what is won by knowing: to sort by */
  char *evidence;          /* "email:same given_name:close": codes, no values */
} KafSuspect;
void kaf_suspect_free (KafSuspect *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafSuspect, kaf_suspect_free)

/* The most to be won first. @entity NULL: of any. (element-type KafSuspect) (transfer full) */
GPtrArray *kaf_suspects_list (KafDatabase *db,
                              const KafEntity *entity,
                              guint least,
                              guint offset,
                              guint limit,
                              KafLang lang,
                              GError **error);

/* Somebody in the store who may be the one that is asked about. */
typedef struct
{
  char *id;
  KafMatchPerson *person;
  KafMatchScore score; /* a: who was asked about, b: @person */
} KafLikely;
void kaf_likely_free (KafLikely *self);

/* Who of the store may be @person (of @entity): at least @least likely (0 to 1), the likeliest first, at most @limit; not
 * @person itself, nor who was judged to be somebody else. (element-type KafLikely) (transfer full) */
GPtrArray *kaf_suspects_find (KafDatabase *db,
                              const KafEntity *entity,
                              const KafMatchPerson *person,
                              double least,
                              guint limit,
                              GError **error);

/* For who compares many: row numbers of those of @entity who have a key in common with @person, rising, each once, by the
 * table as it stands (kaf_suspects_update()). (element-type gint64) (transfer full) */
GArray *kaf_suspects_find_rows (KafDatabase *db,
                                const KafEntity *entity,
                                const KafMatchPerson *person,
                                GError **error);

/* How usual names, cities, employers were when all were looked at last; NULL without an error: they never were. Lives
 * until all are looked at again. (transfer none) */
const KafMatchRarity *
kaf_suspects_get_rarity (KafDatabase *db, const KafEntity *entity, GError **error);

/* Whether records of @entity, a root, are compared at all. */
gboolean kaf_suspects_concerns (const KafEntity *entity);

/* Who may be a person who is being typed, told so that it can be shown. */
typedef struct
{
  KafLookalike *like; /* likeness: of the names */
  char *
      why; /* in words; see kaf_match_tell(). NULL: all were never looked at, the names alone are alike */
  double probability; /* 0 then */
} KafSuspected;
void kaf_suspected_free (KafSuspected *self);

/* Persons of at least .30, the likeliest first; where all were never looked at, those of kaf_read_lookalikes(). @person:
 * being typed, or in the store. (element-type KafSuspected) (transfer full) */
GPtrArray *kaf_suspects_find_typed (
    KafDatabase *db, const KafRecord *person, guint limit, KafLang lang, GError **error);

/* How alike two records are, by the counts of the store. @a, @b (out) (transfer full): what the reasons of @score point
 * into. FALSE without an error: one is not there. */
gboolean kaf_suspects_weigh (KafDatabase *db,
                             const KafEntity *entity,
                             const char *id_a,
                             const char *id_b,
                             KafMatchPerson **a,
                             KafMatchPerson **b,
                             KafMatchScore *score,
                             GError **error);

/* As evidence is kept. (transfer full) */
char *kaf_suspects_print_evidence (const KafMatchScore *score);

/* ---- Accepting together: kaf-suspects-accept.c ---- */

/* Whether who works here is a manager, who alone sets from where on pairs are accepted together, and accepts them. */
gboolean kaf_suspects_may_accept (KafDatabase *db);

/* From which likelihood on, ‰, pairs may be accepted together here today: what a manager has set, for a manager.
 * 0: none may be. */
guint kaf_suspects_get_accept (KafDatabase *db);

/* Sets it from today on, from KAF_SUSPECT_LEAST to 1000; 0: none may be. Errors: KAF_STORE_ERROR_FORBIDDEN for who is no
 * manager, KAF_VALIDATION_ERROR_RANGE, those of kaf_commit(). (transfer full) */
KafReceipt *kaf_suspects_set_accept (KafDatabase *db, guint least, GError **error);

/* Which pairs may be accepted together: of those of at least @least ‰, the ones whose records stay in one group when
 * groups are joined by how like they are on average. In the order of the list. (element-type KafSuspect) (transfer
 * full) */
GPtrArray *kaf_suspects_list_groups (
    KafDatabase *db, const KafEntity *entity, guint least, KafLang lang, GError **error);

/* Says of all of these, from kaf_suspects_get_accept() on, that they are one, in one transaction: one undo takes all of
 * it back. @shown (nullable) (element-type KafSuspect): what was shown before; where others would be accepted today,
 * nothing is. @n (out): how many pairs. Errors: KAF_STORE_ERROR_FORBIDDEN where none may be accepted,
 * KAF_STORE_ERROR_REFUSED without a reason, KAF_STORE_ERROR_EXISTS: others than those that were shown,
 * KAF_STORE_ERROR_NOTHING, those of kaf_commit(). (transfer full) */
KafReceipt *kaf_suspects_accept (KafDatabase *db,
                                 const KafEntity *entity,
                                 const char *reason,
                                 GPtrArray *shown,
                                 KafProgressFunc progress,
                                 gpointer progress_data,
                                 guint *n,
                                 GCancellable *cancellable,
                                 GError **error);

G_END_DECLS
