/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How well and how fast persons are matched: bench-match FILE.csv [MAP], rows of which the id is PERSON-ANYTHING (or
 * rec-PERSON-ANYTHING, as others write it). The floor is what is usually done: candidates by the same keys, names judged
 * by Jaro-Winkler, or an equal address, phone or identifier. Processor time of the thread. */
#include "config.h"

#include <math.h>
#include <string.h>

#include "exchange/kaf-match-file.h"
#include "kaf-bench.h"
#include "match/kaf-match-groups.h"
#include "match/kaf-match-words.h"

#define QUERIES 2000
#define FLOOR_FROM .92 /* the likeness at which its F1 is best on the rows of make-people */

/* ---- The truth ---- */

static char *
person_of (const char *id)
{
  const char *from = g_str_has_prefix (id, "rec-") ? id + 4 : id;

  return g_strndup (from, strcspn (from, "-"));
}

/* A number for each row, the same for the rows of a person. */
static guint32 *
read_truth (const KafMatchIndex *index, guint64 *n_pairs)
{
  guint n = kaf_match_index_get_n (index);
  guint32 *truth = g_new (guint32, n);
  g_autoptr (GHashTable) persons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree guint *sizes = g_new0 (guint, n + 1);

  *n_pairs = 0;
  for (guint i = 0; i < n; i++)
    {
      char *person = person_of (kaf_match_index_get (index, i)->id);
      gpointer known = g_hash_table_lookup (persons, person);

      truth[i] = known != NULL ? GPOINTER_TO_UINT (known) : g_hash_table_size (persons) + 1;
      g_hash_table_replace (persons, person, GUINT_TO_POINTER (truth[i]));
      *n_pairs += sizes[truth[i]]++;
    }
  return truth;
}

static void
print_figures (const char *what, guint64 right, guint64 found, guint64 all)
{
  double precision = found > 0 ? (double) right / found : 0, recall = (double) right / all;

  g_print ("%-34s precision %.4f  recall %.4f  F1 %.4f\n", what, precision, recall,
           precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0);
}

/* ---- What is usually done ---- */

static double
jaro_winkler (const char *a, const char *b)
{
  gsize n_a = strlen (a), n_b = strlen (b), reach = MAX (n_a, n_b) / 2, same = 0, moved = 0;
  gboolean used_a[128] = { FALSE }, used_b[128] = { FALSE };
  gsize prefix = 0;
  double jaro;

  if (n_a == 0 || n_b == 0 || n_a > 127 || n_b > 127)
    return 0;
  reach = reach > 0 ? reach - 1 : 0;
  for (gsize i = 0; i < n_a; i++)
    for (gsize j = i > reach ? i - reach : 0; j < MIN (n_b, i + reach + 1); j++)
      if (!used_b[j] && a[i] == b[j])
        {
          used_a[i] = used_b[j] = TRUE;
          same++;
          break;
        }
  if (same == 0)
    return 0;
  for (gsize i = 0, j = 0; i < n_a; i++)
    if (used_a[i])
      {
        while (!used_b[j])
          j++;
        moved += a[i] != b[j++];
      }
  jaro = ((double) same / n_a + (double) same / n_b + (same - moved / 2.0) / same) / 3;
  while (prefix < 4 && a[prefix] != '\0' && a[prefix] == b[prefix])
    prefix++;
  return jaro + prefix * .1 * (1 - jaro);
}

static gboolean
share_value (const KafMatchPerson *a, const KafMatchPerson *b, KafMatchField field)
{
  const char *one = kaf_match_person_get (a, field), *other = kaf_match_person_get (b, field);

  return one != NULL && other != NULL && g_str_equal (one, other);
}

static double
floor_likeness (const KafMatchPerson *a, const KafMatchPerson *b)
{
  double best = 0;

  if (share_value (a, b, KAF_MATCH_EMAIL) || share_value (a, b, KAF_MATCH_PHONE) ||
      share_value (a, b, KAF_MATCH_IDENTIFIER))
    return 1;
  for (guint i = 0; i < a->names->len; i++)
    for (guint j = 0; j < b->names->len; j++)
      {
        const KafMatchName *x = g_ptr_array_index (a->names, i);
        const KafMatchName *y = g_ptr_array_index (b->names, j);
        g_autofree char *one = g_strconcat (x->given != NULL ? x->given : "", " ", x->family, NULL);
        g_autofree char *other =
            g_strconcat (y->given != NULL ? y->given : "", " ", y->family, NULL);
        g_autofree char *low = g_utf8_strdown (one, -1);
        g_autofree char *low_other = g_utf8_strdown (other, -1);

        best = MAX (best, jaro_winkler (low, low_other));
      }
  return best;
}

/* ---- Measures ---- */

typedef struct
{
  KafMatchIndex *index;
  guint32 *truth;
  guint64 n_true;
  double prior;
} Bench;

static void
measure_keys (Bench *self)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint64 candidates = 0, right = 0, right_floor = 0, found_floor = 0;

  for (guint i = 0; i < kaf_match_index_get_n (self->index); i++)
    {
      const KafMatchPerson *person = kaf_match_index_get (self->index, i);

      kaf_match_index_find (self->index, person, found);
      for (guint j = 0; j < found->len; j++)
        {
          guint32 other = g_array_index (found, guint32, j);
          gboolean same = other > i && self->truth[i] == self->truth[other];

          if (other <= i)
            continue;
          candidates++;
          right += same;
          if (floor_likeness (person, kaf_match_index_get (self->index, other)) < FLOOR_FROM)
            continue;
          found_floor++;
          right_floor += same;
        }
    }
  g_print ("keys: pair completeness %.4f, %.1f candidates a row\n", (double) right / self->n_true,
           2.0 * candidates / kaf_match_index_get_n (self->index));
  print_figures ("floor: Jaro-Winkler, same keys", right_floor, found_floor, self->n_true);
}

static void
measure_thresholds (Bench *self, const GArray *pairs)
{
  static const double thresholds[] = { .03, .10, .30, .50, .70, .90, .99 };

  for (guint i = 0; i < G_N_ELEMENTS (thresholds); i++)
    {
      g_autofree char *what = g_strdup_printf ("pairs from %.2f on", thresholds[i]);
      guint64 right = 0, found = 0;

      for (guint j = 0; j < pairs->len; j++)
        {
          const KafMatchPair *pair = &g_array_index (pairs, KafMatchPair, j);

          if (pair->probability < thresholds[i])
            continue;
          found++;
          right += self->truth[pair->a] == self->truth[pair->b];
        }
      print_figures (what, right, found, self->n_true);
    }
}

static double
judge (guint a, guint b, gpointer data)
{
  const Bench *self = data;
  KafMatchScore score;

  kaf_match_weigh (kaf_match_model_default (), kaf_match_index_get_rarity (self->index),
                   self->prior, kaf_match_index_get (self->index, a),
                   kaf_match_index_get (self->index, b), &score);
  return score.bits - self->prior;
}

static void
measure_groups (Bench *self, const GArray *pairs, double least)
{
  guint n = kaf_match_index_get_n (self->index);
  g_autofree guint32 *groups = kaf_match_groups (n, pairs, least, judge, self);
  g_autofree guint *sizes = g_new0 (guint, n);
  g_autofree char *what = g_strdup_printf ("groups, average from %+.0f bits", least);
  g_autoptr (GHashTable) both = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  guint64 found = 0, right = 0;

  for (guint i = 0; i < n; i++)
    {
      guint64 *key = g_new (guint64, 1);
      guint before;

      found += sizes[groups[i]]++;
      *key = (guint64) groups[i] << 32 | self->truth[i];
      before = GPOINTER_TO_UINT (g_hash_table_lookup (both, key));
      right += before;
      g_hash_table_replace (both, key, GUINT_TO_POINTER (before + 1));
    }
  print_figures (what, right, found, self->n_true);
}

static void
measure_one (Bench *self)
{
  g_autoptr (GArray) times = kaf_bench_times_new ();
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint n = kaf_match_index_get_n (self->index);
  KafMatchScore score;

  for (guint i = 0; i < QUERIES; i++)
    {
      const KafMatchPerson *person = kaf_match_index_get (self->index, (i * 7919u) % n);
      gint64 start = kaf_bench_used ();

      kaf_match_index_find (self->index, person, found);
      for (guint j = 0; j < found->len; j++)
        kaf_match_weigh (
            kaf_match_model_default (), kaf_match_index_get_rarity (self->index), self->prior,
            person, kaf_match_index_get (self->index, g_array_index (found, guint32, j)), &score);
      kaf_bench_add (times, (kaf_bench_used () - start) / 1e6);
    }
  kaf_bench_report ("one record against all, p50", kaf_bench_quantile (times, .5), 0, "ms",
                    KAF_BENCH_TOLD, 0);
  kaf_bench_report ("one record against all, p99", kaf_bench_quantile (times, .99), 0, "ms",
                    KAF_BENCH_AT_MOST, 5);
}

/* KAF_BENCH_SHOW=n: that many true pairs that were missed, and false ones that were found, to look at. */
static void
show_failures (Bench *self, const GArray *pairs)
{
  const char *wanted = g_getenv ("KAF_BENCH_SHOW");
  guint left = wanted != NULL ? (guint) g_ascii_strtoull (wanted, NULL, 10) : 0, right = left;

  for (guint i = 0; i < pairs->len && (left > 0 || right > 0); i++)
    {
      const KafMatchPair *pair = &g_array_index (pairs, KafMatchPair, i);
      gboolean same = self->truth[pair->a] == self->truth[pair->b];
      guint *count = same ? &right : &left;
      g_autofree char *told = NULL;
      KafMatchScore score;

      if (*count == 0 || same == (pair->probability >= .5))
        continue;
      (*count)--;
      kaf_match_weigh (kaf_match_model_default (), kaf_match_index_get_rarity (self->index),
                       self->prior, kaf_match_index_get (self->index, pair->a),
                       kaf_match_index_get (self->index, pair->b), &score);
      told = kaf_match_tell (&score, KAF_LANG_EN);
      g_print ("%s %.3f %s %s: %s\n", same ? "missed" : "false", pair->probability,
               kaf_match_index_get (self->index, pair->a)->id,
               kaf_match_index_get (self->index, pair->b)->id, told);
    }
}

/* True pairs that have no key in common. */
static void
show_unmet (Bench *self)
{
  const char *wanted = g_getenv ("KAF_BENCH_SHOW");
  guint left = wanted != NULL ? (guint) g_ascii_strtoull (wanted, NULL, 10) : 0;
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint n = kaf_match_index_get_n (self->index);

  for (guint i = 0; i < n && left > 0; i++)
    {
      const KafMatchPerson *person = kaf_match_index_get (self->index, i);

      kaf_match_index_find (self->index, person, found);
      for (guint j = i + 1; j < n && left > 0; j++)
        {
          const KafMatchPerson *other = kaf_match_index_get (self->index, j);
          g_autofree char *told = NULL;
          gboolean met = self->truth[i] != self->truth[j];
          KafMatchScore score;

          for (guint k = 0; k < found->len && !met; k++)
            met = g_array_index (found, guint32, k) == j;
          if (met)
            continue;
          left--;
          kaf_match_weigh (kaf_match_model_default (), NULL, self->prior, person, other, &score);
          told = kaf_match_tell (&score, KAF_LANG_EN);
          g_print ("unmet %s %s: %s\n", person->id, other->id, told);
        }
    }
}

int
main (int argc, char *argv[])
{
  g_autoptr (KafMatchAliases) aliases = kaf_match_file_aliases ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) pairs = NULL;
  Bench self = { NULL };
  gint64 start;

  if (argc < 2)
    {
      g_printerr ("bench-match FILE.csv [MAP]\n");
      return 2;
    }
  kaf_bench_init ("bench-match");
  start = kaf_bench_used ();
  self.index = kaf_match_file_read (argv[1], argc > 2 ? argv[2] : NULL, aliases, NULL, &error);
  kaf_bench_check (error);
  kaf_bench_report ("reading, with keys", (kaf_bench_used () - start) / 1e9, 0, "s", KAF_BENCH_TOLD,
                    0);
  self.truth = read_truth (self.index, &self.n_true);
  self.prior = kaf_match_prior (kaf_match_index_get_n (self.index));
  g_print ("%u rows, %" G_GUINT64_FORMAT " true pairs\n", kaf_match_index_get_n (self.index),
           self.n_true);

  start = kaf_bench_used ();
  pairs = kaf_match_index_dedupe (self.index, kaf_match_model_default (), .03, NULL, NULL);
  kaf_bench_report ("all against all", (kaf_bench_used () - start) / 1e9, 0, "s", KAF_BENCH_AT_MOST,
                    60);
  measure_one (&self);
  measure_keys (&self);
  measure_thresholds (&self, pairs);
  measure_groups (&self, pairs, -5);
  measure_groups (&self, pairs, -2);
  measure_groups (&self, pairs, -1);
  measure_groups (&self, pairs, 0);
  measure_groups (&self, pairs, 3);
  show_failures (&self, pairs);
  show_unmet (&self);

  g_free (self.truth);
  kaf_match_index_free (self.index);
  return kaf_bench_finish ();
}
