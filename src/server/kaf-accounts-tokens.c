/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Devices come in and stay in.
 *
 * A refresh token has a generation: what it is exchanged for has the next. Using one of generation n
 * spends all others up to n, so the one before is good as long as no answer to it was used (the answer
 * may have been lost), and may then be exchanged again for a sibling. */
#include "config.h"

#include "server/kaf-accounts-private.h"

#include <string.h>

#include "schema/kaf-role.h"
#include "server/kaf-tokens.h"

/* Spent tokens that a device leaves behind; an older one is nobody's, which serves as well. */
#define SPENT_MAX 64

/* Siblings that wait for one of them to be used. */
#define SIBLINGS_MAX 8

#define NAME_MAX_CHARS 64

void
kaf_accounts_session_free (KafAccountsSession *self)
{
  if (self == NULL)
    return;
  g_free (self->user);
  g_free (self->role);
  g_free (self->scope);
  kaf_secret_free (self->access);
  kaf_secret_free (self->refresh);
  g_free (self);
}

static gpointer
refuse (GError **error, KafAccountsError code, const char *message)
{
  g_set_error_literal (error, KAF_ACCOUNTS_ERROR, code, message);
  return NULL;
}

/* Runs @sql, which has the device at ?1 and maybe a number at ?2. */
static gboolean
run_for (KafAccounts *self, const char *sql, guint64 device, gint64 number, GError **error)
{
  g_autofree char *id = kaf_accounts_device_text (device);
  KafSqliteRows *rows = kaf_sqlite_prepare (self->sqlite, sql, error);

  if (rows == NULL)
    return FALSE;
  kaf_sqlite_bind_text (rows, 1, id);
  if (sqlite3_bind_parameter_count (rows) > 1)
    kaf_sqlite_bind_integer (rows, 2, number);
  return kaf_sqlite_run (self->sqlite, rows, error);
}

static gboolean
add_access (KafAccounts *self, KafAccountsSession *session, gint64 now, GError **error)
{
  g_autofree char *id = kaf_accounts_device_text (session->device);
  KafSqliteRows *rows = kaf_sqlite_prepare (
      self->sqlite, "INSERT INTO access_token (hash, device, until) VALUES (?, ?, ?)", error);
  KafTokenHash hash;

  if (rows == NULL)
    return FALSE;
  session->access = kaf_token_new (&hash);
  session->access_until = now + KAF_ACCESS_MS;
  kaf_sqlite_bind_blob (rows, 1, hash.bytes, sizeof hash.bytes);
  kaf_sqlite_bind_text (rows, 2, id);
  kaf_sqlite_bind_integer (rows, 3, session->access_until);
  return kaf_sqlite_run (self->sqlite, rows, error) &&
         run_for (self, "DELETE FROM access_token WHERE device = ?1 AND until < ?2",
                  session->device, now, error);
}

static gboolean
add_refresh (
    KafAccounts *self, KafAccountsSession *session, gint64 generation, gint64 now, GError **error)
{
  g_autofree char *id = kaf_accounts_device_text (session->device);
  KafSqliteRows *rows =
      kaf_sqlite_prepare (self->sqlite,
                          "INSERT INTO refresh_token (hash, device, generation, issued, until)"
                          " VALUES (?, ?, ?, ?, ?)",
                          error);
  KafTokenHash hash;

  if (rows == NULL)
    return FALSE;
  session->refresh = kaf_token_new (&hash);
  kaf_sqlite_bind_blob (rows, 1, hash.bytes, sizeof hash.bytes);
  kaf_sqlite_bind_text (rows, 2, id);
  kaf_sqlite_bind_integer (rows, 3, generation);
  kaf_sqlite_bind_integer (rows, 4, now);
  kaf_sqlite_bind_integer (rows, 5, now + KAF_REFRESH_MS);
  return kaf_sqlite_run (self->sqlite, rows, error);
}

static gboolean
add_pair (KafAccounts *self, KafAccountsSession *session, gint64 generation, GError **error)
{
  gint64 now = kaf_accounts_now (self);

  return add_access (self, session, now, error) &&
         add_refresh (self, session, generation, now, error);
}

/* Takes all tokens of a device away. */
static gboolean
remove_tokens (KafAccounts *self, guint64 device, GError **error)
{
  return run_for (self, "DELETE FROM access_token WHERE device = ?1", device, 0, error) &&
         run_for (self, "DELETE FROM refresh_token WHERE device = ?1", device, 0, error);
}

/* What a device calls itself goes to a terminal: no control characters, not without end. */
static char *
clean_name (const char *name)
{
  GString *clean = g_string_new (NULL);
  guint n = 0;

  for (const char *p = name; *p != '\0' && n < NAME_MAX_CHARS; p = g_utf8_next_char (p), n++)
    {
      gunichar c = g_utf8_get_char (p);

      g_string_append_unichar (clean, g_unichar_isprint (c) ? c : ' ');
    }
  g_strstrip (clean->str);
  clean->len = strlen (clean->str);
  return g_string_free (clean, FALSE);
}

/* Whether @device is free, or the user's own and not revoked. */
static gboolean
may_have_device (KafAccounts *self, guint64 device, gint64 user, gboolean *may, GError **error)
{
  g_autofree char *id = kaf_accounts_device_text (device);
  g_autoptr (KafSqliteRows) rows = kaf_sqlite_prepare (
      self->sqlite, "SELECT user = ?2 AND revoked = 0 FROM device WHERE id = ?1", error);
  g_autoptr (GError) local = NULL;

  if (rows == NULL)
    return FALSE;
  kaf_sqlite_bind_text (rows, 1, id);
  kaf_sqlite_bind_integer (rows, 2, user);
  *may = device != 0;
  if (kaf_sqlite_step (self->sqlite, rows, &local))
    *may = *may && kaf_sqlite_integer (rows, 0) != 0;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
choose_device (KafAccounts *self, guint64 *device, gint64 user, GError **error)
{
  gboolean may = FALSE;

  if (!may_have_device (self, *device, user, &may, error))
    return FALSE;
  while (!may)
    {
      *device = kaf_random_u64 (self->random);
      if (!may_have_device (self, *device, user, &may, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_device (KafAccounts *self, guint64 device, gint64 user, const char *name, GError **error)
{
  g_autofree char *id = kaf_accounts_device_text (device);
  g_autofree char *clean = clean_name (name);
  KafSqliteRows *rows =
      kaf_sqlite_prepare (self->sqlite,
                          "INSERT INTO device (id, user, name, enrolled) VALUES (?, ?, ?, ?)"
                          " ON CONFLICT (id) DO UPDATE SET name = excluded.name,"
                          " enrolled = excluded.enrolled",
                          error);

  if (rows == NULL)
    return FALSE;
  kaf_sqlite_bind_text (rows, 1, id);
  kaf_sqlite_bind_integer (rows, 2, user);
  kaf_sqlite_bind_text (rows, 3, clean);
  kaf_sqlite_bind_integer (rows, 4, kaf_accounts_now (self));
  return kaf_sqlite_run (self->sqlite, rows, error);
}

static KafAccountsSession *
find_user (KafAccounts *self, const char *name, gint64 *user, GError **error)
{
  g_autoptr (KafSqliteRows) rows = kaf_sqlite_prepare (
      self->sqlite, "SELECT id, role, scope FROM user WHERE name = ? AND disabled = 0", error);
  g_autoptr (KafAccountsSession) session = g_new0 (KafAccountsSession, 1);
  g_autoptr (GError) local = NULL;

  if (rows == NULL)
    return NULL;
  kaf_sqlite_bind_text (rows, 1, name);
  if (!kaf_sqlite_step (self->sqlite, rows, &local))
    {
      if (local == NULL)
        return refuse (error, KAF_ACCOUNTS_ERROR_DISABLED, "disabled meanwhile");
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  *user = kaf_sqlite_integer (rows, 0);
  session->user = g_strdup (name);
  session->role = g_strdup (kaf_sqlite_text (rows, 1));
  session->scope = g_strdup (kaf_sqlite_text (rows, 2));
  return g_steal_pointer (&session);
}

/* Whose rights were withdrawn brings no other device; those that he has are still heard, and told to clear
 * what they hold. */
static gboolean
may_come (const KafAccountsSession *session)
{
  return session->role != NULL && !g_str_equal (session->role, KAF_ROLE_NONE);
}

KafAccountsSession *
kaf_accounts_enroll (
    KafAccounts *self, const char *name, guint64 device, const char *device_name, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_autoptr (KafAccountsSession) session = NULL;
  gint64 user = 0;
  gboolean done;

  if (!kaf_sqlite_begin (self->sqlite, error))
    return NULL;
  session = find_user (self, name, &user, error);
  done = session != NULL && kaf_accounts_forget_failures (self, name, error);
  if (done && may_come (session))
    {
      session->device = device;
      done = choose_device (self, &session->device, user, error) &&
             write_device (self, session->device, user, device_name, error) &&
             remove_tokens (self, session->device, error) && add_pair (self, session, 1, error);
    }
  if (!kaf_sqlite_end (self->sqlite, done, error))
    return NULL;
  if (!may_come (session))
    return refuse (error, KAF_ACCOUNTS_ERROR_NO_GRANT, "nothing was granted");
  return g_steal_pointer (&session);
}

/* A token, its device and its user as they stand. */
typedef struct
{
  KafAccountsSession *session;
  gint64 until, generation;
  gboolean spent, revoked, disabled;
} Holder;

static gboolean
find_holder (
    KafAccounts *self, const char *sql, const KafTokenHash *hash, Holder *holder, GError **error)
{
  g_autoptr (KafSqliteRows) rows = kaf_sqlite_prepare (self->sqlite, sql, error);
  g_autoptr (GError) local = NULL;

  if (rows == NULL)
    return FALSE;
  kaf_sqlite_bind_blob (rows, 1, hash->bytes, sizeof hash->bytes);
  if (kaf_sqlite_step (self->sqlite, rows, &local))
    {
      holder->session = g_new0 (KafAccountsSession, 1);
      holder->session->device = g_ascii_strtoull (kaf_sqlite_text (rows, 0), NULL, 16);
      holder->session->user = g_strdup (kaf_sqlite_text (rows, 1));
      holder->session->role = g_strdup (kaf_sqlite_text (rows, 2));
      holder->session->scope = g_strdup (kaf_sqlite_text (rows, 3));
      holder->disabled = kaf_sqlite_integer (rows, 4) != 0;
      holder->revoked = kaf_sqlite_integer (rows, 5) != 0;
      holder->until = kaf_sqlite_integer (rows, 6);
      holder->generation = kaf_sqlite_integer (rows, 7);
      holder->spent = kaf_sqlite_integer (rows, 8) != 0;
      return TRUE;
    }
  if (local == NULL)
    refuse (error, KAF_ACCOUNTS_ERROR_TOKEN, "nobody's token");
  else
    g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* A revoked device hears so whatever its token is worth: it has to clear what it holds. */
static gboolean
check_holder (KafAccounts *self, const Holder *holder, GError **error)
{
  if (holder->revoked)
    refuse (error, KAF_ACCOUNTS_ERROR_REVOKED, "the device was revoked");
  else if (holder->spent || holder->until <= kaf_accounts_now (self))
    refuse (error, KAF_ACCOUNTS_ERROR_TOKEN, "spent or expired");
  else if (holder->disabled)
    refuse (error, KAF_ACCOUNTS_ERROR_DISABLED, "the user was disabled");
  else if (holder->session->role == NULL)
    refuse (error, KAF_ACCOUNTS_ERROR_NO_GRANT, "nothing is granted");
  else
    return TRUE;
  return FALSE;
}

KafAccountsSession *
kaf_accounts_get_session (KafAccounts *self, const char *access, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_autoptr (KafAccountsSession) session = NULL;
  KafTokenHash hash;
  Holder holder = { NULL };

  if (!kaf_token_hash (access, &hash))
    return refuse (error, KAF_ACCOUNTS_ERROR_TOKEN, "no token");
  if (!find_holder (self,
                    "SELECT device.id, user.name, role, scope, disabled, revoked, until, 0, 0"
                    " FROM access_token JOIN device ON device.id = access_token.device"
                    " JOIN user ON user.id = device.user WHERE hash = ?",
                    &hash, &holder, error))
    return NULL;
  session = holder.session;
  return check_holder (self, &holder, error) ? g_steal_pointer (&session) : NULL;
}

static gboolean
spend (KafAccounts *self, const Holder *holder, const KafTokenHash *hash, GError **error)
{
  g_autofree char *id = kaf_accounts_device_text (holder->session->device);
  KafSqliteRows *rows = kaf_sqlite_prepare (self->sqlite,
                                            "UPDATE refresh_token SET spent = 1 WHERE device = ?1"
                                            " AND generation <= ?2 AND hash <> ?3 AND spent = 0",
                                            error);

  if (rows == NULL)
    return FALSE;
  kaf_sqlite_bind_text (rows, 1, id);
  kaf_sqlite_bind_integer (rows, 2, holder->generation);
  kaf_sqlite_bind_blob (rows, 3, hash->bytes, sizeof hash->bytes);
  return kaf_sqlite_run (self->sqlite, rows, error);
}

static gboolean
trim (KafAccounts *self, const Holder *holder, GError **error)
{
  guint64 device = holder->session->device;

  return run_for (self, "DELETE FROM refresh_token WHERE device = ?1 AND generation < ?2", device,
                  holder->generation - SPENT_MAX, error) &&
         run_for (self,
                  "DELETE FROM refresh_token WHERE device = ?1 AND generation = ?2 AND hash NOT IN"
                  " (SELECT hash FROM refresh_token WHERE device = ?1 AND generation = ?2"
                  " ORDER BY issued DESC LIMIT " G_STRINGIFY (SIBLINGS_MAX) ")",
                  device, holder->generation + 1, error);
}

static gboolean
exchange (KafAccounts *self, const Holder *holder, const KafTokenHash *hash, GError **error)
{
  return spend (self, holder, hash, error) &&
         add_pair (self, holder->session, holder->generation + 1, error) &&
         trim (self, holder, error);
}

KafAccountsSession *
kaf_accounts_refresh (KafAccounts *self, const char *refresh, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_autoptr (KafAccountsSession) session = NULL;
  KafTokenHash hash;
  Holder holder = { NULL };
  gboolean good = FALSE;
  gboolean done;

  if (!kaf_token_hash (refresh, &hash))
    return refuse (error, KAF_ACCOUNTS_ERROR_TOKEN, "no token");
  if (!kaf_sqlite_begin (self->sqlite, error))
    return NULL;
  done = find_holder (self,
                      "SELECT device.id, user.name, role, scope, disabled, revoked, until,"
                      " generation, spent FROM refresh_token"
                      " JOIN device ON device.id = refresh_token.device"
                      " JOIN user ON user.id = device.user WHERE hash = ?",
                      &hash, &holder, error);
  session = holder.session;
  if (done)
    good = check_holder (self, &holder, error);
  if (good)
    done = good = exchange (self, &holder, &hash, error);
  else if (done && holder.spent && !holder.revoked)
    done = remove_tokens (self, session->device, NULL);
  if (!kaf_sqlite_end (self->sqlite, done, good ? error : NULL) || !good)
    return NULL;
  return g_steal_pointer (&session);
}
