/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row that was packed says what it said. */
#include "config.h"

#include "exchange/kaf-import-row.h"
#include "schema/kaf-registry.h"

static void
assert_same (const KafRecord *a, const KafRecord *b)
{
  const KafField *fields = kaf_record_get_entity (a)->fields;

  g_assert_true (kaf_record_get_entity (a) == kaf_record_get_entity (b));
  for (guint i = 0; fields[i].id != NULL; i++)
    {
      g_assert_cmpstr (kaf_record_get_at (a, i), ==, kaf_record_get_at (b, i));
      g_assert_cmpint (kaf_record_holds_at (a, i), ==, kaf_record_holds_at (b, i));
    }
}

/* The last field too, sets, and one that is held and says nothing. */
static void
test_two_parts (void)
{
  const KafEntity *expert = kaf_registry_find ("expert");
  const KafEntity *person = kaf_entity_get_root (expert);
  guint last = kaf_entity_n_fields (person) - 1;
  g_auto (KafImportRow) row = { .fault_column = -1 };
  g_auto (KafImportRow) again = { .fault_column = -1 };
  g_autofree char *packed = NULL;

  row.parts[0] = kaf_record_new (person, NULL);
  row.parts[1] = kaf_record_new (expert, NULL);
  kaf_record_set (row.parts[0], "given_name", "نزهة");
  kaf_record_set (row.parts[0], "family_name", NULL);
  kaf_record_set (row.parts[0], "emails", "a@example.org\nb@example.org");
  kaf_record_set_at (row.parts[0], last, "1");
  kaf_record_set (row.parts[1], "employer", "CNRS");
  row.number = g_strdup ("42");
  packed = kaf_import_row_pack (&row);
  kaf_import_row_unpack (&again, expert, packed);
  for (guint part = 0; part < KAF_IMPORT_PARTS; part++)
    assert_same (row.parts[part], again.parts[part]);
  g_assert_cmpstr (again.number, ==, "42");
  g_assert_null (again.named);
  g_assert_null (again.fault);
  g_assert_cmpint (again.fault_column, ==, -1);
}

static void
test_fault (void)
{
  const KafEntity *organisation = kaf_registry_find ("organisation");
  g_auto (KafImportRow) row = { .fault_column = 0 };
  g_auto (KafImportRow) again = { .fault_column = -1 };
  g_autofree char *packed = NULL;

  row.parts[0] = kaf_record_new (organisation, NULL);
  row.named = g_strdup ("ORG-2026-0001");
  row.fault = g_strdup ("Ville : « ? »");
  packed = kaf_import_row_pack (&row);
  kaf_import_row_unpack (&again, organisation, packed);
  assert_same (row.parts[0], again.parts[0]);
  g_assert_null (again.parts[1]);
  g_assert_null (again.number);
  g_assert_cmpstr (again.named, ==, row.named);
  g_assert_cmpstr (again.fault, ==, row.fault);
  g_assert_cmpint (again.fault_column, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import-row/two-parts", test_two_parts);
  g_test_add_func ("/import-row/fault", test_fault);
  return g_test_run ();
}
