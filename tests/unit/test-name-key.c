/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The names that the documents hold in both scripts meet; names that only look alike do not. */

#include "config.h"

#include "match/kaf-name-key.h"

#include <math.h>
#include <string.h>

static gboolean
share_key (const char *a, const char *b)
{
  g_autofree char *key_a = kaf_name_key (a);
  g_autofree char *key_b = kaf_name_key (b);
  g_auto (GStrv) words_a = g_strsplit (key_a, " ", -1);
  g_auto (GStrv) words_b = g_strsplit (key_b, " ", -1);

  for (guint i = 0; words_a[i] != NULL; i++)
    if (*words_a[i] != 0 && g_strv_contains ((const char *const *) words_b, words_a[i]))
      return TRUE;
  return FALSE;
}

/* Whether each key of what is typed begins a key word of the stored name. */
static gboolean
finds (const char *typed, const char *stored)
{
  g_auto (GStrv) keys = kaf_name_key_query (typed);
  g_autofree char *key = kaf_name_key (stored);
  g_auto (GStrv) words = g_strsplit (key, " ", -1);

  if (keys[0] == NULL)
    return FALSE;
  for (guint i = 0; keys[i] != NULL; i++)
    {
      gboolean found = FALSE;

      for (guint j = 0; words[j] != NULL && !found; j++)
        found = g_str_has_prefix (words[j], keys[i]);
      if (!found)
        return FALSE;
    }
  return TRUE;
}

typedef struct
{
  const char *a;
  const char *b;
} Pair;

static const Pair same[] = {
  { "Najat", "نجاة" },
  { "El Ouafi", "الوافي" },
  { "Ouafi", "الوافي" },
  { "Elouafi", "الوافي" },
  { "L'Ouafi", "الوافي" },
  { "Kaddar", "قدار" },
  { "Kaddar", "القدار" },
  { "El Kaddar", "قدار" },
  { "Elkaddar", "القدار" },
  { "Lkaddar", "القدار" },
  { "Guessous", "كسوس" },
  { "Guessous", "ڭسوس" },
  { "Guessous", "Gassous" },
  { "Boutjdir", "بوتجدير" },
  { "Boutjdir", "بوجدير" },
  { "Hicham", "هشام" },
  { "Nezha", "نزهة" },
  { "Driss", "إدريس" },
  { "Idriss", "ادريس" },
  { "Bartout", "برطوط" },
  { "Loubna Tricha", "لبنى طريشة" },
  { "Abderrahim", "عبد الرحيم" },
  { "Abd El Rahim", "عبد الرحيم" },
  { "Abd-er-Rahim", "عبدالرحيم" },
  { "Abdel Rahim", "Abderrahim" },
  { "Abdelkader", "عبد القادر" },
  { "Abdellah", "عبد الله" },
  { "Abdelilah", "عبد الإله" },
  { "Abdeslam", "عبد السلام" },
  { "Noureddine", "نور الدين" },
  { "Nour Eddine", "نورالدين" },
  { "Salah-Eddine", "صلاح الدين" },
  { "Fathallah", "فتح الله" },
  { "Fathi", "فتحي" },
  { "Othmane", "عثمان" },
  { "Touhami", "التهامي" },
  { "Ishak", "إسحاق" },
  { "Aïcha", "عائشة" },
  { "Benali", "بن علي" },
  { "Ben Ali", "بنعلي" },
  { "Benjelloun", "بن جلون" },
  { "Ait Hammou", "آيت حمو" },
  { "Bouazza", "بوعزة" },
  { "Moulay Hassan", "مولاي الحسن" },
  { "Alaoui", "العلوي" },
  { "Lalaoui", "العلوي" },
  { "Cherkaoui", "الشرقاوي" },
  { "Tahraoui", "الطهراوي" },
  { "Essaidi", "الصعيدي" },
  { "Ennaji", "الناجي" },
  { "Lahcen", "الحسن" },
  { "Lhoucine", "الحسين" },
  { "Lamine", "الأمين" },
  { "Ali", "علي" },
  { "Omar", "عمر" },
  { "Yassine", "ياسين" },
  { "Yacine", "ياسين" },
  { "Fayçal", "فيصل" },
  { "Ghita", "غيثة" },
  { "Rhazi", "غازي" },
  { "Khadija", "خديجة" },
  { "Ouazzani", "الوزاني" },
  { "Oussama", "أسامة" },
  { "Youssef", "يوسف" },
  { "Ayoub", "أيوب" },
  { "Oujdi", "وجدي" },
  { "Mehdi", "مهدي" },
  { "Zineb", "زينب" },
  { "Loubna", "لُبْنَى" },
  { "Houcine", "Hussein" },
  { "Jaouad", "Jawad" },
  { "Jaouad", "جواد" },
  { "Mohcine", "Mouhsine" },
  { "Mohamed", "محمد" },
  { "Mohammed", "Mohamed" },
  { "Mohamed Boutjdir", "محمد بوجدير" },
  { "BOUTJDIR M.", "Mohamed Boutjdir" },
  { "Kettani Mehdi", "Mehdi Kettani" },
};

static void
test_same (void)
{
  guint weak = 0;

  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    {
      double likeness = kaf_name_likeness (same[i].a, same[i].b);
      g_autofree char *key_a = kaf_name_key (same[i].a);
      g_autofree char *key_b = kaf_name_key (same[i].b);

      if (!share_key (same[i].a, same[i].b) || likeness < .8 ||
          fabs (likeness - kaf_name_likeness (same[i].b, same[i].a)) > 1e-6)
        {
          g_test_message ("%s [%s] / %s [%s]: %.3f", same[i].a, key_a, same[i].b, key_b, likeness);
          weak++;
        }
    }
  g_assert_cmpuint (weak, ==, 0);
}

/* What is typed whole finds what is stored, either way round. */
static void
test_query (void)
{
  guint lost = 0;

  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    {
      /* A typed article is heard as one, a typed initial has no key of its own. */
      if (strchr (same[i].a, '.') != NULL)
        continue;
      if (!finds (same[i].a, same[i].b) || !finds (same[i].b, same[i].a))
        {
          g_auto (GStrv) qa = kaf_name_key_query (same[i].a);
          g_auto (GStrv) qb = kaf_name_key_query (same[i].b);
          g_autofree char *ja = g_strjoinv (" ", qa);
          g_autofree char *jb = g_strjoinv (" ", qb);
          g_autofree char *ka = kaf_name_key (same[i].a);
          g_autofree char *kb = kaf_name_key (same[i].b);

          g_test_message ("%s (%s) [%s] / %s (%s) [%s]", same[i].a, ja, ka, same[i].b, jb, kb);
          lost++;
        }
    }
  g_assert_cmpuint (lost, ==, 0);
  /* A part finds the whole. */
  g_assert_true (finds ("Jelloun", "بنجلون"));
  g_assert_true (finds ("الرحيم", "Abderrahim"));
  g_assert_true (finds ("Gues", "كسوس"));
  g_assert_true (finds ("عبد الر", "Abderrahim Alaoui"));
  g_assert_true (finds ("Alaoui Abd El Rahim", "عبد الرحيم العلوي"));
  g_assert_false (finds ("Alaoui Karim", "عبد الرحيم العلوي"));
}

static void
test_different (void)
{
  static const Pair apart[] = {
    { "محمد", "Ahmed" },     { "Mohamed", "Ahmed" },      { "محمد", "أحمد" },
    { "Hassan", "Hussein" }, { "Karim", "كريمة" },        { "Rachid", "خديجة" },
    { "Alaoui", "Tazi" },    { "Benjelloun", "بنكيران" }, { "Samir", "Hicham" },
    { "نزهة", "Zahra" },     { "Kaddar", "Guessous" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (apart); i++)
    g_test_message ("%s / %s: %.3f", apart[i].a, apart[i].b,
                    kaf_name_likeness (apart[i].a, apart[i].b));
  g_assert_false (share_key ("محمد", "Ahmed"));
  g_assert_false (share_key ("Mohamed", "أحمد"));
  g_assert_cmpfloat (kaf_name_likeness ("محمد", "Ahmed"), <, .66);
  g_assert_cmpfloat (kaf_name_likeness ("Mohamed", "Ahmed"), <, .66);
  g_assert_cmpfloat (kaf_name_likeness ("محمد", "أحمد"), <, .66);
  g_assert_cmpfloat (kaf_name_likeness ("نزهة", "Zahra"), <, .66);
  g_assert_cmpfloat (kaf_name_likeness ("Alaoui", "Tazi"), <, .66);
  g_assert_cmpfloat (kaf_name_likeness ("Benjelloun", "بنكيران"), <, .66);
  g_assert_cmpfloat (kaf_name_likeness ("محمد", "محمود"), <, .9);
  g_assert_cmpfloat (kaf_name_likeness ("Alaoui Mohamed", "Alaoui Ahmed"), <, .9);
  g_assert_false (share_key ("Benjelloun", "Benkirane"));
  g_assert_false (share_key ("Abdelkader", "عبد الرحيم"));
  g_assert_false (share_key ("Noureddine", "صلاح الدين"));
}

static void
assert_key (const char *name, const char *expected)
{
  g_autofree char *key = kaf_name_key (name);

  g_assert_cmpstr (key, ==, expected);
}

static void
assert_word (const char *word, const char *expected)
{
  g_autofree char *key = kaf_name_key_word (word);

  g_assert_cmpstr (key, ==, expected);
}

static void
assert_query (const char *typed, const char *expected)
{
  g_auto (GStrv) keys = kaf_name_key_query (typed);
  g_autofree char *joined = g_strjoinv (" ", keys);

  g_assert_cmpstr (joined, ==, expected);
}

/* A consonant narrows beside a name; alone it would find everybody. */
static void
test_queries (void)
{
  assert_query ("M", "");
  assert_query ("M B", "");
  assert_query ("Skalli M", "skl m");
  assert_query ("M Skalli", "m skl");
  assert_query ("Skalli Ou", "skl");
  assert_query ("El Malki F", "mlk f");
  assert_query ("Hassan El", "hsn");
  assert_query ("السقلي م", "skl m");
}

static void
test_keys (void)
{
  g_autoptr (GString) out = g_string_new ("x");
  g_autoptr (GString) again = g_string_new ("x ");

  assert_key (NULL, "");
  assert_key ("", "");
  assert_key ("  - 12 . ", "");
  assert_key ("a", "");
  assert_key ("\xff\xfeKaddar\xc3", "kdr");
  assert_key ("Kaddar Kaddar", "kdr");
  assert_key ("Boutjdir", "bjdr");
  assert_key ("Driss", "drs");
  assert_word ("El", "");
  assert_word ("Ben", "");
  assert_word ("عبد", "");
  assert_word ("b", "b");
  assert_word ("Ou", "");
  assert_word ("bou", "");
  assert_word ("Ali", "al");
  assert_word ("Benjelloun", "bnjln");
  assert_word ("Noureddine", "nrdn");
  assert_word ("عبدالله", "bdlh");
  assert_word ("الوافي", "wf");
  assert_word ("Elouafi", "wf");
  assert_word ("Elham", "lhm");
  kaf_name_key_append (out, "Kaddar");
  g_assert_cmpstr (out->str, ==, "x kdr");
  kaf_name_key_append (again, "قدار");
  g_assert_cmpstr (again->str, ==, "x kdr");
}

static void
test_likeness_edges (void)
{
  g_autofree char *wide = g_strnfill (5000, 'b');
  g_autoptr (GString) many = g_string_new (NULL);

  for (guint i = 0; i < 300; i++)
    g_string_append (many, "Ben Ali ");
  g_assert_cmpfloat (kaf_name_likeness (NULL, "Ali"), ==, 0);
  g_assert_cmpfloat (kaf_name_likeness ("", ""), ==, 0);
  g_assert_cmpfloat (kaf_name_likeness ("Ali", "Ali"), ==, 1);
  g_assert_cmpfloat (kaf_name_likeness (wide, many->str), <, .66);
  g_assert_cmpfloat (kaf_name_likeness (many->str, many->str), ==, 1);
  /* A name that lacks a word is nearer than one that has another. */
  g_assert_cmpfloat (kaf_name_likeness ("Samir Kaddar", "Kaddar"), >,
                     kaf_name_likeness ("Samir Kaddar", "Hicham Kaddar"));
  g_assert_cmpfloat (kaf_name_likeness ("Moulay Hassan Alaoui", "Hassan Alaoui"), >, .9);
}

static const char *const families[] = {
  "Alaoui",      "Idrissi",  "Bennani",   "Tazi",      "Fassi",     "Benjelloun",  "Berrada",
  "Chraibi",     "Lahlou",   "Kettani",   "Guessous",  "Kaddar",    "El Ouafi",    "Boutjdir",
  "Bartout",     "Tricha",   "Cherkaoui", "Filali",    "Naciri",    "Sebti",       "Skalli",
  "Mernissi",    "Sefrioui", "Squalli",   "Benkirane", "Bouazza",   "Amrani",      "Ouazzani",
  "Zerouali",    "Haddad",   "Najjar",    "Mansouri",  "Hamdaoui",  "Yacoubi",     "Rachidi",
  "Jazouli",     "Tahiri",   "Saidi",     "Mokhtari",  "Bouhaddou", "El Khattabi", "Ziani",
  "Belhaj",      "Daoudi",   "Ghazali",   "Lamrani",   "Mrabet",    "Oubella",     "Aït Taleb",
  "Benchekroun", "Hajji",    "Jebli",     "Karimi",    "Lazrak",    "Moussaoui",   "Rami",
  "Sabri",       "Toumi",    "Wahbi",     "Zniber",
};

/* Two families out of sixty share a key in fewer than 2 % of the pairs. */
static void
test_false_positives (void)
{
  guint shared = 0, pairs = 0;

  G_STATIC_ASSERT (G_N_ELEMENTS (families) == 60);
  for (guint i = 0; i < G_N_ELEMENTS (families); i++)
    for (guint j = i + 1; j < G_N_ELEMENTS (families); j++, pairs++)
      if (share_key (families[i], families[j]))
        {
          g_test_message ("%s / %s", families[i], families[j]);
          shared++;
        }
  g_test_message ("%u of %u pairs share a key: %.2f %%", shared, pairs, 100.0 * shared / pairs);
  g_assert_cmpfloat ((double) shared / pairs, <, .02);
}

static void
test_speed (void)
{
  const guint rounds = 200000;
  g_autoptr (GString) out = g_string_sized_new (256);
  double sum = 0;
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < rounds; i++)
    {
      g_string_truncate (out, 0);
      kaf_name_key_append (out, same[i % G_N_ELEMENTS (same)].a);
    }
  g_test_message ("key: %.3f us a name", (g_get_monotonic_time () - start) / (double) rounds);
  start = g_get_monotonic_time ();
  for (guint i = 0; i < rounds; i++)
    sum += kaf_name_likeness (same[i % G_N_ELEMENTS (same)].a, same[i % G_N_ELEMENTS (same)].b);
  g_test_message ("likeness: %.3f us a pair", (g_get_monotonic_time () - start) / (double) rounds);
  g_assert_cmpfloat (sum, >, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/name-key/same", test_same);
  g_test_add_func ("/name-key/query", test_query);
  g_test_add_func ("/name-key/different", test_different);
  g_test_add_func ("/name-key/keys", test_keys);
  g_test_add_func ("/name-key/queries", test_queries);
  g_test_add_func ("/name-key/likeness-edges", test_likeness_edges);
  g_test_add_func ("/name-key/false-positives", test_false_positives);
  if (g_test_perf ())
    g_test_add_func ("/name-key/speed", test_speed);
  return g_test_run ();
}
