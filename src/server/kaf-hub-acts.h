/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The acts of missions as the hub takes them in: those that move one form a chain, in the order in which they come; of
 * two that follow the same one, the first is taken. What decides for others needs who decides, or paper, whose scan is a
 * file of the mission; who approves has not edited the content; a reason is given where one is asked; what is settled
 * is a check that can be; a step is left whose gates are open (kaf-hub-gates.h). */
#pragma once

#include "server/kaf-hub-rights.h"

G_BEGIN_DECLS

/* Whether the operation adds an act. */
gboolean kaf_hub_acts_concern (const KafOperation *op);

/* The number since which the hub has the leaving of step 6 that stands, by the acts of the mission @id; 0: that step is
 * open, or was not reached. Errors: KAF_HUB_ERROR. */
gboolean
kaf_hub_acts_find_validation (KafHubScopes *scopes, const char *id, gint64 *seq, GError **error);

/* Judges one that is not there yet, of a mission that its author sees; @refusal: untouched when it may be taken.
 * Errors: KAF_HUB_ERROR. */
gboolean kaf_hub_acts_judge (const KafHubRights *self,
                             const KafOperation *op,
                             KafHubRefusal *refusal,
                             GError **error);

G_END_DECLS
