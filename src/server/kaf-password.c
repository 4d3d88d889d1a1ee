/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/kaf-password.h"

#include <sodium.h>
#include <string.h>

gboolean
kaf_password_is_good (const char *password)
{
  return strlen (password) <= KAF_PASSWORD_MAX_BYTES && g_utf8_validate (password, -1, NULL) &&
         g_utf8_strlen (password, -1) >= KAF_PASSWORD_MIN_CHARS;
}

char *
kaf_password_hash (const char *password)
{
  g_autofree char *hash = g_malloc0 (crypto_pwhash_STRBYTES);

  if (crypto_pwhash_str (hash, password, strlen (password), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                         crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
    return NULL;
  return g_steal_pointer (&hash);
}

/* The hash of a password that nobody has. */
static const char *
get_dummy (void)
{
  static gsize once = 0;
  static char *dummy = NULL;

  if (g_once_init_enter (&once))
    {
      guint8 bytes[32];
      char hex[2 * sizeof bytes + 1];

      randombytes_buf (bytes, sizeof bytes);
      dummy = kaf_password_hash (sodium_bin2hex (hex, sizeof hex, bytes, sizeof bytes));
      g_once_init_leave (&once, 1);
    }
  return dummy;
}

void
kaf_password_prepare (void)
{
  get_dummy ();
}

gboolean
kaf_password_verify (const char *hash, const char *password)
{
  const char *dummy = get_dummy ();
  const char *against = hash != NULL ? hash : dummy;
  gboolean same =
      against != NULL && crypto_pwhash_str_verify (against, password, strlen (password)) == 0;

  return same && hash != NULL;
}
