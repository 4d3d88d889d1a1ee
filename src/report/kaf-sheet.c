/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows are written from top to bottom, each cell once: a large workbook lets nothing else. Sums, filters and marks are
 * written at the end, when the number of rows is known. */
#include "config.h"

#include "report/kaf-sheet-private.h"

#include <math.h>
#include <string.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "base/kaf-few.h"
#include "base/kaf-fold.h"
#include "base/kaf-money.h"

#define CELL_MAX 32767
/* As many links as Excel reads of a sheet. */
#define LINKS_MAX 65530
#define WIDTH_MAX 60
/* Words that may be chosen from, with the commas between them. */
#define CHOICES_MAX 255
#define SOON_DAYS 90
/* 30 December 1899 as KafDay: Excel's day 0, given that it knows a 29 February 1900. */
#define DAY_ZERO 693594
/* No row is higher. */
#define LINES_MAX 27
/* A page at three fifths of its size. */
#define PAGE_PX_MOST 1800

static void
column_free (KafSheetOwnColumn *self)
{
  g_free (self->id);
  g_free (self->title);
  g_free (self->unless);
  g_strfreev (self->choices);
  g_free (self);
}

KafSheet *
kaf_sheet_new (KafBook *book, const KafSheetSpec *spec)
{
  KafSheet *self = g_new0 (KafSheet, 1);

  self->book = book;
  self->id = g_strdup (spec->id);
  self->title = g_strdup (spec->title);
  self->note = g_strdup (spec->note);
  self->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) column_free);
  self->charts = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_sheet_own_chart_free);
  self->worksheet = kaf_book_add_worksheet (book, spec->title);
  kaf_book_keep_sheet (book, self);
  return self;
}

void
kaf_sheet_free (KafSheet *self)
{
  g_free (self->id);
  g_free (self->title);
  g_free (self->note);
  g_ptr_array_unref (self->columns);
  g_ptr_array_unref (self->charts);
  g_free (self);
}

KafBook *
kaf_sheet_get_book (KafSheet *self)
{
  return self->book;
}

const char *
kaf_sheet_word (const KafSheet *self, const char *msgid)
{
  return kaf_book_word (self->book, msgid);
}

static guint
width_of (KafSheetKind kind)
{
  switch (kind)
    {
    case KAF_SHEET_LONG_TEXT:
      return 44;
    case KAF_SHEET_INTEGER:
    case KAF_SHEET_DECIMAL:
      return 11;
    case KAF_SHEET_PERCENT:
      return 14;
    case KAF_SHEET_DAY:
      return 12;
    case KAF_SHEET_MONEY:
    case KAF_SHEET_TIME:
      return 18;
    case KAF_SHEET_TEXT:
    case KAF_SHEET_ARABIC:
    case KAF_SHEET_LINK:
    default:
      return 24;
    }
}

guint
kaf_sheet_add_column (KafSheet *self, const KafSheetColumn *column)
{
  KafSheetOwnColumn *own = g_new0 (KafSheetOwnColumn, 1);

  g_return_val_if_fail (!self->begun, 0);

  own->id = g_strdup (column->id);
  own->title = g_strdup (column->title);
  own->unless = g_strdup (column->unless);
  own->kind = column->kind;
  own->flags = column->flags;
  own->choices = g_strdupv ((char **) column->choices);
  own->width = MIN (column->width > 0 ? column->width : width_of (column->kind), WIDTH_MAX);
  g_strlcpy (own->unit, "MAD", sizeof own->unit);
  own->format = kaf_book_get_format (self->book, KAF_LOOK_CELL, own->kind, own->unit);
  g_ptr_array_add (self->columns, own);
  return self->columns->len - 1;
}

guint
kaf_sheet_get_n_rows (const KafSheet *self)
{
  return self->n_rows;
}

/* The band above the table */

static void
add_band_line (
    KafBook *book, lxw_worksheet *worksheet, lxw_row_t *row, KafLook look, const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  worksheet_write_string (worksheet, *row, 0, text,
                          kaf_book_get_format (book, look, KAF_SHEET_TEXT, NULL));
  (*row)++;
}

/* Gives the row below it. */
static lxw_row_t
add_band (KafBook *book, lxw_worksheet *worksheet, const char *title, const char *note)
{
  const char *service = kaf_book_get_service (book);
  const KafBookBasis *basis = kaf_book_get_basis (book);
  g_autofree char *from = service != NULL
                              ? g_strdup_printf ("%s – %s", kaf_book_get_state (book), service)
                              : g_strdup (kaf_book_get_state (book));
  g_autofree char *whole = g_utf8_collate (title, basis->title) == 0
                               ? g_strdup (basis->title)
                               : g_strdup_printf ("%s – %s", basis->title, title);
  g_autofree char *limited = NULL;
  lxw_row_t row = 0;

  note = note != NULL ? note : basis->subject;
  add_band_line (book, worksheet, &row, KAF_LOOK_STATE, from);
  worksheet_set_row (worksheet, row, 24, NULL);
  add_band_line (book, worksheet, &row, KAF_LOOK_TITLE, whole);
  add_band_line (book, worksheet, &row, KAF_LOOK_BAND, kaf_book_get_edition (book));
  if (note != NULL)
    add_band_line (book, worksheet, &row, KAF_LOOK_BAND, kaf_sheet_limit_text (note, &limited));
  return row;
}

static gboolean
is_number (KafSheetKind kind)
{
  return kind == KAF_SHEET_INTEGER || kind == KAF_SHEET_DECIMAL || kind == KAF_SHEET_MONEY ||
         kind == KAF_SHEET_PERCENT;
}

/* Of valid text; without a jump for each character, as most cells are short and many. */
static gsize
count_characters (const char *text, gsize n_bytes)
{
  gsize n = 0;

  for (gsize i = 0; i < n_bytes; i++)
    n += ((guchar) text[i] & 0xc0) != 0x80;
  return n;
}

/* About so many; words that do not fit take some room more. */
static guint
count_lines (const char *text, guint width)
{
  gsize n_bytes = strlen (text);
  guint lines = 0;

  if (n_bytes * 11 / 10 < width && memchr (text, '\n', n_bytes) == NULL)
    return 1;
  while (text != NULL && lines < LINES_MAX)
    {
      const char *end = strchr (text, '\n');
      gsize length = count_characters (text, end != NULL ? (gsize) (end - text) : strlen (text));

      lines += 1 + (guint) (length * 11 / 10) / MAX (width, 1);
      text = end != NULL ? end + 1 : NULL;
    }
  return MIN (lines, LINES_MAX);
}

static void
begin (KafSheet *self)
{
  guint lines = 2;

  self->begun = TRUE;
  self->heading = self->row = add_band (self->book, self->worksheet, self->title, self->note);
  for (guint i = 0; i < self->columns->len; i++)
    {
      const KafSheetOwnColumn *column = kaf_sheet_column (self, i);

      worksheet_set_column (self->worksheet, i, i, column->width, NULL);
      worksheet_write_string (
          self->worksheet, self->heading, i, column->title,
          kaf_book_get_format (self->book, KAF_LOOK_HEADING, column->kind, NULL));
      /* Bold, and with the arrow of the filter. */
      lines = MAX (lines, count_lines (column->title, MAX (column->width, 5) - 3));
    }
  worksheet_set_row (self->worksheet, self->heading, lines * KAF_SHEET_LINE_HEIGHT + 4, NULL);
  self->row++;
}

/* Cells */

/* Noncharacters that no XML takes, and with which no program opens the workbook: U+FFFE and F. */
static gboolean
has_noncharacters (const char *text)
{
  return strchr (text, '\xef') != NULL &&
         (strstr (text, "\xef\xbf\xbe") != NULL || strstr (text, "\xef\xbf\xbf") != NULL);
}

/* Marks of direction, U+200E and F, U+202A to E, U+2066 to 9, all begin with one byte, as do quotation marks. */
static gboolean
has_marks (const char *text)
{
  for (const char *p = strchr (text, '\xe2'); p != NULL; p = strchr (p + 1, '\xe2'))
    {
      guchar second = (guchar) p[1], third = second != 0 ? (guchar) p[2] : 0;

      if (second == 0x80 && (third == 0x8e || third == 0x8f || (third >= 0xaa && third <= 0xae)))
        return TRUE;
      if (second == 0x81 && third >= 0xa6 && third <= 0xa9)
        return TRUE;
    }
  return FALSE;
}

/* Whether a byte that begins one of these is among them: looked for together, without a jump for each. */
static gboolean
is_suspect (const char *text, gsize n_bytes)
{
  guchar any = 0;

  for (gsize i = 0; i < n_bytes; i++)
    any |= (guchar) (((guchar) text[i] == 0xe2) | ((guchar) text[i] == 0xef));
  return any != 0;
}

const char *
kaf_sheet_limit_text (const char *text, char **copy)
{
  const char *plain = text;
  gsize n_bytes = strlen (text);
  g_autofree char *start = NULL;

  if (n_bytes <= CELL_MAX && !is_suspect (text, n_bytes))
    return text;
  /* They would be in the way of who filters or looks for the text. */
  if (has_marks (text) || has_noncharacters (text))
    plain = *copy = kaf_bidi_strip (text);
  if (strlen (plain) <= CELL_MAX || g_utf8_strlen (plain, -1) <= CELL_MAX)
    return plain;
  start = g_utf8_substring (plain, 0, CELL_MAX - 1);
  g_free (*copy);
  *copy = g_strconcat (start, "…", NULL);
  return *copy;
}

double
kaf_sheet_day_number (KafDay day)
{
  return (double) day - DAY_ZERO;
}

/* The column of the next cell; NULL: the row is full. */
static KafSheetOwnColumn *
next (KafSheet *self)
{
  g_return_val_if_fail (self->at < self->columns->len, NULL);

  if (!self->begun)
    begin (self);
  return kaf_sheet_column (self, self->at++);
}

static void
write_number (KafSheet *self, KafSheetOwnColumn *column, double number, lxw_format *format)
{
  column->sum += number;
  column->most = MAX (column->most, number);
  worksheet_write_number (self->worksheet, self->row, self->at - 1, number, format);
}

void
kaf_sheet_add_empty (KafSheet *self)
{
  KafSheetOwnColumn *column = next (self);

  if (column != NULL)
    worksheet_write_blank (self->worksheet, self->row, self->at - 1, column->format);
}

/* Excel reads a text by its first letter, LibreOffice from left to right: in a sheet from right to left it is said. */
static lxw_format *
get_text_format (KafSheet *self, KafSheetOwnColumn *column, const char *text)
{
  if (!kaf_lang_is_rtl (kaf_book_get_basis (self->book)->lang) ||
      (column->kind != KAF_SHEET_TEXT && column->kind != KAF_SHEET_LONG_TEXT) ||
      !kaf_text_is_arabic (text))
    return column->format;
  if (column->arabic == NULL)
    column->arabic = kaf_book_get_format (self->book, KAF_LOOK_CELL_ARABIC, column->kind, NULL);
  return column->arabic;
}

void
kaf_sheet_add_text (KafSheet *self, const char *text)
{
  g_autofree char *copy = NULL;
  KafSheetOwnColumn *column;

  if (text == NULL || *text == '\0')
    {
      kaf_sheet_add_empty (self);
      return;
    }
  column = next (self);
  if (column == NULL)
    return;
  text = kaf_sheet_limit_text (text, &copy);
  if (kaf_book_wraps (self->book, column->kind))
    self->lines = MAX (self->lines, count_lines (text, column->width));
  worksheet_write_string (self->worksheet, self->row, self->at - 1, text,
                          get_text_format (self, column, text));
}

void
kaf_sheet_add_number (KafSheet *self, gint64 number)
{
  KafSheetOwnColumn *column = next (self);

  if (column != NULL)
    write_number (self, column, (double) number, column->format);
}

void
kaf_sheet_add_few (KafSheet *self, guint told)
{
  g_autofree char *text = NULL;

  if (kaf_few_is_told (told))
    {
      kaf_sheet_add_number (self, told);
      return;
    }
  text = kaf_few_format (told, kaf_book_get_basis (self->book)->lang);
  kaf_sheet_add_text (self, text);
}

void
kaf_sheet_add_share (KafSheet *self, gint64 part, gint64 whole)
{
  KafSheetOwnColumn *column;

  if (whole == 0)
    {
      kaf_sheet_add_empty (self);
      return;
    }
  column = next (self);
  if (column != NULL)
    write_number (self, column, (double) part / (double) whole, column->format);
}

void
kaf_sheet_add_tenths (KafSheet *self, int tenths)
{
  KafSheetOwnColumn *column;

  if (tenths < 0)
    {
      kaf_sheet_add_empty (self);
      return;
    }
  column = next (self);
  if (column != NULL)
    write_number (self, column, tenths / 10.0, column->format);
}

void
kaf_sheet_add_amount (KafSheet *self, gint64 minor, const char *currency)
{
  KafSheetOwnColumn *column = next (self);
  lxw_format *format;

  if (column == NULL)
    return;
  format = column->format;
  if (!g_str_equal (column->unit, currency))
    {
      /* The first amount says the currency of the column. */
      format = kaf_book_get_format (self->book, KAF_LOOK_CELL, column->kind, currency);
      if (column->sum == 0 && !column->mixed)
        {
          g_strlcpy (column->unit, currency, sizeof column->unit);
          column->format = format;
        }
      else
        column->mixed = TRUE;
    }
  write_number (self, column, (double) minor / pow (10, kaf_money_digits (currency)), format);
}

void
kaf_sheet_add_money (KafSheet *self, const char *canonical)
{
  char currency[4];
  gint64 minor;

  if (canonical != NULL && kaf_money_split (canonical, &minor, currency))
    kaf_sheet_add_amount (self, minor, currency);
  else
    kaf_sheet_add_text (self, canonical);
}

void
kaf_sheet_add_day (KafSheet *self, KafDay day)
{
  KafSheetOwnColumn *column;

  if (day == KAF_DAY_UNKNOWN)
    {
      kaf_sheet_add_empty (self);
      return;
    }
  column = next (self);
  if (column != NULL)
    write_number (self, column, kaf_sheet_day_number (day), column->format);
}

void
kaf_sheet_add_time (KafSheet *self, gint64 us)
{
  gint64 local = us / G_USEC_PER_SEC + kaf_time_get_offset (us);
  KafSheetOwnColumn *column = next (self);

  if (column != NULL)
    write_number (self, column, 25569 + (double) local / 86400, column->format);
}

void
kaf_sheet_add_link (KafSheet *self, const char *url, const char *text)
{
  const KafBookBasis *basis = kaf_book_get_basis (self->book);
  g_autofree char *copy = NULL;
  KafSheetOwnColumn *column;

  /* Links stay in memory until the end: a large workbook does without. */
  if (url == NULL || basis->large || self->n_links >= LINKS_MAX)
    {
      kaf_sheet_add_text (self, text);
      return;
    }
  column = next (self);
  if (column == NULL)
    return;
  text = text != NULL ? kaf_sheet_limit_text (text, &copy) : NULL;
  if (worksheet_write_url_opt (self->worksheet, self->row, self->at - 1, url, column->format, text,
                               NULL) == LXW_NO_ERROR)
    self->n_links++;
  else
    worksheet_write_string (self->worksheet, self->row, self->at - 1, text, column->format);
}

KafSheetKind
kaf_sheet_kind_of (const KafField *field)
{
  if (kaf_field_is_many (field))
    return KAF_SHEET_LONG_TEXT;
  switch (field->kind)
    {
    case KAF_KIND_LONG_TEXT:
      return KAF_SHEET_LONG_TEXT;
    case KAF_KIND_INTEGER:
      return KAF_SHEET_INTEGER;
    case KAF_KIND_MONEY:
      return KAF_SHEET_MONEY;
    case KAF_KIND_DATE:
    case KAF_KIND_PARTIAL_DATE:
      return KAF_SHEET_DAY;
    case KAF_KIND_EMAIL:
    case KAF_KIND_URL:
      return KAF_SHEET_LINK;
    default:
      return kaf_field_has (field, KAF_FIELD_ARABIC) ? KAF_SHEET_ARABIC : KAF_SHEET_TEXT;
    }
}

static void
add_address (KafSheet *self, const char *scheme, const char *address, const char *shown)
{
  g_autofree char *url = g_strconcat (scheme, address, NULL);

  kaf_sheet_add_link (self, url, shown != NULL ? shown : address);
}

void
kaf_sheet_add_value (KafSheet *self,
                     const KafField *field,
                     const char *canonical,
                     const char *shown)
{
  const char *text = shown != NULL ? shown : canonical;
  KafDay day;

  if (canonical == NULL || kaf_field_is_many (field))
    {
      kaf_sheet_add_text (self, text);
      return;
    }
  switch (field->kind)
    {
    case KAF_KIND_INTEGER:
      kaf_sheet_add_number (self, g_ascii_strtoll (canonical, NULL, 10));
      return;
    case KAF_KIND_MONEY:
      kaf_sheet_add_money (self, canonical);
      return;
    case KAF_KIND_DATE:
    case KAF_KIND_PARTIAL_DATE:
      /* A month or a year is no day: it stays text. */
      day = kaf_date_is_valid (canonical, FALSE) ? kaf_day_parse (canonical) : KAF_DAY_UNKNOWN;
      if (day > DAY_ZERO)
        kaf_sheet_add_day (self, day);
      else
        kaf_sheet_add_text (self, text);
      return;
    case KAF_KIND_EMAIL:
      add_address (self, "mailto:", canonical, shown);
      return;
    case KAF_KIND_URL:
      add_address (self, "", canonical, shown);
      return;
    default:
      kaf_sheet_add_text (self, text);
      return;
    }
}

/* "{2}" is the cell of column 2 in this row. */
static char *
fill_formula (KafSheet *self, const char *formula)
{
  g_autoptr (GString) text = g_string_new ("=");
  char cell[LXW_MAX_CELL_NAME_LENGTH];

  for (const char *p = formula; *p != '\0'; p++)
    {
      char *end = NULL;
      guint64 column = *p == '{' ? g_ascii_strtoull (p + 1, &end, 10) : 0;

      if (end == NULL || *end != '}')
        {
          g_string_append_c (text, *p);
          continue;
        }
      lxw_rowcol_to_cell (cell, self->row, (lxw_col_t) column);
      g_string_append (text, cell);
      p = end;
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
kaf_sheet_add_formula (KafSheet *self, const char *formula, double value)
{
  KafSheetOwnColumn *column = next (self);
  g_autofree char *text = NULL;

  if (column == NULL)
    return;
  text = fill_formula (self, formula);
  column->sum += value;
  worksheet_write_formula_num (self->worksheet, self->row, self->at - 1, text, column->format,
                               value);
}

void
kaf_sheet_end_row (KafSheet *self)
{
  g_return_if_fail (self->at > 0);

  while (self->at < self->columns->len)
    kaf_sheet_add_empty (self);
  if (self->lines > 1)
    worksheet_set_row (self->worksheet, self->row, self->lines * KAF_SHEET_LINE_HEIGHT, NULL);
  self->lines = 0;
  self->at = 0;
  self->row++;
  self->n_rows++;
  kaf_book_count_row (self->book);
}

double
kaf_sheet_get_width (const KafSheet *self)
{
  double width = 0;

  for (guint i = 0; i < self->columns->len; i++)
    width += kaf_sheet_column (self, i)->width * 7 + 5;
  return width;
}

void
kaf_sheet_add_chart (KafSheet *self, const KafSheetChart *chart)
{
  KafSheetOwnChart *own;
  guint n = 0;

  if (self->n_rows == 0)
    return;
  own = g_new0 (KafSheetOwnChart, 1);
  own->chart = *chart;
  own->chart.title = g_strdup (chart->title);
  while (chart->series[n] >= 0)
    n++;
  own->chart.series = g_memdup2 (chart->series, (n + 1) * sizeof *chart->series);
  own->worksheet = self->worksheet;
  if (!kaf_sheet_has_room (self))
    {
      own->worksheet = kaf_book_add_worksheet (self->book, chart->title);
      own->row = add_band (self->book, own->worksheet, chart->title, self->note) + 1;
    }
  g_ptr_array_add (self->charts, own);
}

/* What stands below, and over, the rows */

static void
write_sum (KafSheet *self, guint at, lxw_row_t first)
{
  const KafSheetOwnColumn *column = kaf_sheet_column (self, at);
  lxw_format *format = kaf_book_get_format (self->book, KAF_LOOK_TOTAL, column->kind, column->unit);
  char range[LXW_MAX_CELL_RANGE_LENGTH];
  g_autofree char *formula = NULL;

  if (at == 0)
    worksheet_write_string (self->worksheet, self->row, 0, kaf_sheet_word (self, "Total"), format);
  else if ((column->flags & KAF_SHEET_TOTAL) == 0 || column->mixed)
    worksheet_write_blank (self->worksheet, self->row, at, format);
  else
    {
      lxw_rowcol_to_range (range, first, at, self->row - 1, at);
      formula = g_strdup_printf ("=SUBTOTAL(109,%s)", range);
      worksheet_write_formula_num (self->worksheet, self->row, at, formula, format, column->sum);
    }
}

static void
write_totals (KafSheet *self, lxw_row_t first)
{
  gboolean any = FALSE;

  for (guint i = 1; i < self->columns->len; i++)
    any = any || (kaf_sheet_column (self, i)->flags & KAF_SHEET_TOTAL) != 0;
  if (!any)
    return;
  for (guint i = 0; i < self->columns->len; i++)
    write_sum (self, i, first);
  self->row++;
}

static int
find_column (const KafSheet *self, const char *id)
{
  for (guint i = 0; id != NULL && i < self->columns->len; i++)
    if (g_strcmp0 (kaf_sheet_column (self, i)->id, id) == 0)
      return (int) i;
  return -1;
}

/* Marks the cells of the column for which @formula holds; its %s are the first of them. */
static void
mark_if (KafSheet *self, guint at, lxw_row_t first, const char *formula, KafLook look)
{
  lxw_conditional_format mark = {
    .type = LXW_CONDITIONAL_TYPE_FORMULA,
    .value_string = (char *) formula,
    .format = kaf_book_get_format (self->book, look, KAF_SHEET_TEXT, NULL),
  };

  worksheet_conditional_format_range (self->worksheet, first, at, self->row - 1, at, &mark);
}

static void
mark_days (KafSheet *self, guint at, lxw_row_t first, gboolean soon)
{
  const KafSheetOwnColumn *column = kaf_sheet_column (self, at);
  double day = kaf_sheet_day_number (kaf_book_get_basis (self->book)->day);
  int unless = find_column (self, column->unless);
  char cell[LXW_MAX_CELL_NAME_LENGTH], other[LXW_MAX_CELL_NAME_LENGTH];
  g_autofree char *open = NULL;
  g_autofree char *formula = NULL;

  lxw_rowcol_to_cell_abs (cell, first, at, FALSE, TRUE);
  lxw_rowcol_to_cell_abs (other, first, (lxw_col_t) MAX (unless, 0), FALSE, TRUE);
  open = unless >= 0 ? g_strdup_printf (",%s=\"\"", other) : g_strdup ("");
  formula = soon ? g_strdup_printf ("=AND(ISNUMBER(%s),%s>=%.0f,%s<=%.0f%s)", cell, cell, day, cell,
                                    day + SOON_DAYS, open)
                 : g_strdup_printf ("=AND(ISNUMBER(%s),%s<%.0f%s)", cell, cell, day, open);
  mark_if (self, at, first, formula, soon ? KAF_LOOK_SOON : KAF_LOOK_LATE);
}

static void
mark_column (KafSheet *self, guint at, lxw_row_t first)
{
  const KafSheetOwnColumn *column = kaf_sheet_column (self, at);
  lxw_conditional_format bars = { .type = LXW_CONDITIONAL_DATA_BAR,
                                  .bar_color = 0x8DB8D6,
                                  .bar_solid = LXW_TRUE,
                                  .data_bar_2010 = LXW_TRUE,
                                  .min_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER,
                                  .min_value = 0 };

  if (column->flags & KAF_SHEET_MISSING)
    {
      char cell[LXW_MAX_CELL_NAME_LENGTH];
      g_autofree char *formula = NULL;

      lxw_rowcol_to_cell_abs (cell, first, at, FALSE, TRUE);
      formula = g_strdup_printf ("=LEN(TRIM(%s))=0", cell);
      mark_if (self, at, first, formula, KAF_LOOK_MISSING);
    }
  if (column->flags & KAF_SHEET_LATE)
    mark_days (self, at, first, FALSE);
  if (column->flags & KAF_SHEET_SOON)
    mark_days (self, at, first, TRUE);
  if (column->flags & KAF_SHEET_BAR)
    {
      bars.bar_direction = kaf_lang_is_rtl (kaf_book_get_basis (self->book)->lang)
                               ? LXW_CONDITIONAL_BAR_DIRECTION_RIGHT_TO_LEFT
                               : LXW_CONDITIONAL_BAR_DIRECTION_LEFT_TO_RIGHT;
      worksheet_conditional_format_range (self->worksheet, first, at, self->row - 1, at, &bars);
    }
}

/* What may be typed into a column that comes back. */
static void
ask_column (KafSheet *self, guint at, lxw_row_t first)
{
  const KafSheetOwnColumn *column = kaf_sheet_column (self, at);
  lxw_data_validation rule = { .ignore_blank = LXW_VALIDATION_ON };
  g_autofree char *joined = column->choices != NULL ? g_strjoinv (",", column->choices) : NULL;

  if (joined != NULL && g_utf8_strlen (joined, -1) <= CHOICES_MAX)
    {
      rule.validate = LXW_VALIDATION_TYPE_LIST;
      rule.value_list = column->choices;
    }
  else if (column->kind == KAF_SHEET_DAY)
    {
      rule.validate = LXW_VALIDATION_TYPE_DATE_NUMBER;
      rule.criteria = LXW_VALIDATION_CRITERIA_GREATER_THAN_OR_EQUAL_TO;
      rule.value_number = 36526; /* 1 January 2000 */
    }
  else if (is_number (column->kind))
    {
      rule.validate = LXW_VALIDATION_TYPE_DECIMAL;
      rule.criteria = LXW_VALIDATION_CRITERIA_GREATER_THAN_OR_EQUAL_TO;
    }
  else
    return;
  worksheet_data_validation_range (self->worksheet, first, at, self->row - 1, at, &rule);
}

/* 'Experts'!$A$6:$A$20 under the name "experts.name". */
static void
name_range (KafSheet *self, const char *column, lxw_row_t first, guint from, guint to)
{
  g_autofree char *name =
      column != NULL ? g_strconcat (self->id, ".", column, NULL) : g_strdup (self->id);
  char range[LXW_MAX_FORMULA_RANGE_LENGTH];
  g_autofree char *formula = NULL;

  lxw_rowcol_to_formula_abs (range, self->worksheet->quoted_name, first, from, self->row - 1, to);
  formula = g_strconcat ("=", range, NULL);
  workbook_define_name (kaf_book_get_workbook (self->book), name, formula);
}

static void
finish_columns (KafSheet *self, lxw_row_t first)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      const KafSheetOwnColumn *column = kaf_sheet_column (self, i);

      mark_column (self, i, first);
      if (column->flags & KAF_SHEET_ASKED)
        ask_column (self, i, first);
      if (self->id != NULL && column->id != NULL)
        name_range (self, column->id, first, i, i);
    }
  if (self->id != NULL)
    name_range (self, NULL, self->heading, 0, self->columns->len - 1);
}

/* As wide as a page; what would be too small to read then, as wide as several, each with the first column. */
static void
set_pages (KafSheet *self)
{
  guint pages = (guint) ceil (kaf_sheet_get_width (self) / PAGE_PX_MOST);

  if (pages <= 1)
    return;
  worksheet_fit_to_pages (self->worksheet, (uint16_t) pages, 0);
  worksheet_repeat_columns (self->worksheet, 0, 0);
}

void
kaf_sheet_finish (KafSheet *self)
{
  lxw_row_t first;

  if (self->finished)
    return;
  self->finished = TRUE;
  if (!self->begun)
    begin (self);
  first = self->heading + 1;
  worksheet_freeze_panes (self->worksheet, first, 1);
  worksheet_repeat_rows (self->worksheet, self->heading, self->heading);
  set_pages (self);
  worksheet_autofilter (self->worksheet, self->heading, 0, MAX (self->row - 1, self->heading),
                        self->columns->len - 1);
  if (self->n_rows == 0)
    return;
  finish_columns (self, first);
  write_totals (self, first);
  kaf_sheet_draw_charts (self);
}
