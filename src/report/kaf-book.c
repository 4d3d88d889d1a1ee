/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libxlsxwriter keeps all until it closes the workbook, or, of a large one, writes each row to a file of its own as soon
 * as the next begins. Those files lie beside the target, where there is room for what is written. */
#include "config.h"

#include "report/kaf-book-private.h"

#include <errno.h>
#include <string.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "base/kaf-money.h"
#include "report/kaf-letterhead.h"
#include "store/kaf-query-text.h"

#define HEADER_MAX 255
/* What is between them runs from right to left. */
#define RLE "\342\200\253"
#define PDF "\342\200\254"
#define SHEET_NAME_MAX 31
/* Rows between two looks at whether to go on. */
#define LOT 500
/* Bytes of rows that go to their file, and come back, at a time: by itself it would be one page. */
#define ROWS_BUFFER 65536

#define COLOR_INK 0x1F2A37
#define COLOR_HEADING 0x1C5A7D
#define COLOR_WHITE 0xFFFFFF
#define COLOR_RULE 0xC9D3DC
#define COLOR_TOTAL 0xE8EEF3
#define COLOR_LATE 0xF8D7D3
#define COLOR_SOON 0xFCEBC4
#define COLOR_MISSING 0xEDE4F5
#define COLOR_GOOD 0xD5EDDB

struct _KafBook
{
  KafBookBasis basis;
  KafNewFile *file;
  lxw_workbook *workbook;
  GHashTable *formats; /* key → lxw_format, the workbook's */
  GHashTable *names;   /* of the sheets, folded */
  GPtrArray *sheets;   /* (element-type KafSheet), owned */
  GPtrArray *buffers;  /* of the files of rows, which are closed before */
  char *subject, *state, *service, *edition;
  gint64 n_rows;
};

/* What it says of itself */

static void
set_properties (KafBook *self)
{
  lxw_doc_properties properties = {
    .title = (char *) self->basis.title,
    .subject = self->subject,
    .author = (char *) kaf_database_get_author (self->basis.db),
    .company = self->service != NULL ? self->service : self->state,
    .keywords = (char *) self->basis.keywords,
    .created = kaf_clock_now (kaf_database_get_clock (self->basis.db)) / G_USEC_PER_SEC,
  };

  workbook_set_properties (self->workbook, &properties);
}

static char *
describe_edition (KafBook *self)
{
  g_autofree char *iso = kaf_day_to_iso (self->basis.day);
  g_autofree char *day = kaf_date_format (iso, self->basis.lang, KAF_DATE_LONG);
  g_autoptr (GString) line = g_string_new (NULL);

  kaf_bidi_append (line, day);
  kaf_bidi_append (line, kaf_database_get_author (self->basis.db));
  return g_string_free (g_steal_pointer (&line), FALSE);
}

static void
fill_band (KafBook *self)
{
  KafBookBasis *basis = &self->basis;
  g_autoptr (KafLetterhead) head = NULL;
  g_autofree char *day = NULL;

  if (basis->day == KAF_DAY_UNKNOWN)
    basis->day = kaf_day_from_time (kaf_clock_now (kaf_database_get_clock (basis->db)));
  day = kaf_day_to_iso (basis->day);
  head = kaf_letterhead_read (basis->db, day);
  self->subject = basis->subject == NULL && basis->query != NULL
                      ? kaf_query_describe (basis->db, basis->query, basis->lang)
                      : g_strdup (basis->subject);
  basis->subject = self->subject;
  self->state = kaf_letterhead_state_line (head, basis->lang);
  self->service = kaf_letterhead_service_line (head, basis->lang);
  self->edition = describe_edition (self);
}

KafBook *
kaf_book_new (const KafBookBasis *basis, GFile *file, GError **error)
{
  g_autoptr (KafNewFile) made = kaf_new_file_begin (basis->db, file, error);
  lxw_workbook_options options = { .constant_memory = basis->large, .use_zip64 = FALSE };
  g_autoptr (KafBook) self = NULL;

  if (made == NULL || !kaf_late_load (KAF_LIBRARY_XLSXWRITER, error))
    return NULL;
  options.tmpdir = (char *) kaf_new_file_get_folder (made);
  self = g_new0 (KafBook, 1);
  self->basis = *basis;
  self->file = g_steal_pointer (&made);
  self->formats = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->sheets = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_sheet_free);
  self->buffers = g_ptr_array_new_with_free_func (g_free);
  self->workbook = workbook_new_opt (kaf_new_file_get_path (self->file), &options);
  if (self->workbook == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "the workbook was not begun");
      return NULL;
    }
  fill_band (self);
  set_properties (self);
  return g_steal_pointer (&self);
}

/* libxlsxwriter closes what rows were written to when it reads them back, and never when nobody asks for that. */
static void
drop_workbook (lxw_workbook *workbook)
{
  lxw_worksheet *sheet;

  STAILQ_FOREACH (sheet, workbook->worksheets, list_pointers)
  g_clear_pointer (&sheet->optimize_tmpfile, fclose);
  lxw_workbook_free (workbook);
}

void
kaf_book_free (KafBook *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->workbook, drop_workbook);
  g_clear_pointer (&self->file, kaf_new_file_free);
  g_hash_table_unref (self->formats);
  g_hash_table_unref (self->names);
  g_ptr_array_unref (self->sheets);
  g_ptr_array_unref (self->buffers);
  g_free (self->subject);
  g_free (self->state);
  g_free (self->service);
  g_free (self->edition);
  g_free (self);
}

const KafBookBasis *
kaf_book_get_basis (const KafBook *self)
{
  return &self->basis;
}

const char *
kaf_book_word (const KafBook *self, const char *msgid)
{
  return kaf_words_get (self->basis.lang, msgid);
}

const char *
kaf_book_word_in (const KafBook *self, const char *context, const char *msgid)
{
  return kaf_words_context (self->basis.lang, context, msgid);
}

lxw_workbook *
kaf_book_get_workbook (KafBook *self)
{
  return self->workbook;
}

const char *
kaf_book_get_state (KafBook *self)
{
  return self->state;
}

const char *
kaf_book_get_service (KafBook *self)
{
  return self->service;
}

const char *
kaf_book_get_edition (KafBook *self)
{
  return self->edition;
}

void
kaf_book_keep_sheet (KafBook *self, KafSheet *sheet)
{
  g_ptr_array_add (self->sheets, sheet);
}

void
kaf_book_count_row (KafBook *self)
{
  self->n_rows++;
  if (self->basis.progress != NULL && self->n_rows % LOT == 0)
    self->basis.progress (self->n_rows, -1, self->basis.progress_data);
}

gboolean
kaf_book_is_cancelled (KafBook *self, GError **error)
{
  return g_cancellable_set_error_if_cancelled (self->basis.cancellable, error);
}

/* Formats */

static void
set_kind (lxw_format *format, KafSheetKind kind, const char *unit)
{
  g_autofree char *money = NULL;

  switch (kind)
    {
    case KAF_SHEET_INTEGER:
      format_set_num_format (format, "#,##0");
      break;
    case KAF_SHEET_DECIMAL:
      format_set_num_format (format, "0.0");
      break;
    case KAF_SHEET_MONEY:
      money = g_strdup_printf (kaf_money_digits (unit) > 0 ? "#,##0.00\\ \"%s\"" : "#,##0\\ \"%s\"",
                               unit);
      format_set_num_format (format, money);
      break;
    case KAF_SHEET_DAY:
      format_set_num_format (format, "dd/mm/yyyy");
      break;
    case KAF_SHEET_TIME:
      format_set_num_format (format, "dd/mm/yyyy\\ hh:mm");
      break;
    case KAF_SHEET_PERCENT:
      format_set_num_format (format, "0%");
      break;
    case KAF_SHEET_LINK:
      format_set_font_color (format, 0x1A5FB4);
      format_set_underline (format, LXW_UNDERLINE_SINGLE);
      break;
    default:
      break;
    }
}

/* Text begins where its sheet does, whatever its script; a column of Arabic text at the right. */
static void
set_side (lxw_format *format, KafSheetKind kind, gboolean rtl)
{
  switch (kind)
    {
    case KAF_SHEET_ARABIC:
      format_set_reading_order (format, 2);
      format_set_align (format, LXW_ALIGN_RIGHT);
      break;
    case KAF_SHEET_TEXT:
    case KAF_SHEET_LONG_TEXT:
    case KAF_SHEET_LINK:
      format_set_align (format, rtl ? LXW_ALIGN_RIGHT : LXW_ALIGN_LEFT);
      break;
    case KAF_SHEET_DAY:
    case KAF_SHEET_TIME:
      format_set_align (format, LXW_ALIGN_CENTER);
      break;
    default:
      format_set_align (format, rtl ? LXW_ALIGN_LEFT : LXW_ALIGN_RIGHT);
      break;
    }
}

static void
fill_look (lxw_format *format, lxw_color_t ground, lxw_color_t ink)
{
  format_set_pattern (format, LXW_PATTERN_SOLID);
  format_set_bg_color (format, ground);
  format_set_font_color (format, ink);
}

static void
set_look (lxw_format *format, KafLook look, gboolean rtl)
{
  switch (look)
    {
    case KAF_LOOK_TITLE:
      format_set_bold (format);
      format_set_font_size (format, 16);
      format_set_font_color (format, COLOR_HEADING);
      break;
    case KAF_LOOK_STATE:
      format_set_bold (format);
      break;
    case KAF_LOOK_HEADING:
      fill_look (format, COLOR_HEADING, COLOR_WHITE);
      format_set_bold (format);
      format_set_text_wrap (format);
      format_set_align (format, LXW_ALIGN_VERTICAL_CENTER);
      break;
    case KAF_LOOK_TOTAL:
      fill_look (format, COLOR_TOTAL, COLOR_INK);
      format_set_bold (format);
      format_set_top (format, LXW_BORDER_THIN);
      format_set_top_color (format, COLOR_HEADING);
      break;
    case KAF_LOOK_CELL:
    case KAF_LOOK_CELL_ARABIC:
      format_set_align (format, LXW_ALIGN_VERTICAL_TOP);
      format_set_bottom (format, LXW_BORDER_HAIR);
      format_set_bottom_color (format, COLOR_RULE);
      break;
    case KAF_LOOK_BAND:
    default:
      break;
    }
  if ((look <= KAF_LOOK_HEADING && rtl) || look == KAF_LOOK_CELL_ARABIC)
    format_set_reading_order (format, 2);
}

/* Conditional formats say only what they change. */
static lxw_format *
make_mark (KafBook *self, KafLook look)
{
  static const lxw_color_t grounds[] = { COLOR_LATE, COLOR_SOON, COLOR_MISSING, COLOR_GOOD };
  lxw_format *format = workbook_add_format (self->workbook);

  format_set_bg_color (format, grounds[look - KAF_LOOK_LATE]);
  return format;
}

gboolean
kaf_book_wraps (const KafBook *self, KafSheetKind kind)
{
  return kind == KAF_SHEET_LONG_TEXT ||
         ((kind == KAF_SHEET_TEXT || kind == KAF_SHEET_ARABIC) && !self->basis.large);
}

static lxw_format *
make_format (KafBook *self, KafLook look, KafSheetKind kind, const char *unit)
{
  gboolean rtl = kaf_lang_is_rtl (self->basis.lang);
  gboolean cell = look == KAF_LOOK_CELL || look == KAF_LOOK_CELL_ARABIC;
  lxw_format *format = workbook_add_format (self->workbook);

  set_look (format, look, rtl);
  set_side (format, kind, rtl);
  /* A figure that ends where a text begins would be read as one with it. */
  if (look > KAF_LOOK_BAND && (kind <= KAF_SHEET_LONG_TEXT || kind == KAF_SHEET_LINK))
    format_set_indent (format, 1);
  if (cell || look == KAF_LOOK_TOTAL)
    set_kind (format, kind, unit);
  if (cell && kaf_book_wraps (self, kind))
    format_set_text_wrap (format);
  return format;
}

lxw_format *
kaf_book_get_format (KafBook *self, KafLook look, KafSheetKind kind, const char *unit)
{
  g_autofree char *key = g_strdup_printf ("%d %d %s", look, kind, unit != NULL ? unit : "");
  lxw_format *format = g_hash_table_lookup (self->formats, key);

  if (format != NULL)
    return format;
  format = look >= KAF_LOOK_LATE ? make_mark (self, look) : make_format (self, look, kind, unit);
  g_hash_table_insert (self->formats, g_steal_pointer (&key), format);
  return format;
}

/* Sheets */

static char *
cut (const char *text, glong n)
{
  return g_utf8_strlen (text, -1) > n ? g_utf8_substring (text, 0, n) : g_strdup (text);
}

/* Excel takes no more than 31 characters, some not at all, and no two names that differ by case alone. */
static char *
make_name (KafBook *self, const char *wanted)
{
  g_autofree char *plain = kaf_bidi_strip (wanted);
  g_autofree char *name = NULL;

  g_strdelimit (plain, "[]:*?/\\'", ' ');
  g_strstrip (plain);
  name = cut (plain, SHEET_NAME_MAX);
  for (guint i = 2;; i++)
    {
      g_autofree char *folded = g_utf8_casefold (name, -1);
      g_autofree char *ending = g_strdup_printf (" %u", i);
      g_autofree char *start = NULL;

      if (g_hash_table_add (self->names, g_steal_pointer (&folded)))
        return g_steal_pointer (&name);
      start = cut (plain, SHEET_NAME_MAX - (glong) strlen (ending));
      g_free (name);
      name = g_strconcat (start, ending, NULL);
    }
}

/* & begins a code in headers; only so much of a text has room. */
static char *
escape_header (KafBook *self, const char *text, glong max)
{
  g_autofree char *short_text = cut (text, max);
  g_auto (GStrv) parts = g_strsplit (short_text, "&", -1);
  g_autofree char *escaped = g_strjoinv ("&&", parts);

  /* LibreOffice begins at the left even so, and older programs know no isolates. */
  return kaf_lang_is_rtl (self->basis.lang) ? g_strconcat (RLE, escaped, PDF, NULL)
                                            : g_steal_pointer (&escaped);
}

static void
set_pages (KafBook *self, lxw_worksheet *sheet)
{
  gboolean rtl = kaf_lang_is_rtl (self->basis.lang);
  g_autofree char *state = escape_header (self, self->state, 50);
  g_autofree char *service = self->service != NULL ? escape_header (self, self->service, 80) : NULL;
  g_autofree char *title = escape_header (self, self->basis.title, 60);
  g_autofree char *edition = escape_header (self, self->edition, 80);
  g_autofree char *from =
      service != NULL ? g_strdup_printf ("%s – %s", state, service) : g_strdup (state);
  g_autofree char *header = g_strdup_printf ("&L%s&R%s", rtl ? title : from, rtl ? from : title);
  /* Translators: at the foot of a printed sheet; &P and &N are put in by Excel. LibreOffice sets the parts of it from left
   * to right whatever they are: in a script from right to left leave out the words, "&P/&N". */
  g_autofree char *page = g_strdup (kaf_book_word (self, "Page &P of &N"));
  g_autofree char *footer =
      g_strdup_printf ("&L%s&R%s", rtl ? page : edition, rtl ? edition : page);

  worksheet_set_default_row (sheet, KAF_SHEET_LINE_HEIGHT, LXW_FALSE);
  worksheet_set_landscape (sheet);
  worksheet_set_paper (sheet, 9);
  worksheet_fit_to_pages (sheet, 1, 0);
  worksheet_set_margins (sheet, 0.5, 0.5, 0.8, 0.7);
  if (g_utf8_strlen (header, -1) < HEADER_MAX)
    worksheet_set_header (sheet, header);
  if (g_utf8_strlen (footer, -1) < HEADER_MAX)
    worksheet_set_footer (sheet, footer);
  if (rtl)
    worksheet_right_to_left (sheet);
}

static void
widen_rows (KafBook *self, lxw_worksheet *sheet)
{
  char *buffer;

  if (sheet->optimize_tmpfile == NULL)
    return;
  buffer = g_malloc (ROWS_BUFFER);
  g_ptr_array_add (self->buffers, buffer);
  setvbuf (sheet->optimize_tmpfile, buffer, _IOFBF, ROWS_BUFFER);
}

lxw_worksheet *
kaf_book_add_worksheet (KafBook *self, const char *name)
{
  g_autofree char *own = make_name (self, name);
  lxw_worksheet *sheet = workbook_add_worksheet (self->workbook, own);

  widen_rows (self, sheet);
  set_pages (self, sheet);
  return sheet;
}

/* Saving */

/* What a row was written to may be full: libxlsxwriter does not look. */
static gboolean
check_rows (KafBook *self, GError **error)
{
  lxw_worksheet *sheet;

  STAILQ_FOREACH (sheet, self->workbook->worksheets, list_pointers)
  if (sheet->optimize_tmpfile != NULL &&
      (fflush (sheet->optimize_tmpfile) != 0 || ferror (sheet->optimize_tmpfile)))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "the rows of the workbook: %s",
                   g_strerror (errno));
      return FALSE;
    }
  return TRUE;
}

gboolean
kaf_book_save (KafBook *self, GError **error)
{
  lxw_error result;

  for (guint i = 0; i < self->sheets->len; i++)
    kaf_sheet_finish (g_ptr_array_index (self->sheets, i));
  if (kaf_book_is_cancelled (self, error) || !check_rows (self, error))
    return FALSE;
  errno = 0;
  result = workbook_close (g_steal_pointer (&self->workbook));
  if (result != LXW_NO_ERROR)
    {
      g_set_error (error, G_IO_ERROR,
                   errno != 0 ? g_io_error_from_errno (errno) : G_IO_ERROR_FAILED,
                   "the workbook was not written: %s", lxw_strerror (result));
      return FALSE;
    }
  return !kaf_book_is_cancelled (self, error) && kaf_new_file_settle (self->file, error);
}
