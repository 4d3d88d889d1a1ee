/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a user wrote what is marked, by whichever device: who brought the group of that number did. A device is one
 * user's for good. */
#pragma once

#include "server/kaf-hub-storage.h"

G_BEGIN_DECLS

typedef struct
{
  KafHubStorage *storage;
  const char *who;
  GHashTable *devices; /* guint64 → whether it is his; NULL: none was asked for yet */
} KafHubAuthors;

void kaf_hub_authors_clear (KafHubAuthors *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KafHubAuthors, kaf_hub_authors_clear)

/* FALSE too for what the hub wrote itself, which is of no device, and with @error: KAF_HUB_ERROR. */
gboolean kaf_hub_authors_wrote (KafHubAuthors *self, const KafMark *mark, GError **error);

G_END_DECLS
