/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "match/kaf-match-weigh.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/kaf-fold.h"
#include "match/kaf-match-memo.h"
#include "match/kaf-match-value.h"

#define SWAPPED_BITS                                                                               \
  0.5 /* a given name in the column of the family costs this little on each side */

/* From which likeness on a name is of a level. */
#define LIKENESS_SAME .985
#define LIKENESS_CLOSE .90
#define LIKENESS_ALIKE .80
#define LIKENESS_LOOSE .66
#define LIKENESS_APART .35 /* and below: another name altogether */

/* As alike a name is held to be to a half of it or to itself mistyped, and to that of the other sex. */
#define LIKENESS_PART .70
#define LIKENESS_COUNTERPART .45

/* How many letters may differ before an identifier with one of them wrong is no accident. */
#define EDIT_LEAST 6
#define CITY_LEAST 4 /* consonants */

static const char *const level_ids[KAF_N_MATCH_LEVELS] = {
  "missing", "same", "close", "alike", "loose", "partly", "differs",
};

static const char *const band_ids[] = { "unlikely", "on-request", "to-examine", "very-likely" };

/* missing, same, close, alike, loose, partly, differs */
static const KafMatchModel model_3 = {
  .version = 3,
  .bits = {
    [KAF_MATCH_GIVEN_NAME] = { 0, 5.9, 5.7, 5.0, 2.9, 3.2, -2.0 },
    [KAF_MATCH_FAMILY_NAME] = { 0, 6.8, 6.7, 6.2, 3.8, 3.2, -3.1 },
    [KAF_MATCH_EMAIL] = { 0, 11, 0, 7.7, 0, 3, -1 },
    [KAF_MATCH_PHONE] = { 0, 11, 0, 0, 0, 0, -1 },
    [KAF_MATCH_IDENTIFIER] = { 0, 13, 0, 0, 6, 0, -5 },
    [KAF_MATCH_BIRTH] = { 0, 12, 0, 0, 3.6, 4, -4.6 },
    [KAF_MATCH_CITY] = { 0, 4.3, 0, 0, 2, 0, -2 },
    [KAF_MATCH_EMPLOYER] = { 0, 4.3, 0, 0, 0, 0, -1 },
    [KAF_MATCH_COUNTRY] = { 0, 2, 0, 0, 0, 0, -1 },
    [KAF_MATCH_DOMAIN] = { 0, 1.9, 0, 0, 0, 0, -0.5 },
    [KAF_MATCH_NETWORK] = { 0, 1.5, 0, 0, 0, 0, 0 },
    [KAF_MATCH_BODY] = { 0, 12, 9, 5.5, 2.5, 0, -4 },
    [KAF_MATCH_GENDER] = { 0, 0.9, 0, 0, 0, 0, -6 },
  },
  .apart = { -7, -5 },
};

const KafMatchModel *
kaf_match_model_default (void)
{
  return &model_3;
}

const char *
kaf_match_level_id (KafMatchLevel level)
{
  return level_ids[level];
}

KafMatchBand
kaf_match_band (double probability)
{
  return probability >= .99   ? KAF_MATCH_VERY_LIKELY
         : probability >= .30 ? KAF_MATCH_TO_EXAMINE
         : probability >= .03 ? KAF_MATCH_ON_REQUEST
                              : KAF_MATCH_UNLIKELY;
}

const char *
kaf_match_band_id (KafMatchBand band)
{
  return band_ids[band];
}

guint
kaf_match_permille (double probability)
{
  return (guint) lround (CLAMP (probability, 0, 1) * 1000);
}

double
kaf_match_prior (guint n)
{
  return log2 (MAX (n, KAF_MATCH_LEAST_PERSONS));
}

/* ---- Names ---- */

/* With what names are compared. */
typedef struct
{
  const KafMatchModel *model;
  const KafMatchRarity *rarity; /* nullable */
  KafMatchMemo *memo;           /* nullable */
} Scale;

typedef struct
{
  KafMatchSide given, family; /* by the fields of the first */
  const KafMatchName *a, *b;
  gboolean swapped;
  double bits;
} Names;

static KafMatchLevel
level_of (double likeness)
{
  return likeness >= LIKENESS_SAME    ? KAF_MATCH_SAME
         : likeness >= LIKENESS_CLOSE ? KAF_MATCH_CLOSE
         : likeness >= LIKENESS_ALIKE ? KAF_MATCH_ALIKE
         : likeness >= LIKENESS_LOOSE ? KAF_MATCH_LOOSE
                                      : KAF_MATCH_DIFFERS;
}

static const KafSpokenName *
get_spoken (const KafMatchName *name, KafMatchField field)
{
  return field == KAF_MATCH_GIVEN_NAME ? name->given_spoken : name->family_spoken;
}

static const char *
get_written (const KafMatchName *name, KafMatchField field)
{
  return field == KAF_MATCH_GIVEN_NAME ? name->given : name->family;
}

static const char *
get_key (const KafMatchName *name, KafMatchField field)
{
  return field == KAF_MATCH_GIVEN_NAME ? name->given_key : name->family_key;
}

/* Whether one letter was changed, added or left out, or two that stand together were exchanged. */
static gboolean
one_edit (const char *a, const char *b)
{
  gsize n_a = strlen (a), n_b = strlen (b), same = 0, rest = 0;

  while (a[same] != '\0' && a[same] == b[same])
    same++;
  while (rest + same < MIN (n_a, n_b) && a[n_a - 1 - rest] == b[n_b - 1 - rest])
    rest++;
  if (n_a == n_b)
    return n_a - same - rest == 1 ||
           (n_a - same - rest == 2 && a[same] == b[same + 1] && a[same + 1] == b[same]);
  return MAX (n_a, n_b) - MIN (n_a, n_b) == 1 && MIN (n_a, n_b) - same - rest == 0;
}

/* One key struck wrong in a long name, which sounds like another one then. */
static gboolean
is_typing_error (const char *a, const char *b)
{
  g_autofree char *one = NULL;
  g_autofree char *other = NULL;

  if (g_ascii_tolower (a[0]) != g_ascii_tolower (b[0]) || strlen (a) < EDIT_LEAST ||
      strlen (b) < EDIT_LEAST || kaf_text_is_arabic (a) || kaf_text_is_arabic (b))
    return FALSE;
  one = kaf_fold (a);
  other = kaf_fold (b);
  return one[0] == other[0] && strlen (one) >= EDIT_LEAST && strlen (other) >= EDIT_LEAST &&
         one_edit (one, other);
}

/* What is no whole likeness of two given or two family names. */
static double
judge_likeness (const KafMatchName *a,
                KafMatchField of_a,
                const KafMatchName *b,
                KafMatchField of_b)
{
  const KafSpokenName *spoken_a = get_spoken (a, of_a), *spoken_b = get_spoken (b, of_b);
  double likeness = kaf_spoken_name_likeness (spoken_a, spoken_b);

  if (of_a == KAF_MATCH_GIVEN_NAME && of_b == KAF_MATCH_GIVEN_NAME &&
      kaf_spoken_name_is_counterpart (spoken_a, spoken_b))
    return MIN (likeness, LIKENESS_COUNTERPART);
  if (likeness >= LIKENESS_LOOSE)
    return likeness;
  return kaf_spoken_name_is_part (spoken_a, spoken_b) ||
                 is_typing_error (get_written (a, of_a), get_written (b, of_b))
             ? LIKENESS_PART
             : likeness;
}

/* Bits of a name of @field. */
static double
level_bits (const KafMatchModel *model, KafMatchField field, KafMatchLevel level, double likeness)
{
  double bits = model->bits[field][level];
  double away = (LIKENESS_LOOSE - likeness) / (LIKENESS_LOOSE - LIKENESS_APART);

  if (level == KAF_MATCH_DIFFERS)
    bits += (model->apart[field] - bits) * CLAMP (away, 0, 1);
  return bits;
}

/* Both are there. */
static KafMatchSide
compare_spoken (const Scale *self,
                const KafMatchName *a,
                KafMatchField of_a,
                const KafMatchName *b,
                KafMatchField of_b)
{
  const KafSpokenName *spoken_a = get_spoken (a, of_a), *spoken_b = get_spoken (b, of_b);
  const char *key_a = get_key (a, of_a), *key_b = get_key (b, of_b);
  KafMatchSide side = { .likeness = judge_likeness (a, of_a, b, of_b) };

  side.level = level_of (side.likeness);
  if (kaf_spoken_name_is_initial (spoken_a) || kaf_spoken_name_is_initial (spoken_b))
    side.level = side.likeness >= LIKENESS_ALIKE ? KAF_MATCH_PARTLY : KAF_MATCH_DIFFERS;
  side.bits = (level_bits (self->model, of_a, side.level, side.likeness) +
               level_bits (self->model, of_b, side.level, side.likeness)) /
              2;
  if (self->rarity != NULL && side.level >= KAF_MATCH_SAME && side.level <= KAF_MATCH_ALIKE)
    side.rarity = (kaf_match_rarity_bits (self->rarity, of_a, key_a, key_b) +
                   kaf_match_rarity_bits (self->rarity, of_b, key_a, key_b)) /
                  2;
  side.bits += side.rarity;
  return side;
}

/* @of_a, @of_b: in which column each stands. Where they differ, the weight is between the two, so that a and b may change
 * places. */
static KafMatchSide
compare_side (const Scale *self,
              const KafMatchName *a,
              KafMatchField of_a,
              const KafMatchName *b,
              KafMatchField of_b)
{
  const KafSpokenName *spoken_a = get_spoken (a, of_a), *spoken_b = get_spoken (b, of_b);
  KafMatchSide *side;
  gboolean known;

  if (spoken_a == NULL || spoken_b == NULL)
    return (KafMatchSide){ KAF_MATCH_MISSING, 0, 0, 0 };
  if (self->memo == NULL)
    return compare_spoken (self, a, of_a, b, of_b);
  side = kaf_match_memo_get (self->memo, spoken_a, spoken_b, &known);
  if (!known)
    *side = compare_spoken (self, a, of_a, b, of_b);
  return *side;
}

static void
keep_better (Names *best, const Names *one)
{
  if (best->a == NULL || one->bits > best->bits)
    *best = *one;
}

static guint
count_sides (const Names *names)
{
  return (names->given.level != KAF_MATCH_MISSING) + (names->family.level != KAF_MATCH_MISSING);
}

static void
compare_spellings (const Scale *self, const KafMatchName *a, const KafMatchName *b, Names *best)
{
  Names straight = { .a = a, .b = b };
  Names swapped = { .a = a, .b = b, .swapped = TRUE };

  straight.given = compare_side (self, a, KAF_MATCH_GIVEN_NAME, b, KAF_MATCH_GIVEN_NAME);
  straight.family = compare_side (self, a, KAF_MATCH_FAMILY_NAME, b, KAF_MATCH_FAMILY_NAME);
  straight.bits = straight.given.bits + straight.family.bits;
  keep_better (best, &straight);
  /* Two sides that agree are in their places. */
  if (straight.given.level != KAF_MATCH_DIFFERS && straight.given.level != KAF_MATCH_MISSING &&
      straight.family.level != KAF_MATCH_DIFFERS && straight.family.level != KAF_MATCH_MISSING)
    return;
  swapped.given = compare_side (self, a, KAF_MATCH_GIVEN_NAME, b, KAF_MATCH_FAMILY_NAME);
  swapped.family = compare_side (self, a, KAF_MATCH_FAMILY_NAME, b, KAF_MATCH_GIVEN_NAME);
  /* Nothing is not better than what speaks against. */
  if (count_sides (&swapped) < count_sides (&straight))
    return;
  swapped.bits = swapped.given.bits + swapped.family.bits;
  if (!a->cut && !b->cut)
    {
      swapped.given.bits -= SWAPPED_BITS;
      swapped.family.bits -= SWAPPED_BITS;
      swapped.bits -= 2 * SWAPPED_BITS;
    }
  keep_better (best, &swapped);
}

static void
add_reason (KafMatchScore *score,
            KafMatchField field,
            KafMatchLevel level,
            double bits,
            const char *a,
            const char *b)
{
  KafMatchReason *reason;

  if (level == KAF_MATCH_MISSING)
    return;
  reason = &score->reasons[score->n_reasons++];
  *reason = (KafMatchReason){ .field = field, .level = level, .bits = bits, .a = a, .b = b };
  score->bits += bits;
}

static void
add_side_reason (KafMatchScore *score,
                 const Names *names,
                 KafMatchField field,
                 const KafMatchSide *side)
{
  gboolean given = field == KAF_MATCH_GIVEN_NAME;
  gboolean given_b = given != names->swapped;
  guint before = score->n_reasons;

  add_reason (score, field, side->level, side->bits, given ? names->a->given : names->a->family,
              given_b ? names->b->given : names->b->family);
  if (score->n_reasons == before)
    return;
  score->reasons[before].rarity = side->rarity;
  score->reasons[before].likeness = side->likeness;
  score->reasons[before].across = names->a->arabic != names->b->arabic;
}

static void
weigh_names (const KafMatchModel *model,
             const KafMatchRarity *rarity,
             const KafMatchPerson *a,
             const KafMatchPerson *b,
             KafMatchScore *score)
{
  const Scale scale = { model, rarity, NULL };
  Names best = { .a = NULL };
  guint n;

  score->names = -1;
  for (guint i = 0; i < a->names->len; i++)
    for (guint j = 0; j < b->names->len; j++)
      compare_spellings (&scale, g_ptr_array_index (a->names, i), g_ptr_array_index (b->names, j),
                         &best);
  if (best.a == NULL)
    return;
  n = count_sides (&best);
  if (n == 0)
    return;
  score->names = (best.given.likeness + best.family.likeness) / n;
  score->swapped = best.swapped;
  add_side_reason (score, &best, KAF_MATCH_GIVEN_NAME, &best.given);
  add_side_reason (score, &best, KAF_MATCH_FAMILY_NAME, &best.family);
}

/* ---- Values ---- */

/* Whether the parts before the @ are one by kaf_match_email_local(), which is asked only then: most differ at once. */
static gboolean
same_local (const char *a, const char *b)
{
  g_autofree char *local_a = NULL;
  g_autofree char *local_b = NULL;
  const char *p = a, *q = b;

  for (;; p++, q++)
    {
      p += strspn (p, "._-");
      q += strspn (q, "._-");
      if (*p != *q)
        return FALSE;
      if (*p == '\0' || *p == '@')
        break;
    }
  local_a = kaf_match_email_local (a);
  local_b = kaf_match_email_local (b);
  return local_a != NULL && g_strcmp0 (local_a, local_b) == 0;
}

static KafMatchLevel
compare_emails (const char *a, const char *b)
{
  if (g_str_equal (a, b))
    return kaf_match_email_is_shared (a) ? KAF_MATCH_PARTLY : KAF_MATCH_SAME;
  return same_local (a, b) ? KAF_MATCH_ALIKE : KAF_MATCH_DIFFERS;
}

static KafMatchLevel
compare_identifiers (const char *a, const char *b)
{
  const char *end_a = strchr (a, ':'), *end_b = strchr (b, ':');

  if (g_str_equal (a, b))
    return KAF_MATCH_SAME;
  /* A passport says nothing against an ORCID. */
  if (end_a - a != end_b - b || strncmp (a, b, (gsize) (end_a - a)) != 0)
    return KAF_MATCH_MISSING;
  if (strlen (end_a + 1) >= EDIT_LEAST && one_edit (end_a + 1, end_b + 1))
    return KAF_MATCH_LOOSE;
  return KAF_MATCH_DIFFERS;
}

static gboolean
day_month_swapped (const char *a, const char *b)
{
  return strncmp (a, b, 4) == 0 && strncmp (a + 5, b + 8, 2) == 0 && strncmp (a + 8, b + 5, 2) == 0;
}

static KafMatchLevel
compare_births (const char *a, const char *b)
{
  gsize n = MIN (strlen (a), strlen (b));

  if (g_str_equal (a, b))
    return n == 10 ? KAF_MATCH_SAME : KAF_MATCH_PARTLY;
  if (n == 10)
    return one_edit (a, b) || day_month_swapped (a, b) ? KAF_MATCH_LOOSE : KAF_MATCH_DIFFERS;
  return strncmp (a, b, n) == 0 ? KAF_MATCH_PARTLY : KAF_MATCH_DIFFERS;
}

/* Initials stand for a name of which the other side has the short form; two names in full with the same initials say
 * nothing. */
static KafMatchLevel
compare_organisations (const char *a, const char *b)
{
  gsize skip = strlen (KAF_MATCH_INITIALS);
  gboolean short_a = g_str_has_prefix (a, KAF_MATCH_INITIALS);
  gboolean short_b = g_str_has_prefix (b, KAF_MATCH_INITIALS);

  if (short_a && short_b)
    return KAF_MATCH_MISSING;
  return g_str_equal (a + (short_a ? skip : 0), b + (short_b ? skip : 0)) ? KAF_MATCH_SAME
                                                                          : KAF_MATCH_DIFFERS;
}

/* The name itself: in full and short, or most of its words. */
static KafMatchLevel
compare_bodies (const char *a, const char *b)
{
  KafMatchLevel level = compare_organisations (a, b);
  gboolean initials =
      g_str_has_prefix (a, KAF_MATCH_INITIALS) || g_str_has_prefix (b, KAF_MATCH_INITIALS);
  double likeness;

  if (level != KAF_MATCH_DIFFERS)
    return level == KAF_MATCH_SAME && initials ? KAF_MATCH_CLOSE : level;
  if (initials)
    return KAF_MATCH_MISSING;
  likeness = kaf_match_organisation_likeness (a, b, NULL);
  return likeness >= LIKENESS_ALIKE   ? KAF_MATCH_ALIKE
         : likeness >= LIKENESS_LOOSE ? KAF_MATCH_LOOSE
                                      : KAF_MATCH_DIFFERS;
}

static KafMatchLevel
compare_words (const char *a, const char *b)
{
  return a == b || g_str_equal (a, b) ? KAF_MATCH_SAME : KAF_MATCH_DIFFERS;
}

/* They are compared by what is heard of them. */
static KafMatchLevel
compare_cities (const char *a, const char *b)
{
  if (g_str_equal (a, b))
    return KAF_MATCH_SAME;
  return strlen (a) >= CITY_LEAST && strlen (b) >= CITY_LEAST && one_edit (a, b)
             ? KAF_MATCH_LOOSE
             : KAF_MATCH_DIFFERS;
}

typedef KafMatchLevel (*Compare) (const char *a, const char *b);

static const Compare comparers[KAF_N_MATCH_FIELDS] = {
  [KAF_MATCH_EMAIL] = compare_emails,
  [KAF_MATCH_PHONE] = compare_words,
  [KAF_MATCH_IDENTIFIER] = compare_identifiers,
  [KAF_MATCH_BIRTH] = compare_births,
  [KAF_MATCH_CITY] = compare_cities,
  [KAF_MATCH_EMPLOYER] = compare_organisations,
  [KAF_MATCH_COUNTRY] = compare_words,
  [KAF_MATCH_DOMAIN] = compare_words,
  [KAF_MATCH_NETWORK] = compare_organisations,
  [KAF_MATCH_BODY] = compare_bodies,
  [KAF_MATCH_GENDER] = compare_words,
};

/* A local part that is the name and nothing more, without a number, is what a namesake has at another provider. */
static gboolean
is_made_of_name (const char *email, const KafMatchPerson *a, const KafMatchPerson *b)
{
  const KafMatchPerson *both[] = { a, b };
  g_autofree char *local = kaf_match_email_local (email);
  g_autofree char *key = NULL;

  if (local == NULL || strpbrk (local, "0123456789") != NULL)
    return FALSE;
  key = kaf_name_key_word (local);
  for (guint side = 0; side < 2; side++)
    for (guint i = 0; i < both[side]->names->len; i++)
      {
        const KafMatchName *name = g_ptr_array_index (both[side]->names, i);

        if ((name->family_key != NULL && strstr (key, name->family_key) != NULL) ||
            (name->given_key != NULL && strlen (name->given_key) > 1 &&
             strstr (key, name->given_key) != NULL))
          return TRUE;
      }
  return FALSE;
}

static KafMatchLevel
score_level (const KafMatchScore *score, KafMatchField field)
{
  const KafMatchReason *reason = kaf_match_score_find (score, field);

  return reason != NULL ? reason->level : KAF_MATCH_MISSING;
}

/* The best of all pairs of values: one address in common is enough. */
static void
weigh_field (const KafMatchModel *model,
             const KafMatchRarity *rarity,
             KafMatchField field,
             const KafMatchPerson *a,
             const KafMatchPerson *b,
             KafMatchScore *score)
{
  const KafMatchValues *all_a = a->values[field], *all_b = b->values[field];
  const KafMatchValue *best_a = NULL, *best_b = NULL;
  KafMatchLevel best = KAF_MATCH_MISSING;
  double bits;

  for (guint i = 0; all_a != NULL && all_b != NULL && i < all_a->len; i++)
    for (guint j = 0; j < all_b->len && best != KAF_MATCH_SAME; j++)
      {
        const KafMatchValue *one_a = &all_a->at[i], *one_b = &all_b->at[j];
        KafMatchLevel level = comparers[field](one_a->value, one_b->value);

        if (level == KAF_MATCH_MISSING ||
            (best != KAF_MATCH_MISSING && model->bits[field][level] <= model->bits[field][best]))
          continue;
        best = level;
        best_a = one_a;
        best_b = one_b;
      }
  if (best_a == NULL)
    return;
  if (field == KAF_MATCH_EMAIL && best == KAF_MATCH_ALIKE && is_made_of_name (best_a->value, a, b))
    best = KAF_MATCH_PARTLY;
  bits = model->bits[field][best];
  if (best == KAF_MATCH_SAME && rarity != NULL)
    bits += kaf_match_rarity_bits (rarity, field, best_a->value, best_b->value);
  /* Who lives in the same city lives in the same country: that is said already. */
  if (field == KAF_MATCH_COUNTRY && best == KAF_MATCH_SAME &&
      score_level (score, KAF_MATCH_CITY) == KAF_MATCH_SAME)
    bits = 0;
  add_reason (score, field, best, MAX (bits, best == KAF_MATCH_SAME ? 0 : bits), best_a->written,
              best_b->written);
}

void
kaf_match_weigh (const KafMatchModel *model,
                 const KafMatchRarity *rarity,
                 double prior,
                 const KafMatchPerson *a,
                 const KafMatchPerson *b,
                 KafMatchScore *score)
{
  score->version = model->version;
  score->bits = 0;
  score->n_reasons = 0;
  score->swapped = FALSE;
  weigh_names (model, rarity, a, b, score);
  for (guint field = KAF_MATCH_EMAIL; field < KAF_N_MATCH_FIELDS; field++)
    weigh_field (model, rarity, field, a, b, score);
  score->probability = 1 / (1 + exp2 (prior - score->bits));
}

const KafMatchReason *
kaf_match_score_find (const KafMatchScore *score, KafMatchField field)
{
  for (guint i = 0; i < score->n_reasons; i++)
    if (score->reasons[i].field == field)
      return &score->reasons[i];
  return NULL;
}

gboolean
kaf_match_may_join (const KafMatchScore *score)
{
  gboolean anchored = FALSE;

  for (guint i = 0; i < score->n_reasons; i++)
    {
      const KafMatchReason *reason = &score->reasons[i];

      if (reason->level == KAF_MATCH_DIFFERS)
        return FALSE;
      anchored |= reason->level == KAF_MATCH_SAME &&
                  (reason->field == KAF_MATCH_EMAIL || reason->field == KAF_MATCH_IDENTIFIER);
    }
  return anchored && score->names >= LIKENESS_LOOSE;
}

/* ---- Without weighing ---- */

double
kaf_match_most_of (const KafMatchModel *model, KafMatchField field, KafMatchLevel from)
{
  double most = 0;

  for (KafMatchLevel level = from; level < KAF_N_MATCH_LEVELS; level++)
    most = MAX (most, model->bits[field][level]);
  return most;
}

/* A side of the name against one in column @of_b, whatever that one is called: kaf_match_rarity_bits() gives the less
 * the more usual of two keys is. */
static double
most_of_side (const KafMatchModel *model,
              const KafMatchRarity *rarity,
              const KafMatchName *name,
              KafMatchField of_a,
              KafMatchField of_b)
{
  const double *x = model->bits[of_a], *y = model->bits[of_b];
  const char *key = get_key (name, of_a);
  double rare = rarity != NULL ? (kaf_match_rarity_bits (rarity, of_a, key, key) +
                                  kaf_match_rarity_bits (rarity, of_b, key, key)) /
                                     2
                               : 0;
  double most = 0;

  if (get_spoken (name, of_a) == NULL)
    return 0;
  for (KafMatchLevel level = KAF_MATCH_SAME; level < KAF_N_MATCH_LEVELS; level++)
    most = MAX (most, (x[level] + y[level]) / 2 + (level <= KAF_MATCH_ALIKE ? rare : 0));
  return most;
}

double
kaf_match_most_of_names (const KafMatchModel *model,
                         const KafMatchRarity *rarity,
                         const KafMatchPerson *person)
{
  const KafMatchField given = KAF_MATCH_GIVEN_NAME, family = KAF_MATCH_FAMILY_NAME;
  double most = 0;

  for (guint i = 0; i < person->names->len; i++)
    {
      const KafMatchName *name = g_ptr_array_index (person->names, i);

      most = MAX (most, most_of_side (model, rarity, name, given, given) +
                            most_of_side (model, rarity, name, family, family));
      most = MAX (most, most_of_side (model, rarity, name, given, family) +
                            most_of_side (model, rarity, name, family, given));
    }
  return most;
}

double
kaf_match_weigh_spellings (const KafMatchModel *model,
                           const KafMatchRarity *rarity,
                           KafMatchMemo *memo,
                           const KafMatchName *a,
                           guint n_a,
                           const KafMatchName *b,
                           guint n_b)
{
  const Scale scale = { model, rarity, memo };
  Names best = { .a = NULL };

  for (guint i = 0; i < n_a; i++)
    for (guint j = 0; j < n_b; j++)
      compare_spellings (&scale, &a[i], &b[j], &best);
  /* As reasons are added: a side that is missing says nothing, exchanged or not. */
  return (best.given.level != KAF_MATCH_MISSING ? best.given.bits : 0) +
         (best.family.level != KAF_MATCH_MISSING ? best.family.bits : 0);
}
