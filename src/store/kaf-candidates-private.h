/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the candidates share: kaf-candidates-ask.c reads what is asked, -look.c one expert, -tell.c puts
 * it into words, kaf-candidates.c finds the best. */
#pragma once

#include "store/kaf-candidates.h"
#include "store/kaf-database-private.h"

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

/* One expert, read as far as it is needed. What the struct points to lives until the next is begun. */
typedef struct
{
  KafDatabase *db;
  const KafCandidateAsk *asked;
  gboolean none_evaluated; /* no mission has an evaluation */
  gint64 rid;
  guint known; /* parts that were read: bits 1 << KafFitPart */
  KafFitExpert expert;
  char *id;
  gboolean is_expert, deleted; /* of whom all was read */
  gboolean whole;
  char *status, *territory;
  GPtrArray *languages, *networks; /* NULL-terminated once read */
  GArray *times;                   /* KafFitTime */
  GError *error;
} KafCandidateLook;
void
kaf_candidate_look_init (KafCandidateLook *self, KafDatabase *db, const KafCandidateAsk *asked);
void kaf_candidate_look_clear (KafCandidateLook *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KafCandidateLook, kaf_candidate_look_clear)

/* Whom to look at; the caller sets the nearness in expert, and of what it knows of other parts the best that it
 * could be, with their bits in known: it stands until it is read. */
void kaf_candidate_look_begin (KafCandidateLook *self, gint64 rid);

/* Reads some parts more; FALSE at the end, or with the error set. */
gboolean kaf_candidate_look_on (KafCandidateLook *self);

/* The nearness by her own sets, consent and list, for one person of whom all was read. */
gboolean kaf_candidate_look_near (KafCandidateLook *self);

/* Names and lines. */
gboolean kaf_candidate_tell (KafDatabase *db,
                             const KafCandidateAsk *asked,
                             KafCandidate *candidate,
                             KafLang lang,
                             GError **error);

G_END_DECLS
