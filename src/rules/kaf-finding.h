/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a rule found: what is wrong or due, with whom, by when, and where to mend it. */
#pragma once

#include "base/kaf-day.h"
#include "base/kaf-lang.h"

G_BEGIN_DECLS

typedef enum
{
  KAF_FINDING_BLOCKS, /* a gate of a mission stays shut while it stands */
  KAF_FINDING_LATE,
  KAF_FINDING_WARNS,
  KAF_FINDING_DUE, /* nothing is wrong: somebody has to do something by a day */
} KafFindingKind;

/* A rule of the catalogue. */
typedef struct
{
  const char *code; /* "convention-lapsing" */
  KafFindingKind kind;
  const char *sentence; /* N_(): what is so; its %s are the finding's arguments, in order */
  const char *advice;   /* N_(): what to do */
  const char *field;    /* nullable: the field to mend it in */
} KafRule;

typedef struct
{
  const KafRule *rule;
  const char *entity; /* of the record to open */
  char *id;
  char *of;     /* nullable: id of the convention, network or programme that it is about */
  char **args;  /* of the sentence: texts, days formatted when it is told */
  KafDay due;   /* unknown: no day */
  char *who;    /* nullable: who of us follows it */
  char *person; /* nullable: id of the person responsible */
} KafFinding;

void kaf_finding_free (KafFinding *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafFinding, kaf_finding_free)

G_END_DECLS
