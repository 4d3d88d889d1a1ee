/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables from elsewhere: what each kind is read as, what is found of texts, and what is refused. Archives are made here,
 * part by part, by libzip; a few are of other programs. */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <zip.h>

#include "exchange/kaf-charset.h"
#include "exchange/kaf-table-number.h"
#include "exchange/kaf-table-reader.h"

static char *folder;

/* Files */

static GFile *
write_bytes (const void *bytes, gsize size)
{
  g_autofree char *path = g_build_filename (folder, "table.bin", NULL);

  g_unlink (path);
  g_assert_true (g_file_set_contents (path, bytes, (gssize) size, NULL));
  return g_file_new_for_path (path);
}

/* Names and contents in turns, ending with NULL. */
static GFile *write_zip (const char *name, ...) G_GNUC_NULL_TERMINATED;

static GFile *
write_zip (const char *name, ...)
{
  g_autofree char *path = g_build_filename (folder, "table.bin", NULL);
  zip_t *zip;
  va_list list;

  g_unlink (path);
  zip = zip_open (path, ZIP_CREATE | ZIP_TRUNCATE, NULL);
  va_start (list, name);
  for (; name != NULL; name = va_arg (list, const char *))
    {
      const char *text = va_arg (list, const char *);

      g_assert_cmpint (zip_file_add (zip, name, zip_source_buffer (zip, text, strlen (text), 0), 0),
                       >=, 0);
    }
  va_end (list);
  g_assert_cmpint (zip_close (zip), ==, 0);
  return g_file_new_for_path (path);
}

#define TYPES "[Content_Types].xml", "<Types/>"
#define RELATIONS                                                                                  \
  "xl/_rels/workbook.xml.rels",                                                                    \
      "<Relationships><Relationship Id='r1' Type='x/worksheet' Target='worksheets/a.xml'/>"        \
      "<Relationship Id='r2' Type='x/worksheet' Target='/xl/worksheets/b.xml'/>"                   \
      "<Relationship Id='r3' Type='x/sharedStrings' Target='sharedStrings.xml'/>"                  \
      "<Relationship Id='r4' Type='x/styles' Target='styles.xml'/></Relationships>"
#define WORKBOOK                                                                                   \
  "xl/workbook.xml",                                                                               \
      "<workbook><sheets><sheet name='Caché' state='hidden' r:id='r1' "                           \
      "xmlns:r='r'/><sheet name='لائحة' r:id='r2' xmlns:r='r'/></sheets></workbook>"
#define STYLES                                                                                     \
  "xl/styles.xml", "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='dd/mm/yyyy'/>"         \
                   "</numFmts><cellXfs><xf numFmtId='0'/><xf numFmtId='164'/>"                     \
                   "<xf numFmtId='22'/><xf numFmtId='20'/></cellXfs></styleSheet>"
#define STRINGS                                                                                    \
  "xl/sharedStrings.xml", "<sst><si><t>Nom</t></si><si><r><t>El </t></r><r><t>Fassi</t></r>"       \
                          "<rPh><t>no</t></rPh></si><si/><si><t>a_x000D_&#10;b</t></si></sst>"
#define SHEET(rows) "<worksheet><sheetData>" rows "</sheetData></worksheet>"
#define EMPTY_SHEET "xl/worksheets/a.xml", SHEET ("")

static GFile *
write_xlsx (const char *sheet)
{
  return write_zip (TYPES, RELATIONS, WORKBOOK, STYLES, STRINGS, EMPTY_SHEET, "xl/worksheets/b.xml",
                    sheet, NULL);
}

#define ODS_MIME "mimetype", "application/vnd.oasis.opendocument.spreadsheet"

static GFile *
write_ods (const char *content)
{
  return write_zip (ODS_MIME, "content.xml", content, NULL);
}

#define ODS(rows)                                                                                  \
  "<d><s><style name='h'><table-properties display='false'/></style></s><b><p>"                    \
  "<table name='F1'>" rows "</table><table name='F2' style-name='h'><table-row><table-cell>"       \
  "<p>x</p></table-cell></table-row></table></p></b></d>"

/* What is read */

/* "ROW: cell¦cell", a row a line; each cell with a letter for its type in front unless it is text. */
static char *
read_rows (KafTableReader *reader, GError **error)
{
  static const char letters[] = { '-', 0, 'n', 'd', 't', 'b', 'e' };
  g_autoptr (GString) out = g_string_new (NULL);

  while (kaf_table_reader_next (reader, NULL, error))
    {
      g_string_append_printf (out, "%u: ", kaf_table_reader_get_row (reader));
      for (guint i = 0; i < kaf_table_reader_get_n_cells (reader); i++)
        {
          const KafTableCell *cell = kaf_table_reader_get_cell (reader, i);

          if (i > 0)
            g_string_append (out, "¦");
          if (letters[cell->type] != 0)
            g_string_append_c (out, letters[cell->type]);
          g_string_append (out, cell->text);
        }
      g_string_append_c (out, '\n');
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
assert_file_reads (GFile *file, const char *expected)
{
  g_autoptr (GFile) own = file;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafTableReader) reader = kaf_table_reader_open (file, NULL, NULL, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = read_rows (reader, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, expected);
}

static void
assert_file_refused (GFile *file, KafTableError code)
{
  g_autoptr (GFile) own = file;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafTableReader) reader = kaf_table_reader_open (file, NULL, NULL, &error);
  g_autofree char *sentence = NULL;
  g_autofree char *text = reader != NULL ? read_rows (reader, &error) : NULL;

  g_assert_error (error, KAF_TABLE_ERROR, (int) code);
  sentence = kaf_table_explain (error);
  g_assert_cmpuint (strlen (sentence), >, 20);
  /* Nothing more comes out of it. */
  if (reader != NULL)
    g_assert_false (kaf_table_reader_next (reader, NULL, NULL));
}

static void
assert_text (const char *bytes, gsize size, const char *encoding, char separator, const char *rows)
{
  g_autoptr (GFile) file = write_bytes (bytes, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (KafTableReader) reader = kaf_table_reader_open (file, NULL, NULL, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (kaf_table_reader_get_kind (reader), ==, KAF_TABLE_CSV);
  g_assert_cmpstr (kaf_table_reader_get_encoding (reader), ==, encoding);
  g_assert_cmpint (kaf_table_reader_get_separator (reader), ==, separator);
  text = read_rows (reader, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, rows);
}

#define TEXT(bytes) bytes, sizeof bytes - 1

static const char sample[] = "الاسم;Prénom\nالوافي;Aïcha\nبنعلي;René\nالتازي;Hélène\n";
static const char sample_rows[] =
    "1: الاسم¦Prénom\n2: الوافي¦Aïcha\n3: بنعلي¦René\n4: التازي¦Hélène\n";

static void
test_encodings (void)
{
  static const char *const wide[] = { "UTF-16LE", "UTF-16BE" };
  gsize size;
  g_autofree char *arabic = g_convert (sample, -1, "WINDOWS-1256", "UTF-8", NULL, &size, NULL);

  assert_text (TEXT (sample), "UTF-8", ';', sample_rows);
  assert_text (TEXT ("\xef\xbb\xbf"
                     "a,b\né,2\n"),
               "UTF-8", ',', "1: a¦b\n2: é¦2\n");
  g_assert_nonnull (arabic);
  assert_text (arabic, size, "WINDOWS-1256", ';', sample_rows);
  for (guint i = 0; i < G_N_ELEMENTS (wide); i++)
    {
      g_autofree char *text = g_convert (sample, -1, wide[i], "UTF-8", NULL, &size, NULL);
      g_autofree char *marked = g_convert ("\xef\xbb\xbf"
                                           "a;b\nا;ب\n",
                                           -1, wide[i], "UTF-8", NULL, NULL, NULL);

      assert_text (text, size, wide[i], ';', sample_rows);
      assert_text (marked, 18, wide[i], ';', "1: a¦b\n2: ا¦ب\n");
    }
  assert_text (TEXT ("Nom,Pr\xe9nom\nLef\xe8vre,Fran\xe7ois\n"), "WINDOWS-1252", ',',
               "1: Nom¦Prénom\n2: Lefèvre¦François\n");
  assert_text (TEXT ("Nom,S\xbdur\nL\xe9"
                     "a,C\xbdur\n"),
               "ISO-8859-15", ',', "1: Nom¦Sœur\n2: Léa¦Cœur\n");
  /* الاسم;المدينة / الوافي;فاس in ISO-8859-6. */
  assert_text (TEXT ("\xc7\xe4\xc7\xd3\xe5;\xc7\xe4\xe5\xcf\xea\xe6\xc9\n"
                     "\xc7\xe4\xe8\xc7\xe1\xea;\xe1\xc7\xd3\n"),
               "ISO-8859-6", ';', "1: الاسم¦المدينة\n2: الوافي¦فاس\n");
}

static void
test_separators (void)
{
  assert_text (TEXT ("a,b;c\n1,5;2\n3,5;4\n"), "UTF-8", ';', "1: a,b¦c\n2: 1,5¦2\n3: 3,5¦4\n");
  assert_text (TEXT ("a\tb\n1\t2\n"), "UTF-8", '\t', "1: a¦b\n2: 1¦2\n");
  assert_text (TEXT ("a|b\n1|2,3\n"), "UTF-8", '|', "1: a¦b\n2: 1¦2,3\n");
  assert_text (TEXT ("sep=;\r\na;b,c,d\r\n1;2\r\n"), "UTF-8", ';', "2: a¦b,c,d\n3: 1¦2\n");
  /* A title above the table, a note and a line with commas do not spoil the guess. */
  assert_text (TEXT ("Liste, provisoire, des experts\na;b;c\n1;2;3\n4,5,6\n7;8;9\n"), "UTF-8", ';',
               "1: Liste, provisoire, des experts\n2: a¦b¦c\n3: 1¦2¦3\n4: 4,5,6\n5: 7¦8¦9\n");
  assert_text (TEXT ("a;b\n\"x;\"\"y\"\"\nz\";2\n5\"x;3\n"), "UTF-8", ';',
               "1: a¦b\n2: x;\"y\"\nz¦2\n4: 5\"x¦3\n");
}

static void
test_set_by_hand (void)
{
  const KafTableOptions options = { "windows-1256", ',' };
  const KafTableOptions wrong = { "EBCDIC", 0 };
  g_autoptr (GFile) file = write_bytes (TEXT ("a;b\n\xc7;2\n"));
  g_autoptr (GError) error = NULL;
  g_autoptr (KafTableReader) reader = kaf_table_reader_open (file, &options, NULL, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = read_rows (reader, &error);
  g_assert_cmpstr (text, ==, "1: a;b\n2: ا;2\n");
  g_assert_cmpstr (kaf_table_reader_get_encoding (reader), ==, "WINDOWS-1256");
  g_assert_null (kaf_table_reader_open (file, &wrong, NULL, &error));
  g_assert_error (error, KAF_TABLE_ERROR, KAF_TABLE_ERROR_ENCODING);
}

static void
assert_number (const char *text, const char *expected)
{
  g_autoptr (GString) out = g_string_new (NULL);

  g_assert_true (kaf_table_number_clean (text, out));
  g_assert_cmpstr (out->str, ==, expected);
}

static void
assert_day (const char *text, KafTableShown shown, gboolean since_1904, const char *expected)
{
  g_autoptr (GString) out = g_string_new (NULL);

  kaf_table_number_to_day (text, shown, since_1904, out);
  g_assert_cmpstr (out->str, ==, expected);
}

static void
test_numbers (void)
{
  g_autoptr (GString) out = g_string_new (NULL);

  assert_number ("1.5E3", "1500");
  assert_number ("1.50", "1.5");
  assert_number ("0.30000000000000004", "0.3");
  assert_number ("2.1266123456700000E+11", "212661234567");
  assert_number ("12345678901234567890", "12345678901234567890");
  assert_number ("-0.00012", "-0.00012");
  assert_number ("0", "0");
  assert_number ("007", "7");
  g_assert_false (kaf_table_number_clean ("x", out));
  g_assert_false (kaf_table_number_clean ("inf", out));
  g_assert_false (kaf_table_number_clean ("0x10", out));

  assert_day ("45000", KAF_TABLE_SHOWN_DATE, FALSE, "2023-03-15");
  assert_day ("45000.5", KAF_TABLE_SHOWN_DATE_TIME, FALSE, "2023-03-15T12:00:00");
  assert_day ("0.354166666666667", KAF_TABLE_SHOWN_TIME, FALSE, "08:30:00");
  /* The leap year that was none. */
  assert_day ("59", KAF_TABLE_SHOWN_DATE, FALSE, "1900-02-28");
  assert_day ("60", KAF_TABLE_SHOWN_DATE, FALSE, "60");
  assert_day ("61", KAF_TABLE_SHOWN_DATE, FALSE, "1900-03-01");
  assert_day ("1", KAF_TABLE_SHOWN_DATE, FALSE, "1900-01-01");
  assert_day ("0", KAF_TABLE_SHOWN_DATE, TRUE, "1904-01-01");
  assert_day ("43538", KAF_TABLE_SHOWN_DATE, TRUE, "2023-03-15");
  assert_day ("-1", KAF_TABLE_SHOWN_DATE, FALSE, "-1");

  g_assert_cmpint (kaf_table_shown_from_code ("dd/mm/yyyy"), ==, KAF_TABLE_SHOWN_DATE);
  g_assert_cmpint (kaf_table_shown_from_code ("[$-40C]d mmm yyyy;@"), ==, KAF_TABLE_SHOWN_DATE);
  g_assert_cmpint (kaf_table_shown_from_code ("yyyy-mm-dd hh:mm"), ==, KAF_TABLE_SHOWN_DATE_TIME);
  g_assert_cmpint (kaf_table_shown_from_code ("[h]:mm"), ==, KAF_TABLE_SHOWN_TIME);
  g_assert_cmpint (kaf_table_shown_from_code ("#,##0.00 \"DH\""), ==, KAF_TABLE_SHOWN_NUMBER);
  g_assert_cmpint (kaf_table_shown_from_code ("[Red]0.0"), ==, KAF_TABLE_SHOWN_NUMBER);
  g_assert_cmpint (kaf_table_shown_from_code ("General"), ==, KAF_TABLE_SHOWN_NUMBER);
}

static void
test_xlsx (void)
{
  assert_file_reads (
      write_xlsx (SHEET (
          "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='C1' t='s'><v>1</v></c></row><row r='2'/>"
          "<row r='4'><c r='B4' s='1'><v>45000</v></c><c r='C4' s='2'><v>45000.5</v></c>"
          "<c r='D4'><f>1+1</f><v>2.50</v></c><c r='E4' t='b'><v>1</v></c>"
          "<c r='F4' t='e'><v>#N/A</v></c><c t='inlineStr'><is><t>x</t></is></c>"
          "<c t='str'><f>T()</f><v>ع</v></c><c t='s'><v>3</v></c><c s='3'><v>0.5</v></c></row>")),
      "1: Nom¦-¦El Fassi\n4: -¦d2023-03-15¦t2023-03-15T12:00:00¦n2.5¦b1¦e#N/A¦x¦ع¦a\nb¦12:00:00\n");
}

static void
test_sheets (void)
{
  g_autoptr (GFile) file =
      write_xlsx (SHEET ("<row><c><v>1</v></c></row><row><c><v>2</v></c></row>"));
  g_autoptr (GError) error = NULL;
  g_autoptr (KafTableReader) reader = kaf_table_reader_open (file, NULL, NULL, &error);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (kaf_table_reader_get_n_sheets (reader), ==, 2);
  g_assert_true (kaf_table_reader_get_sheet (reader, 0)->hidden);
  g_assert_cmpstr (kaf_table_reader_get_sheet (reader, 1)->name, ==, "لائحة");
  g_assert_cmpuint (kaf_table_reader_get_chosen (reader), ==, 1);
  rows = kaf_table_reader_peek (reader, 1, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpstr (((KafTablePeek *) g_ptr_array_index (rows, 0))->cells[0].text, ==, "1");
  text = read_rows (reader, &error);
  g_assert_cmpstr (text, ==, "1: n1\n2: n2\n");
  g_assert_true (kaf_table_reader_choose (reader, 0, NULL, &error));
  g_assert_false (kaf_table_reader_next (reader, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (kaf_table_reader_choose (reader, 2, NULL, &error));
  g_assert_error (error, KAF_TABLE_ERROR, KAF_TABLE_ERROR_NO_SHEET);
  g_clear_error (&error);

  g_assert_true (kaf_table_reader_choose (reader, 1, NULL, &error));
  g_cancellable_cancel (cancellable);
  g_assert_false (kaf_table_reader_next (reader, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_xlsx_refused (void)
{
  assert_file_refused (write_zip (TYPES, RELATIONS, WORKBOOK, "xl/vbaProject.bin", "x", NULL),
                       KAF_TABLE_ERROR_MACROS);
  assert_file_refused (write_zip ("[Content_Types].xml",
                                  "<Types><Override ContentType='application/"
                                  "vnd.ms-excel.sheet.macroEnabled.main+xml'/></Types>",
                                  RELATIONS, WORKBOOK, NULL),
                       KAF_TABLE_ERROR_MACROS);
  assert_file_refused (
      write_zip (TYPES, RELATIONS, WORKBOOK, "xl/externalLinks/externalLink1.xml", "<x/>", NULL),
      KAF_TABLE_ERROR_EXTERNAL);
  assert_file_refused (write_zip (TYPES, "xl/workbook.bin", "x", NULL), KAF_TABLE_ERROR_BINARY);
  assert_file_refused (write_zip (TYPES, RELATIONS, WORKBOOK, "../../x", "y", NULL),
                       KAF_TABLE_ERROR_BROKEN);
  assert_file_refused (write_xlsx ("<!DOCTYPE a [<!ENTITY b 'cc'>]><worksheet/>"),
                       KAF_TABLE_ERROR_ENTITIES);
  assert_file_refused (write_xlsx (SHEET ("<row><c r='XFE1'><v>1</v></c></row>")),
                       KAF_TABLE_ERROR_WIDE);
  assert_file_refused (write_xlsx (SHEET ("<row r='1048577'><c><v>1</v></c></row>")),
                       KAF_TABLE_ERROR_LONG);
  assert_file_refused (write_xlsx (SHEET ("<row r='2'/><row r='1'/>")), KAF_TABLE_ERROR_BROKEN);
  assert_file_refused (write_xlsx (SHEET ("<row><c t='s'><v>9</v></c></row>")),
                       KAF_TABLE_ERROR_BROKEN);
  assert_file_refused (write_xlsx ("<worksheet><sheetData><row>"), KAF_TABLE_ERROR_BROKEN);
}

/* A sheet of equal rows that grows a thousandfold; and bytes that were damaged. */
static void
test_bombs (void)
{
  g_autoptr (GString) bomb = g_string_new ("<worksheet><sheetData><row><c t='str'><v>");
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = g_build_filename (folder, "table.bin", NULL);
  g_autofree char *bytes = NULL;
  gsize size;

  for (guint i = 0; i < 40 * 1024 * 1024 / 16; i++)
    g_string_append (bomb, "<!-- nothing -->");
  g_string_append (bomb, "</v></c></row></sheetData></worksheet>");
  assert_file_refused (write_xlsx (bomb->str), KAF_TABLE_ERROR_BOMB);

  g_clear_object (&file);
  file = write_xlsx (SHEET ("<row><c><v>1</v></c></row>"));
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  assert_file_refused (write_bytes (bytes, size / 2), KAF_TABLE_ERROR_BROKEN);
}

static void
test_ods (void)
{
  assert_file_reads (
      write_ods (ODS (
          "<table-row number-rows-repeated='2'/><table-row number-rows-repeated='2'><table-cell "
          "value-type='string'><annotation><p>note</p></annotation><p>El<s c='2'/>Fassi</p>"
          "<p>عائشة</p></table-cell><table-cell number-columns-repeated='2'/>"
          "<table-cell value-type='date' date-value='2026-01-02'><p>2 janv.</p></table-cell>"
          "<table-cell value-type='date' date-value='2026-01-02T03:04:05'/>"
          "<covered-table-cell/><table-cell value-type='float' value='1.50'/>"
          "<table-cell value-type='currency' value='12500' currency='MAD'/>"
          "<table-cell value-type='percentage' value='0.25'><p>25 %</p></table-cell>"
          "<table-cell value-type='boolean' boolean-value='true'/>"
          "<table-cell value-type='time' time-value='PT08H30M00S'/>"
          "<table-cell value-type='string' formula='of:=1/0'><p>#DIV/0!</p></table-cell>"
          "<table-cell number-columns-repeated='16000'/></table-row>"
          "<table-row number-rows-repeated='1048570'/>")),
      "3: El  Fassi\nعائشة¦-¦-¦d2026-01-02¦t2026-01-02T03:04:05¦-¦n1.5¦n12500¦n0.25¦b1¦08:30:00¦"
      "e#DIV/0!\n"
      "4: El  Fassi\nعائشة¦-¦-¦d2026-01-02¦t2026-01-02T03:04:05¦-¦n1.5¦n12500¦n0.25¦b1¦08:30:00¦"
      "e#DIV/0!\n");
}

static void
test_ods_sheets (void)
{
  g_autoptr (GFile) file = write_ods (ODS (""));
  g_autoptr (GError) error = NULL;
  g_autoptr (KafTableReader) reader = kaf_table_reader_open (file, NULL, NULL, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (kaf_table_reader_get_n_sheets (reader), ==, 2);
  g_assert_false (kaf_table_reader_get_sheet (reader, 0)->hidden);
  g_assert_true (kaf_table_reader_get_sheet (reader, 1)->hidden);
  g_assert_false (kaf_table_reader_next (reader, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (kaf_table_reader_choose (reader, 1, NULL, &error));
  text = read_rows (reader, &error);
  g_assert_cmpstr (text, ==, "1: x\n");
}

static void
test_ods_refused (void)
{
  static const char plain[] = ODS ("");

  assert_file_refused (
      write_zip (ODS_MIME, "content.xml", plain, "Basic/Standard/Module1.xml", "<x/>", NULL),
      KAF_TABLE_ERROR_MACROS);
  assert_file_refused (
      write_zip (ODS_MIME, "content.xml", "??", "META-INF/manifest.xml",
                 "<manifest><file-entry><encryption-data/></file-entry></manifest>", NULL),
      KAF_TABLE_ERROR_ENCRYPTED);
  assert_file_refused (write_ods (ODS ("<table-source href='x'/>")), KAF_TABLE_ERROR_EXTERNAL);
  assert_file_refused (
      write_ods (ODS ("<table-row><table-cell formula=\"of:=['file:///x.ods'#$A.A1]\" "
                      "value-type='float' value='1'/></table-row>")),
      KAF_TABLE_ERROR_EXTERNAL);
  assert_file_refused (write_ods ("<!DOCTYPE a [<!ENTITY b 'cc'>]><d/>"), KAF_TABLE_ERROR_ENTITIES);
  assert_file_refused (
      write_ods (ODS ("<table-row number-rows-repeated='1048576'><table-cell "
                      "number-columns-repeated='16384'><p>x</p></table-cell></table-row>")),
      KAF_TABLE_ERROR_BOMB);
  assert_file_refused (write_ods (ODS ("<table-row><table-cell number-columns-repeated='16384'/>"
                                       "<table-cell><p>x</p></table-cell></table-row>")),
                       KAF_TABLE_ERROR_WIDE);
}

static void
assert_vcard (const char *text, guint column, const char *expected)
{
  g_autoptr (GFile) file = write_bytes (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (KafTableReader) reader = kaf_table_reader_open (file, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (kaf_table_reader_get_kind (reader), ==, KAF_TABLE_VCARD);
  g_assert_true (kaf_table_reader_next (reader, NULL, &error));
  g_assert_cmpstr (kaf_table_reader_get_cell (reader, 0)->text, ==, "full_name");
  g_assert_true (kaf_table_reader_next (reader, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (kaf_table_reader_get_cell (reader, column)->text, ==, expected);
}

static void
test_vcard (void)
{
  static const char card[] =
      "BEGIN:VCARD\r\nVERSION:4.0\r\nFN;ALTID=1;LANGUAGE=fr:Aïcha El\r\n  Fassi\r\n"
      "FN;ALTID=1;LANGUAGE=ar:عائشة الفاسي\r\nFN:Aicha Fassi\r\nN:El Fassi;Aïcha;Zahra;;\r\n"
      "N;LANGUAGE=ar:الفاسي;عائشة;;;\r\nitem1.TEL;VALUE=uri;TYPE=\"voice,home\":tel:+212661000000"
      "\r\nTEL:0522 00 00 00\r\nEMAIL;TYPE=work:a@example.org\r\nORG:Univ\\; x;Labo\r\n"
      "ADR:;;12 rue X;Fès;;30000;Maroc\r\nBDAY:19850203\r\nLANG:fr\r\nLANG:ar\r\n"
      "NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=WINDOWS-1252:caf=E9=\r\n noir\r\n"
      "PHOTO;ENCODING=b:AAAA\r\nX-RESEAU:C3M\\, Lyon\r\nEND:VCARD\r\n"
      "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:B\r\nEND:VCARD\r\n";
  static const char *const expected[] = {
    "Aïcha El Fassi",
    "عائشة الفاسي",
    "El Fassi",
    "Aïcha Zahra",
    "الفاسي",
    "عائشة",
    "Aicha Fassi",
    "a@example.org",
    "+212661000000|0522 00 00 00",
    "Univ; x, Labo",
    "",
    "",
    "",
    "12 rue X, 30000",
    "Fès",
    "Maroc",
    "",
    "1985-02-03",
    "fr|ar",
    "",
    "",
    "café noir",
    "",
    "X-RESEAU: C3M, Lyon",
  };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    assert_vcard (card, i, expected[i]);
  assert_file_refused (write_bytes (TEXT ("BEGIN:VCARD\nFN:A\n")), KAF_TABLE_ERROR_BROKEN);
}

static void
test_kinds_refused (void)
{
  assert_file_refused (write_bytes ("", 0), KAF_TABLE_ERROR_EMPTY);
  assert_file_refused (write_bytes (TEXT ("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 Workbook")),
                       KAF_TABLE_ERROR_OLD_EXCEL);
  assert_file_refused (write_bytes (TEXT ("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
                                          "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0")),
                       KAF_TABLE_ERROR_ENCRYPTED);
  assert_file_refused (write_bytes (TEXT ("  <html><table></table></html>")), KAF_TABLE_ERROR_HTML);
  assert_file_refused (write_bytes (TEXT ("%PDF-1.7\n")), KAF_TABLE_ERROR_UNKNOWN);
  assert_file_refused (write_bytes (TEXT ("\x7f"
                                          "ELF\1\1\1\0\0\0\0")),
                       KAF_TABLE_ERROR_UNKNOWN);
  assert_file_refused (write_bytes (TEXT ("a;b\n\"x;2\n3;4\n")), KAF_TABLE_ERROR_QUOTE);
  assert_file_refused (write_zip ("word/document.xml", "<x/>", "[Content_Types].xml", "<x/>", NULL),
                       KAF_TABLE_ERROR_UNKNOWN);
}

/* Quotation marks that are opened and never closed swallow line after line: one sentence for the file, with the first. */
static void
test_torn_by_quotes (void)
{
  g_autoptr (GString) torn = g_string_new ("name;city;note\n");
  g_autoptr (GString) sound = g_string_new ("name;city;note\n");
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (KafTableReader) reader = NULL;
  g_autofree char *sentence = NULL;
  g_autofree char *rows = NULL;

  for (guint i = 0; i < 400; i++)
    {
      g_string_append_printf (torn, "%sAlami %u;Lyon;x\n", i % 2 == 1 ? "\"" : "", i);
      /* Notes of several lines, and a torn one here and there. */
      g_string_append_printf (sound, "Alami %u;Lyon;\"a\nb\nc\"%s\n", i, i % 5 == 0 ? "d" : "");
    }
  file = write_bytes (torn->str, torn->len);
  reader = kaf_table_reader_open (file, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (kaf_table_reader_peek (reader, 200, NULL, &error));
  g_assert_error (error, KAF_TABLE_ERROR, KAF_TABLE_ERROR_QUOTES);
  sentence = kaf_table_explain (error);
  g_assert_nonnull (strstr (sentence, "line 3 "));

  g_clear_error (&error);
  g_clear_pointer (&reader, kaf_table_reader_free);
  g_object_unref (file);
  file = write_bytes (sound->str, sound->len);
  reader = kaf_table_reader_open (file, NULL, NULL, &error);
  rows = read_rows (reader, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (rows, "Alami 399"));
}

/* A pipe that nobody writes into is not waited for. */
static void
test_pipe (void)
{
  g_autofree char *path = g_build_filename (folder, "table.pipe", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  g_assert_null (kaf_table_reader_open (file, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE);
  g_unlink (path);
}

/* Files that other programs wrote: LibreOffice 7.4, and openpyxl 3.0 under an ending that is wrong. */
static void
test_other_programs (void)
{
  static const char list[] =
      "1: Nom¦Prénom¦الاسم العائلي¦E-mail¦Tél¦Date¦Montant¦Pays\n"
      "2: EL FASSI¦Aïcha¦الفاسي¦a@example.org¦n212661000000¦d2026-01-02¦n1250.5¦Maroc\n"
      "3: Benali¦Salma¦بنعلي¦s@example.org¦n33612345678¦d2025-12-31¦n3¦France\n";
  static const struct
  {
    const char *name, *rows;
  } files[] = {
    { "libreoffice.ods", list },
    { "libreoffice.xlsx", list },
    { "openpyxl-wrong-ending.csv",
      "1: Nom¦الاسم¦Date¦N\n2: El Fassi¦عائشة¦t2026-01-02T03:04:05¦n1.5\n3: -¦-¦d1999-12-31¦b1\n5: fusion\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path =
          g_test_build_filename (G_TEST_DIST, "..", "fixtures", "table", files[i].name, NULL);

      assert_file_reads (g_file_new_for_path (path), files[i].rows);
    }
}

int
main (int argc, char *argv[])
{
  int status;
  g_autofree char *path = NULL;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("kaf-table-XXXXXX", NULL);
  g_test_add_func ("/table/encodings", test_encodings);
  g_test_add_func ("/table/separators", test_separators);
  g_test_add_func ("/table/set-by-hand", test_set_by_hand);
  g_test_add_func ("/table/numbers", test_numbers);
  g_test_add_func ("/table/xlsx", test_xlsx);
  g_test_add_func ("/table/sheets", test_sheets);
  g_test_add_func ("/table/xlsx-refused", test_xlsx_refused);
  g_test_add_func ("/table/bombs", test_bombs);
  g_test_add_func ("/table/ods", test_ods);
  g_test_add_func ("/table/ods-sheets", test_ods_sheets);
  g_test_add_func ("/table/ods-refused", test_ods_refused);
  g_test_add_func ("/table/vcard", test_vcard);
  g_test_add_func ("/table/kinds-refused", test_kinds_refused);
  g_test_add_func ("/table/torn-by-quotes", test_torn_by_quotes);
  g_test_add_func ("/table/pipe", test_pipe);
  g_test_add_func ("/table/other-programs", test_other_programs);
  status = g_test_run ();
  path = g_build_filename (folder, "table.bin", NULL);
  g_unlink (path);
  g_rmdir (folder);
  g_free (folder);
  return status;
}
