/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-holder-now.h"

#include <string.h>

#include "base/kaf-date.h"
#include "rules/holder/kaf-score-rules.h"
#include "schema/kaf-registry.h"
#include "store/kaf-database-private.h"
#include "store/kaf-drafts.h"

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

/* What was touched */

struct _KafHolderTouched
{
  GHashTable *persons, *projects; /* ids */
  gboolean all;                   /* something that all scores hang on: they are stale */
};

KafHolderTouched *
kaf_holder_touched_new (void)
{
  KafHolderTouched *self = g_new0 (KafHolderTouched, 1);

  self->persons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->projects = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
kaf_holder_touched_free (KafHolderTouched *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->persons);
  g_hash_table_unref (self->projects);
  g_free (self);
}

static void
touch (GHashTable *ids, const char *id)
{
  if (id != NULL && !g_hash_table_contains (ids, id))
    g_hash_table_add (ids, g_strdup (id));
}

/* Adds the first column of the rows of @sql. */
static void
touch_found (KafDatabase *db, GHashTable *ids, const char *sql, const char *bind)
{
  g_autoptr (KafStatement) statement = bind != NULL ? kaf_database_prepare (db, sql, NULL) : NULL;

  if (statement == NULL)
    return;
  kaf_statement_bind_text (statement, 1, bind);
  while (kaf_database_step (db, statement, NULL))
    touch (ids, kaf_statement_text (statement, 0));
}

static void
touch_project (KafDatabase *db, KafHolderTouched *self, const char *project)
{
  touch (self->projects, project);
  touch_found (db, self->persons,
               "SELECT p.person FROM head h CROSS JOIN project p ON p.rid = h.rid"
               " WHERE h.id = ? AND h.entity = 'project'",
               project);
}

/* Who holds an office there, and so has passed on whom it has passed on. */
static void
touch_office_holders (KafDatabase *db, KafHolderTouched *self, const char *organisation)
{
  touch_found (db, self->persons, "SELECT person FROM mandate WHERE organisation = ?",
               organisation);
}

/* Entities that name the person by this field. */
static const char *const of_person[] = { "contact", "membership", "mandate", "tier_override" };

static gboolean
is_of_person (const KafEntity *entity)
{
  for (guint i = 0; i < G_N_ELEMENTS (of_person); i++)
    if (g_str_equal (of_person[i], entity->id))
      return TRUE;
  return FALSE;
}

/* The value of a field that a change does not hold. (transfer full) (nullable) */
static char *
read_value (KafDatabase *db, const KafEntity *entity, const char *field, gint64 rid)
{
  g_autofree char *sql =
      g_strdup_printf ("SELECT \"%s\" FROM \"%s\" WHERE rid = ?", field, entity->id);
  g_autoptr (KafStatement) statement = rid > 0 ? kaf_database_prepare (db, sql, NULL) : NULL;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, rid);
  return kaf_database_step (db, statement, NULL) ? g_strdup (kaf_statement_text (statement, 0))
                                                 : NULL;
}

static char *
dup_value (KafDatabase *db, KafRecord *record, const char *field)
{
  const KafEntity *entity = kaf_record_get_entity (record);
  const char *held = kaf_record_get (record, field);

  if (held != NULL || kaf_record_holds (record, field))
    return g_strdup (held);
  return read_value (
      db, entity, field,
      kaf_database_find_rid (db, kaf_entity_get_root (entity), kaf_record_get_id (record)));
}

void
kaf_holder_now_note (KafDatabase *db, KafHolderTouched *self, KafRecord *record)
{
  const KafEntity *entity = kaf_record_get_entity (record);
  const char *id = kaf_record_get_id (record);
  g_autofree char *value = NULL;

  if (g_str_equal (entity->id, "rule_set") || g_str_equal (entity->id, "territory"))
    self->all = TRUE;
  else if (g_str_equal (entity->id, "expert"))
    touch (self->persons, id);
  else if (g_str_equal (entity->id, "person"))
    {
      /* Deleted, she is no longer one of those whom somebody passed on. */
      touch (self->persons, id);
      value = read_value (db, kaf_registry_find ("project_holder"), "brought_by",
                          kaf_database_find_rid (db, entity, id));
      touch_office_holders (db, self, value);
    }
  else if (g_str_equal (entity->id, "project_holder"))
    {
      touch (self->persons, id);
      value = dup_value (db, record, "brought_by");
      touch_office_holders (db, self, value);
    }
  else if (g_str_equal (entity->id, "project"))
    {
      touch (self->projects, id);
      value = dup_value (db, record, "person");
      touch (self->persons, value);
    }
  else if (g_str_equal (entity->id, "project_stage"))
    {
      value = dup_value (db, record, "project");
      if (value != NULL)
        touch_project (db, self, value);
    }
  else if (is_of_person (entity))
    {
      value = dup_value (db, record, "person");
      touch (self->persons, value);
    }
}

KafHolderTouched *
kaf_holder_now_find (KafDatabase *db, const KafEntity *root, gint64 rid)
{
  g_autoptr (KafHolderTouched) self = NULL;
  g_autofree char *value = NULL;

  if (!is_of_person (root) && !g_str_equal (root->id, "project") &&
      !g_str_equal (root->id, "project_stage") && !g_str_equal (root->id, "person") &&
      !g_str_equal (root->id, "rule_set"))
    return NULL;
  self = kaf_holder_touched_new ();
  if (g_str_equal (root->id, "rule_set"))
    self->all = TRUE;
  else if (g_str_equal (root->id, "person"))
    {
      value = read_value (db, kaf_registry_find ("project_holder"), "brought_by", rid);
      touch_office_holders (db, self, value);
    }
  else if (g_str_equal (root->id, "project_stage"))
    {
      value = read_value (db, root, "project", rid);
      if (value != NULL)
        touch_project (db, self, value);
    }
  else
    {
      value = read_value (db, root, "person", rid);
      touch (self->persons, value);
    }
  return g_steal_pointer (&self);
}

/* Lines */

typedef struct
{
  gint64 rid;
  const char *id, *post;
  KafScore score;
  char tier;
  gboolean decided;
  const KafHolderProject *project; /* that counts; nullable */
  guint32 last_contact_on, next_on;
} Line;

typedef struct
{
  KafDatabase *db;
  KafDay day;
  char *iso;
  KafRulesInForce force;
} Today;

static void
today_clear (Today *self)
{
  kaf_rules_in_force_clear (&self->force);
  g_clear_pointer (&self->iso, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Today, today_clear)

static gboolean
read_today (KafDatabase *db, Today *self, GError **error)
{
  self->db = db;
  self->iso = kaf_date_from_time (kaf_clock_now (db->clock));
  self->day = kaf_day_parse (self->iso);
  return kaf_rules_in_force_read (db, self->day, &self->force, error);
}

static const char *
get_rules_id (const Today *self)
{
  return self->force.id != NULL ? self->force.id : "";
}

static char *
make_stand (const Today *self)
{
  return g_strconcat (self->iso, " ", get_rules_id (self), NULL);
}

static void
decide (const KafHolderLine *from, KafDay day, Line *line)
{
  const KafTierOverride *decided = kaf_tier_override_find (from->overrides, from->n_overrides, day);

  line->decided = decided != NULL;
  line->tier = decided != NULL ? decided->tier : line->score.tier;
}

static void
fill_line (const Today *today, const KafHolderLine *from, Line *line)
{
  const KafHolder *facts = &from->facts;
  int project = kaf_score_find_project (today->force.rules, facts, today->day);

  *line = (Line){ .rid = from->rid, .id = facts->id, .post = facts->post };
  kaf_score_compute (today->force.rules, facts, today->day, &line->score);
  line->project = project >= 0 ? &facts->projects[project] : NULL;
  line->last_contact_on = facts->last_contact_on;
  line->next_on = kaf_holder_next_on (facts, today->day);
  decide (from, today->day, line);
}

/* All of them, each with its tier by quota too. */
static GArray *
fill_lines (const Today *today, const KafHolders *all)
{
  GArray *lines = g_array_sized_new (FALSE, FALSE, sizeof (Line), kaf_holders_get_size (all));
  g_autoptr (KafTiers) tiers = kaf_tiers_new (today->force.rules);

  g_array_set_size (lines, kaf_holders_get_size (all));
  for (guint i = 0; i < lines->len; i++)
    {
      Line *line = &g_array_index (lines, Line, i);

      fill_line (today, kaf_holders_get (all, i), line);
      kaf_tiers_add (tiers, line->id, line->post, &line->score);
    }
  for (guint i = 0; today->force.rules->quota && i < lines->len; i++)
    {
      Line *line = &g_array_index (lines, Line, i);

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
write_line (const Today *today, const Line *line, GError **error)
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
  kaf_statement_bind_text (statement, column, get_rules_id (today));
  return kaf_database_run (today->db, statement, error);
}

static gboolean
delete_line (KafDatabase *db, const char *table, gint64 rid, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("DELETE FROM %s WHERE rid = ?", table);
  KafStatement *statement = kaf_database_prepare (db, sql, error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, rid);
  return kaf_database_run (db, statement, error);
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
place_post (const Today *today, const char *post, GError **error)
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

/* Projects */

/* Its row, and whether it is deleted. 0: it is not here. */
static gint64
find_row (KafDatabase *db, const char *entity, const char *id, gboolean *deleted)
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

#define LATEST_STAGE                                                                               \
  "SELECT s.stage, s.reached_on FROM project_stage s CROSS JOIN head h ON h.rid = s.rid"           \
  " WHERE s.project = ?1 AND s.deleted_at IS NULL AND s.reached_on <= ?2"                          \
  " ORDER BY s.reached_on DESC, h.id DESC LIMIT 1"

static gboolean
read_stage (const Today *today, const char *project, char **stage, char **since, GError **error)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (today->db, LATEST_STAGE, error);
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
write_project (const Today *today, const char *project, GError **error)
{
  gboolean deleted = FALSE;
  gint64 rid = find_row (today->db, "project", project, &deleted);
  g_autofree char *stage = NULL;
  g_autofree char *since = NULL;
  KafStatement *statement;

  if (rid == 0)
    return TRUE;
  if (deleted)
    return delete_line (today->db, "project_now", rid, error);
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

static gboolean
write_projects (const Today *today, GHashTable *projects, GError **error)
{
  GHashTableIter iter;
  gpointer project;

  g_hash_table_iter_init (&iter, projects);
  while (g_hash_table_iter_next (&iter, &project, NULL))
    if (!write_project (today, project, error))
      return FALSE;
  return TRUE;
}

/* Those that come to a stage on a day between that of the lines and today, whichever is later. */
static gboolean
move_projects (const Today *today, const char *last, GError **error)
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
    touch (projects, kaf_statement_text (statement, 0));
  kaf_statement_done (g_steal_pointer (&statement));
  return write_projects (today, projects, error);
}

/* Writing */

static gboolean
write_everything (const Today *today, GError **error)
{
  g_autoptr (KafHolders) all = kaf_holders_read (today->db, NULL, today->day, NULL, error);
  g_autoptr (GArray) lines = all != NULL ? fill_lines (today, all) : NULL;
  g_autofree char *stand = make_stand (today);

  if (all == NULL || !kaf_database_exec (today->db, "DELETE FROM holder_now", error))
    return FALSE;
  for (guint i = 0; i < lines->len; i++)
    if (!write_line (today, &g_array_index (lines, Line, i), error))
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
    touch (posts, kaf_statement_text (statement, 0));
}

static gboolean
write_person (const Today *today, const char *person, GHashTable *posts, GError **error)
{
  gboolean deleted = FALSE;
  gint64 rid = find_row (today->db, "person", person, &deleted);
  g_autoptr (KafHolders) one = NULL;
  Line line;

  if (rid == 0)
    return TRUE;
  if (today->force.rules->quota)
    note_post (today->db, rid, posts);
  one = kaf_holders_read (today->db, person, today->day, NULL, error);
  if (one == NULL)
    return FALSE;
  if (kaf_holders_get_size (one) == 0)
    return delete_line (today->db, "holder_now", rid, error);
  fill_line (today, kaf_holders_get (one, 0), &line);
  if (!write_line (today, &line, error))
    return FALSE;
  if (today->force.rules->quota)
    note_post (today->db, rid, posts);
  return TRUE;
}

static gboolean
write_persons (const Today *today, GHashTable *persons, GError **error)
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
keep_holders (KafDatabase *db, GHashTable *persons)
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
  g_auto (Today) today = { 0 };
  gboolean done = TRUE;

  keep_holders (db, self->persons);
  if (g_hash_table_size (self->persons) + g_hash_table_size (self->projects) > 0)
    done =
        read_today (db, &today, error) && write_projects (&today, self->projects, error) &&
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
  g_auto (Today) today = { 0 };
  g_autoptr (GHashTable) posts = NULL;
  GHashTableIter iter;
  gpointer post;

  if (g_str_equal (root->id, "project"))
    return delete_line (db, "project_now", rid, error);
  if (!g_str_equal (root->id, "person"))
    return TRUE;
  posts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  note_post (db, rid, posts);
  if (g_hash_table_size (posts) == 0)
    return TRUE;
  if (!delete_line (db, "holder_now", rid, error) || !read_today (db, &today, error))
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
  g_auto (Today) today = { 0 };
  g_autofree char *stand = kaf_local_get (db, LOCAL_STAND);
  g_autofree char *now = NULL;

  if (!read_today (db, &today, NULL))
    return FALSE;
  now = make_stand (&today);
  return g_strcmp0 (stand, now) != 0;
}

static gboolean
refresh (KafDatabase *db, GError **error)
{
  g_auto (Today) today = { 0 };
  g_autofree char *stand = kaf_local_get (db, LOCAL_STAND);
  char *end = stand != NULL ? strchr (stand, ' ') : NULL;

  if (end != NULL)
    *end = '\0';
  return read_today (db, &today, error) &&
         move_projects (&today, stand != NULL ? stand : "", error) &&
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

/* Checking */

static char *
print_tier (char tier)
{
  return tier != '\0' ? g_strdup_printf ("%c", tier) : g_strdup ("-");
}

/* All that a line says, but for its day and its rules. */
static char *
print_line (const Line *line)
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
read_written (const Today *today, gboolean *whole, GError **error)
{
  g_autoptr (GHashTable) written = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_autoptr (KafStatement) statement = kaf_database_prepare (today->db, WRITTEN, error);
  GError *local = NULL;

  *whole = TRUE;
  if (statement == NULL)
    return NULL;
  kaf_statement_bind_text (statement, 1, today->iso);
  kaf_statement_bind_text (statement, 2, get_rules_id (today));
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
check_holders (const Today *today, GPtrArray *wrong, GError **error)
{
  g_autoptr (KafHolders) all = kaf_holders_read (today->db, NULL, today->day, NULL, error);
  g_autoptr (GArray) lines = all != NULL ? fill_lines (today, all) : NULL;
  gboolean whole;
  g_autoptr (GHashTable) written = all != NULL ? read_written (today, &whole, error) : NULL;
  GHashTableIter iter;
  gpointer rid;

  if (written == NULL)
    return FALSE;
  for (guint i = 0; i < lines->len; i++)
    {
      const Line *line = &g_array_index (lines, Line, i);
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

static gboolean
check_projects (const Today *today, GPtrArray *wrong, GError **error)
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

GPtrArray *
kaf_holder_now_check (KafDatabase *db, GError **error)
{
  g_autoptr (GPtrArray) wrong = g_ptr_array_new_with_free_func (g_free);
  g_auto (Today) today = { 0 };

  if (!read_today (db, &today, error) || !check_holders (&today, wrong, error) ||
      !check_projects (&today, wrong, error))
    return NULL;
  return g_steal_pointer (&wrong);
}
