/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-judge.h"

#include "schema/kaf-registry.h"
#include "store/kaf-database-private.h"

static KafJudgementVerdict
parse (const char *code)
{
  return g_strcmp0 (code, "same") == 0        ? KAF_VERDICT_SAME
         : g_strcmp0 (code, "different") == 0 ? KAF_VERDICT_DIFFERENT
         : g_strcmp0 (code, "unsure") == 0    ? KAF_VERDICT_UNSURE
         : g_strcmp0 (code, "revoke") == 0    ? KAF_VERDICT_REVOKE
                                              : KAF_VERDICT_NONE;
}

KafJudgements *
kaf_judge_read_all (KafDatabase *db, const KafEntity *entity, GError **error)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT h.id, j.\"%s\", j.\"other_%s\", j.verdict, j.revokes FROM judgement j"
      " CROSS JOIN head h ON h.rid = j.rid WHERE j.deleted_at IS NULL"
      " AND j.\"%s\" IS NOT NULL",
      entity->id, entity->id, entity->id);
  g_autoptr (KafStatement) row = kaf_database_prepare (db, sql, error);
  g_autoptr (KafJudgements) all = kaf_judgements_new ();
  GError *local = NULL;

  if (row == NULL)
    return NULL;
  while (kaf_database_step (db, row, &local))
    {
      KafJudgement one = { kaf_statement_text (row, 0), kaf_statement_text (row, 1),
                           kaf_statement_text (row, 2), parse (kaf_statement_text (row, 3)),
                           kaf_statement_text (row, 4) };

      kaf_judgements_add (all, &one);
    }
  if (local == NULL)
    return g_steal_pointer (&all);
  g_propagate_error (error, local);
  return NULL;
}
