/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-outbox.h"

#include <string.h>

#include "store/kaf-database-private.h"
#include "store/kaf-duplicates.h"
#include "store/kaf-sync-state.h"
#include "sync/kaf-op-group.h"
#include "sync/kaf-operation.h"

/* In the place of a value, of the record as a whole. */
#define CREATED "created"
#define DELETED "deleted"
#define RESTORED "restored"

struct _KafOutbox
{
  KafDatabase *db;
  gint64 acked;
  gboolean empty;
  char *id;           /* of the record looked up last */
  GHashTable *groups; /* set of gint64: seq of those read */
  GHashTable *fields; /* "ENTITY\tID\tFIELD" that wait in them → the last value, nullable */
};

/* Groups of this device after number ?2, in their order. */
static KafStatement *
prepare_groups (KafDatabase *db, gint64 acked, GError **error)
{
  g_autofree char *device = g_strdup_printf ("%016" G_GINT64_MODIFIER "x", db->device);
  KafStatement *statement = kaf_database_prepare (
      db,
      "SELECT dseq, batch, at, author, hlc, schema, n_ops, prev_hash, payload_hash, salt,"
      " coalesce (payload, remainder), saw, payload IS NULL, " KAF_OUTBOX_IS_LISTS
      " FROM op_group g WHERE device = ?1 AND dseq > ?2 ORDER BY dseq",
      error);

  if (statement == NULL)
    return NULL;
  kaf_statement_bind_text (statement, 1, device);
  sqlite3_bind_int64 (statement, 2, acked);
  return statement;
}

gint64
kaf_outbox_get_last (KafDatabase *db, GError **error)
{
  g_autofree char *device = g_strdup_printf ("%016" G_GINT64_MODIFIER "x", db->device);
  g_autoptr (KafStatement) statement =
      kaf_database_prepare (db, "SELECT max (dseq) FROM op_group WHERE device = ?", error);

  if (statement == NULL)
    return 0;
  kaf_statement_bind_text (statement, 1, device);
  return kaf_database_step (db, statement, error) ? sqlite3_column_int64 (statement, 0) : 0;
}

char *
kaf_outbox_get_hash (KafDatabase *db, gint64 dseq, GError **error)
{
  g_autofree char *device = g_strdup_printf ("%016" G_GINT64_MODIFIER "x", db->device);
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      db, "SELECT lower (hex (hash)) FROM op_group WHERE device = ? AND dseq = ?", error);

  if (statement == NULL)
    return NULL;
  kaf_statement_bind_text (statement, 1, device);
  sqlite3_bind_int64 (statement, 2, dseq);
  return kaf_database_step (db, statement, error) ? g_strdup (kaf_statement_text (statement, 0))
                                                  : NULL;
}

static void
copy_bytes (KafStatement *statement, int column, guint8 *bytes, int size)
{
  if (sqlite3_column_bytes (statement, column) == size)
    memcpy (bytes, sqlite3_column_blob (statement, column), size);
}

/* The group at hand; its texts are the statement's. */
static KafOpGroup
read_group (KafDatabase *db, KafStatement *statement)
{
  KafOpGroup group = {
    .device = db->device,
    .dseq = sqlite3_column_int64 (statement, 0),
    .batch = (char *) kaf_statement_text (statement, 1),
    .at = sqlite3_column_int64 (statement, 2),
    .author = (char *) kaf_statement_text (statement, 3),
    .schema = sqlite3_column_int64 (statement, 5),
    .n_ops = sqlite3_column_int (statement, 6),
    .payload = (char *) kaf_statement_text (statement, 10),
    .saw = sqlite3_column_int64 (statement, 11),
    .partial = sqlite3_column_int (statement, 12),
  };

  copy_bytes (statement, 4, group.clock.bytes, KAF_HLC_SIZE);
  copy_bytes (statement, 7, group.prev_hash, KAF_OP_GROUP_HASH_SIZE);
  copy_bytes (statement, 8, group.payload_hash, KAF_OP_GROUP_HASH_SIZE);
  copy_bytes (statement, 9, group.salt, KAF_OP_GROUP_SALT_SIZE);
  return group;
}

gboolean
kaf_outbox_print_after (KafDatabase *db,
                        gint64 after,
                        gsize most,
                        GString *out,
                        guint *n_made,
                        gint64 *last,
                        GError **error)
{
  g_autoptr (KafStatement) statement = prepare_groups (db, after, error);
  g_autoptr (GHashTable) held = kaf_duplicates_get_held (db);
  gsize limit = out->len + most;
  GError *local = NULL;

  *n_made = 0;
  *last = after;
  if (statement == NULL)
    return FALSE;
  while (out->len < limit && kaf_database_step (db, statement, &local))
    {
      KafOpGroup group = read_group (db, statement);
      g_autofree char *rest =
          held != NULL && group.payload != NULL ? kaf_operation_strip (group.payload, held) : NULL;

      if (held != NULL && g_strcmp0 (rest, group.payload) != 0)
        {
          group.payload = rest;
          group.partial = TRUE;
        }
      kaf_op_group_print (&group, out);
      if (!sqlite3_column_int (statement, 13))
        *n_made += group.n_ops;
      *last = group.dseq;
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

gboolean
kaf_outbox_print (KafDatabase *db, gsize most, GString *out, GError **error)
{
  g_auto (KafSyncState) state = { 0 };
  gint64 last;
  guint n_made;

  return kaf_sync_state_read (db, &state, error) &&
         kaf_outbox_print_after (db, state.acked, most, out, &n_made, &last, error);
}

static const char *
name_fate (KafChangeKind kind)
{
  return kind == KAF_CHANGE_CREATE ? CREATED : kind == KAF_CHANGE_DELETE ? DELETED : RESTORED;
}

static void
note (KafOutbox *self, const KafOperation *op)
{
  const KafEntity *entity = kaf_operation_get_entity (op);
  const char *id = kaf_operation_get_id (op);

  if (op->kind != KAF_CHANGE_UPDATE)
    g_hash_table_insert (self->fields, g_strdup_printf ("%s\t%s\t", entity->id, id),
                         g_strdup (name_fate (op->kind)));
  for (guint i = 0; entity->fields[i].id != NULL; i++)
    if (kaf_record_holds_at (op->after, i))
      g_hash_table_insert (self->fields,
                           g_strdup_printf ("%s\t%s\t%s", entity->id, id, entity->fields[i].id),
                           g_strdup (kaf_record_get_at (op->after, i)));
}

KafOutbox *
kaf_outbox_open (KafDatabase *db, gint64 acked)
{
  KafOutbox *self = g_new0 (KafOutbox, 1);

  self->db = db;
  self->acked = acked;
  self->empty = kaf_outbox_get_last (db, NULL) <= acked;
  self->groups = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
kaf_outbox_free (KafOutbox *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_hash_table_unref (self->groups);
  g_hash_table_unref (self->fields);
  g_free (self);
}

/* Each group once, whatever records of it are asked for. */
static void
read_once (KafOutbox *self, gint64 seq, const char *payload)
{
  g_autoptr (GPtrArray) operations = NULL;
  gint64 *key = g_new (gint64, 1);

  *key = seq;
  if (!g_hash_table_add (self->groups, key) || payload == NULL)
    return;
  operations = kaf_operation_parse (payload, strlen (payload), NULL);
  for (guint i = 0; operations != NULL && i < operations->len; i++)
    note (self, g_ptr_array_index (operations, i));
}

/* The groups that wait and touch the record of that row number: their number here, and what they say. */
static KafStatement *
prepare_touching (KafDatabase *db, gint64 rid, gint64 acked)
{
  g_autofree char *device = g_strdup_printf ("%016" G_GINT64_MODIFIER "x", db->device);
  KafStatement *statement = kaf_database_prepare (
      db,
      "SELECT g.seq, coalesce (g.payload, g.remainder) FROM op o JOIN op_group g ON g.seq = o.seq"
      " WHERE o.rid = ? AND g.device = ? AND g.dseq > ?",
      NULL);

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, rid);
  kaf_statement_bind_text (statement, 2, device);
  sqlite3_bind_int64 (statement, 3, acked);
  return statement;
}

static void
look_up (KafOutbox *self, const char *id, gint64 rid)
{
  KafDatabase *db = self->db;
  g_autoptr (KafStatement) statement = prepare_touching (db, rid, self->acked);

  g_free (self->id);
  self->id = g_strdup (id);
  if (statement == NULL)
    return;
  while (kaf_database_step (db, statement, NULL))
    read_once (self, sqlite3_column_int64 (statement, 0), kaf_statement_text (statement, 1));
}

/* @value (out): nullable. */
static gboolean
find (KafOutbox *self, const KafEntity *entity, const char *id, int field, const char **value)
{
  g_autofree char *key = NULL;
  gpointer found = NULL;
  gboolean waits;

  *value = NULL;
  if (self->empty)
    return FALSE;
  if (g_strcmp0 (self->id, id) != 0)
    look_up (self, id, kaf_database_find_rid (self->db, kaf_entity_get_root (entity), id));
  if (g_hash_table_size (self->fields) == 0)
    return FALSE;
  key = g_strdup_printf ("%s\t%s\t%s", entity->id, id, field >= 0 ? entity->fields[field].id : "");
  waits = g_hash_table_lookup_extended (self->fields, key, NULL, &found);
  *value = found;
  return waits;
}

gboolean
kaf_outbox_holds (const KafEntity *entity, const char *id, int field, gpointer data)
{
  const char *value;

  return find (data, entity, id, field, &value);
}

const char *
kaf_outbox_get (KafOutbox *self, const KafEntity *entity, const char *id, guint field)
{
  const char *value;

  find (self, entity, id, field, &value);
  return value;
}

gboolean
kaf_outbox_deletes (KafOutbox *self, const KafEntity *entity, const char *id)
{
  const char *value;

  find (self, entity, id, -1, &value);
  return g_strcmp0 (value, DELETED) == 0;
}

gboolean
kaf_outbox_creates (KafOutbox *self, const KafEntity *entity, const char *id)
{
  const char *value;

  find (self, entity, id, -1, &value);
  return g_strcmp0 (value, CREATED) == 0;
}

void
kaf_outbox_bring_back (KafOutbox *self, const char *id, gint64 rid)
{
  look_up (self, id, rid);
}

gboolean
kaf_outbox_count_all (KafDatabase *db, guint *n, GError **error)
{
  g_auto (KafSyncState) state = { 0 };
  g_autoptr (KafStatement) groups = NULL;
  GError *local = NULL;

  *n = 0;
  if (!kaf_sync_state_read (db, &state, error))
    return FALSE;
  groups = prepare_groups (db, state.acked, error);
  if (groups == NULL)
    return FALSE;
  while (kaf_database_step (db, groups, &local))
    {
      const char *payload = kaf_statement_text (groups, 10);
      g_autoptr (GPtrArray) operations =
          payload != NULL ? kaf_operation_parse (payload, strlen (payload), NULL) : NULL;

      *n += operations != NULL ? operations->len : 0;
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

guint
kaf_outbox_count (KafDatabase *db, const KafEntity *root, const char *id)
{
  g_auto (KafSyncState) state = { 0 };
  g_autoptr (KafStatement) statement = NULL;
  guint n = 0;

  /* Asked first: where nothing was ever sent, all that was ever written would be counted. */
  if (!kaf_sync_is_enrolled (db) || !kaf_sync_state_read (db, &state, NULL) || state.n_unsent == 0)
    return 0;
  statement = prepare_touching (db, kaf_database_find_rid (db, root, id), state.acked);
  while (statement != NULL && kaf_database_step (db, statement, NULL))
    {
      const char *payload = kaf_statement_text (statement, 1);
      g_autoptr (GPtrArray) operations =
          payload != NULL ? kaf_operation_parse_record (payload, id, NULL) : NULL;

      for (guint i = 0; operations != NULL && i < operations->len; i++)
        n += kaf_entity_get_root (kaf_operation_get_entity (g_ptr_array_index (operations, i))) ==
             root;
    }
  return n;
}

GHashTable *
kaf_outbox_find_waiting (KafDatabase *db, const KafEntity *entity, GError **error)
{
  g_auto (KafSyncState) state = { 0 };
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *name = g_strdup_printf ("\"%s\"", entity->id);
  g_autoptr (KafStatement) statement = NULL;
  GError *local = NULL;

  if (!kaf_sync_is_enrolled (db))
    return g_steal_pointer (&ids);
  if (!kaf_sync_state_read (db, &state, error))
    return NULL;
  if (state.n_unsent == 0)
    return g_steal_pointer (&ids);
  statement = prepare_groups (db, state.acked, error);
  if (statement == NULL)
    return NULL;
  while (kaf_database_step (db, statement, &local))
    {
      const char *payload = kaf_statement_text (statement, 10);
      /* Most groups tell of other things. */
      g_autoptr (GPtrArray) operations = payload != NULL && strstr (payload, name) != NULL
                                             ? kaf_operation_parse (payload, strlen (payload), NULL)
                                             : NULL;

      for (guint i = 0; operations != NULL && i < operations->len; i++)
        if (kaf_operation_get_entity (g_ptr_array_index (operations, i)) == entity)
          g_hash_table_add (ids,
                            g_strdup (kaf_operation_get_id (g_ptr_array_index (operations, i))));
    }
  if (local == NULL)
    return g_steal_pointer (&ids);
  g_propagate_error (error, local);
  return NULL;
}
