/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "match/kaf-match-sift.h"

#include <math.h>

/* Bits that adding in another order may differ by. */
#define ROUNDING 1e-6

#define SPELLINGS 2 /* in either script */

struct _KafMatchSift
{
  const KafMatchModel *model;
  const KafMatchRarity *rarity;
  KafMatchReadings *readings;
  KafMatchMemo *memo;
  double prior, least;
  KafMatchPerson values; /* hers, without a name */
  KafMatchName names[KAF_MATCH_SPELLINGS_MAX];
  guint n_names;
  double unseen;   /* bits: the most of all that is in no column */
  double employer; /* and of the employer */
};

static KafMatchNames no_names = { 0 };

/* Where one value in common is all that can be had: kaf_match_rarity_bits() gives the less the more usual of two is. */
static double
most_of_same (const KafMatchSift *self, KafMatchField field)
{
  const KafMatchValues *values = self->values.values[field];
  double rare = 0;

  for (guint i = 0; values != NULL && self->rarity != NULL && i < values->len; i++)
    rare = MAX (rare, kaf_match_rarity_bits (self->rarity, field, values->at[i].value,
                                             values->at[i].value));
  return values != NULL ? kaf_match_most_of (self->model, field, KAF_MATCH_SAME) + rare : 0;
}

/* An e-mail, a phone, an identifier that are one would be anchors; only an identifier says something where they differ. */
static double
most_unseen (const KafMatchSift *self)
{
  const KafMatchValues *const *values = (const KafMatchValues *const *) self->values.values;
  double bits = most_of_same (self, KAF_MATCH_DOMAIN) + most_of_same (self, KAF_MATCH_NETWORK) +
                most_of_same (self, KAF_MATCH_BODY);

  if (values[KAF_MATCH_EMAIL] != NULL)
    bits += kaf_match_most_of (self->model, KAF_MATCH_EMAIL, KAF_MATCH_DIFFERS);
  if (values[KAF_MATCH_PHONE] != NULL)
    bits += kaf_match_most_of (self->model, KAF_MATCH_PHONE, KAF_MATCH_DIFFERS);
  if (values[KAF_MATCH_IDENTIFIER] != NULL)
    bits += kaf_match_most_of (self->model, KAF_MATCH_IDENTIFIER, KAF_MATCH_CLOSE);
  return bits;
}

KafMatchSift *
kaf_match_sift_new (const KafMatchModel *model,
                    const KafMatchRarity *rarity,
                    KafMatchReadings *readings,
                    KafMatchMemo *memo,
                    const KafMatchPerson *person,
                    double prior,
                    double least)
{
  KafMatchSift *self = g_new0 (KafMatchSift, 1);

  self->model = model;
  self->rarity = rarity;
  self->readings = readings;
  self->memo = memo;
  self->prior = prior;
  self->least = least;
  self->values = *person;
  self->values.names = &no_names;
  for (guint i = 0; i < person->names->len; i++)
    {
      const KafMatchName *name = g_ptr_array_index (person->names, i);
      KafMatchName *own = &self->names[self->n_names];

      if (!kaf_match_readings_name (readings, name->given, name->family, own))
        continue;
      own->cut = name->cut;
      self->n_names++;
    }
  self->unseen = most_unseen (self);
  self->employer = most_of_same (self, KAF_MATCH_EMPLOYER);
  return self;
}

void
kaf_match_sift_free (KafMatchSift *self)
{
  g_free (self);
}

static double
weigh_names (const KafMatchSift *self, const KafMatchColumns *columns)
{
  KafMatchName names[SPELLINGS];
  guint n = 0;

  n += kaf_match_readings_name (self->readings, columns->given, columns->family, &names[n]);
  n += kaf_match_readings_name (self->readings, columns->given_ar, columns->family_ar, &names[n]);
  return kaf_match_weigh_spellings (self->model, self->rarity, self->memo, self->names,
                                    self->n_names, names, n);
}

static double
weigh_values (const KafMatchSift *self, const KafMatchColumns *columns)
{
  KafMatchPerson other = { .names = &no_names };
  KafMatchScore score;

  other.values[KAF_MATCH_COUNTRY] =
      kaf_match_readings_values (self->readings, KAF_MATCH_COUNTRY, columns->country);
  other.values[KAF_MATCH_CITY] =
      kaf_match_readings_values (self->readings, KAF_MATCH_CITY, columns->city);
  other.values[KAF_MATCH_BIRTH] =
      kaf_match_readings_values (self->readings, KAF_MATCH_BIRTH, columns->birth);
  other.values[KAF_MATCH_GENDER] =
      kaf_match_readings_values (self->readings, KAF_MATCH_GENDER, columns->gender);
  if (columns->asked)
    other.values[KAF_MATCH_EMPLOYER] =
        kaf_match_readings_values (self->readings, KAF_MATCH_EMPLOYER, columns->employer);
  kaf_match_weigh (self->model, self->rarity, self->prior, &self->values, &other, &score);
  return score.bits + (columns->asked ? 0 : self->employer);
}

gboolean
kaf_match_sift_is_not (const KafMatchSift *self, const KafMatchColumns *columns)
{
  double bits = self->unseen + weigh_names (self, columns) + weigh_values (self, columns);

  return 1 / (1 + exp2 (self->prior - bits - ROUNDING)) < self->least;
}
