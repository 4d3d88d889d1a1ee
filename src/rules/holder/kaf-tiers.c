/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/holder/kaf-tiers.h"

#include <glib/gi18n-lib.h>

#include <string.h>

#include "base/kaf-words.h"
#include "rules/holder/kaf-score-rules.h"

#define PERCENT 100

typedef struct
{
  const char *id;
  int scores[2];
} Standing;

typedef struct
{
  GArray *standings; /* of Standing */
  gboolean is_cut;
  KafTierCuts cuts;
} Post;

struct _KafTiers
{
  KafScoreRules *rules;
  GHashTable *posts; /* "" or code → Post */
};

static void
post_free (gpointer data)
{
  Post *post = data;

  g_array_unref (post->standings);
  g_free (post);
}

KafTiers *
kaf_tiers_new (const KafScoreRules *rules)
{
  KafTiers *self = g_new0 (KafTiers, 1);

  self->rules = kaf_score_rules_ref (rules);
  self->posts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, post_free);
  return self;
}

void
kaf_tiers_free (KafTiers *self)
{
  if (self == NULL)
    return;
  kaf_score_rules_unref (self->rules);
  g_hash_table_unref (self->posts);
  g_free (self);
}

void
kaf_tiers_add (KafTiers *self, const char *id, const char *post, const KafScore *score)
{
  const char *code = post != NULL ? post : "";
  Post *found;
  Standing one = {
    id, { score->axes[KAF_AXIS_POTENTIAL].expected, score->axes[KAF_AXIS_ENGAGEMENT].expected }
  };

  if (!self->rules->quota)
    return;
  found = g_hash_table_lookup (self->posts, code);
  if (found == NULL)
    {
      found = g_new0 (Post, 1);
      found->standings = g_array_new (FALSE, FALSE, sizeof (Standing));
      g_hash_table_insert (self->posts, g_strdup (code), found);
    }
  g_array_append_val (found->standings, one);
  found->is_cut = FALSE;
}

static int
compare (gconstpointer a, gconstpointer b, gpointer data)
{
  const Standing *one = a, *two = b;
  guint axis = GPOINTER_TO_UINT (data);

  if (one->scores[axis] != two->scores[axis])
    return one->scores[axis] > two->scores[axis] ? -1 : 1;
  return strcmp (one->id, two->id);
}

/* Part of a holder counts as one: of three holders and a quarter, one. Who scored nothing is never high. */
static void
cut_post (const KafScoreRules *rules, Post *post)
{
  const int percents[2] = { rules->potential, rules->engagement };

  for (guint axis = 0; axis < G_N_ELEMENTS (percents); axis++)
    {
      guint n = (post->standings->len * (guint) percents[axis] + PERCENT - 1) / PERCENT;
      KafTierCut *cut = &post->cuts.axes[axis];

      g_array_sort_with_data (post->standings, compare, GUINT_TO_POINTER (axis));
      while (n > 0 && g_array_index (post->standings, Standing, n - 1).scores[axis] <= 0)
        n--;
      cut->score = n > 0 ? g_array_index (post->standings, Standing, n - 1).scores[axis] : 0;
      g_strlcpy (cut->id, n > 0 ? g_array_index (post->standings, Standing, n - 1).id : "",
                 sizeof cut->id);
    }
  post->is_cut = TRUE;
}

const KafTierCuts *
kaf_tiers_cut (KafTiers *self, const char *post)
{
  static const KafTierCuts nobody = { 0 };
  Post *found;

  if (!self->rules->quota)
    return NULL;
  found = g_hash_table_lookup (self->posts, post != NULL ? post : "");
  if (found == NULL)
    return &nobody;
  if (!found->is_cut)
    cut_post (self->rules, found);
  return &found->cuts;
}

static gboolean
is_high (int limit, const KafTierCut *cut, const char *id, int score)
{
  if (cut == NULL)
    return score >= limit;
  if (cut->score <= 0 || score < cut->score)
    return FALSE;
  return score > cut->score || g_strcmp0 (id, cut->id) <= 0;
}

char
kaf_tier_of (const KafScoreRules *rules,
             const KafTierCuts *cuts,
             const char *id,
             int potential,
             int engagement)
{
  gboolean likely, engaged;

  if (rules->quota && cuts == NULL)
    return '\0';
  likely = is_high (rules->potential, rules->quota ? &cuts->axes[0] : NULL, id, potential);
  engaged = is_high (rules->engagement, rules->quota ? &cuts->axes[1] : NULL, id, engagement);
  if (likely)
    return engaged ? 'a' : 'b';
  return engaged ? 'c' : 'd';
}

void
kaf_score_place (const KafScoreRules *rules,
                 const KafTierCuts *cuts,
                 const char *id,
                 KafScore *score)
{
  const KafScoreSpan *potential = &score->axes[KAF_AXIS_POTENTIAL];
  const KafScoreSpan *engagement = &score->axes[KAF_AXIS_ENGAGEMENT];

  score->tier = kaf_tier_of (rules, cuts, id, potential->expected, engagement->expected);
  score->best = kaf_tier_of (rules, cuts, id, potential->high, engagement->high);
  score->worst = kaf_tier_of (rules, cuts, id, potential->low, engagement->low);
}

const KafTierOverride *
kaf_tier_override_find (const KafTierOverride *list, guint n, guint32 as_of)
{
  const KafTierOverride *latest = NULL;

  for (guint i = 0; i < n; i++)
    if (list[i].decided_on <= as_of &&
        (latest == NULL || list[i].decided_on > latest->decided_on ||
         (list[i].decided_on == latest->decided_on && g_strcmp0 (list[i].id, latest->id) > 0)))
      latest = &list[i];
  return latest != NULL && latest->tier != '\0' && latest->until >= as_of ? latest : NULL;
}

static const char *const letters[] = { N_ ("A"), N_ ("B"), N_ ("C"), N_ ("D") };

static const char *
find_letter (char tier)
{
  return tier >= 'a' && tier <= 'd' ? letters[tier - 'a'] : NULL;
}

const char *
kaf_tier_letter (char tier)
{
  const char *letter = find_letter (tier);

  return letter != NULL ? _ (letter) : "—";
}

const char *
kaf_tier_letter_in (char tier, KafLang lang)
{
  const char *letter = find_letter (tier);

  return letter != NULL ? kaf_words_get (lang, letter) : "—";
}
