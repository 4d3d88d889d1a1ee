/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All that is told of a holder's score, read in one job on a worker. */
#pragma once

#include "rules/holder/kaf-score.h"
#include "store/kaf-store.h"
#include "ui/holder/kaf-tier-plot.h"

G_BEGIN_DECLS

/* A tier that was recorded. */
typedef struct
{
  char *day;  /* formatted */
  char *line; /* "B · potential 48, engagement 61 · rules 3 · facts changed" */
} KafTierStep;

typedef struct
{
  KafScore score;
  gboolean quota;        /* tiers go by the others' scores: no cut is told for all */
  int cuts[2];           /* potential, engagement: from which score on it is high */
  guint half_life;       /* days */
  char tier;             /* that counts: decided, or of the score; 0: none */
  char *decided;         /* why and until when, in a sentence; NULL: it is the score's */
  char *rules;           /* "rules 4 of 02/09/2026" */
  GPtrArray *parts;      /* (element-type KafScorePart) */
  char *question, *says; /* NULL: no answer would move the tier */
  char *field;           /* "project.land"; NULL: none answers it */
  char *asked_of;     /* id of the record of @field; NULL: of a project that is still to be made */
  GPtrArray *history; /* (element-type KafTierStep): the latest first */
  GArray *points;     /* (element-type KafTierPoint): other holders, a bounded number */
} KafHolderScoring;

void kaf_holder_scoring_free (KafHolderScoring *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafHolderScoring, kaf_holder_scoring_free)

/* Errors: KAF_STORE_ERROR, NOT_FOUND among them: nobody of that id is a project holder. Run it on a worker. */
KafHolderScoring *kaf_holder_scoring_read (
    KafDatabase *db, const char *person, KafLang lang, GCancellable *cancellable, GError **error);

G_END_DECLS
