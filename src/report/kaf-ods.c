/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Source of the format: OpenDocument 1.3, parts 2 and 3. */
#include "config.h"

#include "report/kaf-ods.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "base/kaf-money.h"
#include "report/kaf-zip.h"

#define MIME "application/vnd.oasis.opendocument.spreadsheet"
#define BUFFER_SIZE (64 * 1024)
#define LOT 500
/* A character of the usual font. */
#define CHAR_CM 0.21

#define NAMESPACES                                                                                 \
  " xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\""                             \
  " xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\""                               \
  " xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\""                                 \
  " xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\""                               \
  " xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\""                      \
  " xmlns:number=\"urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0\""                          \
  " xmlns:config=\"urn:oasis:names:tc:opendocument:xmlns:config:1.0\""                             \
  " xmlns:meta=\"urn:oasis:names:tc:opendocument:xmlns:meta:1.0\""                                 \
  " xmlns:dc=\"http://purl.org/dc/elements/1.1/\""                                                 \
  " xmlns:xlink=\"http://www.w3.org/1999/xlink\" office:version=\"1.3\""

#define BOLD "fo:font-weight=\"bold\" style:font-weight-complex=\"bold\""

#define PROLOGUE "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

typedef struct
{
  const KafBookBasis *basis;
  const KafQueryColumns *columns;
  KafZip *zip;
  GString *buffer;
  gint64 n_rows;
  guint n_band; /* rows above the headings */
} Ods;

/* Text, without what XML 1.0 does not know and without marks of direction. */
static void
append_text (GString *to, const char *text)
{
  g_autofree char *plain = kaf_bidi_strip (text);

  for (const char *p = plain; *p != '\0'; p++)
    switch (*p)
      {
      case '&':
        g_string_append (to, "&amp;");
        break;
      case '<':
        g_string_append (to, "&lt;");
        break;
      case '>':
        g_string_append (to, "&gt;");
        break;
      case '"':
        g_string_append (to, "&quot;");
        break;
      default:
        if ((guchar) *p >= 0x20 || *p == '\t' || *p == '\n')
          g_string_append_c (to, *p);
        break;
      }
}

static gboolean
flush (Ods *self, gsize least, GError **error)
{
  if (self->buffer->len < least)
    return TRUE;
  if (!kaf_zip_write (self->zip, self->buffer->str, self->buffer->len, error))
    return FALSE;
  g_string_truncate (self->buffer, 0);
  return TRUE;
}

/* Cells */

static void
add_paragraphs (Ods *self, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (char **line = lines; *line != NULL; line++)
    {
      g_string_append (self->buffer, "<text:p>");
      append_text (self->buffer, *line);
      g_string_append (self->buffer, "</text:p>");
    }
}

static void
add_text (Ods *self, const char *style, const char *text)
{
  if (text == NULL || *text == '\0')
    {
      g_string_append_printf (self->buffer, "<table:table-cell table:style-name=\"%s\"/>", style);
      return;
    }
  g_string_append_printf (self->buffer,
                          "<table:table-cell office:value-type=\"string\" table:style-name=\"%s\">",
                          style);
  add_paragraphs (self, text);
  g_string_append (self->buffer, "</table:table-cell>");
}

/* @attributes: type and value; @text: what a reader sees that does not calculate. */
static void
add_value (Ods *self, const char *style, const char *attributes, const char *text)
{
  g_string_append_printf (self->buffer, "<table:table-cell table:style-name=\"%s\" %s><text:p>",
                          style, attributes);
  append_text (self->buffer, text);
  g_string_append (self->buffer, "</text:p></table:table-cell>");
}

static void
add_money (Ods *self, const char *canonical, const char *shown)
{
  char currency[4];
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *attributes = NULL;
  double value;
  gint64 minor;

  if (!kaf_money_split (canonical, &minor, currency))
    {
      add_text (self, "ct", shown);
      return;
    }
  value = (double) minor;
  for (guint i = 0; i < kaf_money_digits (currency); i++)
    value /= 10;
  attributes =
      g_strdup_printf ("office:value-type=\"currency\" office:currency=\"%s\" office:value=\"%s\"",
                       currency, g_ascii_dtostr (number, sizeof number, value));
  add_value (self, "cm", attributes, shown);
}

static void
add_field (Ods *self, const KafField *field, const char *canonical, const char *shown)
{
  g_autofree char *attributes = NULL;

  shown = shown != NULL ? shown : canonical;
  if (canonical == NULL || kaf_field_is_many (field))
    add_text (self, "ct", shown);
  else if (field->kind == KAF_KIND_INTEGER)
    {
      attributes = g_strdup_printf ("office:value-type=\"float\" office:value=\"%s\"", canonical);
      add_value (self, "cn", attributes, shown);
    }
  else if (field->kind == KAF_KIND_MONEY)
    add_money (self, canonical, shown);
  else if ((field->kind == KAF_KIND_DATE || field->kind == KAF_KIND_PARTIAL_DATE) &&
           kaf_date_is_valid (canonical, FALSE))
    {
      attributes =
          g_strdup_printf ("office:value-type=\"date\" office:date-value=\"%s\"", canonical);
      add_value (self, "cd", attributes, shown);
    }
  else
    add_text (self, kaf_field_has (field, KAF_FIELD_ARABIC) ? "ca" : "ct", shown);
}

static void
add_time (Ods *self, const char *raw, const char *shown)
{
  gint64 us = raw != NULL ? g_ascii_strtoll (raw, NULL, 10) : 0;
  g_autoptr (GDateTime) local = g_date_time_new_from_unix_utc (
      us / G_USEC_PER_SEC + (raw != NULL ? kaf_time_get_offset (us) : 0));
  g_autofree char *iso = local != NULL ? g_date_time_format (local, "%Y-%m-%dT%H:%M:%S") : NULL;
  g_autofree char *attributes =
      g_strdup_printf ("office:value-type=\"date\" office:date-value=\"%s\"", iso);

  if (raw == NULL || iso == NULL)
    add_text (self, "ct", shown);
  else
    add_value (self, "ch", attributes, shown);
}

static gboolean
add_row (const KafRow *row, const KafQueryColumns *columns, gpointer data, GError **error)
{
  Ods *self = data;

  g_string_append (self->buffer, "<table:table-row>");
  for (guint i = 0; i < columns->columns->len; i++)
    {
      const KafQueryColumn *column = kaf_query_column (columns, i);

      if (column->field != NULL)
        add_field (self, column->field, row->raw[i], row->cells[i]);
      else if (column->kind == KAF_SHEET_TIME)
        add_time (self, row->raw[i], row->cells[i]);
      else
        add_text (self, column->kind == KAF_SHEET_ARABIC ? "ca" : "ct", row->cells[i]);
    }
  g_string_append (self->buffer, "</table:table-row>\n");
  self->n_rows++;
  if (self->basis->progress != NULL && self->n_rows % LOT == 0)
    self->basis->progress (self->n_rows, -1, self->basis->progress_data);
  return flush (self, BUFFER_SIZE, error);
}

/* The sheet around them */

static void
add_styles (Ods *self)
{
  gboolean rtl = kaf_lang_is_rtl (self->basis->lang);
  const char *start = rtl ? "end" : "start";
  const char *side = rtl ? "rl-tb" : "lr-tb";

  g_string_append_printf (
      self->buffer,
      "<office:automatic-styles>"
      "<style:style style:name=\"ta\" style:family=\"table\" style:master-page-name=\"Default\">"
      "<style:table-properties table:display=\"true\" style:writing-mode=\"%s\"/></style:style>"
      "<number:date-style style:name=\"nd\"><number:day number:style=\"long\"/>"
      "<number:text>/</number:text><number:month number:style=\"long\"/>"
      "<number:text>/</number:text><number:year number:style=\"long\"/></number:date-style>"
      "<number:date-style style:name=\"nh\"><number:day number:style=\"long\"/>"
      "<number:text>/</number:text><number:month number:style=\"long\"/>"
      "<number:text>/</number:text><number:year number:style=\"long\"/>"
      "<number:text> </number:text><number:hours number:style=\"long\"/>"
      "<number:text>:</number:text><number:minutes number:style=\"long\"/></number:date-style>"
      "<number:number-style style:name=\"nn\"><number:number number:decimal-places=\"0\" "
      "number:min-integer-digits=\"1\" number:grouping=\"true\"/></number:number-style>"
      "<number:number-style style:name=\"nm\"><number:number number:decimal-places=\"2\" "
      "number:min-decimal-places=\"2\" number:min-integer-digits=\"1\" number:grouping=\"true\"/>"
      "</number:number-style>",
      side);
  g_string_append_printf (
      self->buffer,
      "<style:style style:name=\"bb\" style:family=\"table-cell\"><style:paragraph-properties "
      "fo:text-align=\"start\" style:writing-mode=\"%s\"/></style:style>"
      "<style:style style:name=\"bs\" style:family=\"table-cell\" "
      "style:parent-style-name=\"bb\"><style:paragraph-properties fo:text-align=\"start\" "
      "style:writing-mode=\"%s\"/><style:text-properties " BOLD "/></style:style>"
      "<style:style style:name=\"bt\" style:family=\"table-cell\"><style:paragraph-properties "
      "fo:text-align=\"start\" style:writing-mode=\"%s\"/><style:text-properties " BOLD
      " fo:font-size=\"16pt\" style:font-size-complex=\"16pt\" fo:color=\"#1c5a7d\"/>"
      "</style:style>"
      "<style:style style:name=\"he\" style:family=\"table-cell\"><style:table-cell-properties "
      "fo:background-color=\"#1c5a7d\" fo:wrap-option=\"wrap\"/><style:text-properties " BOLD
      " fo:color=\"#ffffff\"/></style:style>"
      "<style:style style:name=\"ct\" style:family=\"table-cell\"><style:table-cell-properties "
      "style:vertical-align=\"top\"/><style:paragraph-properties fo:text-align=\"%s\"/>"
      "</style:style>"
      "<style:style style:name=\"ca\" style:family=\"table-cell\"><style:paragraph-properties "
      "fo:text-align=\"end\" style:writing-mode=\"rl-tb\"/></style:style>",
      side, side, side, start);
  for (const char *kinds = "ndhm"; *kinds != '\0'; kinds++)
    g_string_append_printf (self->buffer,
                            "<style:style style:name=\"c%c\" style:family=\"table-cell\" "
                            "style:data-style-name=\"n%c\"/>",
                            *kinds, *kinds);
}

static guint
get_width (const KafQueryColumn *column)
{
  return column->width > 0 ? MIN (column->width, 60) : 22;
}

static void
add_columns (Ods *self)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  for (guint i = 0; i < self->columns->columns->len; i++)
    g_string_append_printf (
        self->buffer,
        "<style:style style:name=\"co%u\" style:family=\"table-column\">"
        "<style:table-column-properties style:column-width=\"%scm\"/></style:style>",
        i,
        g_ascii_formatd (number, sizeof number, "%.2f",
                         get_width (kaf_query_column (self->columns, i)) * CHAR_CM));
  g_string_append (self->buffer, "</office:automatic-styles>");
}

static void
add_band_row (Ods *self, const char *style, const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  g_string_append (self->buffer, "<table:table-row>");
  add_text (self, style, text);
  g_string_append (self->buffer, "</table:table-row>");
  self->n_band++;
}

static char *
describe_edition (const KafBookBasis *basis)
{
  g_autofree char *iso = kaf_day_to_iso (basis->day);
  g_autofree char *day = kaf_date_format (iso, basis->lang, KAF_DATE_LONG);

  return g_strdup_printf ("%s · %s", day, kaf_database_get_author (basis->db));
}

static void
begin_table (Ods *self, const char *issuer)
{
  g_autofree char *edition = describe_edition (self->basis);

  g_string_append (self->buffer, "<office:body><office:spreadsheet><table:table table:name=\"");
  append_text (self->buffer, self->basis->title);
  g_string_append (self->buffer, "\" table:style-name=\"ta\">");
  for (guint i = 0; i < self->columns->columns->len; i++)
    g_string_append_printf (self->buffer, "<table:table-column table:style-name=\"co%u\"/>", i);
  add_band_row (self, "bs", issuer);
  add_band_row (self, "bt", self->basis->title);
  add_band_row (self, "bb", edition);
  add_band_row (self, "bb", self->basis->subject);
  g_string_append (self->buffer, "<table:table-header-rows><table:table-row>");
  for (guint i = 0; i < self->columns->columns->len; i++)
    add_text (self, "he", kaf_query_column (self->columns, i)->title);
  g_string_append (self->buffer, "</table:table-row></table:table-header-rows>\n");
}

/* The table's name within an address: 'Experts'.A5 */
static void
append_address (Ods *self, guint column, gint64 row)
{
  g_autofree char *quoted = g_strdup (self->basis->title);
  g_autoptr (GString) letters = g_string_new (NULL);

  g_strdelimit (quoted, "'", ' ');
  for (guint n = column + 1; n > 0; n = (n - 1) / 26)
    g_string_prepend_c (letters, (char) ('A' + (n - 1) % 26));
  g_string_append_c (self->buffer, '\'');
  append_text (self->buffer, quoted);
  g_string_append_printf (self->buffer, "'.%s%" G_GINT64_FORMAT, letters->str, row);
}

static void
end_table (Ods *self)
{
  g_string_append (self->buffer, "</table:table><table:database-ranges><table:database-range "
                                 "table:name=\"list\" table:display-filter-buttons=\"true\" "
                                 "table:target-range-address=\"");
  append_address (self, 0, self->n_band + 1);
  g_string_append_c (self->buffer, ':');
  append_address (self, self->columns->columns->len - 1, self->n_band + 1 + self->n_rows);
  g_string_append (self->buffer, "\"/></table:database-ranges></office:spreadsheet></office:body>"
                                 "</office:document-content>\n");
}

static gboolean
write_content (Ods *self, const char *issuer, GError **error)
{
  const KafBookBasis *basis = self->basis;

  if (!kaf_zip_begin (self->zip, "content.xml", TRUE, error))
    return FALSE;
  g_string_append (self->buffer, PROLOGUE "<office:document-content" NAMESPACES ">");
  add_styles (self);
  add_columns (self);
  begin_table (self, issuer);
  if (!kaf_query_columns_read (self->columns, basis->db, basis->query, basis->lang, add_row, self,
                               basis->cancellable, error))
    return FALSE;
  end_table (self);
  return flush (self, 0, error);
}

/* The other parts */

static gboolean
write_meta (Ods *self, GError **error)
{
  g_autoptr (GString) text =
      g_string_new (PROLOGUE "<office:document-meta" NAMESPACES "><office:meta><dc:title>");

  append_text (text, self->basis->title);
  g_string_append (text, "</dc:title><meta:initial-creator>");
  append_text (text, kaf_database_get_author (self->basis->db));
  g_string_append (text, "</meta:initial-creator><dc:language>");
  g_string_append (text, kaf_lang_code (self->basis->lang));
  g_string_append (text, "</dc:language></office:meta></office:document-meta>\n");
  return kaf_zip_add_text (self->zip, "meta.xml", text->str, TRUE, error);
}

static gboolean
write_styles (Ods *self, GError **error)
{
  return kaf_zip_add_text (
      self->zip, "styles.xml",
      PROLOGUE
      "<office:document-styles" NAMESPACES
      "><office:automatic-styles><style:page-layout style:name=\"pl\">"
      "<style:page-layout-properties fo:page-width=\"29.7cm\" fo:page-height=\"21cm\" "
      "style:print-orientation=\"landscape\" fo:margin=\"1.2cm\" style:scale-to-X=\"1\"/>"
      "<style:footer-style/></style:page-layout></office:automatic-styles>"
      "<office:master-styles><style:master-page style:name=\"Default\" "
      "style:page-layout-name=\"pl\"><style:footer><text:p><text:page-number>1</text:page-number>"
      " / <text:page-count>1</text:page-count></text:p></style:footer></style:master-page>"
      "</office:master-styles></office:document-styles>\n",
      TRUE, error);
}

/* The headings stay in sight. */
static gboolean
write_settings (Ods *self, GError **error)
{
  guint row = self->n_band + 1;
  g_autoptr (GString) text = g_string_new (
      PROLOGUE
      "<office:document-settings" NAMESPACES
      "><office:settings><config:config-item-set config:name=\"ooo:view-settings\">"
      "<config:config-item-map-indexed config:name=\"Views\"><config:config-item-map-entry>"
      "<config:config-item-map-named config:name=\"Tables\"><config:config-item-map-entry "
      "config:name=\"");

  append_text (text, self->basis->title);
  g_string_append_printf (
      text,
      "\"><config:config-item config:name=\"HorizontalSplitMode\" config:type=\"short\">2"
      "</config:config-item><config:config-item config:name=\"VerticalSplitMode\" "
      "config:type=\"short\">2</config:config-item><config:config-item "
      "config:name=\"HorizontalSplitPosition\" config:type=\"int\">1</config:config-item>"
      "<config:config-item config:name=\"VerticalSplitPosition\" config:type=\"int\">%u"
      "</config:config-item><config:config-item config:name=\"PositionRight\" "
      "config:type=\"int\">1</config:config-item><config:config-item "
      "config:name=\"PositionBottom\" config:type=\"int\">%u</config:config-item>"
      "</config:config-item-map-entry></config:config-item-map-named>"
      "</config:config-item-map-entry></config:config-item-map-indexed>"
      "</config:config-item-set></office:settings></office:document-settings>\n",
      row, row);
  return kaf_zip_add_text (self->zip, "settings.xml", text->str, TRUE, error);
}

static gboolean
write_manifest (Ods *self, GError **error)
{
  return kaf_zip_add_text (
      self->zip, "META-INF/manifest.xml",
      PROLOGUE "<manifest:manifest "
               "xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" "
               "manifest:version=\"1.3\">"
               "<manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\"" MIME "\"/>"
               "<manifest:file-entry manifest:full-path=\"content.xml\" "
               "manifest:media-type=\"text/xml\"/>"
               "<manifest:file-entry manifest:full-path=\"styles.xml\" "
               "manifest:media-type=\"text/xml\"/>"
               "<manifest:file-entry manifest:full-path=\"meta.xml\" "
               "manifest:media-type=\"text/xml\"/>"
               "<manifest:file-entry manifest:full-path=\"settings.xml\" "
               "manifest:media-type=\"text/xml\"/></manifest:manifest>\n",
      TRUE, error);
}

gboolean
kaf_ods_write (const KafBookBasis *basis,
               const KafQueryColumns *columns,
               const char *issuer,
               KafNewFile *file,
               gint64 *n_rows,
               GError **error)
{
  g_autoptr (KafZip) zip =
      kaf_zip_new (kaf_new_file_get_fd (file), kaf_clock_now (kaf_database_get_clock (basis->db)));
  g_autoptr (GString) buffer = g_string_sized_new (BUFFER_SIZE + 4096);
  Ods self = { basis, columns, zip, buffer };

  if (!kaf_zip_add_text (zip, "mimetype", MIME, FALSE, error) ||
      !write_content (&self, issuer, error) || !write_styles (&self, error) ||
      !write_meta (&self, error) || !write_settings (&self, error) ||
      !write_manifest (&self, error) || !kaf_zip_finish (zip, error))
    return FALSE;
  if (n_rows != NULL)
    *n_rows = self.n_rows;
  return kaf_new_file_settle (file, error);
}
