/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/kaf-vcard-writer.h"

#define LINE_BYTES 75

static void
append_text (GString *to, const char *text)
{
  for (; text != NULL && *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      if (c == '\n')
        g_string_append (to, "\\n");
      else if (c == '\\' || c == ',' || c == ';')
        g_string_append_printf (to, "\\%c", (char) c);
      else if (c == '\t' || !g_unichar_iscntrl (c))
        g_string_append_unichar (to, c);
    }
}

/* A line that goes on begins with a blank, which counts. */
static void
append_folded (GString *to, const char *line)
{
  gsize length = 0;

  for (const char *next; *line != '\0'; line = next)
    {
      gsize size;

      next = g_utf8_next_char (line);
      size = (gsize) (next - line);
      if (length + size > LINE_BYTES)
        {
          g_string_append (to, "\r\n ");
          length = 1;
        }
      g_string_append_len (to, line, (gssize) size);
      length += size;
    }
  g_string_append (to, "\r\n");
}

void
kaf_vcard_add_text (GString *to, const char *head, const char *value)
{
  const char *const parts[] = { value };

  kaf_vcard_add_parts (to, head, parts, 1);
}

void
kaf_vcard_add_plain (GString *to, const char *head, const char *value)
{
  g_autoptr (GString) line = NULL;

  if (value == NULL || *value == '\0')
    return;
  line = g_string_new (head);
  g_string_append_c (line, ':');
  for (; *value != '\0'; value = g_utf8_next_char (value))
    if (!g_unichar_iscntrl (g_utf8_get_char (value)))
      g_string_append_unichar (line, g_utf8_get_char (value));
  append_folded (to, line->str);
}

void
kaf_vcard_add_parts (GString *to, const char *head, const char *const *parts, guint n_parts)
{
  g_autoptr (GString) line = g_string_new (head);
  gboolean any = FALSE;

  for (guint i = 0; i < n_parts; i++)
    {
      g_string_append_c (line, i == 0 ? ':' : ';');
      append_text (line, parts[i]);
      any |= parts[i] != NULL && *parts[i] != '\0';
    }
  if (any)
    append_folded (to, line->str);
}
