/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "net/kaf-snapshot.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

#include "net/kaf-net-error.h"
#include "store/kaf-adopt.h"
#include "store/kaf-pack-file.h"
#include "store/kaf-store-error.h"

#define PLACE "/v1/snapshot/national"

static char *
read_tag (const char *path)
{
  g_autofree char *tag = NULL;

  return g_file_get_contents (path, &tag, NULL, NULL) ? g_steal_pointer (&tag) : NULL;
}

/* What broke off is gone on with, as long as it is known what it is. */
static gboolean
fetch (KafRemote *remote,
       const KafSecrets *secrets,
       const char *store,
       const char *part,
       KafRemoteProgressFunc progress,
       gpointer data,
       GCancellable *cancellable,
       GError **error)
{
  g_autofree char *tag_path = g_strconcat (store, KAF_ADOPT_TAG, NULL);
  g_autofree char *tag = read_tag (tag_path);
  gboolean done =
      kaf_remote_fetch (remote, secrets, PLACE, part, &tag, progress, data, cancellable, error);

  if (done || tag == NULL)
    g_unlink (tag_path);
  else
    g_file_set_contents_full (tag_path, tag, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL);
  return done;
}

gboolean
kaf_snapshot_fetch (KafRemote *remote,
                    const KafSecrets *secrets,
                    const char *store,
                    KafRemoteProgressFunc progress,
                    gpointer data,
                    GCancellable *cancellable,
                    char **path,
                    GError **error)
{
  g_autofree char *part = g_strconcat (store, KAF_ADOPT_PART, NULL);
  g_autofree char *plain = g_strconcat (store, KAF_ADOPT_PLAIN, NULL);
  g_autoptr (GError) local = NULL;

  *path = NULL;
  if (!fetch (remote, secrets, store, part, progress, data, cancellable, &local))
    {
      if (g_error_matches (local, KAF_NET_ERROR, KAF_NET_ERROR_NOT_THERE))
        return TRUE;
      /* What the server cannot go on with: from the beginning, the next time. */
      if (g_error_matches (local, KAF_NET_ERROR, KAF_NET_ERROR_PROTOCOL))
        kaf_adopt_remove_parts (store);
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (kaf_unpack_file (part, plain, cancellable, &local))
    {
      g_unlink (part);
      *path = g_steal_pointer (&plain);
      return TRUE;
    }
  if (g_error_matches (local, KAF_STORE_ERROR, KAF_STORE_ERROR_DAMAGED))
    g_unlink (part);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}
