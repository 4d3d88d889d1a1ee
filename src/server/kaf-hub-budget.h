/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Budget lines as the hub takes them in. One that step 6 validated stays as it was, in the order in which things came
 * here: adjustments are added to it. What is committed, spent and settled is written until the end. No line costs less
 * than nothing, with its adjustments, nor more than a number holds. */
#pragma once

#include "server/kaf-hub-rights.h"

G_BEGIN_DECLS

/* Judges an operation of any kind that its author may write; @record as it stands. @refusal: untouched when it may be
 * taken. Errors: KAF_HUB_ERROR. */
gboolean kaf_hub_budget_judge (KafHubScopes *scopes,
                               const KafOperation *op,
                               KafHubRecord *record,
                               KafHubRefusal *refusal,
                               GError **error);

G_END_DECLS
