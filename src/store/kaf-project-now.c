/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-project-now.h"

#include "base/kaf-date.h"
#include "store/kaf-database-private.h"
#include "store/kaf-holder-now-private.h"

/* ?1: the project, ?2: the day. */
#define STEPS                                                                                      \
  "SELECT s.stage, s.reached_on FROM project_stage s CROSS JOIN head h ON h.rid = s.rid"           \
  " WHERE s.project = ?1 AND s.deleted_at IS NULL AND s.reached_on <= ?2 ORDER BY s.reached_on"

static gboolean
read_stage (
    const KafHolderToday *today, const char *project, char **stage, char **since, GError **error)
{
  g_autoptr (KafStatement) statement =
      kaf_database_prepare (today->db, STEPS " DESC, h.id DESC LIMIT 1", error);
  GError *local = NULL;

  *stage = *since = NULL;
  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, project);
  kaf_statement_bind_text (statement, 2, today->iso);
  if (kaf_database_step (today->db, statement, &local))
    {
      *stage = g_strdup (kaf_statement_text (statement, 0));
      *since = g_strdup (kaf_statement_text (statement, 1));
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
write_project (const KafHolderToday *today, const char *project, GError **error)
{
  gboolean deleted = FALSE;
  gint64 rid = kaf_holder_now_find_row (today->db, "project", project, &deleted);
  g_autofree char *stage = NULL;
  g_autofree char *since = NULL;
  KafStatement *statement;

  if (rid == 0)
    return TRUE;
  if (deleted)
    return kaf_holder_now_delete_line (today->db, "project_now", rid, error);
  if (!read_stage (today, project, &stage, &since, error))
    return FALSE;
  statement = kaf_database_prepare (
      today->db, "INSERT OR REPLACE INTO project_now (rid, stage, since) VALUES (?, ?, ?)", error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, rid);
  kaf_statement_bind_text (statement, 2, stage);
  kaf_statement_bind_text (statement, 3, since);
  return kaf_database_run (today->db, statement, error);
}

gboolean
kaf_project_now_write (const KafHolderToday *today, GHashTable *projects, GError **error)
{
  GHashTableIter iter;
  gpointer project;

  g_hash_table_iter_init (&iter, projects);
  while (g_hash_table_iter_next (&iter, &project, NULL))
    if (!write_project (today, project, error))
      return FALSE;
  return TRUE;
}

gboolean
kaf_project_now_move (const KafHolderToday *today, const char *last, GError **error)
{
  g_autoptr (GHashTable) projects = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      today->db,
      "SELECT DISTINCT project FROM project_stage WHERE reached_on > min (?1, ?2)"
      " AND reached_on <= max (?1, ?2)",
      error);

  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, last);
  kaf_statement_bind_text (statement, 2, today->iso);
  while (kaf_database_step (today->db, statement, NULL))
    kaf_holder_touch (projects, kaf_statement_text (statement, 0));
  kaf_statement_done (g_steal_pointer (&statement));
  return kaf_project_now_write (today, projects, error);
}

gboolean
kaf_project_now_check (const KafHolderToday *today, GPtrArray *wrong, GError **error)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      today->db,
      "SELECT h.id, n.stage, n.since, n.rid IS NOT NULL FROM project p"
      " CROSS JOIN head h ON h.rid = p.rid LEFT JOIN project_now n ON n.rid = p.rid"
      " WHERE h.deleted = 0 UNION ALL SELECT NULL, n.rid, NULL, 0 FROM project_now n"
      " WHERE NOT EXISTS (SELECT 1 FROM project p CROSS JOIN head h ON h.rid = p.rid"
      " WHERE p.rid = n.rid AND h.deleted = 0)",
      error);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  while (local == NULL && kaf_database_step (today->db, statement, &local))
    {
      const char *id = kaf_statement_text (statement, 0);
      g_autofree char *stage = NULL;
      g_autofree char *since = NULL;

      if (id == NULL)
        g_ptr_array_add (wrong, g_strdup (kaf_statement_text (statement, 1)));
      else if (read_stage (today, id, &stage, &since, &local) &&
               (sqlite3_column_int (statement, 3) == 0 ||
                g_strcmp0 (stage, kaf_statement_text (statement, 1)) != 0 ||
                g_strcmp0 (since, kaf_statement_text (statement, 2)) != 0))
        g_ptr_array_add (wrong, g_strdup (id));
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

void
kaf_project_step_free (KafProjectStep *self)
{
  g_free (self->stage);
  g_free (self->reached_on);
  g_free (self);
}

GPtrArray *
kaf_project_now_read_steps (KafDatabase *db, const char *project, GError **error)
{
  g_autoptr (GPtrArray) steps =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_project_step_free);
  g_autoptr (KafStatement) statement = kaf_database_prepare (db, STEPS ", h.id", error);
  g_autofree char *today = kaf_date_from_time (kaf_clock_now (db->clock));
  GError *local = NULL;

  if (statement == NULL)
    return NULL;
  kaf_statement_bind_text (statement, 1, project);
  kaf_statement_bind_text (statement, 2, today);
  while (kaf_database_step (db, statement, &local))
    {
      KafProjectStep *step = g_new0 (KafProjectStep, 1);

      step->stage = g_strdup (kaf_statement_text (statement, 0));
      step->reached_on = g_strdup (kaf_statement_text (statement, 1));
      g_ptr_array_add (steps, step);
    }
  if (local == NULL)
    return g_steal_pointer (&steps);
  g_propagate_error (error, local);
  return NULL;
}
