/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The settings of the count of 2030, out of the store: dated records, the same on every device. */
#pragma once

#include "rules/target/kaf-target.h"
#include "store/kaf-database.h"

G_BEGIN_DECLS

typedef struct
{
  KafDay start, end;  /* of the path; the goal is reached on @end */
  guint goal;         /* 0: none, and so no path to it */
  guint days, months; /* of contributions that begin on that day */
} KafTargetSettings;

/* As they stand on @day (ISO; NULL: today). What nobody can read counts as what stands without it. */
KafTargetSettings kaf_target_settings_read (KafDatabase *db, const char *day);

/* What contributions must reach, by their first day. (element-type KafTargetTerm) (transfer full) */
GArray *kaf_target_terms_read (KafDatabase *db, GError **error);

G_END_DECLS
