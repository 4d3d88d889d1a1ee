/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may come in: users, what each was granted, their devices and tokens. A file of its own, so that the
 * records can be handed on without it. Safe from any thread; blocking, and never for as long as a hash of
 * a password takes. Times are ms since 1970, UTC. Errors: KAF_ACCOUNTS_ERROR, and KAF_HUB_ERROR for the
 * file. */
#pragma once

#include <gio/gio.h>

#include "base/kaf-clock.h"
#include "base/kaf-random.h"

G_BEGIN_DECLS

typedef struct _KafAccounts KafAccounts;

#define KAF_ACCOUNTS_ERROR (kaf_accounts_error_quark ())
GQuark kaf_accounts_error_quark (void);
typedef enum
{
  KAF_ACCOUNTS_ERROR_MISSING,  /* no such user, no such device */
  KAF_ACCOUNTS_ERROR_EXISTS,   /* the name is taken */
  KAF_ACCOUNTS_ERROR_TOKEN,    /* nobody's, expired or spent */
  KAF_ACCOUNTS_ERROR_REVOKED,  /* the device was */
  KAF_ACCOUNTS_ERROR_NO_GRANT, /* the user has none */
  KAF_ACCOUNTS_ERROR_DISABLED, /* the user was; told to who bears a token that holds, or the password */
} KafAccountsError;

#define KAF_ACCESS_MS (G_GINT64_CONSTANT (15) * 60 * 1000)
#define KAF_REFRESH_MS (G_GINT64_CONSTANT (90) * 24 * 3600 * 1000)

/* @create: an empty file, where none is yet. */
KafAccounts *kaf_accounts_open (
    const char *path, gboolean create, KafClock *clock, KafRandom *random, GError **error);
void kaf_accounts_close (KafAccounts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafAccounts, kaf_accounts_close)

/* A whole, consistent copy at @path, which must not exist. */
gboolean kaf_accounts_back_up (KafAccounts *self, const char *path, GError **error);

/* 2 to 64 of [a-z0-9._-]. */
gboolean kaf_accounts_is_name (const char *name);

/* @hash: kaf_password_hash(). */
gboolean
kaf_accounts_add_user (KafAccounts *self, const char *name, const char *hash, GError **error);
gboolean
kaf_accounts_set_password (KafAccounts *self, const char *name, const char *hash, GError **error);
gboolean
kaf_accounts_set_disabled (KafAccounts *self, const char *name, gboolean disabled, GError **error);

/* One role a user, with its scopes parted by spaces: a new grant replaces the one before.
 * KAF_ROLE_NONE withdraws it. */
gboolean kaf_accounts_grant (
    KafAccounts *self, const char *name, const char *role, const char *scope, GError **error);

typedef struct
{
  char *name;
  char *role;  /* nullable, as is: */
  char *scope; /* "national", "country:CH country:FR", … */
  gboolean disabled;
  guint n_devices; /* not revoked */
} KafAccountsUser;

typedef struct
{
  guint64 id;
  char *user;
  char *name; /* as the device calls itself */
  gint64 enrolled;
  gint64 last_sync; /* 0: never */
  gint64 revoked;   /* 0: not */
} KafAccountsDevice;

/* (element-type KafAccountsUser) by name; (transfer full) */
GPtrArray *kaf_accounts_list_users (KafAccounts *self, GError **error);
/* (element-type KafAccountsDevice) by user; (transfer full) */
GPtrArray *kaf_accounts_list_devices (KafAccounts *self, GError **error);

/* From now on it is told so. Its tokens are kept, lest it be told that they are nobody's. */
gboolean kaf_accounts_revoke_device (KafAccounts *self, guint64 device, GError **error);

/* Wrong passwords for a name, whether there is such a user or not: who asks learns nothing. */
gboolean
kaf_accounts_get_wait (KafAccounts *self, const char *name, gint64 *wait_ms, GError **error);
gboolean kaf_accounts_add_failure (KafAccounts *self, const char *name, GError **error);

/* @hash: NULL when there is no such user, or a disabled one. (out) (transfer full) */
gboolean
kaf_accounts_get_password (KafAccounts *self, const char *name, char **hash, GError **error);

/* What a device gets to come in with, and as whom. */
typedef struct
{
  guint64 device;
  char *user;
  char *role;
  char *scope;
  char *access; /* NULL in the session of an access token, as is: */
  char *refresh;
  gint64 access_until;
} KafAccountsSession;

void kaf_accounts_session_free (KafAccountsSession *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafAccountsSession, kaf_accounts_session_free)

/* For a user whose password was right: forgets the failures. @device is taken for the user's when it is
 * nobody's yet or has been; the session names another when it was somebody else's or revoked. */
KafAccountsSession *kaf_accounts_enroll (
    KafAccounts *self, const char *name, guint64 device, const char *device_name, GError **error);

/* A new pair for a refresh token. The token stays good until one that it was exchanged for is used; using
 * it later takes all tokens of the device away, since then two have it. */
KafAccountsSession *kaf_accounts_refresh (KafAccounts *self, const char *refresh, GError **error);

/* Who holds an access token. */
KafAccountsSession *
kaf_accounts_get_session (KafAccounts *self, const char *access, GError **error);

/* The device has just synchronised. Kept to some seconds. */
gboolean kaf_accounts_set_synced (KafAccounts *self, guint64 device, GError **error);

G_END_DECLS
