/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The end of the feed, at hand: what one device wrote is told to all others, and reading its text anew for each of them
 * is what most of an exchange would be. A record that changed goes to the end; what it was before is forgotten. */
#pragma once

#include "sync/kaf-hub-record.h"

G_BEGIN_DECLS

typedef struct _KafHubCache KafHubCache;

typedef struct
{
  gint64 seq;
  const KafEntity *root;
  char *id;
  KafHubRecord *record; /* NULL: it is still to be read; else nobody changes it any more */
} KafHubCached;

/* @most: records; beyond, those that changed longest ago go. */
KafHubCache *kaf_hub_cache_new (guint most);
void kaf_hub_cache_free (KafHubCache *self);
void kaf_hub_cache_clear (KafHubCache *self);

/* The record stands at @seq now, in the place of where it stood before. NULL: it is older than all, and there is no
 * room. (transfer none), until the cache is asked for something else. */
KafHubCached *
kaf_hub_cache_note (KafHubCache *self, const KafEntity *root, const char *id, gint64 seq);

/* The feed after @after was read to its end, and all of it was noted. */
void kaf_hub_cache_set_read (KafHubCache *self, gint64 after);

/* Whether all of the feed after @after is here. */
gboolean kaf_hub_cache_covers (KafHubCache *self, gint64 after);

/* What stands after @after, as long as @func says TRUE; it asks the cache for nothing. */
typedef gboolean (*KafHubCacheFunc) (KafHubCached *place, gpointer data);
void kaf_hub_cache_walk (KafHubCache *self, gint64 after, KafHubCacheFunc func, gpointer data);

G_END_DECLS
