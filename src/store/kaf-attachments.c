/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file comes in through a temporary one: hashed while it is copied, made durable, then given
 * its final name. The record is committed last, so that it never names a file that is not there. */
#include "config.h"

#include "store/kaf-attachments.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "schema/kaf-registry.h"
#include "store/kaf-attachments-private.h"
#include "store/kaf-journal.h"
#include "store/kaf-read-private.h"
#include "store/kaf-sync-state.h"

#define CHUNK_SIZE (256 * 1024)

/* A copy on its way in; one that old was cut short by a kill. */
#define INCOMING "incoming-"
#define STALE_AFTER (24 * 60 * 60) /* s */
#define PART_STALE_AFTER (7 * STALE_AFTER)

char *
kaf_attachments_folder (KafDatabase *db)
{
  return g_strconcat (db->path, ".files", NULL);
}

char *
kaf_attachments_path (KafDatabase *db, const char *sha256)
{
  g_autofree char *folder = kaf_attachments_folder (db);
  g_autofree char *shelf = g_strndup (sha256, 2);

  return g_build_filename (folder, shelf, sha256, NULL);
}

char *
kaf_attachments_part_path (KafDatabase *db, const char *sha256)
{
  g_autofree char *folder = kaf_attachments_folder (db);

  return g_strconcat (folder, G_DIR_SEPARATOR_S KAF_ATTACHMENTS_PART, sha256, NULL);
}

static gboolean
fail (GError **error, const char *doing)
{
  int code = errno;

  g_set_error (error, KAF_STORE_ERROR,
               code == ENOSPC || code == EDQUOT  ? KAF_STORE_ERROR_FULL
               : code == EROFS || code == EACCES ? KAF_STORE_ERROR_READ_ONLY
                                                 : KAF_STORE_ERROR_IO,
               "%s: %s", doing, g_strerror (code));
  return FALSE;
}

static gboolean
write_all (int fd, const guint8 *data, gsize size, GError **error)
{
  while (size > 0)
    {
      gssize n = write (fd, data, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return fail (error, "copy");
      data += n;
      size -= n;
    }
  return TRUE;
}

typedef struct
{
  GInputStream *input;
  int fd;
  gint64 total, done;
  GChecksum *checksum;
  KafProgressFunc progress;
  gpointer progress_data;
  GCancellable *cancellable;
} Copy;

static gboolean
copy_stream (Copy *copy, GError **error)
{
  g_autofree guint8 *chunk = g_malloc (CHUNK_SIZE);

  for (;;)
    {
      gssize n = g_input_stream_read (copy->input, chunk, CHUNK_SIZE, copy->cancellable, error);

      if (n < 0)
        return FALSE;
      if (n == 0)
        break;
      g_checksum_update (copy->checksum, chunk, n);
      if (!write_all (copy->fd, chunk, n, error))
        return FALSE;
      copy->done += n;
      if (copy->progress != NULL)
        copy->progress (copy->done, copy->total, copy->progress_data);
    }
  return fsync (copy->fd) == 0 || fail (error, "make durable");
}

static gboolean
sync_folder (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean done;

  if (fd < 0)
    return fail (error, "open folder");
  done = fsync (fd) == 0 || fail (error, "make folder durable");
  close (fd);
  return done;
}

/* Gives the content its place; what is there already under the same hash is the same. Within the
 * transaction that names it, so that nobody takes it for unnamed in between. */
gboolean
kaf_attachments_settle (KafDatabase *db, const char *temporary, const char *sha256, GError **error)
{
  g_autofree char *path = kaf_attachments_path (db, sha256);
  g_autofree char *shelf = g_path_get_dirname (path);
  g_autofree char *folder = kaf_attachments_folder (db);

  if (g_mkdir_with_parents (shelf, 0700) != 0)
    return fail (error, "make folder");
  if (g_rename (temporary, path) != 0)
    return fail (error, "name");
  return sync_folder (path, error) && sync_folder (shelf, error) && sync_folder (folder, error);
}

gboolean
kaf_attachments_is_named (KafDatabase *db, const char *sha256)
{
  g_autoptr (KafStatement) statement =
      kaf_database_prepare (db, "SELECT 1 FROM attachment WHERE sha256 = ?", NULL);

  if (statement == NULL)
    return TRUE;
  kaf_statement_bind_text (statement, 1, sha256);
  return kaf_database_step (db, statement, NULL);
}

gboolean
kaf_attachments_drop_unnamed (KafDatabase *db, const char *sha256, GError **error)
{
  g_autofree char *path = kaf_attachments_path (db, sha256);
  KafStatement *statement;
  gboolean named;

  if (!kaf_database_exec (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  statement = kaf_database_prepare (db, "SELECT 1 FROM attachment WHERE sha256 = ?", error);
  if (statement != NULL)
    {
      kaf_statement_bind_text (statement, 1, sha256);
      named = kaf_database_step (db, statement, error);
      kaf_statement_done (statement);
      if (!named && db->failure == NULL)
        g_unlink (path);
    }
  if (kaf_database_exec (db, "COMMIT", NULL))
    return TRUE;
  kaf_database_exec (db, "ROLLBACK", NULL);
  return FALSE;
}

/* Copies the file to @temporary, a template that becomes its name. */
static gboolean
copy_in (char *temporary,
         GFile *file,
         KafProgressFunc progress,
         gpointer progress_data,
         char **sha256,
         gint64 *size,
         GCancellable *cancellable,
         GError **error)
{
  g_autofree char *folder = g_path_get_dirname (temporary);
  g_autoptr (GFileInputStream) input = g_file_read (file, cancellable, error);
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  Copy copy = { NULL, -1, 0, 0, checksum, progress, progress_data, cancellable };
  gboolean done;

  if (input == NULL)
    return FALSE;
  info = g_file_input_stream_query_info (input, G_FILE_ATTRIBUTE_STANDARD_SIZE, cancellable, NULL);
  copy.total = info != NULL ? g_file_info_get_size (info) : 0;
  copy.input = G_INPUT_STREAM (input);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    return fail (error, "make folder");
  copy.fd = g_mkstemp_full (temporary, O_RDWR | O_CLOEXEC, 0600);
  if (copy.fd < 0)
    return fail (error, "make file");

  done = copy_stream (&copy, error);
  close (copy.fd);
  if (!done)
    {
      g_unlink (temporary);
      return FALSE;
    }
  *sha256 = g_strdup (g_checksum_get_string (checksum));
  *size = copy.done;
  return TRUE;
}

static KafRecord *
describe (const KafEntity *owner_entity,
          const char *owner_id,
          GFile *file,
          const char *sha256,
          gint64 size)
{
  KafRecord *record = kaf_record_new (kaf_registry_find ("attachment"), NULL);
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = g_filename_display_name (base);
  g_autofree char *type = g_content_type_guess (base, NULL, 0, NULL);
  g_autofree char *mime = type != NULL ? g_content_type_get_mime_type (type) : NULL;
  g_autofree char *bytes = g_strdup_printf ("%" G_GINT64_FORMAT, size);

  kaf_record_set (record, "owner", owner_id);
  kaf_record_set (record, "owner_entity", kaf_entity_get_root (owner_entity)->id);
  kaf_record_set (record, "file_name", name);
  kaf_record_set (record, "media_type", mime);
  kaf_record_set (record, "size", bytes);
  kaf_record_set (record, "sha256", sha256);
  return record;
}

/* One batch: the content takes its place, its record is made, the owner's field refers to it. */
static KafReceipt *
commit_content (KafDatabase *db,
                const char *temporary,
                KafRecord *record,
                KafRecord *owner,
                const char *field,
                char **id,
                GError **error)
{
  KafTransaction *tx = kaf_transaction_begin (db, "attach", error);

  if (tx == NULL)
    return NULL;
  if (!kaf_attachments_settle (db, temporary, kaf_record_get (record, "sha256"), error) ||
      !kaf_transaction_apply (tx, KAF_CHANGE_CREATE, record, id, NULL, error))
    {
      kaf_transaction_abort (tx);
      return NULL;
    }
  if (field != NULL)
    {
      kaf_record_set (owner, field, *id);
      if (!kaf_transaction_apply (tx, KAF_CHANGE_UPDATE, owner, NULL, NULL, error))
        {
          kaf_transaction_abort (tx);
          return NULL;
        }
    }
  return kaf_transaction_commit (tx, error);
}

void
kaf_attachments_drop_stale (KafDatabase *db)
{
  g_autofree char *folder = kaf_attachments_folder (db);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      gint64 kept = g_str_has_prefix (name, INCOMING)               ? STALE_AFTER
                    : g_str_has_prefix (name, KAF_ATTACHMENTS_PART) ? PART_STALE_AFTER
                                                                    : -1;
      struct stat info;

      if (kept > 0 && lstat (path, &info) == 0 &&
          info.st_mtime < g_get_real_time () / G_USEC_PER_SEC - kept)
        g_unlink (path);
    }
}

KafReceipt *
kaf_attachment_add (KafDatabase *db,
                    const KafEntity *owner_entity,
                    const char *owner_id,
                    const char *field,
                    GFile *file,
                    KafProgressFunc progress,
                    gpointer progress_data,
                    char **attachment_id,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autofree char *folder = kaf_attachments_folder (db);
  g_autofree char *temporary = g_build_filename (folder, INCOMING "XXXXXX", NULL);
  g_autofree char *sha256 = NULL;
  g_autofree char *id = NULL;
  g_autoptr (KafRecord) record = NULL;
  g_autoptr (KafRecord) owner = kaf_record_new (owner_entity, owner_id);
  KafReceipt *receipt = NULL;
  gint64 size = 0;

  if (db->read_only)
    {
      g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_READ_ONLY, "opened for reading only");
      return NULL;
    }
  if (!kaf_read_exists (db, owner_entity, owner_id))
    {
      g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND, "no such owner");
      return NULL;
    }
  kaf_attachments_drop_stale (db);
  if (!copy_in (temporary, file, progress, progress_data, &sha256, &size, cancellable, error))
    return NULL;

  record = describe (owner_entity, owner_id, file, sha256, size);
  if (!g_cancellable_set_error_if_cancelled (cancellable, error))
    receipt = commit_content (db, temporary, record, owner, field, &id, error);
  if (receipt == NULL)
    {
      g_unlink (temporary);
      kaf_attachments_drop_unnamed (db, sha256, NULL);
      return NULL;
    }
  if (attachment_id != NULL)
    *attachment_id = g_steal_pointer (&id);
  return receipt;
}

gboolean
kaf_attachment_place (KafDatabase *db, GFile *file, const char *sha256, GError **error)
{
  g_autofree char *folder = kaf_attachments_folder (db);
  g_autofree char *temporary = g_build_filename (folder, INCOMING "XXXXXX", NULL);
  g_autofree char *path = kaf_attachments_path (db, sha256);
  g_autofree char *found = NULL;
  gint64 size;
  gboolean placed = FALSE;

  if (access (path, F_OK) == 0)
    return TRUE;
  if (!copy_in (temporary, file, NULL, NULL, &found, &size, NULL, error))
    return FALSE;
  if (strcmp (found, sha256) == 0)
    placed = kaf_attachments_settle (db, temporary, sha256, error);
  else
    g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_DAMAGED, "the content has another hash");
  if (!placed)
    g_unlink (temporary);
  return placed;
}

gboolean
kaf_attachments_is_elsewhere (KafDatabase *db, const char *attachment_id)
{
  g_autoptr (KafStatement) own = NULL;

  if (!kaf_sync_is_enrolled (db))
    return FALSE;
  own = kaf_database_prepare (
      db,
      "SELECT 1 FROM head h JOIN op o ON o.rid = h.rid JOIN op_group g ON g.seq = o.seq"
      " WHERE h.id = ?1 AND h.entity = 'attachment' AND g.device <> '" KAF_JOURNAL_OTHERS "'"
      " AND NOT EXISTS (SELECT 1 FROM attachment a JOIN blob b ON b.sha256 = a.sha256"
      " WHERE a.rid = h.rid AND b.hub IS NOT NULL)",
      NULL);
  if (own == NULL)
    return FALSE;
  kaf_statement_bind_text (own, 1, attachment_id);
  return !kaf_database_step (db, own, NULL);
}

GFile *
kaf_attachment_get_file (KafDatabase *db, const char *attachment_id, GError **error)
{
  g_autoptr (KafRecord) record =
      kaf_read_record (db, kaf_registry_find ("attachment"), attachment_id, error);
  g_autofree char *path = NULL;

  if (record == NULL)
    return NULL;
  path = kaf_attachments_path (db, kaf_record_get (record, "sha256"));
  if (access (path, R_OK) != 0)
    {
      g_set_error (error, KAF_STORE_ERROR,
                   kaf_attachments_is_elsewhere (db, attachment_id) ? KAF_STORE_ERROR_ELSEWHERE
                                                                    : KAF_STORE_ERROR_NOT_FOUND,
                   "the content is missing");
      return NULL;
    }
  return g_file_new_for_path (path);
}
