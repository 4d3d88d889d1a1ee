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

void
kaf_json_append_name (GString *json, gboolean first, const char *name)
{
  /* A character that finds room is put there without a call. */
  if (!first)
    g_string_append_c (json, ',');
  g_string_append_c (json, '"');
  g_string_append (json, name);
  g_string_append_c (json, '"');
  g_string_append_c (json, ':');
}

void
kaf_json_append_integer (GString *json, gint64 number)
{
  char digits[24];
  char *start = digits + sizeof digits;
  guint64 rest = number < 0 ? -(guint64) number : (guint64) number;

  do
    *--start = '0' + rest % 10;
  while ((rest /= 10) > 0);
  if (number < 0)
    *--start = '-';
  g_string_append_len (json, start, digits + sizeof digits - start);
}
