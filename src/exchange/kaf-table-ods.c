/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An OpenDocument spreadsheet. All sheets stand in one part, so that the list of them takes a pass of its own; rows are
 * then pulled out one by one. Runs of equal cells and rows are written once with their number, which is bounded here.
 * Source: OpenDocument 1.3, part 3, 9 (tables) and 19.385 (values). */
#include "config.h"

#include <string.h>

#include "exchange/kaf-table-number.h"
#include "exchange/kaf-table-source.h"
#include "exchange/kaf-xml-pull.h"

#define CONTENT "content.xml"
#define TABLE_DEPTH 3 /* document, body, spreadsheet, table */
#define SHEETS_MAX 1024
/* Cells that repetition may make out of one file. */
#define EXPANDED_MAX (20 * 1000 * 1000)

typedef struct
{
  KafTableSource parent;
  KafUnzip *zip;
  KafXmlPull *xml;
  guint last_row;
  guint repeats; /* times that the row at hand is still to be given */
  guint gap;     /* empty cells that no other has followed yet */
  guint64 expanded;
  GString *text, *plain;
} Ods;

static gboolean
fail (KafTableError code, const char *what, GError **error)
{
  g_set_error_literal (error, KAF_TABLE_ERROR, (int) code, what);
  return FALSE;
}

/* What would be run, followed, or cannot be read. */

static gboolean
refuse_macros (KafUnzip *zip, GError **error)
{
  for (guint i = 0; i < kaf_unzip_get_n (zip); i++)
    {
      const char *name = kaf_unzip_get_name (zip, i);

      if (!g_str_has_suffix (name, "/") && (g_ascii_strncasecmp (name, "Basic/", 6) == 0 ||
                                            g_ascii_strncasecmp (name, "Scripts/", 8) == 0))
        return fail (KAF_TABLE_ERROR_MACROS, "the workbook holds macros", error);
    }
  return TRUE;
}

static gboolean
refuse_encrypted (KafUnzip *zip, GCancellable *cancellable, GError **error)
{
  g_autoptr (KafXmlPull) xml = NULL;
  int type;

  if (!kaf_unzip_has (zip, "META-INF/manifest.xml"))
    return TRUE;
  xml = kaf_xml_pull_new (zip, "META-INF/manifest.xml", error);
  if (xml == NULL)
    return FALSE;
  while ((type = kaf_xml_pull_next (xml, cancellable, error)) > 0)
    if (type == XML_READER_TYPE_ELEMENT && kaf_xml_pull_is (xml, "encryption-data"))
      return fail (KAF_TABLE_ERROR_ENCRYPTED, "the workbook is encrypted", error);
  return type == 0;
}

/* Tables that stand for another file, and services that are asked. */
static gboolean
is_external (const KafXmlPull *xml)
{
  return kaf_xml_pull_is (xml, "table-source") || kaf_xml_pull_is (xml, "cell-range-source") ||
         kaf_xml_pull_is (xml, "dde-source") || kaf_xml_pull_is (xml, "dde-link");
}

/* A formula names another file as 'URL'#$Sheet. */
static gboolean
is_external_formula (const char *formula)
{
  return strstr (formula, "'#") != NULL || strstr (formula, "WEBSERVICE(") != NULL ||
         strstr (formula, "DDE(") != NULL;
}

/* The pass over the sheets */

static gboolean
look_at (Ods *self, GHashTable *hidden, char **style)
{
  if (kaf_xml_pull_is (self->xml, "style"))
    {
      g_free (*style);
      *style = kaf_xml_pull_get (self->xml, "name");
    }
  else if (kaf_xml_pull_is (self->xml, "table-properties") && *style != NULL)
    {
      g_autofree char *display = kaf_xml_pull_get (self->xml, "display");

      if (g_strcmp0 (display, "false") == 0)
        g_hash_table_add (hidden, g_steal_pointer (style));
    }
  else if (kaf_xml_pull_is (self->xml, "table") &&
           kaf_xml_pull_get_depth (self->xml) == TABLE_DEPTH)
    {
      g_autofree char *name = kaf_xml_pull_get (self->xml, "name");
      g_autofree char *its = kaf_xml_pull_get (self->xml, "style-name");

      if (self->parent.sheets->len >= SHEETS_MAX)
        return FALSE;
      kaf_table_source_add_sheet (&self->parent, name != NULL ? name : "",
                                  its != NULL && g_hash_table_contains (hidden, its));
    }
  return TRUE;
}

static gboolean
list_sheets (Ods *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GHashTable) hidden = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *style = NULL;
  int type;

  self->xml = kaf_xml_pull_new (self->zip, CONTENT, error);
  if (self->xml == NULL)
    return FALSE;
  while ((type = kaf_xml_pull_next (self->xml, cancellable, error)) > 0)
    {
      /* Nearly all elements are deeper than any sheet. */
      if (type != XML_READER_TYPE_ELEMENT ||
          (kaf_xml_pull_get_depth (self->xml) > TABLE_DEPTH + 1 && !is_external (self->xml)))
        continue;
      if (is_external (self->xml))
        return fail (KAF_TABLE_ERROR_EXTERNAL, "the workbook refers to other files", error);
      if (!look_at (self, hidden, &style))
        return fail (KAF_TABLE_ERROR_BOMB, "too many sheets", error);
    }
  g_clear_pointer (&self->xml, kaf_xml_pull_free);
  return type == 0;
}

static gboolean
choose (KafTableSource *source, guint sheet, GCancellable *cancellable, GError **error)
{
  Ods *self = (Ods *) source;
  int type;

  g_clear_pointer (&self->xml, kaf_xml_pull_free);
  self->last_row = 0;
  self->repeats = 0;
  self->expanded = 0;
  self->xml = kaf_xml_pull_new (self->zip, CONTENT, error);
  if (self->xml == NULL)
    return FALSE;
  while ((type = kaf_xml_pull_next (self->xml, cancellable, error)) > 0)
    if (type == XML_READER_TYPE_ELEMENT && kaf_xml_pull_get_depth (self->xml) == TABLE_DEPTH &&
        kaf_xml_pull_is (self->xml, "table") && sheet-- == 0)
      {
        /* A sheet without anything in it has no end either. */
        self->xml->ended = kaf_xml_pull_is_empty (self->xml);
        return TRUE;
      }
  return type == 0 ? fail (KAF_TABLE_ERROR_BROKEN, "the sheet is gone", error) : FALSE;
}

/* Cells */

static guint
get_repeats (Ods *self, const char *name)
{
  g_autofree char *text = kaf_xml_pull_get (self->xml, name);
  guint64 n = text != NULL ? g_ascii_strtoull (text, NULL, 10) : 1;

  return (guint) CLAMP (n, 1, KAF_TABLE_ROWS_MAX + 1);
}

static void
append_blanks (Ods *self)
{
  g_autofree char *text = kaf_xml_pull_get (self->xml, "c");
  guint64 n = text != NULL ? g_ascii_strtoull (text, NULL, 10) : 1;

  for (guint64 i = 0; i < MIN (n, 1000); i++)
    g_string_append_c (self->text, ' ');
}

/* From the start of a cell to its end: what its paragraphs say goes to `text`. Notes and drawings are passed over. */
static gboolean
read_paragraphs (Ods *self, GCancellable *cancellable, GError **error)
{
  int depth = kaf_xml_pull_get_depth (self->xml);
  int passed_over = -1; /* depth of what is not the cell's text */
  guint paragraphs = 0, inside = 0;
  int type;

  g_string_truncate (self->text, 0);
  if (kaf_xml_pull_is_empty (self->xml))
    return TRUE;
  while ((type = kaf_xml_pull_next (self->xml, cancellable, error)) > 0)
    {
      int own = kaf_xml_pull_get_depth (self->xml);
      gboolean start = type == XML_READER_TYPE_ELEMENT;
      gboolean empty = start && kaf_xml_pull_is_empty (self->xml);

      if (type == XML_READER_TYPE_END_ELEMENT && own == depth)
        return TRUE;
      if (passed_over >= 0)
        {
          if (type == XML_READER_TYPE_END_ELEMENT && own == passed_over)
            passed_over = -1;
        }
      else if (start && own == depth + 1 && !kaf_xml_pull_is (self->xml, "p"))
        passed_over = empty ? -1 : own;
      else if (start && own == depth + 1)
        {
          if (paragraphs++ > 0)
            g_string_append_c (self->text, '\n');
          inside = !empty;
        }
      else if (type == XML_READER_TYPE_END_ELEMENT && own == depth + 1)
        inside = 0;
      else if (start && kaf_xml_pull_is (self->xml, "s"))
        append_blanks (self);
      else if (start && kaf_xml_pull_is (self->xml, "tab"))
        g_string_append_c (self->text, ' ');
      else if (start && kaf_xml_pull_is (self->xml, "line-break"))
        g_string_append_c (self->text, '\n');
      else if (inside > 0 && self->text->len <= KAF_TABLE_CELL_MAX)
        g_string_append (self->text, kaf_xml_pull_text (self->xml));
    }
  return type == 0 ? fail (KAF_TABLE_ERROR_BROKEN, "a cell does not end", error) : FALSE;
}

/* "PT08H30M00.5S" to "08:30:00". */
static gboolean
read_time (const char *text, GString *out)
{
  guint hours, minutes, seconds;

  if (sscanf (text, "PT%5uH%2uM%2u", &hours, &minutes, &seconds) != 3)
    return FALSE;
  g_string_printf (out, "%02u:%02u:%02u", hours, minutes, seconds);
  return TRUE;
}

/* The value that a cell has beside its text. FALSE: it has none, and the text counts. */
static gboolean
read_value (Ods *self, const char *kind, KafTableCellType *type)
{
  g_autofree char *value = NULL;

  if (g_str_equal (kind, "float") || g_str_equal (kind, "percentage") ||
      g_str_equal (kind, "currency"))
    {
      value = kaf_xml_pull_get (self->xml, "value");
      *type = KAF_TABLE_CELL_NUMBER;
      return value != NULL && kaf_table_number_clean (value, self->plain);
    }
  if (g_str_equal (kind, "date"))
    {
      value = kaf_xml_pull_get (self->xml, "date-value");
      *type = value != NULL ? kaf_table_number_from_iso (value, self->plain) : KAF_TABLE_CELL_EMPTY;
      return *type != KAF_TABLE_CELL_EMPTY;
    }
  if (g_str_equal (kind, "time"))
    {
      value = kaf_xml_pull_get (self->xml, "time-value");
      *type = KAF_TABLE_CELL_TEXT;
      return value != NULL && read_time (value, self->plain);
    }
  if (g_str_equal (kind, "boolean"))
    {
      value = kaf_xml_pull_get (self->xml, "boolean-value");
      *type = KAF_TABLE_CELL_BOOLEAN;
      g_string_assign (self->plain, g_strcmp0 (value, "true") == 0 ? "1" : "0");
      return value != NULL;
    }
  value = kaf_xml_pull_get (self->xml, "string-value");
  *type = KAF_TABLE_CELL_TEXT;
  if (value != NULL)
    g_string_assign (self->plain, value);
  return value != NULL;
}

static gboolean
add_times (Ods *self,
           KafTableLine *row,
           KafTableCellType type,
           const char *text,
           guint times,
           GError **error)
{
  if (*text == '\0')
    {
      self->gap = MIN (self->gap + times, KAF_TABLE_COLUMNS_MAX + 1);
      return TRUE;
    }
  self->expanded += times - 1;
  if (self->expanded > EXPANDED_MAX)
    return fail (KAF_TABLE_ERROR_BOMB, "too many repeated cells", error);
  if (!kaf_table_line_pad (row, kaf_table_line_get_n (row) + self->gap, error))
    return FALSE;
  self->gap = 0;
  for (guint i = 0; i < times; i++)
    if (!kaf_table_line_add (row, type, text, -1, error))
      return FALSE;
  return TRUE;
}

static gboolean
read_cell (Ods *self, KafTableLine *row, GCancellable *cancellable, GError **error)
{
  guint times = get_repeats (self, "number-columns-repeated");
  /* Two attributes bear this name: of the format, and of LibreOffice, which knows errors. */
  g_autofree char *kind = kaf_xml_pull_get (self->xml, "value-type");
  g_autofree char *formula = kaf_xml_pull_get (self->xml, "formula");
  KafTableCellType type = KAF_TABLE_CELL_TEXT;
  gboolean valued = kind != NULL && read_value (self, kind, &type);

  if (formula != NULL && is_external_formula (formula))
    return fail (KAF_TABLE_ERROR_EXTERNAL, "a formula refers to another file", error);
  if (!read_paragraphs (self, cancellable, error))
    return FALSE;
  if (formula != NULL && self->text->len > 1 &&
      (self->text->str[0] == '#' || g_str_has_prefix (self->text->str, "Err:")) &&
      (type == KAF_TABLE_CELL_TEXT || type == KAF_TABLE_CELL_NUMBER))
    return add_times (self, row, KAF_TABLE_CELL_ERROR, self->text->str, times, error);
  if (kind == NULL)
    return add_times (self, row, KAF_TABLE_CELL_TEXT, self->text->str, times, error);
  return add_times (self, row, valued ? type : KAF_TABLE_CELL_TEXT,
                    valued ? self->plain->str : self->text->str, times, error);
}

/* Rows */

/* Notes how often the row that is now whole is to be given. FALSE without an error: it is empty, and passed over. */
static gboolean
end_row (Ods *self, KafTableLine *row, guint times, GError **error)
{
  guint n = kaf_table_line_get_n (row);

  if (n == 0)
    {
      self->last_row = MIN (self->last_row + times, KAF_TABLE_ROWS_MAX + 1);
      return FALSE;
    }
  self->expanded += (guint64) (times - 1) * n;
  if (self->expanded > EXPANDED_MAX)
    return fail (KAF_TABLE_ERROR_BOMB, "too many repeated rows", error);
  if (self->last_row + times > KAF_TABLE_ROWS_MAX)
    return fail (KAF_TABLE_ERROR_LONG, "too many rows", error);
  self->repeats = times - 1;
  row->number = ++self->last_row;
  return TRUE;
}

static gboolean
next (KafTableSource *source, KafTableLine *row, GCancellable *cancellable, GError **error)
{
  Ods *self = (Ods *) source;
  GError *local_error = NULL;
  guint times = 1;
  int type;

  if (self->repeats > 0)
    {
      self->repeats--;
      row->number = ++self->last_row;
      return TRUE;
    }
  while ((type = kaf_xml_pull_next (self->xml, cancellable, error)) > 0)
    {
      gboolean start = type == XML_READER_TYPE_ELEMENT;

      if (!start && type != XML_READER_TYPE_END_ELEMENT)
        continue;
      if (!start && kaf_xml_pull_get_depth (self->xml) == TABLE_DEPTH)
        {
          self->xml->ended = TRUE;
          return FALSE;
        }
      if (kaf_xml_pull_is (self->xml, "table-row"))
        {
          if (start)
            {
              kaf_table_line_clear (row, self->last_row + 1);
              self->gap = 0;
              times = get_repeats (self, "number-rows-repeated");
            }
          if (start && !kaf_xml_pull_is_empty (self->xml))
            continue;
          if (end_row (self, row, times, &local_error))
            return TRUE;
          if (local_error != NULL)
            {
              g_propagate_error (error, local_error);
              return FALSE;
            }
        }
      else if (start &&
               (kaf_xml_pull_is (self->xml, "table-cell") ||
                kaf_xml_pull_is (self->xml, "covered-table-cell")) &&
               !read_cell (self, row, cancellable, error))
        return FALSE;
    }
  return FALSE;
}

static gint64
get_position (KafTableSource *source)
{
  Ods *self = (Ods *) source;

  return self->xml != NULL ? kaf_unzip_get_position (self->xml->entry) : 0;
}

static void
ods_free (KafTableSource *source)
{
  Ods *self = (Ods *) source;

  g_clear_pointer (&self->xml, kaf_xml_pull_free);
  g_clear_pointer (&self->zip, kaf_unzip_free);
  g_string_free (self->text, TRUE);
  g_string_free (self->plain, TRUE);
  kaf_table_source_clear (source);
  g_free (self);
}

static const KafTableSourceClass klass = { choose, next, get_position, ods_free };

KafTableSource *
kaf_table_ods_new (KafUnzip *zip, GCancellable *cancellable, GError **error)
{
  Ods *self = g_new0 (Ods, 1);

  kaf_table_source_init (&self->parent, &klass, KAF_TABLE_ODS);
  self->zip = zip;
  self->text = g_string_new (NULL);
  self->plain = g_string_new (NULL);
  if (!refuse_macros (zip, error) || !refuse_encrypted (zip, cancellable, error) ||
      !list_sheets (self, cancellable, error))
    {
      ods_free (&self->parent);
      return NULL;
    }
  return &self->parent;
}
