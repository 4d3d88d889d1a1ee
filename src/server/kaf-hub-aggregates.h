/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Totals, for who sees nothing else: counts of 5 or more. */
#pragma once

#include "server/kaf-hub-grants.h"
#include "server/kaf-hub-storage.h"

G_BEGIN_DECLS

/* {"least":5,"tables":[{"of":ENTITY,"by":FIELD,"total":N|null,"cells":[[CODE,N]…]}…]}: experts and
 * organisations that live in the scopes of @grants; CODE is null where nothing is said. */
gboolean kaf_hub_aggregates_print (KafHubStorage *storage,
                                   const KafHubGrants *grants,
                                   GString *json,
                                   GError **error);

G_END_DECLS
