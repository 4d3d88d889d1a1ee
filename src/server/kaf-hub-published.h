/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands from a day on for everybody, as the hub takes it in. A set of scoring rules that was published stays as it
 * was, whoever had not heard of it, and says what who published it had read; the device on which it was published may take
 * that back on the same day. A month of the count of 2030 is closed once: of two who close it apart, the figures of the
 * first stand, and no cell of the other comes beside them. */
#pragma once

#include "server/kaf-hub-rights.h"

G_BEGIN_DECLS

/* Judges an operation of any kind that its author may write; @record as it stands. @refusal: untouched when it may be
 * taken. Errors: KAF_HUB_ERROR. */
gboolean kaf_hub_published_judge (const KafHubRights *self,
                                  const KafOperation *op,
                                  KafHubRecord *record,
                                  KafHubRefusal *refusal,
                                  GError **error);

G_END_DECLS
