/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All experts, by what is kept of each: a few numbers looked up and added. What a word of hers is worth is found once
 * for all who have it. */
#include "config.h"

#include "match/kaf-fit-table.h"
#include "store/kaf-candidates-private.h"
#include "store/kaf-expert-now.h"

#include <string.h>

/* More than any store has; a number out of the file is not believed. */
#define MAX_WORD (1 << 22)

/* One whose place depends on her missions. */
typedef struct
{
  gint64 rid;
  guint bound; /* the most that from + to could be */
} Pending;

typedef struct
{
  KafDatabase *db;
  const KafCandidateAsk *asked;
  guint limit;
  KafFitTable table;
  GArray *words;   /* guint32 by number: what it is worth, by its kind */
  GArray *listed;  /* gint64 */
  GArray *best;    /* KafCandidateRank */
  GArray *pending; /* Pending */
  GArray *times;   /* KafFitTime of one */
  gboolean none_evaluated;
  KafDay first, last; /* of the half-days asked */
  KafCandidates *found;
} Scan;

static void
scan_free (Scan *self)
{
  g_array_unref (self->words);
  g_array_unref (self->listed);
  g_clear_pointer (&self->best, g_array_unref);
  g_array_unref (self->pending);
  g_array_unref (self->times);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Scan, scan_free)

/* What words are worth */

static guint32
pack (guint from, guint to)
{
  return (guint32) from | (guint32) to << 16;
}

static guint32
weigh_domain (const KafCandidateAsk *asked, const char *code)
{
  guint32 bits = 0;

  for (guint i = 0; i < asked->domains->len; i++)
    bits |= (guint32) kaf_fit_near (asked->domain_tree, asked->domains->pdata[i], code) << (2 * i);
  return bits;
}

static guint32
weigh_occupation (const KafCandidateAsk *asked, const char *code)
{
  guint32 bits = 0;

  for (guint i = 0; i < asked->occupations->len; i++)
    bits |= (guint32) kaf_fit_near (asked->occupation_tree, asked->occupations->pdata[i], code);
  return bits;
}

static guint32
weigh_status (const char *status)
{
  static const KafFitAsk nothing = { 0 };
  KafFitExpert expert = { .status = status };

  return kaf_fit_filter (&nothing, &expert);
}

static guint32
weigh_language (const KafCandidateAsk *asked, const char *language)
{
  guint from, to;

  kaf_fit_language (&asked->ask, language, &from, &to);
  return pack (from, to);
}

static guint32
weigh_word (const Scan *self, const char *word)
{
  const KafCandidateAsk *asked = self->asked;
  const char *code = word + 1;

  switch (word[0])
    {
    case KAF_WORD_DOMAIN:
      return weigh_domain (asked, code);
    case KAF_WORD_OCCUPATION:
      return weigh_occupation (asked, code);
    case KAF_WORD_LANGUAGE:
      return weigh_language (asked, code);
    case KAF_WORD_STATUS:
      return weigh_status (code);
    case KAF_WORD_TERRITORY:
      {
        KafFitPair pair = kaf_fit_table_territory (&self->table, code);

        return pack (pair.from, pair.to);
      }
    case KAF_WORD_NETWORK:
      return KAF_FIT_NETWORK_ANY |
             (g_strcmp0 (code, asked->network) == 0 ? KAF_FIT_NETWORK_THIS : 0);
    default:
      return 0;
    }
}

static gboolean
read_words (Scan *self, GError **error)
{
  g_autoptr (KafStatement) row =
      kaf_database_prepare (self->db, "SELECT n, word FROM expert_word ORDER BY n", error);
  GError *local = NULL;

  if (row == NULL)
    return FALSE;
  g_array_set_size (self->words, 1); /* 0: no word */
  while (kaf_database_step (self->db, row, &local))
    {
      gint64 n = sqlite3_column_int64 (row, 0);

      if (n < 1 || n > MAX_WORD)
        continue;
      g_array_set_size (self->words, (guint) n + 1);
      g_array_index (self->words, guint32, n) = weigh_word (self, kaf_statement_text (row, 1));
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
read_listed (Scan *self, GError **error)
{
  for (guint i = 0; i < self->asked->listed->len; i++)
    {
      g_autoptr (KafStatement) row = kaf_database_prepare (
          self->db, "SELECT rid FROM head WHERE id = ?1 AND entity = 'person'", error);
      GError *local = NULL;
      gint64 rid;

      if (row == NULL)
        return FALSE;
      kaf_statement_bind_text (row, 1, self->asked->listed->pdata[i]);
      if (!kaf_database_step (self->db, row, &local))
        {
          if (local == NULL)
            continue;
          g_propagate_error (error, local);
          return FALSE;
        }
      rid = sqlite3_column_int64 (row, 0);
      g_array_append_val (self->listed, rid);
    }
  return TRUE;
}

/* One expert */

static inline guint32
worth (const Scan *self, guint32 word)
{
  return G_LIKELY (word < self->words->len) ? ((const guint32 *) self->words->data)[word] : 0;
}

static inline guint32
read_list (const Scan *self, KafExpertBytes *expert)
{
  guint32 bits = 0;

  for (guint i = 0, n = kaf_expert_read_count (expert, 1); i < n; i++)
    bits |= worth (self, kaf_expert_read (expert));
  return bits;
}

static KafFitOut
find_out (const Scan *self, gint64 rid, guint flags, guint32 status)
{
  KafFitOut out = (KafFitOut) worth (self, status);

  if (out != KAF_FIT_IN)
    return MIN (out, KAF_N_FIT_OUT - 1);
  if (self->asked->ask.needs_consent && (flags & KAF_EXPERT_CONSENTS) == 0)
    return KAF_FIT_NO_CONSENT;
  if ((flags & KAF_EXPERT_IN_MISSIONS) != 0)
    for (guint i = 0; i < self->listed->len; i++)
      if (g_array_index (self->listed, gint64, i) == rid)
        return KAF_FIT_LISTED;
  return KAF_FIT_IN;
}

static inline void
add (KafFitPair *sum, KafFitPair pair)
{
  sum->from = (guint16) (sum->from + pair.from);
  sum->to = (guint16) (sum->to + pair.to);
}

static inline void
add_packed (KafFitPair *sum, guint32 packed)
{
  add (sum, (KafFitPair){ (guint16) packed, (guint16) (packed >> 16) });
}

static void
add_languages (const Scan *self, KafExpertBytes *expert, KafFitPair *sum)
{
  guint from = 0, to = 0, n = kaf_expert_read_count (expert, 1);

  for (guint i = 0; i < n; i++)
    {
      guint32 packed = worth (self, kaf_expert_read (expert));

      from += packed & 0xffff;
      to += packed >> 16;
    }
  add (sum, n > 0 ? kaf_fit_table_languages (&self->table, from, to) : self->table.no_language);
}

static void
add_networks (const Scan *self, KafExpertBytes *expert, KafFitPair *sum)
{
  guint32 bits = 0;

  for (guint i = 0, n = kaf_expert_read_count (expert, 2); i < n; i++)
    {
      guint32 network = worth (self, kaf_expert_read (expert));
      KafDay until = kaf_expert_read (expert);

      if (until == KAF_DAY_UNKNOWN || until >= self->asked->ask.day)
        bits |= network;
    }
  add (sum, self->table.networks[bits & 3]);
}

/* What she says of the days asked for; of other days nothing is reckoned. */
static KafFitPair
read_times (const Scan *self, KafExpertBytes *expert)
{
  g_array_set_size (self->times, 0);
  for (guint i = 0, n = kaf_expert_read_count (expert, 3); i < n; i++)
    {
      KafDay from = kaf_expert_read (expert);
      KafDay to = kaf_expert_read (expert);
      guint bits = kaf_expert_read (expert);
      KafFitTime time = { .from = from,
                          .to = to,
                          .morning = (bits & KAF_TIME_MORNING) != 0,
                          .afternoon = (bits & KAF_TIME_AFTERNOON) != 0,
                          .remote = (bits & KAF_TIME_REMOTE) != 0,
                          .kind = bits >> KAF_TIME_KIND_SHIFT };

      if (from <= self->last && to >= self->first)
        g_array_append_val (self->times, time);
    }
  return self->times->len == 0
             ? self->table.no_time
             : kaf_fit_table_times (&self->table, (const KafFitTime *) self->times->data,
                                    self->times->len);
}

/* Where she would stand in the list. As strcmp(). */
static int
compare (const KafCandidateRank *a, const KafCandidateRank *b)
{
  if (a->sum != b->sum)
    return a->sum > b->sum ? -1 : 1;
  if (a->from != b->from)
    return a->from > b->from ? -1 : 1;
  return memcmp (a->id, b->id, sizeof a->id);
}

/* from + to of the last of the best; 0 while there is room. */
static guint
least (const Scan *self)
{
  return self->best->len < self->limit
             ? 0
             : g_array_index (self->best, KafCandidateRank, self->limit - 1).sum;
}

/* Into her place, when she has one. */
static void
rank (Scan *self, const KafCandidateRank *one)
{
  GArray *best = self->best;
  guint from = 0, to = best->len;

  if (best->len == self->limit &&
      compare (one, &g_array_index (best, KafCandidateRank, best->len - 1)) > 0)
    return;
  while (from < to)
    {
      guint middle = (from + to) / 2;

      if (compare (one, &g_array_index (best, KafCandidateRank, middle)) > 0)
        from = middle + 1;
      else
        to = middle;
    }
  g_array_insert_val (best, from, *one);
  if (best->len > self->limit)
    g_array_set_size (best, self->limit);
}

/* The points of all that is kept of her, in its order; of what her missions decide the most that it could be. */
static KafFitPair
add_up (const Scan *self, KafExpertBytes *expert, KafFitPair sum, gboolean pending)
{
  const KafFitTable *table = &self->table;
  guint32 territory = kaf_expert_read (expert);
  KafFitPair times;

  if (territory != 0)
    add_packed (&sum, worth (self, territory));
  else
    add (&sum, table->no_territory);
  add (&sum, kaf_fit_table_confirmed (table, kaf_expert_read (expert)));
  add_languages (self, expert, &sum);
  add_networks (self, expert, &sum);
  times = read_times (self, expert);
  add (&sum, pending ? table->unknown_time : times);
  add (&sum, pending && !self->none_evaluated ? table->unknown_score : table->not_evaluated);
  return sum;
}

static void
place (Scan *self, gint64 rid, KafExpertBytes *expert, KafFitPair sum, gboolean pending)
{
  KafCandidateRank one = { .rid = rid };

  one.from = self->table.scaled[MIN (sum.from, KAF_FIT_SCALE)];
  one.sum = one.from + self->table.scaled[MIN (sum.to, KAF_FIT_SCALE)];
  if (pending)
    {
      Pending later = { rid, one.sum };

      g_array_append_val (self->pending, later);
    }
  else if (one.sum >= least (self) && expert->end - expert->at >= KAF_EXPERT_ID_SIZE)
    {
      memcpy (one.id, expert->at, sizeof one.id);
      rank (self, &one);
    }
}

static void
weigh (Scan *self, gint64 rid, KafExpertBytes *expert)
{
  const KafFitTable *table = &self->table;
  guint32 domains = read_list (self, expert);
  guint32 occupation = read_list (self, expert);
  KafFitPair sum = { 0 };
  gboolean pending;
  KafFitOut out;
  guint flags;

  if ((domains | occupation) == 0)
    return;
  flags = kaf_expert_read (expert);
  out = find_out (self, rid, flags, kaf_expert_read (expert));
  self->found->n_considered++;
  self->found->n_out[out]++;
  if (out != KAF_FIT_IN)
    return;
  pending = (flags & KAF_EXPERT_IN_MISSIONS) != 0;
  add (&sum, table->domains[domains & (KAF_FIT_MARKS - 1)]);
  add (&sum, table->occupation[occupation & 3]);
  sum = add_up (self, expert, sum, pending);
  place (self, rid, expert, sum, pending);
}

/* All */

static gboolean
weigh_all (Scan *self, GError **error)
{
  g_autoptr (KafStatement) row =
      kaf_database_prepare (self->db, "SELECT page, experts FROM expert_page ORDER BY page", error);
  GError *local = NULL;

  if (row == NULL)
    return FALSE;
  while (kaf_database_step (self->db, row, &local))
    {
      gint64 first = sqlite3_column_int64 (row, 0) * KAF_EXPERTS_A_PAGE;
      const guint8 *data = sqlite3_column_blob (row, 1);
      KafExpertBytes page = kaf_expert_bytes (data, (gsize) sqlite3_column_bytes (row, 1)), expert;
      guint slot;

      while (kaf_expert_page_next (&page, &expert, &slot))
        weigh (self, first + slot, &expert);
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static int
compare_pending (gconstpointer a, gconstpointer b)
{
  const Pending *one = a, *other = b;

  if (one->bound != other->bound)
    return one->bound > other->bound ? -1 : 1;
  return one->rid < other->rid ? -1 : one->rid > other->rid;
}

/* Those who are in missions, by their rows, while they could be among the best. */
static gboolean
look_at_pending (Scan *self, KafCandidateLook *look, GError **error)
{
  g_array_sort (self->pending, compare_pending);
  for (guint i = 0; i < self->pending->len; i++)
    {
      const Pending *later = &g_array_index (self->pending, Pending, i);
      KafCandidateRank one = { .rid = later->rid };
      KafFit fit;

      if (later->bound < least (self))
        break;
      self->found->n_looked++;
      if (!kaf_candidate_look_at (look, later->rid))
        {
          if (look->error == NULL)
            continue;
          g_propagate_error (error, g_steal_pointer (&look->error));
          return FALSE;
        }
      kaf_fit_weigh (&self->asked->ask, &look->expert, &fit);
      one.from = fit.from;
      one.sum = fit.from + fit.to;
      kaf_expert_page_pack_id (look->id, one.id);
      rank (self, &one);
    }
  return TRUE;
}

GArray *
kaf_candidates_scan (KafDatabase *db,
                     const KafCandidateAsk *asked,
                     guint limit,
                     KafCandidateLook *look,
                     KafCandidates *found,
                     GError **error)
{
  g_autoptr (Scan) self = g_new0 (Scan, 1);

  self->db = db;
  self->asked = asked;
  self->limit = limit;
  self->found = found;
  self->none_evaluated = look->none_evaluated;
  self->words = g_array_new (FALSE, TRUE, sizeof (guint32));
  self->listed = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->best = g_array_new (FALSE, FALSE, sizeof (KafCandidateRank));
  self->pending = g_array_new (FALSE, FALSE, sizeof (Pending));
  self->times = g_array_new (FALSE, FALSE, sizeof (KafFitTime));
  if (asked->ask.n_halves > 0)
    {
      self->first = asked->ask.halves[0].day;
      self->last = asked->ask.halves[asked->ask.n_halves - 1].day;
    }
  kaf_fit_table_init (&self->table, &asked->ask);
  if (!read_words (self, error) || !read_listed (self, error) || !weigh_all (self, error) ||
      !look_at_pending (self, look, error))
    return NULL;
  found->n_in = found->n_out[KAF_FIT_IN];
  return g_steal_pointer (&self->best);
}
