/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading text one character at a time without trusting it, and the few classes of characters on
 * which folding, numbers, phones and dates all agree. */

#include "config.h"

#include "base/kaf-utf8.h"

#include <string.h>

#define CONTROLS                                                                                   \
  "\x01\x02\x03\x04\x05\x06\a\b\t\n\v\f\r\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19"         \
  "\x1a\x1b\x1c\x1d\x1e\x1f\x7f"

/* The length of the sequence that a lead byte opens, 0 when it opens none. */
static guint
sequence_length (guchar lead)
{
  if (lead >= 0xC2 && lead <= 0xDF)
    return 2;
  if (lead >= 0xE0 && lead <= 0xEF)
    return 3;
  if (lead >= 0xF0 && lead <= 0xF4)
    return 4;
  return 0;
}

/**
 * kaf_utf8_next_slow:
 * @p: a place in a zero-terminated text, moved forward
 *
 * The part of kaf_utf8_next() that deals with more than ASCII.
 *
 * Returns: the next valid character, 0 at the end of the text
 */
gunichar
kaf_utf8_next_slow (const char **p)
{
  static const gunichar least[] = { 0, 0, 0x80, 0x800, 0x10000 };
  const guchar *s = (const guchar *) *p;

  while (*s != 0)
    {
      guint n = *s < 0x80 ? 1 : sequence_length (*s);
      gunichar c = n == 1 ? *s : n == 0 ? 0 : *s & (0x7F >> n);
      guint i;

      for (i = 1; i < n && (s[i] & 0xC0) == 0x80; i++)
        c = c << 6 | (s[i] & 0x3F);
      if (n == 1 ||
          (n > 1 && i == n && c >= least[n] && c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF)))
        {
          *p = (const char *) s + n;
          return c;
        }
      s++;
    }
  *p = (const char *) s;
  return 0;
}

/**
 * kaf_char_digit:
 * @c: a character
 *
 * Returns: the value of a Western, Arabic-Indic, Persian or full-width digit, else -1
 */
int
kaf_char_digit (gunichar c)
{
  if (c >= '0' && c <= '9')
    return c - '0';
  if (c >= 0x0660 && c <= 0x0669)
    return c - 0x0660;
  if (c >= 0x06F0 && c <= 0x06F9)
    return c - 0x06F0;
  if (c >= 0xFF10 && c <= 0xFF19)
    return c - 0xFF10;
  return -1;
}

/**
 * kaf_char_is_blank:
 * @c: a character
 *
 * Returns: %TRUE for a space of any width, no-break ones and line ends included
 */
gboolean
kaf_char_is_blank (gunichar c)
{
  return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000;
}

/**
 * kaf_char_is_ignorable:
 * @c: a character
 *
 * Returns: %TRUE for what shows nothing and means nothing in a value: direction marks and
 *   isolates, zero-width characters, the soft hyphen, the byte order mark
 */
gboolean
kaf_char_is_ignorable (gunichar c)
{
  return c == 0xAD || c == 0x061C || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x2064) || (c >= 0x2066 && c <= 0x206F) || c == 0xFEFF;
}

/**
 * kaf_char_is_arabic_letter:
 * @c: a character
 *
 * Returns: %TRUE for a letter of the Arabic script, presentation forms included; marks, digits and
 *   punctuation are not letters
 */
gboolean
kaf_char_is_arabic_letter (gunichar c)
{
  if (c < 0x0620)
    return FALSE;
  if (c <= 0x06FF || (c >= 0x0750 && c <= 0x077F) || (c >= 0x08A0 && c <= 0x08FF) ||
      (c >= 0xFB50 && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFC))
    return g_unichar_isalpha (c);
  return FALSE;
}

/**
 * kaf_text_tidy:
 * @text: (nullable): a typed value
 *
 * What every value goes through before its own rules: characters that show nothing are removed,
 * every digit becomes a Western one, every kind of blank one space, and the ends are trimmed.
 *
 * Returns: (transfer full): valid UTF-8, perhaps empty
 */
char *
kaf_text_tidy (const char *text)
{
  GString *out = g_string_new (NULL);
  gboolean blank = FALSE;
  gunichar c;

  if (text == NULL)
    text = "";
  while ((c = kaf_utf8_next (&text)) != 0)
    {
      int digit = kaf_char_digit (c);

      if (kaf_char_is_ignorable (c))
        continue;
      if (kaf_char_is_blank (c))
        {
          blank = out->len > 0;
          continue;
        }
      if (blank)
        g_string_append_c (out, ' ');
      blank = FALSE;
      g_string_append_unichar (out, digit >= 0 ? (gunichar) ('0' + digit) : c);
    }
  return g_string_free (out, FALSE);
}

gboolean
kaf_text_is_blank (const char *text)
{
  for (const char *p = text; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char_validated (p, -1);

      if ((gint32) c < 0 || !(kaf_char_is_blank (c) || kaf_char_is_ignorable (c)))
        return FALSE;
    }
  return TRUE;
}

/* Of the second set of them, U+0080 to U+009F: two bytes. */
static gboolean
is_c1 (const char *text)
{
  return (guchar) text[0] == 0xc2 && (guchar) text[1] >= 0x80 && (guchar) text[1] <= 0x9f;
}

static const char *
find_c1 (const char *text)
{
  const char *p = strchr (text, 0xc2);

  while (p != NULL && !is_c1 (p))
    p = strchr (p + 1, 0xc2);
  return p;
}

gsize
kaf_text_measure_control (const char *text)
{
  guchar c = (guchar) *text;

  if (is_c1 (text))
    return 2;
  return (c > 0 && c < 0x20) || c == 0x7f ? 1 : 0;
}

gboolean
kaf_text_has_controls (const char *text)
{
  return strpbrk (text, CONTROLS) != NULL || find_c1 (text) != NULL;
}

char *
kaf_text_make_line (const char *text)
{
  char *line = g_strdelimit (g_strdup (text), CONTROLS, ' ');

  for (char *p = (char *) find_c1 (line); p != NULL; p = (char *) find_c1 (p))
    p[0] = p[1] = ' ';
  return g_strstrip (line);
}

gboolean
kaf_char_is_noncharacter (gunichar c)
{
  return (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
}

char *
kaf_text_drop_noncharacters (const char *text)
{
  g_autoptr (GString) out = NULL;
  const char *start = text, *at = text;
  gunichar c;

  while ((c = kaf_utf8_next (&text)) != 0)
    {
      if (kaf_char_is_noncharacter (c))
        {
          if (out == NULL)
            out = g_string_new_len (start, at - start);
        }
      else if (out != NULL)
        g_string_append_unichar (out, c);
      at = text;
    }
  return out != NULL ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}
