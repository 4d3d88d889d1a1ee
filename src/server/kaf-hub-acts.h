/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The acts of missions as the hub takes them in: those that move one form a chain, in the order in which they come; of
 * two that follow the same one, the first is taken. What decides for others needs who decides, or paper; and
 * who approves has not edited the content. */
#pragma once

#include "server/kaf-hub-rights.h"

G_BEGIN_DECLS

/* Whether the operation adds an act. */
gboolean kaf_hub_acts_concern (const KafOperation *op);

/* Judges one that is not there yet, of a mission that its author sees; @refusal: untouched when it may be taken.
 * Errors: KAF_HUB_ERROR. */
gboolean kaf_hub_acts_judge (KafHubScopes *scopes,
                             const KafHubSession *session,
                             const KafOperation *op,
                             KafHubRefusal *refusal,
                             GError **error);

G_END_DECLS
