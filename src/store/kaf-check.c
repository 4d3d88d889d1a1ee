/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-check.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "schema/kaf-registry.h"
#include "store/kaf-attachments-private.h"
#include "store/kaf-beside.h"
#include "store/kaf-journal.h"
#include "store/kaf-drafts.h"
#include "store/kaf-findings-kept.h"
#include "store/kaf-one-private.h"
#include "store/kaf-read-private.h"
#include "store/kaf-sync-private.h"
#include "store/kaf-sync-state.h"
#include "store/kaf-writer.h"
#include "sync/kaf-field-clocks.h"
#include "sync/kaf-op-group.h"

/* So many findings of a kind are told one by one. */
#define TOLD_MAX 20

typedef struct
{
  KafDatabase *db;
  GPtrArray *findings;
  GCancellable *cancellable;
  GError *error;
  gboolean is_part; /* a record may name one that this device may not see */
} Check;

static void G_GNUC_PRINTF (2, 3) finding (Check *self, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (self->findings, g_strdup_vprintf (format, args));
  va_end (args);
}

/* NULL once something failed: what comes then would only tell of the same. */
static KafStatement *
prepare (Check *self, const char *sql)
{
  return self->error == NULL ? kaf_database_prepare (self->db, sql, &self->error) : NULL;
}

/* Each row of @sql is a finding: its first column fills @format. */
static void
tell_rows (Check *self, const char *sql, const char *format)
{
  g_autoptr (KafStatement) statement = NULL;
  guint n = 0;

  statement = prepare (self, sql);
  if (statement == NULL)
    return;
  while (kaf_database_step (self->db, statement, &self->error))
    {
      const char *what = kaf_statement_text (statement, 0);

      if (++n <= TOLD_MAX)
        finding (self, format, what != NULL ? what : "?");
    }
  if (n > TOLD_MAX)
    finding (self, "… and %u more of this kind", n - TOLD_MAX);
}

static void
check_pages (Check *self)
{
  g_autoptr (KafStatement) statement = prepare (self, "PRAGMA integrity_check");

  if (statement == NULL)
    return;
  while (kaf_database_step (self->db, statement, &self->error))
    if (g_strcmp0 (kaf_statement_text (statement, 0), "ok") != 0)
      finding (self, "file: %s", kaf_statement_text (statement, 0));
}

static void
check_tables (Check *self, const KafEntity *entity)
{
  g_autofree char *sql = g_strdup_printf ("SELECT name FROM pragma_table_info ('%s')", entity->id);
  g_autoptr (KafStatement) statement = prepare (self, sql);
  g_autoptr (GHashTable) columns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (statement == NULL)
    return;
  while (kaf_database_step (self->db, statement, &self->error))
    g_hash_table_add (columns, g_strdup (kaf_statement_text (statement, 0)));
  for (const KafField *field = entity->fields; field->id != NULL; field++)
    if (!kaf_field_is_many (field) && !g_hash_table_contains (columns, field->id))
      finding (self, "schema: %s has no column %s", entity->id, field->id);
}

/* Whether a sync was cut between two pages: what is named and not here comes with the next. */
static gboolean
is_reading (KafDatabase *db)
{
  g_autofree char *reading = kaf_local_get (db, KAF_SYNC_READING);

  return g_strcmp0 (reading, "1") == 0;
}

static void
check_references (Check *self, const KafEntity *entity, const KafField *field)
{
  const KafEntity *target = kaf_registry_find (field->target);
  g_autofree char *sql = NULL;
  g_autofree char *format = NULL;

  if (target == NULL || (self->is_part && !kaf_entity_has (target, KAF_ENTITY_LIST)))
    return;
  sql = kaf_field_is_many (field)
            ? g_strdup_printf ("SELECT s.value FROM \"%s_set\" s WHERE s.field = '%s' AND s.removed"
                               " IS NULL AND NOT EXISTS (SELECT 1 FROM head h WHERE h.id = s.value"
                               " AND h.entity = '%s')",
                               entity->id, field->id, kaf_entity_get_root (target)->id)
            : g_strdup_printf ("SELECT e.\"%s\" FROM \"%s\" e WHERE e.\"%s\" IS NOT NULL AND NOT"
                               " EXISTS (SELECT 1 FROM head h WHERE h.id = e.\"%s\" AND h.entity ="
                               " '%s')",
                               field->id, entity->id, field->id, field->id,
                               kaf_entity_get_root (target)->id);
  format = g_strdup_printf ("reference: %s.%s names %%s, which is not here", entity->id, field->id);
  tell_rows (self, sql, format);
}

static void
check_clocks (Check *self, const KafEntity *entity)
{
  g_autofree char *sql = g_strdup_printf ("SELECT rid, clock FROM \"%s\"", entity->id);
  g_autoptr (KafStatement) statement = prepare (self, sql);

  if (statement == NULL)
    return;
  while (kaf_database_step (self->db, statement, &self->error))
    if (!kaf_field_clocks_check (sqlite3_column_blob (statement, 1),
                                 sqlite3_column_bytes (statement, 1)))
      finding (self, "clocks: row %" G_GINT64_FORMAT " of %s",
               (gint64) sqlite3_column_int64 (statement, 0), entity->id);
}

static void
check_heads (Check *self, const KafEntity *entity)
{
  g_autofree char *orphans = NULL;
  g_autofree char *heads = NULL;
  g_autofree char *tally = NULL;

  if (entity->owner == NULL)
    {
      heads = g_strdup_printf ("SELECT h.id FROM head h WHERE h.entity = '%s' AND NOT EXISTS"
                               " (SELECT 1 FROM \"%s\" e WHERE e.rid = h.rid)",
                               entity->id, entity->id);
      tell_rows (self, heads, "head: %s has no row");
    }
  orphans = g_strdup_printf ("SELECT e.rid FROM \"%s\" e WHERE NOT EXISTS (SELECT 1 FROM head h"
                             " WHERE h.rid = e.rid AND h.entity = '%s')",
                             entity->id, kaf_entity_get_root (entity)->id);
  tell_rows (self, orphans, "head: row %s has none");
  tally = g_strdup_printf ("SELECT t.entity FROM (SELECT '%s' AS entity) t WHERE"
                           " coalesce ((SELECT live FROM tally WHERE entity = '%s'), 0) <>"
                           " (SELECT count(*) FROM \"%s\" e JOIN head h ON h.rid = e.rid"
                           " WHERE e.deleted_at IS NULL AND h.deleted = 0)",
                           entity->id, entity->id, entity->id);
  tell_rows (self, tally, "tally: the count of %s is wrong");
}

/* Head and search document of every identity against what its rows give. */
static void
check_identities (Check *self, const KafEntity *root)
{
  g_autoptr (KafStatement) statement =
      prepare (self, "SELECT rid, id FROM head WHERE entity = ? ORDER BY rid");
  guint n_heads = 0, n_documents = 0;

  if (statement == NULL)
    return;
  kaf_statement_bind_text (statement, 1, root->id);
  while (kaf_database_step (self->db, statement, &self->error) &&
         !g_cancellable_is_cancelled (self->cancellable))
    {
      const char *id = kaf_statement_text (statement, 1);
      KafIdentity identity = { 0 };
      gboolean same_head, same_document;
      g_autoptr (GError) local = NULL;
      gboolean done =
          kaf_writer_read_identity (self->db, root, sqlite3_column_int64 (statement, 0), id,
                                    &identity, &local) &&
          kaf_writer_compare_identity (self->db, &identity, &same_head, &same_document, &local);

      if (done && !same_head && ++n_heads <= TOLD_MAX)
        finding (self, "head: that of %s %s differs from its row", root->id, id);
      if (done && !same_document && ++n_documents <= TOLD_MAX)
        finding (self, "search: the document of %s %s differs from its row", root->id, id);
      kaf_writer_clear_identity (&identity);
      /* A head without a row is told by check_heads(). */
      if (!done && !g_error_matches (local, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND))
        {
          self->error = g_steal_pointer (&local);
          break;
        }
    }
  if (MAX (n_heads, n_documents) > TOLD_MAX)
    finding (self, "… and %u more of this kind",
             MAX (n_heads, TOLD_MAX) + MAX (n_documents, TOLD_MAX) - 2 * TOLD_MAX);
}

/* Sizes first: in a damaged store a hash or a salt may be anything, or nothing. */
static gboolean
is_payload_whole (KafStatement *row)
{
  guint8 hash[32];

  if (sqlite3_column_bytes (row, 9) != 32 || sqlite3_column_bytes (row, 11) == 0)
    return FALSE;
  kaf_op_group_hash_payload (sqlite3_column_blob (row, 11), sqlite3_column_bytes (row, 11),
                             kaf_statement_text (row, 12), hash);
  return memcmp (hash, sqlite3_column_blob (row, 9), 32) == 0;
}

/* The chain: every header by its hash and its predecessor's, every payload by its own. */
static void
check_journal (Check *self)
{
  KafDatabase *db = self->db;
  g_autoptr (KafStatement) statement =
      prepare (self, "SELECT " KAF_JOURNAL_HEADER
                     ", hash, salt, payload FROM op_group ORDER BY device, dseq");
  g_autofree char *device = NULL;
  guint8 previous[32] = { 0 };
  gint64 expected = 1;

  if (statement == NULL)
    return;
  while (kaf_database_step (db, statement, &self->error))
    {
      gint64 dseq = sqlite3_column_int64 (statement, 1);
      guint8 hash[32];

      if (g_strcmp0 (device, kaf_statement_text (statement, 0)) != 0)
        {
          g_free (device);
          device = g_strdup (kaf_statement_text (statement, 0));
          memset (previous, 0, sizeof previous);
          expected = 1;
        }
      if (dseq != expected)
        finding (self, "journal: group %" G_GINT64_FORMAT " where %" G_GINT64_FORMAT " should be",
                 dseq, expected);
      kaf_journal_hash_header (statement, hash);
      if (sqlite3_column_bytes (statement, 8) != 32 || sqlite3_column_bytes (statement, 10) != 32 ||
          memcmp (sqlite3_column_blob (statement, 8), previous, 32) != 0 ||
          memcmp (sqlite3_column_blob (statement, 10), hash, 32) != 0)
        finding (self, "journal: the chain breaks at group %" G_GINT64_FORMAT, dseq);
      memcpy (previous, hash, sizeof previous);
      expected = dseq + 1;

      if (kaf_statement_text (statement, 12) == NULL)
        continue;
      if (!is_payload_whole (statement))
        finding (self, "journal: the payload of group %" G_GINT64_FORMAT " was altered", dseq);
    }
}

static void
check_index (Check *self)
{
  g_autoptr (GError) local = NULL;

  if (!self->db->read_only &&
      !kaf_database_exec (
          self->db, "INSERT INTO search (search, rank) VALUES ('integrity-check', 1)", &local))
    {
      if (g_error_matches (local, KAF_STORE_ERROR, KAF_STORE_ERROR_DAMAGED))
        finding (self, "search: the index differs from its documents");
      else
        g_propagate_error (&self->error, g_steal_pointer (&local));
    }
  tell_rows (self,
             "SELECT d.rid FROM search_doc d WHERE NOT EXISTS (SELECT 1 FROM head h WHERE h.rid ="
             " d.rid AND h.deleted = 0)",
             "search: the document of row %s has no record");
}

/* What is kept beside the records against what follows from them. */
static void
check_beside (Check *self, const KafBesideCheck *one)
{
  g_autoptr (GPtrArray) wrong = one->find_wrong (self->db, &self->error);

  for (guint i = 0; wrong != NULL && i < MIN (wrong->len, TOLD_MAX); i++)
    finding (self, "%s: what is kept of %s does not follow from the records", one->name,
             (const char *) g_ptr_array_index (wrong, i));
  if (wrong != NULL && wrong->len > TOLD_MAX)
    finding (self, "… and %u more of this kind", wrong->len - TOLD_MAX);
}

/* Records that are one, against what was judged. */
static void
check_one (Check *self)
{
  g_autoptr (GPtrArray) wrong = kaf_one_check (self->db, &self->error);

  for (guint i = 0; wrong != NULL && i < MIN (wrong->len, TOLD_MAX); i++)
    finding (self, "%s", (const char *) g_ptr_array_index (wrong, i));
  if (wrong != NULL && wrong->len > TOLD_MAX)
    finding (self, "… and %u more of this kind", wrong->len - TOLD_MAX);
}

/* What this connection keeps of the rules' findings against what they find now. */
static void
check_findings (Check *self)
{
  guint n = 0;

  if (kaf_findings_check (self->db, &n, &self->error) && n > 0)
    finding (self, "findings: %u that are kept are not what the rules find", n);
}

static void
check_content (Check *self, const char *id, const char *sha256)
{
  g_autofree char *path = kaf_attachments_path (self->db, sha256);
  g_autofree guint8 *chunk = g_malloc (256 * 1024);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  gssize n;

  if (fd < 0)
    {
      if (!kaf_attachments_is_elsewhere (self->db, id))
        finding (self, "attachment: the content of %s is missing", id);
      return;
    }
  while ((n = read (fd, chunk, 256 * 1024)) > 0 && !g_cancellable_is_cancelled (self->cancellable))
    g_checksum_update (checksum, chunk, n);
  close (fd);
  if (n < 0)
    finding (self, "attachment: the content of %s cannot be read", id);
  if (n == 0 && g_strcmp0 (g_checksum_get_string (checksum), sha256) != 0)
    finding (self, "attachment: the content of %s was altered", id);
}

static void
check_attachments (Check *self)
{
  g_autoptr (KafStatement) statement =
      prepare (self, "SELECT h.id, a.sha256 FROM attachment a JOIN head h ON h.rid = a.rid");

  if (statement == NULL)
    return;
  while (kaf_database_step (self->db, statement, &self->error))
    check_content (self, kaf_statement_text (statement, 0), kaf_statement_text (statement, 1));
}

GPtrArray *
kaf_check (KafDatabase *db, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  Check self = {
    .db = db, .findings = findings, .cancellable = cancellable, .is_part = kaf_sync_is_part (db)
  };
  gboolean reading = is_reading (db);
  guint n_entities;
  const KafEntity *const *entities = kaf_registry_entities (&n_entities);

  check_pages (&self);
  for (guint i = 0; i < n_entities && self.error == NULL; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      check_tables (&self, entities[i]);
      check_heads (&self, entities[i]);
      check_clocks (&self, entities[i]);
      if (entities[i]->owner == NULL && self.error == NULL)
        check_identities (&self, entities[i]);
      for (const KafField *field = entities[i]->fields; !reading && field->id != NULL; field++)
        check_references (&self, entities[i], field);
    }
  if (self.error == NULL)
    check_journal (&self);
  if (self.error == NULL)
    check_index (&self);
  for (const KafBesideCheck *one = kaf_beside_checks; one->name != NULL && self.error == NULL;
       one++)
    check_beside (&self, one);
  if (self.error == NULL)
    check_one (&self);
  if (self.error == NULL)
    check_findings (&self);
  if (self.error == NULL)
    check_attachments (&self);
  if (self.error == NULL)
    g_cancellable_set_error_if_cancelled (cancellable, &self.error);

  if (self.error != NULL)
    {
      g_propagate_error (error, self.error);
      return NULL;
    }
  return g_steal_pointer (&findings);
}
