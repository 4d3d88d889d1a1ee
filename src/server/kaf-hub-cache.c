/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/kaf-hub-cache.h"

/* Nothing is known of the end of the feed. */
#define NOWHERE G_MAXINT64

struct _KafHubCache
{
  GTree *places;     /* seq → KafHubCached, whose number the key is */
  GHashTable *by_id; /* set of KafHubCached: where a record stands */
  gint64 covered;    /* all that stands after it is here */
  guint most;
};

static int
compare (gconstpointer a, gconstpointer b, gpointer data)
{
  gint64 one = *(const gint64 *) a, other = *(const gint64 *) b;

  return one < other ? -1 : one > other;
}

static guint
hash_identity (gconstpointer place)
{
  return g_str_hash (((const KafHubCached *) place)->id);
}

static gboolean
equal_identity (gconstpointer a, gconstpointer b)
{
  const KafHubCached *one = a, *other = b;

  return one->root == other->root && g_str_equal (one->id, other->id);
}

static void
free_place (gpointer data)
{
  KafHubCached *place = data;

  g_clear_pointer (&place->record, kaf_hub_record_free);
  g_free (place->id);
  g_free (place);
}

KafHubCache *
kaf_hub_cache_new (guint most)
{
  KafHubCache *self = g_new0 (KafHubCache, 1);

  self->places = g_tree_new_full (compare, NULL, NULL, free_place);
  self->by_id = g_hash_table_new (hash_identity, equal_identity);
  self->covered = NOWHERE;
  self->most = most;
  return self;
}

void
kaf_hub_cache_free (KafHubCache *self)
{
  g_hash_table_unref (self->by_id);
  g_tree_unref (self->places);
  g_free (self);
}

void
kaf_hub_cache_clear (KafHubCache *self)
{
  g_hash_table_remove_all (self->by_id);
  g_tree_remove_all (self->places);
  self->covered = NOWHERE;
}

static void
forget (KafHubCache *self, KafHubCached *place)
{
  g_hash_table_remove (self->by_id, place);
  g_tree_remove (self->places, &place->seq);
}

/* FALSE: @seq is older than all that is here. */
static gboolean
make_room (KafHubCache *self, gint64 seq)
{
  KafHubCached *oldest;

  if ((guint) g_tree_nnodes (self->places) < self->most)
    return TRUE;
  oldest = g_tree_node_value (g_tree_node_first (self->places));
  if (self->covered != NOWHERE)
    self->covered = MAX (self->covered, MIN (seq, oldest->seq));
  if (seq < oldest->seq)
    return FALSE;
  forget (self, oldest);
  return TRUE;
}

KafHubCached *
kaf_hub_cache_note (KafHubCache *self, const KafEntity *root, const char *id, gint64 seq)
{
  const KafHubCached wanted = { seq, root, (char *) id, NULL };
  KafHubCached *place = g_hash_table_lookup (self->by_id, &wanted);

  if (place != NULL && place->seq == seq)
    return place;
  if (place != NULL)
    forget (self, place);
  if (!make_room (self, seq))
    return NULL;
  place = g_new0 (KafHubCached, 1);
  *place = (KafHubCached){ seq, root, g_strdup (id), NULL };
  g_hash_table_add (self->by_id, place);
  g_tree_insert (self->places, &place->seq, place);
  return place;
}

/* What made room meanwhile stands before all that is here. */
void
kaf_hub_cache_set_read (KafHubCache *self, gint64 after)
{
  GTreeNode *first = g_tree_node_first (self->places);
  gboolean full = (guint) g_tree_nnodes (self->places) >= self->most;

  if (full && first != NULL)
    after = MAX (after, *(const gint64 *) g_tree_node_key (first) - 1);
  self->covered = MIN (self->covered, after);
}

gboolean
kaf_hub_cache_covers (KafHubCache *self, gint64 after)
{
  return self->covered != NOWHERE && after >= self->covered;
}

void
kaf_hub_cache_walk (KafHubCache *self, gint64 after, KafHubCacheFunc func, gpointer data)
{
  GTreeNode *node = g_tree_upper_bound (self->places, &after);

  while (node != NULL && func (g_tree_node_value (node), data))
    node = g_tree_node_next (node);
}
