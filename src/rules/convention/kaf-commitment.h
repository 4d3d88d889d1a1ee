/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a party is to do by a convention, when it is due, and how far it is done. */
#pragma once

#include "rules/convention/kaf-convention.h"

G_BEGIN_DECLS

typedef enum
{
  KAF_RECURRENCE_NONE,
  KAF_RECURRENCE_MONTHLY,
  KAF_RECURRENCE_QUARTERLY,
  KAF_RECURRENCE_HALF_YEARLY,
  KAF_RECURRENCE_YEARLY,
  KAF_RECURRENCE_EACH_MISSION, /* has no date of its own */
  KAF_RECURRENCE_EACH_SESSION,
} KafRecurrence;

typedef struct
{
  KafDay done_on;
  KafDay due_on;  /* which occurrence; unknown: the earliest that is open */
  guint quantity; /* 0: not counted */
} KafFulfilment;

struct _KafCommitment
{
  char *id, *ref, *convention_id;
  char *text;        /* in the language asked for, or in the other */
  char *party;       /* organisation id */
  char *replaces;    /* commitment id; nullable */
  char *responsible; /* person id; nullable */
  char *followed_by; /* nullable */
  KafDay due_on, recurs_until, waived_on;
  KafRecurrence recurrence;
  guint quantity;      /* 0: not counted */
  GArray *fulfilments; /* (element-type KafFulfilment), by done_on */
  const KafConvention *act;
  const KafCommitment *replaced_by; /* tied with the acts; nullable */
  guint32 row;                      /* where many are read without their ids: its row here */
};

/* A code of the field "recurrence"; NULL: none. */
KafRecurrence kaf_recurrence_parse (const char *code);

KafCommitment *kaf_commitment_new (const char *id);
void kaf_commitment_free (KafCommitment *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafCommitment, kaf_commitment_free)

typedef enum
{
  KAF_COMMITMENT_UNDATED, /* stands, without a date: "at each mission" */
  KAF_COMMITMENT_UPCOMING,
  KAF_COMMITMENT_SOON, /* due within the days of the setting */
  KAF_COMMITMENT_OVERDUE,
  KAF_COMMITMENT_KEPT, /* done, or done up to now and not due again within sight */
  KAF_COMMITMENT_WAIVED,
  KAF_COMMITMENT_REPLACED, /* an amendment in force says otherwise */
  KAF_COMMITMENT_LAPSED,   /* its convention is over, or was never signed */
} KafCommitmentState;

typedef struct
{
  KafCommitmentState state;
  KafDay due;      /* the earliest open occurrence; unknown: none */
  guint n_overdue; /* open occurrences before the day */
  guint done, of;  /* quantities, or occurrences due until the day; of 0: not counted */
} KafCommitmentStanding;

/* How it stands on @day; what is due in @soon_days is soon. Fulfilments after @day count: they were noted. */
KafCommitmentStanding kaf_commitment_stand (const KafCommitment *self, KafDay day, guint soon_days);

/* What binds the parties of an act on a day: read once for all of its commitments. */
typedef struct
{
  KafConventionState state; /* of the act that the commitment stands in */
  KafDay last; /* last day on which it binds, as known on the day; unknown: none in sight */
} KafBinding;
KafBinding kaf_convention_bind (const KafConvention *self, KafDay day);
/* The same where its standing on the day is known. */
KafBinding kaf_convention_bind_as (const KafConvention *self, const KafStanding *standing);

/* kaf_commitment_stand() for many of one act. */
KafCommitmentStanding kaf_commitment_stand_bound (const KafCommitment *self,
                                                  const KafBinding *binding,
                                                  KafDay day,
                                                  guint soon_days);

/* The first of its days that nothing closed, whatever day it is and whatever its convention says; unknown: none. It
 * hangs on the commitment and its fulfilments alone, so that it can be kept (store/kaf-commitment-now). */
KafDay kaf_commitment_get_open (const KafCommitment *self);

/* The days on which it is due between @from and @until, both counted, until it ends with its convention.
 * (element-type KafDay) (transfer full) */
GArray *kaf_commitment_list_due (const KafCommitment *self, KafDay from, KafDay until);

/* The same for many of one act; @binding: of the day @until. */
GArray *kaf_commitment_list_due_bound (const KafCommitment *self,
                                       const KafBinding *binding,
                                       KafDay from,
                                       KafDay until);

/* The commitments in force of a convention with its amendments, in the order of the acts: those replaced or lifted
 * by @day are left out. An amendment brings commitments when it says that it changes them. Of an amendment: its own. (element-type KafCommitment) (transfer container) */
GPtrArray *kaf_convention_list_commitments (const KafConvention *self, KafDay day);

G_END_DECLS
