/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What missions read together share, read once before them: what else their experts do meanwhile, and how many came to a
 * session. The same as each would find by itself, in the same order. */
#include "config.h"

#include "store/kaf-missions-private.h"

#include <string.h>

typedef struct
{
  KafDay day;
  char part[4]; /* "am", "pm", "day" */
} Session;

/* An expert in the file of a mission that is under way. */
typedef struct
{
  char *mission;
  KafBusy kind;
  KafDay starts, ends; /* of the mission; unknown: open */
  GArray *sessions
      [2]; /* (element-type Session): as trainer, as second trainer beside somebody; nullable */
} Engaged;

typedef struct
{
  guint marked, present;
} Marks;

struct _KafMissionsShared
{
  GHashTable *engaged;  /* id of a person → GPtrArray of Engaged, in the order of their rows */
  GHashTable *sessions; /* id of a session → Marks */
};

static void
free_engaged (gpointer data)
{
  Engaged *self = data;

  for (guint i = 0; i < G_N_ELEMENTS (self->sessions); i++)
    g_clear_pointer (&self->sessions[i], g_array_unref);
  g_free (self->mission);
  g_free (self);
}

void
kaf_missions_shared_free (KafMissionsShared *self)
{
  g_hash_table_unref (self->engaged);
  g_hash_table_unref (self->sessions);
  g_free (self);
}

/* Steps over the rows of @sql. */
static gboolean
read_rows (KafDatabase *db,
           const char *sql,
           void (*take) (KafStatement *row, gpointer data),
           gpointer data,
           GError **error)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (db, sql, error);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  while (kaf_database_step (db, statement, &local))
    take (statement, data);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

typedef struct
{
  KafMissionsShared *self;
  GHashTable *by_id; /* id of a mission_expert → Engaged, not owned */
} Reading;

/* Columns: id, person, mission, retained, first day, last day of the mission. */
static void
take_engaged (KafStatement *row, gpointer data)
{
  Reading *reading = data;
  Engaged *one = g_new0 (Engaged, 1);
  const char *person = kaf_statement_text (row, 1);
  GPtrArray *hers = g_hash_table_lookup (reading->self->engaged, person);

  one->mission = g_strdup (kaf_statement_text (row, 2));
  one->kind = sqlite3_column_int (row, 3) != 0 ? KAF_BUSY_FIRM : KAF_BUSY_TENTATIVE;
  one->starts = kaf_mission_get_day (row, 4);
  one->ends = kaf_mission_get_day (row, 5);
  if (hers == NULL)
    {
      hers = g_ptr_array_new_with_free_func (free_engaged);
      g_hash_table_insert (reading->self->engaged, g_strdup (person), hers);
    }
  g_ptr_array_add (hers, one);
  g_hash_table_insert (reading->by_id, g_strdup (kaf_statement_text (row, 0)), one);
}

static void
add_session (Reading *reading, const char *expert, guint as, KafStatement *row)
{
  Engaged *one = expert != NULL ? g_hash_table_lookup (reading->by_id, expert) : NULL;
  Session session = { kaf_mission_get_day (row, 3), "" };

  if (one == NULL || strcmp (one->mission, kaf_statement_text (row, 0)) != 0)
    return;
  g_strlcpy (session.part, kaf_statement_text (row, 4) != NULL ? kaf_statement_text (row, 4) : "",
             sizeof session.part);
  if (one->sessions[as] == NULL)
    one->sessions[as] = g_array_new (FALSE, FALSE, sizeof session);
  g_array_append_val (one->sessions[as], session);
}

/* Columns: mission, trainer, second trainer, day, half. */
static void
take_session (KafStatement *row, gpointer data)
{
  const char *trainer = kaf_statement_text (row, 1);
  const char *second = kaf_statement_text (row, 2);

  add_session (data, trainer, 0, row);
  if (g_strcmp0 (trainer, second) != 0)
    add_session (data, second, 1, row);
}

static void
take_marks (KafStatement *row, gpointer data)
{
  KafMissionsShared *self = data;
  Marks *one = g_new (Marks, 1);

  one->marked = (guint) sqlite3_column_int (row, 1);
  one->present = (guint) sqlite3_column_int (row, 2);
  g_hash_table_insert (self->sessions, g_strdup (kaf_statement_text (row, 0)), one);
}

#define ENGAGED                                                                                    \
  "SELECT h.id, o.person, o.mission, o.answer = 'retained', n.starts_on, n.ends_on"                \
  " FROM mission_expert o CROSS JOIN head h ON h.rid = o.rid"                                      \
  " CROSS JOIN mission n ON n.rid = " KAF_MISSION_ROW_OF (                                         \
      "o.mission",                                                                                 \
      "mission") " CROSS JOIN mission_now k ON k.rid = n.rid AND k.state IN ('open', 'on_hold')"   \
                 " WHERE o.person IS NOT NULL AND o.deleted_at IS NULL"                            \
                 " AND o.answer IN ('interested', 'retained') AND n.deleted_at IS NULL"            \
                 " ORDER BY o.rid"
#define SESSIONS                                                                                   \
  "SELECT mission, trainer, second_trainer, held_on, half FROM programme_item"                     \
  " WHERE deleted_at IS NULL AND mission IS NOT NULL AND held_on IS NOT NULL"                      \
  " AND coalesce (state, '') <> 'cancelled' ORDER BY rid"
#define MARKS                                                                                      \
  "SELECT session, count (*), sum (presence = 'present') FROM attendance"                          \
  " WHERE session IS NOT NULL AND deleted_at IS NULL GROUP BY session"

KafMissionsShared *
kaf_missions_shared_read (KafDatabase *db, GError **error)
{
  KafMissionsShared *self = g_new (KafMissionsShared, 1);
  g_autoptr (GHashTable) by_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Reading reading = { self, by_id };

  self->engaged =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->sessions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (read_rows (db, ENGAGED, take_engaged, &reading, error) &&
      read_rows (db, SESSIONS, take_session, &reading, error) &&
      read_rows (db, MARKS, take_marks, self, error))
    return self;
  kaf_missions_shared_free (self);
  return NULL;
}

/* A day that is not known leaves the side open. */
static gboolean
may_meet (const Engaged *one, const KafMission *mission)
{
  return (one->ends == KAF_DAY_UNKNOWN || mission->starts_on == KAF_DAY_UNKNOWN ||
          one->ends >= mission->starts_on) &&
         (one->starts == KAF_DAY_UNKNOWN || mission->ends_on == KAF_DAY_UNKNOWN ||
          one->starts <= mission->ends_on);
}

static void
add_engagements (KafMission *mission, KafMissionExpert *expert, const Engaged *of, guint as)
{
  const char *id = NULL;

  for (guint i = 0; of->sessions[as] != NULL && i < of->sessions[as]->len; i++)
    {
      const Session *session = &g_array_index (of->sessions[as], Session, i);
      KafEngagement *one = kaf_mission_expert_add_engagement (expert);

      if (id == NULL)
        id = kaf_mission_keep (mission, of->mission);
      one->from = one->to = session->day;
      one->morning = strcmp (session->part, "pm") != 0;
      one->afternoon = strcmp (session->part, "am") != 0;
      one->kind = of->kind;
      one->mission = id;
    }
}

static void
fill_expert (const KafMissionsShared *self, KafMission *mission, KafMissionExpert *expert)
{
  GPtrArray *hers =
      expert->person != NULL ? g_hash_table_lookup (self->engaged, expert->person) : NULL;

  for (guint as = 0; hers != NULL && as < 2; as++)
    for (guint i = 0; i < hers->len; i++)
      {
        const Engaged *one = g_ptr_array_index (hers, i);

        if (strcmp (one->mission, mission->id) != 0 && may_meet (one, mission))
          add_engagements (mission, expert, one, as);
      }
}

void
kaf_missions_shared_fill (const KafMissionsShared *self, KafMission *mission)
{
  for (guint i = 0; i < mission->experts->len; i++)
    fill_expert (self, mission, g_ptr_array_index (mission->experts, i));
  for (guint i = 0; i < mission->items->len; i++)
    {
      KafItem *item = g_ptr_array_index (mission->items, i);
      const Marks *marks = g_hash_table_lookup (self->sessions, item->id);

      item->n_marked = marks != NULL ? marks->marked : 0;
      item->n_present = marks != NULL ? marks->present : 0;
    }
}
