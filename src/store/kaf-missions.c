/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-missions-private.h"

#include <string.h>

#include "base/kaf-date.h"
#include "store/kaf-sync-state.h"

#define BIT(step) (1u << (step))
#define ALL_STEPS (BIT (11) - BIT (1))
/* Of many, the derived table has the fingerprint. */
#define OF_CONTENT BIT (0)
#define FEW 64

/* The missions wanted, as `w`: the same for each kind of part, in the same order. Of many they are found once, and each
 * part is handed the object that names them, id by row: to find and sort them for each of forty parts took a sixth of
 * the time. */
#define ONE                                                                                        \
  "WITH w (id, rid) AS (SELECT id, rid FROM head WHERE id = ?1 AND entity = 'mission'"             \
  " AND deleted = 0) "
#define MANY "WITH w (id, rid) AS (SELECT key, value FROM json_each (?4)) "
#define WANTED                                                                                     \
  "SELECT json_group_object (id, rid) FROM (SELECT " KAF_MISSION_ID_OF (                           \
      "n.rid") " AS id, n.rid"                                                                     \
               " FROM mission_now n%s ORDER BY 1)"
#define OF_ROWS " AND n.rid IN (SELECT value FROM json_each (?1))"

static const KafMissionPart *const parts[] = {
  kaf_mission_parts_acts,
  kaf_mission_parts_preparation,
  kaf_mission_parts_people,
  kaf_mission_parts_delivery,
};

const char *
kaf_mission_get_text (KafMissionReading *self, KafStatement *row, int column)
{
  return kaf_mission_keep (self->mission, kaf_statement_text (row, column));
}

const char *
kaf_mission_get_either (KafMissionReading *self, KafStatement *row, int column)
{
  const char *latin = kaf_statement_text (row, column);
  const char *arabic = kaf_statement_text (row, column + 1);
  gboolean takes_arabic = self->lang == KAF_LANG_AR ? arabic != NULL : latin == NULL;

  return kaf_mission_keep (self->mission, takes_arabic ? arabic : latin);
}

KafDay
kaf_mission_get_day (KafStatement *row, int column)
{
  return kaf_day_parse (kaf_statement_text (row, column));
}

gint64
kaf_mission_get_number (KafStatement *row, int column, gint64 otherwise)
{
  return sqlite3_column_type (row, column) == SQLITE_NULL ? otherwise
                                                          : sqlite3_column_int64 (row, column);
}

KafDay
kaf_mission_get_moment_day (KafStatement *row, int column)
{
  gint64 at = sqlite3_column_int64 (row, column);
  g_autofree char *iso = at > 0 ? kaf_date_from_time (at) : NULL;

  return kaf_day_parse (iso);
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  const KafItem *one = *(KafItem *const *) a;
  const KafItem *two = *(KafItem *const *) b;

  if ((one->day == KAF_DAY_UNKNOWN) != (two->day == KAF_DAY_UNKNOWN))
    return one->day == KAF_DAY_UNKNOWN ? 1 : -1;
  if (one->day != two->day)
    return one->day < two->day ? -1 : 1;
  if (one->afternoon != two->afternoon)
    return one->afternoon ? 1 : -1;
  return 0;
}

/* What follows from the parts of a mission once they are all there. */
static gboolean
finish (KafMissionReading *self, guint step, GError **error)
{
  KafMission *mission = self->mission;

  kaf_mission_order_acts (mission);
  if (self->shared != NULL)
    kaf_missions_shared_fill (self->shared, mission);
  g_ptr_array_sort (mission->items, compare_items); /* stable: the rest as they were read */
  if (!self->many)
    kaf_mission_sign (self);
  for (guint i = 0; i < mission->needs->len; i++)
    {
      const KafNeed *need = g_ptr_array_index (mission->needs, i);

      for (guint j = 0; j < need->stakeholders->len; j++)
        kaf_mission_count_contacts (mission, g_ptr_array_index (need->stakeholders, j));
    }
  return kaf_mission_tie_conventions (self, error) &&
         ((self->many && step != 6) || kaf_mission_read_editors (self, error));
}

static void
begin_mission (KafMissionReading *self, const char *id)
{
  self->mission = kaf_mission_new (id);
  g_ptr_array_set_size (self->cited, 0);
  g_ptr_array_set_size (self->content, 0);
}

static void
clear (KafMissionReading *self)
{
  g_clear_pointer (&self->mission, kaf_mission_unref);
  g_clear_pointer (&self->cited, g_ptr_array_unref);
  g_clear_pointer (&self->content, g_ptr_array_unref);
  g_clear_pointer (&self->refused, g_hash_table_unref);
  g_clear_pointer (&self->twins, g_hash_table_unref);
  g_clear_pointer (&self->adjusted, g_hash_table_unref);
  g_clear_pointer (&self->persons, g_hash_table_unref);
  g_clear_error (&self->failure);
  g_clear_pointer (&self->shared, kaf_missions_shared_free);
  g_clear_pointer (&self->acts_here, kaf_conventions_free);
  g_clear_pointer (&self->mandates, g_hash_table_unref);
  g_clear_pointer (&self->wanted, g_hash_table_unref);
}

/* Whether there are so few that they cite fewer acts than there may be. */
static gboolean
has_few (KafDatabase *db)
{
  gint64 n = kaf_database_get_int (
      db, "SELECT count(*) FROM (SELECT 1 FROM mission_now LIMIT " G_STRINGIFY (FEW) ")", NULL);

  return n < FEW;
}

static gboolean
begin (KafMissionReading *self, GError **error)
{
  self->by_tree = !self->many || self->rows != NULL || has_few (self->db);
  self->wanted = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->cited = g_ptr_array_new ();
  self->content = g_ptr_array_new_with_free_func (g_free);
  self->is_part = kaf_sync_is_part (self->db);
  return kaf_mission_read_standing (self, error);
}

/* ?3: whether the journal is to be asked of each act since when it waits. */
static void
bind_what_is_so (KafMissionReading *self, KafStatement *statement)
{
  if (sqlite3_bind_parameter_count (statement) > 2)
    sqlite3_bind_int (statement, 3, self->unsent != G_MAXINT64);
}

/* One */

/* Whether nothing failed that a row asked for besides. */
static gboolean
is_whole (KafMissionReading *self, GError **error)
{
  if (self->failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&self->failure));
  return FALSE;
}

static gboolean
read_part (KafMissionReading *self, const KafMissionPart *part, GError **error)
{
  g_autofree char *sql = g_strconcat (ONE, part->sql, NULL);
  g_autoptr (KafStatement) statement = NULL;
  GError *local = NULL;

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  statement = kaf_database_prepare (self->db, sql, error);
  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, self->mission->id);
  bind_what_is_so (self, statement);
  while (kaf_database_step (self->db, statement, &local))
    part->take (self, statement);
  if (local == NULL)
    return is_whole (self, error);
  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
is_here (KafDatabase *db, const char *id, GError **error)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      db, "SELECT 1 FROM head WHERE id = ? AND entity = 'mission' AND deleted = 0", error);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, id);
  if (kaf_database_step (db, statement, &local))
    return TRUE;
  if (local == NULL)
    g_set_error (&local, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND, "no such mission");
  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
read_one (KafMissionReading *self, const char *id, GError **error)
{
  if (!is_here (self->db, id, error) || !begin (self, error))
    return FALSE;
  begin_mission (self, id);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    for (const KafMissionPart *part = parts[i]; part->sql != NULL; part++)
      if (!read_part (self, part, error))
        return FALSE;
  return finish (self, 0, error);
}

KafMission *
kaf_mission_read (
    KafDatabase *db, const char *id, KafLang lang, GCancellable *cancellable, GError **error)
{
  KafMissionReading self = { .db = db, .lang = lang, .cancellable = cancellable };
  gboolean entered = kaf_database_enter_read (db);
  KafMission *mission = NULL;

  if (read_one (&self, id, error))
    mission = g_steal_pointer (&self.mission);
  kaf_database_leave_read (db, entered);
  clear (&self);
  return mission;
}

/* Acts and what step 6 approves: the parts that are needed for all steps, and those two. */
KafMission *
kaf_mission_read_acts (KafDatabase *db, const char *id, GError **error)
{
  KafMissionReading self = { .db = db, .lang = KAF_LANG_EN };
  KafMission *mission = NULL;
  gboolean done = begin (&self, error);

  begin_mission (&self, id);
  for (const KafMissionPart *part = kaf_mission_parts_acts; done && part->sql != NULL; part++)
    done = read_part (&self, part, error);
  if (done && self.mission->created_on != KAF_DAY_UNKNOWN)
    {
      kaf_mission_order_acts (self.mission);
      kaf_mission_sign (&self);
      mission = g_steal_pointer (&self.mission);
    }
  clear (&self);
  return mission;
}

char *
kaf_mission_read_content (KafDatabase *db, const char *id, GError **error)
{
  g_autoptr (KafMission) mission = NULL;

  if (!is_here (db, id, error))
    return NULL;
  mission = kaf_mission_read_acts (db, id, error);
  return mission != NULL ? g_strdup (mission->content) : NULL;
}

/* Many */

typedef struct
{
  const KafMissionPart *part;
  KafStatement *statement;
  gboolean has_row;
} Cursor;

static void
clear_cursor (gpointer data)
{
  Cursor *cursor = data;

  if (cursor->statement != NULL)
    kaf_statement_done (cursor->statement);
}

/* The missions whose step is one of @steps, as WANTED has them. */
static const char *
find_wanted (KafMissionReading *self, KafMissionsWhich which, guint steps, GError **error)
{
  gpointer key = GUINT_TO_POINTER (which == KAF_MISSIONS_OPEN_STEP ? steps : ALL_STEPS);
  const char *found = g_hash_table_lookup (self->wanted, key);
  g_autofree char *only =
      which == KAF_MISSIONS_OPEN_STEP
          ? g_strdup_printf (" WHERE n.state = 'open' AND (%u >> n.step) & 1 = 1%s", steps,
                             self->rows != NULL ? OF_ROWS : "")
          : g_strdup ("");
  g_autofree char *sql = g_strdup_printf (WANTED, only);
  g_autoptr (KafStatement) statement = NULL;
  char *object;

  if (found != NULL)
    return found;
  statement = kaf_database_prepare (self->db, sql, error);
  if (statement == NULL)
    return NULL;
  if (sqlite3_bind_parameter_count (statement) > 0)
    kaf_statement_bind_text (statement, 1, self->rows);
  if (!kaf_database_step (self->db, statement, error))
    return NULL;
  object = g_strdup (kaf_statement_text (statement, 0));
  g_hash_table_insert (self->wanted, key, object);
  return object;
}

/* @sql is of `w`. */
static KafStatement *
prepare_of_many (
    KafMissionReading *self, KafMissionsWhich which, guint steps, const char *sql, GError **error)
{
  const char *wanted = find_wanted (self, which, steps, error);
  g_autofree char *whole = g_strconcat (MANY, sql, NULL);
  KafStatement *statement = wanted != NULL ? kaf_database_prepare (self->db, whole, error) : NULL;

  if (statement == NULL)
    return NULL;
  bind_what_is_so (self, statement);
  kaf_statement_bind_text (statement, 4, wanted);
  return statement;
}

static gboolean
advance (KafMissionReading *self, Cursor *cursor, GError **error)
{
  GError *local = NULL;

  cursor->has_row = kaf_database_step (self->db, cursor->statement, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
open_cursor (KafMissionReading *self,
             KafMissionsWhich which,
             const KafMissionPart *part,
             GArray *cursors,
             GError **error)
{
  guint steps = part->steps != 0 ? part->steps : ALL_STEPS;
  gboolean shares = self->rows == NULL && part->many != NULL;
  const char *sql = shares ? part->many : part->sql;
  Cursor cursor = { part, prepare_of_many (self, which, steps, sql, error), FALSE };

  if (cursor.statement == NULL)
    return FALSE;
  g_array_append_val (cursors, cursor);
  return advance (self, &g_array_index (cursors, Cursor, cursors->len - 1), error);
}

static gboolean
is_shared (const KafMissionReading *self, const KafMissionPart *part)
{
  return self->shared != NULL && part->many != NULL && *part->many == '\0';
}

static gboolean
open_cursors (KafMissionReading *self, KafMissionsWhich which, GArray *cursors, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    for (const KafMissionPart *part = parts[i]; part->sql != NULL; part++)
      if (part->steps != OF_CONTENT && !is_shared (self, part) &&
          !open_cursor (self, which, part, cursors, error))
        return FALSE;
  return TRUE;
}

/* The rows of the mission at hand: the cursors stand on it, or behind it. */
static gboolean
take_rows (KafMissionReading *self, GArray *cursors, GError **error)
{
  for (guint i = 0; i < cursors->len; i++)
    {
      Cursor *cursor = &g_array_index (cursors, Cursor, i);

      while (cursor->has_row &&
             strcmp (kaf_statement_text (cursor->statement, 0), self->mission->id) == 0)
        {
          cursor->part->take (self, cursor->statement);
          if (!is_whole (self, error) || !advance (self, cursor, error))
            return FALSE;
        }
    }
  return !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

static gboolean
tell_missions (KafMissionReading *self,
               KafMissionsWhich which,
               KafMissionFunc func,
               gpointer data,
               GError **error)
{
  g_autoptr (KafStatement) statement = prepare_of_many (
      self, which, ALL_STEPS,
      "SELECT w.id, n.step, n.content FROM w CROSS JOIN mission_now n ON n.rid = w.rid", error);
  g_autoptr (GArray) cursors = g_array_new (FALSE, FALSE, sizeof (Cursor));
  gboolean goes_on = TRUE;
  GError *local = NULL;

  g_array_set_clear_func (cursors, clear_cursor);
  if (statement == NULL || !open_cursors (self, which, cursors, error))
    return FALSE;
  while (goes_on && kaf_database_step (self->db, statement, &local))
    {
      guint step = (guint) sqlite3_column_int (statement, 1);

      begin_mission (self, kaf_statement_text (statement, 0));
      if (!take_rows (self, cursors, error) || !finish (self, step, error))
        return FALSE;
      self->mission->content = kaf_mission_get_text (self, statement, 2);
      goes_on = func (self->mission, step, data);
      g_clear_pointer (&self->mission, kaf_mission_unref);
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
read_shared (KafMissionReading *self, GError **error)
{
  self->shared = kaf_missions_shared_read (self->db, error);
  return self->shared != NULL && kaf_mission_read_twins (self, error) &&
         kaf_mission_read_adjustments (self, error);
}

static gboolean
read_many (KafMissionReading *self,
           KafMissionsWhich which,
           KafMissionFunc func,
           gpointer data,
           GError **error)
{
  gboolean entered = kaf_database_enter_read (self->db);
  gboolean shares = self->rows == NULL;
  gboolean done = begin (self, error) && (!shares || read_shared (self, error)) &&
                  tell_missions (self, which, func, data, error);

  kaf_database_leave_read (self->db, entered);
  clear (self);
  return done;
}

gboolean
kaf_missions_read_all (KafDatabase *db,
                       KafMissionsWhich which,
                       KafLang lang,
                       KafMissionFunc func,
                       gpointer data,
                       GCancellable *cancellable,
                       GError **error)
{
  KafMissionReading self = { .db = db, .lang = lang, .cancellable = cancellable, .many = TRUE };

  return read_many (&self, which, func, data, error);
}

gboolean
kaf_missions_read_open (KafDatabase *db,
                        const char *rows,
                        KafLang lang,
                        KafMissionFunc func,
                        gpointer data,
                        GCancellable *cancellable,
                        GError **error)
{
  KafMissionReading self = {
    .db = db, .lang = lang, .cancellable = cancellable, .many = TRUE, .rows = rows
  };

  return read_many (&self, KAF_MISSIONS_OPEN_STEP, func, data, error);
}

/* On a worker */

typedef struct
{
  char *id;
  KafLang lang;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->id);
  g_free (job);
}

static gpointer
read_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Job *job = data;

  return kaf_mission_read (db, job->id, job->lang, cancellable, error);
}

void
kaf_store_read_mission_async (KafStore *self,
                              const char *id,
                              KafLang lang,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  Job *job = g_new0 (Job, 1);

  job->id = g_strdup (id);
  job->lang = lang;
  kaf_store_run_async (self, KAF_LANE_READ, read_job, job, job_free,
                       (GDestroyNotify) kaf_mission_unref, cancellable, callback, user_data);
}

KafMission *
kaf_store_read_mission_finish (KafStore *self, GAsyncResult *result, GError **error)
{
  return kaf_store_run_finish (self, result, error);
}
