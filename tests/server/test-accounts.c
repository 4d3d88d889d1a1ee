/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/kaf-accounts.h"

#include <glib/gstdio.h>
#include <sodium.h>

#include "server/kaf-lockout.h"

#define START (G_GINT64_CONSTANT (1795854207) * G_USEC_PER_SEC)
#define MS 1000
#define DEVICE G_GUINT64_CONSTANT (0xab)

typedef struct
{
  char *dir, *path;
  KafClock *clock;
  KafAccounts *accounts;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (KafRandom) random = kaf_random_new_seeded (1);
  g_autoptr (GError) error = NULL;

  self->dir = g_dir_make_tmp ("kafaat-accounts-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->dir, "accounts.db", NULL);
  self->clock = kaf_clock_new_manual (START);
  self->accounts = kaf_accounts_open (self->path, TRUE, self->clock, random, &error);
  g_assert_no_error (error);
  g_assert_true (kaf_accounts_add_user (self->accounts, "amina", "hash", &error));
  g_assert_true (kaf_accounts_grant (self->accounts, "amina", "agent", "national", &error));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  kaf_accounts_close (self->accounts);
  g_unlink (self->path);
  g_assert_cmpint (g_rmdir (self->dir), ==, 0);
  kaf_clock_unref (self->clock);
  g_free (self->path);
  g_free (self->dir);
}

static KafAccountsSession *
enroll (Fixture *self, const char *user, guint64 device)
{
  g_autoptr (GError) error = NULL;
  KafAccountsSession *session =
      kaf_accounts_enroll (self->accounts, user, device, "a laptop", &error);

  g_assert_no_error (error);
  return session;
}

static KafAccountsSession *
refresh (Fixture *self, const char *token)
{
  g_autoptr (GError) error = NULL;
  KafAccountsSession *session = kaf_accounts_refresh (self->accounts, token, &error);

  g_assert_no_error (error);
  return session;
}

static void
refuse_access (Fixture *self, const char *token, KafAccountsError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (kaf_accounts_get_session (self->accounts, token, &error));
  g_assert_error (error, KAF_ACCOUNTS_ERROR, (int) code);
}

static void
refuse_refresh (Fixture *self, const char *token, KafAccountsError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (kaf_accounts_refresh (self->accounts, token, &error));
  g_assert_error (error, KAF_ACCOUNTS_ERROR, (int) code);
}

static void
accept_access (Fixture *self, const KafAccountsSession *tokens)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KafAccountsSession) session =
      kaf_accounts_get_session (self->accounts, tokens->access, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (session->device, ==, tokens->device);
  g_assert_cmpstr (session->user, ==, "amina");
  g_assert_cmpstr (session->role, ==, "agent");
  g_assert_cmpstr (session->scope, ==, "national");
}

static void
test_times (Fixture *self, gconstpointer data)
{
  g_autoptr (KafAccountsSession) first = enroll (self, "amina", DEVICE);
  g_autoptr (KafAccountsSession) second = NULL;

  kaf_clock_advance (self->clock, KAF_ACCESS_MS * MS - 1 * MS);
  accept_access (self, first);
  kaf_clock_advance (self->clock, 1 * MS);
  refuse_access (self, first->access, KAF_ACCOUNTS_ERROR_TOKEN);

  kaf_clock_set (self->clock, START + KAF_REFRESH_MS * MS - 1 * MS);
  second = refresh (self, first->refresh);
  accept_access (self, second);
  kaf_clock_advance (self->clock, KAF_REFRESH_MS * MS);
  refuse_refresh (self, second->refresh, KAF_ACCOUNTS_ERROR_TOKEN);
}

/* A device that comes for months: its chain goes on, and its file does not grow. */
static void
test_long_chain (Fixture *self, gconstpointer data)
{
  g_autoptr (KafAccountsSession) now = enroll (self, "amina", DEVICE);
  g_autofree char *first = g_strdup (now->refresh);
  g_autofree char *recent = NULL;

  for (guint i = 0; i < 300; i++)
    {
      KafAccountsSession *next = refresh (self, now->refresh);

      g_free (recent);
      recent = g_strdup (now->refresh);
      kaf_accounts_session_free (now);
      now = next;
      kaf_clock_advance (self->clock, KAF_ACCESS_MS * MS);
    }
  /* The first is forgotten: nobody's, and no alarm. */
  refuse_refresh (self, first, KAF_ACCOUNTS_ERROR_TOKEN);
  kaf_accounts_session_free (refresh (self, recent));
  kaf_accounts_session_free (refresh (self, now->refresh));
  refuse_refresh (self, recent, KAF_ACCOUNTS_ERROR_TOKEN);
  refuse_refresh (self, now->refresh, KAF_ACCOUNTS_ERROR_TOKEN);
}

/* Answers that are lost again and again. */
static void
test_siblings (Fixture *self, gconstpointer data)
{
  g_autoptr (KafAccountsSession) first = enroll (self, "amina", DEVICE);
  g_autoptr (KafAccountsSession) last = NULL;

  for (guint i = 0; i < 50; i++)
    {
      g_clear_pointer (&last, kaf_accounts_session_free);
      kaf_clock_advance (self->clock, 1 * MS);
      last = refresh (self, first->refresh);
    }
  kaf_accounts_session_free (refresh (self, last->refresh));
  refuse_refresh (self, first->refresh, KAF_ACCOUNTS_ERROR_TOKEN);
  refuse_access (self, last->access, KAF_ACCOUNTS_ERROR_TOKEN);
}

static void
test_revoked (Fixture *self, gconstpointer data)
{
  g_autoptr (KafAccountsSession) tokens = enroll (self, "amina", DEVICE);
  g_autoptr (KafAccountsSession) other = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (kaf_accounts_revoke_device (self->accounts, DEVICE, &error));
  refuse_access (self, tokens->access, KAF_ACCOUNTS_ERROR_REVOKED);
  refuse_refresh (self, tokens->refresh, KAF_ACCOUNTS_ERROR_REVOKED);
  kaf_clock_advance (self->clock, 30 * KAF_ACCESS_MS * MS);
  refuse_access (self, tokens->access, KAF_ACCOUNTS_ERROR_REVOKED);
  other = enroll (self, "amina", DEVICE);
  g_assert_cmpuint (other->device, !=, DEVICE);
  refuse_access (self, tokens->access, KAF_ACCOUNTS_ERROR_REVOKED);
  g_assert_false (kaf_accounts_revoke_device (self->accounts, 77, &error));
  g_assert_error (error, KAF_ACCOUNTS_ERROR, KAF_ACCOUNTS_ERROR_MISSING);
}

static void
test_failures (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 wait = -1;

  for (guint i = 0; i < KAF_LOCKOUT_USER; i++)
    {
      g_assert_true (kaf_accounts_get_wait (self->accounts, "amina", &wait, &error));
      g_assert_cmpint (wait, ==, 0);
      g_assert_true (kaf_accounts_add_failure (self->accounts, "amina", &error));
    }
  g_assert_true (kaf_accounts_get_wait (self->accounts, "amina", &wait, &error));
  g_assert_cmpint (wait, ==, 30000);
  g_assert_true (kaf_accounts_get_wait (self->accounts, "brahim", &wait, &error));
  g_assert_cmpint (wait, ==, 0);
  kaf_accounts_session_free (enroll (self, "amina", DEVICE));
  g_assert_true (kaf_accounts_get_wait (self->accounts, "amina", &wait, &error));
  g_assert_cmpint (wait, ==, 0);
}

static void
test_lists (Fixture *self, gconstpointer data)
{
  g_autoptr (KafAccountsSession) tokens = NULL;
  g_autoptr (GPtrArray) users = NULL;
  g_autoptr (GPtrArray) devices = NULL;
  g_autoptr (GError) error = NULL;
  const KafAccountsDevice *device;

  tokens = kaf_accounts_enroll (self->accounts, "amina", DEVICE, " \033[31mred\n\tone ", &error);
  g_assert_no_error (error);
  kaf_clock_advance (self->clock, 60 * G_USEC_PER_SEC);
  g_assert_true (kaf_accounts_set_synced (self->accounts, DEVICE, &error));
  users = kaf_accounts_list_users (self->accounts, &error);
  g_assert_cmpuint (users->len, ==, 1);
  devices = kaf_accounts_list_devices (self->accounts, &error);
  g_assert_cmpuint (devices->len, ==, 1);
  device = g_ptr_array_index (devices, 0);
  g_assert_cmpstr (device->name, ==, "[31mred  one");
  g_assert_cmpint (device->last_sync, ==, (START + 60 * G_USEC_PER_SEC) / 1000);
  g_assert_cmpint (device->revoked, ==, 0);
}

static void
test_names (void)
{
  g_assert_true (kaf_accounts_is_name ("a.b_c-9"));
  g_assert_false (kaf_accounts_is_name ("a"));
  g_assert_false (kaf_accounts_is_name ("Amina"));
  g_assert_false (kaf_accounts_is_name ("a b"));
  g_assert_false (kaf_accounts_is_name ("آمنة"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (sodium_init () < 0)
    return 1;
#define ADD(name, func) g_test_add ("/accounts/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("times", test_times);
  ADD ("long-chain", test_long_chain);
  ADD ("siblings", test_siblings);
  ADD ("revoked", test_revoked);
  ADD ("failures", test_failures);
  ADD ("lists", test_lists);
  g_test_add_func ("/accounts/names", test_names);
  return g_test_run ();
}
