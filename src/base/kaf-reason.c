/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "base/kaf-reason.h"

#include <glib/gi18n-lib.h>

gboolean
kaf_reason_is_enough (const char *text)
{
  guint n = 0;

  if (text == NULL || !g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (; *text != '\0' && n < KAF_REASON_LEAST; text = g_utf8_next_char (text))
    n += g_unichar_isalnum (g_utf8_get_char (text)) ? 1 : 0;
  return n >= KAF_REASON_LEAST;
}

const char *
kaf_reason_get_rule (void)
{
  return N_ ("Write the reason as a sentence: ten letters or digits at the least.");
}
