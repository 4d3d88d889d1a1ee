/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Totals, for who sees nothing else: counts of 5 or more. */
#pragma once

#include "server/kaf-hub-grants.h"
#include "server/kaf-hub-storage.h"

G_BEGIN_DECLS

/* The least that is told. */
#define KAF_AGGREGATES_LEAST 5

/* Which cells of a table are told, so that none of those below @least can be found out: not by itself, nor
 * as what is missing from the total. @counts: @n of them, above 0, whose sum is the total; @told (out): of
 * each, whether it is. @exclusive: everybody is counted in one cell. Returns whether the total is. */
gboolean kaf_aggregates_suppress (
    const guint *counts, guint n, guint total, gboolean exclusive, guint least, gboolean *told);

/* {"least":5,"tables":[{"of":ENTITY,"by":FIELD,"total":N|null,"cells":[[CODE,N]…]}…]}: experts and
 * organisations that live in the scopes of @grants; CODE is null where nothing is said. */
gboolean kaf_hub_aggregates_print (KafHubStorage *storage,
                                   const KafHubGrants *grants,
                                   GString *json,
                                   GError **error);

G_END_DECLS
