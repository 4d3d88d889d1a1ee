/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A workbook of Excel: which sheets there are is read as it is opened; rows of the one chosen are pulled out of its part
 * one by one. Source: ECMA-376 part 1, 18.2 (workbook) and 18.3 (sheets). */
#include "config.h"

#include <string.h>

#include "exchange/kaf-table-source.h"
#include "exchange/kaf-xlsx-parts.h"
#include "exchange/kaf-xml-pull.h"

#define WORKBOOK "xl/workbook.xml"
#define SHEETS_MAX 1024

/* What a cell says it is. */
typedef enum
{
  CELL_NUMBER,
  CELL_SHARED,
  CELL_TEXT, /* of a formula, or written in place */
  CELL_BOOLEAN,
  CELL_ERROR,
  CELL_DATE,
} CellKind;

typedef struct
{
  KafTableSource parent;
  KafUnzip *zip;
  GPtrArray *parts;               /* of char*: the part of each sheet */
  char *texts_part, *styles_part; /* nullable */
  KafXlsxTexts *texts;            /* nullable, read for the first sheet */
  GArray *styles;                 /* nullable */
  gboolean since_1904;

  KafXmlPull *xml;
  gboolean in_data;
  guint last_row;
  GString *raw, *plain;
} Xlsx;

/* Relations: which part a part speaks of. */

/* @target as a name in the archive; @base: the folder of the part that names it. */
static char *
resolve (const char *base, const char *target)
{
  g_autofree char *path = NULL;

  if (*target == '/')
    return g_strdup (target + 1);
  path = g_build_filename ("/", base, target, NULL);
  {
    g_autofree char *clean = g_canonicalize_filename (path, "/");

    return g_strdup (clean + 1);
  }
}

static gboolean
read_relations (Xlsx *self, GHashTable *by_id, GCancellable *cancellable, GError **error)
{
  g_autoptr (KafXmlPull) xml = kaf_xml_pull_new (self->zip, "xl/_rels/workbook.xml.rels", error);
  int type;

  if (xml == NULL)
    return FALSE;
  while ((type = kaf_xml_pull_next (xml, cancellable, error)) > 0)
    if (type == XML_READER_TYPE_ELEMENT && kaf_xml_pull_is (xml, "Relationship"))
      {
        g_autofree char *id = kaf_xml_pull_get (xml, "Id");
        g_autofree char *kind = kaf_xml_pull_get (xml, "Type");
        g_autofree char *target = kaf_xml_pull_get (xml, "Target");
        g_autofree char *part = target != NULL ? resolve ("xl", target) : NULL;

        if (id == NULL || kind == NULL || part == NULL)
          continue;
        if (g_str_has_suffix (kind, "/sharedStrings"))
          {
            g_free (self->texts_part);
            self->texts_part = g_strdup (part);
          }
        if (g_str_has_suffix (kind, "/styles"))
          {
            g_free (self->styles_part);
            self->styles_part = g_strdup (part);
          }
        if (g_str_has_suffix (kind, "/worksheet"))
          g_hash_table_insert (by_id, g_steal_pointer (&id), g_steal_pointer (&part));
      }
  return type == 0;
}

static void
take_sheet (Xlsx *self, GHashTable *by_id)
{
  g_autofree char *name = kaf_xml_pull_get (self->xml, "name");
  g_autofree char *state = kaf_xml_pull_get (self->xml, "state");
  g_autofree char *id = kaf_xml_pull_get (self->xml, "id");
  const char *part = id != NULL ? g_hash_table_lookup (by_id, id) : NULL;

  /* Sheets of nothing but a chart have no rows, and are no worksheets. */
  if (part == NULL || self->parts->len >= SHEETS_MAX || !kaf_unzip_has (self->zip, part))
    return;
  kaf_table_source_add_sheet (&self->parent, name != NULL ? name : "",
                              state != NULL && !g_str_equal (state, "visible"));
  g_ptr_array_add (self->parts, g_strdup (part));
}

static gboolean
read_workbook (Xlsx *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GHashTable) by_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  int type;

  if (!read_relations (self, by_id, cancellable, error))
    return FALSE;
  self->xml = kaf_xml_pull_new (self->zip, WORKBOOK, error);
  if (self->xml == NULL)
    return FALSE;
  while ((type = kaf_xml_pull_next (self->xml, cancellable, error)) > 0)
    {
      if (type != XML_READER_TYPE_ELEMENT)
        continue;
      if (kaf_xml_pull_is (self->xml, "workbookPr"))
        {
          g_autofree char *since = kaf_xml_pull_get (self->xml, "date1904");

          self->since_1904 = since != NULL && (*since == '1' || *since == 't');
        }
      else if (kaf_xml_pull_is (self->xml, "sheet"))
        take_sheet (self, by_id);
    }
  g_clear_pointer (&self->xml, kaf_xml_pull_free);
  return type == 0;
}

/* What would be run or followed. */
static gboolean
refuse_active (KafUnzip *zip, GError **error)
{
  for (guint i = 0; i < kaf_unzip_get_n (zip); i++)
    {
      g_autofree char *name = g_ascii_strdown (kaf_unzip_get_name (zip, i), -1);
      KafTableError code = KAF_TABLE_ERROR_UNKNOWN;

      if (g_str_has_suffix (name, "vbaproject.bin") || strstr (name, "macrosheets/") != NULL)
        code = KAF_TABLE_ERROR_MACROS;
      else if (g_str_has_prefix (name, "xl/externallinks/") ||
               g_str_equal (name, "xl/connections.xml"))
        code = KAF_TABLE_ERROR_EXTERNAL;
      else if (g_str_equal (name, "xl/workbook.bin"))
        code = KAF_TABLE_ERROR_BINARY;
      if (code != KAF_TABLE_ERROR_UNKNOWN)
        {
          g_set_error_literal (error, KAF_TABLE_ERROR, (int) code, "the workbook has active parts");
          return FALSE;
        }
    }
  return TRUE;
}

/* A workbook that is said to have macros, though none are in it. */
static gboolean
refuse_macro_type (KafUnzip *zip, GCancellable *cancellable, GError **error)
{
  g_autoptr (KafXmlPull) xml = kaf_xml_pull_new (zip, "[Content_Types].xml", error);
  int type;

  if (xml == NULL)
    return FALSE;
  while ((type = kaf_xml_pull_next (xml, cancellable, error)) > 0)
    if (type == XML_READER_TYPE_ELEMENT)
      {
        g_autofree char *content = kaf_xml_pull_get (xml, "ContentType");

        if (content != NULL && strstr (content, "macroEnabled") != NULL)
          {
            g_set_error_literal (error, KAF_TABLE_ERROR, KAF_TABLE_ERROR_MACROS,
                                 "the workbook is of the kind with macros");
            return FALSE;
          }
      }
  return type == 0;
}

/* Rows */

static gboolean
choose (KafTableSource *source, guint sheet, GCancellable *cancellable, GError **error)
{
  Xlsx *self = (Xlsx *) source;

  g_clear_pointer (&self->xml, kaf_xml_pull_free);
  if (self->texts == NULL && self->texts_part != NULL &&
      kaf_unzip_has (self->zip, self->texts_part))
    {
      self->texts = kaf_xlsx_texts_read (self->zip, self->texts_part, cancellable, error);
      if (self->texts == NULL)
        return FALSE;
    }
  if (self->styles == NULL && self->styles_part != NULL &&
      kaf_unzip_has (self->zip, self->styles_part))
    {
      self->styles = kaf_xlsx_styles_read (self->zip, self->styles_part, cancellable, error);
      if (self->styles == NULL)
        return FALSE;
    }
  self->xml = kaf_xml_pull_new (self->zip, g_ptr_array_index (self->parts, sheet), error);
  self->in_data = FALSE;
  self->last_row = 0;
  return self->xml != NULL;
}

/* The column, from 1, of a reference "AB12"; 0: it is none. */
static guint
read_column (const char *reference)
{
  guint column = 0;

  for (; g_ascii_isalpha (*reference) && column <= KAF_TABLE_COLUMNS_MAX; reference++)
    column = column * 26 + (guint) (g_ascii_toupper (*reference) - 'A' + 1);
  return column;
}

static CellKind
read_kind (const char *type)
{
  if (type == NULL || g_str_equal (type, "n"))
    return CELL_NUMBER;
  if (g_str_equal (type, "s"))
    return CELL_SHARED;
  if (g_str_equal (type, "b"))
    return CELL_BOOLEAN;
  if (g_str_equal (type, "e"))
    return CELL_ERROR;
  return g_str_equal (type, "d") ? CELL_DATE : CELL_TEXT;
}

static gboolean
broken (guint row, GError **error)
{
  g_set_error (error, KAF_TABLE_ERROR, KAF_TABLE_ERROR_BROKEN, "row %u goes against the format",
               row);
  return FALSE;
}

static gboolean
add_value (Xlsx *self, KafTableLine *row, CellKind kind, guint64 style, GError **error)
{
  KafTableCellType type = KAF_TABLE_CELL_TEXT;
  KafTableShown shown = KAF_TABLE_SHOWN_NUMBER;
  const char *text = self->raw->str;

  if (self->raw->len == 0)
    return kaf_table_line_add (row, KAF_TABLE_CELL_EMPTY, "", 0, error);
  switch (kind)
    {
    case CELL_SHARED:
      text = kaf_xlsx_texts_get (self->texts, g_ascii_strtoull (text, NULL, 10));
      if (text == NULL)
        return broken (row->number, error);
      break;
    case CELL_BOOLEAN:
      type = KAF_TABLE_CELL_BOOLEAN;
      text = *text == '1' || *text == 't' ? "1" : "0";
      break;
    case CELL_ERROR:
      type = KAF_TABLE_CELL_ERROR;
      break;
    case CELL_DATE:
      type = kaf_table_number_from_iso (text, self->plain);
      if (type == KAF_TABLE_CELL_EMPTY)
        type = KAF_TABLE_CELL_TEXT;
      else
        text = self->plain->str;
      break;
    case CELL_TEXT:
      kaf_xlsx_unescape (self->raw->str, self->plain);
      text = self->plain->str;
      break;
    case CELL_NUMBER:
      if (self->styles != NULL && style < self->styles->len)
        shown = g_array_index (self->styles, KafTableShown, style);
      type = kaf_table_number_to_day (text, shown, self->since_1904, self->plain);
      text = self->plain->str;
      break;
    }
  return kaf_table_line_add (row, type, text, -1, error);
}

/* From the start of a cell to its end: its value or the text written in place goes to `raw`. */
static gboolean
read_cell (Xlsx *self, KafTableLine *row, GCancellable *cancellable, GError **error)
{
  g_autofree char *reference = kaf_xml_pull_get (self->xml, "r");
  g_autofree char *kind = kaf_xml_pull_get (self->xml, "t");
  g_autofree char *style = kaf_xml_pull_get (self->xml, "s");
  guint column = reference != NULL ? read_column (reference) : kaf_table_line_get_n (row) + 1;
  gboolean taking = FALSE;
  guint spoken = 0;
  int type = XML_READER_TYPE_ELEMENT;

  if (column == 0 || column <= kaf_table_line_get_n (row))
    return broken (row->number, error);
  if (!kaf_table_line_pad (row, column - 1, error))
    return FALSE;
  g_string_truncate (self->raw, 0);
  if (!kaf_xml_pull_is_empty (self->xml))
    while ((type = kaf_xml_pull_next (self->xml, cancellable, error)) > 0)
      {
        gboolean start = type == XML_READER_TYPE_ELEMENT && !kaf_xml_pull_is_empty (self->xml);
        gboolean end = type == XML_READER_TYPE_END_ELEMENT;

        if (end && kaf_xml_pull_is (self->xml, "c"))
          break;
        if ((start || end) && kaf_xml_pull_is (self->xml, "rPh"))
          spoken = start ? spoken + 1 : spoken - (spoken > 0);
        else if ((start || end) &&
                 (kaf_xml_pull_is (self->xml, "v") || kaf_xml_pull_is (self->xml, "t")))
          taking = start && spoken == 0;
        else if (taking && self->raw->len <= KAF_TABLE_CELL_MAX)
          g_string_append (self->raw, kaf_xml_pull_text (self->xml));
      }
  if (type <= 0)
    return type == 0 ? broken (row->number, error) : FALSE;
  return add_value (self, row, read_kind (kind),
                    style != NULL ? g_ascii_strtoull (style, NULL, 10) : 0, error);
}

static gboolean
start_row (Xlsx *self, KafTableLine *row, GError **error)
{
  g_autofree char *number = kaf_xml_pull_get (self->xml, "r");
  guint64 n = number != NULL ? g_ascii_strtoull (number, NULL, 10) : self->last_row + 1;

  if (n > KAF_TABLE_ROWS_MAX)
    {
      g_set_error_literal (error, KAF_TABLE_ERROR, KAF_TABLE_ERROR_LONG, "too many rows");
      return FALSE;
    }
  if (n <= self->last_row)
    return broken ((guint) n, error);
  self->last_row = (guint) n;
  kaf_table_line_clear (row, (guint) n);
  return TRUE;
}

static gboolean
next (KafTableSource *source, KafTableLine *row, GCancellable *cancellable, GError **error)
{
  Xlsx *self = (Xlsx *) source;
  gboolean in_row = FALSE;
  int type;

  while ((type = kaf_xml_pull_next (self->xml, cancellable, error)) > 0)
    {
      gboolean start = type == XML_READER_TYPE_ELEMENT;

      if (kaf_xml_pull_is (self->xml, "sheetData"))
        {
          self->in_data = start && !kaf_xml_pull_is_empty (self->xml);
          if (!start)
            return FALSE;
        }
      else if (!self->in_data)
        continue;
      else if (kaf_xml_pull_is (self->xml, "row"))
        {
          if (start && !start_row (self, row, error))
            return FALSE;
          if (!start || kaf_xml_pull_is_empty (self->xml))
            return TRUE;
          in_row = TRUE;
        }
      else if (start && in_row && kaf_xml_pull_is (self->xml, "c") &&
               !read_cell (self, row, cancellable, error))
        return FALSE;
    }
  return FALSE;
}

static gint64
get_position (KafTableSource *source)
{
  Xlsx *self = (Xlsx *) source;

  return self->xml != NULL ? kaf_unzip_get_position (self->xml->entry) : 0;
}

static void
xlsx_free (KafTableSource *source)
{
  Xlsx *self = (Xlsx *) source;

  g_clear_pointer (&self->xml, kaf_xml_pull_free);
  g_clear_pointer (&self->texts, kaf_xlsx_texts_free);
  g_clear_pointer (&self->styles, g_array_unref);
  g_clear_pointer (&self->zip, kaf_unzip_free);
  g_ptr_array_unref (self->parts);
  g_free (self->texts_part);
  g_free (self->styles_part);
  g_string_free (self->raw, TRUE);
  g_string_free (self->plain, TRUE);
  kaf_table_source_clear (source);
  g_free (self);
}

static const KafTableSourceClass klass = { choose, next, get_position, xlsx_free };

KafTableSource *
kaf_table_xlsx_new (KafUnzip *zip, GCancellable *cancellable, GError **error)
{
  Xlsx *self = g_new0 (Xlsx, 1);

  kaf_table_source_init (&self->parent, &klass, KAF_TABLE_XLSX);
  self->zip = zip;
  self->parts = g_ptr_array_new_with_free_func (g_free);
  self->raw = g_string_new (NULL);
  self->plain = g_string_new (NULL);
  if (!refuse_active (zip, error) || !refuse_macro_type (zip, cancellable, error) ||
      !read_workbook (self, cancellable, error))
    {
      xlsx_free (&self->parent);
      return NULL;
    }
  return &self->parent;
}
