/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "match/kaf-match-rarity.h"

#include <math.h>

#include "match/kaf-match-keys.h"

/* How often the weights of the model take two strangers to have the same: 2^-5.9 and 2^-6.8 for names (matching.md), what
 * is left of the weights of the others. 0: not counted. */
static const double expected[KAF_N_MATCH_FIELDS] = {
  [KAF_MATCH_GIVEN_NAME] = .0167, [KAF_MATCH_FAMILY_NAME] = .009, [KAF_MATCH_CITY] = .045,
  [KAF_MATCH_EMPLOYER] = .04,     [KAF_MATCH_COUNTRY] = .23,
};

/* So many persons are thought to have been seen before the first: a table of a few says nothing yet. */
#define SEEN_BEFORE 300.0

struct _KafMatchRarity
{
  GHashTable *tables[KAF_N_MATCH_FIELDS]; /* gint64 → persons; NULL: not counted */
  guint n;
};

KafMatchRarity *
kaf_match_rarity_new (void)
{
  KafMatchRarity *self = g_new0 (KafMatchRarity, 1);

  for (guint i = 0; i < KAF_N_MATCH_FIELDS; i++)
    if (expected[i] > 0)
      self->tables[i] = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  return self;
}

void
kaf_match_rarity_free (KafMatchRarity *self)
{
  for (guint i = 0; i < KAF_N_MATCH_FIELDS; i++)
    g_clear_pointer (&self->tables[i], g_hash_table_unref);
  g_free (self);
}

void
kaf_match_rarity_count (KafMatchRarity *self, KafMatchField field, const char *key, guint n)
{
  if (key != NULL && *key != '\0')
    kaf_match_rarity_put (self, field, (gint64) kaf_match_key_hash (key), n);
}

void
kaf_match_rarity_put (KafMatchRarity *self, KafMatchField field, gint64 key, guint n)
{
  GHashTable *table = (guint) field < KAF_N_MATCH_FIELDS ? self->tables[field] : NULL;
  guint before;

  if (table == NULL)
    return;
  before = GPOINTER_TO_UINT (g_hash_table_lookup (table, &key));
  g_hash_table_insert (table, g_memdup2 (&key, sizeof key), GUINT_TO_POINTER (before + n));
}

void
kaf_match_rarity_foreach (const KafMatchRarity *self, KafMatchCounted func, gpointer data)
{
  for (guint field = 0; field < KAF_N_MATCH_FIELDS; field++)
    {
      GHashTableIter iter;
      gpointer key, n;

      if (self->tables[field] == NULL)
        continue;
      g_hash_table_iter_init (&iter, self->tables[field]);
      while (g_hash_table_iter_next (&iter, &key, &n))
        func (field, *(gint64 *) key, GPOINTER_TO_UINT (n), data);
    }
}

void
kaf_match_rarity_count_persons (KafMatchRarity *self, guint n)
{
  self->n += n;
}

guint
kaf_match_rarity_get_persons (const KafMatchRarity *self)
{
  return self->n;
}

static const char *
get_key (const KafMatchPerson *person, guint i, KafMatchField field)
{
  const KafMatchName *name = g_ptr_array_index (person->names, i);

  return field == KAF_MATCH_GIVEN_NAME ? name->given_key : name->family_key;
}

static void
add_side (KafMatchRarity *self, const KafMatchPerson *person, KafMatchField field)
{
  for (guint i = 0; i < person->names->len; i++)
    {
      const char *key = get_key (person, i, field);
      gboolean before = FALSE;

      for (guint j = 0; j < i && !before; j++)
        before = g_strcmp0 (key, get_key (person, j, field)) == 0;
      if (!before)
        kaf_match_rarity_count (self, field, key, 1);
    }
}

void
kaf_match_rarity_add (KafMatchRarity *self, const KafMatchPerson *person)
{
  add_side (self, person, KAF_MATCH_GIVEN_NAME);
  add_side (self, person, KAF_MATCH_FAMILY_NAME);
  for (guint field = KAF_MATCH_EMAIL; field < KAF_N_MATCH_FIELDS; field++)
    for (guint i = 0; person->values[field] != NULL && i < person->values[field]->len; i++)
      kaf_match_rarity_count (self, field, person->values[field]->at[i].value, 1);
  self->n++;
}

static guint
look_up (GHashTable *table, const char *key)
{
  gint64 hash = key != NULL ? (gint64) kaf_match_key_hash (key) : 0;

  return key != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (table, &hash)) : 0;
}

double
kaf_match_rarity_bits (const KafMatchRarity *self,
                       KafMatchField field,
                       const char *a,
                       const char *b)
{
  GHashTable *table = self->tables[field];
  guint n;
  double actual;

  if (table == NULL)
    return 0;
  n = look_up (table, a);
  if (b != a && g_strcmp0 (a, b) != 0)
    n = MAX (n, look_up (table, b));
  actual = (n + SEEN_BEFORE * expected[field]) / (self->n + SEEN_BEFORE);
  return CLAMP (log2 (expected[field] / actual), -KAF_MATCH_RARITY_MAX, KAF_MATCH_RARITY_MAX);
}
