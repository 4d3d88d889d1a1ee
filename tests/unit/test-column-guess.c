/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns to fields, names in full to their parts, values of lists to codes. */
#include "config.h"

#include "exchange/kaf-code-list.h"
#include "exchange/kaf-column-guess.h"
#include "exchange/kaf-origin-guess.h"
#include "schema/kaf-registry.h"

static KafTablePeek *
make_row (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "¦", -1);
  KafTablePeek *row = g_new0 (KafTablePeek, 1);

  row->n_cells = g_strv_length (parts);
  row->cells = g_new0 (KafTableCell, row->n_cells);
  for (guint i = 0; i < row->n_cells; i++)
    {
      row->cells[i].type = *parts[i] != '\0' ? KAF_TABLE_CELL_TEXT : KAF_TABLE_CELL_EMPTY;
      row->cells[i].text = g_intern_string (parts[i]);
    }
  return row;
}

static void
row_free (gpointer data)
{
  g_free (((KafTablePeek *) data)->cells);
  g_free (data);
}

/* @header (nullable) and @row as "a¦b"; @expected: ids of fields, "-" for none, "*" in front of a name to be split. */
static void
assert_guess (const char *entity, const char *header, const char *row, const char *expected)
{
  g_auto (GStrv) headers = header != NULL ? g_strsplit (header, "¦", -1) : NULL;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (row_free);
  g_autoptr (GArray) guesses = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  g_ptr_array_add (rows, make_row (row));
  guesses = kaf_column_guess (kaf_registry_find (entity), (const char *const *) headers,
                              ((KafTablePeek *) g_ptr_array_index (rows, 0))->n_cells, rows);
  for (guint i = 0; i < guesses->len; i++)
    {
      const KafColumnGuess *guess = &g_array_index (guesses, KafColumnGuess, i);

      g_assert_true ((guess->field != NULL) == (guess->confidence > 0));
      g_string_append_printf (text, "%s%s%s", i > 0 ? "¦" : "",
                              guess->treatment == KAF_COLUMN_FULL_NAME ? "*" : "",
                              guess->field != NULL ? guess->field->id : "-");
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_headers (void)
{
  assert_guess ("person", "NOM¦Prénoms¦Adresse e-mail¦Tél.¦Pays de résidence¦Ville",
                "Benali¦Salma¦s@example.org¦+33 6 12 34 56 78¦France¦Lyon",
                "family_name¦given_name¦emails¦phones¦country¦city");
  assert_guess ("person", "النسب¦الإسم الشخصي¦البريد الإلكتروني¦رقم الهاتف¦بلد الإقامة¦المدينة",
                "بنعلي¦سلمى¦s@example.org¦0612345678¦فرنسا¦ليون",
                "family_name_ar¦given_name_ar¦emails¦phones¦country¦city");
  assert_guess ("person", "Last name¦First name¦E-mail¦Phone¦Country of residence",
                "Benali¦Salma¦s@example.org¦0612345678¦France",
                "family_name¦given_name¦emails¦phones¦country");
  assert_guess ("person", "family_name¦given_name¦gender", "Benali¦Salma¦f",
                "family_name¦given_name¦gender");
  assert_guess ("expert", "Nom et prénom¦الاسم الكامل¦Employeur¦Rien de connu",
                "Salma Benali¦سلمى بنعلي¦CNRS¦x", "*family_name¦*family_name_ar¦employer¦-");
}

static void
test_values (void)
{
  assert_guess ("person", NULL, "x¦s@example.org¦+212 661 00 00 00", "-¦emails¦phones");
  /* A day is no phone, though it is figures and dashes. */
  assert_guess ("person", "Nom¦Reçu", "Benali¦2026-01-02", "family_name¦-");
  assert_guess ("person", "Nom¦Contact", "Benali¦s@example.org", "family_name¦emails");
  /* A name of e-mails alone is none, and Arabic text is no Latin name. */
  assert_guess ("person", "Nom", "s@example.org", "emails");
  assert_guess ("person", "النسب", "Benali", "-");
  assert_guess ("expert", "Company name", "X", "employer");
}

static void
test_is_header (void)
{
  static const struct
  {
    const char *row;
    gboolean header;
  } cases[] = {
    { "Nom¦¦Ville", TRUE },
    { "Benali¦s@example.org", FALSE },
    { "Benali¦0612345678", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      KafTablePeek *row = make_row (cases[i].row);

      g_assert_cmpint (kaf_column_is_header (row), ==, cases[i].header);
      row_free (row);
    }
}

static void
test_split_name (void)
{
  static const struct
  {
    const char *name, *given, *family;
  } cases[] = {
    { "Salma Benali", "Salma", "Benali" },
    { "BENALI Salma", "Salma", "BENALI" },
    { "Salma BENALI", "Salma", "BENALI" },
    { "Benali, Salma", "Salma", "Benali" },
    { "Aïcha El Fassi", "Aïcha", "El Fassi" },
    { "EL FASSI Aïcha", "Aïcha", "EL FASSI" },
    { "Omar  Ben Jelloun", "Omar", "Ben Jelloun" },
    { "سلمى بنعلي", "سلمى", "بنعلي" },
    { "Benali", "", "Benali" },
    { "SALMA BENALI", "SALMA", "BENALI" },
    { "", "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *given = NULL;
      g_autofree char *family = NULL;

      kaf_column_split_name (cases[i].name, &given, &family);
      g_assert_cmpstr (given, ==, cases[i].given);
      g_assert_cmpstr (family, ==, cases[i].family);
    }
}

static void
test_codes (void)
{
  const KafEntity *person = kaf_registry_find ("person");
  g_autoptr (KafCodeList) genders = kaf_code_list_new ();
  g_autoptr (KafCodeList) countries = kaf_code_list_new ();
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (row_free);
  g_autoptr (GPtrArray) unknown = NULL;

  kaf_code_list_add_choices (genders, kaf_entity_find_field (person, "gender"));
  g_assert_cmpstr (kaf_code_list_find (genders, "Féminin"), ==, "f");
  g_assert_cmpstr (kaf_code_list_find (genders, "أنثى"), ==, "f");
  g_assert_cmpstr (kaf_code_list_find (genders, "M."), ==, "m");
  g_assert_null (kaf_code_list_find (genders, "?"));

  kaf_code_list_add (countries, "FR", "France");
  kaf_code_list_add (countries, "FR", "فرنسا");
  g_ptr_array_add (rows, make_row ("FRANCE"));
  g_ptr_array_add (rows, make_row ("Hexagone"));
  g_ptr_array_add (rows, make_row ("hexagone"));
  g_ptr_array_add (rows, make_row ("فرنسا"));
  unknown = kaf_code_list_find_unknown (countries, rows, 0);
  g_assert_cmpuint (unknown->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (unknown, 0), ==, "Hexagone");
}

/* The kind of source, by what it is called. */
static void
test_origin (void)
{
  g_assert_cmpstr (kaf_origin_guess ("Consulat général à Lyon"), ==, "consulate");
  g_assert_cmpstr (kaf_origin_guess ("القنصلية العامة بليون"), ==, "consulate");
  g_assert_cmpstr (kaf_origin_guess ("RÉSEAU ACOMS.xlsx"), ==, "network");
  g_assert_cmpstr (kaf_origin_guess ("جمعية الكفاءات"), ==, "network");
  g_assert_cmpstr (kaf_origin_guess ("liste.csv"), ==, "administration");
  g_assert_cmpstr (kaf_origin_guess (NULL), ==, "administration");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/column-guess/headers", test_headers);
  g_test_add_func ("/column-guess/values", test_values);
  g_test_add_func ("/column-guess/is-header", test_is_header);
  g_test_add_func ("/column-guess/split-name", test_split_name);
  g_test_add_func ("/column-guess/codes", test_codes);
  g_test_add_func ("/column-guess/origin", test_origin);
  return g_test_run ();
}
