/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/kaf-tokens.h"

#include <sodium.h>
#include <string.h>

#define TOKEN_SIZE 32
#define VARIANT sodium_base64_VARIANT_URLSAFE_NO_PADDING

static void
hash_bytes (const guint8 *bytes, gsize size, KafTokenHash *hash)
{
  crypto_generichash (hash->bytes, sizeof hash->bytes, bytes, size, NULL, 0);
}

char *
kaf_token_new (KafTokenHash *hash)
{
  guint8 bytes[TOKEN_SIZE];
  gsize size = sodium_base64_encoded_len (TOKEN_SIZE, VARIANT);
  char *text = g_malloc (size);

  randombytes_buf (bytes, sizeof bytes);
  hash_bytes (bytes, sizeof bytes, hash);
  sodium_bin2base64 (text, size, bytes, sizeof bytes, VARIANT);
  sodium_memzero (bytes, sizeof bytes);
  return text;
}

gboolean
kaf_token_hash (const char *text, KafTokenHash *hash)
{
  guint8 bytes[TOKEN_SIZE];
  gsize size = 0;
  gboolean whole = text != NULL &&
                   sodium_base642bin (bytes, sizeof bytes, text, strlen (text), NULL, &size, NULL,
                                      VARIANT) == 0 &&
                   size == sizeof bytes;

  if (whole)
    hash_bytes (bytes, sizeof bytes, hash);
  sodium_memzero (bytes, sizeof bytes);
  return whole;
}

void
kaf_token_hash_text (const char *text, KafTokenHash *hash)
{
  hash_bytes ((const guint8 *) text, strlen (text), hash);
}

void
kaf_secret_free (char *text)
{
  if (text == NULL)
    return;
  sodium_memzero (text, strlen (text));
  g_free (text);
}
