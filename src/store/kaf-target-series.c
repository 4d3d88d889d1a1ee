/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The count month by month: what is open from the days in target_now, what is closed from the tallies. */
#include "config.h"

#include <string.h>

#include "store/kaf-database-private.h"
#include "store/kaf-sync-state.h"
#include "store/kaf-target-private.h"
#include "store/kaf-totals.h"

#define BY_MONTH(stage, column)                                                                    \
  "SELECT " stage ", substr (" column ", 1, 7), count (*) FROM target_now WHERE " column           \
  " <= ?1 GROUP BY 2"

/* In each month, how many reached each stage. */
static gboolean
add_months (KafDatabase *db, GHashTable *months, KafDay to, GError **error)
{
  g_autofree char *iso = kaf_day_to_iso (to);
  g_autoptr (KafStatement) statement =
      kaf_database_prepare (db,
                            BY_MONTH ("0", "identified_on") " UNION ALL " BY_MONTH (
                                "1", "engaged_on") " UNION ALL " BY_MONTH ("2", "mobilised_on"),
                            error);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, iso);
  while (kaf_database_step (db, statement, &local))
    {
      const char *month = kaf_statement_text (statement, 1);
      guint *n = g_hash_table_lookup (months, month);

      if (n == NULL)
        {
          n = g_new0 (guint, KAF_TARGET_N_STAGES);
          g_hash_table_insert (months, g_strdup (month), n);
        }
      n[sqlite3_column_int (statement, 0)] = (guint) sqlite3_column_int64 (statement, 2);
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
read_closed (KafDatabase *db, GHashTable *closed, GError **error)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      db, "SELECT month, stage, count FROM target_tally WHERE axis = 'all' AND deleted_at IS NULL",
      error);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  while (kaf_database_step (db, statement, &local))
    {
      const char *month = kaf_statement_text (statement, 0);
      guint *n = g_hash_table_lookup (closed, month);
      KafTargetStage stage = kaf_target_stage_parse (kaf_statement_text (statement, 1));

      if (n == NULL)
        {
          n = g_new0 (guint, KAF_TARGET_N_STAGES);
          g_hash_table_insert (closed, g_strdup (month), n);
        }
      if (stage < KAF_TARGET_N_STAGES)
        n[stage] = (guint) sqlite3_column_int64 (statement, 2);
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static KafDay
next_month (KafDay day)
{
  g_autofree char *month = kaf_target_month_of (day);

  return kaf_target_month_end (month) + 1;
}

/* All of before @from, which the first month takes along. */
static void
sum_before (GHashTable *months, const char *first, guint sum[KAF_TARGET_N_STAGES])
{
  GHashTableIter iter;
  gpointer month, n;

  g_hash_table_iter_init (&iter, months);
  while (g_hash_table_iter_next (&iter, &month, &n))
    for (int stage = 0; strcmp (month, first) < 0 && stage < KAF_TARGET_N_STAGES; stage++)
      sum[stage] += ((guint *) n)[stage];
}

static void
walk (GHashTable *months, GHashTable *closed, KafDay from, KafDay to, gboolean hide, GArray *points)
{
  guint sum[KAF_TARGET_N_STAGES] = { 0 };
  g_autofree char *first = kaf_target_month_of (from);

  sum_before (months, first, sum);
  for (KafDay day = kaf_day_parse (first); day <= to; day = next_month (day))
    {
      g_autofree char *month = kaf_target_month_of (day);
      KafTargetPoint point = { .day = MIN (kaf_target_month_end (month), to) };
      const guint *n = g_hash_table_lookup (months, month);
      const guint *kept = g_hash_table_lookup (closed, month);

      for (int stage = 0; stage < KAF_TARGET_N_STAGES; stage++)
        {
          sum[stage] += n != NULL ? n[stage] : 0;
          point.n[stage] = sum[stage];
        }
      /* Half a month is no month, though it be closed by now. */
      if (kept != NULL && point.day == kaf_target_month_end (month))
        {
          memcpy (point.n, kept, sizeof point.n);
          point.closed = TRUE;
        }
      if (hide)
        kaf_target_hide_stages (point.n);
      g_array_append_val (points, point);
    }
}

GArray *
kaf_target_series (KafDatabase *db, KafDay from, KafDay to, gboolean hide, GError **error)
{
  g_autoptr (GArray) points = g_array_new (FALSE, TRUE, sizeof (KafTargetPoint));
  g_autoptr (GHashTable) months = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) closed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  if (kaf_totals_are_due (db))
    return kaf_totals_series (db, from, to, error);
  if (to == KAF_DAY_UNKNOWN)
    to = kaf_target_today (db);
  if (from == KAF_DAY_UNKNOWN)
    from = kaf_target_settings_read (db, NULL).start;
  if (!add_months (db, months, to, error) ||
      (!kaf_sync_is_part (db) && !read_closed (db, closed, error)))
    return NULL;
  walk (months, closed, from, to, hide, points);
  return g_steal_pointer (&points);
}
