/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a source says of several fields, in one text. */
#include "config.h"

#include "schema/kaf-said.h"

#include <string.h>

#include "schema/kaf-registry.h"

static void
assert_line (const GPtrArray *lines, guint i, const char *field, const char *value)
{
  const KafSaid *line = g_ptr_array_index (lines, i);

  g_assert_cmpstr (line->field, ==, field);
  g_assert_cmpstr (line->value, ==, value);
}

static void
test_lines (void)
{
  g_autoptr (GString) said = g_string_new (NULL);
  g_autoptr (GPtrArray) lines = NULL;

  g_assert_true (kaf_said_add (said, "city", "Tétouan"));
  g_assert_true (kaf_said_add (said, "languages", "ar\tnative\nfr\tC1"));
  g_assert_true (kaf_said_add (said, "links", "https://exemple.org/?a=b\\n"));
  g_assert_cmpstr (said->str, ==,
                   "city=Tétouan\nlanguages=ar\\tnative\\nfr\\tC1\n"
                   "links=https://exemple.org/?a=b\\\\n");
  g_assert_cmpuint (kaf_said_count (said->str), ==, 3);
  lines = kaf_said_parse (said->str);
  g_assert_cmpuint (lines->len, ==, 3);
  assert_line (lines, 0, "city", "Tétouan");
  assert_line (lines, 1, "languages", "ar\tnative\nfr\tC1");
  assert_line (lines, 2, "links", "https://exemple.org/?a=b\\n");
}

/* It comes from other devices, which may send anything. */
static void
test_hostile (void)
{
  g_autoptr (GPtrArray) none = kaf_said_parse (NULL);
  g_autoptr (GPtrArray) lines =
      kaf_said_parse ("\n=Lyon\ncity\ncity=\n\\=\\\nyears=\\x\\\n\nemployer=A=B\n");

  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (kaf_said_count (NULL), ==, 0);
  g_assert_cmpuint (lines->len, ==, 3);
  assert_line (lines, 0, "\\", "\\");
  assert_line (lines, 1, "years", "\\x\\");
  assert_line (lines, 2, "employer", "A=B");
}

/* Whatever is said comes back; what would be too long is not said by half. */
static void
test_round (void)
{
  static const char letters[] = "a\\\n\t=é ";
  g_autoptr (GRand) rand = g_rand_new_with_seed (8);

  for (guint round = 0; round < 2000; round++)
    {
      g_autoptr (GString) said = g_string_new (NULL);
      g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GPtrArray) lines = NULL;
      gboolean room = TRUE;

      while (room && values->len < 12)
        {
          GString *value = g_string_new ("x");
          gsize n = (gsize) g_rand_int_range (rand, 0, round % 10 == 0 ? 9000 : 40);

          while (value->len < n)
            g_string_append_c (value, letters[g_rand_int_range (rand, 0, sizeof letters - 1)]);
          room = kaf_said_add (said, "city", value->str);
          if (room)
            g_ptr_array_add (values, g_string_free (value, FALSE));
          else
            g_string_free (value, TRUE);
        }
      g_assert_cmpuint (said->len, <=, KAF_SAID_MAX);
      lines = kaf_said_parse (said->str);
      g_assert_cmpuint (lines->len, ==, values->len);
      g_assert_cmpuint (kaf_said_count (said->str), ==, values->len);
      for (guint i = 0; i < values->len; i++)
        assert_line (lines, i, "city", g_ptr_array_index (values, i));
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
  const KafField *said = kaf_entity_find_field (kaf_registry_find ("source_claim"), "said");
  g_autofree char *text = kaf_value_format (
      said, "country=FR\nyears=12\nname_fr=Institut\nnothing=x", KAF_LANG_EN, get_title, NULL);
  const KafEntity *holder;

  g_assert_cmpstr (text, ==,
                   "Country of residence: France\nYears of experience: 12\nName: Institut\n"
                   "nothing: x");
  g_assert_nonnull (kaf_said_find_field (kaf_registry_find ("person"), "years", &holder));
  g_assert_cmpstr (holder->id, ==, "expert");
  g_assert_null (kaf_said_find_field (kaf_registry_find ("person"), "name_fr", &holder));
  g_assert_null (kaf_said_find_field (kaf_registry_find ("person"), NULL, &holder));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/said/lines", test_lines);
  g_test_add_func ("/said/hostile", test_hostile);
  g_test_add_func ("/said/round", test_round);
  g_test_add_func ("/said/format", test_format);
  return g_test_run ();
}
