/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reader is a machine of four states fed byte by byte from a buffer of 64 KiB. A row's cells
 * stand one after the other, each closed by a zero byte, in one growing text that is used again
 * for the next row; `starts` tells where each begins. */
#include "config.h"

#include "exchange/kaf-csv-reader.h"

#include <string.h>

#define BUFFER_SIZE (64 * 1024)
#define FIELD_MAX (1024 * 1024)
#define ROW_MAX (16 * 1024 * 1024)
#define COLUMNS_MAX 4096
#define LOOSE_COLUMNS_MAX 16384

typedef enum
{
  STATE_START,  /* of a field */
  STATE_PLAIN,  /* in a field without quotation marks */
  STATE_QUOTED, /* within quotation marks */
  STATE_CLOSED, /* behind a quotation mark that closes, or is the first of two */
} State;

struct _KafCsvReader
{
  GInputStream *stream;
  guint8 *buffer;
  gsize length, place;
  gint64 taken; /* bytes read from the stream */
  gboolean ended, failed;
  gboolean loose;
  char separator;

  GString *cells;
  GArray *starts; /* of gsize */
  GArray *lines;  /* of guint: line where each cell starts */
  guint line;     /* of the byte that comes next */
  guint row_line; /* of the row, or of the error */
  guint torn;     /* the line where a field of the row is torn; 0: none is */
  int bad_column;
  gboolean after_cr; /* an LF that comes next belongs to the same line end */

  GPtrArray *columns; /* of char* */
};

KafCsvReader *
kaf_csv_reader_new (GInputStream *stream)
{
  KafCsvReader *self = g_new0 (KafCsvReader, 1);

  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), NULL);

  self->stream = g_object_ref (stream);
  self->buffer = g_malloc (BUFFER_SIZE);
  self->separator = ',';
  self->cells = g_string_new (NULL);
  self->starts = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->lines = g_array_new (FALSE, FALSE, sizeof (guint));
  self->columns = g_ptr_array_new_with_free_func (g_free);
  self->line = 1;
  self->row_line = 1;
  self->bad_column = -1;
  return self;
}

KafCsvReader *
kaf_csv_reader_new_loose (GInputStream *stream, char separator)
{
  KafCsvReader *self = kaf_csv_reader_new (stream);

  self->loose = TRUE;
  self->separator = separator;
  return self;
}

void
kaf_csv_reader_free (KafCsvReader *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->stream);
  g_free (self->buffer);
  g_string_free (self->cells, TRUE);
  g_array_unref (self->starts);
  g_array_unref (self->lines);
  g_ptr_array_unref (self->columns);
  g_free (self);
}

static gboolean
fail (KafCsvReader *self, KafCsvError code, guint line, int column, GError **error)
{
  self->failed = TRUE;
  self->row_line = line;
  self->bad_column = column;
  g_set_error (error, KAF_CSV_ERROR, code, "line %u: CSV error %d", line, code);
  return FALSE;
}

/* Fills the buffer once it is used up; `ended` tells that nothing was left. */
static gboolean
fill (KafCsvReader *self, GCancellable *cancellable, GError **error)
{
  gsize length = 0;

  if (self->place < self->length || self->ended)
    return TRUE;
  if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
      !g_input_stream_read_all (self->stream, self->buffer, BUFFER_SIZE, &length, cancellable,
                                error))
    {
      self->failed = TRUE;
      return FALSE;
    }
  self->place = 0;
  self->length = length;
  self->taken += length;
  self->ended = length == 0;
  return TRUE;
}

/* The separator that the first line has most of, outside quotation marks. */
static char
sniff_separator (const guint8 *text, gsize length)
{
  static const char candidates[] = { ',', ';', '\t' };
  guint counts[G_N_ELEMENTS (candidates)] = { 0 };
  gboolean quoted = FALSE;
  guint best = 0;

  for (gsize i = 0; i < length && (quoted || (text[i] != '\n' && text[i] != '\r')); i++)
    {
      if (text[i] == '"')
        quoted = !quoted;
      for (guint c = 0; c < G_N_ELEMENTS (candidates) && !quoted; c++)
        counts[c] += text[i] == candidates[c];
    }
  for (guint c = 1; c < G_N_ELEMENTS (candidates); c++)
    if (counts[c] > counts[best])
      best = c;
  return candidates[best];
}

static gboolean
begin (KafCsvReader *self, GCancellable *cancellable, GError **error)
{
  if (!fill (self, cancellable, error))
    return FALSE;
  if (self->length >= 2 &&
      (memcmp (self->buffer, "\xff\xfe", 2) == 0 || memcmp (self->buffer, "\xfe\xff", 2) == 0))
    return fail (self, KAF_CSV_ERROR_UTF16, 1, -1, error);
  if (self->length >= 3 && memcmp (self->buffer, "\xef\xbb\xbf", 3) == 0)
    self->place = 3;
  self->separator = sniff_separator (self->buffer + self->place, self->length - self->place);
  return TRUE;
}

static gsize
current_start (const KafCsvReader *self)
{
  return self->starts->len > 0 ? g_array_index (self->starts, gsize, self->starts->len - 1) : 0;
}

static guint
current_line (const KafCsvReader *self)
{
  return self->lines->len > 0 ? g_array_index (self->lines, guint, self->lines->len - 1)
                              : self->line;
}

static void
start_cell (KafCsvReader *self)
{
  gsize start = self->cells->len;

  g_array_append_val (self->starts, start);
  g_array_append_val (self->lines, self->line);
}

/* Letters of a Windows encoding: Arabic words give runs of high bytes, accented letters of Latin
 * words stand one by one. A byte sequence of UTF-8 that is merely cut gives neither. */
static KafCsvError
guess_encoding (const char *text, gsize length)
{
  guint runs = 0, singles = 0, run = 0;

  for (gsize i = 0; i <= length; i++)
    {
      if (i < length && (guint8) text[i] >= 0x80)
        {
          run++;
          continue;
        }
      runs += run >= 3;
      singles += run == 1 || run == 2;
      run = 0;
    }
  if (runs > 0 && runs >= singles)
    return KAF_CSV_ERROR_WINDOWS_1256;
  return singles > 0 ? KAF_CSV_ERROR_WINDOWS_1252 : KAF_CSV_ERROR_UTF8;
}

/* Whether the text is UTF-8 but for a place or two: then a byte was damaged, and guessing at
 * another encoding would mislead. */
static gboolean
is_mostly_utf8 (const char *text, gsize length)
{
  const char *end = text + length;
  guint good = 0, bad = 0;

  while (text < end)
    {
      gunichar c = g_utf8_get_char_validated (text, end - text);
      gboolean valid = c != (gunichar) -1 && c != (gunichar) -2;

      good += valid && c >= 0x80;
      bad += !valid;
      text += valid ? g_unichar_to_utf8 (c, NULL) : 1;
    }
  return good > bad;
}

static gboolean
check_cell (KafCsvReader *self, GError **error)
{
  gsize start = current_start (self);
  const char *text = self->cells->str + start;
  gsize length = self->cells->len - start;
  guint line = current_line (self);
  const char *end;

  if (g_utf8_validate_len (text, length, &end))
    return TRUE;

  for (const char *p = text; p < end; p++)
    line += *p == '\n';
  return fail (self,
               is_mostly_utf8 (text, length) ? KAF_CSV_ERROR_UTF8 : guess_encoding (text, length),
               line, (int) self->starts->len - 1, error);
}

static gboolean
finish_cell (KafCsvReader *self, GError **error)
{
  guint limit = self->loose              ? LOOSE_COLUMNS_MAX
                : self->columns->len > 0 ? self->columns->len
                                         : COLUMNS_MAX;

  if (!check_cell (self, error))
    return FALSE;
  g_string_append_c (self->cells, '\0');

  /* Empty fields at the end of a line are what spreadsheets leave behind. */
  if (self->starts->len > limit && self->cells->len - 1 > current_start (self))
    return fail (self, KAF_CSV_ERROR_TOO_MANY_FIELDS, current_line (self), -1, error);
  return TRUE;
}

static gboolean
append (KafCsvReader *self, char byte, GError **error)
{
  int column = (int) self->starts->len - 1;

  if (byte == '\0')
    return fail (self, KAF_CSV_ERROR_NUL, self->line, column, error);
  if (self->cells->len - current_start (self) >= FIELD_MAX || self->cells->len >= ROW_MAX)
    return fail (self, KAF_CSV_ERROR_TOO_LONG, current_line (self), column, error);
  g_string_append_c (self->cells, byte);
  return TRUE;
}

/* A byte outside quotation marks. *done: the row ends with it. */
static gboolean
feed_plain (KafCsvReader *self, State *state, char byte, gboolean *done, GError **error)
{
  if (byte == self->separator)
    {
      *state = STATE_START;
      if (!finish_cell (self, error))
        return FALSE;
      start_cell (self);
      return TRUE;
    }
  if (byte == '\n' || byte == '\r')
    {
      self->after_cr = byte == '\r';
      self->line++;
      *done = TRUE;
      return finish_cell (self, error);
    }
  if (byte == '"' && *state == STATE_START)
    {
      *state = STATE_QUOTED;
      return TRUE;
    }
  if (*state == STATE_CLOSED && !self->loose)
    return fail (self, KAF_CSV_ERROR_AFTER_QUOTE, self->line, (int) self->starts->len - 1, error);
  if (byte == '"' && !self->loose)
    return fail (self, KAF_CSV_ERROR_STRAY_QUOTE, self->line, (int) self->starts->len - 1, error);
  if (*state == STATE_CLOSED && self->torn == 0 && current_line (self) < self->line)
    self->torn = current_line (self);
  *state = STATE_PLAIN;
  return append (self, byte, error);
}

static gboolean
feed (KafCsvReader *self, State *state, char byte, gboolean *done, GError **error)
{
  if (*state == STATE_QUOTED && byte == '"')
    {
      *state = STATE_CLOSED;
      return TRUE;
    }
  if (*state == STATE_CLOSED && byte == '"')
    {
      *state = STATE_QUOTED;
      return append (self, byte, error);
    }
  if (*state != STATE_QUOTED)
    return feed_plain (self, state, byte, done, error);

  /* Line ends within a field all become LF. */
  if (self->after_cr && byte == '\n')
    {
      self->after_cr = FALSE;
      return TRUE;
    }
  self->after_cr = byte == '\r';
  if (!append (self, byte == '\r' ? '\n' : byte, error))
    return FALSE;
  self->line += byte == '\r' || byte == '\n';
  return TRUE;
}

static gboolean
end_file (KafCsvReader *self, State state, GError **error)
{
  if (state == STATE_QUOTED)
    return fail (self, KAF_CSV_ERROR_OPEN_QUOTE, current_line (self), (int) self->starts->len - 1,
                 error);
  return finish_cell (self, error);
}

/* Reads one row, blank or not; *more: there was one. */
static gboolean
read_row (KafCsvReader *self, gboolean *more, GCancellable *cancellable, GError **error)
{
  State state = STATE_START;
  gboolean done = FALSE;
  gboolean any = FALSE;

  *more = FALSE;
  g_string_truncate (self->cells, 0);
  g_array_set_size (self->starts, 0);
  g_array_set_size (self->lines, 0);
  self->torn = 0;

  while (!done)
    {
      if (!fill (self, cancellable, error))
        return FALSE;
      if (self->ended)
        break;
      while (self->place < self->length && !done)
        {
          char byte = (char) self->buffer[self->place++];

          if (self->after_cr && state != STATE_QUOTED)
            {
              self->after_cr = FALSE;
              if (byte == '\n')
                continue;
            }
          if (!any)
            {
              any = TRUE;
              self->row_line = self->line;
              start_cell (self);
            }
          if (!feed (self, &state, byte, &done, error))
            return FALSE;
        }
    }

  if (any && !done && !end_file (self, state, error))
    return FALSE;
  *more = any;
  return TRUE;
}

static gboolean
is_blank (const KafCsvReader *self)
{
  for (gsize i = 0; i < self->cells->len; i++)
    if (self->cells->str[i] != '\0' && self->cells->str[i] != ' ')
      return FALSE;
  return TRUE;
}

static gboolean
take_columns (KafCsvReader *self, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->starts->len; i++)
    {
      char *name = g_strstrip (g_strdup (kaf_csv_reader_get (self, i)));
      gboolean known = !g_hash_table_add (seen, name);

      g_ptr_array_add (self->columns, name);
      if (*name == '\0')
        return fail (self, KAF_CSV_ERROR_EMPTY_COLUMN, self->row_line, (int) i, error);
      if (known)
        return fail (self, KAF_CSV_ERROR_DUPLICATE_COLUMN, self->row_line, (int) i, error);
    }
  return TRUE;
}

gboolean
kaf_csv_reader_read_header (KafCsvReader *self, GCancellable *cancellable, GError **error)
{
  gboolean more = FALSE;

  g_return_val_if_fail (self != NULL && self->columns->len == 0, FALSE);

  if (!begin (self, cancellable, error) || !read_row (self, &more, cancellable, error))
    return FALSE;
  if (!more || is_blank (self))
    return fail (self, KAF_CSV_ERROR_EMPTY, 1, -1, error);
  return take_columns (self, error);
}

gboolean
kaf_csv_reader_next (KafCsvReader *self, GCancellable *cancellable, GError **error)
{
  gboolean more = TRUE;

  g_return_val_if_fail (self != NULL && (self->loose || self->columns->len > 0), FALSE);

  while (more && !self->failed)
    {
      if (!read_row (self, &more, cancellable, error))
        return FALSE;
      if (more && !is_blank (self))
        return TRUE;
    }
  return FALSE;
}

guint
kaf_csv_reader_get_n_columns (const KafCsvReader *self)
{
  return self->columns->len;
}

const char *
kaf_csv_reader_get_column (const KafCsvReader *self, guint index)
{
  return index < self->columns->len ? g_ptr_array_index (self->columns, index) : NULL;
}

const char *
kaf_csv_reader_get (const KafCsvReader *self, guint index)
{
  return index < self->starts->len ? self->cells->str + g_array_index (self->starts, gsize, index)
                                   : NULL;
}

guint
kaf_csv_reader_get_n_cells (const KafCsvReader *self)
{
  return self->starts->len;
}

guint
kaf_csv_reader_get_line (const KafCsvReader *self)
{
  return self->row_line;
}

guint
kaf_csv_reader_get_next_line (const KafCsvReader *self)
{
  return self->line;
}

guint
kaf_csv_reader_get_torn_line (const KafCsvReader *self)
{
  return self->torn;
}

int
kaf_csv_reader_get_bad_column (const KafCsvReader *self)
{
  return self->bad_column;
}

gint64
kaf_csv_reader_get_position (const KafCsvReader *self)
{
  return self->taken - (gint64) (self->length - self->place);
}

char
kaf_csv_reader_get_separator (const KafCsvReader *self)
{
  return self->separator;
}
