/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Components by union and find. What stands is worked out when it is asked for, so that a revocation may come before
 * what it revokes. */
#include "config.h"

#include "match/kaf-judgements.h"

#include <string.h>

typedef struct
{
  const char *id;
  const char *a, *b; /* a < b */
  KafJudgementVerdict verdict;
} Judgement;

struct _KafJudgements
{
  GStringChunk *texts;
  GHashTable *by_id;   /* id → Judgement, owned */
  GHashTable *revoked; /* ids of judgements, known or not */

  gboolean settled;
  GHashTable *parents; /* record → a record of the same component; its own for the smallest */
  GHashTable *standing; /* record → GPtrArray of the Judgement that stand and have it as @a or @b */
};

KafJudgements *
kaf_judgements_new (void)
{
  KafJudgements *self = g_new0 (KafJudgements, 1);

  self->texts = g_string_chunk_new (4096);
  self->by_id = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  self->revoked = g_hash_table_new (g_str_hash, g_str_equal);
  self->parents = g_hash_table_new (g_str_hash, g_str_equal);
  self->standing =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  return self;
}

void
kaf_judgements_free (KafJudgements *self)
{
  g_hash_table_unref (self->standing);
  g_hash_table_unref (self->parents);
  g_hash_table_unref (self->revoked);
  g_hash_table_unref (self->by_id);
  g_string_chunk_free (self->texts);
  g_free (self);
}

static gboolean
is_about_two (const KafJudgement *judgement)
{
  return judgement->a != NULL && judgement->b != NULL && *judgement->a != '\0' &&
         *judgement->b != '\0' && !g_str_equal (judgement->a, judgement->b);
}

static gboolean
says_something (const KafJudgement *judgement)
{
  if (judgement->id == NULL || *judgement->id == '\0')
    return FALSE;
  switch (judgement->verdict)
    {
    case KAF_VERDICT_SAME:
    case KAF_VERDICT_DIFFERENT:
    case KAF_VERDICT_UNSURE:
      return is_about_two (judgement);
    case KAF_VERDICT_REVOKE:
      return judgement->revokes != NULL && *judgement->revokes != '\0';
    default:
      return FALSE;
    }
}

gboolean
kaf_judgements_add (KafJudgements *self, const KafJudgement *judgement)
{
  Judgement *own;

  g_return_val_if_fail (self != NULL && judgement != NULL, FALSE);
  if (!says_something (judgement))
    return FALSE;
  self->settled = FALSE;
  if (judgement->verdict == KAF_VERDICT_REVOKE)
    {
      g_hash_table_add (self->revoked,
                        g_string_chunk_insert_const (self->texts, judgement->revokes));
      return TRUE;
    }
  if (g_hash_table_contains (self->by_id, judgement->id))
    return TRUE;
  own = g_new0 (Judgement, 1);
  own->id = g_string_chunk_insert_const (self->texts, judgement->id);
  own->a = g_string_chunk_insert_const (self->texts, judgement->a);
  own->b = g_string_chunk_insert_const (self->texts, judgement->b);
  own->verdict = judgement->verdict;
  if (strcmp (own->a, own->b) > 0)
    {
      const char *a = own->a;

      own->a = own->b;
      own->b = a;
    }
  g_hash_table_insert (self->by_id, (gpointer) own->id, own);
  return TRUE;
}

/* What stands */

static const char *
find_root (KafJudgements *self, const char *id)
{
  const char *parent = g_hash_table_lookup (self->parents, id);
  const char *above;

  if (parent == NULL)
    return id;
  while ((above = g_hash_table_lookup (self->parents, parent)) != parent)
    {
      /* The way is halved for whoever comes next. */
      g_hash_table_insert (self->parents, (gpointer) id, (gpointer) above);
      id = parent;
      parent = above;
    }
  return parent;
}

static void
tie (KafJudgements *self, const char *a, const char *b)
{
  const char *one = find_root (self, a), *other = find_root (self, b);
  gboolean before = strcmp (one, other) <= 0;

  g_hash_table_insert (self->parents, (gpointer) one, (gpointer) (before ? one : other));
  g_hash_table_insert (self->parents, (gpointer) other, (gpointer) (before ? one : other));
}

static void
put_beside (KafJudgements *self, const char *record, Judgement *judgement)
{
  GPtrArray *list = g_hash_table_lookup (self->standing, record);

  if (list == NULL)
    {
      list = g_ptr_array_new ();
      g_hash_table_insert (self->standing, (gpointer) record, list);
    }
  g_ptr_array_add (list, judgement);
}

static void
settle (KafJudgements *self)
{
  GHashTableIter iter;
  gpointer id, data;

  if (self->settled)
    return;
  self->settled = TRUE;
  g_hash_table_remove_all (self->parents);
  g_hash_table_remove_all (self->standing);
  g_hash_table_iter_init (&iter, self->by_id);
  while (g_hash_table_iter_next (&iter, &id, &data))
    {
      Judgement *judgement = data;

      if (g_hash_table_contains (self->revoked, id))
        continue;
      put_beside (self, judgement->a, judgement);
      put_beside (self, judgement->b, judgement);
      if (judgement->verdict == KAF_VERDICT_SAME)
        tie (self, judgement->a, judgement->b);
    }
}

const char *
kaf_judgements_get_canonical (KafJudgements *self, const char *id)
{
  g_return_val_if_fail (self != NULL && id != NULL, NULL);
  settle (self);
  return find_root (self, id);
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

GPtrArray *
kaf_judgements_list_members (KafJudgements *self, const char *id)
{
  g_autoptr (GPtrArray) members = g_ptr_array_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  g_return_val_if_fail (self != NULL && id != NULL, NULL);
  settle (self);
  g_ptr_array_add (members, (gpointer) id);
  g_hash_table_add (seen, (gpointer) id);
  for (guint i = 0; i < members->len; i++)
    {
      GPtrArray *list = g_hash_table_lookup (self->standing, g_ptr_array_index (members, i));

      for (guint j = 0; list != NULL && j < list->len; j++)
        {
          const Judgement *one = g_ptr_array_index (list, j);

          if (one->verdict != KAF_VERDICT_SAME)
            continue;
          if (g_hash_table_add (seen, (gpointer) one->a))
            g_ptr_array_add (members, (gpointer) one->a);
          if (g_hash_table_add (seen, (gpointer) one->b))
            g_ptr_array_add (members, (gpointer) one->b);
        }
    }
  g_ptr_array_sort (members, compare_texts);
  return g_steal_pointer (&members);
}

static gboolean
is_about (const Judgement *judgement, const char *a, const char *b)
{
  return (g_str_equal (judgement->a, a) && g_str_equal (judgement->b, b)) ||
         (g_str_equal (judgement->a, b) && g_str_equal (judgement->b, a));
}

KafJudgementVerdict
kaf_judgements_get_verdict (KafJudgements *self, const char *a, const char *b)
{
  static const KafJudgementVerdict order[] = { KAF_VERDICT_DIFFERENT, KAF_VERDICT_SAME,
                                               KAF_VERDICT_UNSURE };

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      g_autoptr (GPtrArray) found = kaf_judgements_list_standing (self, a, b, order[i]);

      if (found->len > 0)
        return order[i];
    }
  return KAF_VERDICT_NONE;
}

GPtrArray *
kaf_judgements_list_standing (KafJudgements *self,
                              const char *a,
                              const char *b,
                              KafJudgementVerdict verdict)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  GPtrArray *list;

  g_return_val_if_fail (self != NULL && a != NULL && b != NULL, NULL);
  settle (self);
  list = g_hash_table_lookup (self->standing, a);
  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      const Judgement *one = g_ptr_array_index (list, i);

      if (one->verdict == verdict && is_about (one, a, b))
        g_ptr_array_add (found, (gpointer) one->id);
    }
  g_ptr_array_sort (found, compare_texts);
  return g_steal_pointer (&found);
}

/* Whether somebody of @members was told apart from somebody of the component @root. */
static gboolean
are_apart (KafJudgements *self, GPtrArray *members, const char *root)
{
  for (guint i = 0; i < members->len; i++)
    {
      GPtrArray *list = g_hash_table_lookup (self->standing, g_ptr_array_index (members, i));

      for (guint j = 0; list != NULL && j < list->len; j++)
        {
          const Judgement *one = g_ptr_array_index (list, j);
          const char *other = g_str_equal (one->a, members->pdata[i]) ? one->b : one->a;

          if (one->verdict == KAF_VERDICT_DIFFERENT && g_str_equal (find_root (self, other), root))
            return TRUE;
        }
    }
  return FALSE;
}

gboolean
kaf_judgements_may_suggest (KafJudgements *self, const char *a, const char *b)
{
  g_autoptr (GPtrArray) members = NULL;
  const char *root;

  g_return_val_if_fail (self != NULL && a != NULL && b != NULL, FALSE);
  settle (self);
  root = find_root (self, b);
  if (g_str_equal (find_root (self, a), root) ||
      kaf_judgements_get_verdict (self, a, b) == KAF_VERDICT_UNSURE)
    return FALSE;
  members = kaf_judgements_list_members (self, a);
  return !are_apart (self, members, root);
}

static int
compare_contradictions (gconstpointer x, gconstpointer y)
{
  const KafContradiction *one = x, *other = y;
  int order = strcmp (one->a, other->a);

  if (order == 0)
    order = strcmp (one->b, other->b);
  return order != 0 ? order : strcmp (one->judgement, other->judgement);
}

GArray *
kaf_judgements_list_contradictions (KafJudgements *self)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (KafContradiction));
  GHashTableIter iter;
  gpointer id, data;

  g_return_val_if_fail (self != NULL, NULL);
  settle (self);
  g_hash_table_iter_init (&iter, self->by_id);
  while (g_hash_table_iter_next (&iter, &id, &data))
    {
      const Judgement *one = data;
      KafContradiction contradiction = { one->id, one->a, one->b };

      if (one->verdict == KAF_VERDICT_DIFFERENT && !g_hash_table_contains (self->revoked, id) &&
          g_str_equal (find_root (self, one->a), find_root (self, one->b)))
        g_array_append_val (found, contradiction);
    }
  g_array_sort (found, compare_contradictions);
  return g_steal_pointer (&found);
}

/* Around some records */

struct _KafJudgementsWalk
{
  KafJudgements *judgements;
  GHashTable *ids;
  GQueue queue; /* of what was met, what is still to be asked about; owned */
};

static void
meet (KafJudgementsWalk *self, const char *id)
{
  if (id != NULL && g_hash_table_add (self->ids, g_strdup (id)))
    g_queue_push_tail (&self->queue, g_strdup (id));
}

void
kaf_judgements_walk_meet (KafJudgementsWalk *self, const KafJudgement *judgement)
{
  g_return_if_fail (self != NULL && judgement != NULL);
  kaf_judgements_add (self->judgements, judgement);
  meet (self, judgement->a);
  meet (self, judgement->b);
}

KafJudgements *
kaf_judgements_gather (GHashTable *ids, KafJudgementsRead read, gpointer data, GError **error)
{
  g_autoptr (KafJudgements) judgements = kaf_judgements_new ();
  KafJudgementsWalk walk = { judgements, ids, G_QUEUE_INIT };
  GHashTableIter iter;
  gpointer key;
  gboolean done = TRUE;

  g_return_val_if_fail (ids != NULL && read != NULL, NULL);
  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_queue_push_tail (&walk.queue, g_strdup (key));
  while (done && !g_queue_is_empty (&walk.queue))
    {
      g_autofree char *id = g_queue_pop_head (&walk.queue);

      done = read (&walk, id, data, error);
    }
  g_queue_clear_full (&walk.queue, g_free);
  return done ? g_steal_pointer (&judgements) : NULL;
}
