/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The hub's side of a comparison (kaf-compare.h): what a device that has read up to its cursor should hold, by today's
 * grants. Nothing is kept for it: each request walks through a stretch of what there is, short enough for others not to
 * wait. */
#pragma once

#include "server/kaf-hub-grants.h"
#include "server/kaf-hub-storage.h"

G_BEGIN_DECLS

typedef struct
{
  KafHubStorage *storage;
  const KafHubSession *session;
  const KafHubGrants *grants;
  const char *epoch;
  gsize page_size; /* bytes of an answer */
  GString *answer;
  KafHubCompared *compared; /* is filled */
} KafHubCompare;

/* Within a transaction. @body: JSON lines. Errors: KAF_HUB_ERROR. */
gboolean kaf_hub_compare (const KafHubCompare *self, const char *body, gsize size, GError **error);

G_END_DECLS
