/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Days as ISO text, whole or partial: what a paper says ("2020", "novembre 2026") is kept as it is
 * said, never completed. Text in ISO order sorts as time does. */

#include "config.h"

#include "base/kaf-date.h"
#include "base/kaf-date-words.h"
#include "base/kaf-fold.h"
#include "base/kaf-utf8.h"
#include "base/kaf-validation-error.h"

#include <string.h>

#define MIN_YEAR 1000
#define MAX_YEAR 9999
#define SOON 334 /* days, eleven months */
#define HOME_ZONE "Africa/Casablanca"
#define HOME_OFFSET "+00:00" /* in force since 20 September 2026, where no zone data is installed */

/* Month and day are 0 where the date does not say them. */
typedef struct
{
  guint year;
  guint month;
  guint day;
} Day;

static gboolean
day_is_valid (const Day *day)
{
  if (day->year < MIN_YEAR || day->year > MAX_YEAR || day->month > 12)
    return FALSE;
  if (day->month == 0)
    return day->day == 0;
  return day->day == 0 || g_date_valid_dmy (day->day, day->month, day->year);
}

/* Reads exactly @n digits. */
static gboolean
read_digits (const char **p, guint n, guint *value)
{
  *value = 0;
  for (guint i = 0; i < n; i++, (*p)++)
    {
      if (!g_ascii_isdigit (**p))
        return FALSE;
      *value = *value * 10 + g_ascii_digit_value (**p);
    }
  return TRUE;
}

static gboolean
read_iso (const char *iso, Day *day)
{
  const char *p = iso;

  memset (day, 0, sizeof *day);
  if (p == NULL || !read_digits (&p, 4, &day->year))
    return FALSE;
  if (*p == '-')
    {
      p++;
      if (!read_digits (&p, 2, &day->month) || day->month == 0)
        return FALSE;
      if (*p == '-')
        {
          p++;
          if (!read_digits (&p, 2, &day->day) || day->day == 0)
            return FALSE;
        }
    }
  return *p == 0 && day_is_valid (day);
}

static char *
write_iso (const Day *day)
{
  if (day->day != 0)
    return g_strdup_printf ("%04u-%02u-%02u", day->year, day->month, day->day);
  if (day->month != 0)
    return g_strdup_printf ("%04u-%02u", day->year, day->month);
  return g_strdup_printf ("%04u", day->year);
}

/* The value of one or two digits, perhaps with an ordinal ending; 0 for anything else. */
static guint
small_number (const char *word)
{
  static const char *const endings[] = { "", "er", "st", "nd", "rd", "th" };
  gsize n = strspn (word, "0123456789");

  if (n == 0 || n > 2)
    return 0;
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (strcmp (word + n, endings[i]) == 0)
      return (guint) g_ascii_strtoull (word, NULL, 10);
  return 0;
}

static guint
year_number (const char *word)
{
  if (strspn (word, "0123456789") != 4 || word[4] != 0)
    return 0;
  return (guint) g_ascii_strtoull (word, NULL, 10);
}

/* A month by name or number; names tell month from day wherever they stand. */
static guint
month_number (const char *word)
{
  guint month = kaf_date_month_from_word (word);

  return month != 0 ? month : small_number (word);
}

static gboolean
read_words (char **words, Day *day)
{
  guint n = g_strv_length (words);

  memset (day, 0, sizeof *day);
  if (n == 1)
    day->year = year_number (words[0]);
  else if (n == 2)
    {
      gboolean year_first = year_number (words[0]) != 0;

      day->year = year_number (words[year_first ? 0 : 1]);
      day->month = month_number (words[year_first ? 1 : 0]);
      if (day->month == 0)
        return FALSE;
    }
  else if (n == 3)
    {
      gboolean year_first = year_number (words[0]) != 0;
      gboolean name_first = kaf_date_month_from_word (words[0]) != 0;

      day->year = year_number (words[year_first ? 0 : 2]);
      day->month = month_number (words[name_first ? 0 : 1]);
      day->day = small_number (words[year_first ? 2 : name_first ? 1 : 0]);
      if (day->month == 0 || day->day == 0)
        return FALSE;
    }
  return day_is_valid (day);
}

/* The words of a typed date without weekday and article; NULL when a sign stands in it that no date
 * has. */
static char **
date_words (const char *tidy)
{
  g_auto (GStrv) words = NULL;
  g_autoptr (GPtrArray) kept = NULL;

  for (const char *p = tidy; *p != 0; p++)
    if (g_ascii_ispunct (*p) && strchr ("/-.,", *p) == NULL)
      return NULL;
  if (strchr ("/-.,", *tidy) != NULL)
    return NULL;
  words = kaf_fold_words (tidy);
  kept = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; words[i] != NULL; i++)
    if (!kaf_date_is_filler (words[i]))
      g_ptr_array_add (kept, g_strdup (words[i]));
  g_ptr_array_add (kept, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&kept), FALSE);
}

/**
 * kaf_date_normalise:
 * @input: (nullable): what was typed
 * @partial_allowed: whether "2026-11" and "2026" are dates here
 * @error: return location for a #KafValidationError
 *
 * Accepts ISO order and day/month/year with any of "/", "-", "." and blank, month/year, a year, and
 * months by name in French, Arabic (of Morocco and of the East) and English. Years have four digits.
 *
 * Returns: (transfer full) (nullable): ISO text, or %NULL with EMPTY or DATE
 */
char *
kaf_date_normalise (const char *input, gboolean partial_allowed, GError **error)
{
  g_autofree char *tidy = NULL;
  g_auto (GStrv) words = NULL;
  Day day;

  /* Most dates come from the store or a file, in the form that they have here. */
  if (kaf_date_is_valid (input, partial_allowed))
    return g_strdup (input);

  tidy = kaf_text_tidy (input);
  if (*tidy == 0)
    {
      g_set_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_EMPTY, "No date");
      return NULL;
    }
  words = date_words (tidy);
  if (words == NULL || !read_words (words, &day))
    {
      g_set_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_DATE, "Not a date");
      return NULL;
    }
  if (day.day == 0 && !partial_allowed)
    {
      g_set_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_DATE, "The day is missing");
      return NULL;
    }
  return write_iso (&day);
}

/**
 * kaf_date_is_valid:
 * @iso: (nullable): a text
 * @partial_allowed: whether "2026-11" and "2026" are dates here
 *
 * Returns: %TRUE for a day of the calendar in ISO form
 */
gboolean
kaf_date_is_valid (const char *iso, gboolean partial_allowed)
{
  Day day;

  return read_iso (iso, &day) && (partial_allowed || day.day != 0);
}

static char *
format_short (const Day *day)
{
  if (day->day != 0)
    return g_strdup_printf ("%02u/%02u/%04u", day->day, day->month, day->year);
  if (day->month != 0)
    return g_strdup_printf ("%02u/%04u", day->month, day->year);
  return g_strdup_printf ("%04u", day->year);
}

/* French says "1er" and then plain numbers. */
static const char *
get_ordinal (guint day, KafLang lang)
{
  return lang == KAF_LANG_FR && day == 1 ? "er" : "";
}

static char *
format_day (guint day, KafLang lang)
{
  return g_strdup_printf ("%u%s", day, get_ordinal (day, lang));
}

/**
 * kaf_date_write_number:
 * @text: (out caller-allocates): where it goes, without a closing zero
 * @n_digits: how many are written, zeros before it counted
 * @number: what fits into them
 *
 * By hand: lists have some ten thousands of dates.
 */
void
kaf_date_write_number (char *text, guint n_digits, guint number)
{
  for (guint i = n_digits; i-- > 0; number /= 10)
    text[i] = (char) ('0' + number % 10);
}

static char *
format_named (const Day *day, KafLang lang, const char *month)
{
  char year[] = "0000", number[] = "00";

  kaf_date_write_number (year, 4, day->year);
  kaf_date_write_number (number, 2, day->day);
  if (day->month == 0)
    return g_strdup (year);
  if (day->day == 0)
    return g_strconcat (month, " ", year, NULL);
  return g_strconcat (number + (day->day < 10 ? 1 : 0), get_ordinal (day->day, lang), " ", month,
                      " ", year, NULL);
}

/**
 * kaf_date_format:
 * @iso: (nullable): a date, whole or partial
 * @lang: who reads it
 * @style: how long it may be
 *
 * Returns: (transfer full): the date in words or figures; a text that is no date comes back as it is
 */
char *
kaf_date_format (const char *iso, KafLang lang, KafDateStyle style)
{
  g_autofree char *text = NULL;
  GDate date;
  Day day;

  if (!read_iso (iso, &day))
    return g_strdup (iso != NULL ? iso : "");
  switch (style)
    {
    case KAF_DATE_MEDIUM:
      return format_named (&day, lang, kaf_date_month_short_name (day.month, lang));
    case KAF_DATE_LONG:
      return format_named (&day, lang, kaf_date_month_name (day.month, lang));
    case KAF_DATE_WEEKDAY:
      text = format_named (&day, lang, kaf_date_month_name (day.month, lang));
      if (day.day == 0)
        return g_steal_pointer (&text);
      g_date_clear (&date, 1);
      g_date_set_dmy (&date, day.day, day.month, day.year);
      return g_strdup_printf ("%s %s", kaf_date_weekday_name (g_date_get_weekday (&date), lang),
                              text);
    case KAF_DATE_SHORT:
    default:
      return format_short (&day);
    }
}

/* One end of a span, or the whole of one that has one end; what is not asked for is left out. */
static char *
format_end (
    const Day *end, KafLang lang, gboolean with_day, gboolean with_month, gboolean with_year)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *day = format_day (end->day, lang);

  if (with_day)
    g_string_append (text, day);
  if (with_month)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "",
                            kaf_date_month_short_name (end->month, lang));
  if (with_year)
    g_string_append_printf (text, "%s%04u", text->len > 0 ? " " : "", end->year);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Whole months are named without days: "février", "janv.–mars", "2027". */
static char *
format_months (const Day *from, const Day *to, KafLang lang, gboolean with_year)
{
  gboolean one_year = from->year == to->year;
  g_autofree char *start = NULL;
  g_autofree char *end = NULL;

  if (one_year && from->month == 1 && to->month == 12)
    return g_strdup_printf ("%04u", from->year);
  if (one_year && from->month == to->month)
    return with_year
               ? g_strdup_printf ("%s %04u", kaf_date_month_name (from->month, lang), from->year)
               : g_strdup (kaf_date_month_name (from->month, lang));
  start = format_end (from, lang, FALSE, TRUE, with_year && !one_year);
  end = format_end (to, lang, FALSE, TRUE, with_year);
  return g_strdup_printf ("%s–%s", start, end);
}

/* Whether a reader takes a day without a year for the next of that name. */
static gboolean
is_soon (const char *iso, const char *today)
{
  g_autofree char *horizon = kaf_date_add_days (today, SOON);

  return horizon != NULL && strcmp (iso, today) >= 0 && strcmp (iso, horizon) <= 0;
}

/**
 * kaf_date_format_span:
 * @from: (nullable): the first day, whole
 * @to: (nullable): the last day, whole
 * @today: (nullable): the day it is
 * @lang: who reads it
 *
 * Returns: (transfer full): the days in few words: "6–13 janv.", "2 mars", "février", with the year
 *   when it is not plain; "" when one of them is no whole date
 */
char *
kaf_date_format_span (const char *from, const char *to, const char *today, KafLang lang)
{
  g_autofree char *start = NULL;
  g_autofree char *end = NULL;
  gboolean one_year, one_month, with_year;
  Day a, b;

  if (!read_iso (from, &a) || !read_iso (to, &b) || a.day == 0 || b.day == 0)
    return g_strdup ("");
  with_year = !is_soon (from, today) || !is_soon (to, today);
  if (strcmp (from, to) == 0)
    return format_end (&a, lang, TRUE, TRUE, with_year);
  if (a.day == 1 && b.day == g_date_get_days_in_month (b.month, b.year))
    return format_months (&a, &b, lang, with_year);
  one_year = a.year == b.year;
  one_month = one_year && a.month == b.month;
  start = format_end (&a, lang, TRUE, !one_month, with_year && !one_year);
  end = format_end (&b, lang, TRUE, TRUE, with_year);
  return g_strdup_printf ("%s–%s", start, end);
}

/**
 * kaf_date_start:
 * @iso: (nullable): a date, whole or partial
 *
 * Returns: (transfer full) (nullable): its first day; %NULL when @iso is no date
 */
char *
kaf_date_start (const char *iso)
{
  Day day;

  if (!read_iso (iso, &day))
    return NULL;
  day.month = MAX (day.month, 1);
  day.day = MAX (day.day, 1);
  return write_iso (&day);
}

/**
 * kaf_date_end:
 * @iso: (nullable): a date, whole or partial
 *
 * Returns: (transfer full) (nullable): its last day; %NULL when @iso is no date
 */
char *
kaf_date_end (const char *iso)
{
  Day day;

  if (!read_iso (iso, &day))
    return NULL;
  if (day.month == 0)
    day.month = 12;
  if (day.day == 0)
    day.day = g_date_get_days_in_month (day.month, day.year);
  return write_iso (&day);
}

static gboolean
read_whole (const char *iso, GDate *date)
{
  Day day;

  if (!read_iso (iso, &day) || day.day == 0)
    return FALSE;
  g_date_clear (date, 1);
  g_date_set_dmy (date, day.day, day.month, day.year);
  return TRUE;
}

/**
 * kaf_date_add_days:
 * @iso: (nullable): a whole date
 * @days: how many, perhaps negative
 *
 * Returns: (transfer full) (nullable): the day so much later; %NULL when @iso is no whole date or the
 *   result lies outside the years 1000 to 9999
 */
char *
kaf_date_add_days (const char *iso, int days)
{
  GDate date;
  gint64 julian;
  Day day;

  if (!read_whole (iso, &date))
    return NULL;
  julian = (gint64) g_date_get_julian (&date) + days;
  if (julian < 1 || julian > G_MAXINT32 / 2 || !g_date_valid_julian (julian))
    return NULL;
  g_date_set_julian (&date, (guint32) julian);
  day.year = g_date_get_year (&date);
  day.month = g_date_get_month (&date);
  day.day = g_date_get_day (&date);
  return julian < 4000000 && day_is_valid (&day) ? write_iso (&day) : NULL;
}

/**
 * kaf_date_days_between:
 * @from: (nullable): a whole date
 * @to: (nullable): a whole date
 * @days: (out): days from @from to @to, negative when @to comes first
 *
 * Returns: %FALSE when one of them is no whole date
 */
gboolean
kaf_date_days_between (const char *from, const char *to, int *days)
{
  GDate a, b;

  if (!read_whole (from, &a) || !read_whole (to, &b))
    return FALSE;
  *days = g_date_days_between (&a, &b);
  return TRUE;
}

static GTimeZone *
home_zone (void)
{
  static GTimeZone *zone;

  if (g_once_init_enter (&zone))
    {
      GTimeZone *found = g_time_zone_new_identifier (HOME_ZONE);

      if (found == NULL)
        found = g_time_zone_new_identifier (HOME_OFFSET);
      g_once_init_leave (&zone, found);
    }
  return zone;
}

/**
 * kaf_time_get_offset:
 * @us: µs since 1970 UTC
 *
 * Returns: seconds by which clocks in Africa/Casablanca are then ahead of UTC
 */
int
kaf_time_get_offset (gint64 us)
{
  GTimeZone *zone = home_zone ();

  return g_time_zone_get_offset (
      zone, g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, us / G_USEC_PER_SEC));
}

static GDateTime *
local_time (gint64 us)
{
  gint64 seconds = us / G_USEC_PER_SEC - (us % G_USEC_PER_SEC < 0 ? 1 : 0);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (seconds);

  return utc != NULL ? g_date_time_to_timezone (utc, home_zone ()) : NULL;
}

/**
 * kaf_date_from_time:
 * @us: µs since 1970 UTC
 *
 * Returns: (transfer full): the day it is then in Africa/Casablanca; "" for a time beyond the year
 *   9999
 */
char *
kaf_date_from_time (gint64 us)
{
  g_autoptr (GDateTime) local = local_time (us);

  if (local == NULL)
    return g_strdup ("");
  return g_strdup_printf ("%04d-%02d-%02d", g_date_time_get_year (local),
                          g_date_time_get_month (local), g_date_time_get_day_of_month (local));
}

/**
 * kaf_time_format:
 * @us: µs since 1970 UTC
 * @lang: who reads it
 *
 * Returns: (transfer full): "22/11/2026 14:31" in Africa/Casablanca; "" for a time beyond the year
 *   9999
 */
char *
kaf_time_format (gint64 us, KafLang lang)
{
  g_autoptr (GDateTime) local = local_time (us);

  if (local == NULL)
    return g_strdup ("");
  /* The three languages agree on this form in Morocco. */
  return g_strdup_printf ("%02d/%02d/%04d %02d:%02d", g_date_time_get_day_of_month (local),
                          g_date_time_get_month (local), g_date_time_get_year (local),
                          g_date_time_get_hour (local), g_date_time_get_minute (local));
}
