/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-touched.h"

#include "schema/kaf-registry.h"
#include "store/kaf-database-private.h"
#include "store/kaf-findings-kept.h"

/* Rows of an entity that are named one by one; and entries that stay. */
#define NAMED_MAX 2000
#define KEPT "20000"

const char kaf_touched_ddl[] =
    "CREATE TABLE touched (seq INTEGER PRIMARY KEY, entity TEXT NOT NULL, rid INTEGER NOT NULL)";

/* What was written of a table. */
typedef struct
{
  GHashTable *rids; /* set of gint64 */
  gboolean any;
} Rows;

typedef struct
{
  GHashTable *tables; /* name, as the registry has it → Rows */
  GHashTable *told;   /* name of a table told of → Rows; NULL: nobody asks about it */
  gboolean is_open;   /* entries were put down in the transaction under way */
} Touched;

static void
free_rows (gpointer data)
{
  Rows *rows = data;

  g_hash_table_unref (rows->rids);
  g_free (rows);
}

void
kaf_touched_free (gpointer data)
{
  Touched *self = data;

  if (self == NULL)
    return;
  g_hash_table_unref (self->tables);
  g_hash_table_unref (self->told);
  g_free (self);
}

/* What the hub refused moves nothing: it has no entity, and is asked about like one. */
#define REFUSAL "refusal"

static const char *
find_name (const char *table)
{
  const KafEntity *entity = kaf_registry_find (table);

  if (g_str_equal (table, "holder_now")) /* what the rules look at of a holder is kept there */
    return kaf_registry_find ("project_holder")->id;
  if (entity != NULL)
    return entity->id;
  return g_str_equal (table, REFUSAL) ? REFUSAL : NULL;
}

static Rows *
get_rows (Touched *self, const char *name)
{
  Rows *rows = g_hash_table_lookup (self->tables, name);

  if (rows == NULL)
    {
      rows = g_new0 (Rows, 1);
      rows->rids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
      g_hash_table_insert (self->tables, (gpointer) name, rows);
    }
  return rows;
}

static void
add_row (Rows *rows, gint64 rid)
{
  if (rows->any || g_hash_table_contains (rows->rids, &rid))
    return;
  if (g_hash_table_size (rows->rids) < NAMED_MAX)
    {
      g_hash_table_add (rows->rids, g_memdup2 (&rid, sizeof rid));
      return;
    }
  rows->any = TRUE;
  g_hash_table_remove_all (rows->rids);
}

/* Of one that is attached nobody asks, whatever it is called. */
static Rows *
find_rows (Touched *self, const char *file, const char *table)
{
  const char *name;
  gpointer rows;

  if (!g_str_equal (file, "main"))
    return NULL;
  if (g_hash_table_lookup_extended (self->told, table, NULL, &rows))
    return rows;
  name = find_name (table);
  rows = name != NULL ? get_rows (self, name) : NULL;
  g_hash_table_insert (self->told, g_strdup (table), rows);
  return rows;
}

/* For each row that is written, which a large import does by the million. */
static void
on_row (void *data, int what, const char *file, const char *table, sqlite3_int64 rid)
{
  Rows *rows = find_rows (data, file, table);

  if (rows == NULL)
    return;
  /* Nobody can ask a row that is gone what it belonged to. */
  if (what == SQLITE_DELETE)
    rows->any = TRUE;
  else
    add_row (rows, rid);
}

static GHashTable *
make_tables (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_rows);
}

void
kaf_touched_watch (KafDatabase *db)
{
  Touched *self = g_new0 (Touched, 1);

  self->tables = make_tables ();
  self->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  db->touched = self;
  sqlite3_update_hook (db->sql, on_row, self);
}

static void
note_named (KafDatabase *db, const KafEntity *target, const char *id)
{
  gint64 rid = target != NULL ? kaf_database_find_rid (db, kaf_entity_get_root (target), id) : 0;

  if (rid > 0)
    add_row (get_rows (db->touched, target->id), rid);
}

void
kaf_touched_note_left (KafDatabase *db, KafRecord *before, KafRecord *change)
{
  const KafEntity *entity = kaf_record_get_entity (change);

  for (guint i = 0; db->touched != NULL && entity->fields[i].id != NULL; i++)
    {
      const KafField *field = &entity->fields[i];
      const char *named;

      if (field->kind != KAF_KIND_REFERENCE || kaf_field_is_many (field) ||
          !kaf_record_holds_at (change, i))
        continue;
      named = kaf_record_get_at (before, i);
      if (named != NULL)
        note_named (db, kaf_registry_find (field->target), named);
    }
}

void
kaf_touched_note_any (KafDatabase *db, const KafEntity *entity)
{
  if (db->touched != NULL)
    get_rows (db->touched, entity->id)->any = TRUE;
}

static void
clear (Touched *self)
{
  g_hash_table_remove_all (self->tables);
  g_hash_table_remove_all (self->told);
}

void
kaf_touched_end (KafDatabase *db, gboolean stands)
{
  Touched *self = db->touched;

  if (self == NULL)
    return;
  /* What was read of it in the meantime never was. */
  if (!stands && (self->is_open || g_hash_table_size (self->tables) > 0))
    kaf_findings_forget (db);
  if (!stands)
    clear (self);
  self->is_open = FALSE;
}

static gboolean
write_row (KafDatabase *db, const char *entity, gint64 rid, GError **error)
{
  KafStatement *statement =
      kaf_database_prepare (db, "INSERT INTO touched (entity, rid) VALUES (?, ?)", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement, 1, entity, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 2, rid);
  return kaf_database_run (db, statement, error);
}

static gboolean
write_rows (KafDatabase *db, const char *entity, const Rows *rows, GError **error)
{
  GHashTableIter iter;
  gpointer rid;

  if (rows->any)
    return write_row (db, entity, 0, error);
  g_hash_table_iter_init (&iter, rows->rids);
  while (g_hash_table_iter_next (&iter, &rid, NULL))
    if (!write_row (db, entity, *(gint64 *) rid, error))
      return FALSE;
  return TRUE;
}

gboolean
kaf_touched_write (KafDatabase *db, GError **error)
{
  Touched *self = db->touched;
  g_autoptr (GHashTable) tables = NULL;
  GHashTableIter iter;
  gpointer entity, rows;
  KafStatement *prune;

  if (self == NULL || g_hash_table_size (self->tables) == 0)
    return TRUE;
  tables = g_steal_pointer (&self->tables);
  self->tables = make_tables ();
  clear (self);
  self->is_open = TRUE;
  g_hash_table_iter_init (&iter, tables);
  while (g_hash_table_iter_next (&iter, &entity, &rows))
    if (!write_rows (db, entity, rows, error))
      return FALSE;
  prune = kaf_database_prepare (
      db, "DELETE FROM touched WHERE seq <= (SELECT max (seq) FROM touched) - " KEPT, error);
  return prune != NULL && kaf_database_run (db, prune, error);
}

gint64
kaf_touched_last (KafDatabase *db, gint64 since, gboolean *is_whole, GError **error)
{
  g_autoptr (KafStatement) statement = NULL;
  GError *local = NULL;

  *is_whole = FALSE;
  if (!kaf_touched_write (db, error))
    return -1;
  statement = kaf_database_prepare (db,
                                    /* Both at once SQLite would look for in all of it. */
                                    "SELECT coalesce ((SELECT min (seq) FROM touched), 1),"
                                    " coalesce ((SELECT max (seq) FROM touched), 0)",
                                    error);
  if (statement == NULL)
    return -1;
  if (kaf_database_step (db, statement, &local))
    {
      *is_whole = sqlite3_column_int64 (statement, 0) <= since + 1 &&
                  sqlite3_column_int64 (statement, 1) >= since;
      return sqlite3_column_int64 (statement, 1);
    }
  g_propagate_error (error, local);
  return -1;
}
