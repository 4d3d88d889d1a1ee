/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A fact is a number: the kind in front, then what is left of a hash of the value. Two that fall together by chance let a
 * pair be weighed in vain, and no more. */
#include "config.h"

#include "match/kaf-match-facts.h"

#include <math.h>
#include <string.h>

#include "match/kaf-match-keys.h"
#include "match/kaf-match-value.h"

#define KIND_SHIFT 28
#define VALUE_MASK ((1u << KIND_SHIFT) - 1)

/* Kinds beside the fields. */
#define LOCAL_PART KAF_N_MATCH_FIELDS
#define YEAR (KAF_N_MATCH_FIELDS + 1)
#define YEAR_LENGTH 4
#define N_KINDS (KAF_N_MATCH_FIELDS + 2)

/* Bits that adding in another order may differ by. */
#define ROUNDING 1e-6

G_STATIC_ASSERT (N_KINDS <= 1u << (32 - KIND_SHIFT));

/* One side of a name, of all who have it in that column. */
typedef struct
{
  char *text;
  KafSpokenName *spoken;
  char *key; /* nullable */
} Side;

#define N_COLUMNS (KAF_MATCH_FAMILY_NAME + 1)

#define NO_SIDE G_MAXUINT32

typedef struct
{
  guint32 given, family; /* in sides */
  guint arabic : 1;
  guint cut : 1;
} Spelling;

/* Where those of a person end. */
typedef struct
{
  guint facts, spellings;
} End;

struct _KafMatchFacts
{
  GArray *facts;                /* guint32, rising within a person */
  GArray *spellings;            /* Spelling */
  GArray *ends;                 /* End, by number */
  GPtrArray *sides;             /* Side */
  GHashTable *texts[N_COLUMNS]; /* of these → place + 1 */
};

/* What it wins to have a fact in common. */
typedef struct
{
  guint32 fact;
  double bits;
} Won;

struct _KafMatchSought
{
  const KafMatchModel *model;
  const KafMatchRarity *rarity;
  KafMatchName names[KAF_MATCH_SPELLINGS_MAX]; /* nothing of them is its own */
  guint n_names;
  KafMatchMemo *memo; /* nullable */
  GArray *won;        /* Won, by rising facts */
  double most_of_names;
  double other[N_KINDS]; /* the most where both tell the field and have nothing in common */
};

static void
side_free (gpointer data)
{
  Side *side = data;

  g_free (side->text);
  kaf_spoken_name_free (side->spoken);
  g_free (side->key);
  g_free (side);
}

KafMatchFacts *
kaf_match_facts_new (void)
{
  KafMatchFacts *self = g_new0 (KafMatchFacts, 1);

  self->facts = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->spellings = g_array_new (FALSE, FALSE, sizeof (Spelling));
  self->ends = g_array_new (FALSE, FALSE, sizeof (End));
  self->sides = g_ptr_array_new_with_free_func (side_free);
  for (guint i = 0; i < N_COLUMNS; i++)
    self->texts[i] = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

void
kaf_match_facts_free (KafMatchFacts *self)
{
  g_array_unref (self->facts);
  g_array_unref (self->spellings);
  g_array_unref (self->ends);
  for (guint i = 0; i < N_COLUMNS; i++)
    g_hash_table_unref (self->texts[i]);
  g_ptr_array_unref (self->sides);
  g_free (self);
}

static guint32
make_fact (guint kind, const char *value)
{
  return kind << KIND_SHIFT | ((guint32) kaf_match_key_hash (value) & VALUE_MASK);
}

typedef void (*FactFunc) (guint kind, const char *value, guint32 fact, gpointer data);

static void
foreach_of_value (guint field, const char *value, FactFunc func, gpointer data)
{
  g_autofree char *part = NULL;

  /* In full and short are compared as one. */
  if (g_str_has_prefix (value, KAF_MATCH_INITIALS))
    func (field, value, make_fact (field, value + strlen (KAF_MATCH_INITIALS)), data);
  else
    func (field, value, make_fact (field, value), data);
  if (field == KAF_MATCH_EMAIL && (part = kaf_match_email_local (value)) != NULL)
    func (LOCAL_PART, part, make_fact (LOCAL_PART, part), data);
  if (field == KAF_MATCH_BIRTH && (part = g_strndup (value, YEAR_LENGTH)) != NULL)
    func (YEAR, part, make_fact (YEAR, part), data);
}

static void
foreach_fact (const KafMatchPerson *person, FactFunc func, gpointer data)
{
  for (guint field = KAF_MATCH_EMAIL; field < KAF_N_MATCH_FIELDS; field++)
    for (guint i = 0; person->values[field] != NULL && i < person->values[field]->len; i++)
      foreach_of_value (field, person->values[field]->at[i].value, func, data);
}

static int
compare_facts (gconstpointer a, gconstpointer b)
{
  guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;

  return x < y ? -1 : x > y;
}

static void
take_fact (G_GNUC_UNUSED guint kind, G_GNUC_UNUSED const char *value, guint32 fact, gpointer data)
{
  g_array_append_val (data, fact);
}

/* As kaf-match-person.c hears it: a given name may be written short. */
static KafSpokenName *
hear (KafMatchField column, const char *text)
{
  g_autofree char *full = column == KAF_MATCH_GIVEN_NAME ? kaf_match_given (text) : NULL;

  return kaf_spoken_name_new (full != NULL ? full : text);
}

static guint32
find_side (KafMatchFacts *self, KafMatchField column, const char *text, const char *key)
{
  GHashTable *texts = self->texts[column];
  guint place = text != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (texts, text)) : 0;
  Side *side;

  if (text == NULL)
    return NO_SIDE;
  if (place > 0)
    return place - 1;
  side = g_new0 (Side, 1);
  *side = (Side){ g_strdup (text), hear (column, text), g_strdup (key) };
  g_ptr_array_add (self->sides, side);
  g_hash_table_insert (texts, side->text, GUINT_TO_POINTER (self->sides->len));
  return self->sides->len - 1;
}

void
kaf_match_facts_add (KafMatchFacts *self, const KafMatchPerson *person)
{
  guint from = self->facts->len;
  End end;

  for (guint i = 0; i < person->names->len; i++)
    {
      const KafMatchName *name = g_ptr_array_index (person->names, i);
      Spelling spelling = {
        .given = find_side (self, KAF_MATCH_GIVEN_NAME,
                            name->given_spoken != NULL ? name->given : NULL, name->given_key),
        .family = find_side (self, KAF_MATCH_FAMILY_NAME,
                             name->family_spoken != NULL ? name->family : NULL, name->family_key),
        .arabic = name->arabic,
        .cut = name->cut,
      };

      g_array_append_val (self->spellings, spelling);
    }
  foreach_fact (person, take_fact, self->facts);
  end = (End){ self->facts->len, self->spellings->len };
  if (end.facts > from)
    qsort (&g_array_index (self->facts, guint32, from), end.facts - from, sizeof (guint32),
           compare_facts);
  g_array_append_val (self->ends, end);
}

static void
fill_name (const KafMatchFacts *self, const Spelling *spelling, KafMatchName *name)
{
  const Side *given =
      spelling->given != NO_SIDE ? g_ptr_array_index (self->sides, spelling->given) : NULL;
  const Side *family =
      spelling->family != NO_SIDE ? g_ptr_array_index (self->sides, spelling->family) : NULL;

  *name = (KafMatchName){ .arabic = spelling->arabic, .cut = spelling->cut };
  if (given != NULL)
    {
      name->given = given->text;
      name->given_spoken = given->spoken;
      name->given_key = given->key;
    }
  if (family != NULL)
    {
      name->family = family->text;
      name->family_spoken = family->spoken;
      name->family_key = family->key;
    }
}

/* How many spellings she has. @names: KAF_MATCH_SPELLINGS_MAX of them (out). */
static guint
list_names (const KafMatchFacts *self, guint number, KafMatchName *names)
{
  guint from = number > 0 ? g_array_index (self->ends, End, number - 1).spellings : 0;
  guint n = g_array_index (self->ends, End, number).spellings - from;

  for (guint i = 0; i < n; i++)
    fill_name (self, &g_array_index (self->spellings, Spelling, from + i), &names[i]);
  return n;
}

/* ---- Looking for somebody ---- */

typedef struct
{
  const KafMatchModel *model;
  const KafMatchRarity *rarity;
  GArray *won;
} Winning;

static void
take_won (guint kind, const char *value, guint32 fact, gpointer data)
{
  Winning *self = data;
  Won won = { fact, 0 };

  if (kind == LOCAL_PART)
    won.bits = kaf_match_most_of (self->model, KAF_MATCH_EMAIL, KAF_MATCH_CLOSE);
  else if (kind == YEAR || (kind == KAF_MATCH_BIRTH && strlen (value) == YEAR_LENGTH))
    won.bits = kaf_match_most_of (self->model, KAF_MATCH_BIRTH, KAF_MATCH_CLOSE);
  else
    won.bits =
        kaf_match_most_of (self->model, kind, KAF_MATCH_SAME) +
        MAX (self->rarity != NULL ? kaf_match_rarity_bits (self->rarity, kind, value, value) : 0,
             -kaf_match_most_of (self->model, kind, KAF_MATCH_SAME));
  g_array_append_val (self->won, won);
}

KafMatchSought *
kaf_match_sought_new (const KafMatchModel *model,
                      const KafMatchRarity *rarity,
                      const KafMatchPerson *person)
{
  KafMatchSought *self = g_new0 (KafMatchSought, 1);
  const KafMatchValues *births = person->values[KAF_MATCH_BIRTH];
  Winning winning = { model, rarity, NULL };

  self->model = model;
  self->rarity = rarity;
  for (guint i = 0; i < person->names->len; i++)
    self->names[self->n_names++] = *(KafMatchName *) g_ptr_array_index (person->names, i);
  self->won = winning.won = g_array_new (FALSE, FALSE, sizeof (Won));
  self->most_of_names = kaf_match_most_of_names (model, rarity, person);
  foreach_fact (person, take_won, &winning);
  g_array_sort (self->won, compare_facts);
  /* Where values are one or not, and nothing between; elsewhere nothing is held against them. */
  self->other[KAF_MATCH_PHONE] = model->bits[KAF_MATCH_PHONE][KAF_MATCH_DIFFERS];
  self->other[KAF_MATCH_CITY] = kaf_match_most_of (model, KAF_MATCH_CITY, KAF_MATCH_CLOSE);
  self->other[KAF_MATCH_COUNTRY] = model->bits[KAF_MATCH_COUNTRY][KAF_MATCH_DIFFERS];
  self->other[KAF_MATCH_DOMAIN] = model->bits[KAF_MATCH_DOMAIN][KAF_MATCH_DIFFERS];
  self->other[KAF_MATCH_IDENTIFIER] = model->bits[KAF_MATCH_IDENTIFIER][KAF_MATCH_LOOSE];
  self->other[KAF_MATCH_BODY] = kaf_match_most_of (model, KAF_MATCH_BODY, KAF_MATCH_SAME);
  /* Two whole dates may be one edit apart, two years may not. */
  self->other[KAF_MATCH_BIRTH] = model->bits[KAF_MATCH_BIRTH][KAF_MATCH_DIFFERS];
  for (guint i = 0; births != NULL && i < births->len; i++)
    if (strlen (births->at[i].value) > YEAR_LENGTH)
      self->other[KAF_MATCH_BIRTH] = kaf_match_most_of (model, KAF_MATCH_BIRTH, KAF_MATCH_CLOSE);
  return self;
}

void
kaf_match_sought_remember (KafMatchSought *self,
                           const KafMatchFacts *own,
                           guint number,
                           KafMatchMemo *memo)
{
  self->n_names = list_names (own, number, self->names);
  self->memo = memo;
}

void
kaf_match_sought_free (KafMatchSought *self)
{
  g_array_unref (self->won);
  g_free (self);
}

/* What two have in common, by kind. */
typedef struct
{
  double won[N_KINDS];
  guint both, same; /* sets of kinds: told by both; having something in common */
} Common;

static void
find_common (const KafMatchSought *self, const KafMatchFacts *facts, guint number, Common *common)
{
  guint at = number > 0 ? g_array_index (facts->ends, End, number - 1).facts : 0;
  guint end = g_array_index (facts->ends, End, number).facts;

  *common = (Common){ .both = 0 };
  for (guint i = 0; i < self->won->len; i++)
    {
      const Won *own = &g_array_index (self->won, Won, i);
      guint kind = own->fact >> KIND_SHIFT;

      while (at < end && g_array_index (facts->facts, guint32, at) >> KIND_SHIFT < kind)
        at++;
      for (guint j = at; j < end; j++)
        {
          guint32 fact = g_array_index (facts->facts, guint32, j);

          if (fact >> KIND_SHIFT != kind)
            break;
          common->both |= 1u << kind;
          if (fact != own->fact)
            continue;
          common->won[kind] =
              common->same & 1u << kind ? MAX (common->won[kind], own->bits) : own->bits;
          common->same |= 1u << kind;
        }
    }
}

/* The most bits of all but the names. */
static double
most_of_common (const KafMatchSought *self, const Common *common)
{
  double bits = common->same & 1u << LOCAL_PART ? common->won[LOCAL_PART] : 0;

  for (guint kind = KAF_MATCH_EMAIL; kind < KAF_N_MATCH_FIELDS; kind++)
    if (common->same & 1u << kind)
      bits += common->won[kind];
    else if (kind == KAF_MATCH_BIRTH && common->same & 1u << YEAR)
      bits += common->won[YEAR];
    else if (common->both & 1u << kind)
      bits += self->other[kind];
  return bits;
}

static double
weigh_names (const KafMatchSought *self, const KafMatchFacts *facts, guint number)
{
  KafMatchName names[KAF_MATCH_SPELLINGS_MAX];
  guint n = list_names (facts, number, names);

  return kaf_match_weigh_spellings (self->model, self->rarity, self->memo, self->names,
                                    self->n_names, names, n);
}

static gboolean
is_below (double bits, double prior, double least)
{
  return 1 / (1 + exp2 (prior - bits - ROUNDING)) < least;
}

gboolean
kaf_match_sought_is_not (const KafMatchSought *self,
                         const KafMatchFacts *facts,
                         guint number,
                         double prior,
                         double least)
{
  Common common;
  double bits;

  find_common (self, facts, number, &common);
  if (common.same & (1u << KAF_MATCH_EMAIL | 1u << KAF_MATCH_IDENTIFIER))
    return FALSE;
  bits = most_of_common (self, &common);
  /* Comparing the names costs more than all else. */
  return is_below (bits + self->most_of_names, prior, least) ||
         is_below (bits + weigh_names (self, facts, number), prior, least);
}
