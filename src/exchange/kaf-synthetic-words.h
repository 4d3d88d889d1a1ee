/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Professions, countries and employers that KafSynthetic draws from. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *domain;         /* a code of domains.tsv */
  const char *main_domain;    /* its parent */
  const char *occupation;     /* ISCO-08 */
  char employer;              /* which employers: see kaf_synthetic_employers */
  const char *headline_fr[2]; /* of a woman, of a man */
  const char *headline_ar[2];
} KafSyntheticProfile;

typedef struct
{
  const char *prefix; /* E.164, with the plus sign */
  guint digits;       /* how many follow it */
} KafSyntheticPhone;

typedef struct
{
  const char *code;         /* ISO 3166-1 alpha-2 */
  guint weight;             /* per thousand, about */
  const char *dual;         /* nationalities of who has both; NULL where nobody is naturalised */
  const char *language;     /* of work */
  const char *language_two; /* nullable */
  const char *const *cities;
  const KafSyntheticPhone *phones; /* ended by a NULL prefix */
} KafSyntheticCountry;

typedef struct
{
  char kind;
  const char *name;
} KafSyntheticEmployer;

extern const KafSyntheticProfile kaf_synthetic_profiles[];
extern const gsize kaf_synthetic_profiles_length;
extern const KafSyntheticCountry kaf_synthetic_countries[];
extern const gsize kaf_synthetic_countries_length;
extern const char *const kaf_synthetic_territories[];
extern const gsize kaf_synthetic_territories_length;
extern const KafSyntheticEmployer kaf_synthetic_employers[];
extern const gsize kaf_synthetic_employers_length;

G_END_DECLS
