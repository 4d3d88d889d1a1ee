/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/kaf-import-inspect.h"

#include <glib/gi18n-lib.h>

#include "cli/kaf-table.h"
#include "exchange/kaf-column-guess.h"
#include "exchange/kaf-explain.h"

/* First rows that are printed. */
#define ROWS_SHOWN 5

static gboolean
choose_sheet (KafTableReader *reader, const char *name, GError **error)
{
  for (guint i = 0; i < kaf_table_reader_get_n_sheets (reader); i++)
    if (g_str_equal (kaf_table_reader_get_sheet (reader, i)->name, name))
      return kaf_table_reader_choose (reader, i, NULL, error);
  g_set_error_literal (error, KAF_TABLE_ERROR, KAF_TABLE_ERROR_NO_SHEET, "no sheet of that name");
  return FALSE;
}

static char *
tell_separator (char separator)
{
  return separator == '\t' ? g_strdup ("TAB") : g_strdup_printf ("%c", separator);
}

static void
add_sheets (JsonBuilder *builder, const KafTableReader *reader)
{
  json_builder_set_member_name (builder, "sheets");
  json_builder_begin_array (builder);
  for (guint i = 0; i < kaf_table_reader_get_n_sheets (reader); i++)
    {
      const KafTableSheet *sheet = kaf_table_reader_get_sheet (reader, i);

      json_builder_begin_object (builder);
      kaf_cli_add_text (builder, "name", sheet->name);
      json_builder_set_member_name (builder, "hidden");
      json_builder_add_boolean_value (builder, sheet->hidden);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
print_json (const KafTableReader *reader, const char *const *headers, const GArray *guesses)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *separator = kaf_table_reader_get_separator (reader) != 0
                                   ? tell_separator (kaf_table_reader_get_separator (reader))
                                   : NULL;

  json_builder_begin_object (builder);
  kaf_cli_add_text (builder, "kind", kaf_table_kind_name (kaf_table_reader_get_kind (reader)));
  kaf_cli_add_text (builder, "encoding", kaf_table_reader_get_encoding (reader));
  kaf_cli_add_text (builder, "separator", separator);
  add_sheets (builder, reader);
  json_builder_set_member_name (builder, "columns");
  json_builder_begin_array (builder);
  for (guint i = 0; i < guesses->len; i++)
    {
      const KafColumnGuess *guess = &g_array_index (guesses, KafColumnGuess, i);

      json_builder_begin_object (builder);
      kaf_cli_add_text (builder, "header", headers != NULL ? headers[i] : NULL);
      kaf_cli_add_text (builder, "entity", guess->entity != NULL ? guess->entity->id : NULL);
      kaf_cli_add_text (builder, "field", guess->field != NULL ? guess->field->id : NULL);
      json_builder_set_member_name (builder, "split");
      json_builder_add_boolean_value (builder, guess->treatment == KAF_COLUMN_FULL_NAME);
      json_builder_set_member_name (builder, "confidence");
      json_builder_add_double_value (builder, guess->confidence);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
}

static void
print_columns (const char *const *headers, const GArray *guesses)
{
  g_autoptr (KafTable) table = kaf_table_new (4);

  for (guint i = 0; i < guesses->len; i++)
    {
      const KafColumnGuess *guess = &g_array_index (guesses, KafColumnGuess, i);
      g_autofree char *number = g_strdup_printf ("%u", i + 1);
      g_autofree char *sure = guess->field != NULL
                                  ? g_strdup_printf ("%d %%", (int) (guess->confidence * 100 + 0.5))
                                  : NULL;

      kaf_table_add (table, number);
      kaf_table_add (table, headers != NULL ? headers[i] : NULL);
      kaf_table_add (table, guess->field == NULL ? "–"
                            : guess->treatment == KAF_COLUMN_FULL_NAME
                                ? _ ("Full name, to be split")
                                : _ (guess->field->label));
      kaf_table_add (table, sure);
    }
  kaf_table_print (table);
}

static void
print_rows (const GPtrArray *rows, guint n_columns)
{
  g_autoptr (KafTable) table = kaf_table_new (n_columns + 1);

  for (guint i = 0; i < MIN (rows->len, ROWS_SHOWN); i++)
    {
      const KafTablePeek *row = g_ptr_array_index (rows, i);
      g_autofree char *number = g_strdup_printf ("%u", row->number);

      kaf_table_add (table, number);
      for (guint j = 0; j < n_columns; j++)
        kaf_table_add (table, j < row->n_cells ? row->cells[j].text : NULL);
    }
  kaf_table_print (table);
}

static void
print_text (const KafTableReader *reader)
{
  g_print (_ ("Kind: %s\n"), kaf_table_kind_name (kaf_table_reader_get_kind (reader)));
  if (kaf_table_reader_get_encoding (reader) != NULL)
    g_print (_ ("Encoding: %s\n"), kaf_table_reader_get_encoding (reader));
  if (kaf_table_reader_get_separator (reader) != 0)
    {
      g_autofree char *separator = tell_separator (kaf_table_reader_get_separator (reader));

      g_print (_ ("Separator: %s\n"), separator);
    }
  for (guint i = 0; i < kaf_table_reader_get_n_sheets (reader); i++)
    {
      const KafTableSheet *sheet = kaf_table_reader_get_sheet (reader, i);

      if (*sheet->name != '\0')
        g_print (sheet->hidden ? _ ("Sheet: %s (hidden)\n") : _ ("Sheet: %s\n"), sheet->name);
    }
}

/* The names of the columns, taken out of @rows; NULL: the table has none. (transfer container) */
static const char **
take_headers (const GPtrArray *rows, guint n_columns)
{
  const KafTablePeek *row = rows->len > 0 ? g_ptr_array_index (rows, 0) : NULL;
  const char **headers;

  if (row == NULL || !kaf_column_is_header (row))
    return NULL;
  headers = g_new0 (const char *, n_columns + 1);
  for (guint i = 0; i < n_columns; i++)
    headers[i] = i < row->n_cells ? row->cells[i].text : "";
  return headers;
}

static guint
count_columns (const GPtrArray *rows)
{
  guint n = 0;

  for (guint i = 0; i < rows->len; i++)
    n = MAX (n, ((KafTablePeek *) g_ptr_array_index (rows, i))->n_cells);
  return n;
}

KafExit
kaf_import_inspect (KafCli *cli, const KafEntity *entity, const char *path, const char *sheet)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (KafTableReader) reader = kaf_table_reader_open (file, NULL, NULL, &error);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) below = g_ptr_array_new ();
  g_autoptr (GArray) guesses = NULL;
  g_autofree const char **headers = NULL;
  guint n_columns;

  if (reader != NULL && (sheet == NULL || choose_sheet (reader, sheet, &error)))
    rows = kaf_table_reader_peek (reader, KAF_COLUMN_GUESS_ROWS + 1, NULL, &error);
  if (rows == NULL)
    return kaf_cli_fail_error (NULL, NULL, error);

  n_columns = count_columns (rows);
  headers = take_headers (rows, n_columns);
  for (guint i = headers != NULL; i < rows->len; i++)
    g_ptr_array_add (below, g_ptr_array_index (rows, i));
  guesses = kaf_column_guess (entity, headers, n_columns, below);
  if (cli->json)
    {
      print_json (reader, headers, guesses);
      return KAF_EXIT_OK;
    }
  print_text (reader);
  g_print ("\n");
  print_columns (headers, guesses);
  g_print ("\n");
  print_rows (below, n_columns);
  return KAF_EXIT_OK;
}
