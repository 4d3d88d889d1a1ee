/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Experts for a mission or a need: the best of all that this store holds, with reasons, and why not the others.
 *
 * All experts are looked at, by what is kept side by side of each (kaf-expert-now.h): the answer is exact, and read in
 * one pass. Only who is in other missions is looked at by her rows, and only while she could be among the best. No name
 * is read before the list is made. Run it on a worker. */
#pragma once

#include "base/kaf-lang.h"
#include "match/kaf-expert-fit.h"
#include "store/kaf-store.h"

G_BEGIN_DECLS

#define KAF_CANDIDATES_LIMIT 20

typedef struct
{
  const char *mission; /* one of both; ids */
  const char *need;
  guint limit;     /* 0: KAF_CANDIDATES_LIMIT */
  const char *why; /* id of a person of whom it is asked why she is where she is; nullable */
  gboolean
      needs_consent; /* to sharing; a mission with a facilitator outside needs it whatever this says */
  KafDay day;        /* unknown: today */
  KafLang lang;
} KafCandidatesQuery;

/* A part of the score in words. */
typedef struct
{
  KafFitPart part;
  char *text;
  char *detail;         /* what it rests on: her domains, the languages asked; nullable */
  const char *question; /* that would settle what is unknown; nullable; not owned */
} KafCandidateLine;

/* What is known of her for a half-day. */
typedef struct
{
  KafFitHalf half;
  int kind; /* as kaf_fit_find_time() */
} KafCandidateHalf;

typedef struct
{
  char *id;                     /* of the person */
  char *name;                   /* in the language asked for, or in the other script */
  char *ref;                    /* nullable */
  char *network, *network_name; /* the first that she is a member of; nullable */
  KafFit fit;
  gboolean is_expert;
  GPtrArray *lines; /* (element-type KafCandidateLine), of the parts that are asked */
  GArray *agenda;   /* (element-type KafCandidateHalf), of the half-days that are asked for */
} KafCandidate;

typedef struct
{
  GPtrArray *best;    /* (element-type KafCandidate), the best first */
  KafCandidate *why;  /* of whom it was asked; nullable: there is no such person here */
  guint why_rank;     /* 1…; 0: she is not among the best */
  gint64 n_experts;   /* that this store holds */
  guint n_considered; /* with a domain or an occupation that is asked for */
  guint n_out
      [KAF_N_FIT_OUT]; /* of these, by the filter that took them out; of KAF_FIT_NO_MATCH: of the experts */
  guint n_in;          /* that no filter took out */
  guint n_looked;        /* of whom rows were read to know their place */
  gboolean asks_nothing; /* neither domain nor occupation is said: nobody can be found */
  gboolean shares;       /* consent to sharing was needed */
  gboolean partial;      /* this device may not see all experts */
  guint n_halves;        /* half-days that availability was looked at for */
  KafDay day;            /* as of */
} KafCandidates;
void kaf_candidates_free (KafCandidates *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafCandidates, kaf_candidates_free)

/* Errors: KAF_STORE_ERROR (NOT_FOUND: no such mission or need), G_IO_ERROR_CANCELLED. (transfer full) */
KafCandidates *kaf_candidates_find (KafDatabase *db,
                                    const KafCandidatesQuery *query,
                                    GCancellable *cancellable,
                                    GError **error);

/* The same on a worker. @query is copied. */
void kaf_store_find_candidates_async (KafStore *self,
                                      const KafCandidatesQuery *query,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
/* (transfer full) */
KafCandidates *
kaf_store_find_candidates_finish (KafStore *self, GAsyncResult *result, GError **error);

/* Her reasons as the short list keeps them: a line a part. (transfer full) */
char *kaf_candidate_get_reasons (const KafCandidate *self);

G_END_DECLS
