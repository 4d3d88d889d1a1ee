/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/kaf-hub-cache.h"

struct _KafHubCache
{
  GTree *records; /* seq → KafHubRecord, whose number the key is */
  guint most;
};

static int
compare (gconstpointer a, gconstpointer b, gpointer data)
{
  gint64 one = *(const gint64 *) a, other = *(const gint64 *) b;

  return one < other ? -1 : one > other;
}

static void
free_record (gpointer data)
{
  kaf_hub_record_free (data);
}

KafHubCache *
kaf_hub_cache_new (guint most)
{
  KafHubCache *self = g_new0 (KafHubCache, 1);

  self->records = g_tree_new_full (compare, NULL, NULL, free_record);
  self->most = most;
  return self;
}

void
kaf_hub_cache_free (KafHubCache *self)
{
  g_tree_unref (self->records);
  g_free (self);
}

void
kaf_hub_cache_clear (KafHubCache *self)
{
  g_tree_remove_all (self->records);
}

KafHubRecord *
kaf_hub_cache_find (KafHubCache *self, gint64 seq)
{
  return g_tree_lookup (self->records, &seq);
}

gboolean
kaf_hub_cache_take (KafHubCache *self, KafHubRecord *record)
{
  if ((guint) g_tree_nnodes (self->records) >= self->most)
    {
      const gint64 *oldest = g_tree_node_key (g_tree_node_first (self->records));

      if (record->seq < *oldest)
        return FALSE;
      g_tree_remove (self->records, oldest);
    }
  g_tree_insert (self->records, &record->seq, record);
  return TRUE;
}
