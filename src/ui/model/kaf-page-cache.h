/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/kaf-page.h"

G_BEGIN_DECLS

/* The pages of a list that are in memory, the ones used last; each is an array of KafRow in
 * which a row that is gone from the store is NULL. */
typedef struct _KafPageCache KafPageCache;

KafPageCache *kaf_page_cache_new (guint page_size, guint max_pages);
void kaf_page_cache_free (KafPageCache *self);
void kaf_page_cache_clear (KafPageCache *self);

void kaf_page_cache_put (KafPageCache *self, guint number, GPtrArray *rows);
gboolean kaf_page_cache_has (KafPageCache *self, guint number);
KafRow *kaf_page_cache_get (KafPageCache *self, guint position, gboolean use);
guint kaf_page_cache_find_id (KafPageCache *self, const char *id);

GArray *kaf_page_cache_keep_hot (KafPageCache *self, guint n_pages);
GArray *kaf_page_cache_replace (KafPageCache *self, GPtrArray *rows);
GArray *kaf_page_cache_drop_wrong (KafPageCache *self, GArray *places);
gboolean kaf_page_agrees (GPtrArray *rows, guint first, GArray *places);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafPageCache, kaf_page_cache_free)

G_END_DECLS
