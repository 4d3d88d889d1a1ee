/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whole numbers as people write and read them, whatever the process's locale. */

#include "config.h"

#include "base/kaf-number.h"
#include "base/kaf-utf8.h"
#include "base/kaf-validation-error.h"

#include <string.h>

#define NBSP "\u00A0"
#define GROUP 3

/**
 * kaf_number_format:
 * @value: a number
 * @lang: who reads it
 *
 * Returns: (transfer full): Western digits in groups of three, parted by a no-break space in French
 *   and in Arabic as Morocco writes it, by a comma in English
 */
char *
kaf_number_format (gint64 value, KafLang lang)
{
  char digits[32];
  GString *out = g_string_new (value < 0 ? "-" : NULL);
  gsize n;

  /* The magnitude of the smallest number has no positive gint64. */
  g_snprintf (digits, sizeof digits, "%" G_GUINT64_FORMAT,
              value < 0 ? (guint64) 0 - (guint64) value : (guint64) value);
  n = strlen (digits);
  for (gsize i = 0; i < n; i++)
    {
      if (i > 0 && (n - i) % GROUP == 0)
        g_string_append (out, lang == KAF_LANG_EN ? "," : NBSP);
      g_string_append_c (out, digits[i]);
    }
  return g_string_free (out, FALSE);
}

static gboolean
is_group_mark (gunichar c)
{
  return c == ' ' || c == ',' || c == '\'' || c == 0x2019 || c == 0x066C;
}

/* The digits of @text without group marks into @digits; FALSE when something else stands there or a
 * group has not three digits: "1,5" is no whole number. */
static gboolean
collect_digits (const char *text, GString *digits)
{
  gunichar c, mark = 0;
  gsize group = 0;

  while ((c = kaf_utf8_next (&text)) != 0)
    {
      if (c < 0x80 && g_ascii_isdigit (c))
        {
          g_string_append_c (digits, (char) c);
          group++;
          continue;
        }
      if (!is_group_mark (c) || group == 0 || group > GROUP ||
          (mark != 0 && (c != mark || group != GROUP)))
        return FALSE;
      mark = c;
      group = 0;
    }
  return digits->len > 0 && (mark == 0 || group == GROUP);
}

/**
 * kaf_number_parse:
 * @text: (nullable): what was typed: an optional sign, Western or Arabic digits, groups of three
 * @value: (out): the number, untouched on failure
 * @error: return location for a #KafValidationError
 *
 * Returns: %TRUE, or %FALSE with EMPTY, NUMBER or RANGE
 */
gboolean
kaf_number_parse (const char *text, gint64 *value, GError **error)
{
  g_autofree char *tidy = kaf_text_tidy (text);
  g_autoptr (GString) digits = g_string_new (NULL);
  g_autoptr (GError) local_error = NULL;
  const char *p = tidy;

  if (*tidy == 0)
    {
      g_set_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_EMPTY, "No number");
      return FALSE;
    }
  if (*p == '-' || g_str_has_prefix (p, "\u2212"))
    {
      g_string_append_c (digits, '-');
      p += *p == '-' ? 1 : strlen ("\u2212");
    }
  else if (*p == '+')
    p++;
  if (!collect_digits (p, digits) || !g_ascii_isdigit (digits->str[digits->len - 1]))
    {
      g_set_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_NUMBER, "Not a whole number");
      return FALSE;
    }
  if (!g_ascii_string_to_signed (digits->str, 10, G_MININT64, G_MAXINT64, value, &local_error))
    {
      g_set_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_RANGE, "Number out of range");
      return FALSE;
    }
  return TRUE;
}
