/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Judging that two records are one, or that they are not; taking it back; what was judged and what follows.
 *
 * A judgement is a record like any other: it is committed, journaled, synced and undone with its batch. From the moment
 * when it is committed, every list, search, count and reference shows who is one as one, by her smallest id that is
 * here; the rows stay in the journal, and on the hub, as they came: see kaf-one.h. Taking a judgement back shows again
 * what was there, with all that was written since.
 *
 * Persons and organisations; a facet is named by its root ("person", never "expert"). */
#pragma once

#include "match/kaf-judgements.h"
#include "store/kaf-commit.h"
#include "store/kaf-read.h"

G_BEGIN_DECLS

/* Which of the records lends its value to a field that several of them fill. */
typedef struct
{
  const KafEntity *part; /* whose field: the root, or a facet of it */
  const char *field;     /* id */
  const char *of;        /* id of the record whose value shows */
} KafFieldChoice;

/* What is to be judged. Nothing of it is owned. */
typedef struct
{
  const KafEntity *entity;       /* the root */
  const char *a, *b;             /* ids, in any order; never the same */
  KafJudgementVerdict verdict;   /* same, different or unsure */
  const char *reason;            /* nullable, free text of a person */
  int likelihood;                /* ‰, as the comparison gave it; -1: nothing compared them */
  const char *engine;            /* version of the comparison; nullable */
  const char *evidence;          /* codes of what spoke for and against, no values; nullable */
  const KafFieldChoice *choices; /* with "same"; ends with a NULL field; nullable */
} KafJudging;

/* The code of a verdict in the schema: "same", "different", "unsure", "revoke"; NULL: none. */
const char *kaf_judge_code (KafJudgementVerdict verdict);
/* KAF_VERDICT_NONE for anything else. */
KafJudgementVerdict kaf_judge_parse (const char *code);

/* Adds to @set what says so: one judgement, and one choice for each of @choices. For many at once, or for an import,
 * whose records may be created in the same set. */
void kaf_judge_add (KafChangeSet *set, const KafJudging *judging);

/* A set of that one alone, labelled "judge"; to be committed. (transfer full) */
KafChangeSet *kaf_judge (const KafJudging *judging);

/* Adds a choice to @set: the value of @of shows for the field, in whatever is one with @id. @of may be @id. */
void kaf_judge_add_choice (KafChangeSet *set,
                           const KafEntity *entity,
                           const char *id,
                           const KafFieldChoice *choice);

/* Adds to @set what takes the judgement @id back. Errors: KAF_STORE_ERROR_NOT_FOUND; _REFUSED for one that was taken
 * back already, or that takes one back. */
gboolean kaf_judge_revoke (
    KafDatabase *db, KafChangeSet *set, const char *id, const char *reason, GError **error);

/* The same of all judgements that stand of the two records themselves. Errors: KAF_STORE_ERROR_NOTHING: there are none. */
gboolean kaf_judge_revoke_all (KafDatabase *db,
                               KafChangeSet *set,
                               const KafEntity *entity,
                               const char *a,
                               const char *b,
                               const char *reason,
                               GError **error);

/* What turns back a judgement or a choice, for an undo: what takes it back; or, of one that took another back, that other
 * one again. NULL: nothing is to be done. (transfer full) */
KafRecord *kaf_judge_turn_back (KafDatabase *db, const KafEntity *entity, const char *id);

/* A judgement that stands: nobody took it back. */
typedef struct
{
  char *id;
  const KafEntity *entity; /* the root */
  char *a, *b;             /* ids, as they were judged */
  KafJudgementVerdict verdict;
  char *reason;   /* nullable */
  int likelihood; /* ‰; -1: unknown */
  char *engine;   /* nullable */
  char *evidence; /* nullable */
  char *author;   /* nullable */
  gint64 when;    /* µs since 1970 UTC */
} KafJudged;
void kaf_judged_free (KafJudged *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafJudged, kaf_judged_free)

/* Those that name @id, or a record that is one with it, the latest first; with @id NULL all of the entity. (element-type
 * KafJudged) (transfer full) */
GPtrArray *
kaf_judge_list (KafDatabase *db, const KafEntity *entity, const char *id, GError **error);

/* "Different" judgements whose two records other judgements tie together: nothing parts by itself, a person is to look.
 * (element-type KafJudged) (transfer full) */
GPtrArray *kaf_judge_list_contradictions (KafDatabase *db, const KafEntity *entity, GError **error);

/* All judgements of the entity, for what may be suggested: kaf_judgements_may_suggest(). What it holds lives as long as
 * it does. (transfer full) */
KafJudgements *kaf_judge_read_all (KafDatabase *db, const KafEntity *entity, GError **error);

/* A record that names somebody who is one with others. */
typedef struct
{
  const KafEntity *entity;
  char *id;
  const KafField *field; /* by which it names her */
  gint64 when;           /* µs since 1970 UTC: when it was made */
} KafAttached;
void kaf_attached_free (KafAttached *self);

/* What was made after the judgement @id, a "same", and names the one that is shown: before that is taken back, a person
 * may say to which of the records it belongs. The latest first. (element-type KafAttached) (transfer full) */
GPtrArray *kaf_judge_list_attached (KafDatabase *db, const char *id, GError **error);

G_END_DECLS
