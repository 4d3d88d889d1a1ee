/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The register that law 09-08 asks for: which personal data are kept, who reads them, which consents were given, what
 * left the office, and what is kept for too long. Nobody is named in it. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "report/books/kaf-books.h"
#include "report/kaf-sheet-query.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-role.h"
#include "store/kaf-page.h"
#include "store/kaf-permit.h"
#include "store/kaf-read.h"
#include "store/kaf-settings.h"

static const struct
{
  KafClass klass;
  const char *label;
} classes[] = {
  { KAF_CLASS_PUBLIC, N_ ("Public: office, domain") },
  { KAF_CLASS_CONTACT, N_ ("Contact: e-mail, phone, city") },
  { KAF_CLASS_IDENTITY, N_ ("Identity: names, birth year, photo") },
  { KAF_CLASS_IDENTIFIER, N_ ("Identifier: numbers of papers") },
  { KAF_CLASS_PRIVATE, N_ ("Private: notes, evaluations of a person") },
};

static const char *
class_label (KafLang lang, KafClass klass)
{
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    if (classes[i].klass == klass)
      return kaf_words_get (lang, classes[i].label);
  return NULL;
}

/* What is kept */

static gboolean
add_entity (KafSheet *sheet, const KafBookBasis *basis, const KafEntity *entity)
{
  gint64 n = kaf_page_total (basis->db, entity);

  for (const KafField *field = entity->fields; field->id != NULL; field++)
    {
      KafClass klass = kaf_field_get_class (field);

      if (klass == KAF_CLASS_PUBLIC)
        continue;
      kaf_sheet_add_text (sheet, kaf_sheet_word (sheet, entity->plural));
      kaf_sheet_add_text (sheet, kaf_sheet_word (sheet, field->label));
      kaf_sheet_add_text (sheet, class_label (basis->lang, klass));
      kaf_sheet_add_text (sheet, kaf_field_has (field, KAF_FIELD_REQUIRED)
                                     ? kaf_sheet_word (sheet, "Required")
                                     : kaf_sheet_word (sheet, "Optional"));
      kaf_sheet_add_number (sheet, n);
      kaf_sheet_end_row (sheet);
    }
  return TRUE;
}

static void
add_data (KafBook *book)
{
  const KafBookBasis *basis = kaf_book_get_basis (book);
  KafSheet *sheet = kaf_sheet_new (
      book,
      &(KafSheetSpec){
          "personal_data", kaf_book_word (book, "Personal data kept"),
          kaf_book_word (book, "All fields that tell of a person, by the class that says who may "
                               "read them") });
  guint n_entities;
  const KafEntity *const *entities = kaf_registry_entities (&n_entities);

  kaf_sheet_add_column (
      sheet, &(KafSheetColumn){ "records", kaf_book_word (book, "Records"), KAF_SHEET_TEXT, 30 });
  kaf_sheet_add_column (
      sheet, &(KafSheetColumn){ "field", kaf_book_word (book, "Field"), KAF_SHEET_TEXT, 34 });
  kaf_sheet_add_column (
      sheet, &(KafSheetColumn){ "class", kaf_book_word (book, "Class"), KAF_SHEET_TEXT, 40 });
  kaf_sheet_add_column (
      sheet, &(KafSheetColumn){ "asked", kaf_book_word (book, "Asked for"), KAF_SHEET_TEXT, 14 });
  kaf_sheet_add_column (sheet, &(KafSheetColumn){ "number", kaf_book_word (book, "Records here"),
                                                  KAF_SHEET_INTEGER, 12 });
  for (guint i = 0; i < n_entities; i++)
    add_entity (sheet, basis, entities[i]);
}

/* Who reads it */

static void
add_roles (KafBook *book)
{
  KafSheet *sheet = kaf_sheet_new (
      book,
      &(KafSheetSpec){
          "roles", kaf_book_word (book, "Who reads what"),
          kaf_book_word (book, "R: reads, W: reads and writes; where a role sees totals alone, "
                               "none under five") });
  guint n_roles;
  const KafRole *roles = kaf_roles (&n_roles);

  kaf_sheet_add_column (
      sheet, &(KafSheetColumn){ "role", kaf_book_word (book, "Role"), KAF_SHEET_TEXT, 28 });
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    kaf_sheet_add_column (sheet, &(KafSheetColumn){ NULL, kaf_book_word (book, classes[i].label),
                                                    KAF_SHEET_TEXT, 18 });
  kaf_sheet_add_column (sheet, &(KafSheetColumn){ "totals", kaf_book_word (book, "Totals alone"),
                                                  KAF_SHEET_TEXT, 10 });
  kaf_sheet_add_column (sheet, &(KafSheetColumn){ "erases", kaf_book_word (book, "Orders erasures"),
                                                  KAF_SHEET_TEXT, 11 });
  kaf_sheet_add_column (
      sheet, &(KafSheetColumn){ "settles", kaf_book_word (book, "Decides on changes kept aside"),
                                KAF_SHEET_TEXT, 16 });
  for (guint r = 0; r < n_roles; r++)
    {
      kaf_sheet_add_text (sheet, kaf_book_word (book, roles[r].label));
      for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
        kaf_sheet_add_text (
            sheet, roles[r].writes & classes[i].klass  ? kaf_book_word_in (book, "right", "W")
                   : roles[r].reads & classes[i].klass ? kaf_book_word_in (book, "right", "R")
                                                       : NULL);
      kaf_sheet_add_text (sheet, roles[r].aggregates_only ? kaf_book_word (book, "Yes") : NULL);
      kaf_sheet_add_text (sheet, roles[r].erases ? kaf_book_word (book, "Yes") : NULL);
      kaf_sheet_add_text (sheet, roles[r].settles ? kaf_book_word (book, "Yes") : NULL);
      kaf_sheet_end_row (sheet);
    }
}

/* Consents */

static gint64
count_consents (KafDatabase *db, const char *purpose, KafOp withdrawn, GError **error)
{
  const char *values[] = { purpose, NULL };
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("consent"));

  kaf_query_set_condition (query, "purpose", KAF_OP_ANY_OF, values);
  kaf_query_set_condition (query, "withdrawn_on", withdrawn, NULL);
  return kaf_page_count (db, query, error);
}

static gboolean
add_consents (KafBook *book, GError **error)
{
  static const int series[] = { 1, 2, -1 };
  KafDatabase *db = kaf_book_get_basis (book)->db;
  const KafField *purpose = kaf_entity_find_field (kaf_registry_find ("consent"), "purpose");
  KafSheet *sheet =
      kaf_sheet_new (book, &(KafSheetSpec){ "consents", kaf_book_word (book, "Consents") });

  kaf_sheet_add_column (
      sheet, &(KafSheetColumn){ "purpose", kaf_book_word (book, "Purpose"), KAF_SHEET_TEXT, 32 });
  kaf_sheet_add_column (sheet, &(KafSheetColumn){ "given", kaf_book_word (book, "In force"),
                                                  KAF_SHEET_INTEGER, 12, KAF_SHEET_TOTAL });
  kaf_sheet_add_column (sheet, &(KafSheetColumn){ "withdrawn", kaf_book_word (book, "Withdrawn"),
                                                  KAF_SHEET_INTEGER, 12, KAF_SHEET_TOTAL });
  for (const KafChoice *choice = purpose->choices; choice->code != NULL; choice++)
    {
      gint64 given = count_consents (db, choice->code, KAF_OP_UNSET, error);
      gint64 withdrawn = given < 0 ? -1 : count_consents (db, choice->code, KAF_OP_SET, error);

      if (withdrawn < 0)
        return FALSE;
      kaf_sheet_add_text (sheet, kaf_book_word (book, choice->label));
      kaf_sheet_add_number (sheet, given);
      kaf_sheet_add_number (sheet, withdrawn);
      kaf_sheet_end_row (sheet);
    }
  kaf_sheet_add_chart (
      sheet, &(KafSheetChart){ KAF_CHART_STACKED, kaf_book_word (book, "Consents"), 0, series });
  return TRUE;
}

/* What left */

static gboolean
add_disclosures (KafBook *book, GError **error)
{
  static const KafSheetPath paths[] = {
    { "made_on" },
    { "created_by", .width = 18 },
    { "act", .width = 18 },
    { "entity", .width = 20 },
    { "n_persons", .width = 12, .flags = KAF_SHEET_TOTAL },
    { "reason", .width = 44, .flags = KAF_SHEET_MISSING },
    { "recipient", .width = 28 },
    { "country", .width = 18 },
    { "ref" },
    { NULL },
  };
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("disclosure"));

  kaf_query_set_sort (query, "made_on", TRUE);
  return kaf_sheet_add_query (
             book,
             &(KafSheetSpec){ "disclosures", kaf_book_word (book, "Disclosures"),
                              kaf_book_word (book, "What left the office about persons") },
             query, paths, error) != NULL;
}

/* What is kept for too long */

static gint64
count_over (const KafBookBasis *basis, guint years, GError **error)
{
  g_autofree char *limit = kaf_day_to_iso (kaf_day_add_months (basis->day, -12 * (int) years) - 1);
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("person"));

  kaf_query_set_condition (query, "confirmed_on", KAF_OP_AT_MOST,
                           (const char *const[]){ limit, NULL });
  return kaf_page_count (basis->db, query, error);
}

static gboolean
add_retention (KafBook *book, GError **error)
{
  const KafBookBasis *basis = kaf_book_get_basis (book);
  g_autofree char *day = kaf_day_to_iso (basis->day);
  g_autofree char *value = kaf_read_setting (basis->db, KAF_SETTING_RETENTION_YEARS, day);
  guint years = (guint) g_ascii_strtoull (value != NULL ? value : "0", NULL, 10);
  g_autofree char *rule =
      g_strdup_printf (kaf_words_plural (basis->lang, "%u year after the last confirmation",
                                         "%u years after the last confirmation", years),
                       years);
  KafSheet *sheet =
      kaf_sheet_new (book, &(KafSheetSpec){ "retention", kaf_book_word (book, "Retention") });
  gint64 over = count_over (basis, years, error);

  if (over < 0)
    return FALSE;
  kaf_sheet_add_column (
      sheet, &(KafSheetColumn){ "records", kaf_book_word (book, "Records"), KAF_SHEET_TEXT, 26 });
  kaf_sheet_add_column (sheet, &(KafSheetColumn){ "term", kaf_book_word (book, "Kept for"),
                                                  KAF_SHEET_LONG_TEXT, 40 });
  kaf_sheet_add_column (sheet, &(KafSheetColumn){ "number", kaf_book_word (book, "Records here"),
                                                  KAF_SHEET_INTEGER, 12 });
  kaf_sheet_add_column (sheet, &(KafSheetColumn){ "over", kaf_book_word (book, "Beyond that"),
                                                  KAF_SHEET_INTEGER, 12 });
  kaf_sheet_add_text (sheet, kaf_book_word (book, kaf_registry_find ("person")->plural));
  kaf_sheet_add_text (sheet, rule);
  kaf_sheet_add_number (sheet, kaf_page_total (basis->db, kaf_registry_find ("person")));
  kaf_sheet_add_number (sheet, over);
  kaf_sheet_end_row (sheet);
  return TRUE;
}

static gboolean
make (KafBook *book, GError **error)
{
  add_data (book);
  add_roles (book);
  return add_consents (book, error) && add_disclosures (book, error) && add_retention (book, error);
}

const KafWorkbook kaf_book_register = {
  .name = "cndp-register",
  .label = N_ ("CNDP register"),
  .summary = N_ ("Personal data kept, who reads them, consents, what was given out"),
  .keywords = N_ ("CNDP, law 09-08, personal data, consents, disclosures"),
  .source = "disclosure",
  .make = make,
};
