/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the window of scoring rules reads and writes, on a worker: the rules in force, the draft of this device, a
 * simulation, and their publication. */
#pragma once

#include "rules/holder/kaf-score.h"
#include "store/kaf-store.h"

G_BEGIN_DECLS

#define KAF_TIERS_N 4

typedef struct
{
  KafScoreRules *in_force; /* the default where none were published */
  KafScoreRules *draft;    /* nullable: left here before */
  int number;              /* of those in force; 0: none were published */
  char *published_on;      /* formatted; nullable */
  GPtrArray *sectors,
      *territories; /* (element-type KafListItem): whose codes a criterion may name */
} KafRulesState;

void kaf_rules_state_free (KafRulesState *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafRulesState, kaf_rules_state_free)

KafRulesState *kaf_rules_state_read (KafDatabase *db, KafLang lang, GError **error);

/* One who would stand in another tier. */
typedef struct
{
  char *id, *name;
  char before, after; /* 'a' to 'd' */
  char *why;          /* the criteria that differ most */
} KafTierMove;

typedef struct
{
  guint n; /* holders looked at */
  guint n_moved;
  guint cells[KAF_TIERS_N][KAF_TIERS_N]; /* from, to */
  GPtrArray *moves;                      /* (element-type KafTierMove): a bounded number */
} KafRulesSimulation;

void kaf_rules_simulation_free (KafRulesSimulation *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafRulesSimulation, kaf_rules_simulation_free)

/* Moves that are listed at the most. */
#define KAF_RULES_MOVES 100

/* @rules against those in force, today. */
KafRulesSimulation *kaf_rules_simulate (KafDatabase *db,
                                        const KafScoreRules *rules,
                                        KafLang lang,
                                        GCancellable *cancellable,
                                        GError **error);

/* The draft of this device; NULL: none any more. */
gboolean kaf_rules_keep_draft (KafDatabase *db, const KafScoreRules *rules, GError **error);

/* From today on, by who works here, with the tiers that follow; the draft goes. The receipt is that of the publication:
 * undone, the set stands in the store and counts for nobody. */
KafReceipt *kaf_rules_publish (KafDatabase *db, const KafScoreRules *rules, GError **error);

G_END_DECLS
