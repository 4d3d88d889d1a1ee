/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Meetings as the hub takes them in: approved minutes stay as they were, in the order in which things came here. Who
 * approved them may take that back. */
#pragma once

#include "server/kaf-hub-rights.h"

G_BEGIN_DECLS

/* Judges an operation of any kind that its author @who, an account, may write; @record as it stands. @refusal: untouched
 * when it may be taken. Errors: KAF_HUB_ERROR. */
gboolean kaf_hub_minutes_judge (KafHubScopes *scopes,
                                const char *who,
                                const KafOperation *op,
                                KafHubRecord *record,
                                KafHubRefusal *refusal,
                                GError **error);

G_END_DECLS
