/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What proves this device to its hub. In the keyring of the session where one answers, else in a file beside
 * the store, STORE.secrets, for its owner alone; never in the store, its backups or a log. A file goes
 * once a keyring has taken what it held. Blocking, as kaf-keyring.h says. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  char *access;        /* nullable: ask for one with @refresh */
  gint64 access_until; /* ms since 1970 UTC, by the hub's clock */
  char *refresh;
} KafSecrets;
void kaf_secrets_clear (KafSecrets *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KafSecrets, kaf_secrets_clear)

/* @store: path of the store. Errors: KAF_NET_ERROR_SIGNED_OUT when there are none,
 * KAF_NET_ERROR_KEYRING when they are in a keyring that is locked. */
gboolean kaf_secrets_load (const char *store, KafSecrets *self, GError **error);

/* All of it or nothing, whatever happens. Errors: G_FILE_ERROR. */
gboolean kaf_secrets_save (const char *store, const KafSecrets *self, GError **error);

/* Whom the device trusts to speak for the hub: STORE.authority.pem, where that is there; else NULL, and
 * the authorities of the system count. (transfer full) */
char *kaf_secrets_find_authority (const char *store);
gboolean kaf_secrets_save_authority (const char *store, const char *pem, GError **error);

G_END_DECLS
