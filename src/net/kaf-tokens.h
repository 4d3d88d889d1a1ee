/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changing tokens for new ones, by whoever finds first that they have ended: what syncs and what moves files
 * go on at the same time, and other processes too, and a token that was changed twice would count as
 * stolen. */
#pragma once

#include "net/kaf-remote.h"

G_BEGIN_DECLS

/* @secrets: those that have ended. Gets those that another has changed them for, or new ones of the hub,
 * which are kept before the old ones are used no more. Blocking. Errors: KAF_NET_ERROR, G_FILE_ERROR. */
gboolean kaf_tokens_renew (KafRemote *remote,
                           const char *store,
                           KafSecrets *secrets,
                           GCancellable *cancellable,
                           GError **error);

/* Opens a way to the hub at @url with what @store keeps, and has @ask ask what it wants; once more with new tokens, where
 * the old ones have ended. Blocking. Errors: KAF_NET_ERROR, those of @ask. */
typedef gboolean (*KafTokensFunc) (KafRemote *remote,
                                   const KafSecrets *secrets,
                                   gpointer data,
                                   GCancellable *cancellable,
                                   GError **error);
gboolean kaf_tokens_ask (const char *store,
                         const char *url,
                         KafTokensFunc ask,
                         gpointer data,
                         GCancellable *cancellable,
                         GError **error);

/* The same for one question at @path: what the hub says. @json: nullable, see kaf_remote_ask(). */
GBytes *kaf_tokens_ask_path (const char *store,
                             const char *url,
                             const char *path,
                             const char *json,
                             GCancellable *cancellable,
                             GError **error);

G_END_DECLS
