/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Acts on the file of a mission: the rules are asked and the act is written in one transaction, so that nothing comes
 * between the two. No act is ever undone. */
#pragma once

#include "rules/mission/kaf-mission-checks.h"
#include "store/kaf-commit.h"

G_BEGIN_DECLS

typedef struct
{
  const char *mission; /* id */
  KafActKind kind;
  guint step;               /* 0: the open one */
  const char *code, *about; /* of a check acknowledged or overridden; @about nullable: all of it */
  const char *reason;       /* nullable where none is asked */
  const char *paper_name, *paper_function; /* nullable: decided here */
  const char *paper_on;                    /* ISO, nullable */
  GFile *scan;                             /* of the paper; nullable */
} KafMissionActOrder;

typedef struct
{
  char *id;            /* of the act */
  KafReceipt *receipt; /* tell others by kaf_store_announce() */
  GPtrArray *
      cut; /* of a reopening: kinds of parts that the archive leaves out (element-type utf8, static); nullable */
} KafMissionActResult;
void kaf_mission_act_result_free (KafMissionActResult *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafMissionActResult, kaf_mission_act_result_free)

/* Errors: KAF_RULE_ERROR where the rules say no (nothing is written, but the scan), KAF_STORE_ERROR,
 * KAF_VALIDATION_ERROR. */
KafMissionActResult *kaf_mission_act_commit (KafDatabase *db,
                                             const KafMissionActOrder *order,
                                             GCancellable *cancellable,
                                             GError **error);

/* A record of the act, as it would be written: after what moved the mission last, with what step 6 approves where that
 * is asked for, and the archive of a reopening. Within a transaction or a reading. @cut: see the result. */
KafRecord *kaf_mission_act_make (KafDatabase *db,
                                 const KafMission *mission,
                                 const KafMissionActOrder *order,
                                 GPtrArray **cut,
                                 GError **error);

G_END_DECLS
