/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-drop.h"

#include "store/kaf-drafts.h"
#include "store/kaf-erase-private.h"
#include "store/kaf-refusals.h"

/* Local key of a dropped record of which groups were kept: its row number. */
#define DROPPED "sync-dropped\t"

struct _KafDrop
{
  KafDatabase *db;
  gint64 acked;    /* the last group of this device whose verdict is known */
  GHashTable *ids; /* set of char* */
  GArray *rids;    /* of gint64 */
};

KafDrop *
kaf_drop_new (KafDatabase *db, gint64 acked)
{
  KafDrop *self = g_new0 (KafDrop, 1);

  self->db = db;
  self->acked = acked;
  self->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->rids = g_array_new (FALSE, FALSE, sizeof (gint64));
  return self;
}

void
kaf_drop_free (KafDrop *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->ids);
  g_array_unref (self->rids);
  g_free (self);
}

static char *
make_key (const KafEntity *root, const char *id)
{
  return g_strconcat (DROPPED, root->id, "\t", id, NULL);
}

/* Groups of this device that the hub did not take, or not yet: nobody else has what they say. */
#define IS_KEPT                                                                                    \
  "(g.device = ?2 AND (g.dseq > ?3 OR EXISTS (SELECT 1 FROM verdict v WHERE v.dseq = g.dseq AND"   \
  " (v.verdict LIKE 'rejected%' OR v.verdict LIKE 'quarantined%'))))"

static void
bind (KafDrop *self, KafStatement *statement, gint64 rid)
{
  g_autofree char *device = g_strdup_printf ("%016" G_GINT64_MODIFIER "x", self->db->device);

  sqlite3_bind_int64 (statement, 1, rid);
  kaf_statement_bind_text (statement, 2, device);
  sqlite3_bind_int64 (statement, 3, self->acked);
}

/* What is left of it in the journal is known by its row number when it comes back. */
static gboolean
note_kept (KafDrop *self, const KafEntity *root, const char *id, gint64 rid, GError **error)
{
  g_autofree char *key = make_key (root, id);
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, rid);
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      self->db,
      "SELECT 1 FROM op o JOIN op_group g ON g.seq = o.seq WHERE o.rid = ?1 AND " IS_KEPT
      " LIMIT 1",
      error);
  gboolean is_kept;

  if (statement == NULL)
    return FALSE;
  bind (self, statement, rid);
  is_kept = kaf_database_step (self->db, statement, NULL);
  kaf_statement_done (statement);
  return !is_kept || kaf_local_set (self->db, key, text, error);
}

gboolean
kaf_drop_record (KafDrop *self, const KafEntity *root, const char *id, GError **error)
{
  gint64 rid = kaf_database_find_rid (self->db, root, id);

  if (rid == 0)
    return TRUE;
  g_hash_table_add (self->ids, g_strdup (id));
  g_array_append_val (self->rids, rid);
  return note_kept (self, root, id, rid, error) && kaf_erase_rows (self->db, root, rid, error);
}

guint
kaf_drop_count (const KafDrop *self)
{
  return self->rids->len;
}

/* @groups: set of gint64. */
static gboolean
find_groups (KafDrop *self, gint64 rid, GHashTable *groups, GError **error)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      self->db,
      "SELECT o.seq FROM op o JOIN op_group g ON g.seq = o.seq WHERE o.rid = ?1 AND NOT " IS_KEPT,
      error);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  bind (self, statement, rid);
  while (kaf_database_step (self->db, statement, &local))
    {
      gint64 seq = sqlite3_column_int64 (statement, 0);

      g_hash_table_add (groups, g_memdup2 (&seq, sizeof seq));
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
clear_operations (KafDrop *self, gint64 rid, GError **error)
{
  KafStatement *statement = kaf_database_prepare (
      self->db,
      "DELETE FROM op WHERE rid = ?1 AND NOT EXISTS (SELECT 1 FROM op_group g WHERE g.seq ="
      " op.seq AND " IS_KEPT ")",
      error);

  if (statement == NULL)
    return FALSE;
  bind (self, statement, rid);
  return kaf_database_run (self->db, statement, error);
}

gboolean
kaf_drop_finish (KafDrop *self, GError **error)
{
  g_autoptr (GHashTable) groups = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer seq;

  if (self->rids->len == 0)
    return TRUE;
  for (guint i = 0; i < self->rids->len; i++)
    if (!find_groups (self, g_array_index (self->rids, gint64, i), groups, error))
      return FALSE;
  g_hash_table_iter_init (&iter, groups);
  while (g_hash_table_iter_next (&iter, &seq, NULL))
    if (!kaf_erase_group (self->db, *(gint64 *) seq, self->ids, error))
      return FALSE;
  for (guint i = 0; i < self->rids->len; i++)
    if (!clear_operations (self, g_array_index (self->rids, gint64, i), error))
      return FALSE;
  return kaf_local_set (self->db, KAF_ERASE_UNFINISHED, "1", error);
}

gboolean
kaf_drop_any (KafDatabase *db)
{
  return kaf_database_get_int (db, "SELECT EXISTS (SELECT 1 FROM local WHERE " KAF_DROP_KEYS ")",
                               NULL) > 0;
}

static gint64
find_kept (KafDatabase *db, const char *key)
{
  g_autofree char *text = kaf_local_get (db, key);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

static gboolean
clear_key (KafDatabase *db, const char *key, GError **error)
{
  KafStatement *statement = kaf_database_prepare (db, "DELETE FROM local WHERE key = ?", error);

  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, key);
  return kaf_database_run (db, statement, error);
}

gint64
kaf_drop_take_back (KafDatabase *db, const KafEntity *root, const char *id, GError **error)
{
  g_autofree char *key = make_key (root, id);
  gint64 rid = find_kept (db, key);

  return rid > 0 && clear_key (db, key, error) ? rid : 0;
}

gboolean
kaf_drop_forget (KafDatabase *db, const KafEntity *root, const char *id, GError **error)
{
  g_autofree char *key = make_key (root, id);
  gint64 rid = find_kept (db, key);
  g_autoptr (GHashTable) ids = NULL;
  g_autoptr (KafStatement) statement = NULL;

  if (rid == 0)
    return TRUE;
  ids = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_add (ids, (gpointer) id);
  statement = kaf_database_prepare (db, "SELECT seq FROM op WHERE rid = ?", error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, rid);
  while (kaf_database_step (db, statement, NULL))
    if (!kaf_erase_group (db, sqlite3_column_int64 (statement, 0), ids, error))
      return FALSE;
  return kaf_refusals_erase (db, id, error) && clear_key (db, key, error) &&
         kaf_local_set (db, KAF_ERASE_UNFINISHED, "1", error);
}
