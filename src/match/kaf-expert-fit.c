/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "match/kaf-expert-fit.h"

#include <string.h>

/* What each part weighs. What is asked first weighs most; a part that is not asked is left out of the sum. */
static const guint weights[KAF_N_FIT_PARTS] = { 350, 100, 150, 150, 50, 50, 100, 50 };

/* Deeper than any list of ours; ends a circle. */
#define MAX_DEPTH 16

static gboolean
is_within (GHashTable *parents, const char *code, const char *above)
{
  for (guint depth = 0; code != NULL && depth < MAX_DEPTH; depth++)
    {
      if (strcmp (code, above) == 0)
        return TRUE;
      code = parents != NULL ? g_hash_table_lookup (parents, code) : NULL;
    }
  return FALSE;
}

KafNearness
kaf_fit_near (GHashTable *parents, const char *asked, const char *hers)
{
  if (is_within (parents, hers, asked))
    return KAF_NEAR_SAME;
  return is_within (parents, asked, hers) ? KAF_NEAR_WIDER : KAF_NEAR_NOT;
}

/* Filters */

KafFitOut
kaf_fit_filter (const KafFitAsk *ask, const KafFitExpert *expert)
{
  gboolean near = expert->occupation != KAF_NEAR_NOT || (ask->n_domains + ask->n_occupations == 0);

  if (g_strcmp0 (expert->status, "opposed") == 0)
    return KAF_FIT_OPPOSED;
  if (g_strcmp0 (expert->status, "erased") == 0)
    return KAF_FIT_ERASED;
  if (g_strcmp0 (expert->status, "dormant") == 0)
    return KAF_FIT_DORMANT;
  if (ask->needs_consent && !expert->consents)
    return KAF_FIT_NO_CONSENT;
  if (expert->listed)
    return KAF_FIT_LISTED;
  for (guint i = 0; i < ask->n_domains; i++)
    near |= expert->domains[i] != KAF_NEAR_NOT;
  return near ? KAF_FIT_IN : KAF_FIT_NO_MATCH;
}

/* Parts */

static void
give (KafFitPoints *points, guint from, guint to, KafFitReason reason)
{
  points->from = MIN (from, points->max);
  points->to = CLAMP (to, points->from, points->max);
  points->reason = reason;
}

/* Three quarters for the nearest of the domains, one quarter for how many of them are hers: who knows one of four well
 * is not a quarter of an expert. */
static void
weigh_domains (const KafFitAsk *ask, const KafFitExpert *expert, KafFitPoints *points)
{
  guint best = 0, sum = 0, earned;

  for (guint i = 0; i < ask->n_domains; i++)
    {
      best = MAX (best, expert->domains[i]);
      sum += expert->domains[i];
      points->a += expert->domains[i] == KAF_NEAR_SAME;
    }
  points->b = ask->n_domains;
  earned = (points->max * (3 * best * ask->n_domains + sum)) / (8 * ask->n_domains);
  give (points, earned, earned,
        best == KAF_NEAR_NOT     ? KAF_FIT_DOMAIN_NONE
        : best == KAF_NEAR_WIDER ? KAF_FIT_DOMAIN_WIDER
        : points->a == points->b ? KAF_FIT_DOMAIN_SAME
                                 : KAF_FIT_DOMAIN_SOME);
}

static void
weigh_occupation (const KafFitAsk *ask, const KafFitExpert *expert, KafFitPoints *points)
{
  static const KafFitReason reasons[] = { KAF_FIT_OCCUPATION_NONE, KAF_FIT_OCCUPATION_WIDER,
                                          KAF_FIT_OCCUPATION_SAME };
  guint earned = points->max * expert->occupation / KAF_NEAR_SAME;

  give (points, earned, earned, reasons[expert->occupation]);
}

/* A1…C2 as 1…6; 0: no level said. */
static guint
parse_level (const char *language)
{
  const char *tab = strchr (language, '\t');

  if (tab == NULL || (tab[1] != 'A' && tab[1] != 'B' && tab[1] != 'C') ||
      (tab[2] != '1' && tab[2] != '2'))
    return 0;
  return (guint) (tab[1] - 'A') * 2 + (guint) (tab[2] - '0');
}

/* A session is held at B2 where nothing else is asked. */
#define ENOUGH 4

/* In quarters of what the language weighs; FALSE: another language. */
static gboolean
compare_language (const char *asked, const char *hers, guint *from, guint *to)
{
  gsize length = strcspn (asked, "\t");
  guint wanted = parse_level (asked) != 0 ? parse_level (asked) : ENOUGH;
  guint level = parse_level (hers);

  if (strcspn (hers, "\t") != length || strncmp (hers, asked, length) != 0)
    return FALSE;
  *from = level == 0 ? 0 : level >= wanted ? 4 : level + 1 == wanted ? 2 : 1;
  *to = level == 0 ? 4 : *from;
  return TRUE;
}

static void
weigh_language (const char *asked, const char *const *hers, guint *from, guint *to)
{
  *from = *to = 0;
  for (; *hers != NULL; hers++)
    if (compare_language (asked, *hers, from, to))
      return;
}

void
kaf_fit_language (const KafFitAsk *ask, const char *hers, guint *from, guint *to)
{
  *from = *to = 0;
  for (guint i = 0; ask->languages != NULL && ask->languages[i] != NULL; i++)
    {
      guint least = 0, most = 0;

      if (compare_language (ask->languages[i], hers, &least, &most))
        {
          *from += least;
          *to += most;
        }
    }
}

static void
weigh_languages (const KafFitAsk *ask, const KafFitExpert *expert, KafFitPoints *points)
{
  guint from = 0, to = 0, n = g_strv_length ((char **) ask->languages);

  points->b = n;
  if (expert->languages == NULL || expert->languages[0] == NULL)
    {
      give (points, 0, points->max, KAF_FIT_LANGUAGES_UNKNOWN);
      return;
    }
  for (guint i = 0; i < n; i++)
    {
      guint least, most;

      weigh_language (ask->languages[i], expert->languages, &least, &most);
      from += least;
      to += most;
      points->a += least == 4;
    }
  give (points, points->max * from / (4 * n), points->max * to / (4 * n),
        from != to       ? KAF_FIT_LANGUAGES_UNKNOWN
        : points->a == n ? KAF_FIT_LANGUAGES_ALL
                         : KAF_FIT_LANGUAGES_SOME);
}

int
kaf_fit_find_time (const KafFitAsk *ask, const KafFitExpert *expert, const KafFitHalf *half)
{
  int worst = -1;

  for (guint i = 0; i < expert->n_times; i++)
    {
      const KafFitTime *time = &expert->times[i];
      KafDay to = time->to != KAF_DAY_UNKNOWN ? time->to : time->from;
      int kind = (int) time->kind;

      if (half->day < time->from || half->day > to ||
          !(half->afternoon ? time->afternoon : time->morning))
        continue;
      if (kind == KAF_FIT_FREE && time->remote && !ask->remote)
        kind = KAF_FIT_BUSY;
      worst = MAX (worst, kind);
    }
  return worst;
}

static void
weigh_availability (const KafFitAsk *ask, const KafFitExpert *expert, KafFitPoints *points)
{
  guint n_free = 0, n_open = 0;

  for (guint i = 0; i < ask->n_halves; i++)
    {
      int kind = kaf_fit_find_time (ask, expert, &ask->halves[i]);

      n_free += kind == KAF_FIT_FREE;
      n_open += kind == -1 || kind == KAF_FIT_TENTATIVE;
    }
  points->a = n_free;
  points->b = ask->n_halves;
  give (points, points->max * n_free / ask->n_halves,
        points->max * (n_free + n_open) / ask->n_halves,
        n_free == ask->n_halves ? KAF_FIT_FREE_ALL
        : n_open > 0            ? KAF_FIT_FREE_UNKNOWN
        : n_free > 0            ? KAF_FIT_FREE_SOME
                                : KAF_FIT_FREE_NONE);
}

KafNearness
kaf_fit_near_territory (const KafFitAsk *ask, const char *hers)
{
  KafNearness near = kaf_fit_near (ask->territories, ask->territory, hers);
  const char *above =
      ask->territories != NULL ? g_hash_table_lookup (ask->territories, ask->territory) : NULL;

  return near == KAF_NEAR_NOT && above != NULL && is_within (ask->territories, hers, above)
             ? KAF_NEAR_WIDER
             : near;
}

/* Hers to state: who states none could be attached as well as not. */
static void
weigh_territory (const KafFitAsk *ask, const KafFitExpert *expert, KafFitPoints *points)
{
  static const KafFitReason reasons[] = { KAF_FIT_TERRITORY_OTHER, KAF_FIT_TERRITORY_NEAR,
                                          KAF_FIT_TERRITORY_SAME };
  KafNearness near;

  if (expert->territory == NULL)
    {
      give (points, 0, points->max, KAF_FIT_TERRITORY_UNSTATED);
      return;
    }
  near = kaf_fit_near_territory (ask, expert->territory);
  give (points, points->max * near / KAF_NEAR_SAME, points->max * near / KAF_NEAR_SAME,
        reasons[near]);
}

static void
weigh_network (const KafFitAsk *ask, const KafFitExpert *expert, KafFitPoints *points)
{
  gboolean any = expert->networks != NULL && expert->networks[0] != NULL;
  guint max = points->max;

  if (!any)
    give (points, 0, 0, KAF_FIT_NETWORK_NONE);
  else if (ask->network == NULL)
    give (points, max, max, KAF_FIT_NETWORK_SOME);
  else if (g_strv_contains (expert->networks, ask->network))
    give (points, max, max, KAF_FIT_NETWORK_ASKED);
  else
    give (points, max / 2, max / 2, KAF_FIT_NETWORK_OTHER);
}

static void
weigh_evaluation (const KafFitExpert *expert, KafFitPoints *points)
{
  guint n = expert->n_answers, earned;

  if (n < KAF_FIT_MIN_ANSWERS)
    {
      give (points, 0, points->max, KAF_FIT_NOT_EVALUATED);
      return;
    }
  earned = expert->sum_scores > n ? points->max * (expert->sum_scores - n) / (4 * n) : 0;
  points->a = expert->sum_scores * 10 / n;
  points->b = n;
  give (points, earned, earned, KAF_FIT_EVALUATED);
}

static guint
count_months (KafDay from, KafDay to)
{
  guint months = 0;

  while (months < KAF_FIT_ONCE_MONTHS && kaf_day_add_months (from, (int) months + 1) <= to)
    months++;
  return months;
}

static void
weigh_confirmed (const KafFitAsk *ask, const KafFitExpert *expert, KafFitPoints *points)
{
  guint max = points->max;

  if (expert->confirmed_on == KAF_DAY_UNKNOWN)
    {
      give (points, 0, max, KAF_FIT_NEVER_CONFIRMED);
      return;
    }
  points->a = count_months (expert->confirmed_on, ask->day);
  if (expert->confirmed_on >= kaf_day_add_months (ask->day, -KAF_FIT_LATELY_MONTHS))
    give (points, max, max, KAF_FIT_CONFIRMED_LATELY);
  else
    /* What was true then can be true still: she is asked. */
    give (points,
          expert->confirmed_on >= kaf_day_add_months (ask->day, -KAF_FIT_ONCE_MONTHS) ? max / 2 : 0,
          max, KAF_FIT_CONFIRMED_ONCE);
}

static gboolean
is_asked (const KafFitAsk *ask, KafFitPart part)
{
  switch (part)
    {
    case KAF_FIT_DOMAIN:
      return ask->n_domains > 0;
    case KAF_FIT_OCCUPATION:
      return ask->n_occupations > 0;
    case KAF_FIT_LANGUAGE:
      return ask->languages != NULL && ask->languages[0] != NULL;
    case KAF_FIT_AVAILABILITY:
      return ask->n_halves > 0;
    case KAF_FIT_TERRITORY:
      return ask->territory != NULL;
    default:
      return TRUE;
    }
}

static void
weigh_part (const KafFitAsk *ask, const KafFitExpert *expert, KafFitPart part, KafFitPoints *points)
{
  switch (part)
    {
    case KAF_FIT_DOMAIN:
      weigh_domains (ask, expert, points);
      break;
    case KAF_FIT_OCCUPATION:
      weigh_occupation (ask, expert, points);
      break;
    case KAF_FIT_LANGUAGE:
      weigh_languages (ask, expert, points);
      break;
    case KAF_FIT_AVAILABILITY:
      weigh_availability (ask, expert, points);
      break;
    case KAF_FIT_TERRITORY:
      weigh_territory (ask, expert, points);
      break;
    case KAF_FIT_NETWORK:
      weigh_network (ask, expert, points);
      break;
    case KAF_FIT_EVALUATION:
      weigh_evaluation (expert, points);
      break;
    case KAF_FIT_CONFIRMED:
    default:
      weigh_confirmed (ask, expert, points);
      break;
    }
}

gboolean
kaf_fit_part (const KafFitAsk *ask,
              const KafFitExpert *expert,
              KafFitPart part,
              KafFitPoints *points)
{
  *points = (KafFitPoints){ 0 };
  if (!is_asked (ask, part))
    return FALSE;
  points->max = weights[part];
  weigh_part (ask, expert, part, points);
  return TRUE;
}

void
kaf_fit_weigh (const KafFitAsk *ask, const KafFitExpert *expert, KafFit *fit)
{
  guint max = 0, from = 0, to = 0;

  memset (fit, 0, sizeof *fit);
  fit->out = kaf_fit_filter (ask, expert);
  for (KafFitPart part = 0; part < KAF_N_FIT_PARTS; part++)
    {
      KafFitPoints *points = &fit->parts[part];

      if (!kaf_fit_part (ask, expert, part, points))
        continue;
      max += points->max;
      from += points->from;
      to += points->to;
    }
  fit->from = from * KAF_FIT_SCALE / max;
  fit->to = to * KAF_FIT_SCALE / max;
}

int
kaf_fit_compare (const KafFit *a, const char *a_id, const KafFit *b, const char *b_id)
{
  if (a->from + a->to != b->from + b->to)
    return a->from + a->to > b->from + b->to ? -1 : 1;
  if (a->from != b->from)
    return a->from > b->from ? -1 : 1;
  return strcmp (a_id, b_id);
}
