/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-target-now.h"

#include "schema/kaf-registry.h"
#include "store/kaf-database-private.h"
#include "store/kaf-settings.h"
#include "store/kaf-target-facts.h"
#include "store/kaf-target-settings.h"

/* From so many persons on, when they are a good part of all, one pass over all is quicker. */
#define MANY 2000
#define PART 12

const char *const kaf_target_now_ddl[] = {
  "CREATE TABLE target_now (rid INTEGER PRIMARY KEY, identified_on TEXT NOT NULL, engaged_on TEXT,"
  " mobilised_on TEXT)",
  NULL,
};

/* Each has a field "person", or is hers. */
static const char *const of_person[] = { "source_claim", "contact", "contribution",
                                         "mission_expert" };
/* What of herself counts. */
static const char *const own[] = { "status",      "verified_on",  "confirmed_on",
                                   "declared_on", "signed_up_on", NULL };

KafTargetTouched *
kaf_target_touched_new (void)
{
  KafTargetTouched *self = g_new0 (KafTargetTouched, 1);

  self->persons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->missions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
kaf_target_touched_free (KafTargetTouched *self)
{
  g_hash_table_unref (self->persons);
  g_hash_table_unref (self->missions);
  g_free (self);
}

/* Finding whose line it is */

static gboolean
is_part (const KafEntity *entity)
{
  for (guint i = 0; i < G_N_ELEMENTS (of_person); i++)
    if (g_str_equal (of_person[i], entity->id))
      return TRUE;
  return FALSE;
}

static char *
read_id (KafDatabase *db, const char *sql, gint64 rid)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (db, sql, NULL);

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, rid);
  return kaf_database_step (db, statement, NULL) ? g_strdup (kaf_statement_text (statement, 0))
                                                 : NULL;
}

static char *
read_field (KafDatabase *db, const KafEntity *entity, const char *field, gint64 rid)
{
  g_autofree char *sql =
      g_strdup_printf ("SELECT \"%s\" FROM \"%s\" WHERE rid = ?", field, entity->id);

  return read_id (db, sql, rid);
}

char *
kaf_target_now_find (KafDatabase *db, const KafEntity *root, gint64 rid)
{
  return is_part (root) ? read_field (db, root, "person", rid) : NULL;
}

/* What @record says of @field, or its row does. */
static char *
get_field (KafDatabase *db, KafRecord *record, const char *field)
{
  const KafEntity *entity = kaf_record_get_entity (record);
  const char *named = kaf_record_get (record, field);

  if (named != NULL)
    return g_strdup (named);
  return read_field (db, entity, field,
                     kaf_database_find_rid (db, entity, kaf_record_get_id (record)));
}

static void
add (GHashTable *set, char *id)
{
  if (id != NULL)
    g_hash_table_add (set, id);
}

/* Many claims name the same person one after the other: of those but the first nothing is copied. */
static void
add_person (KafDatabase *db, KafTargetTouched *touched, KafRecord *record)
{
  const char *named = kaf_record_get (record, "person");

  if (named == NULL || !g_hash_table_contains (touched->persons, named))
    add (touched->persons, get_field (db, record, "person"));
}

static void
note_part (KafDatabase *db, KafTargetTouched *touched, KafRecord *record)
{
  const KafEntity *entity = kaf_record_get_entity (record);

  if (is_part (entity))
    add_person (db, touched, record);
  else if (g_str_equal (entity->id, "mission"))
    add (touched->missions, g_strdup (kaf_record_get_id (record)));
  else if (g_str_equal (entity->id, "mission_act"))
    add (touched->missions, get_field (db, record, "mission"));
  else if (g_str_equal (entity->id, "setting"))
    {
      g_autofree char *key = get_field (db, record, "key");

      touched->all |= key != NULL && g_str_has_prefix (key, KAF_SETTING_TARGET);
    }
}

/* A record that holds nothing is deleted, or comes back. */
void
kaf_target_now_note (KafDatabase *db,
                     KafTargetTouched *touched,
                     KafRecord *record,
                     gboolean created)
{
  if (!g_str_equal (kaf_entity_get_root (kaf_record_get_entity (record))->id, "person"))
    note_part (db, touched, record);
  else if (created || kaf_record_count_held (record) == 0 || kaf_record_holds_any (record, own))
    add (touched->persons, g_strdup (kaf_record_get_id (record)));
}

void
kaf_target_now_note_before (KafDatabase *db, KafTargetTouched *touched, KafRecord *before)
{
  note_part (db, touched, before);
}

/* Writing */

static gboolean
delete_line (KafDatabase *db, gint64 rid, GError **error)
{
  return kaf_database_run_for (db, "DELETE FROM target_now WHERE rid = ?", rid, error);
}

static gboolean
write_line (KafDatabase *db, const KafTargetLine *line, GError **error)
{
  KafStatement *statement = kaf_database_prepare (
      db,
      "INSERT OR REPLACE INTO target_now (rid, identified_on, engaged_on, mobilised_on)"
      " VALUES (?, ?, ?, ?)",
      error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, line->rid);
  for (int stage = 0; stage < KAF_TARGET_N_STAGES; stage++)
    {
      g_autofree char *iso = kaf_day_to_iso (line->reached[stage]);

      kaf_statement_bind_text (statement, stage + 2, iso);
    }
  return kaf_database_run (db, statement, error);
}

static gint64
find_person (KafDatabase *db, const char *person)
{
  return kaf_database_find_rid (db, kaf_registry_find ("person"), person);
}

static gboolean
write_person (KafDatabase *db, const char *person, const GArray *terms, GError **error)
{
  KafTargetLine line;
  gint64 rid;

  if (!kaf_target_facts_read (db, person, terms, &line, error))
    return FALSE;
  if (line.reached[KAF_TARGET_IDENTIFIED] != KAF_DAY_UNKNOWN)
    return write_line (db, &line, error);
  rid = line.rid != 0 ? line.rid : find_person (db, person);
  return rid == 0 || delete_line (db, rid, error);
}

gboolean
kaf_target_now_write (KafDatabase *db, const char *person, GError **error)
{
  g_autoptr (GArray) terms = kaf_target_terms_read (db, error);

  return terms != NULL && write_person (db, person, terms, error);
}

static gboolean
add_experts (KafDatabase *db, const char *mission, GHashTable *persons, GError **error)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      db, "SELECT person FROM mission_expert WHERE mission = ? AND person IS NOT NULL", error);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, mission);
  while (kaf_database_step (db, statement, &local))
    g_hash_table_add (persons, g_strdup (kaf_statement_text (statement, 0)));
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
is_many (KafDatabase *db, guint n)
{
  return n > MANY &&
         n > kaf_database_get_int (db, "SELECT live FROM tally WHERE entity = 'person'", NULL) /
                 PART;
}

static gboolean
write_touched (KafDatabase *db, KafTargetTouched *touched, GError **error)
{
  g_autoptr (GArray) terms = NULL;
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, touched->missions);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!add_experts (db, id, touched->persons, error))
      return FALSE;
  if (touched->all || is_many (db, g_hash_table_size (touched->persons)))
    return kaf_target_now_rebuild (db, error);
  if (g_hash_table_size (touched->persons) == 0)
    return TRUE;
  terms = kaf_target_terms_read (db, error);
  if (terms == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, touched->persons);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!write_person (db, id, terms, error))
      return FALSE;
  return TRUE;
}

gboolean
kaf_target_now_write_all (KafDatabase *db, KafTargetTouched *touched, GError **error)
{
  if (!write_touched (db, touched, error))
    return FALSE;
  g_hash_table_remove_all (touched->persons);
  g_hash_table_remove_all (touched->missions);
  touched->all = FALSE;
  return TRUE;
}

gboolean
kaf_target_now_forget (KafDatabase *db, const KafEntity *root, gint64 rid, GError **error)
{
  return !g_str_equal (root->id, "person") || delete_line (db, rid, error);
}

gboolean
kaf_target_now_refuse (KafDatabase *db, const char *act, GError **error)
{
  const KafEntity *entity = kaf_registry_find ("mission_act");
  gint64 rid = kaf_database_find_rid (db, entity, act);
  g_autofree char *mission = rid > 0 ? read_field (db, entity, "mission", rid) : NULL;
  KafTargetTouched *touched;
  gboolean done;

  if (mission == NULL)
    return TRUE;
  touched = kaf_target_touched_new ();
  g_hash_table_add (touched->missions, g_steal_pointer (&mission));
  done = kaf_target_now_write_all (db, touched, error);
  kaf_target_touched_free (touched);
  return done;
}

gboolean
kaf_target_now_rebuild (KafDatabase *db, GError **error)
{
  g_autoptr (GArray) lines = kaf_target_facts_read_all (db, NULL, error);

  if (lines == NULL || !kaf_database_exec (db, "DELETE FROM target_now", error))
    return FALSE;
  for (guint i = 0; i < lines->len; i++)
    if (!write_line (db, &g_array_index (lines, KafTargetLine, i), error))
      return FALSE;
  return TRUE;
}

/* Checking */

static void
add_wrong (KafDatabase *db, GPtrArray *wrong, gint64 rid)
{
  char *id = read_id (db, "SELECT id FROM head WHERE rid = ?", rid);

  /* A line of somebody who is not here. */
  g_ptr_array_add (wrong, id != NULL ? id : g_strdup_printf ("%" G_GINT64_FORMAT, rid));
}

static gboolean
is_as_written (const KafTargetLine *line, KafStatement *row)
{
  for (int stage = 0; stage < KAF_TARGET_N_STAGES; stage++)
    {
      g_autofree char *iso = kaf_day_to_iso (line->reached[stage]);

      if (g_strcmp0 (iso, kaf_statement_text (row, stage + 1)) != 0)
        return FALSE;
    }
  return TRUE;
}

/* Both are in the order of row numbers: one walk. */
GPtrArray *
kaf_target_now_check (KafDatabase *db, GError **error)
{
  g_autoptr (GPtrArray) wrong = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) lines = kaf_target_facts_read_all (db, NULL, error);
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      db, "SELECT rid, identified_on, engaged_on, mobilised_on FROM target_now ORDER BY rid",
      lines != NULL ? error : NULL);
  GError *local = NULL;
  guint i = 0;

  if (lines == NULL || statement == NULL)
    return NULL;
  while (kaf_database_step (db, statement, &local))
    {
      gint64 rid = sqlite3_column_int64 (statement, 0);

      for (; i < lines->len && g_array_index (lines, KafTargetLine, i).rid < rid; i++)
        add_wrong (db, wrong, g_array_index (lines, KafTargetLine, i).rid);
      if (i < lines->len && g_array_index (lines, KafTargetLine, i).rid == rid)
        {
          if (!is_as_written (&g_array_index (lines, KafTargetLine, i), statement))
            add_wrong (db, wrong, rid);
          i++;
        }
      else
        add_wrong (db, wrong, rid);
    }
  for (; local == NULL && i < lines->len; i++)
    add_wrong (db, wrong, g_array_index (lines, KafTargetLine, i).rid);
  if (local == NULL)
    return g_steal_pointer (&wrong);
  g_propagate_error (error, local);
  return NULL;
}
