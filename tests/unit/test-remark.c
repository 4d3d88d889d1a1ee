/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Remarks that seem to name somebody or to speak of somebody's health, in either script. */
#include "config.h"

#include "rules/mission/kaf-remark.h"

/* Invented. */
static const char *const names[] = { "Fatima Zahra Ben Tajiri", "Idriss Oulhaj",
                                     "فاطمة الزهراء التجري", "عبد الله أولحاج", NULL };

static void
test_delicate (void)
{
  static const char *const delicate[] = {
    "Mme Tajiri parle trop vite",
    "OULHAJ était en retard",
    "merci à Fatima",
    "Idriss, trop technique",
    "كانت حصة أولحاج مفيدة",
    "شكرا لفاطمة على وقتها",
    "أشكر السيدة على صبرها",
    "une stagiaire enceinte est partie",
    "appelez le 06 12 34 56 78",
    "والتجري شرحت جيدا",
    "écrire à x@exemple.example",
  };

  for (guint i = 0; i < G_N_ELEMENTS (delicate); i++)
    {
      g_test_message ("%s", delicate[i]);
      g_assert_true (kaf_remark_is_delicate (delicate[i], names));
    }
}

static void
test_plain (void)
{
  static const char *const plain[] = {
    "",
    "la salle était trop petite",
    "plus de pratique sur le diabète, au ben moins de théorie",
    "le groupe de la ville de Tajir",
    "الوقت غير كاف للتمارين",
    "عبد الطريق إلى القاعة طويل",
    "40 participants en 2027, 3 jours",
    "الحمد لله، إن شاء الله نواصل",
    "rendez-vous @ 9 h",
  };

  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    {
      g_test_message ("%s", plain[i]);
      g_assert_false (kaf_remark_is_delicate (plain[i], names));
    }
  g_assert_false (kaf_remark_is_delicate (NULL, names));
  g_assert_false (kaf_remark_is_delicate ("merci à Fatima", NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/remark/delicate", test_delicate);
  g_test_add_func ("/remark/plain", test_plain);
  return g_test_run ();
}
