/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/kaf-json.h"

void
kaf_json_append_string (GString *json, const char *text)
{
  const char *start = text;

  if (text == NULL)
    {
      g_string_append (json, "null");
      return;
    }

  g_string_append_c (json, '"');
  for (const char *p = text;; p++)
    {
      guchar c = *p;

      if (c >= 0x20 && c != '"' && c != '\\')
        continue;
      g_string_append_len (json, start, p - start);
      start = p + 1;
      if (c == '\0')
        break;
      if (c == '\n')
        g_string_append (json, "\\n");
      else if (c == '\t')
        g_string_append (json, "\\t");
      else if (c < 0x20)
        g_string_append_printf (json, "\\u%04x", c);
      else
        g_string_append_printf (json, "\\%c", c);
    }
  g_string_append_c (json, '"');
}
