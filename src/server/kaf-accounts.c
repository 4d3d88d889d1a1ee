/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Users, grants and devices. Tokens are in kaf-accounts-tokens.c. */
#include "config.h"

#include "server/kaf-accounts-private.h"

#include <string.h>

#include "server/kaf-hub.h"
#include "server/kaf-lockout.h"
#include "server/kaf-tokens.h"

/* "KAFU". A refresh token that was exchanged is kept as spent: who comes with it has stolen it, or was
 * stolen from. A failure stands under the hash of what was typed, which may be a password. */
static const KafSqliteKind kind = {
  0x4b414655,
  1,
  "CREATE TABLE user (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, password TEXT NOT NULL,"
  " role TEXT, scope TEXT, created INTEGER NOT NULL, disabled INTEGER NOT NULL DEFAULT 0) STRICT;"
  "CREATE TABLE device (id TEXT PRIMARY KEY, user INTEGER NOT NULL REFERENCES user (id),"
  " name TEXT NOT NULL, enrolled INTEGER NOT NULL, last_sync INTEGER NOT NULL DEFAULT 0,"
  " revoked INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;"
  "CREATE INDEX device_user ON device (user);"
  "CREATE TABLE access_token (hash BLOB PRIMARY KEY, device TEXT NOT NULL REFERENCES device (id),"
  " until INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
  "CREATE INDEX access_token_device ON access_token (device);"
  "CREATE TABLE refresh_token (hash BLOB PRIMARY KEY,"
  " device TEXT NOT NULL REFERENCES device (id), generation INTEGER NOT NULL,"
  " issued INTEGER NOT NULL, until INTEGER NOT NULL, spent INTEGER NOT NULL DEFAULT 0)"
  " STRICT, WITHOUT ROWID;"
  "CREATE INDEX refresh_token_device ON refresh_token (device, generation);"
  "CREATE TABLE failure (name BLOB PRIMARY KEY, n INTEGER NOT NULL, last INTEGER NOT NULL)"
  " STRICT, WITHOUT ROWID;",
};

G_DEFINE_QUARK (kaf_accounts_error_quark, kaf_accounts_error)

KafAccounts *
kaf_accounts_open (
    const char *path, gboolean create, KafClock *clock, KafRandom *random, GError **error)
{
  g_autoptr (KafSqlite) sqlite = kaf_sqlite_open (path, &kind, create, error);
  KafAccounts *self;

  if (sqlite == NULL)
    return NULL;
  self = g_new0 (KafAccounts, 1);
  g_mutex_init (&self->mutex);
  self->sqlite = g_steal_pointer (&sqlite);
  self->clock = kaf_clock_ref (clock);
  self->random = kaf_random_ref (random);
  return self;
}

void
kaf_accounts_close (KafAccounts *self)
{
  if (self == NULL)
    return;
  kaf_sqlite_close (self->sqlite);
  kaf_clock_unref (self->clock);
  kaf_random_unref (self->random);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

gboolean
kaf_accounts_back_up (KafAccounts *self, const char *path, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return kaf_sqlite_copy_to (self->sqlite, path, error);
}

gint64
kaf_accounts_now (KafAccounts *self)
{
  return kaf_clock_now (self->clock) / 1000;
}

char *
kaf_accounts_device_text (guint64 device)
{
  return g_strdup_printf ("%016" G_GINT64_MODIFIER "x", device);
}

gboolean
kaf_accounts_is_name (const char *name)
{
  gsize size = strlen (name);

  return size >= 2 && size <= 64 &&
         strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789._-") == size;
}

gboolean
kaf_accounts_change (KafAccounts *self, KafSqliteRows *rows, GError **error)
{
  if (!kaf_sqlite_run (self->sqlite, rows, error))
    return FALSE;
  if (sqlite3_changes (kaf_sqlite_get_handle (self->sqlite)) > 0)
    return TRUE;
  g_set_error_literal (error, KAF_ACCOUNTS_ERROR, KAF_ACCOUNTS_ERROR_MISSING, "no such entry");
  return FALSE;
}

gboolean
kaf_accounts_add_user (KafAccounts *self, const char *name, const char *hash, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  KafSqliteRows *rows = kaf_sqlite_prepare (self->sqlite,
                                            "INSERT INTO user (name, password, created)"
                                            " VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                                            error);

  if (rows == NULL)
    return FALSE;
  kaf_sqlite_bind_text (rows, 1, name);
  kaf_sqlite_bind_text (rows, 2, hash);
  kaf_sqlite_bind_integer (rows, 3, kaf_accounts_now (self));
  if (!kaf_sqlite_run (self->sqlite, rows, error))
    return FALSE;
  if (sqlite3_changes (kaf_sqlite_get_handle (self->sqlite)) > 0)
    return TRUE;
  g_set_error_literal (error, KAF_ACCOUNTS_ERROR, KAF_ACCOUNTS_ERROR_EXISTS, "the name is taken");
  return FALSE;
}

gboolean
kaf_accounts_forget_failures (KafAccounts *self, const char *name, GError **error)
{
  KafSqliteRows *rows =
      kaf_sqlite_prepare (self->sqlite, "DELETE FROM failure WHERE name = ?", error);
  KafTokenHash hash;

  if (rows == NULL)
    return FALSE;
  kaf_token_hash_text (name, &hash);
  kaf_sqlite_bind_blob (rows, 1, hash.bytes, sizeof hash.bytes);
  return kaf_sqlite_run (self->sqlite, rows, error);
}

gboolean
kaf_accounts_set_password (KafAccounts *self, const char *name, const char *hash, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  KafSqliteRows *rows =
      kaf_sqlite_prepare (self->sqlite, "UPDATE user SET password = ? WHERE name = ?", error);

  if (rows == NULL)
    return FALSE;
  kaf_sqlite_bind_text (rows, 1, hash);
  kaf_sqlite_bind_text (rows, 2, name);
  return kaf_accounts_change (self, rows, error) &&
         kaf_accounts_forget_failures (self, name, error);
}

gboolean
kaf_accounts_set_disabled (KafAccounts *self, const char *name, gboolean disabled, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  KafSqliteRows *rows =
      kaf_sqlite_prepare (self->sqlite, "UPDATE user SET disabled = ? WHERE name = ?", error);

  if (rows == NULL)
    return FALSE;
  kaf_sqlite_bind_integer (rows, 1, disabled ? kaf_accounts_now (self) : 0);
  kaf_sqlite_bind_text (rows, 2, name);
  return kaf_accounts_change (self, rows, error);
}

gboolean
kaf_accounts_grant (
    KafAccounts *self, const char *name, const char *role, const char *scope, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  KafSqliteRows *rows = kaf_sqlite_prepare (
      self->sqlite, "UPDATE user SET role = ?, scope = ? WHERE name = ?", error);

  if (rows == NULL)
    return FALSE;
  kaf_sqlite_bind_text (rows, 1, role);
  kaf_sqlite_bind_text (rows, 2, scope);
  kaf_sqlite_bind_text (rows, 3, name);
  return kaf_accounts_change (self, rows, error);
}

static void
user_free (gpointer data)
{
  KafAccountsUser *user = data;

  g_free (user->name);
  g_free (user->role);
  g_free (user->scope);
  g_free (user);
}

static void
device_free (gpointer data)
{
  KafAccountsDevice *device = data;

  g_free (device->user);
  g_free (device->name);
  g_free (device);
}

static gpointer
read_user (KafSqliteRows *rows)
{
  KafAccountsUser *user = g_new0 (KafAccountsUser, 1);

  user->name = g_strdup (kaf_sqlite_text (rows, 0));
  user->role = g_strdup (kaf_sqlite_text (rows, 1));
  user->scope = g_strdup (kaf_sqlite_text (rows, 2));
  user->disabled = kaf_sqlite_integer (rows, 3) != 0;
  user->n_devices = kaf_sqlite_integer (rows, 4);
  return user;
}

static gpointer
read_device (KafSqliteRows *rows)
{
  KafAccountsDevice *device = g_new0 (KafAccountsDevice, 1);

  device->id = g_ascii_strtoull (kaf_sqlite_text (rows, 0), NULL, 16);
  device->user = g_strdup (kaf_sqlite_text (rows, 1));
  device->name = g_strdup (kaf_sqlite_text (rows, 2));
  device->enrolled = kaf_sqlite_integer (rows, 3);
  device->last_sync = kaf_sqlite_integer (rows, 4);
  device->revoked = kaf_sqlite_integer (rows, 5);
  return device;
}

static GPtrArray *
list (KafAccounts *self,
      const char *sql,
      gpointer (*read) (KafSqliteRows *),
      GDestroyNotify free_func,
      GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (free_func);
  g_autoptr (KafSqliteRows) rows = kaf_sqlite_prepare (self->sqlite, sql, error);
  g_autoptr (GError) local = NULL;

  if (rows == NULL)
    return NULL;
  while (kaf_sqlite_step (self->sqlite, rows, &local))
    g_ptr_array_add (found, read (rows));
  if (local == NULL)
    return g_steal_pointer (&found);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

GPtrArray *
kaf_accounts_list_users (KafAccounts *self, GError **error)
{
  return list (self,
               "SELECT name, role, scope, disabled, (SELECT count(*) FROM device"
               " WHERE device.user = user.id AND revoked = 0) FROM user ORDER BY name",
               read_user, user_free, error);
}

GPtrArray *
kaf_accounts_list_devices (KafAccounts *self, GError **error)
{
  return list (self,
               "SELECT device.id, user.name, device.name, enrolled, last_sync, revoked"
               " FROM device JOIN user ON user.id = device.user ORDER BY user.name, enrolled",
               read_device, device_free, error);
}

gboolean
kaf_accounts_revoke_device (KafAccounts *self, guint64 device, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_autofree char *id = kaf_accounts_device_text (device);
  KafSqliteRows *rows =
      kaf_sqlite_prepare (self->sqlite, "UPDATE device SET revoked = ? WHERE id = ?", error);

  if (rows == NULL)
    return FALSE;
  kaf_sqlite_bind_integer (rows, 1, kaf_accounts_now (self));
  kaf_sqlite_bind_text (rows, 2, id);
  return kaf_accounts_change (self, rows, error);
}

static gboolean
get_failures (KafAccounts *self, const char *name, KafFailures *failures, GError **error)
{
  g_autoptr (KafSqliteRows) rows =
      kaf_sqlite_prepare (self->sqlite, "SELECT n, last FROM failure WHERE name = ?", error);
  g_autoptr (GError) local = NULL;
  KafTokenHash hash;

  *failures = (KafFailures){ 0 };
  if (rows == NULL)
    return FALSE;
  kaf_token_hash_text (name, &hash);
  kaf_sqlite_bind_blob (rows, 1, hash.bytes, sizeof hash.bytes);
  if (kaf_sqlite_step (self->sqlite, rows, &local))
    {
      failures->n = kaf_sqlite_integer (rows, 0);
      failures->last = kaf_sqlite_integer (rows, 1);
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

gboolean
kaf_accounts_get_wait (KafAccounts *self, const char *name, gint64 *wait_ms, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  KafFailures failures;

  if (!get_failures (self, name, &failures, error))
    return FALSE;
  *wait_ms = kaf_failures_get_wait (&failures, KAF_LOCKOUT_USER, kaf_accounts_now (self));
  return TRUE;
}

static gboolean
write_failures (KafAccounts *self, const char *name, const KafFailures *failures, GError **error)
{
  KafSqliteRows *old =
      kaf_sqlite_prepare (self->sqlite, "DELETE FROM failure WHERE last < ?", error);
  KafSqliteRows *rows = kaf_sqlite_prepare (
      self->sqlite, "INSERT OR REPLACE INTO failure (name, n, last) VALUES (?, ?, ?)", error);
  KafTokenHash hash;

  if (old == NULL || rows == NULL)
    return FALSE;
  kaf_sqlite_bind_integer (old, 1, failures->last - KAF_LOCKOUT_MS);
  kaf_token_hash_text (name, &hash);
  kaf_sqlite_bind_blob (rows, 1, hash.bytes, sizeof hash.bytes);
  kaf_sqlite_bind_integer (rows, 2, failures->n);
  kaf_sqlite_bind_integer (rows, 3, failures->last);
  return kaf_sqlite_run (self->sqlite, old, error) && kaf_sqlite_run (self->sqlite, rows, error);
}

gboolean
kaf_accounts_add_failure (KafAccounts *self, const char *name, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  KafFailures failures;
  gboolean done;

  if (!kaf_sqlite_begin (self->sqlite, error))
    return FALSE;
  done = get_failures (self, name, &failures, error);
  if (done)
    {
      kaf_failures_add (&failures, kaf_accounts_now (self));
      done = write_failures (self, name, &failures, error);
    }
  return kaf_sqlite_end (self->sqlite, done, error);
}

gboolean
kaf_accounts_get_password (KafAccounts *self, const char *name, char **hash, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_autoptr (KafSqliteRows) rows = kaf_sqlite_prepare (
      self->sqlite, "SELECT password FROM user WHERE name = ? AND disabled = 0", error);
  g_autoptr (GError) local = NULL;

  *hash = NULL;
  if (rows == NULL)
    return FALSE;
  kaf_sqlite_bind_text (rows, 1, name);
  if (kaf_sqlite_step (self->sqlite, rows, &local))
    *hash = g_strdup (kaf_sqlite_text (rows, 0));
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

gboolean
kaf_accounts_set_synced (KafAccounts *self, guint64 device, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_autofree char *id = kaf_accounts_device_text (device);
  gint64 now = kaf_accounts_now (self);
  KafSqliteRows *rows = kaf_sqlite_prepare (
      self->sqlite,
      /* A device that asks often does not cost a write to the disk each time. */
      "UPDATE device SET last_sync = ?1 WHERE id = ?2 AND abs(?1 - last_sync) > 10000", error);

  if (rows == NULL)
    return FALSE;
  kaf_sqlite_bind_integer (rows, 1, now);
  kaf_sqlite_bind_text (rows, 2, id);
  return kaf_sqlite_run_lazily (self->sqlite, rows, error);
}
