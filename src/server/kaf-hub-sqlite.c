/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The hub in an SQLite file. */
#include "config.h"

#include <string.h>

#include "schema/kaf-registry.h"
#include "server/kaf-hub-sqlite-private.h"

/* Of a few KiB each. */
#define CACHED_MAX 2048

/* Every commit of the hub clears it. */
#define READER_CACHED_MAX 64

/* KiB of the file's pages in memory. What one body brings is written into many places of it: with less, pages go to
 * the disk and come back within one exchange. */
#define CACHE_KIB "65536"

typedef KafHubSqlite Storage;

/* What a record belongs to, as "ENTITY\tID". */
#define PARENT_TABLE                                                                               \
  "CREATE TABLE parent (entity TEXT NOT NULL, id TEXT NOT NULL, parent TEXT NOT NULL,"             \
  " PRIMARY KEY (entity, id, parent)) WITHOUT ROWID;"                                              \
  "CREATE INDEX parent_parent ON parent (parent);"

/* The few groups of which something is to be told again; the others, with their payloads, are not read for it. */
#define REFUSED_INDEX                                                                              \
  "CREATE INDEX IF NOT EXISTS op_group_refused ON op_group (first) WHERE verdict <> 'ok';"

static const KafSqliteKind hub_kind = {
  .application_id = 0x4b414648, /* "KAFH" */
  .version = 3,
  .ddl =
      "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
      "CREATE TABLE record (entity TEXT NOT NULL, id TEXT NOT NULL, seq INTEGER NOT NULL,"
      " open INTEGER NOT NULL DEFAULT 0, scopes TEXT, doc TEXT NOT NULL,"
      " PRIMARY KEY (entity, id));"
      "CREATE UNIQUE INDEX record_seq ON record (seq);"
      "CREATE INDEX record_open ON record (entity) WHERE open;" PARENT_TABLE
      "CREATE TABLE device (device INTEGER PRIMARY KEY, dseq INTEGER NOT NULL, hash BLOB NOT NULL,"
      " clock BLOB NOT NULL, erased INTEGER NOT NULL DEFAULT 0);"
      "CREATE TABLE erased (number INTEGER PRIMARY KEY, entity TEXT NOT NULL, id TEXT NOT NULL,"
      " at INTEGER NOT NULL);"
      "CREATE UNIQUE INDEX erased_id ON erased (id, entity);"
      "CREATE TABLE op_group (device INTEGER NOT NULL, dseq INTEGER NOT NULL, first INTEGER NOT NULL,"
      " author TEXT, at INTEGER NOT NULL, verdict TEXT NOT NULL, resend TEXT, header BLOB NOT NULL,"
      " payload TEXT, PRIMARY KEY (device, dseq)) WITHOUT ROWID;"
      "CREATE UNIQUE INDEX op_group_first ON op_group (first);" REFUSED_INDEX
      "CREATE TABLE ref (ref TEXT PRIMARY KEY, entity TEXT NOT NULL, id TEXT NOT NULL)"
      " WITHOUT ROWID;"
      "CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;" KAF_HUB_SQLITE_BLOBS
          KAF_HUB_SQLITE_PAPERS,
};

static KafSqlite *
get_db (KafHubStorage *self)
{
  return ((Storage *) self)->db;
}

static void
storage_close (KafHubStorage *self)
{
  kaf_sqlite_close (get_db (self));
  kaf_hub_cache_free (((Storage *) self)->cache);
  g_free (self);
}

/* What another process erased is not to be remembered here. */
static gboolean
storage_begin (KafHubStorage *parent, GError **error)
{
  Storage *self = (Storage *) parent;
  gint64 version;

  if (!kaf_sqlite_begin (self->db, error))
    return FALSE;
  version = kaf_sqlite_get_integer (self->db, "PRAGMA data_version", NULL);
  if (version != self->version)
    kaf_hub_cache_clear (self->cache);
  self->version = version;
  return TRUE;
}

static gboolean
storage_end (KafHubStorage *self, gboolean done, GError **error)
{
  gboolean ended = kaf_sqlite_end (get_db (self), done, error);

  /* Numbers that were not kept are given again. */
  if (!ended)
    kaf_hub_cache_clear (((Storage *) self)->cache);
  return ended;
}

static void
storage_forget (KafHubStorage *self)
{
  kaf_hub_cache_clear (((Storage *) self)->cache);
  sqlite3_db_release_memory (kaf_sqlite_get_handle (get_db (self)));
}

static gboolean
storage_begin_part (KafHubStorage *self, GError **error)
{
  ((Storage *) self)->noted = FALSE;
  return kaf_sqlite_begin_part (get_db (self), error);
}

static gboolean
storage_end_part (KafHubStorage *self, gboolean done, GError **error)
{
  gboolean ended = kaf_sqlite_end_part (get_db (self), done, error);

  if (!ended && ((Storage *) self)->noted)
    kaf_hub_cache_clear (((Storage *) self)->cache);
  return ended;
}

gboolean
kaf_hub_sqlite_step_once (KafHubStorage *self, KafSqliteRows *rows, gboolean *found, GError **error)
{
  GError *local = NULL;

  *found = kaf_sqlite_step (get_db (self), rows, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static char *
storage_get_meta (KafHubStorage *self, const char *key, GError **error)
{
  g_autoptr (KafSqliteRows) rows =
      kaf_sqlite_prepare (get_db (self), "SELECT value FROM meta WHERE key = ?", error);
  gboolean found;

  if (rows == NULL)
    return NULL;
  kaf_sqlite_bind_text (rows, 1, key);
  return kaf_hub_sqlite_step_once (self, rows, &found, error) && found
             ? g_strdup (kaf_sqlite_text (rows, 0))
             : NULL;
}

static gboolean
storage_set_meta (KafHubStorage *self, const char *key, const char *value, GError **error)
{
  KafSqliteRows *rows =
      kaf_sqlite_prepare (get_db (self),
                          value != NULL ? "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)"
                                        : "DELETE FROM meta WHERE key = ?",
                          error);

  if (rows == NULL)
    return FALSE;
  kaf_sqlite_bind_text (rows, 1, key);
  if (value != NULL)
    kaf_sqlite_bind_text (rows, 2, value);
  return kaf_sqlite_run (get_db (self), rows, error);
}

GPtrArray *
kaf_hub_sqlite_read_keys (KafHubStorage *self, KafSqliteRows *rows, GError **error)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  gboolean found = TRUE;

  while (found)
    {
      if (!kaf_hub_sqlite_step_once (self, rows, &found, error))
        return NULL;
      if (found)
        g_ptr_array_add (keys, g_strdup (kaf_sqlite_text (rows, 0)));
    }
  return g_steal_pointer (&keys);
}

static void
meta_free (gpointer data)
{
  KafHubMeta *self = data;

  g_free (self->key);
  g_free (self->value);
  g_free (self);
}

/* By the index of the keys: behind a key that begins so stands no smaller one than the prefix with its end raised. */
static GPtrArray *
storage_list_meta (KafHubStorage *self, const char *prefix, GError **error)
{
  g_autoptr (KafSqliteRows) rows = kaf_sqlite_prepare (
      get_db (self), "SELECT key, value FROM meta WHERE key >= ? AND key < ? ORDER BY key", error);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (meta_free);
  g_autofree char *end = g_strdup (prefix);
  gboolean found = TRUE;

  if (rows == NULL)
    return NULL;
  end[strlen (end) - 1]++;
  kaf_sqlite_bind_text (rows, 1, prefix);
  kaf_sqlite_bind_text (rows, 2, end);
  while (found)
    {
      if (!kaf_hub_sqlite_step_once (self, rows, &found, error))
        return NULL;
      if (found)
        {
          KafHubMeta *meta = g_new (KafHubMeta, 1);

          meta->key = g_strdup (kaf_sqlite_text (rows, 0));
          meta->value = g_strdup (kaf_sqlite_text (rows, 1));
          g_ptr_array_add (list, meta);
        }
    }
  return g_steal_pointer (&list);
}

/* A text that this program wrote and cannot read: the file is damaged. */
static KafHubRecord *
read_text (const KafEntity *root,
           const char *id,
           gint64 seq,
           const char *scopes,
           const char *doc,
           GError **error)
{
  g_autoptr (GError) local = NULL;
  KafHubRecord *record = kaf_hub_record_parse (root, id, seq, doc, strlen (doc), &local);

  if (record == NULL)
    g_set_error (error, KAF_HUB_ERROR, KAF_HUB_ERROR_IO, "a kept %s: %s", root->id, local->message);
  else
    record->scopes = g_strdup (scopes);
  return record;
}

static gboolean
storage_read_record (KafHubStorage *self,
                     const KafEntity *root,
                     const char *id,
                     KafHubRecord **record,
                     GError **error)
{
  g_autoptr (KafSqliteRows) rows = kaf_sqlite_prepare (
      get_db (self), "SELECT seq, doc, scopes FROM record WHERE entity = ? AND id = ?", error);
  gboolean found;

  *record = NULL;
  if (rows == NULL)
    return FALSE;
  kaf_sqlite_lend_text (rows, 1, root->id, -1);
  kaf_sqlite_lend_text (rows, 2, id, -1);
  if (!kaf_hub_sqlite_step_once (self, rows, &found, error))
    return FALSE;
  if (!found)
    return TRUE;
  *record = read_text (root, id, kaf_sqlite_integer (rows, 0), kaf_sqlite_text (rows, 2),
                       kaf_sqlite_text (rows, 1), error);
  return *record != NULL;
}

static gboolean
is_open (const KafHubRecord *record)
{
  const KafHubPart *part = record->parts->len > 0 ? g_ptr_array_index (record->parts, 0) : NULL;

  return part != NULL && g_str_equal (record->root->id, "conflict") &&
         g_strcmp0 (kaf_record_get (part->record, "state"), "open") == 0;
}

static gboolean
storage_write_record (KafHubStorage *self, const KafHubRecord *record, GError **error)
{
  g_autoptr (GString) own = record->printed == NULL ? g_string_new (NULL) : NULL;
  const GString *doc = own != NULL ? own : record->printed;
  KafHubCached *place;
  KafSqliteRows *rows = kaf_sqlite_prepare (
      get_db (self),
      "INSERT INTO record (entity, id, seq, open, doc, scopes) VALUES (?, ?, ?, ?, ?, ?)"
      " ON CONFLICT (entity, id) DO UPDATE SET seq = excluded.seq, open = excluded.open,"
      " doc = excluded.doc, scopes = excluded.scopes",
      error);

  if (rows == NULL)
    return FALSE;
  if (own != NULL)
    kaf_hub_record_print (record, own);
  kaf_sqlite_lend_text (rows, 1, record->root->id, -1);
  kaf_sqlite_lend_text (rows, 2, record->id, -1);
  kaf_sqlite_bind_integer (rows, 3, record->seq);
  kaf_sqlite_bind_integer (rows, 4, is_open (record));
  kaf_sqlite_lend_text (rows, 5, doc->str, doc->len);
  kaf_sqlite_lend_text (rows, 6, record->scopes, -1);
  ((Storage *) self)->noted = TRUE;
  place = kaf_hub_cache_note (((Storage *) self)->cache, record->root, record->id, record->seq);
  if (place != NULL)
    g_clear_pointer (&place->record, kaf_hub_record_free);
  return kaf_sqlite_run (get_db (self), rows, error) &&
         kaf_hub_sqlite_name_blob (self, record, error);
}

/* One reading of the feed. */
typedef struct
{
  Storage *storage;
  GHashTable *touched;
  KafHubSkipFunc skip;
  KafHubFeedFunc func;
  gpointer data;
  GError *error;
} Reading;

static KafHubRecord *
find_touched (const Reading *self, const KafEntity *root, const char *id)
{
  g_autofree char *key = NULL;

  if (self->touched == NULL)
    return NULL;
  key = kaf_entity_make_key (root, id);
  return g_hash_table_lookup (self->touched, key);
}

/* Of a record that is at hand, unless it was written since. FALSE: no more is wanted, or there is an error. */
static gboolean
tell_cached (KafHubCached *place, gpointer data)
{
  Reading *self = data;
  KafHubRecord *record = place->record;

  if (record == NULL)
    record = find_touched (self, place->root, place->id);
  if (record == NULL)
    {
      if (!storage_read_record (&self->storage->parent, place->root, place->id, &place->record,
                                &self->error))
        return FALSE;
      record = place->record;
    }
  return record == NULL ||
         (self->skip != NULL && self->skip (place->root, place->seq, record->scopes, self->data)) ||
         self->func (record, self->data, &self->error);
}

/* The same of a row. What is passed over is not read; what is of an entity that is not known here, not told. */
static gboolean
tell_row (Reading *self, KafSqliteRows *rows)
{
  const KafEntity *root = kaf_registry_find (kaf_sqlite_text (rows, 0));
  const char *id = kaf_sqlite_text (rows, 1), *scopes = kaf_sqlite_text (rows, 3);
  gint64 seq = kaf_sqlite_integer (rows, 2);
  KafHubCached *place =
      root != NULL ? kaf_hub_cache_note (self->storage->cache, root, id, seq) : NULL;
  g_autoptr (KafHubRecord) own = NULL;
  KafHubRecord *record;

  if (root == NULL || (self->skip != NULL && self->skip (root, seq, scopes, self->data)))
    return TRUE;
  record = place != NULL ? place->record : NULL;
  if (record == NULL)
    record = find_touched (self, root, id);
  if (record == NULL)
    {
      record = read_text (root, id, seq, scopes, kaf_sqlite_text (rows, 4), &self->error);
      if (place != NULL)
        place->record = record;
      else
        own = record;
    }
  return record != NULL && self->func (record, self->data, &self->error);
}

static void
read_rows (Reading *self, gint64 after)
{
  KafHubStorage *storage = &self->storage->parent;
  g_autoptr (KafSqliteRows) rows = kaf_sqlite_prepare (
      get_db (storage),
      "SELECT entity, id, seq, scopes, doc FROM record WHERE seq > ? ORDER BY seq", &self->error);
  gboolean found = TRUE;

  if (rows == NULL)
    return;
  kaf_sqlite_bind_integer (rows, 1, after);
  do
    if (!kaf_hub_sqlite_step_once (storage, rows, &found, &self->error))
      return;
  while (found && tell_row (self, rows));
  if (!found)
    kaf_hub_cache_set_read (self->storage->cache, after);
}

static gboolean
storage_read_feed (KafHubStorage *self,
                   gint64 after,
                   GHashTable *touched,
                   KafHubSkipFunc skip,
                   KafHubFeedFunc func,
                   gpointer data,
                   GError **error)
{
  Reading reading = { (Storage *) self, touched, skip, func, data, NULL };
  KafHubCache *cache = reading.storage->cache;

  if (kaf_hub_cache_covers (cache, after))
    kaf_hub_cache_walk (cache, after, tell_cached, &reading);
  else
    read_rows (&reading, after);
  if (reading.error == NULL)
    return TRUE;
  g_propagate_error (error, reading.error);
  return FALSE;
}

/* FALSE: no more is wanted, or there is an error. */
static gboolean
look_at_place (
    KafSqliteRows *rows, KafHubPlaceFunc place, KafHubFeedFunc func, gpointer data, GError **error)
{
  const char *entity = kaf_sqlite_text (rows, 0);
  const KafHubPlace at = { kaf_registry_find (entity), entity, kaf_sqlite_text (rows, 1),
                           kaf_sqlite_integer (rows, 2), kaf_sqlite_text (rows, 3) };
  KafHubStep step = place (&at, data, error);
  g_autoptr (KafHubRecord) record = NULL;

  if (step == KAF_HUB_PASS)
    return TRUE;
  if (step != KAF_HUB_READ)
    return FALSE;
  record = read_text (at.root, at.id, at.seq, at.scopes, kaf_sqlite_text (rows, 4), error);
  return record != NULL && func (record, data, error);
}

static gboolean
storage_read_places (KafHubStorage *self,
                     const char *entity,
                     const char *id,
                     KafHubPlaceFunc place,
                     KafHubFeedFunc func,
                     gpointer data,
                     gboolean *all,
                     GError **error)
{
  g_autoptr (KafSqliteRows) rows =
      kaf_sqlite_prepare (get_db (self),
                          "SELECT entity, id, seq, scopes, doc FROM record"
                          " WHERE (entity, id) > (?, ?) ORDER BY entity, id",
                          error);
  GError *local = NULL;
  gboolean found = TRUE;

  if (rows == NULL)
    return FALSE;
  kaf_sqlite_bind_text (rows, 1, entity != NULL ? entity : "");
  kaf_sqlite_bind_text (rows, 2, id != NULL ? id : "");
  while (kaf_hub_sqlite_step_once (self, rows, &found, &local) && found &&
         look_at_place (rows, place, func, data, &local))
    ;
  *all = !found;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
drop_parents (KafHubStorage *self, const KafEntity *root, const char *id, GError **error)
{
  KafSqliteRows *rows =
      kaf_sqlite_prepare (get_db (self), "DELETE FROM parent WHERE entity = ? AND id = ?", error);

  if (rows == NULL)
    return FALSE;
  kaf_sqlite_lend_text (rows, 1, root->id, -1);
  kaf_sqlite_lend_text (rows, 2, id, -1);
  return kaf_sqlite_run (get_db (self), rows, error);
}

static gboolean
storage_write_parents (KafHubStorage *self,
                       const KafEntity *root,
                       const char *id,
                       gboolean had,
                       GPtrArray *parents,
                       GError **error)
{
  if (had && !drop_parents (self, root, id, error))
    return FALSE;
  for (guint i = 0; i < parents->len; i++)
    {
      KafSqliteRows *rows = kaf_sqlite_prepare (
          get_db (self), "INSERT OR IGNORE INTO parent (entity, id, parent) VALUES (?, ?, ?)",
          error);
      if (rows == NULL)
        return FALSE;
      kaf_sqlite_lend_text (rows, 1, root->id, -1);
      kaf_sqlite_lend_text (rows, 2, id, -1);
      kaf_sqlite_lend_text (rows, 3, g_ptr_array_index (parents, i), -1);
      if (!kaf_sqlite_run (get_db (self), rows, error))
        return FALSE;
    }
  return TRUE;
}

static GPtrArray *
storage_read_parents (KafHubStorage *self, const KafEntity *root, const char *id, GError **error)
{
  g_autoptr (KafSqliteRows) rows = kaf_sqlite_prepare (
      get_db (self), "SELECT parent FROM parent WHERE entity = ? AND id = ? ORDER BY parent",
      error);

  if (rows == NULL)
    return NULL;
  kaf_sqlite_bind_text (rows, 1, root->id);
  kaf_sqlite_bind_text (rows, 2, id);
  return kaf_hub_sqlite_read_keys (self, rows, error);
}

/* @key: as it stands in "parent". */
static GPtrArray *
read_under (KafHubStorage *self, const char *key, GError **error)
{
  g_autoptr (KafSqliteRows) rows = kaf_sqlite_prepare (
      get_db (self),
      "SELECT entity || char (9) || id FROM parent WHERE parent = ? ORDER BY entity, id", error);

  if (rows == NULL)
    return NULL;
  kaf_sqlite_bind_text (rows, 1, key);
  return kaf_hub_sqlite_read_keys (self, rows, error);
}

static GPtrArray *
storage_read_children (KafHubStorage *self, const KafEntity *root, const char *id, GError **error)
{
  g_autofree char *key = kaf_entity_make_key (root, id);

  return read_under (self, key, error);
}

static GPtrArray *
storage_read_naming (KafHubStorage *self, const KafEntity *root, const char *id, GError **error)
{
  g_autofree char *key = g_strdup_printf ("%c%s\t%s", KAF_HUB_NAMED, root->id, id);

  return read_under (self, key, error);
}

static gboolean
storage_read_device (KafHubStorage *self, guint64 device, KafHubDevice *state, GError **error)
{
  g_autoptr (KafSqliteRows) rows = kaf_sqlite_prepare (
      get_db (self), "SELECT dseq, hash, clock, erased FROM device WHERE device = ?", error);
  gboolean found;
  gsize hash_size, clock_size;
  gconstpointer hash, clock;

  *state = (KafHubDevice){ 0 };
  if (rows == NULL)
    return FALSE;
  kaf_sqlite_bind_integer (rows, 1, (gint64) device);
  if (!kaf_hub_sqlite_step_once (self, rows, &found, error))
    return FALSE;
  if (!found)
    return TRUE;
  state->dseq = kaf_sqlite_integer (rows, 0);
  state->erased = kaf_sqlite_integer (rows, 3);
  hash = kaf_sqlite_blob (rows, 1, &hash_size);
  clock = kaf_sqlite_blob (rows, 2, &clock_size);
  if (hash_size == sizeof state->hash && clock_size == sizeof state->clock)
    {
      memcpy (state->hash, hash, hash_size);
      memcpy (&state->clock, clock, clock_size);
    }
  return TRUE;
}

static gboolean
storage_write_device (KafHubStorage *self,
                      guint64 device,
                      const KafHubDevice *state,
                      GError **error)
{
  KafSqliteRows *rows = kaf_sqlite_prepare (
      get_db (self),
      "INSERT OR REPLACE INTO device (device, dseq, hash, clock, erased) VALUES (?, ?, ?, ?, ?)",
      error);

  if (rows == NULL)
    return FALSE;
  kaf_sqlite_bind_integer (rows, 1, (gint64) device);
  kaf_sqlite_bind_integer (rows, 2, state->dseq);
  kaf_sqlite_bind_blob (rows, 3, state->hash, sizeof state->hash);
  kaf_sqlite_bind_blob (rows, 4, &state->clock, sizeof state->clock);
  kaf_sqlite_bind_integer (rows, 5, state->erased);
  return kaf_sqlite_run (get_db (self), rows, error);
}

void
kaf_hub_receipt_clear (KafHubReceipt *self)
{
  g_clear_pointer (&self->verdict, g_free);
  g_clear_pointer (&self->resend, g_free);
}

static gboolean
storage_read_receipt (
    KafHubStorage *self, guint64 device, gint64 dseq, KafHubReceipt *receipt, GError **error)
{
  g_autoptr (KafSqliteRows) rows = kaf_sqlite_prepare (
      get_db (self),
      "SELECT first, verdict, resend, header FROM op_group WHERE device = ? AND dseq = ?", error);
  gboolean found;
  gconstpointer hash;
  gsize size;

  *receipt = (KafHubReceipt){ 0 };
  if (rows == NULL)
    return FALSE;
  kaf_sqlite_bind_integer (rows, 1, (gint64) device);
  kaf_sqlite_bind_integer (rows, 2, dseq);
  if (!kaf_hub_sqlite_step_once (self, rows, &found, error))
    return FALSE;
  if (!found)
    return TRUE;
  receipt->first = kaf_sqlite_integer (rows, 0);
  receipt->verdict = g_strdup (kaf_sqlite_text (rows, 1));
  receipt->resend = g_strdup (kaf_sqlite_text (rows, 2));
  hash = kaf_sqlite_blob (rows, 3, &size);
  if (size == sizeof receipt->payload_hash)
    memcpy (receipt->payload_hash, hash, size);
  return TRUE;
}

static gboolean
storage_write_group (KafHubStorage *self,
                     const KafOpGroup *group,
                     const char *author,
                     gint64 at,
                     const KafHubReceipt *receipt,
                     GError **error)
{
  KafSqliteRows *rows = kaf_sqlite_prepare (
      get_db (self),
      "INSERT INTO op_group (device, dseq, first, author, at, verdict, resend, header, payload)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      error);

  if (rows == NULL)
    return FALSE;
  kaf_sqlite_bind_integer (rows, 1, (gint64) group->device);
  kaf_sqlite_bind_integer (rows, 2, group->dseq);
  kaf_sqlite_bind_integer (rows, 3, receipt->first);
  kaf_sqlite_bind_text (rows, 4, author);
  kaf_sqlite_bind_integer (rows, 5, at);
  kaf_sqlite_bind_text (rows, 6, receipt->verdict);
  kaf_sqlite_bind_text (rows, 7, receipt->resend);
  kaf_sqlite_bind_blob (rows, 8, group->payload_hash, sizeof group->payload_hash);
  kaf_sqlite_bind_text (rows, 9, group->payload);
  return kaf_sqlite_run (get_db (self), rows, error);
}

static gboolean
storage_set_verdict (
    KafHubStorage *self, guint64 device, gint64 dseq, const char *verdict, GError **error)
{
  KafSqliteRows *rows = kaf_sqlite_prepare (
      get_db (self), "UPDATE op_group SET verdict = ? WHERE device = ? AND dseq = ?", error);

  if (rows == NULL)
    return FALSE;
  kaf_sqlite_bind_text (rows, 1, verdict);
  kaf_sqlite_bind_integer (rows, 2, (gint64) device);
  kaf_sqlite_bind_integer (rows, 3, dseq);
  return kaf_sqlite_run (get_db (self), rows, error);
}

static gboolean
storage_read_refused (KafHubStorage *self,
                      gint64 first,
                      const char *why,
                      KafHubRefusedFunc func,
                      gpointer data,
                      GError **error)
{
  g_autofree char *cell = g_strconcat ("\t", why, NULL);
  g_autoptr (KafSqliteRows) rows = kaf_sqlite_prepare (
      get_db (self),
      first == 0 ? "SELECT device, dseq, first, author, at, verdict, payload FROM op_group"
                   " WHERE verdict <> 'ok' AND instr (verdict, ?2) > 0 ORDER BY first"
                 : "SELECT device, dseq, first, author, at, verdict, payload FROM op_group"
                   " WHERE first = ?1 AND instr (verdict, ?2) > 0",
      error);
  gboolean found = TRUE;

  if (rows == NULL)
    return FALSE;
  if (first != 0)
    kaf_sqlite_bind_integer (rows, 1, first);
  kaf_sqlite_bind_text (rows, 2, cell);
  while (found)
    {
      if (!kaf_hub_sqlite_step_once (self, rows, &found, error))
        return FALSE;
      if (found)
        {
          const KafHubRefusedGroup group = { (guint64) kaf_sqlite_integer (rows, 0),
                                             kaf_sqlite_integer (rows, 1),
                                             kaf_sqlite_integer (rows, 2),
                                             kaf_sqlite_text (rows, 3),
                                             kaf_sqlite_integer (rows, 4),
                                             kaf_sqlite_text (rows, 5),
                                             kaf_sqlite_text (rows, 6) };

          if (!func (&group, data, error))
            return FALSE;
        }
    }
  return TRUE;
}

static gboolean
storage_read_author (KafHubStorage *self, gint64 seq, char **author, gint64 *at, GError **error)
{
  g_autoptr (KafSqliteRows) rows = kaf_sqlite_prepare (
      get_db (self), "SELECT author, at FROM op_group WHERE first <= ? ORDER BY first DESC LIMIT 1",
      error);
  gboolean found;

  *author = NULL;
  *at = 0;
  if (rows == NULL)
    return FALSE;
  kaf_sqlite_bind_integer (rows, 1, seq);
  if (!kaf_hub_sqlite_step_once (self, rows, &found, error))
    return FALSE;
  if (found)
    {
      *author = g_strdup (kaf_sqlite_text (rows, 0));
      *at = kaf_sqlite_integer (rows, 1);
    }
  return TRUE;
}

static gboolean
storage_enter_ref (KafHubStorage *self,
                   const char *ref,
                   const char *entity,
                   const char *id,
                   gboolean *taken,
                   GError **error)
{
  KafSqliteRows *rows = kaf_sqlite_prepare (
      get_db (self), "INSERT OR IGNORE INTO ref (ref, entity, id) VALUES (?, ?, ?)", error);
  g_autoptr (KafSqliteRows) look = NULL;
  gboolean found;

  if (rows == NULL)
    return FALSE;
  kaf_sqlite_lend_text (rows, 1, ref, -1);
  kaf_sqlite_lend_text (rows, 2, entity, -1);
  kaf_sqlite_lend_text (rows, 3, id, -1);
  if (!kaf_sqlite_run (get_db (self), rows, error))
    return FALSE;
  *taken = FALSE;
  if (sqlite3_changes (kaf_sqlite_get_handle (get_db (self))) > 0)
    return TRUE;
  look = kaf_sqlite_prepare (get_db (self),
                             "SELECT 1 FROM ref WHERE ref = ? AND entity = ? AND id = ?", error);
  if (look == NULL)
    return FALSE;
  kaf_sqlite_lend_text (look, 1, ref, -1);
  kaf_sqlite_lend_text (look, 2, entity, -1);
  kaf_sqlite_lend_text (look, 3, id, -1);
  if (!kaf_hub_sqlite_step_once (self, look, &found, error))
    return FALSE;
  *taken = !found;
  return TRUE;
}

static gboolean
storage_find_ref (KafHubStorage *self, const char *ref, char **entity, char **id, GError **error)
{
  g_autoptr (KafSqliteRows) rows =
      kaf_sqlite_prepare (get_db (self), "SELECT entity, id FROM ref WHERE ref = ?", error);
  gboolean found;

  if (rows == NULL)
    return FALSE;
  kaf_sqlite_bind_text (rows, 1, ref);
  if (!kaf_hub_sqlite_step_once (self, rows, &found, error))
    return FALSE;
  *entity = found ? g_strdup (kaf_sqlite_text (rows, 0)) : NULL;
  *id = found ? g_strdup (kaf_sqlite_text (rows, 1)) : NULL;
  return TRUE;
}

static gint64
storage_next_number (KafHubStorage *self, const char *counter, GError **error)
{
  g_autoptr (KafSqliteRows) rows =
      kaf_sqlite_prepare (get_db (self),
                          "INSERT INTO counter (name, value) VALUES (?, 1)"
                          " ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value",
                          error);
  gboolean found;
  gint64 number;

  if (rows == NULL)
    return -1;
  kaf_sqlite_bind_text (rows, 1, counter);
  if (!kaf_hub_sqlite_step_once (self, rows, &found, error) || !found)
    return -1;
  number = kaf_sqlite_integer (rows, 0);
  return kaf_hub_sqlite_step_once (self, rows, &found, error) ? number : -1;
}

static GPtrArray *
storage_find_telling (KafHubStorage *self, const KafEntity *root, GHashTable *ids, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (KafSqliteRows) rows =
      kaf_sqlite_prepare (get_db (self), "SELECT id, doc FROM record WHERE entity = ?", error);
  gboolean more = TRUE;

  if (rows == NULL)
    return NULL;
  kaf_sqlite_bind_text (rows, 1, root->id);
  while (more)
    {
      if (!kaf_hub_sqlite_step_once (self, rows, &more, error))
        return NULL;
      if (more && kaf_hub_sqlite_may_tell (kaf_sqlite_text (rows, 1), ids))
        g_ptr_array_add (found, g_strdup (kaf_sqlite_text (rows, 0)));
    }
  return g_steal_pointer (&found);
}

static gboolean
storage_get_figures (KafHubStorage *self, KafHubFigures *figures, GError **error)
{
  g_autofree char *seq = storage_get_meta (self, "seq", error);
  GError *local = NULL;
  g_autofree char *moves = storage_get_meta (self, "moves", NULL);

  figures->seq = seq != NULL ? g_ascii_strtoll (seq, NULL, 10) : 0;
  figures->n_moves = moves != NULL ? g_ascii_strtoll (moves, NULL, 10) : 0;
  figures->n_records =
      kaf_sqlite_get_integer (get_db (self), "SELECT count(*) FROM record", &local);
  if (local == NULL)
    figures->n_conflicts =
        kaf_sqlite_get_integer (get_db (self), "SELECT count(*) FROM record WHERE open", &local);
  if (local == NULL)
    figures->n_erased =
        kaf_sqlite_get_integer (get_db (self), "SELECT count(*) FROM erased", &local);
  if (local == NULL)
    figures->last_erased =
        kaf_sqlite_get_integer (get_db (self), "SELECT max (number) FROM erased", &local);
  if (local == NULL)
    figures->n_awaited = kaf_sqlite_get_integer (
        get_db (self),
        /* Of number 0 is the hub's own hand. */
        "SELECT count(*) FROM device WHERE device <> 0 AND erased < (SELECT max (number) FROM erased)",
        &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
storage_back_up (KafHubStorage *self, const char *path, GError **error)
{
  return kaf_sqlite_copy_to (get_db (self), path, error);
}

static const KafHubStorageClass storage_class = {
  .close = storage_close,
  .begin = storage_begin,
  .end = storage_end,
  .forget = storage_forget,
  .begin_part = storage_begin_part,
  .end_part = storage_end_part,
  .get_meta = storage_get_meta,
  .set_meta = storage_set_meta,
  .list_meta = storage_list_meta,
  .read_record = storage_read_record,
  .write_record = storage_write_record,
  .read_feed = storage_read_feed,
  .read_places = storage_read_places,
  .write_parents = storage_write_parents,
  .read_parents = storage_read_parents,
  .read_children = storage_read_children,
  .find_telling = storage_find_telling,
  .read_naming = storage_read_naming,
  .read_device = storage_read_device,
  .write_device = storage_write_device,
  .read_receipt = storage_read_receipt,
  .write_group = storage_write_group,
  .set_verdict = storage_set_verdict,
  .read_refused = storage_read_refused,
  .read_author = storage_read_author,
  .enter_ref = storage_enter_ref,
  .find_ref = storage_find_ref,
  .next_number = storage_next_number,
  .erase = kaf_hub_sqlite_erase,
  .is_erased = kaf_hub_sqlite_is_erased,
  .read_erased = kaf_hub_sqlite_read_erased,
  .scrub = kaf_hub_sqlite_scrub,
  .write_paper = kaf_hub_sqlite_write_paper,
  .drop_paper = kaf_hub_sqlite_drop_paper,
  .read_papers = kaf_hub_sqlite_read_papers,
  .list_papered = kaf_hub_sqlite_list_papered,
  .find_blob_names = kaf_hub_sqlite_find_blob_names,
  .read_blob = kaf_hub_sqlite_read_blob,
  .write_blob = kaf_hub_sqlite_write_blob,
  .drop_blob = kaf_hub_sqlite_drop_blob,
  .sum_blobs = kaf_hub_sqlite_sum_blobs,
  .list_stale_blobs = kaf_hub_sqlite_list_stale_blobs,
  .get_figures = storage_get_figures,
  .back_up = storage_back_up,
};

/* From version 1, which knew of no scopes: they are looked for when the hub opens; and from version 2, which would leave the
 * numbers of papers of who is erased. An index came later, and is no version. */
static gboolean
migrate (KafSqlite *db, GError **error)
{
  int version = kaf_sqlite_get_version (db);

  return (version >= 2 ||
          kaf_sqlite_exec (
              db,
              "BEGIN IMMEDIATE; ALTER TABLE record ADD COLUMN scopes TEXT;" PARENT_TABLE
              "PRAGMA user_version = 2; COMMIT",
              error)) &&
         (version >= 3 || kaf_sqlite_exec (db,
                                           "BEGIN IMMEDIATE;" KAF_HUB_SQLITE_PAPERS
                                           "PRAGMA user_version = 3; COMMIT",
                                           error)) &&
         kaf_sqlite_exec (db, REFUSED_INDEX, error);
}

KafHubStorage *
kaf_hub_sqlite_open (const char *path, gboolean create, KafRandom *random, GError **error)
{
  KafSqlite *db = kaf_sqlite_open (path, &hub_kind, create, error);
  g_autofree char *epoch = g_strdup_printf ("%016" G_GINT64_MODIFIER "x", kaf_random_u64 (random));
  Storage *self;

  if (db == NULL)
    return NULL;
  self = g_new0 (Storage, 1);
  self->parent.klass = &storage_class;
  self->db = db;
  self->cache = kaf_hub_cache_new (CACHED_MAX);
  if (!kaf_sqlite_exec (db, "PRAGMA cache_size = -" CACHE_KIB, error) || !migrate (db, error))
    {
      storage_close (&self->parent);
      return NULL;
    }
  if (!create || storage_set_meta (&self->parent, "epoch", epoch, error))
    return &self->parent;
  storage_close (&self->parent);
  return NULL;
}

void
kaf_hub_sqlite_checkpoint_aside (KafHubStorage *self)
{
  kaf_sqlite_checkpoint_aside (get_db (self));
}

KafHubStorage *
kaf_hub_sqlite_open_reader (const char *path, GError **error)
{
  KafSqlite *db = kaf_sqlite_open (path, &hub_kind, FALSE, error);
  Storage *self;

  if (db == NULL)
    return NULL;
  self = g_new0 (Storage, 1);
  self->parent.klass = &storage_class;
  self->db = db;
  self->cache = kaf_hub_cache_new (READER_CACHED_MAX);
  if (kaf_sqlite_set_reads_only (db, error))
    return &self->parent;
  storage_close (&self->parent);
  return NULL;
}
