/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far a project is: its stage is that of its latest dated change by today; of one day, of the one that was made last.
 * Lists, scores, the funnel and pages all have it from here. The table: kaf-holder-now.h. */
#pragma once

#include "store/kaf-database.h"

G_BEGIN_DECLS

typedef struct
{
  char *stage, *reached_on;
} KafProjectStep;
void kaf_project_step_free (KafProjectStep *self);

/* The changes by today, the earliest first: the last says the stage. Errors: KAF_STORE_ERROR.
 * (element-type KafProjectStep) (transfer full) */
GPtrArray *kaf_project_now_read_steps (KafDatabase *db, const char *project, GError **error);

G_END_DECLS
