/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bringing an older store to this version.
 *
 * A step is frozen SQL, never changed once released, and never derived from the schema of
 * today. All steps run in one transaction after a whole backup; if one fails, nothing has
 * changed and the store does not open. */
#include "config.h"

#include "schema/kaf-registry.h"
#include "store/kaf-commitment-now.h"
#include "store/kaf-database-private.h"
#include "store/kaf-target-now.h"
#include "store/kaf-writer.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

/* In ascending order. */
static const KafMigration migrations[] = {
  /* How far a device had read when it wrote; what a hub made of it; conflicts. */
  { 2,
    "ALTER TABLE op_group ADD COLUMN saw INTEGER NOT NULL DEFAULT 0;"
    "CREATE TABLE verdict (dseq INTEGER PRIMARY KEY, verdict TEXT NOT NULL, at INTEGER NOT NULL);"
    "CREATE TABLE blob (sha256 TEXT PRIMARY KEY, hub TEXT, wanted INTEGER NOT NULL DEFAULT 0,"
    " failures INTEGER NOT NULL DEFAULT 0, due INTEGER NOT NULL DEFAULT 0, problem TEXT)"
    " WITHOUT ROWID;"
    "CREATE TABLE \"conflict\" (rid INTEGER PRIMARY KEY, ref TEXT, created_at INTEGER,"
    " created_by TEXT, updated_at INTEGER, updated_by TEXT, deleted_at INTEGER, clock BLOB,"
    " extra TEXT, \"owner\" TEXT, \"owner_entity\" TEXT, \"field\" TEXT, \"stands\" TEXT,"
    " \"stands_by\" TEXT, \"stands_at\" INTEGER, \"other\" TEXT, \"other_by\" TEXT,"
    " \"other_at\" INTEGER, \"before\" TEXT, \"state\" TEXT, \"outcome\" TEXT);"
    "CREATE INDEX \"conflict__owner\" ON \"conflict\" (\"owner\") WHERE \"owner\" IS NOT NULL;"
    "CREATE INDEX \"conflict__state\" ON \"conflict\" (\"state\") WHERE \"state\" IS NOT NULL;"
    "UPDATE meta SET value = '2' WHERE key = 'schema'" },
  /* Operations that a hub did not take, by name; until now, groups were counted. */
  { 3, "CREATE TABLE refusal (n INTEGER PRIMARY KEY, seq INTEGER NOT NULL, entity TEXT NOT NULL,"
       " id TEXT NOT NULL, why TEXT NOT NULL, at INTEGER NOT NULL, let_go INTEGER);"
       "CREATE UNIQUE INDEX refusal_op ON refusal (seq, entity, id);"
       "CREATE TABLE held (rid INTEGER PRIMARY KEY, at INTEGER NOT NULL);"
       "INSERT OR IGNORE INTO refusal (seq, entity, id, why, at)"
       " SELECT g.seq, json_extract (o.value, '$.e'), json_extract (o.value, '$.i'), '', v.at"
       " FROM verdict v JOIN op_group g ON g.dseq = v.dseq AND g.device ="
       " (SELECT value FROM meta WHERE key = 'device'),"
       " json_each (coalesce (g.payload, g.remainder, '[]')) o"
       " WHERE v.verdict = 'rejected' AND json_extract (o.value, '$.i') IS NOT NULL" },
  { 4, kaf_migrate_4 },
  { 5, kaf_migrate_5 },
  { 6, kaf_migrate_6 },
  { 7, kaf_migrate_7 },
  /* What a refusal is about, where its name alone does not say what is to be mended. */
  { 8, "ALTER TABLE refusal ADD COLUMN about TEXT" },
  { 9, kaf_migrate_9 },
  /* What of each commitment is open next. */
  { 10, "CREATE TABLE commitment_now (rid INTEGER PRIMARY KEY, due_on TEXT NOT NULL)" },
  /* And by which act it stands, with whom: all that the findings ask of those that are not due. */
  { 11, "DROP TABLE commitment_now;"
        "CREATE TABLE commitment_now (rid INTEGER PRIMARY KEY, act TEXT NOT NULL, party TEXT,"
        " waived_on TEXT, due_on TEXT)" },
  /* What a list says of a record is one claim, not one a field. */
  { 12, "ALTER TABLE \"source_claim\" ADD COLUMN \"about\" TEXT;"
        "ALTER TABLE \"source_claim\" ADD COLUMN \"said\" TEXT;"
        "UPDATE meta SET value = '8' WHERE key = 'schema'" },
  /* The full-text index without the beginnings of three letters. */
  { 13, "DROP TABLE search;"
        "CREATE VIRTUAL TABLE search USING fts5 (name, key, rest, content='search_doc',"
        " content_rowid='rid', tokenize=\"unicode61 remove_diacritics 0\", prefix='1 2',"
        " detail=column, columnsize=0);"
        "INSERT INTO search (search, rank) VALUES ('hashsize', 8388608);"
        "INSERT INTO search (search, rank) VALUES ('automerge', 8);"
        "INSERT INTO search (search) VALUES ('rebuild')" },
};

/* A name that is free: two tries may fall into one second. */
static char *
make_backup_name (KafDatabase *self, int from)
{
  g_autoptr (GDateTime) now =
      g_date_time_new_from_unix_utc (kaf_clock_now (self->clock) / G_USEC_PER_SEC);
  g_autofree char *when = g_date_time_format (now, "%Y%m%d-%H%M%S");
  char *name = g_strdup_printf ("%s.backup-v%d-%s", self->path, from, when);

  for (guint i = 2; g_file_test (name, G_FILE_TEST_EXISTS); i++)
    {
      g_free (name);
      name = g_strdup_printf ("%s.backup-v%d-%s-%u", self->path, from, when, i);
    }
  return name;
}

/* Whether a backup of that version lies beside the store already. */
static gboolean
has_backup (KafDatabase *self, int from)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autofree char *name = g_path_get_basename (self->path);
  g_autofree char *start = g_strdup_printf ("%s.backup-v%d-", name, from);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *one;

  while (dir != NULL && (one = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (one, start))
      return TRUE;
  return FALSE;
}

/* The whole store in a file of its own, its owner's alone as the store is. (transfer full) */
static char *
back_up (KafDatabase *self, int from, GError **error)
{
  g_autofree char *name = make_backup_name (self, from);
  KafStatement *statement = kaf_database_prepare (self, "VACUUM INTO ?", error);
  gboolean done;
  mode_t mask;

  if (statement == NULL)
    return NULL;
  kaf_statement_bind_text (statement, 1, name);
  mask = umask (077);
  done = kaf_database_run (self, statement, error);
  umask (mask);
  if (!done)
    g_unlink (name);
  return done ? g_steal_pointer (&name) : NULL;
}

static gboolean
run_steps (KafDatabase *self, int from, int to, const KafMigration *steps, guint n, GError **error)
{
  int reached = from;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *stamp = g_strdup_printf ("PRAGMA user_version = %d", steps[i].to);

      if (steps[i].to <= from)
        continue;
      if (!kaf_database_exec (self, steps[i].sql, error) || !kaf_database_exec (self, stamp, error))
        return FALSE;
      reached = steps[i].to;
    }

  if (reached != to)
    g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_MIGRATION, "no step leads to %d", to);
  return reached == to;
}

/* Until version 7 the search key of نجاة lacked the t that is heard of it. Folded, the letter is a ه. */
static gboolean
write_keys_again (KafDatabase *self, GError **error)
{
  g_autoptr (GArray) rids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (KafStatement) find = kaf_database_prepare (
      self, "SELECT rid FROM search_doc WHERE name LIKE '%\xd8\xa7\xd9\x87%'", error);
  gboolean done = find != NULL;
  GError *local = NULL;

  while (done && kaf_database_step (self, find, &local))
    {
      gint64 rid = sqlite3_column_int64 (find, 0);

      g_array_append_val (rids, rid);
    }
  done = done && local == NULL;
  if (local != NULL)
    g_propagate_error (error, local);
  for (guint i = 0; done && i < rids->len; i++)
    {
      gint64 rid = g_array_index (rids, gint64, i);
      g_autoptr (KafStatement) head =
          kaf_database_prepare (self, "SELECT entity, id FROM head WHERE rid = ?", error);

      if (head == NULL)
        return FALSE;
      sqlite3_bind_int64 (head, 1, rid);
      if (kaf_database_step (self, head, error))
        done = kaf_writer_refresh (self, kaf_registry_find (kaf_statement_text (head, 0)), rid,
                                   kaf_statement_text (head, 1), error);
    }
  return done;
}

/* What follows from the records is filled by the program of today, once the tables are those of today. */
static gboolean
fill_derived (KafDatabase *self, int from, int to, GError **error)
{
  if (to != KAF_STORE_VERSION)
    return TRUE;
  return (from >= 6 || kaf_target_now_rebuild (self, error)) &&
         (from >= 8 || write_keys_again (self, error)) &&
         (from >= 11 || kaf_commitment_now_rebuild (self, error));
}

gboolean
kaf_migrate_steps (
    KafDatabase *self, int from, int to, const KafMigration *steps, guint n, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *backup = NULL;
  gboolean again = has_backup (self, from);

  if (self->read_only)
    {
      g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_READ_ONLY,
                   "version %d must be brought to %d, and may not be written", from, to);
      return FALSE;
    }

  backup = back_up (self, from, &local);
  if (backup != NULL && kaf_database_exec (self, "BEGIN IMMEDIATE", &local))
    {
      /* Another process may have done it while this one waited for its turn. */
      gboolean done = kaf_database_get_int (self, "PRAGMA user_version", NULL) == to;

      if ((done || (run_steps (self, from, to, steps, n, &local) &&
                    fill_derived (self, from, to, &local))) &&
          kaf_database_exec (self, "COMMIT", &local))
        return TRUE;
      kaf_database_exec (self, "ROLLBACK", NULL);
    }
  /* Nothing has changed: the backup of the first try is enough, or each would leave another. */
  if (backup != NULL && again)
    g_unlink (backup);
  g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_MIGRATION, "from version %d: %s", from,
               local != NULL ? local->message : "");
  return FALSE;
}

gboolean
kaf_migrate (KafDatabase *self, int from, GError **error)
{
  return kaf_migrate_steps (self, from, KAF_STORE_VERSION, migrations, G_N_ELEMENTS (migrations),
                            error);
}
