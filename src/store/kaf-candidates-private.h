/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the candidates share: kaf-candidates-ask.c reads what is asked, -scan.c finds the best by
 * what is kept of all, -look.c reads one by her rows, -tell.c puts her into words, kaf-candidates.c asks them. */
#pragma once

#include "store/kaf-candidates.h"
#include "store/kaf-database-private.h"
#include "store/kaf-expert-page.h"

G_BEGIN_DECLS

typedef struct
{
  KafFitAsk ask;
  char *mission;          /* nullable */
  GPtrArray *domains;     /* (element-type utf8) codes, as many as the ask has */
  GPtrArray *occupations; /* all */
  GPtrArray *languages;   /* NULL-terminated */
  GArray *halves;         /* KafFitHalf */
  GPtrArray *listed;      /* ids of persons on the short list */
  GHashTable *domain_tree, *occupation_tree, *territory_tree;
  char *territory, *network, *today;
  gboolean shares;
} KafCandidateAsk;
void kaf_candidate_ask_clear (KafCandidateAsk *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KafCandidateAsk, kaf_candidate_ask_clear)

gboolean kaf_candidate_ask_read (KafDatabase *db,
                                 const KafCandidatesQuery *query,
                                 KafDay day,
                                 KafCandidateAsk *self,
                                 GError **error);

/* One expert, out of her rows. What the struct points to lives until the next is read. */
typedef struct
{
  KafDatabase *db;
  const KafCandidateAsk *asked;
  gboolean none_evaluated; /* no mission has an evaluation */
  gint64 rid;
  KafFitExpert expert;
  char *id;
  gboolean is_expert, deleted;
  char *status, *territory;
  GPtrArray *languages, *networks; /* NULL-terminated */
  GArray *times;                   /* KafFitTime */
  GError *error;
} KafCandidateLook;
void
kaf_candidate_look_init (KafCandidateLook *self, KafDatabase *db, const KafCandidateAsk *asked);
void kaf_candidate_look_clear (KafCandidateLook *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KafCandidateLook, kaf_candidate_look_clear)

/* Reads her whole; FALSE: she is not here, is deleted, or see self->error. Who is no expert any more is read too. */
gboolean kaf_candidate_look_at (KafCandidateLook *self, gint64 rid);

/* One of the best: where she is, and her place. */
typedef struct
{
  gint64 rid;
  guint sum, from; /* of KafFit: from + to, and from */
  guint8 id[KAF_EXPERT_ID_SIZE];
} KafCandidateRank;

/* Looks at all experts, and counts them in @found. (element-type KafCandidateRank), the best first (transfer full) */
GArray *kaf_candidates_scan (KafDatabase *db,
                             const KafCandidateAsk *asked,
                             guint limit,
                             KafCandidateLook *look,
                             KafCandidates *found,
                             GError **error);

/* Names and lines. */
gboolean kaf_candidate_tell (KafDatabase *db,
                             const KafCandidateAsk *asked,
                             KafCandidate *candidate,
                             KafLang lang,
                             GError **error);

G_END_DECLS
