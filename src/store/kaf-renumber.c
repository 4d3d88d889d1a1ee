/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A store that is a copy of one that has gone on, a restored disk or a cloned laptop, becomes a device of
 * its own: what it has written and not sent goes into a chain of that device, and is sent from there. */
#include "config.h"

#include <string.h>

#include "store/kaf-drafts.h"
#include "store/kaf-journal.h"
#include "store/kaf-sync-private.h"
#include "store/kaf-sync-state.h"

typedef struct
{
  KafDatabase *db;
  char *device; /* the new one */
  gint64 dseq;  /* of the last group moved */
  guint8 hash[KAF_OP_GROUP_HASH_SIZE];
} Chain;

/* The groups that no hub has acknowledged, in their order. (element-type gint64: seq) */
static GArray *
find_unsent (KafDatabase *db, GError **error)
{
  g_autofree char *device = g_strdup_printf ("%016" G_GINT64_MODIFIER "x", db->device);
  g_auto (KafSyncState) state = { 0 };
  g_autoptr (GArray) groups = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      db, "SELECT seq FROM op_group WHERE device = ? AND dseq > ? ORDER BY dseq", error);
  GError *local = NULL;

  if (statement == NULL || !kaf_sync_state_read (db, &state, error))
    return NULL;
  kaf_statement_bind_text (statement, 1, device);
  sqlite3_bind_int64 (statement, 2, state.acked);
  while (kaf_database_step (db, statement, &local))
    {
      gint64 seq = sqlite3_column_int64 (statement, 0);

      g_array_append_val (groups, seq);
    }
  if (local == NULL)
    return g_steal_pointer (&groups);
  g_propagate_error (error, local);
  return NULL;
}

static gboolean
move_group (Chain *self, gint64 seq, GError **error)
{
  KafStatement *move = kaf_database_prepare (
      self->db, "UPDATE op_group SET device = ?, dseq = ?, prev_hash = ? WHERE seq = ?", error);

  if (move == NULL)
    return FALSE;
  kaf_statement_bind_text (move, 1, self->device);
  sqlite3_bind_int64 (move, 2, ++self->dseq);
  sqlite3_bind_blob (move, 3, self->hash, sizeof self->hash, SQLITE_STATIC);
  sqlite3_bind_int64 (move, 4, seq);
  return kaf_database_run (self->db, move, error) &&
         kaf_journal_seal (self->db, seq, self->hash, error);
}

/* The grants that a cursor names, each once. */
static void
add_grants (GPtrArray *grants, const char *cursor)
{
  const char *slash = cursor != NULL ? strchr (cursor, '/') : NULL;
  g_auto (GStrv) versions = g_strsplit (slash != NULL ? slash + 1 : "", "+", -1);

  for (guint i = 0; versions[i] != NULL; i++)
    if (!g_ptr_array_find_with_equal_func (grants, versions[i], g_str_equal, NULL))
      g_ptr_array_add (grants, g_strdup (versions[i]));
}

gboolean
kaf_sync_begin_anew (KafDatabase *db, const char *told, GError **error)
{
  g_autofree char *cursor = kaf_local_get (db, KAF_SYNC_CURSOR);
  g_autoptr (GPtrArray) grants = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *joined = NULL;
  g_autofree char *anew = NULL;

  add_grants (grants, cursor);
  add_grants (grants, told);
  if (grants->len == 0)
    return kaf_local_set (db, KAF_SYNC_CURSOR, NULL, error);
  g_ptr_array_add (grants, NULL);
  joined = g_strjoinv ("+", (char **) grants->pdata);
  anew = g_strconcat ("/", joined, NULL);
  return kaf_local_set (db, KAF_SYNC_CURSOR, anew, error);
}

/* All is told to it again: the hub takes what the other copy wrote for what this one knows. The whole of it, where
 * something was read: a hub that was restored meanwhile may have refused to the other what it had taken of both, and tells
 * of a field that was never written there nothing else. */
static gboolean
forget_hub (KafDatabase *db, GError **error)
{
  static const char *const keys[] = { KAF_SYNC_ACKED, KAF_SYNC_SEEN, KAF_SYNC_HIDDEN,
                                      KAF_SYNC_FORKED };
  g_autofree char *cursor = kaf_local_get (db, KAF_SYNC_CURSOR);

  if (!kaf_sync_begin_anew (db, NULL, error) ||
      (cursor != NULL && !kaf_local_set (db, KAF_SYNC_WHOLE, "1", error)))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (!kaf_local_set (db, keys[i], NULL, error))
      return FALSE;
  return TRUE;
}

gboolean
kaf_sync_renumber (KafDatabase *db, guint64 device, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%016" G_GINT64_MODIFIER "x", device);
  g_autoptr (GArray) groups = find_unsent (db, error);
  Chain chain = { .db = db, .device = text };

  for (guint i = 0; groups != NULL && i < groups->len; i++)
    if (!move_group (&chain, g_array_index (groups, gint64, i), error))
      return FALSE;
  if (groups == NULL || !forget_hub (db, error) ||
      !kaf_database_set_meta (db, "device", text, error))
    return FALSE;
  db->device = device;
  return TRUE;
}
