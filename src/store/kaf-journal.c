/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-journal.h"

#include <string.h>

#include "rules/kaf-told.h"
#include "schema/kaf-registry.h"
#include "sync/kaf-op-group.h"

/* Rows of op that one statement writes. */
#define OPS_AT_ONCE 20

/* A group that nothing is added to any more; its payload is hashed on a thread, while the next one fills. */
typedef struct
{
  GString *payload; /* NULL: there is none */
  GArray *rids;
  guint n_ops;
  gint64 at;
  KafHlc clock;
  guint8 salt[KAF_OP_GROUP_SALT_SIZE];
  guint8 payload_hash[KAF_OP_GROUP_HASH_SIZE];
  GThread *hashing; /* NULL: it is hashed */
} Closed;

struct _KafJournal
{
  KafDatabase *db;
  char *batch;
  char *author;
  char *device;
  gint64 seq;
  gint64 dseq;
  gint64 first;
  gint64 at;          /* µs; 0: now */
  KafSyncPlace place; /* how far this device has read */
  guint8 prev_hash[KAF_OP_GROUP_HASH_SIZE];
  KafHlc clock;
  gboolean open; /* the clock of the group under way was drawn */
  GString *payload;
  GArray *rids; /* of gint64: records of the group under way */
  guint n_ops;
  Closed closed; /* the one before, which is still to be written */
};

static void
digest (GChecksum *checksum, guint8 hash[KAF_OP_GROUP_HASH_SIZE])
{
  gsize size = KAF_OP_GROUP_HASH_SIZE;

  g_checksum_get_digest (checksum, hash, &size);
  g_checksum_free (checksum);
}

/* Each column is preceded by its length, so that no two headers read alike. */
void
kaf_journal_hash_header (KafStatement *row, guint8 hash[KAF_OP_GROUP_HASH_SIZE])
{
  GChecksum *checksum = g_checksum_new (G_CHECKSUM_SHA256);

  for (int i = 0; i < 10; i++)
    {
      gconstpointer data = sqlite3_column_blob (row, i);
      guint32 size = GUINT32_TO_BE (sqlite3_column_bytes (row, i));

      g_checksum_update (checksum, (const guchar *) &size, sizeof size);
      if (data != NULL)
        g_checksum_update (checksum, data, sqlite3_column_bytes (row, i));
    }
  digest (checksum, hash);
}

/* Where the chain of this device ended. */
static void
read_end (KafJournal *self)
{
  KafDatabase *db = self->db;
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      db, "SELECT seq, dseq, hlc, hash FROM op_group WHERE device = ? ORDER BY dseq DESC LIMIT 1",
      NULL);

  if (statement != NULL)
    {
      kaf_statement_bind_text (statement, 1, self->device);
      if (kaf_database_step (db, statement, NULL) &&
          sqlite3_column_bytes (statement, 2) == KAF_HLC_SIZE &&
          sqlite3_column_bytes (statement, 3) == KAF_OP_GROUP_HASH_SIZE)
        {
          self->dseq = sqlite3_column_int64 (statement, 1);
          memcpy (self->clock.bytes, sqlite3_column_blob (statement, 2), KAF_HLC_SIZE);
          memcpy (self->prev_hash, sqlite3_column_blob (statement, 3), KAF_OP_GROUP_HASH_SIZE);
        }
    }
  self->seq = kaf_database_get_int (db, "SELECT max (seq) FROM op_group", NULL);
}

KafJournal *
kaf_journal_new (KafDatabase *db, const char *batch, const char *author, const KafSyncPlace *place)
{
  KafJournal *self = g_new0 (KafJournal, 1);

  self->db = db;
  self->batch = g_strdup (batch);
  self->author = g_strdup (author);
  self->place = *place;
  self->device = g_strdup_printf ("%016" G_GINT64_MODIFIER "x", db->device);
  self->payload = g_string_new (NULL);
  self->rids = g_array_new (FALSE, FALSE, sizeof (gint64));
  read_end (self);
  return self;
}

static void
wait_for_hash (Closed *closed)
{
  if (closed->hashing != NULL)
    g_thread_join (g_steal_pointer (&closed->hashing));
}

static void
closed_clear (Closed *closed)
{
  wait_for_hash (closed);
  if (closed->payload != NULL)
    g_string_free (g_steal_pointer (&closed->payload), TRUE);
  g_clear_pointer (&closed->rids, g_array_unref);
}

void
kaf_journal_free (KafJournal *self)
{
  closed_clear (&self->closed);
  g_free (self->batch);
  g_free (self->author);
  g_free (self->device);
  g_string_free (self->payload, TRUE);
  g_array_unref (self->rids);
  g_free (self);
}

void
kaf_journal_speak_for_others (KafJournal *self)
{
  self->place.told = KAF_CLASS_ALL;
  self->place.schema = self->db->schema;
  g_free (self->device);
  self->device = g_strdup (KAF_JOURNAL_OTHERS);
  self->dseq = 0;
  self->clock = (KafHlc){ 0 };
  memset (self->prev_hash, 0, sizeof self->prev_hash);
  read_end (self);
}

gboolean
kaf_journal_set_author (KafJournal *self, const char *author, gint64 at, GError **error)
{
  if (g_strcmp0 (author, self->author) == 0 && at == self->at)
    return TRUE;
  if (!kaf_journal_flush (self, error))
    return FALSE;
  g_free (self->author);
  self->author = g_strdup (author);
  self->at = at;
  return TRUE;
}

gint64
kaf_journal_get_first (KafJournal *self)
{
  return self->first;
}

/* Of the fields of @part those that the author was not told; with @change, of those alone that it tells. What his program
 * does not know it cannot name. @unseen: NULL until there is one. */
static void
add_unseen (const KafJournal *self, KafRecord *part, const KafRecord *change, GArray **unseen)
{
  KafUnseen one = { .entity = kaf_record_get_entity (part) };

  for (; one.entity->fields[one.field].id != NULL; one.field++)
    {
      if (one.entity->fields[one.field].since > self->db->schema ||
          (change != NULL && !kaf_operation_tells (change, one.field)) ||
          (kaf_told_can_read (self->place.told, part, one.field) &&
           one.entity->fields[one.field].since <= self->place.schema))
        continue;
      if (*unseen == NULL)
        *unseen = g_array_new (FALSE, FALSE, sizeof (KafUnseen));
      g_array_append_val (*unseen, one);
    }
}

/* NULL: he was told all that he writes, or all that goes by what he deletes: facets with their owner.
 * (element-type KafUnseen) (transfer full) */
static GArray *
list_unseen (const KafJournal *self, KafChangeKind kind, KafRecord *before, KafRecord *change)
{
  const KafEntity *entity = kaf_record_get_entity (change), *facet;
  GArray *unseen = NULL;

  if (self->place.told == KAF_CLASS_ALL && self->place.schema == self->db->schema)
    return NULL;
  add_unseen (self, before != NULL ? before : change, kind != KAF_CHANGE_DELETE ? change : NULL,
              &unseen);
  if (kind != KAF_CHANGE_DELETE)
    return unseen;
  for (guint bit = 1; (facet = kaf_registry_find_facet (entity, bit)) != NULL; bit <<= 1)
    {
      g_autoptr (KafRecord) part = kaf_record_new (facet, kaf_record_get_id (change));

      add_unseen (self, part, NULL, &unseen);
    }
  return unseen;
}

void
kaf_journal_add (KafJournal *self,
                 KafChangeKind kind,
                 KafRecord *before,
                 KafRecord *change,
                 gint64 rid,
                 const KafHlc *base)
{
  g_autoptr (GArray) unseen = list_unseen (self, kind, before, change);

  g_string_append_c (self->payload, self->n_ops > 0 ? ',' : '[');
  kaf_operation_print (kind, before, change, base, unseen, self->payload);
  self->n_ops++;
  g_array_append_val (self->rids, rid);
}

/* In the order of KAF_JOURNAL_HEADER, from 1 on. */
static void
bind_header (KafJournal *self, KafStatement *statement, const Closed *closed)
{
  sqlite3_bind_text (statement, 1, self->device, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 2, self->dseq);
  sqlite3_bind_text (statement, 3, self->batch, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 4, closed->at);
  kaf_statement_bind_text (statement, 5, self->author);
  sqlite3_bind_blob (statement, 6, closed->clock.bytes, KAF_HLC_SIZE, SQLITE_STATIC);
  sqlite3_bind_int (statement, 7, self->db->schema);
  sqlite3_bind_int (statement, 8, closed->n_ops);
  sqlite3_bind_blob (statement, 9, self->prev_hash, KAF_OP_GROUP_HASH_SIZE, SQLITE_STATIC);
  sqlite3_bind_blob (statement, 10, closed->payload_hash, KAF_OP_GROUP_HASH_SIZE, SQLITE_STATIC);
}

/* As it will be read back, without the group being written twice for it. */
static gboolean
hash_group (KafJournal *self,
            const Closed *closed,
            guint8 hash[KAF_OP_GROUP_HASH_SIZE],
            GError **error)
{
  g_autoptr (KafStatement) row =
      kaf_database_prepare (self->db, "SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10", error);

  if (row == NULL)
    return FALSE;
  bind_header (self, row, closed);
  if (!kaf_database_step (self->db, row, error))
    return FALSE;
  kaf_journal_hash_header (row, hash);
  return TRUE;
}

static gboolean
write_group (KafJournal *self, const Closed *closed, GError **error)
{
  guint8 hash[KAF_OP_GROUP_HASH_SIZE];
  KafStatement *insert = kaf_database_prepare (
      self->db,
      "INSERT INTO op_group (" KAF_JOURNAL_HEADER ", hash, seq, salt, payload, saw)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
      error);

  if (insert == NULL || !hash_group (self, closed, hash, error))
    return FALSE;
  bind_header (self, insert, closed);
  sqlite3_bind_blob (insert, 11, hash, sizeof hash, SQLITE_STATIC);
  sqlite3_bind_int64 (insert, 12, self->seq);
  sqlite3_bind_blob (insert, 13, closed->salt, sizeof closed->salt, SQLITE_STATIC);
  sqlite3_bind_text (insert, 14, closed->payload->str, closed->payload->len, SQLITE_STATIC);
  sqlite3_bind_int64 (insert, 15, self->place.seen);
  if (!kaf_database_run (self->db, insert, error))
    return FALSE;
  memcpy (self->prev_hash, hash, sizeof hash);
  return TRUE;
}

gboolean
kaf_journal_seal (KafDatabase *db, gint64 seq, guint8 hash[KAF_OP_GROUP_HASH_SIZE], GError **error)
{
  g_autoptr (KafStatement) row =
      kaf_database_prepare (db, "SELECT " KAF_JOURNAL_HEADER " FROM op_group WHERE seq = ?", error);
  KafStatement *seal =
      kaf_database_prepare (db, "UPDATE op_group SET hash = ? WHERE seq = ?", error);

  if (row == NULL || seal == NULL)
    return FALSE;
  sqlite3_bind_int64 (row, 1, seq);
  if (!kaf_database_step (db, row, error))
    return FALSE;
  kaf_journal_hash_header (row, hash);
  kaf_statement_done (row);

  sqlite3_bind_blob (seal, 1, hash, KAF_OP_GROUP_HASH_SIZE, SQLITE_STATIC);
  sqlite3_bind_int64 (seal, 2, seq);
  return kaf_database_run (db, seal, error);
}

#define OPS_VALUES "(?, ?)"
#define OPS_5 OPS_VALUES ", " OPS_VALUES ", " OPS_VALUES ", " OPS_VALUES ", " OPS_VALUES
#define INSERT_OPS "INSERT OR IGNORE INTO op (rid, seq) VALUES "
#define INSERT_MANY_OPS INSERT_OPS OPS_5 ", " OPS_5 ", " OPS_5 ", " OPS_5
G_STATIC_ASSERT (OPS_AT_ONCE == 4 * 5);

/* Many at once cost SQLite a quarter of each for itself. */
static gboolean
write_ops (KafJournal *self, const GArray *rids, GError **error)
{
  for (guint from = 0, n; from < rids->len; from += n)
    {
      KafStatement *statement;

      n = rids->len - from >= OPS_AT_ONCE ? OPS_AT_ONCE : 1;
      statement =
          kaf_database_prepare (self->db, n > 1 ? INSERT_MANY_OPS : INSERT_OPS OPS_VALUES, error);
      if (statement == NULL)
        return FALSE;
      for (guint i = 0; i < n; i++)
        {
          sqlite3_bind_int64 (statement, (int) i * 2 + 1, g_array_index (rids, gint64, from + i));
          sqlite3_bind_int64 (statement, (int) i * 2 + 2, self->seq);
        }
      if (!kaf_database_run (self->db, statement, error))
        return FALSE;
    }
  return TRUE;
}

/* The closed one, if there is one. */
static gboolean
write_closed (KafJournal *self, GError **error)
{
  Closed *closed = &self->closed;
  gboolean done;

  if (closed->payload == NULL)
    return TRUE;
  wait_for_hash (closed);
  self->seq++;
  self->dseq++;
  if (self->first == 0)
    self->first = self->seq;
  done = write_group (self, closed, error) && write_ops (self, closed->rids, error);
  closed_clear (closed);
  return done;
}

static gpointer
hash_payload (gpointer data)
{
  Closed *closed = data;

  kaf_op_group_hash_payload (closed->salt, sizeof closed->salt, closed->payload->str,
                             closed->payload_hash);
  return NULL;
}

/* The group under way is closed: what comes goes into another. */
static gboolean
close_group (KafJournal *self, GError **error)
{
  Closed *closed = &self->closed;

  if (!write_closed (self, error))
    return FALSE;
  g_string_append_c (self->payload, ']');
  *closed = (Closed){ .payload = self->payload,
                      .rids = self->rids,
                      .n_ops = self->n_ops,
                      .at = self->at > 0 ? self->at : kaf_clock_now (self->db->clock),
                      .clock = self->clock };
  kaf_random_bytes (self->db->random, closed->salt, sizeof closed->salt);
  self->payload = g_string_new (NULL);
  self->rids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->n_ops = 0;
  self->open = FALSE;
  return TRUE;
}

gboolean
kaf_journal_flush (KafJournal *self, GError **error)
{
  if (self->n_ops > 0)
    {
      if (!close_group (self, error))
        return FALSE;
      hash_payload (&self->closed);
    }
  return write_closed (self, error);
}

const KafHlc *
kaf_journal_prepare (KafJournal *self, GError **error)
{
  if (self->n_ops >= KAF_OP_GROUP_MAX_OPS || self->payload->len >= KAF_JOURNAL_MAX_BYTES)
    {
      if (!close_group (self, error))
        return NULL;
      self->closed.hashing = g_thread_new ("kaf-journal", hash_payload, &self->closed);
    }

  if (!self->open)
    self->clock = kaf_hlc_tick (&self->clock, kaf_clock_now (self->db->clock), self->db->device);
  self->open = TRUE;
  return &self->clock;
}
