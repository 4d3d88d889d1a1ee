/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Roles: which classes of fields each reads and writes (law 09-08, need to know). */
#pragma once

#include "schema/kaf-field.h"

G_BEGIN_DECLS

typedef struct
{
  const char *id;
  const char *label; /* N_() */
  guint reads;       /* KafClass bits */
  guint writes;      /* KafClass bits */
  gboolean approves; /* steps 6 and 7, conventions, labels */
  gboolean reveals;  /* may see an identifier against a logged reason */
  gboolean aggregates_only;
} KafRole;

const KafRole *kaf_role_find (const char *id);
const KafRole *kaf_roles (guint *n_roles);
gboolean kaf_role_can_read (const KafRole *role, const KafField *field);
gboolean kaf_role_can_write (const KafRole *role, const KafField *field);

G_END_DECLS
