/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who comes in, by the hub's own accounts. A device is shut out: when it hears so, persons go from it but for what is
 * still to be sent, and its user, who goes on typing, enrols it again by another number, under which it is sent. An
 * account is disabled for a while, and tokens expire: nothing is read or written until the user is let in again, by the
 * same number. */
#include "config.h"

#include "sim-world.h"

#include <glib/gstdio.h>

#include "store/kaf-lease-check.h"
#include "store/kaf-sync-state.h"

/* Steps at most until the user is let in again. */
#define OUT_MAX 24

static char *template;

/* @root: a folder for as long as the program runs. */
void
sim_account_prepare (const char *root, KafClock *clock)
{
  g_autoptr (KafRandom) random = kaf_random_new_seeded (998);
  g_autoptr (KafAccounts) accounts = NULL;
  g_autoptr (GError) error = NULL;

  template = g_build_filename (root, "template-accounts.db", NULL);
  accounts = kaf_accounts_open (template, TRUE, clock, random, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < SIM_DEVICES; i++)
    if (!kaf_accounts_add_user (accounts, sim_users[i], "none", &error) ||
        !kaf_accounts_grant (accounts, sim_users[i], "agent", "national", &error))
      g_assert_no_error (error);
}

void
sim_account_finish_all (void)
{
  g_clear_pointer (&template, g_free);
}

void
sim_account_init (SimWorld *self, gint64 now)
{
  g_autofree char *path = g_build_filename (self->folder, "accounts.db", NULL);
  g_autoptr (KafRandom) random = kaf_random_new_seeded (997);
  g_autoptr (GError) error = NULL;

  sim_put_file (path, template);
  self->accounts_clock = kaf_clock_new_manual (now);
  self->accounts = kaf_accounts_open (path, FALSE, self->accounts_clock, random, &error);
  g_assert_no_error (error);
}

void
sim_account_clear (SimWorld *self)
{
  g_clear_pointer (&self->accounts, kaf_accounts_close);
  g_clear_pointer (&self->accounts_clock, kaf_clock_unref);
}

static void
keep_tokens (SimDevice *device, KafAccountsSession *session)
{
  g_free (device->access);
  g_free (device->refresh);
  device->access = g_steal_pointer (&session->access);
  device->refresh = g_steal_pointer (&session->refresh);
}

/* Who has no rights had some when he signed in. */
static void
enroll (SimWorld *self, SimDevice *device)
{
  guint64 before = kaf_sync_get_device (device->db);
  guint64 number = kaf_sync_is_forked (device->db) ? kaf_random_u64 (device->random) : before;
  g_autoptr (KafAccountsSession) session = NULL;
  g_autoptr (GError) error = NULL;

  session = kaf_accounts_enroll (self->accounts, device->user, number, "sim", &error);
  g_assert_no_error (error);
  keep_tokens (device, session);
  kaf_sync_enroll (device->db, SIM_HUB_URL, device->user, device->role->id, session->device,
                   &error);
  g_assert_no_error (error);
}

/* The first time: it is known by the number that it has. */
void
sim_account_begin (SimWorld *self, SimDevice *device)
{
  guint64 number = kaf_sync_get_device (device->db);

  enroll (self, device);
  g_assert_cmpuint (kaf_sync_get_device (device->db), ==, number);
}

/* Again: a copy, and one that was shut out, becomes a device of its own. */
void
sim_account_sign_in (SimWorld *self, SimDevice *device)
{
  guint64 before = kaf_sync_get_device (device->db);

  enroll (self, device);
  if (kaf_sync_get_device (device->db) == before)
    return;
  sim_note (self, "  device %u has another number", device->number);
  sim_drop (&device->stash);
  sim_drop (&device->late);
  if (device->copy != NULL)
    g_unlink (device->copy);
  g_clear_pointer (&device->copy, g_free);
  sim_log_begin_anew (self, device);
}

/* With its access token, or with another one for its refresh token. Errors: KAF_ACCOUNTS_ERROR. */
static gboolean
lets_in (SimWorld *self, SimDevice *device, GError **error)
{
  g_autoptr (KafAccountsSession) session = NULL;
  g_autoptr (GError) local = NULL;

  session = kaf_accounts_get_session (self->accounts, device->access, &local);
  if (g_error_matches (local, KAF_ACCOUNTS_ERROR, KAF_ACCOUNTS_ERROR_TOKEN))
    {
      g_clear_error (&local);
      session = kaf_accounts_refresh (self->accounts, device->refresh, &local);
      if (session != NULL)
        keep_tokens (device, session);
    }
  if (session != NULL && session->device != kaf_sync_get_device (device->db))
    sim_wrong (self, "device %u comes in as another", device->number);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return session != NULL;
}

gboolean
sim_account_lets_in (SimWorld *self, SimDevice *device)
{
  return lets_in (self, device, NULL);
}

/* As the agent does, when it heard that, and whenever it looks. TRUE: persons went. */
static gboolean
look_at_lease (SimWorld *self, SimDevice *device)
{
  KafLeaseReport report = { 0 };
  char boot[KAF_LEASE_BOOT_SIZE];
  KafLeaseMoment moment;
  g_autoptr (GError) error = NULL;
  guint n;

  kaf_lease_get_moment (device->db, &moment, boot);
  sim_log_forget_absent (self, device, FALSE);
  do
    kaf_lease_check (device->db, &moment, &report, &n, &error);
  while (error == NULL && report.more);
  g_assert_no_error (error);
  sim_note (self, "  device %u removed %s", device->number, report.removed ? "persons" : "nobody");
  sim_log_forget_absent (self, device, TRUE);
  return report.removed;
}

/* FALSE: it is refused. @heard: and hears so. */
gboolean
sim_account_come (SimWorld *self, SimDevice *device, gboolean heard)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) local = NULL;

  if (lets_in (self, device, &error))
    return TRUE;
  sim_note (self, "  device %u: %s", device->number, error->message);
  /* Tokens of others expired as well: these sign in at once. */
  if (device->out_until == 0)
    {
      sim_account_sign_in (self, device);
      return lets_in (self, device, NULL);
    }
  if (!heard || !g_error_matches (error, KAF_ACCOUNTS_ERROR, KAF_ACCOUNTS_ERROR_REVOKED))
    return FALSE;
  kaf_lease_revoke (device->db, &local);
  g_assert_no_error (local);
  look_at_lease (self, device);
  return FALSE;
}

void
sim_account_act (SimWorld *self, SimDevice *device, const SimStep *step)
{
  g_autoptr (GError) error = NULL;

  if (device->out_until > 0)
    return;
  device->out_until = step->number + 1 + step->b % OUT_MAX;
  switch (step->a % 4)
    {
    case 0:
      sim_note (self, "  the account of device %u is disabled", device->number);
      kaf_accounts_set_disabled (self->accounts, device->user, TRUE, &error);
      break;
    case 1:
      sim_note (self, "  all tokens expire");
      kaf_clock_advance (self->accounts_clock, KAF_REFRESH_MS * 1000);
      break;
    default:
      sim_note (self, "  device %u is shut out", device->number);
      kaf_accounts_revoke_device (self->accounts, kaf_sync_get_device (device->db), &error);
      break;
    }
  g_assert_no_error (error);
}

/* Who is still let in need not sign in, and may. */
static void
put_right (SimWorld *self, SimDevice *device, guint32 any)
{
  g_autoptr (GError) error = NULL;

  kaf_accounts_set_disabled (self->accounts, device->user, FALSE, &error);
  g_assert_no_error (error);
  if (!sim_account_lets_in (self, device) || any % 2 == 0)
    sim_account_sign_in (self, device);
  sim_note (self, "  device %u is let in", device->number);
  device->out_until = 0;
  if (any % 4 < 2)
    look_at_lease (self, device);
}

/* Before a step of the device. */
void
sim_account_turn (SimWorld *self, SimDevice *device, const SimStep *step)
{
  if (device->out_until > 0 && step->number >= device->out_until)
    put_right (self, device, step->c);
}

/* At the end all are let in. */
void
sim_account_finish (SimWorld *self)
{
  for (guint i = 0; i < SIM_DEVICES; i++)
    {
      SimDevice *device = &self->devices[i];

      if (!device->forked && device->out_until > 0)
        put_right (self, device, device->out_until);
    }
}

/* All have heard the hub to its end: nobody goes from a device any more. */
void
sim_account_check (SimWorld *self)
{
  for (guint i = 0; i < SIM_DEVICES; i++)
    if (!self->devices[i].forked && look_at_lease (self, &self->devices[i]))
      sim_wrong (self, "device %u was let in, and persons went from it", i);
}
