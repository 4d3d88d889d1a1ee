/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nothing beside the store changes before the hub has agreed: a wrong authority or password leaves what
 * worked until then. The password is wiped with the sign-in. */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "net/kaf-remote.h"
#include "net/kaf-secrets.h"
#include "net/kaf-syncer.h"
#include "store/kaf-duplicates.h"
#include "store/kaf-samples.h"
#include "store/kaf-store-error.h"
#include "store/kaf-sync-state.h"
#include "sync/kaf-skew.h"

struct _KafSignIn
{
  char *url, *user, *password;
  char *authority; /* PEM, nullable */
  char *store;     /* path, once prepared */
  guint64 device;
  gboolean first;  /* it knew no hub before */
  gboolean sample; /* the store holds sample data */
  KafSecrets secrets;
  KafEnrolment enrolment;
  gint64 skew; /* ms */
};

KafSignIn *
kaf_sign_in_new (const char *url, const char *user, const char *password, const char *authority)
{
  KafSignIn *self = g_new0 (KafSignIn, 1);

  self->url = g_strdup (url);
  self->user = g_strdup (user);
  self->password = g_strdup (password);
  self->authority = g_strdup (authority);
  return self;
}

void
kaf_sign_in_free (KafSignIn *self)
{
  if (self == NULL)
    return;
  explicit_bzero (self->password, strlen (self->password));
  g_free (self->password);
  g_free (self->url);
  g_free (self->user);
  g_free (self->authority);
  g_free (self->store);
  kaf_secrets_clear (&self->secrets);
  kaf_enrolment_clear (&self->enrolment);
  g_free (self);
}

/* A number of its own, for a store that is a copy of another. */
static guint64
draw_device (void)
{
  g_autoptr (KafRandom) random = kaf_random_new_system ();

  return kaf_random_u64 (random);
}

gboolean
kaf_sign_in_prepare (KafSignIn *self, KafDatabase *db, GError **error)
{
  g_auto (KafSyncState) state = { 0 };

  if (!kaf_sync_state_read (db, &state, error))
    return FALSE;
  if (state.url != NULL && !g_str_equal (state.url, self->url))
    {
      g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_EXISTS, "enrolled at another hub");
      return FALSE;
    }
  self->store = g_strdup (kaf_database_get_path (db));
  self->device = kaf_sync_get_device (db);
  if (kaf_sync_is_forked (db))
    self->device = draw_device ();
  self->first = state.url == NULL;
  self->sample = kaf_samples_count (db, NULL) > 0;
  return TRUE;
}

/* GIO reads an authority from a file alone. (transfer full): its path, the caller's to remove. */
static char *
write_authority (const char *pem, GError **error)
{
  g_autofree char *path = NULL;
  int file = g_file_open_tmp ("kafaat-authority-XXXXXX", &path, error);

  if (file < 0)
    return NULL;
  close (file);
  if (g_file_set_contents (path, pem, -1, error))
    return g_steal_pointer (&path);
  g_remove (path);
  return NULL;
}

static gboolean
ask (KafSignIn *self, const char *authority, GCancellable *cancellable, GError **error)
{
  g_autoptr (KafRemote) remote = kaf_remote_new (self->url, authority, error);

  if (remote == NULL ||
      !kaf_remote_enroll (remote, self->user, self->password, self->device, g_get_host_name (),
                          self->sample, &self->secrets, &self->enrolment, cancellable, error))
    return FALSE;
  if (self->enrolment.now > 0)
    self->skew = kaf_skew_measure (g_get_real_time () / 1000, self->enrolment.now);
  return TRUE;
}

/* Here, where the keyring may be waited for, and not while the store is held. */
static gboolean
keep_secrets (KafSignIn *self, GError **error)
{
  if (self->authority != NULL && !kaf_secrets_save_authority (self->store, self->authority, error))
    return FALSE;
  return kaf_secrets_save (self->store, &self->secrets, error);
}

gboolean
kaf_sign_in_ask (KafSignIn *self, GCancellable *cancellable, GError **error)
{
  g_autofree char *authority = NULL;
  gboolean done;

  if (self->authority == NULL)
    {
      authority = kaf_secrets_find_authority (self->store);
      return ask (self, authority, cancellable, error) && keep_secrets (self, error);
    }
  authority = write_authority (self->authority, error);
  if (authority == NULL)
    return FALSE;
  done = ask (self, authority, cancellable, error);
  g_remove (authority);
  return done && keep_secrets (self, error);
}

gboolean
kaf_sign_in_keep (KafSignIn *self, KafDatabase *db, GError **error)
{
  return kaf_sync_enroll (db, self->url, self->user, self->enrolment.role, self->enrolment.device,
                          error) &&
         (!self->first || kaf_duplicates_set_preview (db, TRUE, error));
}

gboolean
kaf_syncer_enroll (KafDatabase *db,
                   const char *url,
                   const char *authority,
                   const char *user,
                   const char *password,
                   gint64 *skew,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (KafSignIn) self = kaf_sign_in_new (url, user, password, authority);

  if (!kaf_sign_in_prepare (self, db, error) || !kaf_sign_in_ask (self, cancellable, error) ||
      !kaf_sign_in_keep (self, db, error))
    return FALSE;
  if (skew != NULL)
    *skew = self->skew;
  return TRUE;
}
