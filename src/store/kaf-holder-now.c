/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-holder-now.h"

#include <string.h>

#include "base/kaf-date.h"
#include "rules/holder/kaf-score-rules.h"
#include "schema/kaf-registry.h"
#include "store/kaf-database-private.h"
#include "store/kaf-drafts.h"
#include "store/kaf-holder-now-private.h"

const char *const kaf_holder_now_ddl[] = {
  "CREATE TABLE holder_now (rid INTEGER PRIMARY KEY, post TEXT,"
  " potential_low INTEGER, potential INTEGER, potential_high INTEGER,"
  " engagement_low INTEGER, engagement INTEGER, engagement_high INTEGER,"
  " relay_low INTEGER, relay INTEGER, relay_high INTEGER, scored TEXT, best TEXT, worst TEXT,"
  " tier TEXT, decided INTEGER NOT NULL DEFAULT 0, stage TEXT, stage_since TEXT,"
  " last_contact_on TEXT, next_on TEXT, as_of TEXT NOT NULL, rules TEXT NOT NULL)",
  "CREATE TABLE project_now (rid INTEGER PRIMARY KEY, stage TEXT, since TEXT)",
  NULL,
};

/* Of which day and by which rules all lines are: "DAY RULES". */
#define LOCAL_STAND "holders-stand"

/* From so many on, all are written anew: one walk through the tables is less than as many small ones. */
#define MANY 300

/* Lines */

void
kaf_holder_today_clear (KafHolderToday *self)
{
  kaf_rules_in_force_clear (&self->force);
  g_clear_pointer (&self->iso, g_free);
}

gboolean
kaf_holder_today_read (KafDatabase *db, KafHolderToday *self, GError **error)
{
  self->db = db;
  self->iso = kaf_date_from_time (kaf_clock_now (db->clock));
  self->day = kaf_day_parse (self->iso);
  return kaf_rules_in_force_read (db, self->day, &self->force, error);
}

const char *
kaf_holder_today_rules (const KafHolderToday *self)
{
  return self->force.id != NULL ? self->force.id : "";
}

static char *
make_stand (const KafHolderToday *self)
{
  return g_strconcat (self->iso, " ", kaf_holder_today_rules (self), NULL);
}

static void
decide (const KafHolderLine *from, KafDay day, KafHolderNowLine *line)
{
  const KafTierOverride *decided = kaf_tier_override_find (from->overrides, from->n_overrides, day);

  line->decided = decided != NULL;
  line->tier = decided != NULL ? decided->tier : line->score.tier;
}

static void
fill_line (const KafHolderToday *today, const KafHolderLine *from, KafHolderNowLine *line)
{
  const KafHolder *facts = &from->facts;
  int project = kaf_score_find_project (today->force.rules, facts, today->day);

  *line = (KafHolderNowLine){ .rid = from->rid, .id = facts->id, .post = facts->post };
  kaf_score_compute (today->force.rules, facts, today->day, &line->score);
  line->project = project >= 0 ? &facts->projects[project] : NULL;
  line->last_contact_on = facts->last_contact_on;
  line->next_on = kaf_holder_next_on (facts, today->day);
  decide (from, today->day, line);
}

GArray *
kaf_holder_now_fill (const KafHolderToday *today, const KafHolders *all)
{
  GArray *lines =
      g_array_sized_new (FALSE, FALSE, sizeof (KafHolderNowLine), kaf_holders_get_size (all));
  g_autoptr (KafTiers) tiers = kaf_tiers_new (today->force.rules);

  g_array_set_size (lines, kaf_holders_get_size (all));
  for (guint i = 0; i < lines->len; i++)
    {
      KafHolderNowLine *line = &g_array_index (lines, KafHolderNowLine, i);

      fill_line (today, kaf_holders_get (all, i), line);
      kaf_tiers_add (tiers, line->id, line->post, &line->score);
    }
  for (guint i = 0; today->force.rules->quota && i < lines->len; i++)
    {
      KafHolderNowLine *line = &g_array_index (lines, KafHolderNowLine, i);

      kaf_score_place (today->force.rules, kaf_tiers_cut (tiers, line->post), line->id,
                       &line->score);
      decide (kaf_holders_get (all, i), today->day, line);
    }
  return lines;
}

static void
bind_tier (KafStatement *statement, int column, char tier)
{
  if (tier == '\0')
    sqlite3_bind_null (statement, column);
  else
    sqlite3_bind_text (statement, column, &tier, 1, SQLITE_TRANSIENT);
}

static void
bind_day (KafStatement *statement, int column, KafDay day)
{
  g_autofree char *iso = kaf_day_to_iso (day);

  if (iso == NULL)
    sqlite3_bind_null (statement, column);
  else
    sqlite3_bind_text (statement, column, iso, -1, SQLITE_TRANSIENT);
}

static gboolean
write_line (const KafHolderToday *today, const KafHolderNowLine *line, GError **error)
{
  KafStatement *statement = kaf_database_prepare (
      today->db,
      "INSERT OR REPLACE INTO holder_now VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
      " ?, ?, ?, ?, ?)",
      error);
  int column = 3;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, line->rid);
  kaf_statement_bind_text (statement, 2, line->post);
  for (guint axis = 0; axis < KAF_N_AXES; axis++)
    {
      sqlite3_bind_int (statement, column++, line->score.axes[axis].low);
      sqlite3_bind_int (statement, column++, line->score.axes[axis].expected);
      sqlite3_bind_int (statement, column++, line->score.axes[axis].high);
    }
  bind_tier (statement, column++, line->score.tier);
  bind_tier (statement, column++, line->score.best);
  bind_tier (statement, column++, line->score.worst);
  bind_tier (statement, column++, line->tier);
  sqlite3_bind_int (statement, column++, line->decided);
  kaf_statement_bind_text (statement, column++,
                           line->project != NULL ? kaf_stage_id (line->project->stage) : NULL);
  bind_day (statement, column++, line->project != NULL ? line->project->stage_since : 0);
  bind_day (statement, column++, line->last_contact_on);
  bind_day (statement, column++, line->next_on);
  kaf_statement_bind_text (statement, column++, today->iso);
  kaf_statement_bind_text (statement, column, kaf_holder_today_rules (today));
  return kaf_database_run (today->db, statement, error);
}

gboolean
kaf_holder_now_delete_line (KafDatabase *db, const char *table, gint64 rid, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("DELETE FROM %s WHERE rid = ?", table);

  return kaf_database_run_for (db, sql, rid, error);
}

gint64
kaf_holder_now_find_row (KafDatabase *db, const char *entity, const char *id, gboolean *deleted)
{
  g_autoptr (KafStatement) statement =
      kaf_database_prepare (db, "SELECT rid, deleted FROM head WHERE id = ? AND entity = ?", NULL);

  if (statement == NULL)
    return 0;
  kaf_statement_bind_text (statement, 1, id);
  kaf_statement_bind_text (statement, 2, entity);
  if (!kaf_database_step (db, statement, NULL))
    return 0;
  *deleted = sqlite3_column_int (statement, 1) != 0;
  return sqlite3_column_int64 (statement, 0);
}

/* Tiers by quota: the others of the post move too */

typedef struct
{
  gint64 rid;
  char *id;
  KafScore score;
  char scored, best, worst;
  gboolean decided;
} Other;

static void
clear_other (gpointer data)
{
  g_free (((Other *) data)->id);
}

static char
get_tier (KafStatement *row, int column)
{
  const char *text = kaf_statement_text (row, column);

  return text != NULL ? *text : '\0';
}

/* (element-type Other) */
static GArray *
read_post (KafDatabase *db, const char *post, GError **error)
{
  g_autoptr (GArray) others = g_array_new (FALSE, FALSE, sizeof (Other));
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      db,
      "SELECT n.rid, h.id, n.potential_low, n.potential, n.potential_high, n.engagement_low,"
      " n.engagement, n.engagement_high, n.scored, n.best, n.worst, n.decided FROM holder_now n"
      " CROSS JOIN head h ON h.rid = n.rid WHERE n.post IS ?",
      error);
  GError *local = NULL;

  g_array_set_clear_func (others, clear_other);
  if (statement == NULL)
    return NULL;
  kaf_statement_bind_text (statement, 1, post);
  while (kaf_database_step (db, statement, &local))
    {
      Other one = { .rid = sqlite3_column_int64 (statement, 0),
                    .id = g_strdup (kaf_statement_text (statement, 1)) };

      for (guint axis = 0; axis < KAF_AXIS_RELAY; axis++)
        one.score.axes[axis] = (KafScoreSpan){ sqlite3_column_int (statement, 2 + 3 * (int) axis),
                                               sqlite3_column_int (statement, 3 + 3 * (int) axis),
                                               sqlite3_column_int (statement, 4 + 3 * (int) axis) };
      one.scored = get_tier (statement, 8);
      one.best = get_tier (statement, 9);
      one.worst = get_tier (statement, 10);
      one.decided = sqlite3_column_int (statement, 11) != 0;
      g_array_append_val (others, one);
    }
  if (local == NULL)
    return g_steal_pointer (&others);
  g_propagate_error (error, local);
  return NULL;
}

static gboolean
write_tier (KafDatabase *db, const Other *other, GError **error)
{
  KafStatement *statement =
      kaf_database_prepare (db,
                            "UPDATE holder_now SET scored = ?2, best = ?3, worst = ?4,"
                            " tier = CASE decided WHEN 1 THEN tier ELSE ?2 END WHERE rid = ?1",
                            error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, other->rid);
  bind_tier (statement, 2, other->score.tier);
  bind_tier (statement, 3, other->score.best);
  bind_tier (statement, 4, other->score.worst);
  return kaf_database_run (db, statement, error);
}

static gboolean
place_post (const KafHolderToday *today, const char *post, GError **error)
{
  g_autoptr (GArray) others = read_post (today->db, post, error);
  g_autoptr (KafTiers) tiers = kaf_tiers_new (today->force.rules);

  if (others == NULL)
    return FALSE;
  for (guint i = 0; i < others->len; i++)
    {
      const Other *one = &g_array_index (others, Other, i);

      kaf_tiers_add (tiers, one->id, post, &one->score);
    }
  for (guint i = 0; i < others->len; i++)
    {
      Other *one = &g_array_index (others, Other, i);

      kaf_score_place (today->force.rules, kaf_tiers_cut (tiers, post), one->id, &one->score);
      if ((one->score.tier != one->scored || one->score.best != one->best ||
           one->score.worst != one->worst) &&
          !write_tier (today->db, one, error))
        return FALSE;
    }
  return TRUE;
}

KafTierCuts *
kaf_holder_now_read_cuts (KafDatabase *db, const KafScoreRules *rules, const char *post)
{
  g_autoptr (GArray) others = rules->quota ? read_post (db, post, NULL) : NULL;
  g_autoptr (KafTiers) tiers = kaf_tiers_new (rules);

  if (others == NULL)
    return NULL;
  for (guint i = 0; i < others->len; i++)
    {
      const Other *one = &g_array_index (others, Other, i);

      kaf_tiers_add (tiers, one->id, post, &one->score);
    }
  return g_memdup2 (kaf_tiers_cut (tiers, post), sizeof (KafTierCuts));
}

char *
kaf_holder_now_read_stage (KafDatabase *db, const char *table, const char *id)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT n.stage FROM head h CROSS JOIN %s n ON n.rid = h.rid WHERE h.id = ?", table);
  g_autoptr (KafStatement) statement = kaf_database_prepare (db, sql, NULL);

  if (statement == NULL)
    return NULL;
  kaf_statement_bind_text (statement, 1, id);
  return kaf_database_step (db, statement, NULL) ? g_strdup (kaf_statement_text (statement, 0))
                                                 : NULL;
}

/* Writing */

static gboolean
write_everything (const KafHolderToday *today, GError **error)
{
  g_autoptr (KafHolders) all = kaf_holders_read (today->db, NULL, today->day, NULL, error);
  g_autoptr (GArray) lines = all != NULL ? kaf_holder_now_fill (today, all) : NULL;
  g_autofree char *stand = make_stand (today);

  if (all == NULL || !kaf_database_exec (today->db, "DELETE FROM holder_now", error))
    return FALSE;
  for (guint i = 0; i < lines->len; i++)
    if (!write_line (today, &g_array_index (lines, KafHolderNowLine, i), error))
      return FALSE;
  return kaf_local_set (today->db, LOCAL_STAND, stand, error);
}

/* Adds the post of the line as it stands to @posts, "" for none. */
static void
note_post (KafDatabase *db, gint64 rid, GHashTable *posts)
{
  g_autoptr (KafStatement) statement =
      kaf_database_prepare (db, "SELECT coalesce (post, '') FROM holder_now WHERE rid = ?", NULL);

  if (statement == NULL)
    return;
  sqlite3_bind_int64 (statement, 1, rid);
  if (kaf_database_step (db, statement, NULL))
    kaf_holder_touch (posts, kaf_statement_text (statement, 0));
}

static gboolean
write_person (const KafHolderToday *today, const char *person, GHashTable *posts, GError **error)
{
  gboolean deleted = FALSE;
  gint64 rid = kaf_holder_now_find_row (today->db, "person", person, &deleted);
  g_autoptr (KafHolders) one = NULL;
  KafHolderNowLine line;

  if (rid == 0)
    return TRUE;
  if (today->force.rules->quota)
    note_post (today->db, rid, posts);
  one = kaf_holders_read (today->db, person, today->day, NULL, error);
  if (one == NULL)
    return FALSE;
  if (kaf_holders_get_size (one) == 0)
    return kaf_holder_now_delete_line (today->db, "holder_now", rid, error);
  fill_line (today, kaf_holders_get (one, 0), &line);
  if (!write_line (today, &line, error))
    return FALSE;
  if (today->force.rules->quota)
    note_post (today->db, rid, posts);
  return TRUE;
}

static gboolean
write_persons (const KafHolderToday *today, GHashTable *persons, GError **error)
{
  g_autoptr (GHashTable) posts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, persons);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (!write_person (today, key, posts, error))
      return FALSE;
  g_hash_table_iter_init (&iter, posts);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (!place_post (today, *(char *) key != '\0' ? key : NULL, error))
      return FALSE;
  return TRUE;
}

/* Most persons are no holders: what is asked of them first is one look at their facets. */
static void
keep_each_holder (KafDatabase *db, GHashTable *persons)
{
  const guint bit = kaf_registry_find ("project_holder")->facet;
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      db,
      "SELECT (h.facets & ?2) OR EXISTS (SELECT 1 FROM holder_now n WHERE n.rid = h.rid)"
      " FROM head h WHERE h.id = ?1 AND h.entity = 'person'",
      NULL);
  GHashTableIter iter;
  gpointer person;

  if (statement == NULL)
    return;
  g_hash_table_iter_init (&iter, persons);
  while (g_hash_table_iter_next (&iter, &person, NULL))
    {
      kaf_statement_bind_text (statement, 1, person);
      sqlite3_bind_int (statement, 2, (int) bit);
      if (!kaf_database_step (db, statement, NULL) || sqlite3_column_int (statement, 0) == 0)
        g_hash_table_iter_remove (&iter);
      sqlite3_reset (statement);
    }
}

/* Many came, of whom few are: those who are are read rather than each asked about. */
static void
keep_holders_of_many (KafDatabase *db, GHashTable *persons)
{
  g_autoptr (GHashTable) holders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (KafStatement) statement =
      kaf_database_prepare (db,
                            "SELECT h.id FROM head h WHERE h.entity = 'person' AND"
                            " (h.rid IN (SELECT rid FROM holder_now) OR"
                            " (h.rid IN (SELECT rid FROM project_holder) AND h.facets & ?1))",
                            NULL);
  GHashTableIter iter;
  gpointer person;

  if (statement == NULL)
    return;
  sqlite3_bind_int (statement, 1, (int) kaf_registry_find ("project_holder")->facet);
  while (kaf_database_step (db, statement, NULL))
    g_hash_table_add (holders, g_strdup (kaf_statement_text (statement, 0)));
  g_hash_table_iter_init (&iter, persons);
  while (g_hash_table_iter_next (&iter, &person, NULL))
    if (!g_hash_table_contains (holders, person))
      g_hash_table_iter_remove (&iter);
}

static void
keep_holders (KafDatabase *db, GHashTable *persons)
{
  if (g_hash_table_size (persons) > MANY)
    keep_holders_of_many (db, persons);
  else
    keep_each_holder (db, persons);
}

/* The lines are by other rules than those in force; their day still tells which projects are to be looked at. */
static gboolean
mark_stale (KafDatabase *db, GError **error)
{
  g_autofree char *stand = kaf_local_get (db, LOCAL_STAND);
  char *end = stand != NULL ? strchr (stand, ' ') : NULL;
  g_autofree char *marked = NULL;

  if (end == NULL)
    return TRUE;
  *end = '\0';
  marked = g_strconcat (stand, " ?", NULL);
  return kaf_local_set (db, LOCAL_STAND, marked, error);
}

gboolean
kaf_holder_now_write_all (KafDatabase *db, KafHolderTouched *self, GError **error)
{
  g_auto (KafHolderToday) today = { 0 };
  gboolean done = TRUE;

  keep_holders (db, self->persons);
  if (g_hash_table_size (self->persons) + g_hash_table_size (self->projects) > 0)
    done =
        kaf_holder_today_read (db, &today, error) &&
        kaf_project_now_write (&today, self->projects, error) &&
        (g_hash_table_size (self->persons) > MANY ? write_everything (&today, error)
                                                  : write_persons (&today, self->persons, error));
  /* Last: many holders at once are written by the rules of before, which a territory may be part of. */
  if (done && self->all)
    done = mark_stale (db, error);
  g_hash_table_remove_all (self->persons);
  g_hash_table_remove_all (self->projects);
  self->all = FALSE;
  return done;
}

gboolean
kaf_holder_now_forget (KafDatabase *db, const KafEntity *root, gint64 rid, GError **error)
{
  g_auto (KafHolderToday) today = { 0 };
  g_autoptr (GHashTable) posts = NULL;
  GHashTableIter iter;
  gpointer post;

  if (g_str_equal (root->id, "project"))
    return kaf_holder_now_delete_line (db, "project_now", rid, error);
  if (!g_str_equal (root->id, "person"))
    return TRUE;
  posts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  note_post (db, rid, posts);
  if (g_hash_table_size (posts) == 0)
    return TRUE;
  if (!kaf_holder_now_delete_line (db, "holder_now", rid, error) ||
      !kaf_holder_today_read (db, &today, error))
    return FALSE;
  g_hash_table_iter_init (&iter, posts);
  while (today.force.rules->quota && g_hash_table_iter_next (&iter, &post, NULL))
    if (!place_post (&today, *(char *) post != '\0' ? post : NULL, error))
      return FALSE;
  return TRUE;
}

/* All anew */

gboolean
kaf_holder_now_is_stale (KafDatabase *db)
{
  g_auto (KafHolderToday) today = { 0 };
  g_autofree char *stand = kaf_local_get (db, LOCAL_STAND);
  g_autofree char *now = NULL;

  if (!kaf_holder_today_read (db, &today, NULL))
    return FALSE;
  now = make_stand (&today);
  return g_strcmp0 (stand, now) != 0;
}

static gboolean
refresh (KafDatabase *db, GError **error)
{
  g_auto (KafHolderToday) today = { 0 };
  g_autofree char *stand = kaf_local_get (db, LOCAL_STAND);
  char *end = stand != NULL ? strchr (stand, ' ') : NULL;

  if (end != NULL)
    *end = '\0';
  return kaf_holder_today_read (db, &today, error) &&
         kaf_project_now_move (&today, stand != NULL ? stand : "", error) &&
         write_everything (&today, error);
}

gboolean
kaf_holder_now_refresh (KafDatabase *db, GError **error)
{
  if (db->read_only || !kaf_holder_now_is_stale (db))
    return TRUE;
  if (!kaf_database_exec (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (refresh (db, error) && kaf_database_exec (db, "COMMIT", error))
    return TRUE;
  kaf_database_exec (db, "ROLLBACK", NULL);
  return FALSE;
}
