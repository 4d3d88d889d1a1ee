/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Passwords: Argon2id (libsodium's INTERACTIVE: 64 MiB and some 80 ms each). Blocking. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define KAF_PASSWORD_MIN_CHARS 10
#define KAF_PASSWORD_MAX_BYTES 1024

/* Whether @password is one that may be given: UTF-8, neither short nor without end. */
gboolean kaf_password_is_good (const char *password);

/* What is kept of it. NULL when there is no memory for it. (transfer full) */
char *kaf_password_hash (const char *password);

/* Makes ready what the first verification would otherwise be late for, and so be told apart by. */
void kaf_password_prepare (void);

/* Whether @password is the one behind @hash. NULL is nobody's, and takes as long. */
gboolean kaf_password_verify (const char *hash, const char *password);

G_END_DECLS
