/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CSV: what is read rightly, what is refused and on which line, and that writing and reading give
 * the same back, formulas and all. */
#include "config.h"

#include <string.h>

#include "exchange/kaf-csv-reader.h"
#include "exchange/kaf-csv-writer.h"

#define FIELD_LIMIT (1024 * 1024)

static KafCsvReader *
read_bytes (const char *bytes, gsize length)
{
  g_autoptr (GBytes) data = g_bytes_new (bytes, length);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (data);

  return kaf_csv_reader_new (stream);
}

/* Rows as "a¦b", one a line, an absent cell as "∅". */
static char *
read_all (KafCsvReader *csv, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  GError *local_error = NULL;

  while (kaf_csv_reader_next (csv, NULL, &local_error))
    {
      for (guint i = 0; i < kaf_csv_reader_get_n_columns (csv); i++)
        {
          const char *cell = kaf_csv_reader_get (csv, i);

          g_string_append_printf (text, "%s%s", i > 0 ? "¦" : "", cell != NULL ? cell : "∅");
        }
      g_string_append_c (text, '\n');
    }
  if (local_error != NULL)
    g_propagate_error (error, local_error);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_reads (const char *bytes, const char *expected)
{
  g_autoptr (KafCsvReader) csv = read_bytes (bytes, strlen (bytes));
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_assert_true (kaf_csv_reader_read_header (csv, NULL, &error));
  g_assert_no_error (error);
  text = read_all (csv, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, expected);
}

static void
assert_refuses_bytes (const char *bytes, gsize length, KafCsvError code, guint line)
{
  g_autoptr (KafCsvReader) csv = read_bytes (bytes, length);
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;
  g_autofree char *text = NULL;

  if (kaf_csv_reader_read_header (csv, NULL, &error))
    text = read_all (csv, &error);
  g_assert_error (error, KAF_CSV_ERROR, (int) code);
  g_assert_cmpuint (kaf_csv_reader_get_line (csv), ==, line);
  sentence = kaf_csv_explain (error);
  g_assert_cmpint (strlen (sentence), >, 20);

  /* Nothing more comes out of it. */
  g_clear_error (&error);
  if (kaf_csv_reader_get_n_columns (csv) > 0)
    g_assert_false (kaf_csv_reader_next (csv, NULL, &error));
  g_assert_no_error (error);
}

static void
assert_refuses (const char *bytes, KafCsvError code, guint line)
{
  assert_refuses_bytes (bytes, strlen (bytes), code, line);
}

static void
test_line_ends (void)
{
  assert_reads ("a,b\n1,2\n3,4\n", "1¦2\n3¦4\n");
  assert_reads ("a,b\r\n1,2\r\n3,4\r\n", "1¦2\n3¦4\n");
  assert_reads ("a,b\r1,2\r3,4\r", "1¦2\n3¦4\n");
  assert_reads ("a,b\n1,2\n3,4", "1¦2\n3¦4\n");
  assert_reads ("a,b\n\n1,2\n\n\r\n , \n,,\n3,4\n\n", "1¦2\n3¦4\n");
  assert_reads ("a,b\n", "");
  assert_reads ("a,b", "");
}

static void
test_fields (void)
{
  assert_reads ("\xef\xbb\xbf"
                "a,b\n1,2\n",
                "1¦2\n");
  assert_reads ("a,b\n\"x,\"\"y\"\"\",\"l1\nl2\"\n", "x,\"y\"¦l1\nl2\n");
  assert_reads ("a,b\r\n\"l1\r\nl2\rl3\",2\r\n", "l1\nl2\nl3¦2\n");
  assert_reads ("a,b\n\"\",2\n", "¦2\n");
  assert_reads ("a,b,c\n1\n1,2\n", "1¦∅¦∅\n1¦2¦∅\n");
  assert_reads ("a,b\n1,2,,\n", "1¦2\n");
  assert_reads ("nom,اسم\nLefèvre,الوافي\n", "Lefèvre¦الوافي\n");
}

static void
test_separators (void)
{
  static const struct
  {
    const char *text;
    char separator;
  } cases[] = {
    { "a,b;c,d\n", ',' },    { "a;b;c,d\n", ';' },
    { "a\tb\tc;d\n", '\t' }, { "\"a,b,c,d\";b\n1;2\n", ';' },
    { "a\n1;2,3\n", ',' },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (KafCsvReader) csv = read_bytes (cases[i].text, strlen (cases[i].text));

      g_assert_true (kaf_csv_reader_read_header (csv, NULL, NULL));
      g_assert_cmpint (kaf_csv_reader_get_separator (csv), ==, cases[i].separator);
    }
  assert_reads ("a;b\n1,5;2\n", "1,5¦2\n");
  assert_reads ("a\tb\n1;\t2\n", "1;¦2\n");
}

static void
test_encodings (void)
{
  /* The beginning of a word cut in the middle of a letter, and a stray byte in good UTF-8. */
  assert_refuses ("a,b\n1,2\néà\xc3,x\n", KAF_CSV_ERROR_UTF8, 3);
  assert_refuses ("a,b\n1,2\nالوافي\xff,x\n", KAF_CSV_ERROR_UTF8, 3);
  /* الوافي and Lefèvre as Windows writes them. */
  assert_refuses ("a,b\n\xc7\xe1\xe6\xc7\xdd\xed,x\n", KAF_CSV_ERROR_WINDOWS_1256, 2);
  assert_refuses ("a,b\n1,2\nx,Lef\xe8vre\n", KAF_CSV_ERROR_WINDOWS_1252, 3);
  assert_refuses ("a,b\n1,\"l1\nl2 Lef\xe8vre\"\n", KAF_CSV_ERROR_WINDOWS_1252, 3);
  assert_refuses ("pr\xe9nom,b\n", KAF_CSV_ERROR_WINDOWS_1252, 1);
  assert_refuses_bytes ("\xff\xfe"
                        "a\0,\0b\0\n\0",
                        10, KAF_CSV_ERROR_UTF16, 1);
  /* Overlong forms and surrogates are no UTF-8. */
  assert_refuses ("a,b\n\xc0\xaf,x\n", KAF_CSV_ERROR_WINDOWS_1252, 2);
}

static void
test_refused (void)
{
  assert_refuses ("", KAF_CSV_ERROR_EMPTY, 1);
  assert_refuses ("\xef\xbb\xbf", KAF_CSV_ERROR_EMPTY, 1);
  assert_refuses ("\n\n", KAF_CSV_ERROR_EMPTY, 1);
  assert_refuses_bytes ("a,b\n1,2\n1,\0"
                        "2\n",
                        13, KAF_CSV_ERROR_NUL, 3);
  assert_refuses ("a,b\n1,2\n\"x,2\n3,4\n", KAF_CSV_ERROR_OPEN_QUOTE, 3);
  assert_refuses ("a,b\n\"x\"y,2\n", KAF_CSV_ERROR_AFTER_QUOTE, 2);
  assert_refuses ("a,b\nx \"y\",2\n", KAF_CSV_ERROR_STRAY_QUOTE, 2);
  assert_refuses ("a,b\n1,2\n1,2,3\n", KAF_CSV_ERROR_TOO_MANY_FIELDS, 3);
  assert_refuses ("a,b,a\n1,2,3\n", KAF_CSV_ERROR_DUPLICATE_COLUMN, 1);
  assert_refuses ("a, a \n1,2\n", KAF_CSV_ERROR_DUPLICATE_COLUMN, 1);
  assert_refuses ("a,,b\n1,2,3\n", KAF_CSV_ERROR_EMPTY_COLUMN, 1);
}

static char *
make_long (gsize length)
{
  g_autoptr (GString) text = g_string_sized_new (length + 16);

  g_string_append (text, "a,b\n1,2\n1,");
  for (gsize i = 0; i < length; i++)
    g_string_append_c (text, 'x');
  g_string_append_c (text, '\n');
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_limits (void)
{
  g_autofree char *just = make_long (FIELD_LIMIT);
  g_autofree char *over = make_long (FIELD_LIMIT + 1);
  g_autofree char *huge = make_long (10 * 1024 * 1024);
  g_autoptr (KafCsvReader) csv = read_bytes (just, strlen (just));
  g_autoptr (GError) error = NULL;

  g_assert_true (kaf_csv_reader_read_header (csv, NULL, NULL));
  g_assert_true (kaf_csv_reader_next (csv, NULL, NULL));
  g_assert_true (kaf_csv_reader_next (csv, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (strlen (kaf_csv_reader_get (csv, 1)), ==, FIELD_LIMIT);
  g_assert_cmpint (kaf_csv_reader_get_position (csv), ==, strlen (just));

  assert_refuses (over, KAF_CSV_ERROR_TOO_LONG, 3);
  assert_refuses (huge, KAF_CSV_ERROR_TOO_LONG, 3);
}

/* The reader keeps to its place across the ends of its buffer. */
static void
test_buffers (void)
{
  g_autoptr (GString) text = g_string_new ("a,b\r\n");
  g_autoptr (KafCsvReader) csv = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0;

  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (text, "%u,\"é\r\nا%u\"\r\n", i, i);
  csv = read_bytes (text->str, text->len);
  g_assert_true (kaf_csv_reader_read_header (csv, NULL, NULL));
  for (; kaf_csv_reader_next (csv, NULL, &error); n++)
    {
      g_autofree char *first = g_strdup_printf ("%u", n);
      g_autofree char *second = g_strdup_printf ("é\nا%u", n);

      g_assert_cmpstr (kaf_csv_reader_get (csv, 0), ==, first);
      g_assert_cmpstr (kaf_csv_reader_get (csv, 1), ==, second);
      g_assert_cmpuint (kaf_csv_reader_get_line (csv), ==, 2 + 2 * n);
    }
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 20000);
}

static void
test_cancelled (void)
{
  g_autoptr (KafCsvReader) csv = read_bytes ("a\n1\n", 4);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (kaf_csv_reader_read_header (csv, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static const char *const awkward[] = {
  "",    "plain",  "=1+1",          "+cmd",        "@SUM(A1)", "-x",
  "\tx", "'=x",    "''=x",          "'x",          "'",        "-",
  "'-",  "-12",    "+212528000000", "+212528|+33", "a\"b",     "a,b",
  "a;b", "l1\nl2", " x ",           "الوافي",      "+",        "'+212528000000",
};

static void
test_guard (void)
{
  static const struct
  {
    const char *text;
    gboolean guarded;
  } cases[] = {
    { "=1", TRUE },   { "@x", TRUE },  { "-x", TRUE },    { "-", TRUE },    { "\tx", TRUE },
    { "\rx", TRUE },  { "'=x", TRUE }, { "+1|+2", TRUE }, { "-12", FALSE }, { "+212528", FALSE },
    { "x=1", FALSE }, { "'x", FALSE }, { "", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (kaf_csv_needs_guard (cases[i].text), ==, cases[i].guarded);
  for (guint i = 0; i < G_N_ELEMENTS (awkward); i++)
    {
      g_autofree char *guarded =
          g_strconcat (kaf_csv_needs_guard (awkward[i]) ? "'" : "", awkward[i], NULL);

      /* A number keeps its sign; a spreadsheet's own apostrophe before it goes. */
      if (!g_str_equal (awkward[i], "'+212528000000"))
        g_assert_cmpstr (kaf_csv_unguard (guarded), ==, awkward[i]);
    }
}

static void
test_round_trip (void)
{
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  g_autoptr (KafCsvWriter) writer = kaf_csv_writer_new (out, ',', TRUE);
  g_autoptr (KafCsvReader) csv = NULL;
  g_autoptr (GError) error = NULL;

  kaf_csv_writer_add (writer, "n");
  kaf_csv_writer_add (writer, "text");
  g_assert_true (kaf_csv_writer_end_row (writer, NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (awkward); i++)
    {
      kaf_csv_writer_add (writer, "n");
      kaf_csv_writer_add (writer, awkward[i]);
      g_assert_true (kaf_csv_writer_end_row (writer, NULL, NULL));
    }
  g_assert_true (kaf_csv_writer_flush (writer, NULL, NULL));
  g_assert_true (g_output_stream_close (out, NULL, NULL));

  csv = read_bytes (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (out)),
                    g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (out)));
  g_assert_true (kaf_csv_reader_read_header (csv, NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (awkward); i++)
    {
      g_assert_true (kaf_csv_reader_next (csv, NULL, &error));
      g_assert_no_error (error);
      g_assert_cmpstr (kaf_csv_unguard (kaf_csv_reader_get (csv, 1)), ==, awkward[i]);
    }
  g_assert_false (kaf_csv_reader_next (csv, NULL, &error));
  g_assert_no_error (error);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv/line-ends", test_line_ends);
  g_test_add_func ("/csv/fields", test_fields);
  g_test_add_func ("/csv/separators", test_separators);
  g_test_add_func ("/csv/encodings", test_encodings);
  g_test_add_func ("/csv/refused", test_refused);
  g_test_add_func ("/csv/limits", test_limits);
  g_test_add_func ("/csv/buffers", test_buffers);
  g_test_add_func ("/csv/cancelled", test_cancelled);
  g_test_add_func ("/csv/guard", test_guard);
  g_test_add_func ("/csv/round-trip", test_round_trip);
  return g_test_run ();
}
