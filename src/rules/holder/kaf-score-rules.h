/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A set of scoring rules in memory, for those who edit, tell or count by it. Shared ones are never written: who edits
 * takes a copy. */
#pragma once

#include "rules/holder/kaf-score-facts.h"

G_BEGIN_DECLS

#define KAF_SCORE_MAX 100     /* of an axis */
#define KAF_SCORE_CRITERIA 60 /* at the most */

typedef struct
{
  gint64 from;
  int points;
} KafScoreBand;

typedef struct
{
  char *code;
  int points;
} KafScoreChoice;

typedef struct
{
  KafAxis axis;
  const KafScoreFact *fact;
  char *label_fr, *label_ar;       /* nullable: as the fact is called */
  char *question_fr, *question_ar; /* nullable: as the fact asks */
  GArray *bands;                   /* (element-type KafScoreBand), ascending: of a number */
  GArray *
      choices; /* (element-type KafScoreChoice): of a choice, a boolean ("yes", "no"), exchanges (by channel) */
  int points;     /* of what decays, but for exchanges: on its day */
  int most;       /* of exchanges: their sum at the most */
  guint answered; /* of exchanges: what an answered one counts, in percent; 100: the same */
  char **only;    /* nullable: codes of territories */
} KafScoreCriterion;

struct _KafScoreRules
{
  gatomicrefcount refs;
  guint half_life;           /* days */
  gboolean quota;            /* potential and engagement are percents of the holders of a post */
  int potential, engagement; /* points from which an axis is high, or percents */
  int relay;                 /* of ten */
  GPtrArray *criteria;       /* (element-type KafScoreCriterion) */
};

/* A copy of its own, to be edited. */
KafScoreRules *kaf_score_rules_copy (const KafScoreRules *self);

/* The same checks as kaf_score_rules_parse(), of a set that was edited. */
gboolean kaf_score_rules_check (const KafScoreRules *self, GError **error);

KafScoreCriterion *kaf_score_criterion_new (KafAxis axis, const KafScoreFact *fact);
void kaf_score_criterion_free (KafScoreCriterion *self);
void kaf_score_criterion_add_band (KafScoreCriterion *self, gint64 from, int points);
void kaf_score_criterion_set_choice (KafScoreCriterion *self, const char *code, int points);

/* Its name and its question in @lang; the fact's in the language of the user where it has none. NULL: no question.
 * (transfer none) */
const char *kaf_score_criterion_label (const KafScoreCriterion *self, KafLang lang);
const char *kaf_score_criterion_question (const KafScoreCriterion *self, KafLang lang);

/* From the fewest to the most points that an answer may bring. */
void kaf_score_criterion_range (const KafScoreCriterion *self, int *low, int *high);

/* Whether both hold the same, but for words. */
gboolean kaf_score_criterion_equal (const KafScoreCriterion *a, const KafScoreCriterion *b);

/* "potential", "engagement", "relay"; and back: KAF_N_AXES for none. */
const char *kaf_axis_id (KafAxis axis);
KafAxis kaf_axis_from_id (const char *id);
/* In the language of the user. */
const char *kaf_axis_name (KafAxis axis);

G_END_DECLS
