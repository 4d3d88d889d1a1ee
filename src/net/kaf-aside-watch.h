/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who answers for a place is told that something waits there (kaf-quarantine.h): after exchanges, and not often, the hub is asked
 * how much, and the agent told. */
#pragma once

#include "net/kaf-sync-agent.h"

G_BEGIN_DECLS

/* As long as @agent lives. */
void kaf_aside_watch (KafSyncAgent *agent);

G_END_DECLS
