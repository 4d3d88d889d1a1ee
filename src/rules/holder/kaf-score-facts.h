/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The facts that a criterion may ask for. What is not in this catalogue counts nowhere: no name, origin, gender, age or
 * religion, and no territory but the one a holder declares or a project is in. */
#pragma once

#include "rules/holder/kaf-score.h"
#include "schema/kaf-entity.h"

G_BEGIN_DECLS

typedef enum
{
  KAF_FACT_NUMBER,  /* bands: from a value on, so many points */
  KAF_FACT_CHOICE,  /* points by code; a code that is not named brings none */
  KAF_FACT_BOOLEAN, /* points for "yes" and "no" */
  KAF_FACT_DECAY,   /* points on its day, half of them half_life days later */
} KafFactKind;

/* What is known of a fact. */
typedef struct
{
  gboolean known;
  gboolean nothing; /* known, and there is none: it brings nothing */
  gint64 number;    /* of a number; of a boolean 0 or 1 */
  const char *codes
      [2]; /* of a choice: its code, and a wider one that holds it (of a territory its region); nullable */
  guint32 day; /* of what decays */
} KafFactAnswer;

typedef struct _KafScoreFact KafScoreFact;
struct _KafScoreFact
{
  const char *code;
  KafFactKind kind;
  guint axes;          /* 1 << KAF_AXIS_…: on which it may count */
  gboolean of_project; /* read from one project; else from the holder and all that she has */
  const char *label;   /* N_() */
  const char
      *question;     /* N_(): what one asks her where it is not known; NULL: it is always known */
  const char *field; /* ENTITY.FIELD that the answer is written to */
  /* @project: NULL where there is none under way. */
  void (*read) (const KafHolder *holder,
                const KafHolderProject *project,
                guint32 as_of,
                KafFactAnswer *answer);
};

const KafScoreFact *kaf_score_facts (guint *n);

/* NULL: no such fact. */
const KafScoreFact *kaf_score_fact_find (const char *code);

/* The codes that it may have, with their labels; NULL where it has none, or those of a list (see
 * kaf_score_fact_list). */
const KafChoice *kaf_score_fact_choices (const KafScoreFact *self);

/* The entity of the list whose codes it has ("sector", "territory"); NULL: none. */
const char *kaf_score_fact_list (const KafScoreFact *self);

/* Whether the place of the fact is one of @codes; FALSE with @known FALSE: no place is known. Of a fact of a project that
 * is the project's; else the attachment that the holder declares. */
gboolean kaf_score_fact_is_in (const KafScoreFact *self,
                               const KafHolder *holder,
                               const KafHolderProject *project,
                               char *const *codes,
                               gboolean *known);

/* "idea", "study"…; NULL for none yet; and back: none for what is no stage. */
const char *kaf_stage_id (KafStage stage);
KafStage kaf_stage_from_id (const char *id);

/* Whether an exchange with that outcome was answered. */
gboolean kaf_outcome_is_answer (const char *outcome);

G_END_DECLS
