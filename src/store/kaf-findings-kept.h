/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All that the rules find, kept by a connection from one reading to the next.
 *
 * It lies there in parts: conventions, commitments, networks, programmes, what names something deleted, and each
 * mission by itself. What was written since (kaf-touched) says which of them may find something else now; those are
 * run again, the rest stays. Another day, another user or role, a setting: all are. What nobody has said the parts of
 * concerns all of them. The result is what a run of everything finds, in the same order. */
#pragma once

#include "store/kaf-findings-private.h"

G_BEGIN_DECLS

/* Puts what is found in all, sorted, untold, in the place of @self->findings: not to be changed. Errors:
 * KAF_STORE_ERROR, G_IO_ERROR_CANCELLED; what was kept stays then. */
gboolean kaf_run_kept (KafRun *self, GError **error);

/* The next reading looks at everything. */
void kaf_findings_forget (KafDatabase *db);

/* All acts as the last reading of all left them, with what they were on @day: *@standings in their order. NULL: not kept,
 * not of that day, or something was written since. They live until the next reading. */
const KafConventions *
kaf_findings_get_acts (KafDatabase *db, KafDay day, KafStanding *const **standings);

/* Which missions' findings were made anew by the last reading: so many; G_MAXUINT: all. For tests and benchmarks. */
guint kaf_findings_count_renewed (KafDatabase *db);

/* Compares what is kept, brought up to date, with what a run of everything finds: @n (out) findings that only one of them
 * has, or at another place. 0 where nothing is kept. */
gboolean kaf_findings_check (KafDatabase *db, guint *n, GError **error);

G_END_DECLS
