/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/kaf-snapshots.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "store/kaf-pack-file.h"
#include "store/kaf-adopt.h"
#include "store/kaf-drafts.h"
#include "store/kaf-inbox.h"
#include "store/kaf-sync-state.h"
#include "sync/kaf-exchange.h"

#define AUTHOR "kafaat-server"

/* Edits since it was packed that make it worth to pack it again: a device reads that many in a moment. */
#define PACK_FROM 1000

/* Local key of such a store: how far the hub was when it was packed. */
#define PACKED "snapshot-packed"

/* The last erasure that is carried out in what was packed. */
#define PACKED_ERASED "snapshot-erased"

/* What stands for the hub in it. */
#define HERE "https://localhost"

typedef struct
{
  const char *dir;
  KafHub *hub;
  GMutex *mutex;
  const KafRole *role;
  GCancellable *cancellable;
  KafDatabase *db;
  gint64 erased; /* number of the last erasure that is carried out in it */
} Preparation;

gboolean
kaf_snapshots_serve (const char *scope)
{
  g_auto (GStrv) words = g_strsplit (scope != NULL ? scope : "", " ", -1);

  return g_strv_contains ((const char *const *) words, KAF_SNAPSHOTS_SCOPE);
}

static char *
make_path (const char *dir, const KafRole *role, const char *end)
{
  g_autofree char *name = g_strconcat (role->id, end, NULL);

  return g_build_filename (dir, "snapshots", name, NULL);
}

/* Among those who make and remove. -1 when it cannot be had. */
static int
lock (const char *dir, int how, GError **error)
{
  g_autofree char *folder = g_build_filename (dir, "snapshots", NULL);
  g_autofree char *path = g_build_filename (folder, "lock", NULL);
  int fd = g_mkdir_with_parents (folder, 0700) == 0
               ? g_open (path, O_CREAT | O_RDWR | O_CLOEXEC, 0600)
               : -1;

  if (fd >= 0 && flock (fd, how) == 0)
    return fd;
  g_set_error (error, KAF_HUB_ERROR, KAF_HUB_ERROR_IO, "snapshots: %s", g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return -1;
}

/* Reading the hub */

static gboolean
ask (Preparation *self, GString *answer, GError **error)
{
  static const char nobody[] = "";
  const KafHubSession session = { 0, nobody, self->role, KAF_SNAPSHOTS_SCOPE, .only_reads = TRUE };
  g_auto (KafSyncState) state = { 0 };
  g_autoptr (GString) question = g_string_new (NULL);
  KafHello hello;
  gboolean done;

  if (!kaf_sync_state_read (self->db, &state, error))
    return FALSE;
  hello = kaf_sync_state_greet (&state, kaf_clock_now (kaf_database_get_clock (self->db)) / 1000);
  self->erased = state.erased;
  kaf_hello_print (&hello, question);
  g_mutex_lock (self->mutex);
  done = kaf_hub_exchange (self->hub, &session, question->str, question->len, answer, error);
  g_mutex_unlock (self->mutex);
  return done;
}

/* @more (out): it is not yet at the end. */
static gboolean
read_page (Preparation *self, gboolean *more, GError **error)
{
  g_autoptr (GString) answer = g_string_new (NULL);
  g_autoptr (KafReceipt) receipt = NULL;
  KafInboxResult result;

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error) ||
      !ask (self, answer, error) ||
      !kaf_inbox_take (self->db, answer->str, answer->len, &result, &receipt, error))
    return FALSE;
  *more = result.more || result.n_erased > 0;
  return TRUE;
}

static gboolean
read_hub (Preparation *self, GError **error)
{
  gboolean more = TRUE;

  while (more)
    if (!read_page (self, &more, error))
      return FALSE;
  return TRUE;
}

static KafDatabase *
open_store (Preparation *self, GError **error)
{
  const KafEnvironment environment = { .author = AUTHOR };
  g_autofree char *path = make_path (self->dir, self->role, ".db");
  KafDatabase *db;

  db = kaf_database_open (path, KAF_OPEN_CREATE | KAF_OPEN_WITHOUT_LISTS, &environment, error);
  /* It is no authority of its own: what is erased there is what the hub says. */
  if (db != NULL && !kaf_sync_is_enrolled (db) &&
      !kaf_sync_enroll (db, HERE, "", self->role->id, kaf_sync_get_device (db), error))
    g_clear_pointer (&db, kaf_database_close);
  return db;
}

/* Packing */

static gboolean
is_worth_it (Preparation *self)
{
  g_autofree char *packed = kaf_local_get (self->db, PACKED);
  g_autofree char *path = make_path (self->dir, self->role, ".zst");
  gint64 seen = kaf_sync_get_seen (self->db);
  gint64 before = packed != NULL ? g_ascii_strtoll (packed, NULL, 10) : 0;

  return !g_file_test (path, G_FILE_TEST_EXISTS)
             ? seen >= PACK_FROM
             : seen - before >= PACK_FROM + before / 50 || seen < before;
}

/* A person may have been erased while it was made. */
static gboolean
is_clean (Preparation *self, gboolean *clean, GError **error)
{
  KafHubFigures figures;
  gboolean done;

  g_mutex_lock (self->mutex);
  done = kaf_hub_get_figures (self->hub, &figures, error);
  g_mutex_unlock (self->mutex);
  *clean = done && figures.last_erased == self->erased;
  return done;
}

static gboolean
put_in_place (Preparation *self, const char *made, GError **error)
{
  g_autofree char *path = make_path (self->dir, self->role, ".zst");
  g_autofree char *seen = g_strdup_printf ("%" G_GINT64_FORMAT, kaf_sync_get_seen (self->db));
  g_autofree char *erased = g_strdup_printf ("%" G_GINT64_FORMAT, self->erased);
  gboolean clean;

  if (!is_clean (self, &clean, error))
    return FALSE;
  if (!clean)
    {
      g_unlink (made);
      return TRUE;
    }
  if (g_rename (made, path) == 0)
    return kaf_local_set (self->db, PACKED, seen, error) &&
           kaf_local_set (self->db, PACKED_ERASED, erased, error);
  g_set_error (error, KAF_HUB_ERROR, KAF_HUB_ERROR_IO, "snapshots: %s", g_strerror (errno));
  return FALSE;
}

static gboolean
pack (Preparation *self, GError **error)
{
  g_autofree char *plain = make_path (self->dir, self->role, ".plain");
  g_autofree char *made = make_path (self->dir, self->role, ".part");
  gboolean done = kaf_adopt_print (self->db, plain, error) &&
                  kaf_pack_file (plain, made, self->cancellable, error) &&
                  put_in_place (self, made, error);

  g_unlink (plain);
  g_unlink (made);
  return done;
}

/* Whoever erased was cut short before it was forgotten: it still holds the person. */
static void
remove_outdated (Preparation *self)
{
  g_autofree char *erased = kaf_local_get (self->db, PACKED_ERASED);
  g_autofree char *path = make_path (self->dir, self->role, ".zst");

  if ((erased != NULL ? g_ascii_strtoll (erased, NULL, 10) : 0) < self->erased)
    g_unlink (path);
}

/* @role: NULL for all. */
static void
remove_files (const char *dir, const KafRole *role)
{
  g_autofree char *start =
      g_strconcat (role != NULL ? role->id : "", role != NULL ? "." : "", NULL);
  g_autofree char *folder = g_build_filename (dir, "snapshots", NULL);
  g_autoptr (GDir) open = g_dir_open (folder, 0, NULL);
  const char *name;

  while (open != NULL && (name = g_dir_read_name (open)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (!g_str_equal (name, "lock") && g_str_has_prefix (name, start))
        g_unlink (path);
    }
}

static gboolean
prepare (Preparation *self, gboolean always, GError **error)
{
  self->db = open_store (self, NULL);
  if (self->db == NULL)
    {
      /* Of an older program, or damaged: it holds nothing that the hub has not. */
      remove_files (self->dir, self->role);
      self->db = open_store (self, error);
    }
  if (self->db == NULL || !read_hub (self, error))
    return FALSE;
  remove_outdated (self);
  return (!always && !is_worth_it (self)) || pack (self, error);
}

gboolean
kaf_snapshots_prepare (const char *dir,
                       KafHub *hub,
                       GMutex *mutex,
                       const KafRole *role,
                       gboolean always,
                       GCancellable *cancellable,
                       GError **error)
{
  Preparation self = {
    .dir = dir, .hub = hub, .mutex = mutex, .role = role, .cancellable = cancellable
  };
  int fd = lock (dir, LOCK_EX, error);
  gboolean done;

  if (fd < 0)
    return FALSE;
  done = prepare (&self, always, error);
  g_clear_pointer (&self.db, kaf_database_close);
  close (fd);
  return done;
}

KafDatabase *
kaf_snapshots_open_store (const char *dir, GError **error)
{
  const KafEnvironment environment = { .author = AUTHOR };
  g_autofree char *path = make_path (dir, kaf_role_find (KAF_SNAPSHOTS_COUNTED), ".db");

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return kaf_database_open (path, KAF_OPEN_READ_ONLY, &environment, error);
  g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND, "no store is made yet");
  return NULL;
}

int
kaf_snapshots_open (const char *dir, const KafRole *role)
{
  g_autofree char *path = make_path (dir, role, ".zst");

  return g_open (path, O_RDONLY | O_CLOEXEC, 0);
}

gboolean
kaf_snapshots_forget (const char *dir, GError **error)
{
  int fd;

  /* What lies there goes at once; what is being made, when whoever makes it has seen that it must. */
  remove_files (dir, NULL);
  fd = lock (dir, LOCK_EX, error);
  if (fd < 0)
    return FALSE;
  remove_files (dir, NULL);
  close (fd);
  return TRUE;
}
