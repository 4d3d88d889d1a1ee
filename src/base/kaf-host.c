/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Host names, as e-mail addresses and web addresses share them. */

#include "config.h"

#include "base/kaf-host.h"

#include <string.h>

#define MAX_HOST 253
#define MAX_LABEL 63

static gboolean
label_is_valid (const char *label)
{
  gsize n = strlen (label);

  if (n == 0 || n > MAX_LABEL || label[0] == '-' || label[n - 1] == '-')
    return FALSE;
  for (; *label != 0; label++)
    if (!g_ascii_isalnum (*label) && *label != '-')
      return FALSE;
  return TRUE;
}

/**
 * kaf_host_normalise:
 * @host: a host name, perhaps with letters that are not ASCII
 *
 * Returns: (transfer full) (nullable): the name in small ASCII letters (international names in their
 *   "xn--" form); %NULL when it has no dot, a wrong label, or a top level that no registry has
 */
char *
kaf_host_normalise (const char *host)
{
  g_autofree char *ascii = g_hostname_to_ascii (host);
  g_autofree char *lower = NULL;
  g_auto (GStrv) labels = NULL;
  const char *top;
  guint n;

  if (ascii == NULL || strlen (ascii) > MAX_HOST)
    return NULL;
  lower = g_ascii_strdown (ascii, -1);
  labels = g_strsplit (lower, ".", -1);
  n = g_strv_length (labels);
  if (n < 2)
    return NULL;
  for (guint i = 0; i < n; i++)
    if (!label_is_valid (labels[i]))
      return NULL;
  top = labels[n - 1];
  if (strlen (top) < 2 || !g_ascii_isalpha (top[0]))
    return NULL;
  return g_steal_pointer (&lower);
}
