/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Roles: which classes of fields each reads and writes (law 09-08, need to know). */
#pragma once

#include "schema/kaf-entity.h"

G_BEGIN_DECLS

typedef struct
{
  const char *id;
  const char *label; /* N_() */
  guint reads;       /* KafClass bits */
  guint writes;      /* KafClass bits */
  gboolean approves; /* steps 6 and 7, conventions, labels */
  gboolean reveals;  /* may see an identifier against a logged reason */
  gboolean erases;   /* orders that a record be erased for ever */
  gboolean aggregates_only;
  gboolean
      settles;    /* in its scopes: takes in, or sets aside, what others wrote there who may not */
  gboolean leads; /* files of missions: leaves their steps but 6 and 7, reopens, puts on hold */
  /* Those that it knows, beside lists and settings; NULL: all. */
  const char *const *entities;
  /* Of the file of a mission, what it writes, "ENTITY" or "ENTITY.FIELD"; NULL: all; empty: it knows none of it. */
  const char *const *file;
  /* Beside such files and lists, what it writes: "ENTITY" or "ENTITY.FIELD", and what everybody keeps for himself; NULL:
   * all. */
  const char *const *beyond;
} KafRole;

/* The role of a user whose rights were withdrawn: what was written before is still taken in, and kept
 * aside; nothing is told. Never granted. */
#define KAF_ROLE_NONE "none"

const KafRole *kaf_role_find (const char *id);
const KafRole *kaf_roles (guint *n_roles);

/* Reference lists and settings are everybody's. */
gboolean kaf_role_knows (const KafRole *role, const KafEntity *entity);
gboolean kaf_role_knows_all (const KafRole *role);
/* Whether it may write any field of @entity at all. */
gboolean kaf_role_may_write (const KafRole *role, const KafEntity *entity);
/* Whether it changes what stands in reference lists, to which others add, and writes settings. */
gboolean kaf_role_keeps_lists (const KafRole *role);
gboolean kaf_role_can_read (const KafRole *role, const KafField *field);
gboolean kaf_role_can_write (const KafRole *role, const KafField *field);

/* The same of a field of that entity: who keeps a part of a mission's file writes the names in it too, and what is
 * written there once. */
gboolean
kaf_role_can_write_in (const KafRole *role, const KafEntity *entity, const KafField *field);

/* The same of what belongs to a record of @owner by kind and id, a file; @owner nullable. Who keeps a part of a mission's
 * file keeps what is attached to it; what is attached to that which engages the State, who writes that. */
gboolean
kaf_role_may_write_of (const KafRole *role, const KafEntity *entity, const KafEntity *owner);
gboolean kaf_role_can_write_of (const KafRole *role,
                                const KafEntity *entity,
                                const KafEntity *owner,
                                const KafField *field);

G_END_DECLS
