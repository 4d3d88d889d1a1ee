/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sets of scoring rules as the hub takes them in: one that was published stays as it was, whoever had not heard of it.
 * The device on which it was
 * published may take that back on the same day. */
#pragma once

#include "server/kaf-hub-rights.h"

G_BEGIN_DECLS

/* Judges an operation of any kind that its author may write; @record as it stands. @refusal: untouched when it may be
 * taken. */
void kaf_hub_published_judge (const KafHubRights *self,
                              const KafOperation *op,
                              KafHubRecord *record,
                              KafHubRefusal *refusal);

G_END_DECLS
