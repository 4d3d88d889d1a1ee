/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file of a mission itself, its acts in their order, and the fingerprint of what step 6 approves. */
#include "config.h"

#include "store/kaf-missions-private.h"

#include <stdlib.h>
#include <string.h>

#include "store/kaf-sync-private.h"
#include "store/kaf-sync-state.h"

/* The file */

static void
take_mission (KafMissionReading *self, KafStatement *row)
{
  KafMission *mission = self->mission;
  const char *dates[2], *place[4];

  mission->ref = kaf_mission_get_text (self, row, 1);
  mission->title = kaf_mission_get_either (self, row, 2);
  mission->title_in_both =
      kaf_statement_text (row, 2) != NULL && kaf_statement_text (row, 3) != NULL;
  mission->programme = kaf_mission_get_text (self, row, 4);
  mission->lead = kaf_mission_get_text (self, row, 5);
  mission->facilitator = kaf_mission_get_text (self, row, 6);
  mission->territory = kaf_mission_get_text (self, row, 7);
  mission->followed_by = kaf_mission_get_text (self, row, 8);
  mission->mode = kaf_mission_get_text (self, row, 9);
  mission->has_place = kaf_statement_text (row, 10) != NULL || kaf_statement_text (row, 11) != NULL;
  mission->starts_on = kaf_mission_get_day (row, 12);
  mission->ends_on = kaf_mission_get_day (row, 13);
  mission->participants_planned = (int) kaf_mission_get_number (row, 14, -1);
  mission->ceiling = kaf_mission_get_number (row, 15, -1);
  mission->currency = kaf_mission_get_text (self, row, 16);
  mission->budget_closed_on = kaf_mission_get_day (row, 17);
  mission->created_on = kaf_mission_get_moment_day (row, 18);
  mission->created_by = kaf_mission_get_text (self, row, 19);
  for (guint i = 0; i < 2; i++)
    dates[i] = kaf_statement_text (row, 12 + (int) i);
  place[0] = kaf_statement_text (row, 10);
  place[1] = kaf_statement_text (row, 11);
  place[2] = mission->territory;
  place[3] = mission->mode;
  kaf_mission_add_content (self, "dates", dates, G_N_ELEMENTS (dates));
  kaf_mission_add_content (self, "place", place, G_N_ELEMENTS (place));
}

/* Which of its texts are there. */
static void
take_texts (KafMissionReading *self, KafStatement *row)
{
  KafMission *mission = self->mission;
  gboolean has[8];

  for (int i = 0; i < 8; i++)
    has[i] = sqlite3_column_int (row, i + 1) != 0;
  mission->has_objective = has[0] || has[1];
  mission->has_audience = has[2] || has[3];
  mission->programme_in_both = has[0] && has[1] && has[2] && has[3];
  mission->has_method = has[4] || has[5];
  mission->has_message_ar = has[6];
  mission->local_resources = has[7];
  mission->languages = kaf_mission_get_text (self, row, 9);
}

/* Acts */

static void
take_act (KafMissionReading *self, KafStatement *row)
{
  KafActKind kind = kaf_act_kind_parse (kaf_statement_text (row, 3));
  const char *id = kaf_statement_text (row, 1);
  KafAct *act;

  /* Of a newer program, or refused by the hub: it has moved nothing. */
  if (kind == KAF_N_ACTS || (self->refused != NULL && g_hash_table_contains (self->refused, id)))
    return;
  act = kaf_mission_add_act (self->mission, id);
  act->kind = kind;
  act->after = kaf_mission_get_text (self, row, 2);
  act->step = (guint) CLAMP (sqlite3_column_int (row, 4), 1, KAF_MISSION_STEPS);
  act->code = kaf_mission_get_text (self, row, 5);
  act->about = kaf_mission_get_text (self, row, 6);
  act->reason = kaf_mission_get_text (self, row, 7);
  act->content = kaf_mission_get_text (self, row, 8);
  act->paper_name = kaf_mission_get_text (self, row, 9);
  act->paper_function = kaf_mission_get_text (self, row, 10);
  act->paper_on = kaf_mission_get_day (row, 11);
  act->has_scan = kaf_statement_text (row, 12) != NULL;
  act->at = sqlite3_column_int64 (row, 13);
  act->by = kaf_mission_get_text (self, row, 14);
  act->pending = sqlite3_column_int64 (row, 15) >= self->unsent;
}

static int
compare_acts (gconstpointer a, gconstpointer b)
{
  const KafAct *one = *(KafAct *const *) a;
  const KafAct *two = *(KafAct *const *) b;

  /* What was noted of a step stands before what leaves it. Of two that move the mission from one place, the hub
   * has taken one at the most: what waits for it comes after. */
  if (kaf_act_moves (one->kind) != kaf_act_moves (two->kind))
    return kaf_act_moves (one->kind) ? 1 : -1;
  if (kaf_act_moves (one->kind) && one->pending != two->pending)
    return one->pending ? 1 : -1;
  if (one->at != two->at)
    return one->at < two->at ? -1 : 1;
  return strcmp (one->id, two->id);
}

/* Of each act, those that follow it; under "" those that follow nothing that is here. */
static GHashTable *
gather_followers (GPtrArray *acts)
{
  GHashTable *followers =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < acts->len; i++)
    g_hash_table_add (ids, (gpointer) ((KafAct *) acts->pdata[i])->id);
  for (guint i = 0; i < acts->len; i++)
    {
      KafAct *act = acts->pdata[i];
      const char *key =
          act->after != NULL && g_hash_table_contains (ids, act->after) ? act->after : "";
      GPtrArray *list = g_hash_table_lookup (followers, key);

      if (list == NULL)
        {
          list = g_ptr_array_new ();
          g_hash_table_insert (followers, (gpointer) key, list);
        }
      g_ptr_array_add (list, act);
    }
  return followers;
}

void
kaf_mission_order_acts (KafMission *mission)
{
  g_autoptr (GHashTable) followers = NULL;
  g_autoptr (GPtrArray) pile = NULL; /* the next on top */
  g_autoptr (GHashTable) seen = NULL;
  GPtrArray *acts = mission->acts;
  g_autofree gpointer *ordered = NULL;
  guint n = 0;

  if (acts->len < 2)
    return;
  g_ptr_array_sort (acts, compare_acts);
  followers = gather_followers (acts);
  seen = g_hash_table_new (NULL, NULL);
  pile = g_ptr_array_new ();
  ordered = g_new (gpointer, acts->len);
  for (const char *key = ""; key != NULL;)
    {
      GPtrArray *next = g_hash_table_lookup (followers, key);

      for (guint i = next != NULL ? next->len : 0; i-- > 0;)
        g_ptr_array_add (pile, next->pdata[i]);
      key = NULL;
      while (key == NULL && pile->len > 0)
        {
          KafAct *act = g_ptr_array_steal_index (pile, pile->len - 1);

          if (!g_hash_table_add (seen, act))
            continue;
          ordered[n++] = act;
          key = act->id;
        }
    }
  /* A circle, which no program makes: told all the same. */
  for (guint i = 0; i < acts->len; i++)
    if (!g_hash_table_contains (seen, acts->pdata[i]))
      ordered[n++] = acts->pdata[i];
  memcpy (acts->pdata, ordered, n * sizeof *ordered);
}

/* What waits for the hub, and what it refused */

gint64
kaf_missions_read_unsent (KafDatabase *db)
{
  g_autoptr (KafStatement) statement = NULL;
  KafSyncPlace place = { 0 };
  g_autofree char *device = g_strdup_printf ("%016" G_GINT64_MODIFIER "x", db->device);

  if (!kaf_sync_place_read (db, &place, NULL) || !place.enrolled)
    return G_MAXINT64;
  statement = kaf_database_prepare (
      db,
      "SELECT min (seq) FROM op_group WHERE device = ?1 AND dseq > coalesce ((SELECT"
      " CAST (value AS INTEGER) FROM local WHERE key = '" KAF_SYNC_ACKED "'), 0)",
      NULL);
  if (statement == NULL)
    return G_MAXINT64;
  kaf_statement_bind_text (statement, 1, device);
  return kaf_database_step (db, statement, NULL) ? kaf_mission_get_number (statement, 0, G_MAXINT64)
                                                 : G_MAXINT64;
}

gboolean
kaf_mission_read_standing (KafMissionReading *self, GError **error)
{
  g_autoptr (KafStatement) statement =
      kaf_database_prepare (self->db, "SELECT id FROM refusal WHERE entity = 'mission_act'", error);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  self->unsent = kaf_missions_read_unsent (self->db);
  while (kaf_database_step (self->db, statement, &local))
    {
      if (self->refused == NULL)
        self->refused = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_hash_table_add (self->refused, g_strdup (kaf_statement_text (statement, 0)));
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

/* What step 6 approves */

void
kaf_mission_add_content (KafMissionReading *self,
                         const char *what,
                         const char *const *values,
                         guint n)
{
  GString *line = g_string_new (what);

  /* Lengths keep two texts apart, whatever stands in them; nothing is told from an empty text. */
  for (guint i = 0; i < n; i++)
    if (values[i] != NULL)
      g_string_append_printf (line, "\t%" G_GSIZE_FORMAT ":%s", strlen (values[i]), values[i]);
    else
      g_string_append (line, "\t-");
  g_ptr_array_add (self->content, g_string_free (line, FALSE));
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

void
kaf_mission_sign (KafMissionReading *self)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  g_ptr_array_sort (self->content, compare_lines);
  for (guint i = 0; i < self->content->len; i++)
    {
      g_checksum_update (checksum, self->content->pdata[i], -1);
      g_checksum_update (checksum, (const guchar *) "\n", 1);
    }
  self->mission->content = kaf_mission_keep (self->mission, g_checksum_get_string (checksum));
}

static void
take_expert_content (KafMissionReading *self, KafStatement *row)
{
  const char *values[] = { kaf_statement_text (row, 1) };

  kaf_mission_add_content (self, "expert", values, 1);
}

static void
take_session_content (KafMissionReading *self, KafStatement *row)
{
  const char *values[10];

  for (int i = 0; i < 10; i++)
    values[i] = kaf_statement_text (row, i + 1);
  kaf_mission_add_content (self, "session", values, G_N_ELEMENTS (values));
}

#define HAS(field) "x.\"" field "\" IS NOT NULL"
#define FILE_ROWS " FROM w CROSS JOIN mission x ON x.rid = w.rid"

/* Of many, the fingerprint is that of the derived table: the lines are read for one alone, and to check. */
const KafMissionPart kaf_mission_parts_acts[] = {
  { "SELECT w.id, x.ref, x.title_fr, x.title_ar, x.programme, x.lead, x.facilitator, x.territory,"
    " x.followed_by, x.mode, x.place_fr, x.place_ar, x.starts_on, x.ends_on,"
    " x.participants_planned, x.ceiling, x.ceiling_currency, x.budget_closed_on, x.created_at,"
    " x.created_by" FILE_ROWS,
    NULL, 0, take_mission },
  { "SELECT w.id, " HAS ("objective_fr") ", " HAS ("objective_ar") ", " HAS ("audience_fr") ", " HAS ("audience_ar") ", " HAS (
        "method_fr") ", " HAS ("method_ar") ", " HAS ("message_ar") ", " HAS ("local_resources") ", (SELECT group_concat (value, char (10)) FROM (SELECT s.value ||"
                                                                                                 " coalesce (char (9) || s.detail, '') AS value FROM mission_set s"
                                                                                                 " WHERE s.rid = w.rid AND s.field = 'languages' AND s.removed IS NULL"
                                                                                                 " ORDER BY s.position))" FILE_ROWS,
    NULL, 0, take_texts },
  { "SELECT w.id, " KAF_MISSION_ID
    ", x.after, x.kind, x.step, x.code, x.about, x.reason, x.content,"
    " x.paper_name, x.paper_function, x.paper_on, x.scan, x.created_at, x.created_by,"
    " CASE WHEN ?3 THEN (SELECT min (o.seq) FROM op o WHERE o.rid = x.rid) END" KAF_MISSION_ROWS (
        "mission_act") " WHERE x.deleted_at IS NULL",
    NULL, 0, take_act },
  { "SELECT w.id, " KAF_MISSION_ID KAF_MISSION_ROWS (
        "mission_expert") " WHERE x.deleted_at IS NULL AND x.answer IN ('interested', 'retained')",
    NULL, 1 << 0, take_expert_content },
  { "SELECT w.id, " KAF_MISSION_ID ", x.held_on, x.half, x.subject_fr, x.subject_ar,"
    " CAST (x.theory_minutes AS TEXT), CAST (x.practice_minutes AS TEXT), x.trainer,"
    " x.second_trainer, x.language" KAF_MISSION_ROWS (
        "programme_item") " WHERE x.deleted_at IS NULL AND coalesce (x.state, '') <> 'cancelled'",
    NULL, 1 << 0, take_session_content },
  { NULL, NULL, 0, NULL },
};
