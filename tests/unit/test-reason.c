/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is taken for a reason: a sentence in whatever script, no letter or two, nor what only fills the place. */
#include "config.h"

#include "base/kaf-reason.h"

static void
test_enough (void)
{
  static const struct
  {
    const char *text;
    gboolean enough;
  } cases[] = {
    { NULL, FALSE },
    { "", FALSE },
    { "ok", FALSE },
    { "demande", FALSE },
    { "..............", FALSE },
    { "          a b c          ", FALSE },
    { "abcdefghi", FALSE },
    { "abcdefghij", TRUE },
    { "n° 1234567890", TRUE },
    { "Réunion n° 17", TRUE },
    { "بطلب من المعني بالأمر", TRUE },
    { "بطلبه", FALSE },
    /* Digits of either kind; marks above letters are none. */
    { "\331\241\331\242\331\243\331\244\331\245\331\246\331\247\331\250\331\251\331\240", TRUE },
    { "\330\247\331\213\331\213\331\213\331\213\331\213\331\213\331\213\331\213\331\213", FALSE },
    { "abcdefghij\377", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].text);
      g_assert_true (kaf_reason_is_enough (cases[i].text) == cases[i].enough);
    }
  g_assert_nonnull (kaf_reason_get_rule ());
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reason/enough", test_enough);
  return g_test_run ();
}
