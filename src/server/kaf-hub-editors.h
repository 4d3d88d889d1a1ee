/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who wrote what step 6 approves, as the hub has it: sessions, and that one went; who comes; dates and place; what lines of
 * the budget cost and who pays them. */
#pragma once

#include "server/kaf-hub-scopes.h"

G_BEGIN_DECLS

/* @edited (out): whether the account @who has a hand in what is approved of the mission @id. @since: the first number of
 * the group under way, which is his. Errors: KAF_HUB_ERROR. */
gboolean kaf_hub_editors_have (KafHubScopes *scopes,
                               const char *who,
                               gint64 since,
                               const char *id,
                               gboolean *edited,
                               GError **error);

G_END_DECLS
