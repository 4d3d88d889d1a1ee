/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The score of one project holder, told; the points of all; what other rules would change. Run it on a worker. */
#pragma once

#include "store/kaf-holders.h"
#include "store/kaf-store.h"

G_BEGIN_DECLS

/* One holder. Facts, rules and texts live as long as it. */
typedef struct
{
  KafHolders *all;           /* of her alone */
  const KafHolderLine *line; /* her facts */
  KafRulesInForce force;
  KafScore score;
  char tier;                      /* the score's, or what somebody decided */
  const KafTierOverride *decided; /* nullable: by whose until it holds */
  int project;                    /* that counts, of line->facts.projects; -1: none */
  GPtrArray *parts;               /* (element-type KafScorePart) */
  gboolean asks;                  /* there is a question that may move the tier */
  guint criterion;                /* that it asks for */
  char *question, *sentence;
  const char *field; /* "project.land" */
} KafHolderScore;

/* As of a day (unknown: today). Errors: KAF_STORE_ERROR_NOT_FOUND: no project holder of that id. (transfer full) */
KafHolderScore *
kaf_holder_score_read (KafDatabase *db, const char *id, KafDay as_of, KafLang lang, GError **error);
void kaf_holder_score_free (KafHolderScore *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafHolderScore, kaf_holder_score_free)

void kaf_store_read_holder_score_async (KafStore *self,
                                        const char *id,
                                        KafLang lang,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
KafHolderScore *
kaf_store_read_holder_score_finish (KafStore *self, GAsyncResult *result, GError **error);

/* All holders by a set of rules; @rules NULL: those in force. */
typedef struct
{
  KafScore score;
  char tier; /* with what was decided */
  gboolean decided;
} KafHolderStanding;

/* (element-type KafHolderStanding), as the lines of @all. */
GArray *kaf_holders_stand (const KafHolders *all, const KafScoreRules *rules);

/* Why a holder would change: the criteria whose points differ, the most first. Of the old rules alone: to = 0. */
typedef struct
{
  KafAxis axis;
  const char *fact; /* code */
  int from, to;     /* points, in their middle where they are not known */
} KafSimulatedReason;

#define KAF_SIMULATED_REASONS 3

typedef struct
{
  char *id; /* of the person */
  char before, after;
  KafScore from, to;
  guint n_reasons;
  KafSimulatedReason reasons[KAF_SIMULATED_REASONS];
} KafSimulatedChange;

/* What @rules would change against those in force. */
typedef struct
{
  guint n_holders;
  guint before[4], after[4]; /* how many are in A to D */
  guint moves[4][4];         /* from, to */
  GPtrArray *changes; /* (element-type KafSimulatedChange): who changes tier, by tier and id */
  KafDay as_of;
} KafSimulation;
KafSimulation *kaf_simulation_run (KafDatabase *db,
                                   const KafScoreRules *rules,
                                   KafDay as_of,
                                   GCancellable *cancellable,
                                   GError **error);
void kaf_simulation_free (KafSimulation *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafSimulation, kaf_simulation_free)

void kaf_store_simulate_async (KafStore *self,
                               const KafScoreRules *rules,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
KafSimulation *kaf_store_simulate_finish (KafStore *self, GAsyncResult *result, GError **error);

/* Writes all lines anew where the day or the rules have changed (kaf-holder-now.h): TRUE when they were. */
void kaf_store_refresh_holders_async (KafStore *self,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean kaf_store_refresh_holders_finish (KafStore *self, GAsyncResult *result, GError **error);

G_END_DECLS
