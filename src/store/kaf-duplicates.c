/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is held back stays in the journal as it was written: the outbox leaves it out of what it prints. To
 * release it is to write its making once more, as it is by then. */
#include "config.h"

#include "store/kaf-duplicates.h"

#include "base/kaf-id.h"
#include "schema/kaf-registry.h"
#include "store/kaf-drafts.h"
#include "store/kaf-journal.h"
#include "store/kaf-sync-private.h"
#include "store/kaf-sync-state.h"
#include "sync/kaf-exchange.h"

/* Persons that may be meant, of whom some are one's own. */
#define CANDIDATES 8

void
kaf_duplicate_free (KafDuplicate *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->title);
  g_free (self->summary);
  g_clear_pointer (&self->other, kaf_suspected_free);
  g_free (self);
}

static const KafEntity *
person (void)
{
  return kaf_registry_find ("person");
}

/* Ids of persons, in the order in which they were made. */
static GPtrArray *
read_ids (KafDatabase *db, const char *sql, gint64 acked, GError **error)
{
  g_autofree char *device = g_strdup_printf ("%016" G_GINT64_MODIFIER "x", db->device);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (KafStatement) statement = kaf_database_prepare (db, sql, error);
  GError *local = NULL;

  if (statement == NULL)
    return NULL;
  if (sqlite3_bind_parameter_count (statement) > 0)
    {
      kaf_statement_bind_text (statement, 1, device);
      sqlite3_bind_int64 (statement, 2, acked);
    }
  while (kaf_database_step (db, statement, &local))
    g_ptr_array_add (ids, g_strdup (kaf_statement_text (statement, 0)));
  if (local == NULL)
    return g_steal_pointer (&ids);
  g_propagate_error (error, local);
  return NULL;
}

static GPtrArray *
read_held (KafDatabase *db, GError **error)
{
  return read_ids (db,
                   "SELECT h.id FROM held x CROSS JOIN head h ON h.rid = x.rid"
                   " WHERE h.entity = 'person' AND h.deleted = 0 ORDER BY h.rid",
                   0, error);
}

/* In the order of the rows, which is that of op too. */
#define FIND_PERSON                                                                                \
  "SELECT h.id FROM head h NOT INDEXED WHERE h.entity = 'person' AND h.deleted = 0 AND "

/* ?1: the device, ?2: the last of its groups that the hub has. */
#define IS_UNSENT                                                                                  \
  "EXISTS (SELECT 1 FROM op o JOIN op_group g ON g.seq = o.seq"                                    \
  " WHERE o.rid = h.rid AND g.device = ?1 AND g.dseq > ?2)"

/* Whether there is a person who was written here and not sent yet, or one who was not: the first that is found tells. */
static gboolean
has_person (KafDatabase *db, gboolean unsent, gboolean *has, GError **error)
{
  g_auto (KafSyncState) state = { 0 };
  g_autoptr (GPtrArray) found = NULL;

  if (!kaf_sync_state_read (db, &state, error))
    return FALSE;
  found = read_ids (
      db, unsent ? FIND_PERSON IS_UNSENT " LIMIT 1" : FIND_PERSON "NOT " IS_UNSENT " LIMIT 1",
      state.acked, error);
  *has = found != NULL && found->len > 0;
  return found != NULL;
}

/* Before anything was sent, what this device wrote is what it made. */
static GPtrArray *
read_unsent (KafDatabase *db, GError **error)
{
  g_auto (KafSyncState) state = { 0 };

  if (!kaf_sync_state_read (db, &state, error))
    return NULL;
  return read_ids (db,
                   "SELECT DISTINCT h.id FROM op_group g JOIN op o ON o.seq = g.seq"
                   " JOIN head h ON h.rid = o.rid WHERE g.device = ?1 AND g.dseq > ?2"
                   " AND h.entity = 'person' AND h.deleted = 0 ORDER BY h.rid",
                   state.acked, error);
}

gboolean
kaf_duplicates_set_preview (KafDatabase *db, gboolean preview, GError **error)
{
  gboolean has = TRUE;

  if (preview && !has_person (db, TRUE, &has, error))
    return FALSE;
  return !has || kaf_local_set (db, KAF_SYNC_PREVIEW, preview ? "1" : NULL, error);
}

/* Comparing */

static char *
summarise (KafDatabase *db, KafRecord *record, KafLang lang)
{
  const char *city = kaf_record_get (record, "city");
  const char *code = kaf_record_get (record, "country");
  g_autofree char *country = code != NULL ? kaf_read_title (db, "country", code, lang) : NULL;

  if (city != NULL && country != NULL)
    return g_strdup_printf ("%s · %s", city, country);
  return g_strdup (city != NULL ? city : country);
}

/* The likeliest that is none of @own; NULL with an error, or without. (transfer full) */
static KafSuspected *
find_other (KafDatabase *db, const KafRecord *record, GHashTable *own, KafLang lang, GError **error)
{
  g_autoptr (GPtrArray) list = kaf_suspects_find_typed (db, record, CANDIDATES, lang, error);

  for (guint i = 0; list != NULL && i < list->len; i++)
    if (!g_hash_table_contains (own, ((KafSuspected *) g_ptr_array_index (list, i))->like->id))
      return g_ptr_array_steal_index (list, i);
  return NULL;
}

static gboolean
compare_one (KafDatabase *db,
             const char *id,
             GHashTable *own,
             gboolean all,
             KafLang lang,
             GPtrArray *found,
             GError **error)
{
  g_autoptr (KafRecord) record = kaf_read_record (db, person (), id, error);
  KafSuspected *other;
  KafDuplicate *one;
  GError *local = NULL;

  if (record == NULL)
    return FALSE;
  other = find_other (db, record, own, lang, &local);
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  if (other == NULL && !all)
    return TRUE;
  one = g_new0 (KafDuplicate, 1);
  one->id = g_strdup (id);
  one->title = kaf_read_title (db, "person", id, lang);
  one->summary = summarise (db, record, lang);
  one->other = other;
  g_ptr_array_add (found, one);
  return TRUE;
}

/* Where all persons are this store's own, none looks like one of the hub's. */
static gboolean
has_others (KafDatabase *db, const GPtrArray *own)
{
  return kaf_database_get_int (db, "SELECT live FROM tally WHERE entity = 'person'", NULL) >
         (gint64) own->len;
}

gboolean
kaf_duplicates_may_be (KafDatabase *db, gboolean *may, GError **error)
{
  return has_person (db, TRUE, may, error) && (!*may || has_person (db, FALSE, may, error));
}

GPtrArray *
kaf_duplicates_find (KafDatabase *db,
                     gboolean held,
                     KafLang lang,
                     guint *n_own,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (GPtrArray) found =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_duplicate_free);
  g_autoptr (GHashTable) own = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) ids = held ? read_held (db, error) : read_unsent (db, error);

  if (ids == NULL)
    return NULL;
  if (n_own != NULL)
    *n_own = ids->len;
  if (!held && !has_others (db, ids))
    return g_steal_pointer (&found);
  for (guint i = 0; i < ids->len; i++)
    g_hash_table_add (own, g_ptr_array_index (ids, i));
  for (guint i = 0; i < ids->len; i++)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !compare_one (db, g_ptr_array_index (ids, i), own, held, lang, found, error))
      return NULL;
  return g_steal_pointer (&found);
}

/* Holding back */

static gboolean
run_with_rid (KafDatabase *db, const char *sql, gint64 rid, GError **error)
{
  KafStatement *statement = kaf_database_prepare (db, sql, error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, rid);
  if (sqlite3_bind_parameter_count (statement) > 1)
    sqlite3_bind_int64 (statement, 2, kaf_clock_now (db->clock));
  return kaf_database_run (db, statement, error);
}

static gboolean
hold_one (KafDatabase *db, const char *id, GError **error)
{
  g_autoptr (GPtrArray) parts = kaf_erase_find (db, person (), id, error);

  for (guint i = 0; parts != NULL && i < parts->len; i++)
    {
      const KafErased *part = g_ptr_array_index (parts, i);
      gint64 rid = kaf_database_find_rid (db, part->root, part->id);

      if (rid > 0 &&
          !run_with_rid (db, "INSERT OR IGNORE INTO held (rid, at) VALUES (?, ?)", rid, error))
        return FALSE;
    }
  return parts != NULL;
}

static gboolean
end (KafDatabase *db, gboolean done, GError **error)
{
  if (done && kaf_database_exec (db, "COMMIT", error))
    return TRUE;
  kaf_database_exec (db, "ROLLBACK", NULL);
  return FALSE;
}

gboolean
kaf_duplicates_hold (KafDatabase *db, GPtrArray *ids, GError **error)
{
  gboolean done = TRUE;

  if (!kaf_database_exec (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  for (guint i = 0; done && i < ids->len; i++)
    done = hold_one (db, g_ptr_array_index (ids, i), error);
  return end (db, done, error);
}

/* The making of the part once more, where it is there and not deleted. */
static gboolean
tell_again (KafDatabase *db,
            KafJournal *journal,
            const KafEntity *entity,
            const char *id,
            gint64 rid,
            GError **error)
{
  g_autoptr (KafRecord) record = NULL;

  if (!kaf_read_exists (db, entity, id))
    return TRUE;
  record = kaf_read_record (db, entity, id, error);
  if (record == NULL || kaf_journal_prepare (journal, error) == NULL)
    return FALSE;
  kaf_journal_add (journal, KAF_CHANGE_CREATE, NULL, record, rid, NULL);
  return TRUE;
}

static gboolean
release_one (KafDatabase *db, KafJournal *journal, const KafErased *part, GError **error)
{
  gint64 rid = kaf_database_find_rid (db, part->root, part->id);

  if (!tell_again (db, journal, part->root, part->id, rid, error))
    return FALSE;
  for (guint bit = 1; bit <= 64; bit <<= 1)
    {
      const KafEntity *facet = kaf_registry_find_facet (part->root, bit);

      if (facet == NULL)
        break;
      if (!tell_again (db, journal, facet, part->id, rid, error))
        return FALSE;
    }
  return run_with_rid (db, "DELETE FROM held WHERE rid = ?", rid, error);
}

gboolean
kaf_duplicates_release (KafDatabase *db, const char *id, GError **error)
{
  g_autofree char *batch = kaf_id_new (db->clock, db->random);
  g_autoptr (GPtrArray) parts = NULL;
  KafSyncPlace place = { .enrolled = FALSE };
  KafJournal *journal;
  gboolean done;

  if (kaf_database_find_rid (db, person (), id) == 0)
    {
      g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND, "no such person");
      return FALSE;
    }
  if (!kaf_database_exec (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  parts = kaf_erase_find (db, person (), id, error);
  done = kaf_sync_place_read (db, &place, error);
  journal = kaf_journal_new (db, batch, db->author, &place);
  for (guint i = 0; parts != NULL && done && i < parts->len; i++)
    done = release_one (db, journal, g_ptr_array_index (parts, i), error);
  done = done && parts != NULL && kaf_journal_flush (journal, error);
  kaf_journal_free (journal);
  return end (db, done, error);
}

guint
kaf_duplicates_count_held (KafDatabase *db, GError **error)
{
  /* CROSS JOIN: few are held back, whatever SQLite thinks of a table that it has no figures of. */
  return kaf_database_get_int (db,
                               "SELECT count(*) FROM held x CROSS JOIN head h ON h.rid = x.rid"
                               " WHERE h.entity = 'person' AND h.deleted = 0",
                               error);
}

/* What belongs to her since she is held back is held back with her. */
GHashTable *
kaf_duplicates_get_held (KafDatabase *db)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      db, "SELECT h.id, h.entity = 'person' FROM held x CROSS JOIN head h ON h.rid = x.rid", NULL);
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  while (statement != NULL && kaf_database_step (db, statement, NULL))
    {
      const char *id = kaf_statement_text (statement, 0);
      g_autoptr (GPtrArray) parts =
          sqlite3_column_int (statement, 1) ? kaf_erase_find (db, person (), id, NULL) : NULL;

      g_hash_table_add (ids, g_strdup (id));
      for (guint i = 0; parts != NULL && i < parts->len; i++)
        g_hash_table_add (ids, g_strdup (((KafErased *) g_ptr_array_index (parts, i))->id));
    }
  return g_hash_table_size (ids) > 0 ? g_steal_pointer (&ids) : NULL;
}
