/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "match/kaf-match-index.h"

#include <stdlib.h>
#include <string.h>

#include "match/kaf-match-keys.h"
#include "match/kaf-match-pool.h"

#define ASK_EVERY 64 /* persons */

#define PIECES 256 /* of the entries, by the first byte of the hash */
#define PIECE_SHIFT 56

/* Of one key, those of one country stand together. */
typedef struct
{
  guint64 hash;
  guint32 number;
  guint32 place; /* a quark; 0: no country */
} Entry;

struct _KafMatchIndex
{
  GPtrArray *persons;
  GArray *entries; /* sorted when sealed */
  KafMatchRarity *rarity;
  KafMatchPool *pool;
  gboolean sealed;
};

KafMatchIndex *
kaf_match_index_new (void)
{
  KafMatchIndex *self = g_new0 (KafMatchIndex, 1);

  self->persons = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_match_person_free);
  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  self->rarity = kaf_match_rarity_new ();
  self->pool = kaf_match_pool_new ();
  return self;
}

void
kaf_match_index_free (KafMatchIndex *self)
{
  g_ptr_array_unref (self->persons);
  g_array_unref (self->entries);
  kaf_match_rarity_free (self->rarity);
  kaf_match_pool_free (self->pool);
  g_free (self);
}

static guint32
place_of (const KafMatchPerson *person)
{
  return g_quark_from_string (kaf_match_person_get (person, KAF_MATCH_COUNTRY));
}

guint
kaf_match_index_add (KafMatchIndex *self, KafMatchPerson *person)
{
  g_autoptr (GPtrArray) keys = kaf_match_keys (person);
  guint number = self->persons->len;
  guint32 place = place_of (person);

  g_ptr_array_add (self->persons, person);
  kaf_match_rarity_add (self->rarity, person);
  kaf_match_pool_take (self->pool, person);
  for (guint i = 0; i < keys->len; i++)
    {
      Entry entry = { kaf_match_key_hash (g_ptr_array_index (keys, i)), number, place };

      g_array_append_val (self->entries, entry);
    }
  self->sealed = FALSE;
  return number;
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const Entry *x = a, *y = b;

  if (x->hash != y->hash)
    return x->hash < y->hash ? -1 : 1;
  if (x->place != y->place)
    return x->place < y->place ? -1 : 1;
  return x->number < y->number ? -1 : x->number > y->number;
}

/* Into the piece of its first byte, in place: a sort of all at once would take as much memory again. */
static void
part_entries (Entry *entries, guint n, guint ends[PIECES])
{
  guint at[PIECES], from = 0;

  memset (ends, 0, PIECES * sizeof *ends);
  for (guint i = 0; i < n; i++)
    ends[entries[i].hash >> PIECE_SHIFT]++;
  for (guint piece = 0; piece < PIECES; piece++)
    {
      at[piece] = from;
      from = ends[piece] += from;
    }
  for (guint piece = 0; piece < PIECES; piece++)
    while (at[piece] < ends[piece])
      {
        Entry *one = &entries[at[piece]], taken = *one;
        guint to = (guint) (taken.hash >> PIECE_SHIFT);

        if (to != piece)
          {
            *one = entries[at[to]];
            entries[at[to]] = taken;
          }
        at[to]++;
      }
}

void
kaf_match_index_seal (KafMatchIndex *self)
{
  Entry *entries = (Entry *) self->entries->data;
  guint ends[PIECES], from = 0;

  part_entries (entries, self->entries->len, ends);
  for (guint piece = 0; piece < PIECES; from = ends[piece++])
    if (ends[piece] > from)
      qsort (entries + from, ends[piece] - from, sizeof *entries, compare_entries);
  self->sealed = TRUE;
}

guint
kaf_match_index_get_n (const KafMatchIndex *self)
{
  return self->persons->len;
}

const KafMatchPerson *
kaf_match_index_get (const KafMatchIndex *self, guint number)
{
  return g_ptr_array_index (self->persons, number);
}

const KafMatchRarity *
kaf_match_index_get_rarity (const KafMatchIndex *self)
{
  return self->rarity;
}

guint
kaf_match_index_get_n_keys (const KafMatchIndex *self)
{
  return self->entries->len;
}

guint64
kaf_match_index_get_key (const KafMatchIndex *self, guint i, guint *number)
{
  const Entry *entry = &g_array_index (self->entries, Entry, i);

  *number = entry->number;
  return entry->hash;
}

/* The first entry that is not before. */
static guint
lower_bound (const KafMatchIndex *self, guint64 hash, guint32 place)
{
  guint low = 0, high = self->entries->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const Entry *entry = &g_array_index (self->entries, Entry, middle);

      if (entry->hash < hash || (entry->hash == hash && entry->place < place))
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static void
take_key (const KafMatchIndex *self, const char *key, guint32 place, GArray *found)
{
  guint64 hash = kaf_match_key_hash (key);
  guint from = lower_bound (self, hash, 0), to = lower_bound (self, hash, G_MAXUINT32);

  if (to - from > KAF_MATCH_KEY_CROWD)
    {
      if (place == 0)
        return;
      from = lower_bound (self, hash, place);
      to = lower_bound (self, hash, place + 1);
      if (to - from > KAF_MATCH_KEY_CROWD)
        return;
    }
  for (guint i = from; i < to; i++)
    g_array_append_val (found, g_array_index (self->entries, Entry, i).number);
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;

  return x < y ? -1 : x > y;
}

void
kaf_match_index_find (const KafMatchIndex *self, const KafMatchPerson *person, GArray *found)
{
  g_autoptr (GPtrArray) keys = kaf_match_keys (person);
  guint32 place = place_of (person);
  guint n = 0;

  g_return_if_fail (self->sealed);

  g_array_set_size (found, 0);
  for (guint i = 0; i < keys->len; i++)
    take_key (self, g_ptr_array_index (keys, i), place, found);
  g_array_sort (found, compare_numbers);
  for (guint i = 0; i < found->len; i++)
    if (n == 0 || g_array_index (found, guint32, n - 1) != g_array_index (found, guint32, i))
      g_array_index (found, guint32, n++) = g_array_index (found, guint32, i);
  g_array_set_size (found, n);
}

static int
compare_pairs (gconstpointer a, gconstpointer b)
{
  const KafMatchPair *x = a, *y = b;

  if (x->bits != y->bits)
    return x->bits > y->bits ? -1 : 1;
  if (x->a != y->a)
    return x->a < y->a ? -1 : 1;
  return x->b < y->b ? -1 : x->b > y->b;
}

/* @others NULL: within the index, each pair once. */
static GArray *
judge_all (const KafMatchIndex *self,
           const KafMatchIndex *others,
           const KafMatchModel *model,
           double threshold,
           KafMatchGoOn go_on,
           gpointer data)
{
  const KafMatchIndex *from = others != NULL ? others : self;
  const KafMatchRarity *rarity =
      from->persons->len > self->persons->len ? from->rarity : self->rarity;
  double prior = kaf_match_prior (MAX (from->persons->len, self->persons->len));
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (KafMatchPair));
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint32));
  KafMatchScore score;

  for (guint i = 0; i < from->persons->len; i++)
    {
      const KafMatchPerson *person = g_ptr_array_index (from->persons, i);

      if (go_on != NULL && i % ASK_EVERY == 0 && !go_on (i, from->persons->len, data))
        return NULL;
      kaf_match_index_find (self, person, found);
      for (guint j = 0; j < found->len; j++)
        {
          guint32 number = g_array_index (found, guint32, j);
          KafMatchPair pair = { i, number, 0, 0 };

          if (others == NULL && number <= i)
            continue;
          kaf_match_weigh (model, rarity, prior, person, g_ptr_array_index (self->persons, number),
                           &score);
          if (score.probability < threshold)
            continue;
          pair.bits = score.bits;
          pair.probability = score.probability;
          g_array_append_val (pairs, pair);
        }
    }
  g_array_sort (pairs, compare_pairs);
  return g_steal_pointer (&pairs);
}

GArray *
kaf_match_index_dedupe (const KafMatchIndex *self,
                        const KafMatchModel *model,
                        double threshold,
                        KafMatchGoOn go_on,
                        gpointer data)
{
  return judge_all (self, NULL, model, threshold, go_on, data);
}

GArray *
kaf_match_index_link (const KafMatchIndex *self,
                      const KafMatchIndex *others,
                      const KafMatchModel *model,
                      double threshold,
                      KafMatchGoOn go_on,
                      gpointer data)
{
  return judge_all (self, others, model, threshold, go_on, data);
}
