/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib.h>

#include "base/kaf-validation-error.h"
#include "record/kaf-record.h"
#include "schema/kaf-registry.h"

/* It stays as it was made whatever becomes of the one that it was made of, and can be changed like any. */
static void
test_copy (void)
{
  KafRecord *record = kaf_record_new (kaf_registry_find ("person"), "p");
  g_autoptr (KafRecord) copy = NULL;
  g_autoptr (KafRecord) again = NULL;

  kaf_record_set (record, "family_name", "Bennis");
  kaf_record_set (record, "city", "Munich");
  kaf_record_set (record, "given_name", NULL);
  kaf_record_set_ref (record, "EXP-2026-0001");
  kaf_record_set_extra (record, "{\"x\":1}");
  kaf_record_get_stamp (record)->updated_by = g_strdup ("amina");
  copy = kaf_record_copy (record);
  kaf_record_unref (record);

  g_assert_cmpstr (kaf_record_get_id (copy), ==, "p");
  g_assert_cmpstr (kaf_record_get_ref (copy), ==, "EXP-2026-0001");
  g_assert_cmpstr (kaf_record_get_extra (copy), ==, "{\"x\":1}");
  g_assert_cmpstr (kaf_record_get_stamp (copy)->updated_by, ==, "amina");
  g_assert_true (kaf_record_holds (copy, "given_name"));
  g_assert_cmpuint (kaf_record_count_held (copy), ==, 3);

  kaf_record_set_id (copy, "q");
  kaf_record_set_ref (copy, NULL);
  kaf_record_set_extra (copy, NULL);
  kaf_record_set (copy, "family_name", "Benani");
  kaf_record_drop (copy, "city");
  again = kaf_record_copy (copy);
  g_assert_cmpstr (kaf_record_get_id (again), ==, "q");
  g_assert_null (kaf_record_get_ref (again));
  g_assert_null (kaf_record_get_extra (again));
  g_assert_cmpstr (kaf_record_get (again, "family_name"), ==, "Benani");
  g_assert_null (kaf_record_get (again, "city"));
  g_assert_cmpuint (kaf_record_count_held (again), ==, 2);
}

/* What is set anew is looked at anew, and what is wrong is never taken for clean. */
static void
test_clean (void)
{
  const KafEntity *person = kaf_registry_find ("person");
  guint phones = (guint) kaf_entity_field_index (person, "phones");
  guint city = (guint) kaf_entity_field_index (person, "city");
  g_autoptr (KafRecord) record = kaf_record_new (person, NULL);
  g_autoptr (KafRecord) copy = NULL;
  g_autoptr (GError) error = NULL;

  kaf_record_set (record, "city", " Rabat ");
  g_assert_false (kaf_record_is_clean_at (record, city));
  g_assert_true (kaf_record_clean_at (record, city, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (kaf_record_get (record, "city"), ==, "Rabat");
  copy = kaf_record_copy (record);
  g_assert_true (kaf_record_is_clean_at (copy, city));
  kaf_record_set (record, "city", " Salé");
  g_assert_false (kaf_record_is_clean_at (record, city));

  kaf_record_set (copy, "phones", "0661");
  g_assert_false (kaf_record_clean_at (copy, phones, &error));
  g_assert_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_PHONE_COUNTRY);
  g_assert_false (kaf_record_is_clean_at (copy, phones));
  g_assert_cmpstr (kaf_record_get (copy, "phones"), ==, "0661");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record/copy", test_copy);
  g_test_add_func ("/record/clean", test_clean);
  return g_test_run ();
}
