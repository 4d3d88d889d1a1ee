/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a connection keeps so that records are compared soon: known names, how usual names are, and which records are to
 * be looked at again. */
#include "config.h"

#include <stdlib.h>

#include "match/kaf-match-keys.h"
#include "schema/kaf-registry.h"
#include "store/kaf-match-reader.h"
#include "store/kaf-suspects-private.h"

/* What parts the keys of organisations from those of persons. */
#define ORGANISATIONS G_GINT64_CONSTANT (0x5bd1e9955bd1e995)

const KafEntity *
kaf_matched_entity (guint which)
{
  return kaf_registry_find (which == 0 ? "person" : "organisation");
}

gint64
kaf_match_key_number (guint which, const char *key)
{
  gint64 number = (gint64) kaf_match_key_hash (key);

  return which == 0 ? number : number ^ ORGANISATIONS;
}

KafMatchKept *
kaf_match_kept (KafDatabase *db)
{
  if (db->match == NULL)
    {
      db->match = g_new0 (KafMatchKept, 1);
      for (guint i = 0; i < KAF_N_MATCHED; i++)
        db->match->pending[i] = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
    }
  return db->match;
}

void
kaf_match_kept_forget_readings (KafMatchKept *self)
{
  g_clear_pointer (&self->memo, kaf_match_memo_free);
  g_clear_pointer (&self->readings, kaf_match_readings_free);
}

/* With them goes what was compared by them. */
static void
drop_counts (KafMatchKept *self)
{
  kaf_match_kept_forget_readings (self);
  g_clear_pointer (&self->built, g_free);
  for (guint i = 0; i < KAF_N_MATCHED; i++)
    g_clear_pointer (&self->rarity[i], kaf_match_rarity_free);
}

void
kaf_match_kept_free (KafMatchKept *self)
{
  if (self == NULL)
    return;
  drop_counts (self);
  g_clear_pointer (&self->aliases, kaf_match_aliases_free);
  for (guint i = 0; i < KAF_N_MATCHED; i++)
    g_hash_table_unref (self->pending[i]);
  g_free (self->next_seen);
  g_free (self);
}

/* Without the list fewer names are known; it works all the same. */
const KafMatchAliases *
kaf_match_reader_get_aliases (KafDatabase *db)
{
  KafMatchKept *kept = kaf_match_kept (db);
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;

  if (kept->aliases != NULL)
    return kept->aliases;
  kept->aliases = kaf_match_aliases_new ();
  folder = kaf_lists_get_dir (db);
  path = g_build_filename (folder, "aliases.tsv", NULL);
  if (g_file_get_contents (path, &text, NULL, NULL))
    kaf_match_aliases_read (kept->aliases, text);
  return kept->aliases;
}

char *
kaf_match_get_local (KafDatabase *db, const char *key, GError **error)
{
  g_autoptr (KafStatement) row =
      kaf_database_prepare (db, "SELECT value FROM local WHERE key = ?", error);

  if (row == NULL)
    return NULL;
  kaf_statement_bind_text (row, 1, key);
  return kaf_database_step (db, row, error) ? g_strdup (kaf_statement_text (row, 0)) : NULL;
}

gboolean
kaf_match_set_local (KafDatabase *db, const char *key, const char *value, GError **error)
{
  KafStatement *statement = kaf_database_prepare (
      db,
      value != NULL ? "INSERT OR REPLACE INTO local (key, value) VALUES (?1, ?2)"
                    : "DELETE FROM local WHERE key = ?1",
      error);

  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, key);
  if (value != NULL)
    kaf_statement_bind_text (statement, 2, value);
  return kaf_database_run (db, statement, error);
}

static gboolean
read_counts (KafDatabase *db, KafMatchKept *kept, guint which, guint n, GError **error)
{
  g_autoptr (KafStatement) row =
      kaf_database_prepare (db, "SELECT field, key, n FROM match_count WHERE entity = ?", error);
  GError *local = NULL;

  if (row == NULL)
    return FALSE;
  kept->rarity[which] = kaf_match_rarity_new ();
  kaf_match_rarity_count_persons (kept->rarity[which], n);
  kaf_statement_bind_text (row, 1, kaf_matched_entity (which)->id);
  while (kaf_database_step (db, row, &local))
    kaf_match_rarity_put (kept->rarity[which], sqlite3_column_int (row, 0),
                          sqlite3_column_int64 (row, 1), (guint) sqlite3_column_int (row, 2));
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

const KafMatchRarity *
kaf_match_kept_rarity (KafDatabase *db, guint which, GError **error)
{
  KafMatchKept *kept = kaf_match_kept (db);
  g_autofree char *built = kaf_match_get_local (db, KAF_MATCH_BUILT, error);
  g_auto (GStrv) words = NULL;

  if (built == NULL)
    return NULL;
  if (g_strcmp0 (built, kept->built) == 0)
    return kept->rarity[which];
  drop_counts (kept);
  words = g_strsplit (built, " ", -1);
  for (guint i = 0; i < KAF_N_MATCHED; i++)
    {
      guint n = g_strv_length (words) > 2 + i ? (guint) strtoul (words[2 + i], NULL, 10) : 0;

      if (!read_counts (db, kept, i, n, error))
        {
          drop_counts (kept);
          return NULL;
        }
    }
  kept->built = g_steal_pointer (&built);
  return kept->rarity[which];
}
