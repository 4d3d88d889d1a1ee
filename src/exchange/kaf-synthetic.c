/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Synthetic experts, made for speed: a million take less than a second, so that a measure of the
 * store does not measure this. Hence drawing tables made once, values that point into them, and
 * a generator of its own instead of KafRandom, which locks: each person starts from a hash of
 * seed and index, and nothing of her depends on those before.
 */
#include "config.h"

#include "exchange/kaf-synthetic.h"

#include <string.h>

#include "exchange/kaf-synthetic-names.h"
#include "exchange/kaf-synthetic-words.h"

/* A drawing table: as many slots for an item as its share. */
#define SLOTS 16384
#define MAX_PROFILES 128
#define MAX_EMPLOYERS 8

/* Confirmations fall in the three years before this day, when the samples were made. */
#define LAST_YEAR 2026
#define LAST_MONTH 11
#define LAST_DAY 21
#define DAYS 1096

#define FIRST_BIRTH 1956
#define BIRTHS 46

/* One record a millisecond from 2020-01-01 on, like a UUID of version 7, says the id. */
#define ID_EPOCH G_GUINT64_CONSTANT (1577836800000)

#define N_INTERESTS 6
#define N_INTEREST_SETS (1 << N_INTERESTS)

typedef struct
{
  const char *latin;
  const char *arabic;
  const char *slug; /* ASCII, lower case, for an e-mail address */
  gsize slug_length;
} Name;

struct _KafSynthetic
{
  guint64 seed;
  guint64 index;
  guint64 state; /* of the person being made */
  GStringChunk *strings;
  GArray *families; /* of Name */
  GArray *given[2]; /* of Name: women, men */
  guint16 *family_slots;
  guint16 *given_slots[2];
  guint16 *territory_slots;
  guint16 *country_slots;
  guint n_cities[64];
  guint n_phones[64];
  const char *employers[MAX_PROFILES][MAX_EMPLOYERS];
  guint n_employers[MAX_PROFILES];
  char days[DAYS][11];
  char births[BIRTHS][5];
  char years[BIRTHS][3];
  const char *interests[N_INTEREST_SETS];
};

static const char *const interest_codes[N_INTERESTS] = { "training", "engineering", "advice",
                                                         "research", "investment",  "mentoring" };

/* How often, in a hundred draws. */
typedef struct
{
  guint share;
  const char *value;
} Choice;

static const Choice statuses[] = {
  { 17, "prospect" }, { 43, "verified" }, { 27, "active" }, { 10, "dormant" }, { 3, "opposed" },
};

static const Choice preferred[] = { { 66, "fr" }, { 26, "ar" }, { 8, "en" } };

static const Choice health_degrees[] = {
  { 45, "Diplôme d’État" },
  { 30, "Master" },
  { 25, "Doctorat" },
};

static const Choice research_degrees[] = { { 85, "Doctorat" }, { 15, "Master" } };

static const Choice technical_degrees[] = {
  { 45, "Diplôme d’ingénieur" },
  { 30, "Master" },
  { 20, "Doctorat" },
  { 5, "Licence" },
};

static const Choice other_degrees[] = { { 55, "Master" }, { 25, "Licence" }, { 20, "Doctorat" } };

static const Choice levels[] = { { 40, "C1" }, { 30, "C2" }, { 22, "B2" }, { 8, "B1" } };

static const Choice hosts[] = { { 60, "@example.org" },
                                { 25, "@example.com" },
                                { 15, "@example.net" } };

static inline guint64
mix (guint64 x)
{
  x = (x ^ (x >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  x = (x ^ (x >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return x ^ (x >> 31);
}

static inline guint64
draw (KafSynthetic *self)
{
  self->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  return mix (self->state);
}

/* From 0 to @n - 1. */
static inline guint
draw_below (KafSynthetic *self, guint n)
{
  return (guint) (((draw (self) >> 32) * n) >> 32);
}

static inline gboolean
chance (KafSynthetic *self, guint percent)
{
  return draw_below (self, 100) < percent;
}

static const char *
choose (KafSynthetic *self, const Choice *choices, gsize n)
{
  guint at = draw_below (self, 100);
  gsize i;

  for (i = 0; i + 1 < n && at >= choices[i].share; i++)
    at -= choices[i].share;
  return choices[i].value;
}

#define CHOOSE(self, choices) choose (self, choices, G_N_ELEMENTS (choices))

static inline guint
draw_slot (KafSynthetic *self, const guint16 *slots)
{
  return slots[draw (self) % SLOTS];
}

/* Gives each of @n items at least a slot, the rest by weight. */
static guint16 *
slots_new (const double *weights, gsize n)
{
  guint16 *slots = g_new (guint16, SLOTS);
  double total = 0;
  double sum = 0;
  gsize at = 0;

  for (gsize i = 0; i < n; i++)
    total += weights[i];

  for (gsize i = 0; i < n; i++)
    {
      gsize end;

      sum += weights[i];
      end = i + 1 == n ? SLOTS : CLAMP ((gsize) (sum / total * SLOTS), at + 1, SLOTS - (n - i - 1));
      while (at < end)
        slots[at++] = (guint16) i;
    }

  return slots;
}

/* Zipf's law, flattened at the head: the item of rank r has the weight 1 / (r + @head). */
static guint16 *
slots_new_zipf (gsize n, double head)
{
  g_autofree double *weights = g_new (double, n);

  for (gsize i = 0; i < n; i++)
    weights[i] = 1.0 / ((double) i + 1.0 + head);
  return slots_new (weights, n);
}

static void
add_name (KafSynthetic *self, GArray *names, const char *latin, const char *arabic)
{
  g_autofree char *ascii = g_str_to_ascii (latin, "C");
  Name name = { latin, arabic, NULL, 0 };
  char *to = ascii;

  for (const char *from = ascii; *from != '\0'; from++)
    if (g_ascii_isalpha (*from))
      *to++ = g_ascii_tolower (*from);
  *to = '\0';

  name.slug = g_string_chunk_insert_const (self->strings, ascii);
  name.slug_length = (gsize) (to - ascii);
  g_array_append_val (names, name);
}

/* A name made of @first and @second, joined by a space in both scripts. */
static void
add_compound (KafSynthetic *self,
              GArray *names,
              const KafSyntheticName *first,
              const KafSyntheticName *second)
{
  g_autofree char *latin = g_strconcat (first->latin, " ", second->latin, NULL);
  g_autofree char *arabic = g_strconcat (first->arabic, " ", second->arabic, NULL);

  add_name (self, names, g_string_chunk_insert_const (self->strings, latin),
            g_string_chunk_insert_const (self->strings, arabic));
}

static GArray *
names_new (KafSynthetic *self, const KafSyntheticName *table, gsize n)
{
  GArray *names = g_array_new (FALSE, FALSE, sizeof (Name));

  for (gsize i = 0; i < n; i++)
    add_name (self, names, table[i].latin, table[i].arabic);
  return names;
}

static void
fill_names (KafSynthetic *self)
{
  static const KafSyntheticName sons[] = { { "Ben", "بن" }, { "Aït", "آيت" } };
  static const KafSyntheticName mohamed = { "Mohamed", "محمد" };
  static const KafSyntheticName moulay = { "Moulay", "مولاي" };
  static const KafSyntheticName fatima = { "Fatima", "فاطمة" };
  static const KafSyntheticName lalla = { "Lalla", "لالة" };
  const KafSyntheticName *men = kaf_synthetic_men;
  const KafSyntheticName *women = kaf_synthetic_women;

  self->families = names_new (self, kaf_synthetic_families, kaf_synthetic_families_length);
  self->given[0] = names_new (self, women, kaf_synthetic_women_length);
  self->given[1] = names_new (self, men, kaf_synthetic_men_length);

  /* The first names are fathers of families; the usual compounds come after the simple names. */
  for (gsize i = 1; i < 24; i++)
    add_compound (self, self->families, &sons[i % 2], &men[i]);
  for (gsize i = 1; i < 44; i++)
    add_compound (self, self->given[1], i % 6 == 5 ? &moulay : &mohamed, &men[i]);
  for (gsize i = 3; i < 27; i++)
    add_compound (self, self->given[0], i % 4 == 3 ? &lalla : &fatima, &women[i]);

  self->family_slots = slots_new_zipf (self->families->len, 20);
  for (guint i = 0; i < 2; i++)
    self->given_slots[i] = slots_new_zipf (self->given[i]->len, 4);
}

static void
fill_places (KafSynthetic *self)
{
  g_autofree double *weights = g_new (double, kaf_synthetic_countries_length);

  g_assert (kaf_synthetic_countries_length <= G_N_ELEMENTS (self->n_cities));

  for (gsize i = 0; i < kaf_synthetic_countries_length; i++)
    {
      const KafSyntheticCountry *country = &kaf_synthetic_countries[i];

      weights[i] = country->weight;
      while (country->cities[self->n_cities[i]] != NULL)
        self->n_cities[i]++;
      while (country->phones[self->n_phones[i]].prefix != NULL)
        self->n_phones[i]++;
    }

  self->country_slots = slots_new (weights, kaf_synthetic_countries_length);
  self->territory_slots = slots_new_zipf (kaf_synthetic_territories_length, 15);
}

static void
fill_words (KafSynthetic *self)
{
  g_assert (kaf_synthetic_profiles_length <= MAX_PROFILES);

  for (gsize p = 0; p < kaf_synthetic_profiles_length; p++)
    for (gsize e = 0; e < kaf_synthetic_employers_length; e++)
      if (kaf_synthetic_employers[e].kind == kaf_synthetic_profiles[p].employer &&
          self->n_employers[p] < MAX_EMPLOYERS)
        self->employers[p][self->n_employers[p]++] = kaf_synthetic_employers[e].name;

  for (guint bits = 0; bits < N_INTEREST_SETS; bits++)
    {
      g_autoptr (GString) set = g_string_new (NULL);

      for (guint i = 0; i < N_INTERESTS; i++)
        if ((bits & (1u << i)) != 0)
          g_string_append_printf (set, "%s%s", set->len > 0 ? "\n" : "", interest_codes[i]);
      self->interests[bits] = g_string_chunk_insert (self->strings, set->str);
    }
}

static void
fill_dates (KafSynthetic *self)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, LAST_DAY, LAST_MONTH, LAST_YEAR);
  for (guint i = 0; i < DAYS; i++)
    {
      g_snprintf (self->days[i], sizeof self->days[i], "%04u-%02u-%02u",
                  g_date_get_year (&date) % 10000, (guint) g_date_get_month (&date) % 100,
                  g_date_get_day (&date) % 100u);
      g_date_subtract_days (&date, 1);
    }

  /* Work begins at 25 or so. */
  for (guint i = 0; i < BIRTHS; i++)
    {
      g_snprintf (self->births[i], sizeof self->births[i], "%u", (FIRST_BIRTH + i) % 10000);
      g_snprintf (self->years[i], sizeof self->years[i], "%u",
                  (LAST_YEAR - FIRST_BIRTH - 25 + 1 - MIN (i, BIRTHS - 1)) % 100);
    }
}

static char *
append_padded (char *to, guint64 number, guint digits)
{
  for (guint i = digits; i > 0; i--)
    {
      to[i - 1] = (char) ('0' + number % 10);
      number /= 10;
    }
  return to + digits;
}

static char *
append_decimal (char *to, guint64 number)
{
  guint digits = 1;

  for (guint64 rest = number; rest >= 10; rest /= 10)
    digits++;
  return append_padded (to, number, digits);
}

static char *
append_hex (char *to, guint64 number, guint digits)
{
  static const char figures[] = "0123456789abcdef";

  for (guint i = digits; i > 0; i--)
    {
      to[i - 1] = figures[number & 15];
      number >>= 4;
    }
  return to + digits;
}

/* A UUID of version 8: 48 bits that grow with the index, the rest drawn. */
static void
make_id (KafSynthetic *self, char *to)
{
  guint64 time = ID_EPOCH + self->index;
  guint64 high = draw (self);
  guint64 low = draw (self);

  to = append_hex (to, time >> 16, 8);
  *to++ = '-';
  to = append_hex (to, time, 4);
  *to++ = '-';
  *to++ = '8';
  to = append_hex (to, high, 3);
  *to++ = '-';
  to = append_hex (to, (low >> 48 & 0x3fff) | 0x8000, 4);
  *to++ = '-';
  to = append_hex (to, low, 12);
  *to = '\0';
}

static void
make_email (KafSynthetic *self, const Name *family, const Name *given, char *to)
{
  memcpy (to, given->slug, given->slug_length);
  to += given->slug_length;
  *to++ = '.';
  memcpy (to, family->slug, family->slug_length);
  to += family->slug_length;
  *to++ = '.';
  to = append_decimal (to, self->index + 1);
  strcpy (to, CHOOSE (self, hosts));
}

static void
make_phone (KafSynthetic *self, guint country, char *to)
{
  const KafSyntheticPhone *block;
  guint capacity = 1;

  block = &kaf_synthetic_countries[country].phones[draw_below (self, self->n_phones[country])];
  for (guint i = 0; i < block->digits; i++)
    capacity *= 10;

  to = stpcpy (to, block->prefix);
  to = append_padded (to, draw_below (self, capacity), block->digits);
  *to = '\0';
}

static char *
append_language (char *to, const char *code, const char *level)
{
  *to++ = '\n';
  to = stpcpy (to, code);
  *to++ = '\t';
  return stpcpy (to, level);
}

static void
make_languages (KafSynthetic *self, const KafSyntheticCountry *country, char *to)
{
  gboolean english = g_str_equal (country->language, "en");

  to = stpcpy (to, "ar\tC2");
  if (!english && !g_str_equal (country->language, "ar") && !g_str_equal (country->language, "fr"))
    to = append_language (to, country->language, CHOOSE (self, levels));
  to = append_language (to, "fr", CHOOSE (self, levels));
  if (english || chance (self, 55))
    to = append_language (to, "en", CHOOSE (self, levels));
  if (country->language_two != NULL && !g_str_equal (country->language_two, "en") &&
      chance (self, 35))
    to = append_language (to, country->language_two, CHOOSE (self, levels));
  if (chance (self, 18))
    append_language (to, "zgh", "C1");
}

static void
make_names (KafSynthetic *self, KafSyntheticPerson *out)
{
  gboolean man = chance (self, 58);
  const Name *family = &g_array_index (self->families, Name, draw_slot (self, self->family_slots));
  const Name *given =
      &g_array_index (self->given[man], Name, draw_slot (self, self->given_slots[man]));
  guint scripts = draw_below (self, 40);

  out->gender = man ? "m" : "f";
  out->family_name = scripts == 0 ? NULL : family->latin;
  out->given_name = scripts == 0 ? NULL : given->latin;
  out->family_name_ar = scripts == 1 ? NULL : family->arabic;
  out->given_name_ar = scripts == 1 ? NULL : given->arabic;
  make_email (self, family, given, out->email);
}

static void
make_residence (KafSynthetic *self, KafSyntheticPerson *out)
{
  guint at = draw_slot (self, self->country_slots);
  const KafSyntheticCountry *country = &kaf_synthetic_countries[at];
  guint n = self->n_cities[at];

  /* The lesser of two draws: the first cities are the larger ones. */
  out->country = country->code;
  out->city = country->cities[MIN (draw_below (self, n), draw_below (self, n))];
  out->nationalities = country->dual != NULL && chance (self, 45) ? country->dual : "MA";
  out->territory = NULL;
  if (chance (self, 80))
    out->territory = kaf_synthetic_territories[draw_slot (self, self->territory_slots)];

  out->phone[0] = '\0';
  if (chance (self, 92))
    make_phone (self, at, out->phone);
  make_languages (self, country, out->languages);
}

static void
make_domains (KafSynthetic *self, guint at, char *to)
{
  const KafSyntheticProfile *profile = &kaf_synthetic_profiles[at];
  guint other = at + 1 < kaf_synthetic_profiles_length ? at + 1 : at - 1;

  to = stpcpy (to, profile->domain);
  if (!chance (self, 70))
    return;
  *to++ = '\n';
  to = stpcpy (to, profile->main_domain);
  if (!chance (self, 40))
    return;
  *to++ = '\n';
  stpcpy (to, kaf_synthetic_profiles[other].domain);
}

static const char *
choose_degree (KafSynthetic *self, const KafSyntheticProfile *profile)
{
  const char *occupation = profile->occupation;

  if (g_str_equal (occupation, "221"))
    return "Doctorat en médecine";
  if (g_str_has_prefix (occupation, "22"))
    return CHOOSE (self, health_degrees);
  if (profile->employer == 'U' || profile->employer == 'R')
    return CHOOSE (self, research_degrees);
  if (g_str_has_prefix (occupation, "21") || g_str_has_prefix (occupation, "25"))
    return CHOOSE (self, technical_degrees);
  return CHOOSE (self, other_degrees);
}

static void
make_expertise (KafSynthetic *self, KafSyntheticPerson *out)
{
  guint at = draw_below (self, (guint) kaf_synthetic_profiles_length);
  const KafSyntheticProfile *profile = &kaf_synthetic_profiles[at];
  guint man = out->gender[0] == 'm';
  guint birth = (draw_below (self, BIRTHS) + draw_below (self, BIRTHS)) / 2;
  guint interests;

  out->birth_year = chance (self, 70) ? self->births[birth] : NULL;
  out->years = self->years[birth];
  make_domains (self, at, out->domains);
  out->occupation = profile->occupation;
  out->headline_fr = profile->headline_fr[man];
  out->headline_ar = profile->headline_ar[man];
  out->employer = self->employers[at][draw_below (self, self->n_employers[at])];
  out->degree = choose_degree (self, profile);
  out->mode = chance (self, 75) ? "occasional" : "continuous";

  interests = 1u << draw_below (self, N_INTERESTS);
  interests |= 1u << draw_below (self, N_INTERESTS);
  if (chance (self, 30))
    interests |= 1u << draw_below (self, N_INTERESTS);
  out->interests = self->interests[interests];
}

static void
make_follow_up (KafSynthetic *self, KafSyntheticPerson *out)
{
  out->status = CHOOSE (self, statuses);
  out->preferred_language = CHOOSE (self, preferred);

  /* Who sleeps was heard of more than two years ago, who is still to verify maybe never. */
  if (g_str_equal (out->status, "dormant"))
    out->confirmed_on = self->days[DAYS * 2 / 3 + draw_below (self, DAYS - DAYS * 2 / 3)];
  else if (g_str_equal (out->status, "prospect") && chance (self, 60))
    out->confirmed_on = NULL;
  else
    out->confirmed_on = self->days[draw_below (self, DAYS * 2 / 3)];
}

KafSynthetic *
kaf_synthetic_new (guint64 seed)
{
  KafSynthetic *self = g_new0 (KafSynthetic, 1);

  self->seed = mix (seed + G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));
  self->strings = g_string_chunk_new (4096);
  fill_names (self);
  fill_places (self);
  fill_words (self);
  fill_dates (self);

  return self;
}

void
kaf_synthetic_free (KafSynthetic *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->families);
  g_free (self->family_slots);
  for (guint i = 0; i < 2; i++)
    {
      g_array_unref (self->given[i]);
      g_free (self->given_slots[i]);
    }
  g_free (self->country_slots);
  g_free (self->territory_slots);
  g_string_chunk_free (self->strings);
  g_free (self);
}

void
kaf_synthetic_seek (KafSynthetic *self, guint64 index)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (index <= G_GUINT64_CONSTANT (1) << 40);

  self->index = index;
}

void
kaf_synthetic_next (KafSynthetic *self, KafSyntheticPerson *out)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (out != NULL);

  self->state = mix (self->seed ^ mix (self->index));
  out->index = self->index;
  make_id (self, out->id);
  make_names (self, out);
  make_residence (self, out);
  make_expertise (self, out);
  make_follow_up (self, out);
  self->index++;
}
