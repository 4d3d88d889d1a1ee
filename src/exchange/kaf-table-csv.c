/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A text file with separators. Encoding and separator are found in its first 256 KiB, unless they are set; then it goes
 * through a converter into the reader of CSV files, in its loose way. */
#include "config.h"

#include <string.h>

#include "exchange/kaf-charset.h"
#include "exchange/kaf-csv-reader.h"
#include "exchange/kaf-table-source.h"
#include "exchange/kaf-text-stream.h"

/* Lines that are weighed for the separator. */
#define LINES 200
#define COLUMNS_LOOKED_AT 64

/* Rows in which quotation marks are watched, and so many torn ones are no accident. */
#define ROWS_WATCHED 1000
#define TORN_MIN 10

typedef struct
{
  KafTableSource parent;
  GFile *file;
  guint mark;
  gboolean names_separator; /* the first line is "sep=;" */
  KafCsvReader *csv;
  GInputStream *stream; /* of the file, for telling where it is */
  gboolean skip;
  guint n_rows, n_torn, n_torn_lines, first_torn; /* torn by quotation marks that do not pair */
} Csv;

/* The first line of files that Excel is to open rightly: "sep=;". 0: it is not there. */
static char
read_separator_line (const char *text)
{
  if (g_ascii_strncasecmp (text, "sep=", 4) != 0 || text[4] == '\0' ||
      (text[5] != '\r' && text[5] != '\n' && text[5] != '\0'))
    return 0;
  return strchr (",;\t|", text[4]) != NULL ? text[4] : 0;
}

/* How many lines have as many fields as most lines with more than one have, and how many fields: a separator that
 * belongs to the file cuts all its lines alike, a few wrong ones aside. */
static guint64
weigh_separator (const char *text, char separator)
{
  guint counts[COLUMNS_LOOKED_AT + 1] = { 0 };
  guint lines = 0, fields = 1, best = 0;
  gboolean quoted = FALSE, any = FALSE;

  for (const char *p = text; lines < LINES; p++)
    {
      if (*p == '"')
        quoted = !quoted;
      else if (*p == separator && !quoted)
        fields++;
      if (*p != '\0' && (*p != '\n' || quoted))
        {
          any |= *p != '\r';
          continue;
        }
      if (any)
        {
          counts[MIN (fields, COLUMNS_LOOKED_AT)]++;
          lines++;
        }
      fields = 1;
      any = FALSE;
      if (*p == '\0')
        break;
    }
  for (guint n = 2; n <= COLUMNS_LOOKED_AT; n++)
    if (best == 0 || counts[n] > counts[best])
      best = n;
  if (lines == 0 || counts[best] == 0)
    return 0;
  /* Shares of lines in 64 parts count before the number of fields. */
  return (guint64) counts[best] * 64 / lines * 100 + best;
}

static char
find_separator (const char *text)
{
  /* The comma last: where all lines have one of each, it parts the figures of numbers. */
  static const char separators[] = { ';', '\t', '|', ',' };
  guint64 most = 0;
  char found = ',';

  for (guint i = 0; i < G_N_ELEMENTS (separators); i++)
    {
      guint64 weight = weigh_separator (text, separators[i]);

      if (weight > most)
        {
          most = weight;
          found = separators[i];
        }
    }
  return found;
}

static gboolean
choose (KafTableSource *source, guint sheet, GCancellable *cancellable, GError **error)
{
  Csv *self = (Csv *) source;
  g_autoptr (GInputStream) text = NULL;

  g_clear_pointer (&self->csv, kaf_csv_reader_free);
  g_clear_object (&self->stream);
  text = kaf_text_stream_open (self->file, source->encoding, self->mark, &self->stream, cancellable,
                               error);
  if (text == NULL)
    return FALSE;
  self->csv = kaf_csv_reader_new_loose (text, source->separator);
  self->skip = self->names_separator;
  self->n_rows = self->n_torn = self->n_torn_lines = 0;
  return TRUE;
}

/* Errors of the CSV reader in the words of tables. */
static void
translate (GError *error)
{
  if (error->domain != KAF_CSV_ERROR)
    return;
  error->code = error->code == KAF_CSV_ERROR_OPEN_QUOTE        ? KAF_TABLE_ERROR_QUOTE
                : error->code == KAF_CSV_ERROR_TOO_LONG        ? KAF_TABLE_ERROR_CELL
                : error->code == KAF_CSV_ERROR_TOO_MANY_FIELDS ? KAF_TABLE_ERROR_WIDE
                                                               : KAF_TABLE_ERROR_BROKEN;
  error->domain = KAF_TABLE_ERROR;
}

/* Where most lines are swallowed by a mark that is not closed, the file is told as a whole and not row by row. */
static gboolean
watch_quotes (Csv *self, GError **error)
{
  guint torn = kaf_csv_reader_get_torn_line (self->csv);
  guint next_line = kaf_csv_reader_get_next_line (self->csv);

  if (self->n_rows++ >= ROWS_WATCHED || torn == 0)
    return TRUE;
  if (self->n_torn++ == 0)
    self->first_torn = torn;
  self->n_torn_lines += next_line - kaf_csv_reader_get_line (self->csv);
  if (self->n_torn < TORN_MIN || self->n_torn_lines * 2 < next_line)
    return TRUE;
  g_set_error (error, KAF_TABLE_ERROR, KAF_TABLE_ERROR_QUOTES, "%u", self->first_torn);
  return FALSE;
}

static gboolean
next (KafTableSource *source, KafTableLine *row, GCancellable *cancellable, GError **error)
{
  Csv *self = (Csv *) source;
  GError *local_error = NULL;

  do
    if (!kaf_csv_reader_next (self->csv, cancellable, &local_error))
      {
        if (local_error != NULL)
          {
            translate (local_error);
            g_propagate_error (error, local_error);
          }
        return FALSE;
      }
  while (self->skip && !(self->skip = FALSE));

  if (!watch_quotes (self, error))
    return FALSE;
  kaf_table_line_clear (row, kaf_csv_reader_get_line (self->csv));
  for (guint i = 0; i < kaf_csv_reader_get_n_cells (self->csv); i++)
    {
      const char *text = kaf_csv_reader_get (self->csv, i);

      /* A file that was written by us, or by others who are careful, guards what spreadsheets would run. */
      if (!kaf_table_line_add (row, KAF_TABLE_CELL_TEXT, kaf_csv_unguard (text), -1, error))
        return FALSE;
    }
  return TRUE;
}

static gint64
get_position (KafTableSource *source)
{
  Csv *self = (Csv *) source;

  return self->stream != NULL ? g_seekable_tell (G_SEEKABLE (self->stream)) : 0;
}

static void
csv_free (KafTableSource *source)
{
  Csv *self = (Csv *) source;

  g_clear_pointer (&self->csv, kaf_csv_reader_free);
  g_clear_object (&self->stream);
  g_clear_object (&self->file);
  kaf_table_source_clear (source);
  g_free (self);
}

static const KafTableSourceClass klass = { choose, next, get_position, csv_free };

KafTableSource *
kaf_table_csv_new (GFile *file,
                   GBytes *head,
                   const KafTableOptions *options,
                   GCancellable *cancellable,
                   GError **error)
{
  guint mark;
  const char *encoding = kaf_text_stream_find_encoding (
      head, options != NULL ? options->encoding : NULL, &mark, error);
  g_autofree char *text = NULL;
  char named;
  Csv *self;

  if (encoding == NULL)
    return NULL;
  text = kaf_text_stream_convert_head (head, encoding, mark);
  self = g_new0 (Csv, 1);
  kaf_table_source_init (&self->parent, &klass, KAF_TABLE_CSV);
  self->file = g_object_ref (file);
  self->mark = mark;
  self->parent.encoding = encoding;
  named = read_separator_line (text);
  self->names_separator = named != 0;
  self->parent.separator = options != NULL && options->separator != 0 ? options->separator
                           : named != 0                               ? named
                                                                      : find_separator (text);
  kaf_table_source_add_sheet (&self->parent, "", FALSE);
  return &self->parent;
}
