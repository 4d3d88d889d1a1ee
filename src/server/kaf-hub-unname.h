/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What names a record that is erased, and does not belong to it (rules/kaf-naming.h), names nobody from then on, by the
 * hub's own hand. */
#pragma once

#include "server/kaf-hub-storage.h"
#include "sync/kaf-operation.h"

G_BEGIN_DECLS

/* Within a transaction, before @victims (element-type KafErased) go. @at: µs since 1970 UTC. */
gboolean kaf_hub_unname (KafHubStorage *storage, GPtrArray *victims, gint64 at, GError **error);

/* Of a device that was away while somebody was erased: empties the fields of what @op writes that name her so.
 * @changed (out): whether there were any. */
gboolean kaf_hub_unname_late (KafHubStorage *storage,
                              const KafOperation *op,
                              gboolean *changed,
                              GError **error);

G_END_DECLS
