/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records that were read of late, as they were read: what one device wrote is told to all others, and reading the text
 * anew for each of them is what most of an exchange would be. A record is known by the number of its last change, so that
 * none here is ever old. */
#pragma once

#include "sync/kaf-hub-record.h"

G_BEGIN_DECLS

typedef struct _KafHubCache KafHubCache;

/* @most: records; beyond, those that changed longest ago go. */
KafHubCache *kaf_hub_cache_new (guint most);
void kaf_hub_cache_free (KafHubCache *self);
void kaf_hub_cache_clear (KafHubCache *self);

/* NULL when it is not here. (transfer none) */
KafHubRecord *kaf_hub_cache_find (KafHubCache *self, gint64 seq);

/* FALSE when @record is older than all, and there is no room: it stays the caller's. Otherwise (transfer full); and
 * nobody changes it any more. */
gboolean kaf_hub_cache_take (KafHubCache *self, KafHubRecord *record);

G_END_DECLS
