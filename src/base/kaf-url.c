/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Addresses of web pages: what a click may open. */

#include "config.h"

#include "base/kaf-url.h"
#include "base/kaf-host.h"
#include "base/kaf-utf8.h"
#include "base/kaf-validation-error.h"

#include <string.h>

#define MAX_URL 2000
#define MAX_PORT 65535

/* Whether @text opens with a scheme such as "javascript:"; "example.org:8080" does not. */
static gboolean
has_other_scheme (const char *text)
{
  gsize n = 0;

  while (g_ascii_isalnum (text[n]) || text[n] == '+' || text[n] == '-')
    n++;
  return n > 0 && text[n] == ':' && !g_ascii_isdigit (text[n + 1]);
}

/* Splits "host:port"; @port gets ":8080" or "". */
static gboolean
split_port (const char *authority, char **host, char **port)
{
  const char *colon = strchr (authority, ':');
  guint64 number;

  if (colon == NULL)
    {
      *host = g_strdup (authority);
      *port = g_strdup ("");
      return TRUE;
    }
  if (!g_ascii_string_to_unsigned (colon + 1, 10, 1, MAX_PORT, &number, NULL))
    return FALSE;
  *host = g_strndup (authority, colon - authority);
  *port = g_strdup_printf (":%u", (guint) number);
  return TRUE;
}

/* Path and query: what is not plain ASCII is percent-encoded, what is encoded stays. */
static gboolean
append_rest (GString *out, const char *rest)
{
  if (*rest != 0 && *rest != '/')
    g_string_append_c (out, '/');
  for (; *rest != 0; rest++)
    {
      guchar c = (guchar) *rest;

      if (c >= 0x80)
        g_string_append_printf (out, "%%%02X", c);
      else if (c <= ' ' || c == 0x7F || strchr ("<>\"{}|\\^`", c) != NULL)
        return FALSE;
      else
        g_string_append_c (out, (char) c);
    }
  return TRUE;
}

static char *
normalise (const char *text)
{
  const char *scheme = "https";
  g_autofree char *authority = NULL;
  g_autofree char *host = NULL;
  g_autofree char *port = NULL;
  g_autofree char *ascii = NULL;
  g_autoptr (GString) out = NULL;
  gsize n;

  if (g_ascii_strncasecmp (text, "https://", 8) == 0)
    text += 8;
  else if (g_ascii_strncasecmp (text, "http://", 7) == 0)
    {
      scheme = "http";
      text += 7;
    }
  else if (strstr (text, "://") != NULL && strstr (text, "://") < text + strcspn (text, "/?#"))
    return NULL;
  else if (has_other_scheme (text))
    return NULL;

  n = strcspn (text, "/?#");
  authority = g_strndup (text, n);
  /* A name and password in front of the host mislead whoever reads the address. */
  if (strchr (authority, '@') != NULL || !split_port (authority, &host, &port))
    return NULL;
  ascii = kaf_host_normalise (host);
  if (ascii == NULL)
    return NULL;
  out = g_string_new (NULL);
  g_string_printf (out, "%s://%s%s", scheme, ascii, port);
  if (!append_rest (out, text + n) || out->len > MAX_URL)
    return NULL;
  return g_strdup (out->str);
}

/**
 * kaf_url_normalise:
 * @input: (nullable): what was typed
 * @error: return location for a #KafValidationError
 *
 * Adds "https://" where no scheme is given, brings scheme and host to small letters and percent-
 * encodes what is not ASCII. Only http and https are web addresses.
 *
 * Returns: (transfer full) (nullable): the address, or %NULL with EMPTY or URL
 */
char *
kaf_url_normalise (const char *input, GError **error)
{
  g_autofree char *tidy = kaf_text_tidy (input);
  char *url;

  if (*tidy == 0)
    {
      g_set_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_EMPTY, "No web address");
      return NULL;
    }
  url = normalise (tidy);
  if (url == NULL)
    g_set_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_URL, "Not a web address");
  return url;
}
