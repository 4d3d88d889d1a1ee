/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-mission-now.h"

#include "rules/mission/kaf-mission-life.h"
#include "schema/kaf-registry.h"
#include "store/kaf-missions-private.h"

const char *const kaf_mission_now_ddl[] = {
  "CREATE TABLE mission_now (rid INTEGER PRIMARY KEY, step INTEGER NOT NULL, state TEXT NOT NULL,"
  " since TEXT, last TEXT, content TEXT NOT NULL, lapsed INTEGER NOT NULL DEFAULT 0,"
  " recheck INTEGER NOT NULL DEFAULT 0, due_on TEXT, due TEXT)",
  "CREATE INDEX mission_now_step ON mission_now (state, step, since)",
  NULL,
};

/* What says where a mission stands, and what of it is due next. */
static const char *const entities[] = {
  "mission", "mission_act", "mission_expert", "programme_item",
  "booking", "equipment",   "follow_up",      "candidate_request",
};

static gboolean
is_part (const KafEntity *entity)
{
  for (guint i = 0; i < G_N_ELEMENTS (entities); i++)
    if (g_str_equal (entities[i], entity->id))
      return TRUE;
  return FALSE;
}

char *
kaf_mission_now_find (KafDatabase *db, const KafEntity *root, gint64 rid)
{
  g_autofree char *sql = NULL;
  g_autoptr (KafStatement) statement = NULL;

  if (!is_part (root))
    return NULL;
  sql = g_str_equal (root->id, "mission")
            ? g_strdup ("SELECT id FROM head WHERE rid = ?")
            : g_strdup_printf ("SELECT mission FROM \"%s\" WHERE rid = ?", root->id);
  statement = kaf_database_prepare (db, sql, NULL);
  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, rid);
  return kaf_database_step (db, statement, NULL) ? g_strdup (kaf_statement_text (statement, 0))
                                                 : NULL;
}

void
kaf_mission_now_note (KafDatabase *db, GHashTable *touched, KafRecord *record)
{
  const KafEntity *entity = kaf_record_get_entity (record);
  const char *named;
  char *mission;

  if (!is_part (entity))
    return;
  if (g_str_equal (entity->id, "mission"))
    {
      g_hash_table_add (touched, g_strdup (kaf_record_get_id (record)));
      return;
    }
  named = kaf_record_get (record, "mission");
  mission = named != NULL
                ? g_strdup (named)
                : kaf_mission_now_find (
                      db, entity, kaf_database_find_rid (db, entity, kaf_record_get_id (record)));
  if (mission != NULL)
    g_hash_table_add (touched, mission);
}

/* What is due next. */

#define OWN(table)                                                                                 \
  " FROM \"" table "\" x INDEXED BY \"" table "__mission\" WHERE x.mission = ?1"                   \
  " AND x.deleted_at IS NULL"
#define NEXT_DUE                                                                                                                                             \
  "SELECT day, what FROM (SELECT x.book_by AS day, 'booking' AS what" OWN ("booking") " AND x.state = 'wanted' UNION ALL SELECT x.due_on, 'follow_up'" OWN ( \
      "follow_up") " AND x.done_on IS NULL UNION ALL SELECT x.needed_on, 'equipment'" OWN ("equipment") " AND x.state IN ('wanted', 'asked') UNION ALL SELECT x.\"by\", 'candidate_request'" OWN ("candidate_request") " AND x.answered_on IS NULL) WHERE day IS NOT NULL ORDER BY 1, 2 LIMIT 1"

typedef struct
{
  guint step;
  const char *state, *last; /* @last nullable */
  char *since;
  const char *content;
  gboolean lapsed;
  guint recheck;
  char *due_on, *due;
  KafMission *mission; /* whose texts these are */
} Line;

static void
line_clear (Line *line)
{
  g_clear_pointer (&line->mission, kaf_mission_unref);
  g_free (line->since);
  g_free (line->due_on);
  g_free (line->due);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Line, line_clear)

static gboolean
read_due (KafDatabase *db, Line *line, GError **error)
{
  g_autoptr (KafStatement) statement = NULL;
  GError *local = NULL;

  if (g_str_equal (line->state, "closed") || g_str_equal (line->state, "abandoned"))
    return TRUE;
  statement = kaf_database_prepare (db, NEXT_DUE, error);
  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, line->mission->id);
  if (kaf_database_step (db, statement, &local))
    {
      line->due_on = g_strdup (kaf_statement_text (statement, 0));
      line->due = g_strdup (kaf_statement_text (statement, 1));
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
make_line (KafDatabase *db, const char *mission, Line *line, GError **error)
{
  KafMissionLife life = { 0 };

  line->mission = kaf_mission_read_acts (db, mission, error);
  if (line->mission == NULL)
    return FALSE;
  kaf_mission_live (line->mission, &life);
  line->step = life.step;
  line->state = kaf_mission_state_id (life.state);
  line->since = life.since != KAF_DAY_UNKNOWN ? kaf_day_to_iso (life.since) : NULL;
  line->last = life.last != NULL ? life.last->id : NULL;
  line->content = line->mission->content;
  line->lapsed = life.approval_lapsed;
  for (guint step = 1; step <= KAF_MISSION_STEPS; step++)
    line->recheck |= life.recheck[step] ? 1u << step : 0;
  return read_due (db, line, error);
}

static gboolean
delete_line (KafDatabase *db, gint64 rid, GError **error)
{
  return kaf_database_run_for (db, "DELETE FROM mission_now WHERE rid = ?", rid, error);
}

static gboolean
write_line (KafDatabase *db, gint64 rid, const Line *line, GError **error)
{
  KafStatement *statement = kaf_database_prepare (
      db,
      "INSERT OR REPLACE INTO mission_now (rid, step, state, since, last, content, lapsed,"
      " recheck, due_on, due) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, rid);
  sqlite3_bind_int (statement, 2, (int) line->step);
  kaf_statement_bind_text (statement, 3, line->state);
  kaf_statement_bind_text (statement, 4, line->since);
  kaf_statement_bind_text (statement, 5, line->last);
  kaf_statement_bind_text (statement, 6, line->content);
  sqlite3_bind_int (statement, 7, line->lapsed);
  sqlite3_bind_int (statement, 8, (int) line->recheck);
  kaf_statement_bind_text (statement, 9, line->due_on);
  kaf_statement_bind_text (statement, 10, line->due);
  return kaf_database_run (db, statement, error);
}

/* Its row, and whether it is deleted. 0: it is not here. */
static gint64
find_mission (KafDatabase *db, const char *mission, gboolean *deleted)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      db, "SELECT rid, deleted FROM head WHERE id = ? AND entity = 'mission'", NULL);

  if (statement == NULL)
    return 0;
  kaf_statement_bind_text (statement, 1, mission);
  if (!kaf_database_step (db, statement, NULL))
    return 0;
  *deleted = sqlite3_column_int (statement, 1) != 0;
  return sqlite3_column_int64 (statement, 0);
}

static gboolean
write_mission (KafDatabase *db, const char *mission, GError **error)
{
  g_auto (Line) line = { 0 };
  gboolean deleted = FALSE;
  gint64 rid = find_mission (db, mission, &deleted);

  if (rid == 0)
    return TRUE;
  if (deleted)
    return delete_line (db, rid, error);
  return make_line (db, mission, &line, error) && write_line (db, rid, &line, error);
}

gboolean
kaf_mission_now_write_all (KafDatabase *db, GHashTable *touched, GError **error)
{
  GHashTableIter iter;
  gpointer mission;

  g_hash_table_iter_init (&iter, touched);
  while (g_hash_table_iter_next (&iter, &mission, NULL))
    if (!write_mission (db, mission, error))
      return FALSE;
  g_hash_table_remove_all (touched);
  return TRUE;
}

gboolean
kaf_mission_now_forget (KafDatabase *db, const KafEntity *root, gint64 rid, GError **error)
{
  return !g_str_equal (root->id, "mission") || delete_line (db, rid, error);
}

gboolean
kaf_mission_now_refuse (KafDatabase *db, const char *act, GError **error)
{
  const KafEntity *entity = kaf_registry_find ("mission_act");
  gint64 rid = kaf_database_find_rid (db, entity, act);
  g_autofree char *mission = rid > 0 ? kaf_mission_now_find (db, entity, rid) : NULL;

  return mission == NULL || write_mission (db, mission, error);
}

/* Checking */

static gboolean
is_as_written (KafDatabase *db, gint64 rid, const Line *line)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      db,
      "SELECT step, state, since, last, content, lapsed, recheck, due_on, due FROM mission_now"
      " WHERE rid = ?",
      NULL);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, rid);
  return kaf_database_step (db, statement, NULL) &&
         sqlite3_column_int (statement, 0) == (int) line->step &&
         g_strcmp0 (kaf_statement_text (statement, 1), line->state) == 0 &&
         g_strcmp0 (kaf_statement_text (statement, 2), line->since) == 0 &&
         g_strcmp0 (kaf_statement_text (statement, 3), line->last) == 0 &&
         g_strcmp0 (kaf_statement_text (statement, 4), line->content) == 0 &&
         sqlite3_column_int (statement, 5) == line->lapsed &&
         sqlite3_column_int (statement, 6) == (int) line->recheck &&
         g_strcmp0 (kaf_statement_text (statement, 7), line->due_on) == 0 &&
         g_strcmp0 (kaf_statement_text (statement, 8), line->due) == 0;
}

static gboolean
check_line (KafDatabase *db, gint64 rid, const char *id, GPtrArray *wrong, GError **error)
{
  g_auto (Line) line = { 0 };

  if (!make_line (db, id, &line, error))
    return FALSE;
  if (!is_as_written (db, rid, &line))
    g_ptr_array_add (wrong, g_strdup (id));
  return TRUE;
}

GPtrArray *
kaf_mission_now_check (KafDatabase *db, GError **error)
{
  g_autoptr (GPtrArray) wrong = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      db,
      "SELECT h.rid, h.id FROM mission m CROSS JOIN head h ON h.rid = m.rid WHERE h.deleted = 0"
      " UNION ALL SELECT NULL, n.rid FROM mission_now n WHERE NOT EXISTS (SELECT 1 FROM mission m"
      " CROSS JOIN head h ON h.rid = m.rid WHERE m.rid = n.rid AND h.deleted = 0)",
      error);
  GError *local = NULL;

  if (statement == NULL)
    return NULL;
  while (local == NULL && kaf_database_step (db, statement, &local))
    {
      const char *id = kaf_statement_text (statement, 1);

      /* A line of a mission that is not here, or deleted. */
      if (sqlite3_column_type (statement, 0) == SQLITE_NULL)
        g_ptr_array_add (wrong, g_strdup (id));
      else
        check_line (db, sqlite3_column_int64 (statement, 0), id, wrong, &local);
    }
  if (local == NULL)
    return g_steal_pointer (&wrong);
  g_propagate_error (error, local);
  return NULL;
}
