/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The registry against itself, values there and back, sets, roles and scopes. */
#include "config.h"

#include <glib.h>
#include <string.h>

#include "base/kaf-validation-error.h"
#include "rules/kaf-scope.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-role.h"
#include "schema/kaf-set.h"
#include "schema/kaf-value.h"

static void
test_registry (void)
{
  g_autoptr (GPtrArray) findings = kaf_registry_check ();

  for (guint i = 0; i < findings->len; i++)
    g_test_message ("%s", (char *) g_ptr_array_index (findings, i));
  g_assert_cmpuint (findings->len, ==, 0);
}

/* A bar or a backslash in an element comes back as it was. */
static void
test_sets_in_csv (void)
{
  static const char *const sets[] = { "a|b", "a\\", "a\\|b\nc", "|\n\\\\\nx", "C:\\x\ny", NULL };

  for (guint i = 0; sets[i] != NULL; i++)
    {
      g_autofree char *csv = kaf_set_to_csv (sets[i]);
      g_autofree char *back = kaf_set_from_csv (csv, FALSE);

      g_assert_cmpstr (back, ==, sets[i]);
    }
}

static void
test_sets (void)
{
  g_autofree char *set = kaf_set_from_csv ("fr:C1| ar:native |fr:B2", TRUE);
  g_autofree char *links = kaf_set_from_csv ("https://a.example|https://b.example", FALSE);
  g_autofree char *more = kaf_set_add (set, "de", "B1");
  g_autofree char *less = kaf_set_remove (more, "fr");
  g_autofree char *csv = kaf_set_to_csv (less);
  g_autoptr (GPtrArray) difference = kaf_set_difference (more, set);

  g_assert_cmpstr (set, ==, "fr\tC1\nar\tnative");
  g_assert_cmpstr (links, ==, "https://a.example\nhttps://b.example");
  g_assert_cmpuint (kaf_set_length (more), ==, 3);
  g_assert_true (kaf_set_contains (more, "de"));
  g_assert_false (kaf_set_contains (more, "d"));
  g_assert_cmpstr (csv, ==, "ar:native|de:B1");
  g_assert_cmpuint (difference->len, ==, 1);
  g_assert_true (kaf_set_equal ("a\nb", "b\na"));
  g_assert_false (kaf_set_equal ("a\tx\nb", "b\na"));
  g_assert_null (kaf_set_from_csv (" | ", FALSE));
}

/* Whoever sends a set chooses how long it is: no step of it grows with the square, or this would not end in time. */
static void
test_long_sets (void)
{
  /* As many as tell a walk from one walk for each; the sanitizers measure the rest of the text at each look into it. */
  const guint n = 100000;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *united = kaf_set_unite ("a\tx\nb\na\ty\n\n c ");
  g_autoptr (GPtrArray) elements = NULL;
  g_autoptr (GPtrArray) difference = NULL;

  g_assert_cmpstr (united, ==, "a\ty\nb\nc");
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%u\n", (i * 7919) % (n / 2));
  elements = kaf_set_parse (text->str);
  g_assert_cmpuint (elements->len, ==, n / 2);
  g_assert_cmpstr (((KafElement *) elements->pdata[1])->value, ==, "7919");
  g_string_append (text, "x\n");
  g_free (united);
  united = kaf_set_print (elements);
  difference = kaf_set_difference (text->str, united);
  g_assert_cmpuint (difference->len, ==, 1);
}

static void
test_too_many_elements (void)
{
  const KafField *field = kaf_entity_find_field (kaf_registry_find ("person"), "aliases");
  g_autoptr (GString) text = g_string_new ("0");
  g_autofree char *canonical = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 1; i < KAF_SET_MAX; i++)
    g_string_append_printf (text, "\n%u", i);
  g_assert_true (kaf_value_parse (field, text->str, NULL, &canonical, NULL, NULL));
  g_assert_cmpstr (canonical, ==, text->str);
  g_clear_pointer (&canonical, g_free);
  g_string_append (text, "\nmore");
  g_assert_false (kaf_value_parse (field, text->str, NULL, &canonical, NULL, &error));
  g_assert_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_RANGE);
}

typedef struct
{
  const char *entity, *field, *typed, *canonical;
  int code;
} ValueCase;

static const ValueCase values[] = {
  { "person", "family_name", "  El\tOuafi\r\n", "El Ouafi", 0 },
  { "person", "birth_year", "1980", "1980", 0 },
  { "person", "birth_year", "198", NULL, KAF_VALIDATION_ERROR_RANGE },
  { "person", "birth_year", "x", NULL, KAF_VALIDATION_ERROR_NUMBER },
  { "person", "phones", "+49 151 5550 0142", "+4915155500142", 0 },
  { "person", "phones", "0151 5550 0142", NULL, KAF_VALIDATION_ERROR_PHONE_COUNTRY },
  { "person", "phones", "abc", NULL, KAF_VALIDATION_ERROR_SYNTAX },
  { "person", "emails", "S.Bennis@Exemple.ORG", "S.Bennis@exemple.org", 0 },
  { "person", "emails", "nobody", NULL, KAF_VALIDATION_ERROR_EMAIL },
  { "person", "languages", "fr\tc1", "fr\tC1", 0 },
  { "person", "languages", "fr\tD1", NULL, KAF_VALIDATION_ERROR_LEVEL },
  { "person", "status", "Verified", "verified", 0 },
  { "person", "status", "nonsense", NULL, KAF_VALIDATION_ERROR_CHOICE },
  { "person", "confirmed_on", "24 juin 2020", "2020-06-24", 0 },
  { "person", "confirmed_on", "2020", NULL, KAF_VALIDATION_ERROR_DATE },
  { "organisation", "founded", "2009", "2009", 0 },
  { "mandate", "presides", "oui", "1", 0 },
  { "person", "city", "   ", NULL, 0 },
  { "person", "city", "\x7f", NULL, 0 },
  { "person", "city", "A\xc2\x9b\x32J\xc2\x85\x42", "A 2J B", 0 },
  { "person", "notes", "A\n\xc2\x9b\nB\u00a0C", "A\n \nB\u00a0C", 0 },
  { "person", "city", "\u200b\u00a0\u2067\u200d", NULL, 0 },
  { "person", "city", "A\u200b", "A\u200b", 0 },
  { "person", "city", "\xff", NULL, KAF_VALIDATION_ERROR_TEXT },
  { "person", "aliases", "\x7f", NULL, 0 },
  { "person", "aliases", "\u200b\nSalwa", "Salwa", 0 },
  { "person", "aliases", "\x7f\n\x01\nSalwa", "Salwa", 0 },
};

static void
test_values (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      const ValueCase *c = &values[i];
      const KafField *field = kaf_entity_find_field (kaf_registry_find (c->entity), c->field);
      g_autofree char *canonical = NULL;
      g_autoptr (GError) error = NULL;
      gboolean read = kaf_value_parse (field, c->typed, NULL, &canonical, NULL, &error);
      g_autofree char *shown = g_strescape (c->typed, NULL);

      g_test_message ("%s = %s", c->field, shown);
      g_assert_cmpstr (canonical, ==, c->canonical);
      if (c->code != 0)
        {
          g_autofree char *sentence = kaf_value_explain (field, error);

          g_assert_error (error, KAF_VALIDATION_ERROR, c->code);
          g_assert_cmpuint (strlen (sentence), >, 10);
          /* It says what to do, and not only that it did not go. */
          g_assert_cmpstr (sentence, !=, "This value could not be read.");
          continue;
        }
      g_assert_no_error (error);
      g_assert_true (read);

      /* What was read once reads as itself ever after. */
      if (canonical != NULL)
        {
          g_autofree char *again = NULL;

          g_assert_true (kaf_value_check (field, canonical, &again, NULL));
          g_assert_cmpstr (again, ==, canonical);
        }
    }
}

static void
test_suggestion (void)
{
  const KafField *field = kaf_entity_find_field (kaf_registry_find ("person"), "phones");
  KafValueContext context = { "DE" };
  g_autofree char *canonical = NULL;
  g_autofree char *suggestion = NULL;

  g_assert_false (
      kaf_value_parse (field, "0151 5550 0142", &context, &canonical, &suggestion, NULL));
  g_assert_cmpstr (suggestion, ==, "+4915155500142");
}

static void
test_roles (void)
{
  const KafEntity *person = kaf_registry_find ("person");
  const KafField *name = kaf_entity_find_field (person, "family_name");
  const KafField *notes = kaf_entity_find_field (person, "notes");

  g_assert_true (kaf_role_can_read (kaf_role_find ("agent"), notes));
  g_assert_false (kaf_role_can_read (kaf_role_find ("partner"), notes));
  g_assert_false (kaf_role_can_write (kaf_role_find ("partner"), name));
  g_assert_false (kaf_role_can_read (kaf_role_find ("direction"), name));
  g_assert_false (kaf_role_can_read (kaf_role_find ("administrator"), name));
  g_assert_true (kaf_role_can_write (kaf_role_find ("local-officer"), notes));
}

/* Who keeps what of a mission's file (domain, 7). */
static void
test_roles_of_missions (void)
{
  const KafRole *officer = kaf_role_find ("regional-officer");
  const KafRole *partner = kaf_role_find ("partner");
  const KafRole *relay = kaf_role_find ("consular-relay");
  const KafEntity *participant = kaf_registry_find ("participant");
  const KafEntity *act = kaf_registry_find ("mission_act");

  g_assert_true (kaf_role_may_write (officer, kaf_registry_find ("need")));
  g_assert_true (kaf_role_may_write (officer, kaf_registry_find ("budget_line")));
  g_assert_false (kaf_role_may_write (officer, kaf_registry_find ("evaluation")));
  g_assert_true (
      kaf_role_can_write_in (officer, participant, kaf_entity_find_field (participant, "name")));
  g_assert_true (kaf_role_can_write_in (officer, act, kaf_entity_find_field (act, "archive")));
  g_assert_true (kaf_role_may_write (partner, kaf_registry_find ("attendance")));
  g_assert_true (kaf_role_may_write (partner, kaf_registry_find ("availability")));
  g_assert_false (kaf_role_may_write (partner, act));
  g_assert_true (kaf_role_knows (partner, kaf_registry_find ("programme_item")));
  g_assert_true (kaf_role_knows (partner, kaf_registry_find ("expert")));
  g_assert_true (kaf_role_knows (partner, kaf_registry_find ("setting")));
  g_assert_false (kaf_role_knows (partner, kaf_registry_find ("project_holder")));
  g_assert_false (kaf_role_knows (partner, kaf_registry_find ("budget_line")));
  g_assert_false (kaf_role_knows (partner, kaf_registry_find ("evaluation")));
  g_assert_false (kaf_role_knows_all (partner));
  g_assert_true (kaf_role_knows_all (officer));
  g_assert_false (kaf_role_knows_all (relay));
  g_assert_false (kaf_role_knows (relay, kaf_registry_find ("budget_adjustment")));
  g_assert_true (kaf_role_knows (relay, kaf_registry_find ("contact")));
  g_assert_true (kaf_role_may_write (kaf_role_find ("facilitator"), act));
  g_assert_true (kaf_role_may_write (kaf_role_find ("agent"), kaf_registry_find ("mission")));
}

static gboolean
may_write_field (const char *role, const char *entity, const char *field)
{
  const KafEntity *of = kaf_registry_find (entity);

  return kaf_role_may_write (kaf_role_find (role), of) &&
         kaf_role_can_write_in (kaf_role_find (role), of, kaf_entity_find_field (of, field));
}

/* Who writes what beside the files of missions (domain, 7). */
static void
test_roles_beyond_missions (void)
{
  static const struct
  {
    const char *role, *entity, *field;
    gboolean may;
  } cases[] = {
    { "partner", "availability", "kind", TRUE },
    { "partner", "expert", "domains", TRUE },
    { "partner", "expert", "headline_fr", FALSE },
    { "partner", "person", "gender", FALSE },
    { "partner", "organisation", "kind", FALSE },
    { "partner", "meeting", "held_on", FALSE },
    { "partner", "setting", "value", FALSE },
    { "partner", "saved_filter", "query", TRUE },
    { "partner", "conflict", "state", TRUE },
    { "consular-relay", "person", "family_name", TRUE },
    { "consular-relay", "expert", "headline_fr", TRUE },
    { "consular-relay", "project", "title_fr", TRUE },
    { "consular-relay", "person", "notes", FALSE },
    { "consular-relay", "organisation", "name_fr", FALSE },
    { "consular-relay", "programme", "title_fr", FALSE },
    { "regional-officer", "programme_item", "state", TRUE },
    { "regional-officer", "programme_item", "state_reason", TRUE },
    { "regional-officer", "programme_item", "subject_fr", FALSE },
    { "regional-officer", "programme_item", "trainer", FALSE },
    { "regional-officer", "programme_item", "held_on", FALSE },
    { "regional-officer", "programme_item", "room", FALSE },
    { "regional-officer", "mission_room", "places", TRUE },
    { "regional-officer", "mission_result", "text_fr", FALSE },
    { "partner", "programme_item", "state", FALSE },
    { "partner", "attendance", "presence", TRUE },
    { "regional-officer", "person", "phones", TRUE },
    { "regional-officer", "person", "family_name", FALSE },
    { "regional-officer", "expert", "headline_fr", FALSE },
    { "regional-officer", "organisation", "kind", FALSE },
    { "regional-officer", "project", "next_action", TRUE },
    { "regional-officer", "project_stage", "stage", TRUE },
    { "facilitator", "person", "notes", TRUE },
    { "facilitator", "setting", "value", FALSE },
    { "agent", "organisation", "kind", TRUE },
    { "agent", "setting", "value", FALSE },
    { "manager", "setting", "value", TRUE },
    { "administrator", "setting", "value", TRUE },
    { "administrator", "person", "gender", FALSE },
    { "local-officer", "setting", "value", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s: %s.%s", cases[i].role, cases[i].entity, cases[i].field);
      g_assert_cmpint (may_write_field (cases[i].role, cases[i].entity, cases[i].field), ==,
                       cases[i].may);
    }
}

static KafRecord *
look_up (const KafEntity *entity, const char *id, gpointer data)
{
  return g_hash_table_lookup (data, id);
}

/* Of the person "p": the membership "m". */
static void
each_belonging (
    const KafEntity *root, const char *id, KafScopeFunc func, gpointer func_data, gpointer data)
{
  if (g_str_equal (id, "p") && g_hash_table_contains (data, "m"))
    func (g_hash_table_lookup (data, "m"), func_data);
}

static void
test_scopes (void)
{
  g_autoptr (GHashTable) records = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (KafRecord) person = kaf_record_new (kaf_registry_find ("person"), "p");
  g_autoptr (KafRecord) expert = kaf_record_new (kaf_registry_find ("expert"), "p");
  g_autoptr (KafRecord) network = kaf_record_new (kaf_registry_find ("organisation"), "n");
  g_autoptr (KafRecord) member = kaf_record_new (kaf_registry_find ("membership"), "m");
  g_autoptr (KafRecord) country = kaf_record_new (kaf_registry_find ("country"), "CH");
  g_autoptr (KafRecord) province = kaf_record_new (kaf_registry_find ("territory"), "MA-TIZ");
  g_autoptr (KafRecord) filter = kaf_record_new (kaf_registry_find ("saved_filter"), "f");
  g_auto (GStrv) of_member = NULL;
  g_auto (GStrv) of_expert = NULL;
  g_auto (GStrv) of_country = NULL;
  g_auto (GStrv) of_filter = NULL;
  const KafScopeSource source = { look_up, each_belonging, NULL, records };

  kaf_record_set (person, "country", "CH");
  kaf_record_set (person, "territory", "MA-TIZ");
  kaf_record_set (expert, "domains", "health\nai");
  kaf_record_set (network, "country", "DE");
  kaf_record_set (member, "person", "p");
  kaf_record_set (member, "network", "n");
  g_hash_table_insert (records, (gpointer) "p", person);
  g_hash_table_insert (records, (gpointer) "n", network);
  g_hash_table_insert (records, (gpointer) "m", member);
  kaf_record_set (province, "parent", "MA-09");
  g_hash_table_insert (records, (gpointer) "MA-TIZ", province);

  of_member = kaf_scope_of (member, &source);
  g_assert_true (kaf_scope_covers ("organisation:n", (const char *const *) of_member));
  g_assert_true (kaf_scope_covers ("country:CH", (const char *const *) of_member));
  g_assert_true (kaf_scope_covers ("national", (const char *const *) of_member));
  g_assert_false (kaf_scope_covers ("country:FR", (const char *const *) of_member));

  of_expert = kaf_scope_of (expert, &source);
  g_assert_true (kaf_scope_covers ("sector:health", (const char *const *) of_expert));
  g_assert_true (kaf_scope_covers ("territory:MA-TIZ", (const char *const *) of_expert));
  g_assert_true (kaf_scope_covers ("territory:MA-09", (const char *const *) of_expert));
  g_assert_true (kaf_scope_covers ("organisation:n", (const char *const *) of_expert));
  g_assert_false (kaf_scope_covers ("country:DE", (const char *const *) of_expert));

  of_country = kaf_scope_of (country, &source);
  g_assert_true (kaf_scope_covers ("country:FR", (const char *const *) of_country));

  /* Who left a network stands with it no more. */
  kaf_record_get_stamp (member)->deleted_at = 1;
  g_strfreev (of_expert);
  of_expert = kaf_scope_of (expert, &source);
  g_assert_false (kaf_scope_covers ("organisation:n", (const char *const *) of_expert));

  kaf_record_get_stamp (filter)->created_by = g_strdup ("amina");
  of_filter = kaf_scope_of (filter, &source);
  g_assert_true (kaf_scope_covers ("user:amina", (const char *const *) of_filter));
  g_assert_false (kaf_scope_covers ("user:brahim", (const char *const *) of_filter));
}

/* Whatever is there by the name of its parent. */
static void
each_of_circle (
    const KafEntity *root, const char *id, KafScopeFunc func, gpointer func_data, gpointer data)
{
  GHashTableIter iter;
  gpointer record;
  gboolean more = TRUE;

  g_hash_table_iter_init (&iter, data);
  while (more && g_hash_table_iter_next (&iter, NULL, &record))
    for (const KafField *field = kaf_record_get_entity (record)->fields; more && field->id != NULL;
         field++)
      if (kaf_field_has (field, KAF_FIELD_PARENT) && g_strcmp0 (field->target, root->id) == 0 &&
          g_strcmp0 (kaf_record_get (record, field->id), id) == 0)
        more = func (record, func_data);
}

/* Of two devices each may have put one convention into the other. */
static void
test_circle (void)
{
  g_autoptr (GHashTable) records = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (KafRecord) one = kaf_record_new (kaf_registry_find ("convention"), "c1");
  g_autoptr (KafRecord) other = kaf_record_new (kaf_registry_find ("convention"), "c2");
  g_autoptr (KafRecord) mission = kaf_record_new (kaf_registry_find ("mission"), "m");
  g_autoptr (KafRecord) tie = kaf_record_new (kaf_registry_find ("mission_convention"), "t");
  const KafScopeSource source = { look_up, each_of_circle, NULL, records };
  g_auto (GStrv) scopes = NULL;
  g_auto (GStrv) of_mission = NULL;

  kaf_record_set (one, "parent", "c2");
  kaf_record_set (other, "parent", "c1");
  kaf_record_set (tie, "mission", "m");
  kaf_record_set (tie, "convention", "c1");
  g_hash_table_insert (records, (gpointer) "c1", one);
  g_hash_table_insert (records, (gpointer) "c2", other);
  g_hash_table_insert (records, (gpointer) "m", mission);
  g_hash_table_insert (records, (gpointer) "t", tie);
  scopes = kaf_scope_of (other, &source);
  g_assert_true (kaf_scope_covers ("mission:m", (const char *const *) scopes));
  of_mission = kaf_scope_of (mission, &source);
  g_assert_true (kaf_scope_covers ("convention:c1", (const char *const *) of_mission));
  g_assert_false (kaf_scope_covers ("convention:c2", (const char *const *) of_mission));
}

static const char *
get_string (const char *field, gpointer data)
{
  return g_hash_table_lookup (data, field);
}

/* What a meeting says of its hours is what the person reads. */
static void
test_meeting_hours (void)
{
  static const struct
  {
    const char *starts, *ends, *field, *sentence;
  } cases[] = {
    { "10:00", "11:30", NULL, NULL },
    { "9h", "10:00", "starts_at", "Write hours and minutes, such as 09:30." },
    { "10:00", "25:00", "ends_at", "Write hours and minutes, such as 09:30." },
    { "10:00", "09:00", "ends_at", "A meeting ends after it begins." },
  };
  const KafEntity *meeting = kaf_registry_find ("meeting");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GHashTable) typed = g_hash_table_new (g_str_hash, g_str_equal);
      g_autoptr (GError) error = NULL;
      g_autofree char *sentence = NULL;
      const char *field = NULL;
      gboolean valid;

      g_hash_table_insert (typed, (gpointer) "title_fr", (gpointer) "Atelier");
      g_hash_table_insert (typed, (gpointer) "starts_at", (gpointer) cases[i].starts);
      g_hash_table_insert (typed, (gpointer) "ends_at", (gpointer) cases[i].ends);
      valid = meeting->validate (get_string, typed, &field, &error);
      g_assert_true (valid == (cases[i].sentence == NULL));
      g_assert_cmpstr (field, ==, cases[i].field);
      if (valid)
        continue;
      sentence = kaf_value_explain (kaf_entity_find_field (meeting, field), error);
      g_assert_cmpstr (sentence, ==, cases[i].sentence);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schema/registry", test_registry);
  g_test_add_func ("/schema/sets", test_sets);
  g_test_add_func ("/schema/long-sets", test_long_sets);
  g_test_add_func ("/schema/too-many-elements", test_too_many_elements);
  g_test_add_func ("/schema/sets-in-csv", test_sets_in_csv);
  g_test_add_func ("/schema/values", test_values);
  g_test_add_func ("/schema/suggestion", test_suggestion);
  g_test_add_func ("/schema/meeting-hours", test_meeting_hours);
  g_test_add_func ("/schema/roles", test_roles);
  g_test_add_func ("/schema/roles-of-missions", test_roles_of_missions);
  g_test_add_func ("/schema/roles-beyond-missions", test_roles_beyond_missions);
  g_test_add_func ("/rules/scopes", test_scopes);
  g_test_add_func ("/rules/scopes-in-a-circle", test_circle);
  return g_test_run ();
}
