/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines of a text come one after the other and each once, whether they are read when asked for or ahead on a
 * thread; and who stops early leaves nothing behind. */
#include "config.h"

#include "sync/kaf-line-reader.h"

#include <string.h>

/* Lines of a text that is read on a thread. */
#define MANY 40000

static int n_alive;
static GThread *reader;

/* @data: what stands before each number. */
static gpointer
read_number (const char *line, gsize size, gconstpointer data)
{
  g_autofree char *text = g_strndup (line, size);
  guint *number = g_new (guint, 1);

  g_assert_true (g_str_has_prefix (text, data));
  *number = (guint) g_ascii_strtoull (text + strlen (data), NULL, 10);
  g_atomic_int_inc (&n_alive);
  reader = g_thread_self ();
  return number;
}

static void
free_number (gpointer number)
{
  g_atomic_int_add (&n_alive, -1);
  g_free (number);
}

static KafLineReader *
read_lines (guint n, const char *rest, GString *text)
{
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "No %u\n", i);
  g_string_append (text, rest);
  return kaf_line_reader_new (text->str, text->len, 8, read_number, free_number, "No ");
}

static void
take (KafLineReader *lines, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      guint *number = kaf_line_reader_next (lines);

      g_assert_nonnull (number);
      g_assert_cmpuint (*number, ==, i);
      free_number (number);
    }
}

static void
read_to_the_end (guint n, gboolean ahead)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (KafLineReader) lines = read_lines (n, "", text);

  take (lines, n);
  g_assert_null (kaf_line_reader_next (lines));
  g_assert_null (kaf_line_reader_next (lines));
  g_assert_false (kaf_line_reader_is_cut (lines));
  g_assert_cmpint (g_atomic_int_get (&n_alive), ==, 0);
  g_assert_true ((reader != g_thread_self ()) == ahead);
}

static void
test_order (void)
{
  read_to_the_end (10, FALSE);
  read_to_the_end (MANY, TRUE);
}

static void
read_cut (guint n)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (KafLineReader) lines = read_lines (n, "No", text);

  take (lines, n);
  g_assert_null (kaf_line_reader_next (lines));
  g_assert_true (kaf_line_reader_is_cut (lines));
}

static void
test_cut (void)
{
  read_cut (0);
  read_cut (10);
  read_cut (MANY);
}

static void
test_stop (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (KafLineReader) lines = read_lines (MANY, "", text);

  take (lines, 10);
  g_clear_pointer (&lines, kaf_line_reader_free);
  g_assert_cmpint (g_atomic_int_get (&n_alive), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/line-reader/order", test_order);
  g_test_add_func ("/line-reader/cut", test_cut);
  g_test_add_func ("/line-reader/stop", test_stop);
  return g_test_run ();
}
