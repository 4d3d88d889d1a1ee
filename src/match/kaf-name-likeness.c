/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How much two names sound alike, whatever their scripts: a weighted edit distance between words in
 * the common alphabet, then the best pairing of the words. Weights are ours, set on pairs of
 * Moroccan names: a consonant counts 1, at the start of a word more; a short vowel, which Arabic
 * leaves out, next to nothing across scripts; a long vowel that Arabic does write counts. */

#include "config.h"

#include "match/kaf-name-key.h"
#include "match/kaf-name-alphabet.h"

#include <string.h>

#define WORD_PHONES KAF_NAME_PHONES
#define WORDS_MAX 8 /* of the 2⁸ pairings */
#define FIRST_FACTOR 1.5f

#define TITLE_WEIGHT 0.3f
#define SURE_LIKENESS .95f /* from here on no other reading is tried */
#define READING_FACTOR .97f
#define INITIAL_LIKENESS 0.85f
#define INITIAL_WEIGHT 1.0f
#define PART_LIKENESS .90f  /* of each word that one name has of another */
#define MISSING_FACTOR 0.4f /* of the weight of a word that the other name lacks */

typedef struct
{
  float weight;
  float phones_weight;
  guint8 arabic : 1;
  guint8 open_t : 1;     /* ends in اة */
  guint8 two_sounds : 1; /* holds a th, dh or sh, which may be two sounds */
  guint8 alt;            /* phones that may be an article, 0 for none */
  guint8 n;
  guint8 phones[WORD_PHONES];
} Word;

typedef struct
{
  guint n;
  Word *words; /* room for WORDS_MAX while it is read */
} Name;

struct _KafSpokenName
{
  Name name;
  Word words[]; /* as many as there are */
};

/* Consonants that one spelling or the other confuses. */
static const struct
{
  char a;
  char b;
  float cost;
} near_consonants[] = {
  { 'k', 'q', .10f }, { 'g', 'k', .30f }, { 'g', 'q', .20f }, { 'b', 'p', .20f },
  { 'f', 'v', .20f }, { 's', 'z', .35f }, { 'c', 's', .60f }, { 'C', 's', .30f },
  { 'C', 'c', 0 },    { 'g', 'j', .35f }, { 'c', 'j', .50f }, { 'G', 'g', .20f },
  { 'G', 'r', .40f }, { 'G', 'k', .50f }, { 'k', 'x', .40f }, { 'h', 'x', .50f },
  { 'd', 't', .50f }, { 'd', 'z', .50f }, { 'm', 'n', .60f }, { 'D', 'd', 0 },
  { 'T', 't', 0 },    { 'D', 'z', .20f }, { 'T', 's', .40f }, { 'D', 't', .50f },
  { 'T', 'd', .50f },
};

/* Both tables are filled once: [phone][phone] within one script and across, and the cost of a phone
 * against nothing, by the script that writes it and whether the other script is the same. */
static float substitution[2][128][128];
static float omission[2][2][128]; /* [arabic][across] */

static float
vowel_cost (guint8 a, guint8 b, gboolean across)
{
  static const char front[] = "eiy", back[] = "ouw", open[] = "ae";
  float factor = across ? 1.2f : 1;

  if (a == b || a == 'A' || b == 'A' || a == 'E' || b == 'E')
    return 0;
  if (strchr (front, a) != NULL && strchr (front, b) != NULL)
    return .1f;
  if (strchr (back, a) != NULL && strchr (back, b) != NULL)
    return .05f;
  if (strchr (open, a) != NULL && strchr (open, b) != NULL)
    return .1f;
  return .4f * factor;
}

static void
fill_omissions (void)
{
  for (guint phone = 'A'; phone <= 'z'; phone++)
    {
      gboolean vowel = kaf_name_phone_is_vowel ((guint8) phone);

      for (guint arabic = 0; arabic < 2; arabic++)
        for (guint across = 0; across < 2; across++)
          {
            float cost = phone == 'h' ? .6f : 1;

            if (vowel && !arabic)
              cost = across ? .05f : .25f;
            else if (vowel)
              cost = across ? .5f : .8f;
            if (phone == 'E' || phone == 'A')
              cost = across ? .05f : .6f;
            /* Arabic writes an i in front that French leaves out: إدريس is Driss. */
            if (phone == 'e' && arabic)
              cost = .2f;
            omission[arabic][across][phone] = cost;
          }
    }
}

static void
fill_tables (void)
{
  for (guint across = 0; across < 2; across++)
    for (guint a = 0; a < 128; a++)
      for (guint b = 0; b < 128; b++)
        {
          gboolean va = kaf_name_phone_is_vowel ((guint8) a),
                   vb = kaf_name_phone_is_vowel ((guint8) b);

          substitution[across][a][b] = a == b     ? 0
                                       : va && vb ? vowel_cost ((guint8) a, (guint8) b, across)
                                       : va || vb ? 1.2f
                                                  : 1;
        }
  for (guint i = 0; i < G_N_ELEMENTS (near_consonants); i++)
    for (guint across = 0; across < 2; across++)
      {
        guint a = (guint) near_consonants[i].a, b = (guint) near_consonants[i].b;

        substitution[across][a][b] = substitution[across][b][a] = near_consonants[i].cost;
      }
  fill_omissions ();
}

static void
ensure_tables (void)
{
  static gsize ready;

  if (G_LIKELY (g_atomic_pointer_get (&ready)) || !g_once_init_enter (&ready))
    return;
  fill_tables ();
  g_once_init_leave (&ready, 1);
}

/* The weight of a word: its consonants, and a little for its vowels. */
static void
weigh_phones (Word *word)
{
  float weight = 0;

  for (guint i = 0; i < word->n; i++)
    weight += kaf_name_phone_is_vowel (word->phones[i]) ? .15f : 1;
  word->phones_weight = MAX (weight, .5f);
}

static float
edit_distance (const Word *a, const Word *b)
{
  guint across = a->arabic != b->arabic;
  const float *drop_a = omission[a->arabic][across], *drop_b = omission[b->arabic][across];
  float row[WORD_PHONES + 1];

  row[0] = 0;
  for (guint j = 0; j < b->n; j++)
    row[j + 1] =
        row[j] + drop_b[b->phones[j]] * (j == 0 && drop_b[b->phones[j]] >= 1 ? FIRST_FACTOR : 1);
  for (guint i = 0; i < a->n; i++)
    {
      guint8 pa = a->phones[i];
      float lost = drop_a[pa] * (i == 0 && drop_a[pa] >= 1 ? FIRST_FACTOR : 1);
      const float *swap = substitution[across][pa];
      float diagonal = row[0];

      row[0] += lost;
      for (guint j = 0; j < b->n; j++)
        {
          guint8 pb = b->phones[j];
          float gained = drop_b[pb] * (j == 0 && drop_b[pb] >= 1 && i == 0 ? FIRST_FACTOR : 1);
          float best = MIN (row[j + 1] + lost, row[j] + gained);

          best = MIN (best, diagonal + swap[pb]);
          diagonal = row[j + 1];
          row[j + 1] = best;
        }
    }
  return row[b->n];
}

static float
likeness_as_read (const Word *a, const Word *b)
{
  float shorter = MIN (a->phones_weight, b->phones_weight);
  float likeness = 1 - edit_distance (a, b) / shorter;

  return MAX (likeness, 0);
}

/* @word without what may be its article. */
static void
read_bare (const Word *word, Word *out)
{
  *out = *word;
  out->n = (guint8) (word->n - word->alt);
  memmove (out->phones, word->phones + word->alt, out->n);
  weigh_phones (out);
}

/* @word with th, dh and sh as two sounds each: Fathi is فتحي. */
static void
read_two_sounds (const Word *word, Word *out)
{
  *out = *word;
  out->n = 0;
  for (guint i = 0; i < word->n && out->n + 2 < WORD_PHONES; i++)
    {
      guint8 phone = word->phones[i];
      gboolean two = phone == 'T' || phone == 'D' || phone == 'C';

      out->phones[out->n++] = !two ? phone : phone == 'T' ? 't' : phone == 'D' ? 'd' : 's';
      if (two)
        out->phones[out->n++] = 'h';
    }
  weigh_phones (out);
}

/* @word, which ends in اة, with the t that is heard of it: Najat is نجاة. */
static void
read_final_t (const Word *word, Word *out)
{
  *out = *word;
  out->phones[out->n - 1] = 't';
  weigh_phones (out);
}

/* An initial is a letter, not a sound: K. may be Khadija, C. Chaimae. */
static gboolean
begins_alike (guint8 a, guint8 b)
{
  if (substitution[0][a][b] < .3f)
    return TRUE;
  return (a == 'k' && (b == 'x' || b == 'c')) || (b == 'k' && (a == 'x' || a == 'c'));
}

static float
word_likeness (const Word *a, const Word *b)
{
  float best;
  Word other;

  /* An initial fits every name that begins with it. */
  if ((a->n == 1 || b->n == 1) && a->n != b->n)
    return begins_alike (a->phones[0], b->phones[0]) ? INITIAL_LIKENESS : 0;
  best = likeness_as_read (a, b);
  for (guint side = 0; side < 2 && best < SURE_LIKENESS; side++)
    {
      const Word *word = side == 0 ? a : b, *fixed = side == 0 ? b : a;

      if (word->alt > 0 && word->n > word->alt + 1)
        {
          read_bare (word, &other);
          best = MAX (best, likeness_as_read (&other, fixed) * READING_FACTOR);
        }
      if (word->open_t && fixed->n > 2 && fixed->phones[fixed->n - 1] == 't')
        {
          read_final_t (word, &other);
          best = MAX (best, likeness_as_read (&other, fixed) * READING_FACTOR);
        }
      if (word->two_sounds && fixed->arabic)
        {
          read_two_sounds (word, &other);
          best = MAX (best, likeness_as_read (&other, fixed) * READING_FACTOR);
        }
    }
  return best;
}

static void
append_phones (Word *to, const KafNameWord *from, gboolean with_article)
{
  guint start = from->alt_sure ? from->alt : 0;

  if (with_article && from->article && !kaf_name_phone_is_sun (from->phones[0]))
    {
      start = 0;
      to->phones[to->n++] = 'l';
    }
  if (with_article)
    start = 0;
  for (guint i = start; i < from->n && to->n + 2 < WORD_PHONES; i++)
    to->phones[to->n++] = from->phones[i];
}

/* Reads @text into words, compounds joined, articles left out. */
static void
read_name (const char *text, Name *name)
{
  KafNameWord words[KAF_NAME_WORDS];
  guint n = kaf_name_read (text, words);

  name->n = 0;
  for (guint i = 0; i < n && name->n < WORDS_MAX;)
    {
      Word *word = &name->words[name->n];
      gboolean title = words[i].role == KAF_NAME_TITLE;
      gboolean joins = words[i].role == KAF_NAME_JOINS;

      word->n = 0;
      word->open_t = words[i].open_t;
      word->arabic = words[i].arabic;
      word->alt = words[i].alt_sure ? 0 : words[i].alt;
      append_phones (word, &words[i], FALSE);
      for (i++; i < n && (joins || words[i].role == KAF_NAME_SUFFIX); i++)
        {
          joins = words[i].role == KAF_NAME_JOINS;
          word->open_t = words[i].open_t;
          append_phones (word, &words[i], TRUE);
        }
      word->two_sounds = FALSE;
      for (guint k = 0; k < word->n; k++)
        word->two_sounds |= strchr ("TDC", word->phones[k]) != NULL;
      weigh_phones (word);
      word->weight = word->n == 1 ? INITIAL_WEIGHT : word->phones_weight;
      if (title)
        word->weight *= TITLE_WEIGHT;
      if (word->n > 0)
        name->n++;
    }
}

/* The best sum of weighted likenesses of the words of @few from @i on with those of @many that are
 * not yet in @used; @best remembers what was worked out. */
static void
pair_words (const Name *few,
            const Name *many,
            float best[1 << WORDS_MAX],
            float weights[1 << WORDS_MAX])
{
  guint sets = 1u << many->n;
  float like[WORDS_MAX][WORDS_MAX];

  for (guint i = 0; i < few->n; i++)
    for (guint j = 0; j < many->n; j++)
      like[i][j] = word_likeness (&few->words[i], &many->words[j]);
  for (guint set = 0; set < sets; set++)
    best[set] = -1;
  best[0] = weights[0] = 0;
  for (guint set = 0; set < sets; set++)
    {
      guint i = 0;

      if (best[set] < 0)
        continue;
      for (guint bits = set; bits != 0; bits &= bits - 1)
        i++;
      if (i >= few->n)
        continue;
      for (guint j = 0; j < many->n; j++)
        {
          const Word *a = &few->words[i], *b = &many->words[j];
          guint with = set | 1u << j;
          float weight, sum;

          if (with == set)
            continue;
          weight = (a->weight + b->weight) / 2;
          sum = best[set] + like[i][j] * weight;
          if (sum > best[with])
            {
              best[with] = sum;
              weights[with] = weights[set] + weight;
            }
        }
    }
}

static double
name_likeness (const Name *few, const Name *many)
{
  float best[1 << WORDS_MAX], weights[1 << WORDS_MAX];
  float total = 0, result = 0;

  for (guint j = 0; j < many->n; j++)
    total += many->words[j].weight;
  pair_words (few, many, best, weights);
  for (guint set = 0; set < 1u << many->n; set++)
    {
      float used = 0, missing;
      guint i = 0;

      for (guint j = 0; j < many->n; j++)
        if (set & 1u << j)
          {
            used += many->words[j].weight;
            i++;
          }
      if (i != few->n || best[set] < 0)
        continue;
      missing = (total - used) * MISSING_FACTOR;
      result = MAX (result, best[set] / (weights[set] + missing));
    }
  return CLAMP (result, 0, 1);
}

static double
compare_names (const Name *a, const Name *b)
{
  if (a->n == 0 || b->n == 0)
    return 0;
  return a->n <= b->n ? name_likeness (a, b) : name_likeness (b, a);
}

/**
 * kaf_name_likeness:
 * @a: (nullable): a name in either script
 * @b: (nullable): another
 *
 * Compares whole names, in any order of their words. An article counts nothing, a title (Moulay,
 * Haj) little, a missing word less than a wrong one; an initial fits the names it begins.
 *
 * Returns: 0 (nothing alike) to 1 (the same); from .8 on the names may be one, under .66 they are
 *   not; 0 when one of them is empty
 */
double
kaf_name_likeness (const char *a, const char *b)
{
  Word first_words[WORDS_MAX], second_words[WORDS_MAX];
  Name first = { 0, first_words }, second = { 0, second_words };

  ensure_tables ();
  read_name (a, &first);
  read_name (b, &second);
  return compare_names (&first, &second);
}

/**
 * kaf_spoken_name_new:
 * @name: (nullable): a name in either script
 *
 * Returns: (transfer full): the name as it is heard, to be compared with many others; owns all it needs
 */
KafSpokenName *
kaf_spoken_name_new (const char *name)
{
  Word words[WORDS_MAX];
  Name read = { 0, words };
  KafSpokenName *self;

  ensure_tables ();
  read_name (name, &read);
  self = g_malloc (sizeof *self + read.n * sizeof *words);
  if (read.n > 0)
    memcpy (self->words, words, read.n * sizeof *words);
  self->name = (Name){ read.n, self->words };
  return self;
}

void
kaf_spoken_name_free (KafSpokenName *self)
{
  g_free (self);
}

/* Nothing that can be heard is in it. */
gboolean
kaf_spoken_name_is_empty (const KafSpokenName *self)
{
  return self->name.n == 0;
}

/* A single letter, that stands for a whole word. */
gboolean
kaf_spoken_name_is_initial (const KafSpokenName *self)
{
  return self->name.n == 1 && self->words[0].n == 1;
}

/**
 * kaf_spoken_name_likeness:
 *
 * Returns: what kaf_name_likeness() gives for the names that they were made of
 */
double
kaf_spoken_name_likeness (const KafSpokenName *a, const KafSpokenName *b)
{
  return compare_names (&a->name, &b->name);
}

/* Whether every word of @few is heard in @many. */
static gboolean
is_heard_in (const Name *few, const Name *many)
{
  for (guint i = 0; i < few->n; i++)
    {
      gboolean heard = FALSE;

      for (guint j = 0; j < many->n && !heard; j++)
        heard = few->words[i].n > 1 && many->words[j].n > 1 &&
                word_likeness (&few->words[i], &many->words[j]) >= PART_LIKENESS;
      if (!heard)
        return FALSE;
    }
  return few->n > 0;
}

/**
 * kaf_spoken_name_is_part:
 *
 * Returns: %TRUE when one of them is some of the words of the other: Amine of Mohamed Amine, Alaoui of Alaoui Bennani
 */
gboolean
kaf_spoken_name_is_part (const KafSpokenName *a, const KafSpokenName *b)
{
  if (a->name.n == b->name.n)
    return FALSE;
  return a->name.n < b->name.n ? is_heard_in (&a->name, &b->name)
                               : is_heard_in (&b->name, &a->name);
}

/* How many phones of @word stand before the a that makes a woman's name of a man's; 0: it does not end so. In Latin letters
 * an h may follow it. */
static guint
feminine_stem (const Word *word)
{
  guint n = word->n;

  if (!word->arabic && n > 2 && word->phones[n - 1] == 'h' && word->phones[n - 2] == 'a')
    n--;
  return n > 3 && word->phones[n - 1] == 'a' ? n - 1 : 0;
}

/* Whether @woman is @man with an a at the end: Saida and Said, سامية and Sami. */
static gboolean
is_feminine_of (const Word *woman, const Word *man)
{
  guint stem = feminine_stem (woman);
  guint8 last = man->n > 0 ? man->phones[man->n - 1] : 0;
  Word bare;

  if (stem == 0 || man->n < 3 || (kaf_name_phone_is_vowel (last) && last != 'i'))
    return FALSE;
  bare = *woman;
  bare.n = (guint8) stem;
  weigh_phones (&bare);
  return likeness_as_read (&bare, man) >= PART_LIKENESS;
}

/**
 * kaf_spoken_name_is_counterpart:
 *
 * Returns: %TRUE when one is the woman's name and the other the man's that goes with it, which sound much alike: Amina
 *   and Amine, Samir and سميرة
 */
gboolean
kaf_spoken_name_is_counterpart (const KafSpokenName *a, const KafSpokenName *b)
{
  const Word *last_a, *last_b;

  if (a->name.n != 1 || b->name.n != 1)
    return FALSE;
  last_a = &a->words[0];
  last_b = &b->words[0];
  return is_feminine_of (last_a, last_b) || is_feminine_of (last_b, last_a);
}
