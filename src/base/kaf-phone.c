/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Phone numbers: kept as E.164 ("+4915155500142"), shown in groups, found under every form in which
 * people know them. Numbering plans change too often to be carried here: a number is checked for its
 * calling code and length, no more, and only a few countries have groups of their own. */

#include "config.h"

#include "base/kaf-phone.h"
#include "base/kaf-phone-codes.h"
#include "base/kaf-utf8.h"
#include "base/kaf-validation-error.h"

#include <string.h>

#define NBSP "\u00A0"
#define MIN_DIGITS 7
#define MAX_DIGITS 15
#define READ_MAX 40 /* enough digits to say "too long" */

typedef struct
{
  char digits[READ_MAX + 1];
  guint n;
  gboolean plus;
} ReadNumber;

static gboolean
is_separator (gunichar c)
{
  return kaf_char_is_blank (c) || kaf_char_is_ignorable (c) || c == '.' || c == '-' || c == '/' ||
         c == '(' || c == ')' || c == '[' || c == ']' || (c >= 0x2010 && c <= 0x2015) ||
         c == 0x2212;
}

/* Whether "(0)" stands at @p, blanks allowed inside; *@p moves behind it. */
static gboolean
skip_trunk_zero (const char **p)
{
  const char *q = *p;
  gunichar c;

  if (kaf_utf8_next (&q) != '(')
    return FALSE;
  while (kaf_char_is_blank (c = kaf_utf8_next (&q)))
    ;
  if (kaf_char_digit (c) != 0)
    return FALSE;
  while (kaf_char_is_blank (c = kaf_utf8_next (&q)))
    ;
  if (c != ')')
    return FALSE;
  *p = q;
  return TRUE;
}

static gboolean
read_number (const char *input, ReadNumber *out)
{
  const char *p = input;
  gunichar c;

  memset (out, 0, sizeof *out);
  if (g_ascii_strncasecmp (p, "tel:", 4) == 0)
    p += 4;
  for (;;)
    {
      int digit;

      /* "+49 (0) 151": the zero is for callers inside the country. Alone it opens "(0)5…". */
      if (out->n > 0 && skip_trunk_zero (&p))
        continue;
      if ((c = kaf_utf8_next (&p)) == 0)
        break;
      digit = kaf_char_digit (c);
      if (digit >= 0)
        {
          if (out->n < READ_MAX)
            out->digits[out->n++] = (char) ('0' + digit);
        }
      else if ((c == '+' || c == 0xFF0B) && !out->plus && out->n == 0)
        out->plus = TRUE;
      else if (!is_separator (c))
        return FALSE;
    }
  if (!out->plus && strncmp (out->digits, "00", 2) == 0)
    {
      memmove (out->digits, out->digits + 2, out->n - 1);
      out->n -= 2;
      out->plus = TRUE;
    }
  return TRUE;
}

/* Numbers of these begin with their zero abroad too. */
static gboolean
keeps_zero (guint code)
{
  return code == 39 || code == 225 || code == 242;
}

/* The prefix that callers inside the country dial and callers abroad leave out. */
static const char *
skip_trunk_prefix (const char *digits, guint n, guint code)
{
  if (code == 36 && strncmp (digits, "06", 2) == 0)
    return digits + 2;
  if (code == 7 && n == 11 && *digits == '8')
    return digits + 1;
  if (code == 1 && n == 11 && *digits == '1')
    return digits + 1;
  if (*digits == '0' && !keeps_zero (code))
    return digits + 1;
  return digits;
}

/* What a number without its code probably means, or NULL. */
static char *
suggest (const ReadNumber *number, const char *country)
{
  guint code = kaf_phone_code_of_country (country);
  g_autofree char *guess = NULL;
  gsize length;

  if (*number->digits == 0)
    return NULL;
  if (number->n == 12 && strncmp (number->digits, "212", 3) == 0)
    guess = g_strdup_printf ("+%s", number->digits);
  else if (code != 0)
    guess = g_strdup_printf ("+%u%s", code, skip_trunk_prefix (number->digits, number->n, code));
  else
    return NULL;
  length = strlen (guess) - 1;
  return length >= MIN_DIGITS && length <= MAX_DIGITS ? g_steal_pointer (&guess) : NULL;
}

/* Moroccan and French numbers have nine digits behind the code: a tenth that leads with zero is the
 * zero of a caller inside the country, written by habit. */
static void
drop_habitual_zero (ReadNumber *number)
{
  guint code = strncmp (number->digits, "212", 3) == 0  ? 3
               : strncmp (number->digits, "33", 2) == 0 ? 2
                                                        : 0;

  if (code > 0 && number->n == code + 10 && number->digits[code] == '0')
    {
      memmove (number->digits + code, number->digits + code + 1, number->n - code);
      number->n--;
    }
}

/**
 * kaf_phone_normalise:
 * @input: what was typed
 * @country: (nullable): the ISO 3166-1 alpha-2 code of where the number probably is
 * @suggestion: (out) (optional) (nullable) (transfer full): set when the number lacks its calling
 *   code: the number it would be in @country, to be offered and never taken by itself
 * @error: return location for a #KafValidationError
 *
 * Accepts blanks, dots, dashes, brackets, "00" for "+", "(0)" behind the code and Arabic digits.
 *
 * Returns: (transfer full) (nullable): E.164 text, or %NULL with EMPTY, SYNTAX, PHONE_COUNTRY or
 *   PHONE_LENGTH
 */
char *
kaf_phone_normalise (const char *input, const char *country, char **suggestion, GError **error)
{
  g_autofree char *tidy = kaf_text_tidy (input);
  ReadNumber number;

  if (suggestion != NULL)
    *suggestion = NULL;
  if (*tidy == 0)
    {
      g_set_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_EMPTY, "No phone number");
      return NULL;
    }
  if (!read_number (tidy, &number) || number.n == 0)
    {
      g_set_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_SYNTAX, "Not a phone number");
      return NULL;
    }
  if (!number.plus)
    {
      if (suggestion != NULL)
        *suggestion = suggest (&number, country);
      g_set_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_PHONE_COUNTRY,
                   "The phone number lacks its calling code");
      return NULL;
    }
  if (kaf_phone_code_length (number.digits) == 0)
    {
      g_set_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_PHONE_COUNTRY,
                   "No country has this calling code");
      return NULL;
    }
  drop_habitual_zero (&number);
  if (number.n < MIN_DIGITS || number.n > MAX_DIGITS)
    {
      g_set_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_PHONE_LENGTH,
                   "A phone number has %d to %d digits, this one has %u", MIN_DIGITS, MAX_DIGITS,
                   number.n);
      return NULL;
    }
  return g_strdup_printf ("+%s", number.digits);
}

/* The calling code's length when @e164 is "+" and 7 to 15 digits of a known code, else 0. */
static guint
check_e164 (const char *e164)
{
  gsize n;

  if (e164 == NULL || *e164 != '+')
    return 0;
  n = strspn (e164 + 1, "0123456789");
  if (e164[n + 1] != 0 || n < MIN_DIGITS || n > MAX_DIGITS)
    return 0;
  return kaf_phone_code_length (e164 + 1);
}

static void
append_groups (GString *out, const char *digits, gsize n, const guint8 *sizes, gsize n_sizes)
{
  for (gsize i = 0, at = 0; i < n_sizes && sizes[i] > 0 && at < n; at += sizes[i++])
    {
      g_string_append (out, NBSP);
      g_string_append_len (out, digits + at, MIN (sizes[i], n - at));
    }
}

/* Threes, the last group two to four long: where national habits are unknown. */
static void
append_threes (GString *out, const char *digits, gsize n)
{
  for (gsize at = 0; at < n;)
    {
      gsize size = n - at <= 4 ? n - at : 3;

      g_string_append (out, NBSP);
      g_string_append_len (out, digits + at, size);
      at += size;
    }
}

/* How numbers are written at home, where a glance at their first digits tells: as many numbers as
 * possible, and none in groups that would make a wrong area code. A last group of REST takes all
 * that is left. */
#define REST MAX_DIGITS
static const struct
{
  const char *code;
  const char *lead; /* first digits of the national number */
  guint8 length;    /* of the national number; 0: any */
  guint8 groups[5]; /* ends with 0 */
} habits[] = {
  { "212", "", 9, { 1, 2, 2, 2, 2 } },
  { "33", "", 9, { 1, 2, 2, 2, 2 } },
  { "1", "", 10, { 3, 3, 4 } },
  { "32", "4", 9, { 3, 2, 2, 2 } }, /* a mobile */
  { "41", "", 9, { 2, 3, 2, 2 } },
  { "44", "20", 10, { 2, 4, 4 } }, /* London */
  { "44", "7", 10, { 4, 6 } },     /* a mobile */
  /* Berlin, Hamburg, Frankfurt, Munich; mobiles; the area codes of Germany have two to five digits,
   * and past these nothing short tells where one ends. */
  { "49", "30", 0, { 2, REST } },
  { "49", "40", 0, { 2, REST } },
  { "49", "69", 0, { 2, REST } },
  { "49", "89", 0, { 2, REST } },
  { "49", "15", 0, { 3, REST } },
  { "49", "16", 0, { 3, REST } },
  { "49", "17", 0, { 3, REST } },
  { "49", "", 0, { REST } },
};

/* The groups of a national number of @n digits behind @code, or NULL. */
static const guint8 *
find_habit (const char *code, gsize code_length, const char *national, gsize n)
{
  for (guint i = 0; i < G_N_ELEMENTS (habits); i++)
    if (strlen (habits[i].code) == code_length &&
        strncmp (habits[i].code, code, code_length) == 0 &&
        g_str_has_prefix (national, habits[i].lead) &&
        (habits[i].length == 0 || habits[i].length == n))
      return habits[i].groups;
  return NULL;
}

/**
 * kaf_phone_format:
 * @e164: (nullable): a number as kaf_phone_normalise() gives it
 *
 * Returns: (transfer full): the number in readable groups parted by no-break spaces; a text that is
 *   no E.164 number comes back as it is
 */
char *
kaf_phone_format (const char *e164)
{
  guint code = check_e164 (e164);
  const guint8 *groups;
  const char *national;
  GString *out;
  gsize n;

  if (code == 0)
    return g_strdup (e164 != NULL ? e164 : "");
  national = e164 + 1 + code;
  n = strlen (national);
  groups = find_habit (e164 + 1, code, national, n);
  out = g_string_new_len (e164, 1 + code);
  if (groups != NULL)
    append_groups (out, national, n, groups, G_N_ELEMENTS (habits[0].groups));
  else
    append_threes (out, national, n);
  return g_string_free (out, FALSE);
}

/**
 * kaf_phone_search_tokens:
 * @e164: (nullable): a number
 *
 * Returns: (transfer full): the words under which the number is found, parted by a space: all its
 *   digits, the national number with its zero, and without; "" for what is no number
 */
char *
kaf_phone_search_tokens (const char *e164)
{
  guint code = check_e164 (e164);
  const char *national;

  if (code == 0)
    return g_strdup ("");
  national = e164 + 1 + code;
  if (*national == '0')
    return g_strdup_printf ("%s %s %s", e164 + 1, national, national + 1);
  return g_strdup_printf ("%s 0%s %s", e164 + 1, national, national);
}
