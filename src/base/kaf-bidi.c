/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Marks that keep text of one direction from disturbing text of the other (Unicode UAX #9): without
 * them a phone shows as 212672415473+ and an amount turns round inside an Arabic sentence. */

#include "config.h"

#include "base/kaf-bidi.h"
#include "base/kaf-utf8.h"

#define RLM "\u200F"
#define LRI "\u2066"
#define FSI "\u2068"
#define PDI "\u2069"

/**
 * kaf_bidi_isolate:
 * @text: (nullable): a name, a title: text whose direction is its own affair
 *
 * Returns: (transfer full): @text between FSI and PDI; "" for nothing
 */
char *
kaf_bidi_isolate (const char *text)
{
  if (text == NULL || *text == 0)
    return g_strdup ("");
  return g_strconcat (FSI, text, PDI, NULL);
}

/**
 * kaf_bidi_ltr:
 * @text: (nullable): a phone, a reference, an amount
 *
 * Returns: (transfer full): @text between LRI and PDI, read from left to right; "" for nothing
 */
char *
kaf_bidi_ltr (const char *text)
{
  if (text == NULL || *text == 0)
    return g_strdup ("");
  return g_strconcat (LRI, text, PDI, NULL);
}

/**
 * kaf_bidi_line:
 * @text: (nullable): a line that stands by itself
 *
 * A line takes its direction from its first letter. One that holds Arabic but begins with a figure
 * or a Latin word would read from the wrong side: it gets a right-to-left mark in front.
 *
 * Returns: (transfer full): the line
 */
char *
kaf_bidi_line (const char *text)
{
  gboolean first = TRUE;
  const char *p = text;
  gunichar c;

  if (text == NULL)
    return g_strdup ("");
  while ((c = kaf_utf8_next (&p)) != 0)
    {
      if (kaf_char_is_arabic_letter (c))
        return first ? g_strdup (text) : g_strconcat (RLM, text, NULL);
      if (!kaf_char_is_blank (c))
        first = FALSE;
    }
  return g_strdup (text);
}

/**
 * kaf_bidi_strip:
 * @text: (nullable): a text
 *
 * Returns: (transfer full): @text without any direction mark, embedding or isolate
 */
char *
kaf_bidi_strip (const char *text)
{
  GString *out = g_string_new (NULL);
  gunichar c;

  if (text == NULL)
    text = "";
  while ((c = kaf_utf8_next (&text)) != 0)
    if (c != 0x061C && c != 0x200E && c != 0x200F && !(c >= 0x202A && c <= 0x202E) &&
        !(c >= 0x2066 && c <= 0x2069))
      g_string_append_unichar (out, c);
  return g_string_free (out, FALSE);
}

void
kaf_bidi_append (GString *line, const char *text)
{
  kaf_bidi_append_format (line, "%s", text);
}

void
kaf_bidi_append_format (GString *line, const char *format, const char *text)
{
  g_autofree char *isolated = NULL;
  g_autoptr (GString) words = NULL;

  if (text == NULL || *text == '\0')
    return;
  isolated = kaf_bidi_isolate (text);
  words = g_string_new (format);
  g_string_replace (words, "%s", isolated, 1);
  if (line->len > 0)
    g_string_append (line, " · ");
  g_string_append (line, words->str);
}
