/* SPDX-License-Identifier: GPL-3.0-or-later */

/* E-mail addresses as people give them. The rules are those of addresses that exist, not all that
 * RFC 5321 would allow: no quoted names, no comments, no address literals. */

#include "config.h"

#include "base/kaf-email.h"
#include "base/kaf-host.h"
#include "base/kaf-utf8.h"
#include "base/kaf-validation-error.h"

#include <string.h>

#define MAX_LOCAL 64
#define MAX_ADDRESS 254

static gboolean
local_part_is_valid (const char *local, gsize n)
{
  if (n == 0 || n > MAX_LOCAL || local[0] == '.' || local[n - 1] == '.')
    return FALSE;
  for (gsize i = 0; i < n; i++)
    {
      if (local[i] == '.' && local[i + 1] == '.')
        return FALSE;
      if (!g_ascii_isalnum (local[i]) && strchr (".!#$%&'*+/=?^_`{|}~-", local[i]) == NULL)
        return FALSE;
    }
  return TRUE;
}

/* "Name <a@b.org>" and "mailto:a@b.org?subject=x" hold an address that was meant. */
static char *
unwrap (char *text)
{
  char *open = strrchr (text, '<');
  gsize n = strlen (text);

  if (open != NULL && text[n - 1] == '>')
    {
      text[n - 1] = 0;
      text = open + 1;
    }
  if (g_ascii_strncasecmp (text, "mailto:", 7) == 0)
    {
      text += 7;
      text[strcspn (text, "?")] = 0;
    }
  return g_strstrip (text);
}

/**
 * kaf_email_normalise:
 * @input: (nullable): what was typed
 * @error: return location for a #KafValidationError
 *
 * Removes blanks around it, "mailto:", a display name; brings the domain to small letters. The part
 * before the @ keeps its case, which belongs to its server.
 *
 * Returns: (transfer full) (nullable): the address, or %NULL with EMPTY or EMAIL
 */
char *
kaf_email_normalise (const char *input, GError **error)
{
  g_autofree char *tidy = kaf_text_tidy (input);
  g_autofree char *host = NULL;
  g_autofree char *address = NULL;
  const char *text, *at;

  if (*tidy == 0)
    {
      g_set_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_EMPTY, "No e-mail address");
      return NULL;
    }
  text = unwrap (tidy);
  at = strrchr (text, '@');
  if (at != NULL && local_part_is_valid (text, at - text))
    host = kaf_host_normalise (at + 1);
  if (host != NULL)
    address = g_strdup_printf ("%.*s@%s", (int) (at - text), text, host);
  if (address == NULL || strlen (address) > MAX_ADDRESS)
    {
      g_set_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_EMAIL,
                   "Not an e-mail address");
      return NULL;
    }
  return g_steal_pointer (&address);
}
