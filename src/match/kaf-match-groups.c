/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "match/kaf-match-groups.h"

#include <math.h>

typedef struct
{
  guint32 *root;       /* of each record, the smallest of its group */
  GHashTable *members; /* root → GArray of guint32, of groups of two and more */
  double least;
  KafMatchJudge judge;
  gpointer data;
} Groups;

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

/* The members of the group of @root: @alone has room for the one of a record by itself. */
static const guint32 *
get_members (Groups *self, guint32 root, guint32 *alone, guint *n)
{
  GArray *members = g_hash_table_lookup (self->members, GUINT_TO_POINTER (root));

  *alone = root;
  *n = members != NULL ? members->len : 1;
  return members != NULL ? (const guint32 *) members->data : alone;
}

static gboolean
may_join (Groups *self, guint32 a, guint32 b)
{
  guint32 alone_a, alone_b;
  guint n_a, n_b;
  const guint32 *of_a = get_members (self, a, &alone_a, &n_a);
  const guint32 *of_b = get_members (self, b, &alone_b, &n_b);
  double sum = 0;

  for (guint i = 0; i < n_a; i++)
    for (guint j = 0; j < n_b; j++)
      {
        double bits = self->judge (MIN (of_a[i], of_b[j]), MAX (of_a[i], of_b[j]), self->data);

        if (isinf (bits) && bits < 0)
          return FALSE;
        sum += bits;
      }
  return sum / ((double) n_a * n_b) >= self->least;
}

static void
join (Groups *self, guint32 a, guint32 b)
{
  guint32 root = MIN (a, b), other = MAX (a, b), alone;
  GArray *members = g_hash_table_lookup (self->members, GUINT_TO_POINTER (root));
  guint n;
  const guint32 *joining = get_members (self, other, &alone, &n);

  if (members == NULL)
    {
      members = g_array_new (FALSE, FALSE, sizeof (guint32));
      g_array_append_val (members, root);
      g_hash_table_insert (self->members, GUINT_TO_POINTER (root), members);
    }
  for (guint i = 0; i < n; i++)
    self->root[joining[i]] = root;
  g_array_append_vals (members, joining, n);
  g_hash_table_remove (self->members, GUINT_TO_POINTER (other));
}

guint32 *
kaf_match_groups (guint n, const GArray *pairs, double least, KafMatchJudge judge, gpointer data)
{
  g_autoptr (GHashTable) members =
      g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_array_unref);
  g_autoptr (GArray) sorted = g_array_copy ((GArray *) pairs);
  Groups self = { g_new (guint32, n), members, least, judge, data };

  for (guint32 i = 0; i < n; i++)
    self.root[i] = i;
  g_array_sort (sorted, compare_pairs);
  for (guint i = 0; i < sorted->len; i++)
    {
      const KafMatchPair *pair = &g_array_index (sorted, KafMatchPair, i);
      guint32 a = self.root[pair->a], b = self.root[pair->b];

      if (a != b && may_join (&self, a, b))
        join (&self, a, b);
    }
  return self.root;
}
