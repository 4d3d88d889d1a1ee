/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "net/kaf-tokens.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "net/kaf-net-error.h"

/* Among the threads of this process, for which a lock of a file is not enough. */
static GMutex mutex;

/* Among processes; -1 where the disk does not allow it: then there is no other either. */
static int
lock_file (const char *store)
{
  g_autofree char *path = g_strconcat (store, ".secrets.lock", NULL);
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  while (fd >= 0 && flock (fd, LOCK_EX) != 0 && errno == EINTR)
    ;
  return fd;
}

static gboolean
renew (KafRemote *remote,
       const char *store,
       KafSecrets *secrets,
       GCancellable *cancellable,
       GError **error)
{
  g_auto (KafSecrets) kept = { NULL };

  if (!kaf_secrets_load (store, &kept, error))
    return FALSE;
  if (kept.access != NULL && g_strcmp0 (kept.access, secrets->access) != 0)
    {
      kaf_secrets_clear (secrets);
      *secrets = kept;
      kept = (KafSecrets){ NULL };
      return TRUE;
    }
  return kaf_remote_refresh (remote, secrets, cancellable, error) &&
         kaf_secrets_save (store, secrets, error);
}

gboolean
kaf_tokens_renew (KafRemote *remote,
                  const char *store,
                  KafSecrets *secrets,
                  GCancellable *cancellable,
                  GError **error)
{
  gboolean done;
  int fd;

  g_mutex_lock (&mutex);
  fd = lock_file (store);
  done = renew (remote, store, secrets, cancellable, error);
  if (fd >= 0)
    close (fd);
  g_mutex_unlock (&mutex);
  return done;
}

gboolean
kaf_tokens_ask (const char *store,
                const char *url,
                KafTokensFunc ask,
                gpointer data,
                GCancellable *cancellable,
                GError **error)
{
  g_autofree char *authority = kaf_secrets_find_authority (store);
  g_autoptr (KafRemote) remote = NULL;
  g_auto (KafSecrets) secrets = { NULL };
  GError *local = NULL;

  if (!kaf_secrets_load (store, &secrets, error))
    return FALSE;
  remote = kaf_remote_new (url, authority, error);
  if (remote == NULL)
    return FALSE;
  if (secrets.access != NULL && ask (remote, &secrets, data, cancellable, &local))
    return TRUE;
  if (local != NULL && !g_error_matches (local, KAF_NET_ERROR, KAF_NET_ERROR_SIGNED_OUT))
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  g_clear_error (&local);
  return kaf_tokens_renew (remote, store, &secrets, cancellable, error) &&
         ask (remote, &secrets, data, cancellable, error);
}

typedef struct
{
  const char *path, *json;
  GBytes *answer;
} Question;

static gboolean
ask_path (KafRemote *remote,
          const KafSecrets *secrets,
          gpointer data,
          GCancellable *cancellable,
          GError **error)
{
  Question *self = data;

  self->answer = kaf_remote_ask (remote, secrets, self->path, self->json, cancellable, error);
  return self->answer != NULL;
}

GBytes *
kaf_tokens_ask_path (const char *store,
                     const char *url,
                     const char *path,
                     const char *json,
                     GCancellable *cancellable,
                     GError **error)
{
  Question question = { path, json, NULL };

  return kaf_tokens_ask (store, url, ask_path, &question, cancellable, error) ? question.answer
                                                                              : NULL;
}
