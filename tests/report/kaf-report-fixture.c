/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kaf-report-fixture.h"

KafPages *
kaf_report_lay_out (const KafDoc *doc)
{
  const KafLayoutInfo info = { .day = "2026-11-22" };
  g_autoptr (GError) error = NULL;
  KafPages *pages = kaf_layout_run (&doc, 1, FALSE, &info, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (pages);
  return pages;
}

char **
kaf_report_lines (KafPages *pages, guint page)
{
  g_autofree char *text = kaf_pages_read (pages, page);

  return g_strsplit (g_strchomp (text), "\n", -1);
}

guint
kaf_report_find (KafPages *pages, const char *text)
{
  for (guint i = 0; i < kaf_pages_count (pages); i++)
    {
      g_auto (GStrv) lines = kaf_report_lines (pages, i);

      if (g_strv_contains ((const char *const *) lines, text))
        return i;
    }
  g_test_message ("no line is “%s”", text);
  g_assert_not_reached ();
}
