/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conventions as the rules see them: acts with their dates, tied to one another, and what stands on a day.
 *
 * An act is what was signed (a framework, a specific convention, an amendment). What an act says may have been
 * changed by an amendment since; kaf_convention_stand() tells what holds on a day, and by which act. */
#pragma once

#include "base/kaf-day.h"

G_BEGIN_DECLS

typedef enum
{
  KAF_CONVENTION_FRAMEWORK,
  KAF_CONVENTION_SPECIFIC,
  KAF_CONVENTION_AMENDMENT,
} KafConventionKind;

/* What an amendment says that it changes. */
typedef enum
{
  KAF_CHANGES_END = 1 << 0,
  KAF_CHANGES_PARTIES = 1 << 1,
  KAF_CHANGES_DUTIES = 1 << 2,
  KAF_CHANGES_OBJECT = 1 << 3,
  KAF_CHANGES_DOMAINS = 1 << 4,
} KafConventionChanges;

/* Computed, never typed. */
typedef enum
{
  KAF_CONVENTION_DRAFT,
  KAF_CONVENTION_NEGOTIATION,
  KAF_CONVENTION_ABANDONED, /* ended before anybody signed */
  KAF_CONVENTION_SIGNED,    /* and not in force yet */
  KAF_CONVENTION_IN_FORCE,
  KAF_CONVENTION_EXPIRED,
  KAF_CONVENTION_TERMINATED,
} KafConventionState;

typedef enum
{
  KAF_TERM_UNKNOWN, /* the paper does not say: neither in force for ever nor expired */
  KAF_TERM_STATED,
  KAF_TERM_OPEN, /* the paper says: for an indefinite term */
} KafTerm;

typedef struct _KafConvention KafConvention;
typedef struct _KafCommitment KafCommitment;

/* Who signed, by the office held. */
typedef struct
{
  char *id;           /* of the signatory */
  char *mandate;      /* its id; the mandate may be missing here: the rest is then unknown */
  char *organisation; /* id */
  char *person;       /* id */
  KafDay signed_on;   /* of this signature when it differs; unknown: that of the act */
  KafDay from, to;    /* of the mandate; unknown: not stated */
  guint32 row;        /* where many are read without their ids: its row here */
} KafSignatory;

struct _KafConvention
{
  char *id, *ref;
  char *title; /* in the language asked for, or in the other */
  KafConventionKind kind;
  char *parent_id; /* as written; the act may not be here */
  KafDay negotiated_on, signed_on, effective_on;
  KafDay ends_on, terminated_on;
  gboolean open_ended, tacit_renewal;
  guint renewal_months, notice_days;         /* 0: not stated */
  guint changes;                             /* KafConventionChanges */
  char **parties, **parties_left, **domains; /* ids, codes; never NULL */
  char *programme;                           /* id; nullable */
  guint n_files_signed;                      /* attachments that are signed copies */

  /* Tied by kaf_conventions_tie(); none of these is owned. */
  KafConvention *parent;
  gboolean is_cut; /* what it says to stand within stands within it: it was tied to nothing */
  GPtrArray
      *children; /* (element-type KafConvention): specific ones and amendments, by signature */
  GPtrArray *signatories; /* (element-type KafSignatory), owned */
  GPtrArray *commitments; /* (element-type KafCommitment), owned */
};

KafConvention *kaf_convention_new (const char *id);
void kaf_convention_free (KafConvention *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafConvention, kaf_convention_free)
void kaf_signatory_free (KafSignatory *self);

/* All acts that are looked at together. */
typedef struct
{
  GPtrArray *acts;   /* (element-type KafConvention), owned, in the order they were read */
  GHashTable *by_id; /* char * → KafConvention */
  GPtrArray *
      roots; /* (element-type KafConvention): those within no other here; by signature, drafts last */
} KafConventions;

KafConventions *kaf_conventions_new (void);
void kaf_conventions_free (KafConventions *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafConventions, kaf_conventions_free)
void kaf_conventions_take (KafConventions *self, KafConvention *act);
KafConvention *kaf_conventions_find (const KafConventions *self, const char *id);

/* Ties children to parents, once all are there. A circle (two devices can close one) is cut. */
void kaf_conventions_tie (KafConventions *self);

/* A party, and the act that brought it. */
typedef struct
{
  const char *organisation;
  const KafConvention *by;
} KafParty;

/* What holds of an act on a day. */
typedef struct
{
  KafConventionState state;
  KafDay from;  /* in force from; unknown while unsigned */
  KafDay until; /* last day; of KAF_TERM_STATED, or the day of termination */
  KafTerm term;
  const KafConvention *term_by; /* the act that gave the term: itself or an amendment */
  guint n_renewals;             /* tacit ones until the day */
  GArray *parties; /* (element-type KafParty): those of the day, in the order they came */
} KafStanding;

/* The amendments that have taken effect by @day are counted in. Of an amendment: its own effect ends with that
 * of what it amends. (transfer full) */
KafStanding *kaf_convention_stand (const KafConvention *self, KafDay day);
void kaf_standing_free (KafStanding *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafStanding, kaf_standing_free)

/* Who signs the act on @day: its parties; of an amendment, those of what it amends on that day, with those that it adds
 * and those that leave by it, who sign that too. Each once; nothing where no party is known.
 * (element-type utf8: ids that live as long as the acts) (transfer container) */
GPtrArray *kaf_convention_list_signing (const KafConvention *self, KafDay day);

/* Days until its last day, 0 on that day; FALSE where no end is known or it is not in force. */
gboolean kaf_standing_days_left (const KafStanding *self, KafDay day, guint *days);

/* The framework or specific convention that the act amends, or the act itself. */
const KafConvention *kaf_convention_get_amended (const KafConvention *self);

/* The framework that it stands within, itself when it is one; NULL: none is here. */
const KafConvention *kaf_convention_get_framework (const KafConvention *self);

/* Amendments of it that are signed, in the order in which they take effect. (element-type KafConvention)
 * (transfer container) */
GPtrArray *kaf_convention_list_amendments (const KafConvention *self);

G_END_DECLS
