/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Amounts without floating point: minor units and a currency (ISO 4217), "1250000 MAD". */

#include "config.h"

#include "base/kaf-money.h"
#include "base/kaf-number.h"
#include "base/kaf-utf8.h"
#include "base/kaf-validation-error.h"

#include <string.h>

#define NBSP "\u00A0"
#define HOME_CURRENCY "MAD"
#define MAX_DIGITS 18 /* of an amount in minor units; any such number fits a gint64 */

/* Active currencies with two decimals, sorted; the others follow with theirs. */
static const char two_decimals[] =
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD "
    "CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD "
    "HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD "
    "MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON "
    "RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD "
    "TZS UAH USD UYU UZS VES WST XCD YER ZAR ZMW ";
static const char no_decimals[] =
    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF ";
static const char three_decimals[] = "BHD IQD JOD KWD LYD OMR TND ";

/* What people write for a currency, after kaf_text_tidy(), in small letters. */
static const struct
{
  const char *name;
  const char *currency;
} names[] = {
  { "dh", "MAD" },      { "dhs", "MAD" },   { "dirham", "MAD" }, { "dirhams", "MAD" },
  { "د.م.", "MAD" },    { "د.م", "MAD" },   { "درهم", "MAD" },   { "درهما", "MAD" },
  { "دراهم", "MAD" },   { "€", "EUR" },     { "euro", "EUR" },   { "euros", "EUR" },
  { "أورو", "EUR" },    { "يورو", "EUR" },  { "$", "USD" },      { "dollar", "USD" },
  { "dollars", "USD" }, { "دولار", "USD" }, { "£", "GBP" },
};

static gboolean
list_holds (const char *list, const char *currency)
{
  char word[5] = { currency[0], currency[1], currency[2], ' ', 0 };

  return strstr (list, word) != NULL;
}

static gboolean
find_digits (const char *currency, guint *digits)
{
  if (currency == NULL || strlen (currency) != 3)
    return FALSE;
  for (guint i = 0; i < 3; i++)
    if (!g_ascii_isupper (currency[i]))
      return FALSE;
  if (list_holds (two_decimals, currency))
    *digits = 2;
  else if (list_holds (no_decimals, currency))
    *digits = 0;
  else if (list_holds (three_decimals, currency))
    *digits = 3;
  else
    return FALSE;
  return TRUE;
}

/**
 * kaf_money_digits:
 * @currency: an ISO 4217 code
 *
 * Returns: how many decimals it has; 2 for one that is unknown
 */
guint
kaf_money_digits (const char *currency)
{
  guint digits = 2;

  find_digits (currency, &digits);
  return digits;
}

/**
 * kaf_money_make:
 * @minor: an amount in minor units
 * @currency: an ISO 4217 code
 *
 * Returns: (transfer full): the canonical text
 */
char *
kaf_money_make (gint64 minor, const char *currency)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT " %s", minor, currency);
}

/**
 * kaf_money_split:
 * @canonical: (nullable): "1250000 MAD"
 * @minor: (out) (optional): the amount in minor units
 * @currency: (out caller-allocates) (optional): the ISO 4217 code and a closing zero
 *
 * Returns: %TRUE when the text is exactly of this form and the currency is known
 */
gboolean
kaf_money_split (const char *canonical, gint64 *minor, char currency[4])
{
  g_autofree char *number = NULL;
  const char *space;
  gint64 value;
  guint digits;

  space = canonical != NULL ? strchr (canonical, ' ') : NULL;
  if (space == NULL || !find_digits (space + 1, &digits))
    return FALSE;
  number = g_strndup (canonical, space - canonical);
  if (!g_ascii_string_to_signed (number, 10, G_MININT64, G_MAXINT64, &value, NULL))
    return FALSE;
  /* "+5", "007" and "-0" would be second spellings of one amount. */
  if (*number == '+' || (*number == '0' && number[1] != 0) || g_str_has_prefix (number, "-0"))
    return FALSE;
  if (minor != NULL)
    *minor = value;
  if (currency != NULL)
    g_strlcpy (currency, space + 1, 4);
  return TRUE;
}

static gboolean
currency_from_word (const char *word, char currency[4])
{
  g_autofree char *lower = g_utf8_strdown (word, -1);
  g_autofree char *upper = g_ascii_strup (word, -1);
  guint digits;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i].name, lower) == 0)
      {
        g_strlcpy (currency, names[i].currency, 4);
        return TRUE;
      }
  if (!find_digits (upper, &digits))
    return FALSE;
  g_strlcpy (currency, upper, 4);
  return TRUE;
}

static gboolean
is_number_char (char c)
{
  return g_ascii_isdigit (c) || c == '.' || c == ',' || c == ' ' || c == '-' || c == '+' ||
         c == '\'';
}

/* Parts @text into number and currency word, which may stand on either side. */
static gboolean
split_typed (const char *text, char **number, char currency[4])
{
  const char *start = text, *end;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  while (*start != 0 && !g_ascii_isdigit (*start) && *start != '-' && *start != '+')
    start++;
  end = start;
  while (is_number_char (*end))
    end++;
  before = g_strstrip (g_strndup (text, start - text));
  after = g_strstrip (g_strdup (end));
  *number = g_strstrip (g_strndup (start, end - start));
  if (*before != 0 && *after != 0)
    return FALSE;
  if (*before == 0 && *after == 0)
    {
      g_strlcpy (currency, HOME_CURRENCY, 4);
      return TRUE;
    }
  return currency_from_word (*before != 0 ? before : after, currency);
}

/* Where the decimals of @number begin (at their mark), or NULL when it has none. A mark that comes
 * twice, or once in front of three digits where the currency has another number of them, parts
 * thousands: "12.500" dirhams are twelve thousand five hundred. */
static const char *
find_decimal_mark (const char *number, guint digits)
{
  const char *dot = strrchr (number, '.');
  const char *comma = strrchr (number, ',');
  const char *mark = dot > comma ? dot : comma;

  if (mark == NULL)
    return NULL;
  if (dot != NULL && comma != NULL)
    return mark;
  if (strchr (number, *mark) != mark)
    return NULL;
  if (strlen (mark + 1) == 3 && digits != 3)
    return NULL;
  return mark;
}

/* The digits before the decimals: groups of three, all parted by the same mark, which is not that
 * of the decimals. */
static gboolean
collect_units (const char *number, const char *end, GString *out)
{
  char mark = 0;
  guint group = 0;

  for (; number < end; number++)
    {
      if (g_ascii_isdigit (*number))
        {
          g_string_append_c (out, *number);
          group++;
          continue;
        }
      if (strchr (" .,'", *number) == NULL || *number == *end || group == 0 || group > 3 ||
          (mark != 0 && (*number != mark || group != 3)))
        return FALSE;
      /* "0.500" is half of something, not five hundred. */
      if (mark == 0 && out->str[0] == '0')
        return FALSE;
      mark = *number;
      group = 0;
    }
  return out->len > 0 && (mark == 0 || group == 3);
}

static gboolean
read_amount (const char *number, guint digits, gint64 *minor, KafValidationError *code)
{
  g_autoptr (GString) out = g_string_new (NULL);
  gboolean negative = *number == '-';
  const char *mark, *end;
  guint decimals = 0;

  *code = KAF_VALIDATION_ERROR_NUMBER;
  if (*number == '-' || *number == '+')
    number++;
  while (*number == ' ')
    number++;
  mark = find_decimal_mark (number, digits);
  end = mark != NULL ? mark : number + strlen (number);
  if (!collect_units (number, end, out))
    return FALSE;
  for (const char *p = mark != NULL ? mark + 1 : end; *p != 0; p++, decimals++)
    {
      if (!g_ascii_isdigit (*p))
        return FALSE;
      g_string_append_c (out, *p);
    }
  if (decimals > digits || (mark != NULL && decimals == 0))
    return FALSE;
  for (; decimals < digits; decimals++)
    g_string_append_c (out, '0');

  *code = KAF_VALIDATION_ERROR_RANGE;
  if (strlen (out->str + strspn (out->str, "0")) > MAX_DIGITS)
    return FALSE;
  *minor = g_ascii_strtoll (out->str, NULL, 10);
  if (negative)
    *minor = -*minor;
  return TRUE;
}

/* Typographic and Arabic signs as the plain ones that the reader knows. */
static char *
plain_signs (const char *typed)
{
  g_autofree char *tidy = kaf_text_tidy (typed);
  GString *out = g_string_new (tidy);

  g_string_replace (out, "\u2212", "-", 0);
  g_string_replace (out, "\u066B", ",", 0);
  g_string_replace (out, "\u066C", "'", 0);
  g_string_replace (out, "\u2019", "'", 0);
  return g_string_free (out, FALSE);
}

/**
 * kaf_money_parse:
 * @typed: (nullable): "12 500,00 MAD", "12500.5", "12.500,00 DH", "€ 20", Arabic digits too
 * @error: return location for a #KafValidationError
 *
 * An amount without currency is in dirhams.
 *
 * Returns: (transfer full) (nullable): canonical text, or %NULL with EMPTY, NUMBER, RANGE or CHOICE
 *   (a currency that is unknown)
 */
char *
kaf_money_parse (const char *typed, GError **error)
{
  g_autofree char *plain = plain_signs (typed);
  g_autofree char *number = NULL;
  KafValidationError code;
  char currency[4];
  gint64 minor;

  if (*plain == 0)
    {
      g_set_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_EMPTY, "No amount");
      return NULL;
    }
  if (!split_typed (plain, &number, currency))
    {
      g_set_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_CHOICE, "Unknown currency");
      return NULL;
    }
  if (!read_amount (number, kaf_money_digits (currency), &minor, &code))
    {
      g_set_error (error, KAF_VALIDATION_ERROR, code, "Not an amount of %s", currency);
      return NULL;
    }
  return kaf_money_make (minor, currency);
}

/**
 * kaf_money_format:
 * @canonical: (nullable): an amount
 * @lang: who reads it
 *
 * Returns: (transfer full): "12 500,00 MAD" with no-break spaces, in English "12,500.00 MAD"; what is
 *   no amount comes back as it is
 */
char *
kaf_money_format (const char *canonical, KafLang lang)
{
  g_autofree char *units = NULL;
  char currency[4];
  gint64 minor;
  guint64 size, scale = 1;
  guint digits;

  if (!kaf_money_split (canonical, &minor, currency))
    return g_strdup (canonical != NULL ? canonical : "");
  digits = kaf_money_digits (currency);
  for (guint i = 0; i < digits; i++)
    scale *= 10;
  size = minor < 0 ? (guint64) 0 - (guint64) minor : (guint64) minor;
  if (digits == 0)
    {
      units = kaf_number_format (minor, lang);
      return g_strdup_printf ("%s" NBSP "%s", units, currency);
    }
  units = kaf_number_format ((gint64) (size / scale), lang);
  return g_strdup_printf ("%s%s%s%0*" G_GUINT64_FORMAT NBSP "%s", minor < 0 ? "-" : "", units,
                          lang == KAF_LANG_EN ? "." : ",", (int) digits, size % scale, currency);
}
