/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Before a person is erased: what the law keeps of her (rules/kaf-hold.h) names a pseudonym from then on,
 * by the hub's own hand. */
#pragma once

#include "server/kaf-hub-storage.h"

G_BEGIN_DECLS

/* Within a transaction, once for each person. @at: µs since 1970 UTC. @kept (element-type KafRecord, nullable): gets what
 * is kept, as it is then. */
gboolean kaf_hub_hold_keep (KafHubStorage *storage,
                            KafRandom *random,
                            const KafEntity *root,
                            const char *id,
                            gint64 at,
                            GPtrArray *kept,
                            GError **error);

G_END_DECLS
