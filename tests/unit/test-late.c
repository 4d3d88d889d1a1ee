/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Libraries that are loaded when they are first used: nothing but this looks whether all that is called is in them, as
 * the linker does with the others. */
#include "config.h"

#include <dlfcn.h>
#include <gmodule.h>

#include "base/kaf-late.h"

static const struct
{
  const char *header; /* from src/ */
  const char *name;   /* as it stands in the header */
  const char *library;
} uses[] = {
  { "net/kaf-soup.h", "KAF_LIBRARY_SOUP", KAF_LIBRARY_SOUP },
  { "net/kaf-secret.h", "KAF_LIBRARY_SECRET", KAF_LIBRARY_SECRET },
  { "report/kaf-qpdf.h", "KAF_LIBRARY_QPDF", KAF_LIBRARY_QPDF },
  { "report/kaf-xlsxwriter.h", "KAF_LIBRARY_XLSXWRITER", KAF_LIBRARY_XLSXWRITER },
  { "exchange/kaf-ical.h", "KAF_LIBRARY_ICAL", KAF_LIBRARY_ICAL },
  { "exchange/kaf-libzip.h", "KAF_LIBRARY_ZIP", KAF_LIBRARY_ZIP },
  { "exchange/kaf-libxml.h", "KAF_LIBRARY_XML", KAF_LIBRARY_XML },
};

static gboolean
is_loaded (const char *library)
{
  return dlopen (library, RTLD_LAZY | RTLD_NOLOAD) != NULL;
}

static void
test_first_use (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (uses); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (is_loaded (uses[i].library));
      g_assert_true (kaf_late_load (uses[i].library, &error));
      g_assert_no_error (error);
      g_assert_true (is_loaded (uses[i].library));
    }
}

static void
test_functions (void)
{
  g_autoptr (GRegex) regex =
      g_regex_new ("#define (\\w+)[\\s\\\\]+KAF_LATE \\((\\w+), (\\w+)\\)", 0, 0, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (uses); i++)
    {
      g_autofree char *path =
          g_test_build_filename (G_TEST_DIST, "../../src", uses[i].header, NULL);
      g_autofree char *text = NULL;
      g_autoptr (GMatchInfo) match = NULL;
      g_auto (GStrv) lines = NULL;
      guint n = 0;

      g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
      for (g_regex_match (regex, text, 0, &match); g_match_info_matches (match);
           g_match_info_next (match, NULL), n++)
        {
          g_autofree char *name = g_match_info_fetch (match, 1);
          g_autofree char *library = g_match_info_fetch (match, 2);
          g_autofree char *function = g_match_info_fetch (match, 3);

          g_assert_cmpstr (name, ==, function);
          g_assert_cmpstr (library, ==, uses[i].name);
          g_assert_nonnull (kaf_late_find (uses[i].library, function));
        }
      g_assert_cmpuint (n, >, 0);
      /* None is written in another way. */
      lines = g_strsplit (text, "#define ", -1);
      g_assert_cmpuint (n, ==, g_strv_length (lines) - 1);
    }
}

static void
test_absent (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (kaf_late_load ("libkafaat-nowhere.so.1", &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

/* Two threads that begin together. */
static guint n_ready;

static void
wait_for_other (void)
{
  g_atomic_int_inc (&n_ready);
  while (g_atomic_int_get (&n_ready) < 2)
    g_thread_yield ();
}

static gpointer
open_modules (gpointer data)
{
  wait_for_other ();
  for (guint i = 0; i < 400; i++)
    {
      g_assert_nonnull (
          g_module_open (i % 2 == 0 ? KAF_LIBRARY_ZIP : KAF_LIBRARY_XML, G_MODULE_BIND_LAZY));
      g_usleep (10);
    }
  return NULL;
}

/* libsoup asks for modules as it is loaded; GTK loads what draws its icons meanwhile. Neither may wait for the other. */
static void
test_beside_modules (void)
{
  GThread *thread;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 20 * G_USEC_PER_SEC, 0);
      g_test_trap_assert_passed ();
      return;
    }
  thread = g_thread_new ("modules", open_modules, NULL);
  wait_for_other ();
  g_assert_true (kaf_late_load (KAF_LIBRARY_SOUP, NULL));
  g_thread_join (thread);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/late/beside-modules", test_beside_modules);
  g_test_add_func ("/late/first-use", test_first_use);
  g_test_add_func ("/late/functions", test_functions);
  g_test_add_func ("/late/absent", test_absent);
  return g_test_run ();
}
