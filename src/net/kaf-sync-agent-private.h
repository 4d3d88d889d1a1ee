/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/kaf-sync-agent.h"

G_BEGIN_DECLS

/* Somebody has signed in: what failed before is forgotten, and it syncs at once. */
void kaf_sync_agent_begin_anew (KafSyncAgent *self);

G_END_DECLS
