/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sources: ECMA-376 part 1, 18.8.30 (formats by number) and 18.17.4 (dates). */
#include "config.h"

#include "exchange/kaf-table-number.h"

#include <math.h>
#include <string.h>

#include "base/kaf-date.h"

#define FIGURES 15
#define EXPONENT_MAX 40    /* beyond it a number is no fact about a person */
#define SERIAL_MAX 2958465 /* 9999-12-31 */
#define DAY_SECONDS 86400

static gboolean
is_whole (const char *text)
{
  gsize n;

  text += *text == '-';
  n = strspn (text, "0123456789");
  return n > 0 && text[n] == '\0' && (text[0] != '0' || n == 1);
}

/* @digits with the point behind @point of them. */
static void
append_plain (GString *out, const char *digits, int point)
{
  int n = (int) strlen (digits);

  if (point <= 0)
    {
      g_string_append (out, "0.");
      for (int i = point; i < 0; i++)
        g_string_append_c (out, '0');
      g_string_append (out, digits);
      return;
    }
  for (int i = 0; i < point || i < n; i++)
    {
      if (i == point)
        g_string_append_c (out, '.');
      g_string_append_c (out, i < n ? digits[i] : '0');
    }
}

gboolean
kaf_table_number_clean (const char *text, GString *out)
{
  char buffer[64], digits[FIGURES + 1];
  char *end = NULL;
  double value;
  int n = 0, exponent;
  const char *mark;

  g_string_truncate (out, 0);
  if (strlen (text) > 60)
    return FALSE;
  if (is_whole (text) && !g_str_equal (text, "-0"))
    {
      g_string_append (out, text);
      return TRUE;
    }
  value = g_ascii_strtod (text, &end);
  if (end == text || *end != '\0' || !isfinite (value) || strpbrk (text, "xXnN") != NULL)
    return FALSE;

  g_ascii_formatd (buffer, sizeof buffer, "%.14e", value);
  mark = strchr (buffer, 'e');
  exponent = (int) g_ascii_strtoll (mark + 1, NULL, 10);
  for (const char *p = buffer; p < mark; p++)
    if (g_ascii_isdigit (*p) && n < FIGURES)
      digits[n++] = *p;
  while (n > 1 && digits[n - 1] == '0')
    n--;
  digits[n] = '\0';
  if (ABS (exponent) > EXPONENT_MAX && value != 0)
    {
      g_string_append (out, text);
      return TRUE;
    }
  if (value < 0)
    g_string_append_c (out, '-');
  append_plain (out, digits, exponent + 1);
  return TRUE;
}

static gboolean
append_day (GString *out, int days, gboolean since_1904)
{
  GDate date;
  int julian;

  /* Serial 60 is 29 February 1900, which never was; before it days are one later than Excel counts from. */
  if (!since_1904 && days == 60)
    return FALSE;
  if (!since_1904 && days < 60)
    days++;
  g_date_clear (&date, 1);
  if (since_1904)
    g_date_set_dmy (&date, 1, G_DATE_JANUARY, 1904);
  else
    g_date_set_dmy (&date, 30, G_DATE_DECEMBER, 1899);
  julian = (int) g_date_get_julian (&date) + days;
  g_date_set_julian (&date, (guint32) julian);
  if (g_date_get_year (&date) > 9999)
    return FALSE;
  g_string_append_printf (out, "%04d-%02d-%02d", g_date_get_year (&date), g_date_get_month (&date),
                          g_date_get_day (&date));
  return TRUE;
}

static void
append_time (GString *out, int seconds)
{
  g_string_append_printf (out, "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

/* What is no number stays the text it is. */
static KafTableCellType
as_number (const char *text, GString *out)
{
  if (kaf_table_number_clean (text, out))
    return KAF_TABLE_CELL_NUMBER;
  g_string_assign (out, text);
  return KAF_TABLE_CELL_TEXT;
}

KafTableCellType
kaf_table_number_to_day (const char *text, KafTableShown shown, gboolean since_1904, GString *out)
{
  char *end = NULL;
  double value = g_ascii_strtod (text, &end);
  gint64 total;
  int days, seconds;

  if (shown == KAF_TABLE_SHOWN_NUMBER || end == text || *end != '\0' || !isfinite (value) ||
      value < 0 || value > SERIAL_MAX)
    return as_number (text, out);

  total = (gint64) floor (value * DAY_SECONDS + 0.5);
  days = (int) (total / DAY_SECONDS);
  seconds = (int) (total % DAY_SECONDS);
  g_string_truncate (out, 0);
  if (shown == KAF_TABLE_SHOWN_TIME)
    {
      append_time (out, (int) MIN (total, G_MAXINT));
      return KAF_TABLE_CELL_TEXT;
    }
  if ((days == 0 && !since_1904) || !append_day (out, days, since_1904))
    return as_number (text, out);
  if (shown == KAF_TABLE_SHOWN_DATE)
    return KAF_TABLE_CELL_DATE;
  g_string_append_c (out, 'T');
  append_time (out, seconds);
  return KAF_TABLE_CELL_DATE_TIME;
}

/* Moves past what a code does not show by: quoted text, an escaped letter, a filler, what stands in brackets. An elapsed
 * time, [h], shows a time. */
static const char *
skip_literal (const char *p, gboolean *time)
{
  const char *close;

  if (*p == '\\' || *p == '_' || *p == '*')
    return p[1] != '\0' ? p + 2 : p + 1;
  if (*p == '"')
    {
      close = strchr (p + 1, '"');
      return close != NULL ? close + 1 : p + strlen (p);
    }
  if (*p == '[')
    {
      close = strchr (p, ']');
      if (close == NULL)
        return p + strlen (p);
      *time |= p[1] != '\0' && strchr ("hHmMsS", p[1]) != NULL &&
               strspn (p + 1, "hHmMsS") == (gsize) (close - p - 1);
      return close + 1;
    }
  return NULL;
}

KafTableShown
kaf_table_shown_from_code (const char *code)
{
  gboolean day = FALSE, time = FALSE, month = FALSE;
  const char *p = code;

  if (g_ascii_strncasecmp (code, "General", 7) == 0)
    return KAF_TABLE_SHOWN_NUMBER;
  /* Only the first part counts: those behind a semicolon are for negative numbers and text. */
  while (*p != '\0' && *p != ';')
    {
      const char *next = skip_literal (p, &time);

      if (next != NULL)
        {
          p = next;
          continue;
        }
      day |= strchr ("yYdD", *p) != NULL;
      time |= strchr ("hHsS", *p) != NULL;
      month |= *p == 'm' || *p == 'M';
      p++;
    }
  if (day && time)
    return KAF_TABLE_SHOWN_DATE_TIME;
  if (time)
    return KAF_TABLE_SHOWN_TIME;
  return day || month ? KAF_TABLE_SHOWN_DATE : KAF_TABLE_SHOWN_NUMBER;
}

KafTableShown
kaf_table_shown_from_builtin (guint id)
{
  if (id == 22)
    return KAF_TABLE_SHOWN_DATE_TIME;
  if ((id >= 18 && id <= 21) || (id >= 45 && id <= 47) || (id >= 32 && id <= 35) || id == 55 ||
      id == 56)
    return KAF_TABLE_SHOWN_TIME;
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58))
    return KAF_TABLE_SHOWN_DATE;
  return KAF_TABLE_SHOWN_NUMBER;
}

KafTableCellType
kaf_table_number_from_iso (const char *text, GString *out)
{
  g_string_truncate (out, 0);
  if (strlen (text) < 10 || strlen (text) > 40)
    return KAF_TABLE_CELL_EMPTY;
  g_string_append_len (out, text, 10);
  if (!kaf_date_is_valid (out->str, FALSE))
    return KAF_TABLE_CELL_EMPTY;
  if (text[10] == '\0')
    return KAF_TABLE_CELL_DATE;
  if (text[10] != 'T' || !g_ascii_isdigit (text[11]) || strlen (text) < 16)
    return KAF_TABLE_CELL_EMPTY;
  g_string_append_len (out, text + 10, 6);
  g_string_append (out, ":");
  if (text[16] == ':' && g_ascii_isdigit (text[17]) && g_ascii_isdigit (text[18]))
    g_string_append_len (out, text + 17, 2);
  else
    g_string_append (out, "00");
  return KAF_TABLE_CELL_DATE_TIME;
}
