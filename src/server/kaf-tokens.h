/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opaque tokens: 32 random bytes, spoken as base64url, of which only the hash is kept. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define KAF_TOKEN_HASH_SIZE 32

typedef struct
{
  guint8 bytes[KAF_TOKEN_HASH_SIZE];
} KafTokenHash;

/* A new token (43 characters) and its hash. (transfer full) */
char *kaf_token_new (KafTokenHash *hash);

/* FALSE when @text does not look like a token; it is then nobody's. */
gboolean kaf_token_hash (const char *text, KafTokenHash *hash);

/* BLAKE2b of any text: what stands for a name that is not to be kept. */
void kaf_token_hash_text (const char *text, KafTokenHash *hash);

/* Wipes and frees a text that was a secret; NULL is let pass. */
void kaf_secret_free (char *text);

typedef char KafSecret;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafSecret, kaf_secret_free)

G_END_DECLS
