/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/holder/kaf-score-facts.h"
#include "rules/holder/kaf-score-rules.h"
#include "store/kaf-database-private.h"
#include "store/kaf-holder-now-private.h"

static char *
print_tier (char tier)
{
  return tier != '\0' ? g_strdup_printf ("%c", tier) : g_strdup ("-");
}

/* All that a line says, but for its day and its rules. */
static char *
print_line (const KafHolderNowLine *line)
{
  g_autoptr (GString) text = g_string_new (line->post != NULL ? line->post : "-");
  const char tiers[] = { line->score.tier, line->score.best, line->score.worst, line->tier };
  const KafDay days[] = { line->project != NULL ? line->project->stage_since : 0,
                          line->last_contact_on, line->next_on };
  const char *stage = line->project != NULL ? kaf_stage_id (line->project->stage) : NULL;

  for (guint axis = 0; axis < KAF_N_AXES; axis++)
    g_string_append_printf (text, " %d %d %d", line->score.axes[axis].low,
                            line->score.axes[axis].expected, line->score.axes[axis].high);
  for (guint i = 0; i < G_N_ELEMENTS (tiers); i++)
    {
      g_autofree char *tier = print_tier (tiers[i]);

      g_string_append_printf (text, " %s", tier);
    }
  g_string_append_printf (text, " %d %s", line->decided, stage != NULL ? stage : "-");
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autofree char *iso = kaf_day_to_iso (days[i]);

      g_string_append_printf (text, " %s", iso != NULL ? iso : "-");
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

#define WRITTEN                                                                                    \
  "SELECT rid, coalesce (post, '-') || ' ' || potential_low || ' ' || potential || ' ' ||"         \
  " potential_high || ' ' || engagement_low || ' ' || engagement || ' ' || engagement_high ||"     \
  " ' ' || relay_low || ' ' || relay || ' ' || relay_high || ' ' || coalesce (scored, '-') ||"     \
  " ' ' || coalesce (best, '-') || ' ' || coalesce (worst, '-') || ' ' || coalesce (tier, '-') ||" \
  " ' ' || decided || ' ' || coalesce (stage, '-') || ' ' || coalesce (stage_since, '-') || ' '"   \
  " || coalesce (last_contact_on, '-') || ' ' || coalesce (next_on, '-'), as_of = ?1 AND rules ="  \
  " ?2 FROM holder_now"

/* Lines as they are written, by row; what is of another day, or by other rules, as "". NULL on error. */
static GHashTable *
read_written (const KafHolderToday *today, gboolean *whole, GError **error)
{
  g_autoptr (GHashTable) written = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_autoptr (KafStatement) statement = kaf_database_prepare (today->db, WRITTEN, error);
  GError *local = NULL;

  *whole = TRUE;
  if (statement == NULL)
    return NULL;
  kaf_statement_bind_text (statement, 1, today->iso);
  kaf_statement_bind_text (statement, 2, kaf_holder_today_rules (today));
  while (kaf_database_step (today->db, statement, &local))
    {
      gboolean current = sqlite3_column_int (statement, 2) != 0;

      *whole &= current;
      g_hash_table_insert (written, GSIZE_TO_POINTER (sqlite3_column_int64 (statement, 0)),
                           g_strdup (current ? kaf_statement_text (statement, 1) : ""));
    }
  if (local == NULL)
    return g_steal_pointer (&written);
  g_propagate_error (error, local);
  return NULL;
}

static gboolean
check_holders (const KafHolderToday *today, GPtrArray *wrong, GError **error)
{
  g_autoptr (KafHolders) all = kaf_holders_read (today->db, NULL, today->day, NULL, error);
  g_autoptr (GArray) lines = all != NULL ? kaf_holder_now_fill (today, all) : NULL;
  gboolean whole;
  g_autoptr (GHashTable) written = all != NULL ? read_written (today, &whole, error) : NULL;
  GHashTableIter iter;
  gpointer rid;

  if (written == NULL)
    return FALSE;
  for (guint i = 0; i < lines->len; i++)
    {
      const KafHolderNowLine *line = &g_array_index (lines, KafHolderNowLine, i);
      const char *as_written = g_hash_table_lookup (written, GSIZE_TO_POINTER (line->rid));
      g_autofree char *expected = print_line (line);

      /* By quota one hangs on the others: of several days they are not told. */
      if (as_written == NULL || (*as_written != '\0' && (whole || !today->force.rules->quota) &&
                                 !g_str_equal (as_written, expected)))
        g_ptr_array_add (wrong, g_strdup (line->id));
      g_hash_table_remove (written, GSIZE_TO_POINTER (line->rid));
    }
  g_hash_table_iter_init (&iter, written);
  while (g_hash_table_iter_next (&iter, &rid, NULL))
    g_ptr_array_add (wrong, g_strdup_printf ("%" G_GSIZE_FORMAT, GPOINTER_TO_SIZE (rid)));
  return TRUE;
}

GPtrArray *
kaf_holder_now_check (KafDatabase *db, GError **error)
{
  g_autoptr (GPtrArray) wrong = g_ptr_array_new_with_free_func (g_free);
  g_auto (KafHolderToday) today = { 0 };

  if (!kaf_holder_today_read (db, &today, error) || !check_holders (&today, wrong, error) ||
      !kaf_project_now_check (&today, wrong, error))
    return NULL;
  return g_steal_pointer (&wrong);
}
