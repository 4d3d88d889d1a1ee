/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "match/kaf-match-groups.h"
#include "store/kaf-judge.h"
#include "store/kaf-match-reader.h"
#include "store/kaf-suspects-private.h"

/* What speaks for two of one group of which nothing was kept: as if they were just not worth a look. */
#define UNKNOWN_BITS -5.0

void
kaf_likely_free (KafLikely *self)
{
  g_free (self->id);
  kaf_match_person_free (self->person);
  g_free (self);
}

static guint
which_of (const KafEntity *entity)
{
  return entity == kaf_matched_entity (0) ? 0 : 1;
}

/* ---- Who may it be ---- */

static int
compare_likely (gconstpointer a, gconstpointer b)
{
  const KafLikely *x = *(const KafLikely *const *) a, *y = *(const KafLikely *const *) b;

  if (x->score.bits != y->score.bits)
    return x->score.bits > y->score.bits ? -1 : 1;
  return strcmp (x->id, y->id);
}

/* As kaf_match_kept_rarity(), but where all were never looked at, nothing is known of how usual a name is. */
static gboolean
get_model (
    KafDatabase *db, guint which, const KafMatchRarity **rarity, double *prior, GError **error)
{
  GError *local = NULL;

  *rarity = kaf_match_kept_rarity (db, which, &local);
  *prior = kaf_match_prior (*rarity != NULL ? kaf_match_rarity_get_persons (*rarity) : 0);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

typedef struct
{
  const KafMatchPerson *person;
  const KafMatchRarity *rarity;
  double prior, least;
  KafJudgements *judgements; /* NULL: of nobody who is in the store */
  GPtrArray *list;
} Finding;

static gboolean
take_candidate (G_GNUC_UNUSED gint64 rid,
                KafMatchPerson *candidate,
                G_GNUC_UNUSED const char *place,
                gpointer data,
                G_GNUC_UNUSED GError **error)
{
  Finding *self = data;
  g_autoptr (KafMatchPerson) other = candidate;
  KafMatchScore score;
  KafLikely *one;

  if (g_strcmp0 (other->id, self->person->id) == 0)
    return TRUE;
  kaf_match_weigh (kaf_match_model_default (), self->rarity, self->prior, self->person, other,
                   &score);
  if (score.probability < self->least ||
      (self->judgements != NULL &&
       !kaf_judgements_may_suggest (self->judgements, self->person->id, other->id)))
    return TRUE;
  one = g_new0 (KafLikely, 1);
  one->id = g_strdup (other->id);
  one->person = g_steal_pointer (&other);
  one->score = score;
  g_ptr_array_add (self->list, one);
  return TRUE;
}

static GArray *
find_rows (
    KafDatabase *db, guint which, const KafMatchPerson *person, GArray **anchored, GError **error)
{
  const char *country = kaf_match_person_get (person, KAF_MATCH_COUNTRY);
  g_autofree char *place = g_ascii_strup (country != NULL ? country : "", -1);

  return kaf_suspect_candidates (db, which, person, place, anchored, error);
}

GArray *
kaf_suspects_find_rows (KafDatabase *db,
                        const KafEntity *entity,
                        const KafMatchPerson *person,
                        GError **error)
{
  return find_rows (db, which_of (entity), person, NULL, error);
}

const KafMatchRarity *
kaf_suspects_get_rarity (KafDatabase *db, const KafEntity *entity, GError **error)
{
  return kaf_match_kept_rarity (db, which_of (entity), error);
}

gboolean
kaf_suspects_concerns (const KafEntity *entity)
{
  for (guint which = 0; which < KAF_N_MATCHED; which++)
    if (kaf_matched_entity (which) == entity)
      return TRUE;
  return FALSE;
}

/* Who is to be read in full. Where the keys are not those of now, all are. */
static GArray *
find_worth (KafDatabase *db, guint which, const Finding *finding, GError **error)
{
  g_autoptr (GArray) anchored = NULL;
  g_autoptr (GArray) found = find_rows (db, which, finding->person, &anchored, error);
  KafSuspectsState state;

  if (found == NULL)
    return NULL;
  if (which != 0 || anchored == NULL || found->len == 0)
    return g_steal_pointer (&found);
  if (!kaf_suspects_get_state (db, &state, error))
    return NULL;
  if (state != KAF_SUSPECTS_CURRENT ||
      kaf_suspects_sift (db, finding->person, finding->rarity, finding->prior, finding->least,
                         anchored, found, error))
    return g_steal_pointer (&found);
  return NULL;
}

static gboolean
find (KafDatabase *db, const KafEntity *entity, Finding *self, GError **error)
{
  guint which = which_of (entity);
  g_autoptr (KafJudgements) judgements = NULL;
  g_autoptr (GArray) found = NULL;

  if (!get_model (db, which, &self->rarity, &self->prior, error))
    return FALSE;
  found = find_worth (db, which, self, error);
  if (found == NULL)
    return FALSE;
  if (self->person->id != NULL && found->len > 0)
    {
      judgements = kaf_judge_read_all (db, entity, error);
      if (judgements == NULL)
        return FALSE;
    }
  self->judgements = judgements;
  return kaf_match_reader_walk_rows (db, entity, found, take_candidate, self, error);
}

GPtrArray *
kaf_suspects_find (KafDatabase *db,
                   const KafEntity *entity,
                   const KafMatchPerson *person,
                   double least,
                   guint limit,
                   GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_likely_free);
  Finding finding = { .person = person, .least = least, .list = list };
  gboolean entered = kaf_database_enter_read (db);
  gboolean done = find (db, entity, &finding, error);

  kaf_database_leave_read (db, entered);
  if (!done)
    return NULL;
  g_ptr_array_sort (list, compare_likely);
  if (list->len > limit)
    g_ptr_array_set_size (list, (int) limit);
  return g_steal_pointer (&list);
}

gboolean
kaf_suspects_weigh (KafDatabase *db,
                    const KafEntity *entity,
                    const char *id_a,
                    const char *id_b,
                    KafMatchPerson **a,
                    KafMatchPerson **b,
                    KafMatchScore *score,
                    GError **error)
{
  guint which = which_of (entity);
  const KafMatchRarity *rarity;
  double prior;

  *a = *b = NULL;
  if (!get_model (db, which, &rarity, &prior, error))
    return FALSE;
  *a = kaf_match_reader_read (db, entity, kaf_database_find_rid (db, entity, id_a), NULL, error);
  *b = *a != NULL ? kaf_match_reader_read (db, entity, kaf_database_find_rid (db, entity, id_b),
                                           NULL, error)
                  : NULL;
  if (*b == NULL)
    {
      g_clear_pointer (a, kaf_match_person_free);
      return FALSE;
    }
  kaf_match_weigh (kaf_match_model_default (), rarity, prior, *a, *b, score);
  return TRUE;
}

/* ---- Groups ---- */

typedef struct
{
  GHashTable *numbers; /* id → number + 1 */
  GHashTable *bits;    /* "a b" of numbers as gint64 → index of the pair + 1 */
  GArray *pairs;       /* KafMatchPair */
  KafJudgements *judgements;
  GPtrArray *ids; /* by number */
} Groups;

static guint32
number_of (Groups *self, const char *id)
{
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (self->numbers, id));

  if (number > 0)
    return number - 1;
  g_ptr_array_add (self->ids, (gpointer) id);
  g_hash_table_insert (self->numbers, (gpointer) id, GUINT_TO_POINTER (self->ids->len));
  return self->ids->len - 1;
}

static gint64
pair_key (guint32 a, guint32 b)
{
  return (gint64) MIN (a, b) << 32 | MAX (a, b);
}

/* Log odds of what was kept. */
static double
bits_of (guint likelihood)
{
  double p = CLAMP (likelihood, 1, 999) / 1000.;

  return log2 (p / (1 - p));
}

static double
judge (guint a, guint b, gpointer data)
{
  Groups *self = data;
  gint64 key = pair_key (a, b);
  guint pair = GPOINTER_TO_UINT (g_hash_table_lookup (self->bits, &key));

  if (pair > 0)
    return g_array_index (self->pairs, KafMatchPair, pair - 1).bits;
  return kaf_judgements_may_suggest (self->judgements, self->ids->pdata[a], self->ids->pdata[b])
             ? UNKNOWN_BITS
             : -INFINITY;
}

static void
add_pairs (Groups *self, GPtrArray *suspects)
{
  for (guint i = 0; i < suspects->len; i++)
    {
      const KafSuspect *one = suspects->pdata[i];
      guint32 a = number_of (self, one->a), b = number_of (self, one->b);
      KafMatchPair pair = { MIN (a, b), MAX (a, b), bits_of (one->likelihood),
                            one->likelihood / 1000. };
      gint64 key = pair_key (a, b);

      g_array_append_val (self->pairs, pair);
      g_hash_table_insert (self->bits, g_memdup2 (&key, sizeof key),
                           GUINT_TO_POINTER (self->pairs->len));
    }
}

GPtrArray *
kaf_suspects_list_groups (
    KafDatabase *db, const KafEntity *entity, guint least, KafLang lang, GError **error)
{
  g_autoptr (GPtrArray) all =
      kaf_suspects_list (db, entity, KAF_SUSPECT_LEAST, 0, G_MAXINT, lang, error);
  g_autoptr (KafJudgements) judgements =
      all != NULL ? kaf_judge_read_all (db, entity, error) : NULL;
  g_autoptr (GHashTable) numbers = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) bits = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (KafMatchPair));
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_suspect_free);
  g_autofree guint32 *roots = NULL;
  Groups self = { numbers, bits, pairs, judgements, ids };

  if (judgements == NULL)
    return NULL;
  add_pairs (&self, all);
  roots = kaf_match_groups (ids->len, pairs, bits_of (least), judge, &self);
  for (guint i = 0; i < all->len; i++)
    {
      const KafSuspect *one = all->pdata[i];

      if (one->likelihood >= least && roots[g_array_index (pairs, KafMatchPair, i).a] ==
                                          roots[g_array_index (pairs, KafMatchPair, i).b])
        g_ptr_array_add (list, g_steal_pointer (&all->pdata[i]));
    }
  return g_steal_pointer (&list);
}
