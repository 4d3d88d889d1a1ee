/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dated facts by which a person counts for 2030, by narrow SQL: of one person, or of all in one pass. */
#pragma once

#include "rules/target/kaf-target.h"
#include "store/kaf-database.h"

G_BEGIN_DECLS

/* When a person reached each stage; row numbers are those of her head. */
typedef struct
{
  gint64 rid;
  KafDay reached[KAF_TARGET_N_STAGES];
} KafTargetLine;

/* Of all who are identified, by row number. (element-type KafTargetLine) (transfer full) */
GArray *kaf_target_facts_read_all (KafDatabase *db, GCancellable *cancellable, GError **error);

/* Of one: @line->rid is 0 where she is not here, and @line->reached[0] where she is not identified. @terms: as
 * kaf_target_terms_read() has them. */
gboolean kaf_target_facts_read (
    KafDatabase *db, const char *person, const GArray *terms, KafTargetLine *line, GError **error);

G_END_DECLS
