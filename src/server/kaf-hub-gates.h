/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The gates of a mission's step, asked of what the hub has: who leaves a step with an older program, or a tampered one,
 * or while others wrote what shuts a gate, does not leave it.
 *
 * What the rules look at is put into a store in memory (store/kaf-scratch.h), and read there as on a device that sees
 * everything: by the same SQL into the same structs. Warnings are for who works at the mission to weigh: one that arose
 * since he did keeps nobody. */
#pragma once

#include "server/kaf-hub-scopes.h"
#include "store/kaf-scratch.h"

G_BEGIN_DECLS

typedef struct
{
  KafHubScopes *scopes; /* not owned */
  KafScratch *scratch;  /* NULL until a mission is looked at */
} KafHubGates;

void kaf_hub_gates_clear (KafHubGates *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KafHubGates, kaf_hub_gates_clear)

/* Whether the hub can say what was there when somebody acted who had read up to number @saw: not where a backup was
 * restored since, and what he knew of is lost; those who wrote it may bring it again after him. Errors: KAF_HUB_ERROR. */
gboolean kaf_hub_gates_can_judge (KafHubGates *self, gint64 saw, gboolean *can, GError **error);

/* Judges the leaving of @step of the mission @id at @at (µs since 1970 UTC), by the settings of that day. @shut (out):
 * the codes of the gates that are, parted by blanks, in the order of the table; NULL: none is, or there is no such
 * mission. (transfer none) Errors: KAF_HUB_ERROR. */
gboolean kaf_hub_gates_find_shut (
    KafHubGates *self, const char *id, guint step, gint64 at, const char **shut, GError **error);

G_END_DECLS
