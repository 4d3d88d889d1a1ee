/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HUB.files/SH/SHA256 is a whole content, HUB.files/incoming/SHA256 one on its way. A chunk is written
 * within the transaction that notes it: an erasure, be it of another process, comes before or after, and
 * no byte is written behind its back. Chunks are made durable all at once, at the end; what a power
 * failure took is then found by the hash, and sent again. */
#include "config.h"

#include "server/kaf-hub-blobs.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "schema/kaf-registry.h"
#include "server/kaf-hub-grants.h"
#include "server/kaf-hub-quarantine.h"

#define FILE_MAX (G_GINT64_CONSTANT (256) * 1024 * 1024)
#define USER_MAX (G_GINT64_CONSTANT (16) * 1024 * 1024 * 1024)

#define DAY_MS (G_GINT64_CONSTANT (24) * 3600 * 1000)
#define PART_KEPT_MS (7 * DAY_MS)
#define UNNAMED_KEPT_MS (30 * DAY_MS)

#define INCOMING "incoming"

/* In the hub's meta: contents that an erasure may have left without a name. */
#define PENDING "blobs-erased"

struct _KafHubBlobs
{
  KafHubStorage *storage;
  KafClock *clock;
  char *folder;
  gint64 file_max, user_max;
};

G_DEFINE_QUARK (kaf_blob_error_quark, kaf_blob_error)

KafHubBlobs *
kaf_hub_blobs_new (KafHubStorage *storage, const char *path, KafClock *clock)
{
  KafHubBlobs *self = g_new0 (KafHubBlobs, 1);

  self->storage = storage;
  self->clock = clock;
  self->folder = g_strconcat (path, ".files", NULL);
  kaf_hub_blobs_set_limits (self, FILE_MAX, USER_MAX);
  return self;
}

void
kaf_hub_blobs_free (KafHubBlobs *self)
{
  g_free (self->folder);
  g_free (self);
}

void
kaf_hub_blobs_set_limits (KafHubBlobs *self, gint64 file, gint64 user)
{
  self->file_max = file;
  self->user_max = user;
}

gboolean
kaf_blob_is_name (const char *sha256)
{
  return strlen (sha256) == 64 && strspn (sha256, "0123456789abcdef") == 64;
}

guint
kaf_blob_count_chunks (gint64 size)
{
  return MAX (1, (size + KAF_BLOB_CHUNK - 1) / KAF_BLOB_CHUNK);
}

static gint64
now_ms (KafHubBlobs *self)
{
  return kaf_clock_now (self->clock) / 1000;
}

static gboolean
fail (GError **error, const char *doing)
{
  int code = errno;

  g_set_error (error, KAF_HUB_ERROR,
               code == ENOSPC || code == EDQUOT ? KAF_HUB_ERROR_FULL : KAF_HUB_ERROR_IO, "%s: %s",
               doing, g_strerror (code));
  return FALSE;
}

static gboolean
refuse (KafBlobError code, GError **error)
{
  g_set_error (error, KAF_BLOB_ERROR, code, "content refused: %d", code);
  return FALSE;
}

static char *
part_path (KafHubBlobs *self, const char *sha256)
{
  return g_build_filename (self->folder, INCOMING, sha256, NULL);
}

static char *
whole_path (const char *folder, const char *sha256)
{
  g_autofree char *shelf = g_strndup (sha256, 2);

  return g_build_filename (folder, shelf, sha256, NULL);
}

/* Who may */

/* THE decision whether a session may see a record: where it stands, and what the role reads. @record: an
 * attachment; whoever may not read the name of a file may not read the file. */
static gboolean
may_see (KafHubBlobs *self,
         const KafHubSession *session,
         KafHubRecord *record,
         gboolean *may,
         GError **error)
{
  const KafHubPart *part = record->parts->len > 0 ? g_ptr_array_index (record->parts, 0) : NULL;
  g_autoptr (KafHubGrants) grants = NULL;
  KafHubStanding standing;

  *may = part != NULL && session->role != NULL && !session->role->aggregates_only &&
         kaf_record_get_stamp (part->record)->deleted_at == 0;
  if (!*may)
    return TRUE;
  grants = kaf_hub_grants_new (session);
  kaf_hub_grants_look (grants, record->root, record->scopes, &standing);
  *may = standing.now;
  for (guint i = 0; *may && record->root->fields[i].id != NULL; i++)
    *may = kaf_role_can_read (session->role, &record->root->fields[i]);
  return TRUE;
}

/* Whether the session's role adds files, or at least such: of a content that is named already it brings what lacks, after a
 * restore too, whose record that may be. */
static gboolean
may_write (const KafHubSession *session, KafHubRecord *record)
{
  const KafHubPart *part = g_ptr_array_index (record->parts, 0);
  const KafEntity *owner = kaf_registry_find (kaf_record_get (part->record, "owner_entity"));

  for (const KafField *field = record->root->fields; field->id != NULL; field++)
    if (!kaf_role_can_write (session->role, field) &&
        !kaf_role_can_write_of (session->role, record->root, owner, field))
      return FALSE;
  return TRUE;
}

static gint64
read_size (KafHubRecord *record)
{
  const KafHubPart *part = g_ptr_array_index (record->parts, 0);
  const char *size = kaf_record_get (part->record, "size");

  return size != NULL ? g_ascii_strtoll (size, NULL, 10) : -1;
}

/* Whether a session has to do with a record that names a content. @may (out) */
typedef gboolean (*MayFunc) (KafHubBlobs *self,
                             const KafHubSession *session,
                             KafHubRecord *record,
                             gboolean *may,
                             GError **error);

/* Who wrote it where he may not, and from whom it was taken over since, has the content, and nobody else. */
static gboolean
may_bring (KafHubBlobs *self,
           const KafHubSession *session,
           KafHubRecord *record,
           gboolean *may,
           GError **error)
{
  return may_see (self, session, record, may, error) &&
         (*may || kaf_hub_quarantine_was_taken (self->storage, session, record->root, record->id,
                                                may, error));
}

/* What a record says of the content that the session has to do with; one that does not tell its size is of no use. @writes
 * (nullable): whether it may send it as well, for the sake of any of them. */
static gboolean
find_access (KafHubBlobs *self,
             const KafHubSession *session,
             const char *sha256,
             MayFunc may_access,
             gint64 *size,
             gboolean *writes,
             GError **error)
{
  gboolean found = FALSE;
  const KafEntity *entity = kaf_registry_find ("attachment");
  g_autoptr (GPtrArray) names =
      self->storage->klass->find_blob_names (self->storage, sha256, error);

  if (names == NULL)
    return FALSE;
  for (guint i = 0; i < names->len; i++)
    {
      g_autoptr (KafHubRecord) record = NULL;
      gboolean may = FALSE;

      if (!self->storage->klass->read_record (self->storage, entity, g_ptr_array_index (names, i),
                                              &record, error) ||
          (record != NULL && !may_access (self, session, record, &may, error)))
        return FALSE;
      if (!may || read_size (record) < 0)
        continue;
      found = TRUE;
      *size = read_size (record);
      if (writes == NULL || (*writes = may_write (session, record)))
        return TRUE;
    }
  return found || refuse (KAF_BLOB_ERROR_MISSING, error);
}

/* What came */

static gboolean
has_come (const KafHubBlob *blob, guint n)
{
  gsize size;
  const guint8 *bits = g_bytes_get_data (blob->came, &size);

  return n / 8 < size && (bits[n / 8] >> (n % 8) & 1) != 0;
}

static void
note_come (KafHubBlob *blob, guint n)
{
  gsize size;
  guint8 *bits = g_bytes_unref_to_data (blob->came, &size);

  bits[n / 8] |= 1 << (n % 8);
  blob->came = g_bytes_new_take (bits, size);
}

static GArray *
list_missing (const KafHubBlob *blob, gint64 size)
{
  GArray *missing = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint n = 0; n < kaf_blob_count_chunks (size); n++)
    if (blob->size < 0 || (blob->came != NULL && !has_come (blob, n)))
      g_array_append_val (missing, n);
  return missing;
}

/* The content may lie there though the hub does not know of it: it is younger than the backup that the hub
 * was restored from. */
static gboolean
read_blob (KafHubBlobs *self, const char *sha256, gint64 size, KafHubBlob *blob, GError **error)
{
  g_autofree char *path = whole_path (self->folder, sha256);
  struct stat info;
  gboolean there = stat (path, &info) == 0 && S_ISREG (info.st_mode);

  if (!self->storage->klass->read_blob (self->storage, sha256, blob, error))
    return FALSE;
  if (blob->size >= 0 && blob->came == NULL && !there) /* the other way round */
    {
      kaf_hub_blob_clear (blob);
      blob->size = -1;
    }
  if (blob->size < 0 && there && info.st_size == size)
    blob->size = size;
  return TRUE;
}

int
kaf_hub_blobs_open (KafHubBlobs *self,
                    const KafHubSession *session,
                    const char *sha256,
                    gint64 *size,
                    GError **error)
{
  g_auto (KafHubBlob) blob = { 0 };
  g_autofree char *path = whole_path (self->folder, sha256);
  int fd;

  if (!find_access (self, session, sha256, may_see, size, NULL, error) ||
      !read_blob (self, sha256, *size, &blob, error))
    return -1;
  if (blob.size < 0 || blob.came != NULL)
    {
      refuse (KAF_BLOB_ERROR_ABSENT, error);
      return -1;
    }
  fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (fd < 0)
    fail (error, "open content");
  *size = blob.size;
  return fd;
}

/* Taking in */

static gboolean
may_send (KafHubBlobs *self,
          const KafHubSession *session,
          const char *sha256,
          gint64 *size,
          GError **error)
{
  gboolean writes = FALSE;

  if (!find_access (self, session, sha256, may_bring, size, &writes, error))
    return FALSE;
  if (!writes)
    return refuse (KAF_BLOB_ERROR_READ_ONLY, error);
  return *size <= self->file_max || refuse (KAF_BLOB_ERROR_TOO_LARGE, error);
}

gboolean
kaf_hub_blobs_admit (KafHubBlobs *self,
                     const KafHubSession *session,
                     const char *sha256,
                     GError **error)
{
  gint64 size;

  return may_send (self, session, sha256, &size, error);
}

static gboolean
is_chunk (guint n, gint64 total, gsize size)
{
  guint count = kaf_blob_count_chunks (total);

  if (n >= count)
    return FALSE;
  return size == (n + 1 < count ? KAF_BLOB_CHUNK : total - (gint64) n * KAF_BLOB_CHUNK);
}

static gboolean
has_room (KafHubBlobs *self, const KafHubSession *session, gint64 total, GError **error)
{
  gint64 used;

  return self->storage->klass->sum_blobs (self->storage, session->user, &used, error) &&
         (used + total <= self->user_max || refuse (KAF_BLOB_ERROR_QUOTA, error));
}

static gboolean
begin_blob (
    KafHubBlobs *self, const KafHubSession *session, gint64 total, KafHubBlob *blob, GError **error)
{
  gsize n_bytes = (kaf_blob_count_chunks (total) + 7) / 8;

  if (!has_room (self, session, total, error))
    return FALSE;
  *blob = (KafHubBlob){ total, g_strdup (session->user), 0, NULL };
  blob->came = g_bytes_new_take (g_malloc0 (n_bytes), n_bytes);
  return TRUE;
}

gboolean
kaf_hub_blobs_look (KafHubBlobs *self,
                    const KafHubSession *session,
                    const char *sha256,
                    gint64 *size,
                    GArray **missing,
                    GError **error)
{
  g_auto (KafHubBlob) blob = { 0 };

  if (!may_send (self, session, sha256, size, error) ||
      !read_blob (self, sha256, *size, &blob, error) ||
      (blob.size < 0 && !has_room (self, session, *size, error)))
    return FALSE;
  *missing = list_missing (&blob, *size);
  /* All chunks came, and whoever sent the last was not told whether they are right: it is asked for again. */
  if (blob.size >= 0 && blob.came != NULL && (*missing)->len == 0)
    {
      guint last = kaf_blob_count_chunks (*size) - 1;

      g_array_append_val (*missing, last);
    }
  return TRUE;
}

static gboolean
write_chunk (
    KafHubBlobs *self, const char *sha256, guint n, const char *data, gsize size, GError **error)
{
  g_autofree char *path = part_path (self, sha256);
  g_autofree char *folder = g_path_get_dirname (path);
  int fd;
  gsize done = 0;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return fail (error, "make folder");
  fd = open (path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0)
    return fail (error, "make part");
  while (done < size)
    {
      gssize some =
          pwrite (fd, data + done, size - done, (off_t) n * (off_t) KAF_BLOB_CHUNK + done);

      if (some < 0 && errno == EINTR)
        continue;
      if (some < 0)
        {
          fail (error, "write chunk");
          close (fd);
          return FALSE;
        }
      done += some;
    }
  return close (fd) == 0 || fail (error, "write chunk");
}

/* Within a transaction. */
static gboolean
take_chunk (KafHubBlobs *self,
            const KafHubSession *session,
            const char *sha256,
            guint n,
            gint64 total,
            const char *data,
            gsize size,
            KafHubBlob *blob,
            GError **error)
{
  gint64 told;

  if (!may_send (self, session, sha256, &told, error))
    return FALSE;
  if (told != total)
    return refuse (KAF_BLOB_ERROR_SIZE, error);
  if (!is_chunk (n, total, size))
    return refuse (KAF_BLOB_ERROR_CHUNK, error);
  if (!read_blob (self, sha256, total, blob, error))
    return FALSE;
  if (blob->size >= 0 && (blob->came == NULL || has_come (blob, n)))
    return TRUE;
  if ((blob->size < 0 && !begin_blob (self, session, total, blob, error)) ||
      !write_chunk (self, sha256, n, data, size, error))
    return FALSE;
  note_come (blob, n);
  blob->at = now_ms (self);
  return self->storage->klass->write_blob (self->storage, sha256, blob, error);
}

gboolean
kaf_hub_blobs_put (KafHubBlobs *self,
                   const KafHubSession *session,
                   const char *sha256,
                   guint n,
                   gint64 total,
                   const char *data,
                   gsize size,
                   guint *n_missing,
                   gboolean *whole,
                   GError **error)
{
  g_auto (KafHubBlob) blob = { 0 };
  g_autoptr (GArray) missing = NULL;
  gboolean done;

  if (!self->storage->klass->begin (self->storage, error))
    return FALSE;
  done = take_chunk (self, session, sha256, n, total, data, size, &blob, error);
  if (!self->storage->klass->end (self->storage, done, error))
    return FALSE;
  missing = list_missing (&blob, total);
  *n_missing = missing->len;
  *whole = blob.came == NULL;
  return TRUE;
}

static gboolean
hash_file (int fd, GChecksum *checksum, GError **error)
{
  g_autofree guint8 *chunk = g_malloc (KAF_BLOB_CHUNK);
  gssize n;

  while ((n = read (fd, chunk, KAF_BLOB_CHUNK)) != 0)
    {
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return fail (error, "read content");
      g_checksum_update (checksum, chunk, n);
    }
  return TRUE;
}

gboolean
kaf_hub_blobs_verify (KafHubBlobs *self, const char *sha256, gboolean *right, GError **error)
{
  g_autofree char *path = part_path (self, sha256);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  int fd = open (path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
  gboolean done;

  *right = FALSE;
  if (fd < 0) /* another request has settled it, or it was erased */
    {
      g_autofree char *whole = whole_path (self->folder, sha256);

      if (errno != ENOENT)
        return fail (error, "open part");
      *right = g_file_test (whole, G_FILE_TEST_EXISTS);
      return TRUE;
    }
  done = hash_file (fd, checksum, error) && (fsync (fd) == 0 || fail (error, "make durable"));
  close (fd);
  *right = done && g_strcmp0 (g_checksum_get_string (checksum), sha256) == 0;
  return done;
}

static gboolean
sync_folder (const char *folder, GError **error)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean done = fd >= 0 && fsync (fd) == 0;

  if (!done)
    fail (error, "make folder durable");
  if (fd >= 0)
    close (fd);
  return done;
}

static gboolean
place (KafHubBlobs *self, const char *sha256, GError **error)
{
  g_autofree char *part = part_path (self, sha256);
  g_autofree char *path = whole_path (self->folder, sha256);
  g_autofree char *shelf = g_path_get_dirname (path);

  if (g_mkdir_with_parents (shelf, 0700) != 0)
    return fail (error, "make folder");
  if (g_rename (part, path) != 0)
    return fail (error, "name content");
  return sync_folder (shelf, error) && sync_folder (self->folder, error);
}

static gboolean
settle (KafHubBlobs *self, const char *sha256, gboolean right, GError **error)
{
  g_auto (KafHubBlob) blob = { 0 };
  g_autofree char *part = part_path (self, sha256);

  if (!self->storage->klass->read_blob (self->storage, sha256, &blob, error))
    return FALSE;
  if (blob.size < 0) /* erased meanwhile */
    return refuse (KAF_BLOB_ERROR_MISSING, error);
  if (blob.came == NULL) /* settled meanwhile */
    return TRUE;
  if (!right)
    {
      g_unlink (part);
      return self->storage->klass->drop_blob (self->storage, sha256, error);
    }
  if (!place (self, sha256, error))
    return FALSE;
  g_clear_pointer (&blob.came, g_bytes_unref);
  blob.at = now_ms (self);
  return self->storage->klass->write_blob (self->storage, sha256, &blob, error);
}

gboolean
kaf_hub_blobs_settle (KafHubBlobs *self, const char *sha256, gboolean right, GError **error)
{
  gboolean done;

  if (!self->storage->klass->begin (self->storage, error))
    return FALSE;
  done = settle (self, sha256, right, error);
  return self->storage->klass->end (self->storage, done, error) &&
         (right || refuse (KAF_BLOB_ERROR_HASH, error));
}

/* Removing */

/* Within a transaction. */
static gboolean
drop (KafHubBlobs *self, const char *sha256, GError **error)
{
  g_autofree char *part = part_path (self, sha256);
  g_autofree char *path = whole_path (self->folder, sha256);

  if ((g_unlink (part) != 0 && errno != ENOENT) || (g_unlink (path) != 0 && errno != ENOENT))
    return fail (error, "remove content");
  return self->storage->klass->drop_blob (self->storage, sha256, error);
}

static gboolean
drop_unnamed (KafHubBlobs *self, const char *sha256, GError **error)
{
  g_autoptr (GPtrArray) names =
      self->storage->klass->find_blob_names (self->storage, sha256, error);

  return names != NULL && (names->len > 0 || drop (self, sha256, error));
}

gboolean
kaf_hub_blobs_note_erased (KafHubStorage *storage, GPtrArray *victims, GError **error)
{
  g_autofree char *before = storage->klass->get_meta (storage, PENDING, NULL);
  g_autoptr (GString) pending = g_string_new (before);

  for (guint i = 0; i < victims->len; i++)
    {
      const KafErased *victim = g_ptr_array_index (victims, i);
      g_autoptr (KafHubRecord) record = NULL;
      const KafHubPart *part;
      const char *sha256;

      if (!g_str_equal (victim->root->id, "attachment"))
        continue;
      if (!storage->klass->read_record (storage, victim->root, victim->id, &record, error))
        return FALSE;
      part = record != NULL && record->parts->len > 0 ? g_ptr_array_index (record->parts, 0) : NULL;
      sha256 = part != NULL ? kaf_record_get (part->record, "sha256") : NULL;
      if (sha256 != NULL && kaf_blob_is_name (sha256))
        g_string_append_printf (pending, "%s\n", sha256);
    }
  return pending->len == 0 || storage->klass->set_meta (storage, PENDING, pending->str, error);
}

gboolean
kaf_hub_blobs_finish_erasure (KafHubBlobs *self, GError **error)
{
  const KafHubStorageClass *klass = self->storage->klass;
  g_autofree char *pending = klass->get_meta (self->storage, PENDING, NULL);
  g_auto (GStrv) names = g_strsplit (pending != NULL ? pending : "", "\n", -1);
  gboolean done = TRUE;

  if (pending == NULL || *pending == '\0')
    return TRUE;
  if (!klass->begin (self->storage, error))
    return FALSE;
  for (guint i = 0; done && names[i] != NULL; i++)
    done = !kaf_blob_is_name (names[i]) || drop_unnamed (self, names[i], error);
  done = done && klass->set_meta (self->storage, PENDING, "", error);
  return klass->end (self->storage, done, error);
}

/* Each file of the shelves: its name. (element-type utf8) */
static GPtrArray *
list_contents (const char *folder, gint64 before_ms)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) shelves = g_dir_open (folder, 0, NULL);
  const char *shelf, *name;

  while (shelves != NULL && (shelf = g_dir_read_name (shelves)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, shelf, NULL);
      g_autoptr (GDir) dir = strlen (shelf) == 2 ? g_dir_open (path, 0, NULL) : NULL;

      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *file = g_build_filename (path, name, NULL);
          struct stat info;

          if (kaf_blob_is_name (name) && lstat (file, &info) == 0 &&
              (gint64) info.st_mtime * 1000 < before_ms)
            g_ptr_array_add (names, g_strdup (name));
        }
    }
  return names;
}

GPtrArray *
kaf_hub_blobs_find_old (KafHubBlobs *self, gint64 due)
{
  return list_contents (self->folder, due / 1000 - UNNAMED_KEPT_MS);
}

/* Within a transaction. What was found may have been named, or come anew, meanwhile. */
static gboolean
drop_old (KafHubBlobs *self, const char *sha256, gint64 due, GError **error)
{
  g_autofree char *path = whole_path (self->folder, sha256);
  struct stat info;

  return lstat (path, &info) != 0 ||
         (gint64) info.st_mtime * 1000 >= due / 1000 - UNNAMED_KEPT_MS ||
         drop_unnamed (self, sha256, error);
}

gboolean
kaf_hub_blobs_clean_old (
    KafHubBlobs *self, GPtrArray *names, gint64 due, guint first, guint n, GError **error)
{
  const KafHubStorageClass *klass = self->storage->klass;
  gboolean done = TRUE;

  if (!klass->begin (self->storage, error))
    return FALSE;
  for (guint i = first; done && i < names->len && i < first + n; i++)
    done = drop_old (self, g_ptr_array_index (names, i), due, error);
  return klass->end (self->storage, done, error);
}

gboolean
kaf_hub_blobs_clean_stale (KafHubBlobs *self, gint64 due, GError **error)
{
  const KafHubStorageClass *klass = self->storage->klass;
  g_autoptr (GPtrArray) stale =
      klass->list_stale_blobs (self->storage, due / 1000 - PART_KEPT_MS, error);
  gboolean done = TRUE;

  if (stale == NULL || !klass->begin (self->storage, error))
    return FALSE;
  for (guint i = 0; done && i < stale->len; i++)
    done = drop (self, g_ptr_array_index (stale, i), error);
  return klass->end (self->storage, done, error);
}

/* Backups */

/* @to gets its name when it is whole. */
static gboolean
copy_content (const char *from, const char *to, GError **error)
{
  g_autofree char *fresh = g_strconcat (to, ".new", NULL);
  g_autofree char *shelf = g_path_get_dirname (to);
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (fresh);
  g_autoptr (GError) local = NULL;

  if (g_mkdir_with_parents (shelf, 0700) != 0)
    return fail (error, "make folder");
  if (!g_file_copy (source, target, G_FILE_COPY_OVERWRITE | G_FILE_COPY_TARGET_DEFAULT_PERMS, NULL,
                    NULL, NULL, &local))
    {
      g_set_error (error, KAF_HUB_ERROR,
                   g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NO_SPACE) ? KAF_HUB_ERROR_FULL
                                                                            : KAF_HUB_ERROR_IO,
                   "copy content: %s", local->message);
      return FALSE;
    }
  if (g_chmod (fresh, 0600) != 0 || g_rename (fresh, to) != 0)
    return fail (error, "copy content");
  return sync_folder (shelf, error);
}

static gboolean
copy_all (KafHubBlobs *self, const char *from, const char *to, GError **error)
{
  g_autoptr (GPtrArray) names = list_contents (from, G_MAXINT64);

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_autofree char *source = whole_path (from, name);
      g_autofree char *target = whole_path (to, name);
      g_autoptr (GPtrArray) named =
          self->storage->klass->find_blob_names (self->storage, name, error);

      if (named == NULL)
        return FALSE;
      if (named->len > 0 && !g_file_test (target, G_FILE_TEST_EXISTS) &&
          !copy_content (source, target, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
kaf_hub_blobs_back_up (KafHubBlobs *self, const char *folder, GError **error)
{
  if (g_mkdir_with_parents (folder, 0700) != 0)
    return fail (error, "make folder");
  return copy_all (self, self->folder, folder, error);
}

gboolean
kaf_hub_blobs_restore (KafHubBlobs *self, const char *folder, GError **error)
{
  return copy_all (self, folder, self->folder, error);
}
