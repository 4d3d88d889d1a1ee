/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Marks that keep text of one direction from disturbing text of the other (Unicode UAX #9): without
 * them a phone shows as 212672415473+ and an amount turns round inside an Arabic sentence. */

#include "config.h"

#include "base/kaf-bidi.h"

#include <string.h>

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
        !(c >= 0x2066 && c <= 0x2069) && !kaf_char_is_noncharacter (c))
      g_string_append_unichar (out, c);
  return g_string_free (out, FALSE);
}

/* The figure that @text begins with: digits with what parts them. A blank parts only groups as amounts ("12 500") and
 * phones ("+212 5 28 …", "05 28 …") have them: "in step 5 6 experts" are two. Returns its end, or NULL for one that
 * needs no care. */
static const char *
skip_figure (const char *text)
{
  const char *p = text;
  const char *end = NULL;
  gboolean phone = *text == '+' || *text == '0';
  gboolean parts = *text == '+';

  p += *text == '+';
  while (g_ascii_isdigit (*p))
    {
      const char *group = p;
      gsize length;

      while (g_ascii_isdigit (*p))
        p++;
      end = p;
      length = g_str_has_prefix (p, "\u00a0") ? 2 : g_str_has_prefix (p, "\u202f") ? 3 : 1;
      if (*p == '\0' || !g_ascii_isdigit (p[length]))
        break;
      if (strchr (",.:/-", *p) == NULL)
        {
          gsize next = strspn (p + length, "0123456789");

          if ((*p != ' ' && length == 1) || !(phone || (next == 3 && p - group <= 3)))
            break;
        }
      parts = TRUE;
      p += length;
    }
  return parts ? end : NULL;
}

/* What belongs to a figure that ends at @p: "MAD", "%". */
static const char *
skip_unit (const char *p)
{
  const char *unit = g_str_has_prefix (p, "\u00a0")   ? p + 2
                     : g_str_has_prefix (p, "\u202f") ? p + 3
                     : *p == ' '                      ? p + 1
                                                      : p;

  if (*unit == '%')
    return unit + 1;
  if (unit > p && g_ascii_isupper (unit[0]) && g_ascii_isupper (unit[1]) &&
      g_ascii_isupper (unit[2]) && !g_ascii_isalnum (unit[3]))
    return unit + 3;
  return p;
}

/* No line ends inside of it either. */
static void
append_figure (GString *out, const char *p, const char *end)
{
  for (; p < end; p++)
    if (*p == ' ')
      g_string_append (out, "\u00a0");
    else
      g_string_append_c (out, *p);
}

char *
kaf_bidi_guard (const char *text)
{
  GString *out = g_string_new (NULL);
  guint isolated = 0;
  gboolean inside = FALSE; /* a word: what follows a letter is a part of it */

  for (const char *p = text; *p != '\0';)
    {
      const char *next = g_utf8_next_char (p);
      gunichar c = g_utf8_get_char (p);
      const char *digits = g_ascii_isdigit (*p) ? p + strspn (p, "0123456789") : p;
      const char *figure = !inside && isolated == 0 ? skip_figure (p) : NULL;
      const char *end = !inside && isolated == 0 && digits > p
                            ? skip_unit (figure != NULL ? figure : digits)
                            : figure;

      if (figure == NULL && end == digits)
        end = NULL;
      if (end != NULL && end > p)
        {
          g_string_append (out, LRI);
          append_figure (out, p, end);
          g_string_append (out, PDI);
          p = end;
          continue;
        }
      if (c >= 0x2066 && c <= 0x2068)
        isolated++;
      else if (c == 0x2069 && isolated > 0)
        isolated--;
      inside = g_unichar_isalnum (c) || (inside && strchr ("-/.", *p) != NULL);
      g_string_append_len (out, p, next - p);
      p = next;
    }
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
