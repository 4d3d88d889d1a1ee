/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-scratch.h"

#include "store/kaf-database-private.h"
#include "store/kaf-mission-now.h"
#include "store/kaf-writer.h"

struct _KafScratch
{
  KafDatabase *db;
  GHashTable *missions; /* set of ids: those that were put */
  gint64 rid;           /* the last that was given */
};

KafScratch *
kaf_scratch_new (GError **error)
{
  KafDatabase *db = kaf_database_open_in_memory (error);
  KafScratch *self;

  if (db == NULL)
    return NULL;
  self = g_new0 (KafScratch, 1);
  self->db = db;
  self->missions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
kaf_scratch_free (KafScratch *self)
{
  if (self == NULL)
    return;
  kaf_database_close (self->db);
  g_hash_table_unref (self->missions);
  g_free (self);
}

KafDatabase *
kaf_scratch_get_database (KafScratch *self)
{
  return self->db;
}

gboolean
kaf_scratch_begin (KafScratch *self, GError **error)
{
  return kaf_database_exec (self->db, "BEGIN", error);
}

void
kaf_scratch_end (KafScratch *self)
{
  g_hash_table_remove_all (self->missions);
  kaf_database_exec (self->db, "ROLLBACK", NULL);
}

static gboolean
is_deleted (KafRecord *record)
{
  return kaf_record_get_stamp (record)->deleted_at > 0;
}

/* As far as rules ask of it: neither title nor order. */
static gboolean
write_head (KafScratch *self, KafRecord *root, GError **error)
{
  KafStatement *statement =
      kaf_database_prepare (self->db, "INSERT INTO head (rid, entity, id) VALUES (?, ?, ?)", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, ++self->rid);
  kaf_statement_bind_text (statement, 2, kaf_record_get_entity (root)->id);
  kaf_statement_bind_text (statement, 3, kaf_record_get_id (root));
  return kaf_database_run (self->db, statement, error);
}

gboolean
kaf_scratch_put (KafScratch *self, GPtrArray *parts, GError **error)
{
  const KafHlc clock = kaf_hlc_make (0, 0, 0);
  KafRecord *root = g_ptr_array_index (parts, 0);

  if (!write_head (self, root, error))
    return FALSE;
  for (guint i = 0; i < parts->len; i++)
    {
      KafRecord *part = g_ptr_array_index (parts, i);

      if ((i == 0 || !is_deleted (part)) &&
          !kaf_writer_insert (self->db, part, self->rid, &clock, error))
        return FALSE;
    }
  if (g_str_equal (kaf_record_get_entity (root)->id, "mission"))
    g_hash_table_add (self->missions, g_strdup (kaf_record_get_id (root)));
  return TRUE;
}

gboolean
kaf_scratch_settle (KafScratch *self, GError **error)
{
  return kaf_mission_now_write_all (self->db, self->missions, error);
}
