/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a source says of several fields, in two texts. */
#include "config.h"

#include "schema/kaf-said.h"

#include <string.h>

#include "schema/kaf-registry.h"

static void
assert_said (const GPtrArray *all, guint i, const char *field, const char *value)
{
  const KafSaid *one = g_ptr_array_index (all, i);

  g_assert_cmpstr (one->field, ==, field);
  g_assert_cmpstr (one->value, ==, value);
}

static void
test_lines (void)
{
  g_autoptr (GString) about = g_string_new (NULL);
  g_autoptr (GString) said = g_string_new (NULL);
  g_autoptr (GPtrArray) all = NULL;

  g_assert_true (kaf_said_add (about, said, "city", "Tétouan"));
  g_assert_true (kaf_said_add (about, said, "languages", "ar\tnative\nfr\tC1"));
  g_assert_true (kaf_said_add (about, said, "links", "https://exemple.org/?a=b\\n"));
  g_assert_cmpstr (about->str, ==, "city languages links");
  g_assert_cmpstr (said->str, ==, "Tétouan\nar\\tnative\\nfr\\tC1\nhttps://exemple.org/?a=b\\\\n");
  g_assert_cmpuint (kaf_said_count (about->str), ==, 3);
  all = kaf_said_parse (about->str, said->str);
  g_assert_cmpuint (all->len, ==, 3);
  assert_said (all, 0, "city", "Tétouan");
  assert_said (all, 1, "languages", "ar\tnative\nfr\tC1");
  assert_said (all, 2, "links", "https://exemple.org/?a=b\\n");
}

/* Who may not read what is said knows of what something is. */
static void
test_untold (void)
{
  g_autoptr (GPtrArray) all = kaf_said_parse ("city years", NULL);

  g_assert_cmpuint (all->len, ==, 2);
  assert_said (all, 0, "city", NULL);
  assert_said (all, 1, "years", NULL);
}

/* It comes from other devices, which may send anything. */
static void
test_hostile (void)
{
  g_autoptr (GPtrArray) none = kaf_said_parse (NULL, "Lyon");
  g_autoptr (GPtrArray) all = kaf_said_parse (" city  years links employer ", "\nA\\x\\\nB");

  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (kaf_said_count (NULL), ==, 0);
  g_assert_cmpuint (all->len, ==, 4);
  assert_said (all, 0, "city", NULL);
  assert_said (all, 1, "years", "A\\x\\");
  assert_said (all, 2, "links", "B");
  assert_said (all, 3, "employer", NULL);
}

/* Whatever is said comes back; what would be too long is not said by half. */
static void
test_round (void)
{
  static const char letters[] = "a\\\n\t=é ";
  g_autoptr (GRand) rand = g_rand_new_with_seed (8);

  for (guint round = 0; round < 2000; round++)
    {
      g_autoptr (GString) about = g_string_new (NULL);
      g_autoptr (GString) said = g_string_new (NULL);
      g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GPtrArray) all = NULL;
      gboolean room = TRUE;

      while (room && values->len < 300)
        {
          GString *value = g_string_new ("x");
          gsize n = (gsize) g_rand_int_range (rand, 0, round % 10 == 0 ? 9000 : 40);

          while (value->len < n)
            g_string_append_c (value, letters[g_rand_int_range (rand, 0, sizeof letters - 1)]);
          room = kaf_said_add (about, said, "city", value->str);
          if (room)
            g_ptr_array_add (values, g_string_free (value, FALSE));
          else
            g_string_free (value, TRUE);
        }
      g_assert_false (room);
      g_assert_cmpuint (about->len, <=, KAF_SAID_ABOUT_MAX);
      g_assert_cmpuint (said->len, <=, KAF_SAID_MAX);
      all = kaf_said_parse (about->str, said->str);
      g_assert_cmpuint (all->len, ==, values->len);
      g_assert_cmpuint (kaf_said_count (about->str), ==, values->len);
      for (guint i = 0; i < values->len; i++)
        assert_said (all, i, "city", g_ptr_array_index (values, i));
    }
}

static char *
get_title (const char *entity, const char *id, KafLang lang, gpointer data)
{
  return g_str_equal (id, "FR") ? g_strdup ("France") : NULL;
}

static void
test_format (void)
{
  const KafField *about = kaf_entity_find_field (kaf_registry_find ("source_claim"), "about");
  g_autofree char *names =
      kaf_value_format (about, "country years name_fr nothing", KAF_LANG_EN, NULL, NULL);
  g_autofree char *text = kaf_said_format (kaf_registry_find ("person"), "country years nothing",
                                           "FR\n12", KAF_LANG_EN, get_title, NULL);
  g_autofree char *other = kaf_said_format (kaf_registry_find ("organisation"), "country", "FR",
                                            KAF_LANG_EN, get_title, NULL);
  const KafEntity *holder;

  g_assert_cmpstr (names, ==, "Country of residence, Years of experience, Name, nothing");
  g_assert_cmpstr (text, ==, "Country of residence: France\nYears of experience: 12\nnothing: –");
  g_assert_cmpstr (other, ==, "Country: France");
  g_assert_nonnull (kaf_said_find_field (kaf_registry_find ("person"), "years", &holder));
  g_assert_cmpstr (holder->id, ==, "expert");
  g_assert_null (kaf_said_find_field (kaf_registry_find ("person"), "name_fr", &holder));
  g_assert_null (kaf_said_find_field (kaf_registry_find ("person"), NULL, &holder));
}

/* As a person types it, in whatever case; what no field is called stays. */
static void
test_names (void)
{
  const KafField *field = kaf_entity_find_field (kaf_registry_find ("source_claim"), "field");
  static const char *const typed[] = { "city", "CITY", "Years of experience", "Acronym", "Height" };
  static const char *const expected[] = { "city", "city", "years", "acronym", "Height" };

  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autofree char *canonical = NULL;

      g_assert_true (kaf_value_parse (field, typed[i], NULL, &canonical, NULL, NULL));
      g_assert_cmpstr (canonical, ==, expected[i]);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/said/lines", test_lines);
  g_test_add_func ("/said/untold", test_untold);
  g_test_add_func ("/said/hostile", test_hostile);
  g_test_add_func ("/said/round", test_round);
  g_test_add_func ("/said/format", test_format);
  g_test_add_func ("/said/names", test_names);
  return g_test_run ();
}
