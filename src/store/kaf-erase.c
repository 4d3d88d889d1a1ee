/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Erasing a person's data for good (law 09-08): rows, what belongs to them, search index,
 * journal payloads, drafts, files; then the write-ahead log and the free pages.
 *
 * What remains is the id in a ledger beside the store (FILE.erased), outside of its backups,
 * with the reason as a keyed hash. The journal's chain stays whole: the payload and its salt go,
 * and the operations on other records of the same group are kept as `remainder`, unchained. */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/kaf-date.h"
#include "rules/kaf-hold.h"
#include "schema/kaf-registry.h"
#include "store/kaf-attachments-private.h"
#include "store/kaf-copies.h"
#include "store/kaf-drafts.h"
#include "store/kaf-drop.h"
#include "store/kaf-erase-private.h"
#include "store/kaf-beside.h"
#include "store/kaf-ledger.h"
#include "store/kaf-one-private.h"
#include "store/kaf-pseudonym.h"
#include "store/kaf-read-private.h"
#include "store/kaf-refusals.h"
#include "store/kaf-sync-private.h"
#include "store/kaf-sync-state.h"
#include "store/kaf-unname.h"
#include "sync/kaf-operation.h"

/* The reason in the ledger, where the hub keeps the true one. */
#define BY_THE_HUB "hub"

typedef struct
{
  const KafEntity *root;
  char *id;
  gint64 rid;
  gboolean is_named; /* the record itself, rather than what belongs to it */
} Victim;

static void
victim_free (gpointer data)
{
  Victim *victim = data;

  g_free (victim->id);
  g_free (victim);
}

static void
add_victim (GPtrArray *victims, const KafEntity *root, const char *id, gint64 rid)
{
  Victim *victim;

  for (guint i = 0; i < victims->len; i++)
    if (((Victim *) g_ptr_array_index (victims, i))->rid == rid && rid > 0)
      return;
  victim = g_new0 (Victim, 1);
  victim->root = root;
  victim->id = g_strdup (id);
  victim->rid = rid;
  g_ptr_array_add (victims, victim);
}

static gboolean
add_where (KafDatabase *db,
           GPtrArray *victims,
           const KafEntity *entity,
           const char *field,
           const char *id,
           GError **error)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT x.rid, h.id FROM \"%s\" x JOIN head h ON h.rid = x.rid WHERE x.\"%s\" = ?",
      entity->id, field);
  g_autoptr (KafStatement) statement = kaf_database_prepare (db, sql, error);

  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, id);
  while (kaf_database_step (db, statement, NULL))
    add_victim (victims, entity, kaf_statement_text (statement, 1),
                sqlite3_column_int64 (statement, 0));
  return TRUE;
}

/* What belongs to the record at @place of @victims. */
static gboolean
add_parts (KafDatabase *db, GPtrArray *victims, guint place, gboolean spares_kept, GError **error)
{
  const Victim *of = g_ptr_array_index (victims, place);
  const KafEntity *root = of->root;
  g_autofree char *id = g_strdup (of->id);
  guint n_entities;
  const KafEntity *const *entities = kaf_registry_entities (&n_entities);

  for (guint i = 0; i < n_entities; i++)
    for (const KafField *field = entities[i]->fields; field->id != NULL; field++)
      {
        const KafEntity *target = kaf_registry_find (field->target);

        if (kaf_field_has (field, KAF_FIELD_PARENT) && target != NULL &&
            kaf_entity_get_root (target) == root &&
            !(spares_kept && kaf_hold_find_field (entities[i], root) == field) &&
            !add_where (db, victims, entities[i], field->id, id, error))
          return FALSE;
      }
  return TRUE;
}

/* The record, what belongs to it (consents, exchanges…) and to that in turn (who was at a session), their files and
 * their conflicts. What the law keeps
 * of it names a pseudonym by now; or will, once the hub tells: @spares_kept. */
static GPtrArray *
find_victims (KafDatabase *db,
              const KafEntity *root,
              const char *id,
              gint64 rid,
              gboolean spares_kept,
              GError **error)
{
  g_autoptr (GPtrArray) victims = g_ptr_array_new_with_free_func (victim_free);
  guint n_entities;
  const KafEntity *const *entities = kaf_registry_entities (&n_entities);

  add_victim (victims, root, id, rid);
  ((Victim *) g_ptr_array_index (victims, 0))->is_named = TRUE;
  for (guint i = 0; i < victims->len; i++)
    if (!add_parts (db, victims, i, spares_kept, error))
      return NULL;
  for (guint i = 0, n = victims->len; i < n; i++)
    for (guint j = 0; j < n_entities; j++)
      if (kaf_entity_find_field (entities[j], "owner_entity") != NULL &&
          !add_where (db, victims, entities[j], "owner",
                      ((Victim *) g_ptr_array_index (victims, i))->id, error))
        return NULL;
  return g_steal_pointer (&victims);
}

static gboolean
has_sets (const KafEntity *entity)
{
  for (const KafField *field = entity->fields; field->id != NULL; field++)
    if (kaf_field_is_many (field))
      return TRUE;
  return FALSE;
}

static gboolean
erase_tables (KafDatabase *db, const KafEntity *entity, gint64 rid, GError **error)
{
  g_autofree char *rows = g_strdup_printf ("DELETE FROM \"%s\" WHERE rid = ?", entity->id);
  g_autofree char *sets = g_strdup_printf ("DELETE FROM \"%s_set\" WHERE rid = ?", entity->id);
  g_autofree char *live = g_strdup_printf (
      "UPDATE tally SET live = live - 1 WHERE entity = '%s' AND EXISTS (SELECT 1 FROM \"%s\" e"
      " JOIN head h ON h.rid = e.rid WHERE e.rid = ?1 AND e.deleted_at IS NULL AND h.deleted = 0)",
      entity->id, entity->id);

  return kaf_database_run_for (db, live, rid, error) &&
         (!has_sets (entity) || kaf_database_run_for (db, sets, rid, error)) &&
         kaf_database_run_for (db, rows, rid, error);
}

gboolean
kaf_erase_rows (KafDatabase *db, const KafEntity *root, gint64 rid, GError **error)
{
  g_autoptr (KafBeside) beside = kaf_beside_new ();

  kaf_beside_note_row (beside, db, root, rid);
  for (guint bit = 1; bit <= 64; bit <<= 1)
    {
      const KafEntity *facet = kaf_registry_find_facet (root, bit);

      if (facet == NULL)
        break;
      if (!erase_tables (db, facet, rid, error))
        return FALSE;
    }
  return erase_tables (db, root, rid, error) &&
         kaf_database_run_for (
             db,
             "INSERT INTO search (search, rowid, name, key, rest) SELECT 'delete', rid,"
             " name, key, rest FROM search_doc WHERE rid = ?",
             rid, error) &&
         kaf_database_run_for (db, "DELETE FROM search_doc WHERE rid = ?", rid, error) &&
         kaf_database_run_for (db, "DELETE FROM ref WHERE rid = ?", rid, error) &&
         kaf_database_run_for (db, "DELETE FROM held WHERE rid = ?", rid, error) &&
         kaf_database_run_for (db, "DELETE FROM raw WHERE rid = ?", rid, error) &&
         kaf_database_run_for (db, "DELETE FROM head WHERE rid = ?", rid, error) &&
         kaf_beside_forget_row (db, root, rid, error) && kaf_beside_write (beside, db, error);
}

gboolean
kaf_erase_group (KafDatabase *db, gint64 seq, GHashTable *ids, GError **error)
{
  g_autoptr (KafStatement) read = kaf_database_prepare (
      db, "SELECT coalesce (payload, remainder) FROM op_group WHERE seq = ?", error);
  KafStatement *write = kaf_database_prepare (
      db, "UPDATE op_group SET salt = NULL, payload = NULL, remainder = ?2 WHERE seq = ?1", error);
  g_autofree char *remainder = NULL;

  if (read == NULL || write == NULL)
    return FALSE;
  sqlite3_bind_int64 (read, 1, seq);
  if (!kaf_database_step (db, read, error) || kaf_statement_text (read, 0) == NULL)
    return error == NULL || *error == NULL;
  remainder = kaf_operation_strip (kaf_statement_text (read, 0), ids);
  kaf_statement_done (read);

  sqlite3_bind_int64 (write, 1, seq);
  kaf_statement_bind_text (write, 2, remainder);
  return kaf_database_run (db, write, error);
}

static gboolean
erase_journal (KafDatabase *db, GPtrArray *victims, GError **error)
{
  g_autoptr (GArray) groups = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < victims->len; i++)
    g_hash_table_add (ids, ((Victim *) g_ptr_array_index (victims, i))->id);
  for (guint i = 0; i < victims->len; i++)
    {
      Victim *victim = g_ptr_array_index (victims, i);
      g_autoptr (KafStatement) statement =
          kaf_database_prepare (db, "SELECT seq FROM op WHERE rid = ?", error);

      if (statement == NULL)
        return FALSE;
      sqlite3_bind_int64 (statement, 1, victim->rid);
      while (kaf_database_step (db, statement, NULL))
        {
          gint64 seq = sqlite3_column_int64 (statement, 0);

          if (g_hash_table_add (seen, g_memdup2 (&seq, sizeof seq)))
            g_array_append_val (groups, seq);
        }
    }
  for (guint i = 0; i < groups->len; i++)
    if (!kaf_erase_group (db, g_array_index (groups, gint64, i), ids, error))
      return FALSE;
  for (guint i = 0; i < victims->len; i++)
    if (!kaf_database_run_for (db, "DELETE FROM op WHERE rid = ?",
                               ((Victim *) g_ptr_array_index (victims, i))->rid, error))
      return FALSE;
  return TRUE;
}

/* A new record under way may be the same person once more, typed in any spelling: those of the
 * kind go unread. */
static gboolean
erase_new_drafts (KafDatabase *db, const KafEntity *root, GError **error)
{
  guint n_entities;
  const KafEntity *const *entities = kaf_registry_entities (&n_entities);

  for (guint i = 0; i < n_entities; i++)
    if (kaf_entity_get_root (entities[i]) == root &&
        !kaf_draft_drop (db, entities[i], "new", error))
      return FALSE;
  return TRUE;
}

/* @draft names @id. */
static gboolean
erase_draft (KafDatabase *db, const KafDraft *draft, const char *id, GError **error)
{
  g_autofree char *rest = NULL;
  KafStatement *statement;

  switch (kaf_draft_judge_one (draft->entity, draft->slot, draft->fields, id, &rest))
    {
    case KAF_DRAFT_ERASED:
      return kaf_draft_drop (db, draft->entity, draft->slot, error);
    case KAF_DRAFT_LEFT_OUT:
      statement = kaf_database_prepare (
          db, "UPDATE draft SET fields = ? WHERE entity = ? AND slot = ?", error);
      if (statement == NULL)
        return FALSE;
      kaf_statement_bind_text (statement, 1, rest);
      kaf_statement_bind_text (statement, 2, draft->entity->id);
      kaf_statement_bind_text (statement, 3, draft->slot);
      return kaf_database_run (db, statement, error);
    case KAF_DRAFT_WHOLE:
    default:
      return TRUE;
    }
}

/* Of what was asked for; and, of many, of all their kinds. */
static gboolean
erase_drafts_of_kinds (KafDatabase *db, GPtrArray *victims, GError **error)
{
  const KafEntity *last = NULL;

  for (guint i = 0; i < victims->len; i++)
    {
      const Victim *victim = g_ptr_array_index (victims, i);

      if (victim->is_named && victim->root != last && !erase_new_drafts (db, victim->root, error))
        return FALSE;
      last = victim->is_named ? victim->root : last;
    }
  return TRUE;
}

/* Those of the records, those of what would belong to one ("new:ID"), and the names of one in others. */
static gboolean
erase_drafts (KafDatabase *db, GPtrArray *victims, GError **error)
{
  for (guint i = 0; i < victims->len; i++)
    {
      /* Read anew: one draft may name several. */
      const char *id = ((Victim *) g_ptr_array_index (victims, i))->id;
      g_autoptr (GPtrArray) drafts = kaf_draft_list (db, error);
      KafStatement *rest = NULL;

      for (guint j = 0; drafts != NULL && j < drafts->len; j++)
        if (!erase_draft (db, g_ptr_array_index (drafts, j), id, error))
          return FALSE;
      if (drafts == NULL)
        return FALSE;
      /* Of an entity that this program does not know, it cannot tell one from the other. */
      rest = kaf_database_prepare (
          db, "DELETE FROM draft WHERE instr (slot, ?1) > 0 OR instr (fields, ?1) > 0", error);
      if (rest == NULL)
        return FALSE;
      kaf_statement_bind_text (rest, 1, id);
      if (!kaf_database_run (db, rest, error))
        return FALSE;
    }
  return erase_drafts_of_kinds (db, victims, error);
}

/* Written before the rows go: a ledger without its erasure is replayed, the other way is not. */
static gboolean
write_ledger (KafDatabase *db, GPtrArray *victims, const char *reason, GError **error)
{
  g_autofree char *key = kaf_database_get_meta (db, "erasure_key");
  g_autofree char *proof = g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *) key,
                                                      key != NULL ? strlen (key) : 0, reason, -1);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < victims->len; i++)
    {
      Victim *victim = g_ptr_array_index (victims, i);

      g_string_append_printf (text, "%s\t%s\t%" G_GINT64_FORMAT "\t%s\n", victim->root->id,
                              victim->id, kaf_clock_now (db->clock), proof);
    }
  return kaf_ledger_append (db, text->str, error);
}

/* Deleted text lives on in the full-text index until it is merged; where pages were shared out anew, though what
 * is deleted is overwritten (one record in a hundred, measured): so the file is written once more as a whole; and
 * in the log. */
static gboolean
scrub (KafDatabase *db, GError **error)
{
  int rc;

  if (!kaf_database_exec (db, "INSERT INTO search (search) VALUES ('optimize')", error) ||
      !kaf_database_exec (db, "VACUUM", error))
    return FALSE;
  rc = kaf_checkpointer_empty (db->checkpointer, db->sql, KAF_DATABASE_BUSY_TIMEOUT_MS);
  return rc == SQLITE_OK || kaf_database_fail (db, rc, "checkpoint", error);
}

/* Contents that no attachment names any more. */
static gboolean
remove_files (KafDatabase *db, const char *folder, gboolean shelf, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  gboolean done = TRUE;
  const char *name;

  while (done && dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      struct stat info;

      if (lstat (path, &info) != 0)
        continue;
      if (!shelf && g_str_has_prefix (name, KAF_ATTACHMENTS_PART))
        {
          if (!kaf_attachments_is_named (db, name + strlen (KAF_ATTACHMENTS_PART)))
            g_unlink (path);
        }
      else if (!shelf && S_ISDIR (info.st_mode))
        done = remove_files (db, path, TRUE, error);
      else if (shelf && !kaf_attachments_is_named (db, name))
        done = kaf_attachments_drop_unnamed (db, name, error);
    }
  return done;
}

/* Backups that a migration left still hold the person. */
static void
remove_backups (KafDatabase *db)
{
  g_autofree char *folder = g_path_get_dirname (db->path);
  g_autofree char *base = g_path_get_basename (db->path);
  g_autofree char *prefix = g_strconcat (base, ".backup-", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, prefix))
      {
        g_autofree char *path = g_build_filename (folder, name, NULL);

        g_unlink (path);
      }
}

gboolean
kaf_erase_finish (KafDatabase *db, GError **error)
{
  g_autofree char *folder = kaf_attachments_folder (db);

  remove_backups (db);
  kaf_attachments_drop_stale (db);
  kaf_copies_sweep (db);
  return kaf_database_exec (
             db, "DELETE FROM blob WHERE sha256 NOT IN (SELECT sha256 FROM attachment)", error) &&
         remove_files (db, folder, FALSE, error) && scrub (db, error) &&
         kaf_local_set (db, KAF_ERASE_UNFINISHED, NULL, error);
}

gboolean
kaf_erase_finish_left (KafDatabase *db, GError **error)
{
  g_autofree char *unfinished = db->read_only ? NULL : kaf_local_get (db, KAF_ERASE_UNFINISHED);
  GError *local = NULL;

  if (unfinished == NULL || kaf_erase_finish (db, &local))
    return TRUE;
  g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_TRACES, "traces of an erasure remain: %s",
               local->message);
  g_error_free (local);
  return FALSE;
}

gint64
kaf_erase_get_time (KafDatabase *db, const char *id)
{
  guint n_entities;
  const KafEntity *const *entities = kaf_registry_entities (&n_entities);
  gint64 when = -1;

  for (guint i = 0; when < 0 && kaf_ledger_refresh (db, NULL) && i < n_entities; i++)
    if (entities[i]->owner == NULL)
      when = kaf_ledger_get_time (db, entities[i], id);
  return when;
}

gboolean
kaf_erase_was_done (KafDatabase *db, const char *id)
{
  return kaf_erase_get_time (db, id) >= 0;
}

static void
erased_day_free (gpointer data)
{
  KafErasedDay *self = data;

  g_free (self->day);
  g_free (self);
}

typedef struct
{
  KafDatabase *db;
  GPtrArray *days;
} Days;

static void
count_day (const KafEntity *root, const char *id, gpointer data)
{
  Days *self = data;
  g_autofree char *day = kaf_date_from_time (kaf_ledger_get_time (self->db, root, id));
  KafErasedDay *found = NULL;

  for (guint i = 0; found == NULL && i < self->days->len; i++)
    if (g_str_equal (((KafErasedDay *) g_ptr_array_index (self->days, i))->day, day))
      found = g_ptr_array_index (self->days, i);
  if (found == NULL)
    {
      found = g_new0 (KafErasedDay, 1);
      found->day = g_steal_pointer (&day);
      g_ptr_array_add (self->days, found);
    }
  found->n++;
}

static int
compare_days (gconstpointer a, gconstpointer b)
{
  const KafErasedDay *const *one = a, *const *other = b;

  return strcmp ((*other)->day, (*one)->day);
}

GPtrArray *
kaf_erase_list_days (KafDatabase *db)
{
  Days days = { db, g_ptr_array_new_with_free_func (erased_day_free) };

  if (kaf_ledger_refresh (db, NULL))
    kaf_ledger_foreach (db, count_day, &days);
  g_ptr_array_sort (days.days, compare_days);
  return days.days;
}

/* @reason NULL: the ledger names it already, or is not to. */
static gboolean
erase_victims (
    KafDatabase *db, GPtrArray *victims, const char *reason, gboolean drafts, GError **error)
{
  if (victims == NULL || db->failure != NULL)
    return FALSE;
  if ((reason != NULL && !write_ledger (db, victims, reason, error)) ||
      !erase_journal (db, victims, error) || (drafts && !erase_drafts (db, victims, error)))
    return FALSE;
  for (guint i = 0; i < victims->len; i++)
    {
      const Victim *victim = g_ptr_array_index (victims, i);

      if (!kaf_refusals_erase (db, victim->id, error) ||
          !kaf_erase_rows (db, victim->root, victim->rid, error))
        return FALSE;
    }
  return kaf_local_set (db, KAF_ERASE_UNFINISHED, "1", error);
}

/* Others that name one of them stay, and name nobody. */
static gboolean
unname_victims (KafDatabase *db, GPtrArray *victims, GError **error)
{
  for (guint i = 0; victims != NULL && i < victims->len; i++)
    {
      const Victim *victim = g_ptr_array_index (victims, i);

      if (!kaf_unname_rows (db, victim->root, victim->id, error))
        return FALSE;
    }
  return TRUE;
}

/* What is shown of others is put back before the rows go, so that nothing of them stays there, and shown anew for those
 * who remain. */
typedef struct
{
  KafDatabase *db;
  KafBeside *beside;
  KafOne *one;
} Erasure;

static void
erasure_begin (Erasure *self, KafDatabase *db)
{
  self->db = db;
  self->beside = kaf_beside_new ();
  self->one = kaf_one_new (db, self->beside);
}

static void
erasure_clear (Erasure *self)
{
  if (self->db == NULL)
    return;
  kaf_one_free (self->one);
  kaf_beside_free (self->beside);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Erasure, erasure_clear)

static gboolean
erasure_finish (Erasure *self, GError **error)
{
  return kaf_one_project (self->one, NULL, error) &&
         kaf_beside_write (self->beside, self->db, error);
}

/* References of the victims: "ENTITY\tREF". (element-type utf8) */
static GPtrArray *
list_refs (KafDatabase *db, GPtrArray *victims, GError **error)
{
  g_autoptr (GPtrArray) refs = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < victims->len; i++)
    {
      const Victim *victim = g_ptr_array_index (victims, i);
      g_autoptr (KafStatement) rows = kaf_database_prepare (
          db, "SELECT entity || char (9) || ref FROM ref WHERE rid = ?", error);

      if (rows == NULL)
        return NULL;
      sqlite3_bind_int64 (rows, 1, victim->rid);
      while (kaf_database_step (db, rows, NULL))
        g_ptr_array_add (refs, g_strdup (kaf_statement_text (rows, 0)));
    }
  return g_steal_pointer (&refs);
}

/* One that the hub had given may be that of another record here, from before this store knew of the hub: where it is
 * free, the hub leaves it to that one. */
static gboolean
give_back_refs (KafDatabase *db, GPtrArray *refs, GError **error)
{
  for (guint i = 0; i < refs->len; i++)
    {
      g_auto (GStrv) words = g_strsplit (g_ptr_array_index (refs, i), "\t", 2);
      g_autofree char *sql = g_strdup_printf ("INSERT OR IGNORE INTO ref (ref, entity, rid) SELECT"
                                              " ref, '%s', rid FROM \"%s\" WHERE ref = ?",
                                              words[0], words[0]);
      KafStatement *statement = kaf_database_prepare (db, sql, error);

      if (statement == NULL)
        return FALSE;
      kaf_statement_bind_text (statement, 1, words[1]);
      if (!kaf_database_run (db, statement, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
erase_all (Erasure *erasure,
           const KafEntity *root,
           const char *id,
           gint64 rid,
           const char *reason,
           GError **error)
{
  KafDatabase *db = erasure->db;
  gboolean spares = kaf_sync_is_enrolled (db) && kaf_hold_concerns (root);
  g_autoptr (GPtrArray) victims = NULL;
  g_autoptr (GPtrArray) refs = NULL;

  if (!kaf_one_forget (erasure->one, root, id, error))
    return FALSE;
  victims = find_victims (db, root, id, rid, spares, error);
  refs = victims != NULL ? list_refs (db, victims, error) : NULL;
  return refs != NULL && unname_victims (db, victims, error) &&
         erase_victims (db, victims, reason, TRUE, error) && give_back_refs (db, refs, error) &&
         (!spares || kaf_local_set (db, KAF_ERASE_SPARED, "1", error));
}

/* Ends the transaction of an erasure, whose first failure may have gone by unseen. */
static gboolean
end_erasure (KafDatabase *db, gboolean done, GError **error)
{
  if (done && kaf_database_exec (db, "COMMIT", error))
    return TRUE;
  if (error != NULL && *error == NULL && db->failure != NULL)
    *error = g_error_copy (db->failure);
  kaf_database_exec (db, "ROLLBACK", NULL);
  return FALSE;
}

/* All who are one: she is to be erased, not one of the files on her. */
static gboolean
erase_found (
    KafDatabase *db, const KafEntity *root, GPtrArray *members, const char *reason, GError **error)
{
  g_auto (Erasure) erasure = { 0 };

  erasure_begin (&erasure, db);
  if (members->len == 0)
    {
      g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND, "no such %s", root->id);
      return FALSE;
    }
  for (guint i = 0; i < members->len; i++)
    {
      const char *id = g_ptr_array_index (members, i);
      gint64 rid = kaf_database_find_rid (db, root, id);

      if (rid > 0 && !erase_all (&erasure, root, id, rid, reason, error))
        return FALSE;
    }
  return erasure_finish (&erasure, error);
}

/* Papers that the law keeps stay without her. */
static gboolean
unname_members (KafDatabase *db, const KafEntity *root, GPtrArray *members, GError **error)
{
  for (guint i = 0; i < members->len; i++)
    {
      const char *id = g_ptr_array_index (members, i);

      if (!kaf_pseudonym_take_place (db, root, id, error) ||
          !kaf_unname_commit (db, root, id, error))
        return FALSE;
    }
  return TRUE;
}

static void
note_survivor (const KafEntity *root, const char *id, gpointer data)
{
  gpointer *context = data;
  gint64 rid = kaf_database_find_rid (context[0], root, id);

  if (rid > 0)
    add_victim (context[1], root, id, rid);
}

gboolean
kaf_erase_replay (KafDatabase *db, GError **error)
{
  g_autoptr (GPtrArray) survivors = g_ptr_array_new_with_free_func (victim_free);
  gpointer context[] = { db, survivors };
  g_auto (Erasure) erasure = { 0 };
  gboolean done = TRUE;

  if (!kaf_ledger_refresh (db, error))
    return FALSE;
  kaf_ledger_foreach (db, note_survivor, context);
  if (survivors->len == 0)
    return TRUE;

  for (guint i = 0; i < survivors->len && !kaf_sync_is_enrolled (db); i++)
    {
      const Victim *victim = g_ptr_array_index (survivors, i);

      if (!kaf_pseudonym_take_place (db, victim->root, victim->id, error) ||
          !kaf_unname_commit (db, victim->root, victim->id, error))
        return FALSE;
    }
  if (!kaf_database_exec (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  erasure_begin (&erasure, db);
  for (guint i = 0; i < survivors->len && done; i++)
    {
      const Victim *victim = g_ptr_array_index (survivors, i);

      /* Another process may have come first, or the one before may have taken it along. */
      gint64 rid = kaf_database_find_rid (db, victim->root, victim->id);

      done = rid == 0 || erase_all (&erasure, victim->root, victim->id, rid, NULL, error);
    }
  return end_erasure (db, done && erasure_finish (&erasure, error), error);
}

gboolean
kaf_erase (
    KafDatabase *db, const KafEntity *entity, const char *id, const char *reason, GError **error)
{
  const KafEntity *root = kaf_entity_get_root (entity);
  g_autoptr (GPtrArray) members = NULL;

  if (db->read_only || kaf_entity_has (root, KAF_ENTITY_LIST))
    {
      g_set_error (error, KAF_STORE_ERROR,
                   db->read_only ? KAF_STORE_ERROR_READ_ONLY : KAF_STORE_ERROR_REFUSED,
                   "this record is not to be erased here");
      return FALSE;
    }

  if (kaf_sync_is_enrolled (db))
    {
      g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_AUTHORITY, "the hub alone erases");
      return FALSE;
    }

  if (kaf_database_find_rid (db, root, id) == 0 && kaf_erase_was_done (db, id))
    return kaf_erase_finish_left (db, error);
  members = kaf_one_list_members (db, root, id, error);
  if (members == NULL || !unname_members (db, root, members, error) ||
      !kaf_database_exec (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (!end_erasure (db, erase_found (db, root, members, reason, error), error))
    return FALSE;

  /* Erased from here on. What a full disk or a reader elsewhere holds up is finished when it is erased again, or the
   * store opened. */
  return kaf_erase_finish_left (db, error);
}

/* Of a record that is not here, or no more: its journal where what was typed of it was kept, and its drafts. */
static gboolean
erase_absent (KafDatabase *db, const KafErased *erased, GPtrArray *victims, GError **error)
{
  Victim *victim;

  add_victim (victims, erased->root, erased->id, 0);
  victim = g_ptr_array_index (victims, 0);
  victim->is_named = TRUE;
  return kaf_drop_forget (db, erased->root, erased->id, error) && erase_drafts (db, victims, error);
}

/* What was typed here of a record that was dropped, and the hub did not take, is here still: it goes, and what the law
 * keeps of her goes when all is told. */
static gboolean
erase_left_behind (Erasure *erasure, const KafErased *erased, GError **error)
{
  KafDatabase *db = erasure->db;
  gboolean spares = kaf_sync_is_enrolled (db) && kaf_hold_concerns (erased->root);
  g_autoptr (GPtrArray) victims = find_victims (db, erased->root, erased->id, 0, spares, error);

  for (guint i = 1; victims != NULL && i < victims->len; i++)
    {
      const Victim *victim = g_ptr_array_index (victims, i);
      gint64 rid = kaf_database_find_rid (db, victim->root, victim->id);

      /* The one before may have taken it along. */
      if (rid > 0 && !erase_all (erasure, victim->root, victim->id, rid, BY_THE_HUB, error))
        return FALSE;
    }
  return victims != NULL && (!spares || kaf_local_set (db, KAF_ERASE_SPARED, "1", error));
}

/* A record that never came here is kept out by its line in the ledger. That line alone may be left of an erasure that
 * was cut short, or of one that a restored store has not lived through: what names the record is looked for all the
 * same. */
static gboolean
erase_told (Erasure *erasure, const KafErased *erased, GError **error)
{
  KafDatabase *db = erasure->db;
  gint64 rid = kaf_database_find_rid (db, erased->root, erased->id);
  const char *reason = kaf_ledger_holds (db, erased->root, erased->id) ? NULL : BY_THE_HUB;
  g_autoptr (GPtrArray) none = g_ptr_array_new_with_free_func (victim_free);

  if (rid > 0)
    return erase_all (erasure, erased->root, erased->id, rid, reason, error);
  return erase_absent (db, erased, none, error) && erase_left_behind (erasure, erased, error) &&
         unname_victims (db, none, error) &&
         (reason == NULL || write_ledger (db, none, reason, error));
}

gboolean
kaf_erase_told (KafDatabase *db, GPtrArray *told, gint64 number, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);
  g_auto (Erasure) erasure = { 0 };
  gboolean done;

  if (!kaf_database_exec (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  erasure_begin (&erasure, db);
  done = kaf_ledger_refresh (db, error);
  for (guint i = 0; done && i < told->len; i++)
    done = erase_told (&erasure, g_ptr_array_index (told, i), error);
  done = done && erasure_finish (&erasure, error);
  /* That it is done is said when nothing is left; until then the hub tells it again. */
  return end_erasure (db, done, error) && kaf_erase_finish (db, error) &&
         kaf_local_set (db, KAF_SYNC_ERASED, text, error);
}

/* What the records are, and what belongs to them, once each. NULL on error. */
static GPtrArray *
gather_victims (Erasure *erasure, GPtrArray *records, GError **error)
{
  KafDatabase *db = erasure->db;
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (victim_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < records->len; i++)
    {
      const KafErased *one = g_ptr_array_index (records, i);
      gint64 rid = kaf_database_find_rid (db, one->root, one->id);
      g_autoptr (GPtrArray) victims = NULL;

      if (rid == 0)
        continue;
      if (!kaf_one_forget (erasure->one, one->root, one->id, error))
        return NULL;
      victims = find_victims (db, one->root, one->id, rid, FALSE, error);
      if (victims == NULL)
        return NULL;
      while (victims->len > 0)
        {
          Victim *victim = g_ptr_array_steal_index (victims, 0);

          if (g_hash_table_add (seen, &victim->rid))
            g_ptr_array_add (all, victim);
          else
            victim_free (victim);
        }
    }
  return g_steal_pointer (&all);
}

/* Groups of the journal that tell of many are written once. */
static gboolean
purge_all (KafDatabase *db, GPtrArray *records, gboolean drafts, GError **error)
{
  g_auto (Erasure) erasure = { 0 };
  g_autoptr (GPtrArray) victims = NULL;

  erasure_begin (&erasure, db);
  victims = gather_victims (&erasure, records, error);
  return victims != NULL &&
         (victims->len == 0 || erase_victims (db, victims, NULL, drafts, error)) &&
         erasure_finish (&erasure, error);
}

static gboolean
purge (KafDatabase *db, GPtrArray *records, gboolean drafts, GError **error)
{
  return records->len == 0 || (kaf_database_exec (db, "BEGIN IMMEDIATE", error) &&
                               end_erasure (db, purge_all (db, records, drafts, error), error));
}

gboolean
kaf_erase_purge_some (KafDatabase *db, GPtrArray *records, GError **error)
{
  return purge (db, records, FALSE, error);
}

gboolean
kaf_erase_purge (KafDatabase *db, GPtrArray *records, gboolean drafts, GError **error)
{
  return purge (db, records, drafts, error) && (records->len == 0 || kaf_erase_finish (db, error));
}

GPtrArray *
kaf_erase_find (KafDatabase *db, const KafEntity *root, const char *id, GError **error)
{
  gint64 rid = kaf_database_find_rid (db, root, id);
  g_autoptr (GPtrArray) victims = find_victims (db, root, id, rid, FALSE, error);
  GPtrArray *found;

  if (victims == NULL)
    return NULL;
  found = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_erased_free);
  for (guint i = 0; i < victims->len; i++)
    {
      const Victim *victim = g_ptr_array_index (victims, i);

      g_ptr_array_add (found, kaf_erased_new (0, victim->root, victim->id));
    }
  return found;
}
