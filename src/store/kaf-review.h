/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A pair of records that may be one, read side by side: what each says, why they are thought to be one, what would
 * settle it. */
#pragma once

#include "match/kaf-match-weigh.h"
#include "store/kaf-suspects-list.h"

G_BEGIN_DECLS

/* A field that one of them fills, in the order of the form. */
typedef struct
{
  const KafEntity *part; /* the root, or a facet */
  const KafField *field;
  char *a, *b;         /* as they are shown; nullable */
  gboolean differs;    /* both say something, and not the same but for capitals */
  gboolean may_choose; /* one of the two will show */
} KafReviewField;

typedef struct
{
  gboolean speaks_for;
  char *text;
} KafReviewReason;

typedef struct
{
  KafSuspect *pair;     /* NULL: nothing is left */
  guint place, n;       /* from 0; of how many */
  GPtrArray *fields;    /* KafReviewField */
  GPtrArray *reasons;   /* KafReviewReason */
  const char *question; /* nullable; static */
  KafMatchBand band;
  guint version;       /* of the weights */
  gboolean may_accept; /* who works here accepts pairs together */
} KafReview;
void kaf_review_free (KafReview *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafReview, kaf_review_free)

/* The pair at @place of the list, or the last one where there are fewer. Errors: KAF_STORE_ERROR. (transfer full) */
KafReview *kaf_review_read (
    KafDatabase *db, const KafSuspectsAsked *asked, guint place, KafLang lang, GError **error);

G_END_DECLS
