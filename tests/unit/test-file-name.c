/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "base/kaf-file-name.h"

static void
test_make (void)
{
  static const struct
  {
    const char *text, *name;
  } cases[] = {
    { "Note.txt", "Note.txt" },
    { "a/b\\c:d*e?f\"g<h>i|j.pdf", "a-b-c-d-e-f-g-h-i-j.pdf" },
    { "../../etc/passwd", "-..-etc-passwd" },
    { "  .hidden. . ", "hidden" },
    { "two\nlines\tand\x01more", "two lines and more" },
    { "\u2067محضر\u2069 \u200f2026.pdf", "محضر 2026.pdf" },
    { "مُحَضَّر.pdf", "مُحَضَّر.pdf" },
    { "Cafe\u0301", "Caf\u00e9" },
    { "con", "_con" },
    { "CON.txt", "_CON.txt" },
    { "lpt1.tar.gz", "_lpt1.tar.gz" },
    { "com10", "com10" },
    { "console", "console" },
    { "...", "_" },
    { "", "_" },
    { NULL, "_" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = kaf_file_name_make (cases[i].text);

      g_assert_cmpstr (name, ==, cases[i].name);
    }
}

static void
test_long (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *name = NULL;

  for (guint i = 0; i < 200; i++)
    g_string_append (text, "م");
  g_string_append (text, ".pdf");
  name = kaf_file_name_make (text->str);
  g_assert_cmpuint (strlen (name), <=, 150);
  g_assert_true (g_utf8_validate (name, -1, NULL));
  g_assert_true (g_str_has_suffix (name, "م.pdf"));
}

static void
test_take (void)
{
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  static const char *const names[][2] = {
    { "Note.txt", "Note.txt" },     { "NOTE.TXT", "NOTE (2).TXT" },
    { "note.txt", "note (3).txt" }, { "Été", "Été" },
    { "ÉTÉ", "ÉTÉ (2)" },           { "Note (2).txt", "Note (2) (2).txt" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = kaf_file_name_take (taken, names[i][0]);

      g_assert_cmpstr (name, ==, names[i][1]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/file-name/make", test_make);
  g_test_add_func ("/file-name/long", test_long);
  g_test_add_func ("/file-name/take", test_take);
  return g_test_run ();
}
