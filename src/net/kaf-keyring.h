/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keyring of the session (the Secret Service of freedesktop.org), where one answers. Blocking, for a
 * few seconds at most; with a person to ask, until she has answered or a minute is over. For a worker
 * thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  KAF_KEYRING_NONE,   /* no keyring, or it holds nothing of this store */
  KAF_KEYRING_FOUND,  /* here it is */
  KAF_KEYRING_LOCKED, /* it holds something that cannot be read until a person unlocks it */
} KafKeyringState;

/* @store: path of the store. @secret (out, transfer full): NULL unless found. */
KafKeyringState kaf_keyring_load (const char *store, char **secret);

/* In place of what it held of the store. FALSE: no keyring takes it. */
gboolean kaf_keyring_save (const char *store, const char *secret);

/* A person is there: the next time that the keyring is locked, she is asked to unlock it, once. Without
 * this nobody ever is. */
void kaf_keyring_allow_asking (void);

G_END_DECLS
