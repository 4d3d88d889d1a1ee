/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells the kind of a file by its first bytes and hands the rest to the source of that kind. */
#include "config.h"

#include "exchange/kaf-table-reader.h"

#include <string.h>

#include "exchange/kaf-charset.h"
#include "exchange/kaf-table-source.h"

#define ODS_TYPE "application/vnd.oasis.opendocument.spreadsheet"

struct _KafTableReader
{
  KafTableSource *source;
  KafTableLine *row;
  guint chosen;
  guint n_rows;
  gboolean failed;
  gint64 size;
};

/* Sources */

static void
sheet_free (gpointer data)
{
  KafTableSheet *sheet = data;

  g_free (sheet->name);
  g_free (sheet);
}

void
kaf_table_source_init (KafTableSource *self, const KafTableSourceClass *klass, KafTableKind kind)
{
  self->klass = klass;
  self->kind = kind;
  self->sheets = g_ptr_array_new_with_free_func (sheet_free);
}

void
kaf_table_source_add_sheet (KafTableSource *self, const char *name, gboolean hidden)
{
  KafTableSheet *sheet = g_new0 (KafTableSheet, 1);

  sheet->name = g_strdup (name);
  sheet->hidden = hidden;
  g_ptr_array_add (self->sheets, sheet);
}

void
kaf_table_source_clear (KafTableSource *self)
{
  g_clear_pointer (&self->sheets, g_ptr_array_unref);
}

/* Kinds */

static KafTableSource *
refuse (KafTableError code, const char *what, GError **error)
{
  g_set_error_literal (error, KAF_TABLE_ERROR, (int) code, what);
  return NULL;
}

static gboolean
begins_with (GBytes *head, const char *magic, gsize length)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (head, &size);

  return size >= length && memcmp (data, magic, length) == 0;
}

/* Whether the first thing in the text, blanks and a mark of UTF-8 aside, is @word. */
static gboolean
opens_with (GBytes *head, const char *word)
{
  gsize size, length = strlen (word), i = 0;
  const char *text = g_bytes_get_data (head, &size);

  if (size >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    i = 3;
  while (i < size && g_ascii_isspace (text[i]))
    i++;
  return size - i >= length && g_ascii_strncasecmp (text + i, word, length) == 0;
}

/* A container of old Office files, which is also what an encrypted workbook is put into. */
static KafTableSource *
refuse_container (GBytes *head, GError **error)
{
  static const char name[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
  gsize size;
  const guint8 *data = g_bytes_get_data (head, &size);

  if (memmem (data, size, name, sizeof name - 1) != NULL)
    return refuse (KAF_TABLE_ERROR_ENCRYPTED, "an encrypted workbook", error);
  return refuse (KAF_TABLE_ERROR_OLD_EXCEL, "a workbook of before 2007", error);
}

static KafTableSource *
open_archive (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (KafUnzip) zip = kaf_unzip_open (file, error);

  if (zip == NULL)
    return NULL;
  if (kaf_unzip_has (zip, "[Content_Types].xml"))
    {
      if (kaf_unzip_has (zip, "xl/workbook.xml") || kaf_unzip_has (zip, "xl/workbook.bin"))
        return kaf_table_xlsx_new (g_steal_pointer (&zip), cancellable, error);
    }
  else if (kaf_unzip_has (zip, "mimetype"))
    {
      g_autoptr (KafUnzipEntry) entry = kaf_unzip_begin (zip, "mimetype", error);
      char text[sizeof ODS_TYPE + 16] = "";

      if (entry == NULL || kaf_unzip_read (entry, text, sizeof text - 1, error) < 0)
        return NULL;
      g_clear_pointer (&entry, kaf_unzip_end);
      if (g_str_has_prefix (text, ODS_TYPE))
        return kaf_table_ods_new (g_steal_pointer (&zip), cancellable, error);
    }
  return refuse (KAF_TABLE_ERROR_UNKNOWN, "an archive of no workbook", error);
}

/* Bytes that no text has in any of the encodings that are read. */
static gboolean
is_binary (GBytes *head)
{
  gsize size, odd = 0;
  const guint8 *data = g_bytes_get_data (head, &size);
  guint mark;

  if (g_str_has_prefix (kaf_charset_detect (data, size, TRUE, &mark), "UTF-16"))
    return FALSE;
  for (gsize i = 0; i < size; i++)
    {
      if (data[i] == 0)
        return TRUE;
      odd += data[i] < 0x20 && strchr ("\t\n\r\f\x1a", data[i]) == NULL;
    }
  return odd > size / 50 + 1;
}

static KafTableSource *
open_source (GFile *file,
             GBytes *head,
             const KafTableOptions *options,
             GCancellable *cancellable,
             GError **error)
{
  if (g_bytes_get_size (head) == 0)
    return refuse (KAF_TABLE_ERROR_EMPTY, "an empty file", error);
  if (begins_with (head, "PK\x03\x04", 4) || begins_with (head, "PK\x05\x06", 4))
    return open_archive (file, cancellable, error);
  if (begins_with (head, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8))
    return refuse_container (head, error);
  if (opens_with (head, "BEGIN:VCARD"))
    return kaf_table_vcard_new (file, head, options, cancellable, error);
  if (opens_with (head, "<html") || opens_with (head, "<!doctype html") ||
      opens_with (head, "<table") || opens_with (head, "<meta"))
    return refuse (KAF_TABLE_ERROR_HTML, "a web page", error);
  if (opens_with (head, "<?xml") || opens_with (head, "{\\rtf") || opens_with (head, "%PDF") ||
      is_binary (head))
    return refuse (KAF_TABLE_ERROR_UNKNOWN, "no kind of table", error);
  return kaf_table_csv_new (file, head, options, cancellable, error);
}

static GBytes *
read_head (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInputStream) stream = NULL;
  g_autofree guint8 *data = NULL;
  gsize size = 0;

  /* To open a pipe waits for whoever writes into it, and no cancellable ends that. */
  if (g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, cancellable) == G_FILE_TYPE_SPECIAL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, "a device or a pipe");
      return NULL;
    }
  stream = g_file_read (file, cancellable, error);
  if (stream == NULL)
    return NULL;
  data = g_malloc (KAF_TABLE_HEAD);
  if (!g_input_stream_read_all (G_INPUT_STREAM (stream), data, KAF_TABLE_HEAD, &size, cancellable,
                                error))
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&data), size);
}

static guint
find_first_shown (const KafTableSource *source)
{
  for (guint i = 0; i < source->sheets->len; i++)
    if (!((KafTableSheet *) g_ptr_array_index (source->sheets, i))->hidden)
      return i;
  return 0;
}

/* Public */

KafTableReader *
kaf_table_reader_open (GFile *file,
                       const KafTableOptions *options,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (KafTableReader) self = NULL;
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (GBytes) head = NULL;
  KafTableSource *source;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  head = read_head (file, cancellable, error);
  if (head == NULL)
    return NULL;
  source = open_source (file, head, options, cancellable, error);
  if (source == NULL)
    return NULL;

  self = g_new0 (KafTableReader, 1);
  self->source = source;
  self->row = kaf_table_line_new ();
  info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE,
                            cancellable, NULL);
  self->size = info != NULL ? g_file_info_get_size (info) : 0;
  if (!kaf_table_reader_choose (self, find_first_shown (source), cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
kaf_table_reader_free (KafTableReader *self)
{
  if (self == NULL)
    return;
  self->source->klass->free (self->source);
  kaf_table_line_free (self->row);
  g_free (self);
}

KafTableKind
kaf_table_reader_get_kind (const KafTableReader *self)
{
  return self->source->kind;
}

const char *
kaf_table_kind_name (KafTableKind kind)
{
  static const char *const names[] = { "CSV", "XLSX", "ODS", "vCard" };

  g_return_val_if_fail (kind < G_N_ELEMENTS (names), NULL);
  return names[kind];
}

const char *
kaf_table_reader_get_encoding (const KafTableReader *self)
{
  return self->source->encoding;
}

char
kaf_table_reader_get_separator (const KafTableReader *self)
{
  return self->source->separator;
}

guint
kaf_table_reader_get_n_sheets (const KafTableReader *self)
{
  return self->source->sheets->len;
}

const KafTableSheet *
kaf_table_reader_get_sheet (const KafTableReader *self, guint index)
{
  return index < self->source->sheets->len ? g_ptr_array_index (self->source->sheets, index) : NULL;
}

guint
kaf_table_reader_get_chosen (const KafTableReader *self)
{
  return self->chosen;
}

gboolean
kaf_table_reader_choose (KafTableReader *self,
                         guint sheet,
                         GCancellable *cancellable,
                         GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  self->failed = TRUE;
  self->n_rows = 0;
  kaf_table_line_clear (self->row, 0);
  if (sheet >= self->source->sheets->len)
    {
      g_set_error (error, KAF_TABLE_ERROR, KAF_TABLE_ERROR_NO_SHEET, "there is no sheet %u",
                   sheet + 1);
      return FALSE;
    }
  if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
      !self->source->klass->choose (self->source, sheet, cancellable, error))
    return FALSE;
  self->chosen = sheet;
  self->failed = FALSE;
  return TRUE;
}

gboolean
kaf_table_reader_next (KafTableReader *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->failed || g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  while (self->source->klass->next (self->source, self->row, cancellable, &local_error))
    if (kaf_table_line_seal (self->row))
      {
        if (++self->n_rows <= KAF_TABLE_ROWS_MAX)
          return TRUE;
        g_set_error_literal (&local_error, KAF_TABLE_ERROR, KAF_TABLE_ERROR_LONG, "too many rows");
        break;
      }
  self->failed = TRUE;
  kaf_table_line_clear (self->row, self->row->number);
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

guint
kaf_table_reader_get_n_cells (const KafTableReader *self)
{
  return self->row->cells->len;
}

const KafTableCell *
kaf_table_reader_get_cell (const KafTableReader *self, guint index)
{
  static const KafTableCell empty = { KAF_TABLE_CELL_EMPTY, "" };

  return index < self->row->cells->len ? &g_array_index (self->row->cells, KafTableCell, index)
                                       : &empty;
}

guint
kaf_table_reader_get_row (const KafTableReader *self)
{
  return self->row->number;
}

gint64
kaf_table_reader_get_position (const KafTableReader *self)
{
  return self->source->klass->get_position (self->source);
}

gint64
kaf_table_reader_get_size (const KafTableReader *self)
{
  return self->size;
}

static void
peek_free (gpointer data)
{
  KafTablePeek *peek = data;

  for (guint i = 0; i < peek->n_cells; i++)
    g_free ((char *) peek->cells[i].text);
  g_free (peek->cells);
  g_free (peek);
}

static KafTablePeek *
copy_row (const KafTableReader *self)
{
  KafTablePeek *peek = g_new0 (KafTablePeek, 1);

  peek->number = kaf_table_reader_get_row (self);
  peek->n_cells = kaf_table_reader_get_n_cells (self);
  peek->cells = g_new0 (KafTableCell, peek->n_cells);
  for (guint i = 0; i < peek->n_cells; i++)
    {
      const KafTableCell *cell = kaf_table_reader_get_cell (self, i);

      peek->cells[i].type = cell->type;
      peek->cells[i].text = g_strdup (cell->text);
    }
  return peek;
}

GPtrArray *
kaf_table_reader_peek (KafTableReader *self, guint n, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (peek_free);
  g_autoptr (GError) local_error = NULL;

  if (!kaf_table_reader_choose (self, self->chosen, cancellable, error))
    return NULL;
  while (rows->len < n && kaf_table_reader_next (self, cancellable, &local_error))
    g_ptr_array_add (rows, copy_row (self));
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  return kaf_table_reader_choose (self, self->chosen, cancellable, error) ? g_steal_pointer (&rows)
                                                                          : NULL;
}
