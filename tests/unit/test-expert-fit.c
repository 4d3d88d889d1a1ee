/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How an expert fits a mission: filters, each part at its edges, the interval, the order. */
#include "config.h"

#include "match/kaf-expert-fit.h"

#include <string.h>

#define TODAY "2026-11-28"

static GHashTable *
make_tree (const char *const *pairs)
{
  GHashTable *tree = g_hash_table_new (g_str_hash, g_str_equal);

  for (; *pairs != NULL; pairs += 2)
    g_hash_table_insert (tree, (gpointer) pairs[0], (gpointer) pairs[1]);
  return tree;
}

static const char *const domains[] = { "nursing", "health", "wound-care", "nursing", NULL };
static const char *const territories[] = { "tiznit", "souss", "agadir", "souss",
                                           "fes",    "north", NULL };

static void
test_near (void)
{
  g_autoptr (GHashTable) tree = make_tree (domains);

  g_assert_cmpint (kaf_fit_near (tree, "nursing", "nursing"), ==, KAF_NEAR_SAME);
  g_assert_cmpint (kaf_fit_near (tree, "nursing", "wound-care"), ==, KAF_NEAR_SAME);
  g_assert_cmpint (kaf_fit_near (tree, "health", "wound-care"), ==, KAF_NEAR_SAME);
  g_assert_cmpint (kaf_fit_near (tree, "nursing", "health"), ==, KAF_NEAR_WIDER);
  g_assert_cmpint (kaf_fit_near (tree, "nursing", "law"), ==, KAF_NEAR_NOT);
  g_assert_cmpint (kaf_fit_near (NULL, "law", "law"), ==, KAF_NEAR_SAME);
  /* A list that goes round in a circle ends all the same. */
  g_hash_table_insert (tree, "health", "wound-care");
  g_assert_cmpint (kaf_fit_near (tree, "law", "nursing"), ==, KAF_NEAR_NOT);
}

static KafFit
weigh (const KafFitAsk *ask, const KafFitExpert *expert)
{
  KafFit fit;

  kaf_fit_weigh (ask, expert, &fit);
  g_assert_cmpuint (fit.from, <=, fit.to);
  g_assert_cmpuint (fit.to, <=, KAF_FIT_SCALE);
  return fit;
}

static void
assert_points (const KafFit *fit, KafFitPart part, guint from, guint to, KafFitReason reason)
{
  g_assert_cmpuint (fit->parts[part].from, ==, from);
  g_assert_cmpuint (fit->parts[part].to, ==, to);
  g_assert_cmpint (fit->parts[part].reason, ==, reason);
}

static void
test_filters (void)
{
  KafFitAsk ask = { .n_domains = 1, .day = kaf_day_parse (TODAY) };
  KafFitExpert expert = { .domains = { KAF_NEAR_SAME }, .status = "verified" };

  g_assert_cmpint (kaf_fit_filter (&ask, &expert), ==, KAF_FIT_IN);
  expert.listed = TRUE;
  g_assert_cmpint (kaf_fit_filter (&ask, &expert), ==, KAF_FIT_LISTED);
  ask.needs_consent = TRUE;
  g_assert_cmpint (kaf_fit_filter (&ask, &expert), ==, KAF_FIT_NO_CONSENT);
  expert.status = "dormant";
  g_assert_cmpint (kaf_fit_filter (&ask, &expert), ==, KAF_FIT_DORMANT);
  expert.status = "erased";
  g_assert_cmpint (kaf_fit_filter (&ask, &expert), ==, KAF_FIT_ERASED);
  expert.status = "opposed";
  g_assert_cmpint (kaf_fit_filter (&ask, &expert), ==, KAF_FIT_OPPOSED);
  /* Consent makes no difference to who is opposed. */
  expert.consents = TRUE;
  g_assert_cmpint (kaf_fit_filter (&ask, &expert), ==, KAF_FIT_OPPOSED);
  expert.status = NULL;
  expert.listed = FALSE;
  g_assert_cmpint (kaf_fit_filter (&ask, &expert), ==, KAF_FIT_IN);
  expert.domains[0] = KAF_NEAR_NOT;
  g_assert_cmpint (kaf_fit_filter (&ask, &expert), ==, KAF_FIT_NO_MATCH);
  expert.occupation = KAF_NEAR_WIDER;
  g_assert_cmpint (kaf_fit_filter (&ask, &expert), ==, KAF_FIT_IN);
}

static void
test_domains (void)
{
  KafFitAsk ask = { .n_domains = 1, .day = kaf_day_parse (TODAY) };
  KafFitExpert expert = { .domains = { KAF_NEAR_SAME } };
  KafFit fit = weigh (&ask, &expert);

  assert_points (&fit, KAF_FIT_DOMAIN, 350, 350, KAF_FIT_DOMAIN_SAME);
  expert.domains[0] = KAF_NEAR_WIDER;
  fit = weigh (&ask, &expert);
  assert_points (&fit, KAF_FIT_DOMAIN, 175, 175, KAF_FIT_DOMAIN_WIDER);
  expert.domains[0] = KAF_NEAR_NOT;
  fit = weigh (&ask, &expert);
  assert_points (&fit, KAF_FIT_DOMAIN, 0, 0, KAF_FIT_DOMAIN_NONE);

  ask.n_domains = 2;
  expert.domains[1] = KAF_NEAR_SAME;
  fit = weigh (&ask, &expert);
  /* 3/4 for the one, 1/8 for half of them. */
  assert_points (&fit, KAF_FIT_DOMAIN, 306, 306, KAF_FIT_DOMAIN_SOME);
  g_assert_cmpuint (fit.parts[KAF_FIT_DOMAIN].a, ==, 1);
  g_assert_cmpuint (fit.parts[KAF_FIT_DOMAIN].b, ==, 2);
  expert.domains[0] = KAF_NEAR_SAME;
  fit = weigh (&ask, &expert);
  assert_points (&fit, KAF_FIT_DOMAIN, 350, 350, KAF_FIT_DOMAIN_SAME);
}

static void
test_languages (void)
{
  static const char *const asked[] = { "fr\tB2", "ar", NULL };
  static const char *const good[] = { "ar\tC2", "fr\tB2", NULL };
  static const char *const near[] = { "ar\tC2", "fr\tB1", NULL };
  static const char *const far[] = { "ar\tC2", "fr\tA2", NULL };
  static const char *const without[] = { "ar\tC2", "fr", NULL };
  static const char *const other[] = { "ary\tC2", "de\tC2", NULL };
  static const char *const none[] = { NULL };
  KafFitAsk ask = { .n_domains = 1, .languages = asked, .day = kaf_day_parse (TODAY) };
  KafFitExpert expert = { .domains = { KAF_NEAR_SAME }, .languages = good };
  KafFit fit = weigh (&ask, &expert);

  assert_points (&fit, KAF_FIT_LANGUAGE, 150, 150, KAF_FIT_LANGUAGES_ALL);
  expert.languages = near;
  fit = weigh (&ask, &expert);
  assert_points (&fit, KAF_FIT_LANGUAGE, 112, 112, KAF_FIT_LANGUAGES_SOME);
  expert.languages = far;
  fit = weigh (&ask, &expert);
  assert_points (&fit, KAF_FIT_LANGUAGE, 93, 93, KAF_FIT_LANGUAGES_SOME);
  expert.languages = without;
  fit = weigh (&ask, &expert);
  assert_points (&fit, KAF_FIT_LANGUAGE, 75, 150, KAF_FIT_LANGUAGES_UNKNOWN);
  /* A longer code is another language. */
  expert.languages = other;
  fit = weigh (&ask, &expert);
  assert_points (&fit, KAF_FIT_LANGUAGE, 0, 0, KAF_FIT_LANGUAGES_SOME);
  expert.languages = none;
  fit = weigh (&ask, &expert);
  assert_points (&fit, KAF_FIT_LANGUAGE, 0, 150, KAF_FIT_LANGUAGES_UNKNOWN);
  expert.languages = NULL;
  fit = weigh (&ask, &expert);
  assert_points (&fit, KAF_FIT_LANGUAGE, 0, 150, KAF_FIT_LANGUAGES_UNKNOWN);
}

static void
test_availability (void)
{
  KafDay monday = kaf_day_parse ("2027-01-11");
  const KafFitHalf halves[] = { { monday, FALSE }, { monday, TRUE }, { monday + 1, FALSE } };
  KafFitTime times[] = {
    { monday, monday + 1, TRUE, TRUE, KAF_FIT_FREE, FALSE },
    { monday, KAF_DAY_UNKNOWN, FALSE, TRUE, KAF_FIT_BUSY, FALSE },
  };
  KafFitAsk ask = { .n_domains = 1, .halves = halves, .n_halves = 3, .day = kaf_day_parse (TODAY) };
  KafFitExpert expert = { .domains = { KAF_NEAR_SAME }, .times = times, .n_times = 0 };
  KafFit fit = weigh (&ask, &expert);

  assert_points (&fit, KAF_FIT_AVAILABILITY, 0, 150, KAF_FIT_FREE_UNKNOWN);
  expert.n_times = 1;
  fit = weigh (&ask, &expert);
  assert_points (&fit, KAF_FIT_AVAILABILITY, 150, 150, KAF_FIT_FREE_ALL);
  /* Taken goes before free. */
  expert.n_times = 2;
  fit = weigh (&ask, &expert);
  assert_points (&fit, KAF_FIT_AVAILABILITY, 100, 100, KAF_FIT_FREE_SOME);
  times[1].kind = KAF_FIT_TENTATIVE;
  fit = weigh (&ask, &expert);
  assert_points (&fit, KAF_FIT_AVAILABILITY, 100, 150, KAF_FIT_FREE_UNKNOWN);
  /* Free by screen alone is not free to come. */
  times[0].remote = TRUE;
  expert.n_times = 1;
  fit = weigh (&ask, &expert);
  assert_points (&fit, KAF_FIT_AVAILABILITY, 0, 0, KAF_FIT_FREE_NONE);
  ask.remote = TRUE;
  fit = weigh (&ask, &expert);
  assert_points (&fit, KAF_FIT_AVAILABILITY, 150, 150, KAF_FIT_FREE_ALL);
  /* The day before and the day after are other days. */
  times[0].from = monday + 2;
  times[0].to = monday + 9;
  fit = weigh (&ask, &expert);
  assert_points (&fit, KAF_FIT_AVAILABILITY, 0, 150, KAF_FIT_FREE_UNKNOWN);
}

static void
test_territory (void)
{
  g_autoptr (GHashTable) tree = make_tree (territories);
  KafFitAsk ask = {
    .n_domains = 1, .territory = "tiznit", .territories = tree, .day = kaf_day_parse (TODAY)
  };
  KafFitExpert expert = { .domains = { KAF_NEAR_SAME } };
  static const struct
  {
    const char *hers;
    guint from, to;
    KafFitReason reason;
  } cases[] = {
    { NULL, 0, 50, KAF_FIT_TERRITORY_UNSTATED },  { "tiznit", 50, 50, KAF_FIT_TERRITORY_SAME },
    { "agadir", 25, 25, KAF_FIT_TERRITORY_NEAR }, { "souss", 25, 25, KAF_FIT_TERRITORY_NEAR },
    { "fes", 0, 0, KAF_FIT_TERRITORY_OTHER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      KafFit fit;

      expert.territory = cases[i].hers;
      fit = weigh (&ask, &expert);
      assert_points (&fit, KAF_FIT_TERRITORY, cases[i].from, cases[i].to, cases[i].reason);
    }
}

static void
test_network (void)
{
  static const char *const hers[] = { "n1", "n2", NULL };
  KafFitAsk ask = { .n_domains = 1, .day = kaf_day_parse (TODAY) };
  KafFitExpert expert = { .domains = { KAF_NEAR_SAME } };
  KafFit fit = weigh (&ask, &expert);

  assert_points (&fit, KAF_FIT_NETWORK, 0, 0, KAF_FIT_NETWORK_NONE);
  expert.networks = hers;
  fit = weigh (&ask, &expert);
  assert_points (&fit, KAF_FIT_NETWORK, 50, 50, KAF_FIT_NETWORK_SOME);
  ask.network = "n2";
  fit = weigh (&ask, &expert);
  assert_points (&fit, KAF_FIT_NETWORK, 50, 50, KAF_FIT_NETWORK_ASKED);
  ask.network = "n3";
  fit = weigh (&ask, &expert);
  assert_points (&fit, KAF_FIT_NETWORK, 25, 25, KAF_FIT_NETWORK_OTHER);
}

/* Four answers say nothing, five do. */
static void
test_evaluation (void)
{
  KafFitAsk ask = { .n_domains = 1, .day = kaf_day_parse (TODAY) };
  KafFitExpert expert = { .domains = { KAF_NEAR_SAME }, .n_answers = 4, .sum_scores = 20 };
  KafFit fit = weigh (&ask, &expert);
  g_autofree char *text = NULL;

  assert_points (&fit, KAF_FIT_EVALUATION, 0, 100, KAF_FIT_NOT_EVALUATED);
  g_assert_cmpuint (fit.parts[KAF_FIT_EVALUATION].a, ==, 0);
  expert.n_answers = 5;
  expert.sum_scores = 25;
  fit = weigh (&ask, &expert);
  assert_points (&fit, KAF_FIT_EVALUATION, 100, 100, KAF_FIT_EVALUATED);
  expert.sum_scores = 21;
  fit = weigh (&ask, &expert);
  assert_points (&fit, KAF_FIT_EVALUATION, 80, 80, KAF_FIT_EVALUATED);
  text = kaf_fit_tell (&fit.parts[KAF_FIT_EVALUATION]);
  g_assert_cmpstr (text, ==, "Trainers of past missions: 4.2 of 5, by 5 answers");
  expert.sum_scores = 5;
  fit = weigh (&ask, &expert);
  assert_points (&fit, KAF_FIT_EVALUATION, 0, 0, KAF_FIT_EVALUATED);
}

static void
test_confirmed (void)
{
  KafFitAsk ask = { .n_domains = 1, .day = kaf_day_parse (TODAY) };
  static const struct
  {
    const char *on;
    guint from, to;
    KafFitReason reason;
  } cases[] = {
    { NULL, 0, 50, KAF_FIT_NEVER_CONFIRMED },
    { TODAY, 50, 50, KAF_FIT_CONFIRMED_LATELY },
    { "2025-11-28", 50, 50, KAF_FIT_CONFIRMED_LATELY },
    { "2025-11-27", 25, 50, KAF_FIT_CONFIRMED_ONCE },
    { "2024-11-28", 25, 50, KAF_FIT_CONFIRMED_ONCE },
    { "2024-11-27", 0, 50, KAF_FIT_CONFIRMED_ONCE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      KafFitExpert expert = { .domains = { KAF_NEAR_SAME },
                              .confirmed_on = kaf_day_parse (cases[i].on) };
      KafFit fit = weigh (&ask, &expert);

      assert_points (&fit, KAF_FIT_CONFIRMED, cases[i].from, cases[i].to, cases[i].reason);
      g_assert_true ((kaf_fit_question (KAF_FIT_CONFIRMED, &fit.parts[KAF_FIT_CONFIRMED]) !=
                      NULL) == (cases[i].from < cases[i].to));
    }
}

/* What is not asked is left out of the sum, and the scale stays. */
static void
test_interval (void)
{
  static const char *const network[] = { "n", NULL };
  KafFitAsk ask = { .n_domains = 1, .day = kaf_day_parse (TODAY) };
  KafFitExpert expert = { .domains = { KAF_NEAR_SAME },
                          .networks = network,
                          .n_answers = 5,
                          .sum_scores = 25,
                          .confirmed_on = kaf_day_parse (TODAY) };
  KafFit fit = weigh (&ask, &expert), less;

  g_assert_cmpuint (fit.from, ==, 1000);
  g_assert_cmpuint (fit.to, ==, 1000);
  g_assert_cmpuint (fit.parts[KAF_FIT_LANGUAGE].max, ==, 0);
  expert.n_answers = 0;
  less = weigh (&ask, &expert);
  g_assert_cmpuint (less.from, ==, 450 * 1000 / 550);
  g_assert_cmpuint (less.to, ==, 1000);
  g_assert_cmpint (kaf_fit_compare (&fit, "b", &less, "a"), <, 0);
  g_assert_cmpint (kaf_fit_compare (&fit, "b", &fit, "a"), >, 0);
  /* One who is taken out is scored nevertheless. */
  expert.status = "opposed";
  less = weigh (&ask, &expert);
  g_assert_cmpint (less.out, ==, KAF_FIT_OPPOSED);
  g_assert_cmpuint (less.to, ==, 1000);
  /* The same middle: what is certain goes before. */
  fit.from = 500;
  fit.to = 700;
  less.from = 400;
  less.to = 800;
  g_assert_cmpint (kaf_fit_compare (&fit, "b", &less, "a"), <, 0);
}

/* Each reason has words, and those of an unknown part a question. */
static void
test_words (void)
{
  for (KafFitReason reason = 0; reason < KAF_N_FIT_REASONS; reason++)
    {
      KafFitPoints points = { .max = 10, .reason = reason, .a = 31, .b = 42 };
      g_autofree char *text = kaf_fit_tell (&points);

      g_assert_cmpuint (strlen (text), >, 5);
      g_assert_null (strchr (text, '%'));
    }
  for (KafFitOut out = 0; out < KAF_N_FIT_OUT; out++)
    {
      g_assert_nonnull (kaf_fit_out_id (out));
      g_assert_nonnull (kaf_fit_tell_out (out));
    }
  for (KafFitPart part = 0; part < KAF_N_FIT_PARTS; part++)
    {
      g_assert_nonnull (kaf_fit_part_id (part));
      g_assert_nonnull (kaf_fit_part_name (part));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/expert-fit/near", test_near);
  g_test_add_func ("/expert-fit/filters", test_filters);
  g_test_add_func ("/expert-fit/domains", test_domains);
  g_test_add_func ("/expert-fit/languages", test_languages);
  g_test_add_func ("/expert-fit/availability", test_availability);
  g_test_add_func ("/expert-fit/territory", test_territory);
  g_test_add_func ("/expert-fit/network", test_network);
  g_test_add_func ("/expert-fit/evaluation", test_evaluation);
  g_test_add_func ("/expert-fit/confirmed", test_confirmed);
  g_test_add_func ("/expert-fit/interval", test_interval);
  g_test_add_func ("/expert-fit/words", test_words);
  return g_test_run ();
}
