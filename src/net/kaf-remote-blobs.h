/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The contents of files at the hub. Blocking and cancellable. Errors: KAF_NET_ERROR, G_IO_ERROR. */
#pragma once

#include "net/kaf-remote.h"

G_BEGIN_DECLS

/* Bytes of a chunk; the last of a file is what remains. */
#define KAF_REMOTE_CHUNK ((gsize) 256 * 1024)

/* Which chunks the hub lacks. (element-type guint) (transfer full) */
GArray *kaf_remote_find_missing (KafRemote *self,
                                 const KafSecrets *secrets,
                                 const char *sha256,
                                 GCancellable *cancellable,
                                 GError **error);

/* Sends chunk @n of a content of @total bytes. */
gboolean kaf_remote_put_chunk (KafRemote *self,
                               const KafSecrets *secrets,
                               const char *sha256,
                               guint n,
                               gint64 total,
                               GBytes *chunk,
                               GCancellable *cancellable,
                               GError **error);

typedef void (*KafRemoteProgress) (gint64 n_bytes, gpointer data);

/* Appends to the file @fd at most @length bytes of the content from @offset on, as they come: those that came
 * before a failure stay there. @progress: told of each piece. */
gboolean kaf_remote_fetch_content (KafRemote *self,
                                   const KafSecrets *secrets,
                                   const char *sha256,
                                   gint64 offset,
                                   gint64 length,
                                   int fd,
                                   KafRemoteProgress progress,
                                   gpointer data,
                                   GCancellable *cancellable,
                                   GError **error);

G_END_DECLS
