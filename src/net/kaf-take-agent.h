/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Takes a mission to the field while a window is open: tells at once what is here, exchanges records with the hub, looks
 * again, and has what is not here of the files fetched, the large ones too. Nothing is lost that was begun: a link that
 * is cut, or a window that closes, leaves the wish in the store, and the rest comes by itself. For programs without a
 * main loop: kaf_mission_take().
 *
 * Signal "changed" (): the phase, the kit or the share is another one. */
#pragma once

#include "net/kaf-sync-agent.h"
#include "store/kaf-mission-kit.h"

G_BEGIN_DECLS

typedef enum
{
  KAF_TAKE_LOOKING,    /* what is here, as it is without asking anybody */
  KAF_TAKE_EXCHANGING, /* records, with the hub */
  KAF_TAKE_FETCHING,   /* contents of files */
  KAF_TAKE_DONE,       /* whether or not it is whole */
} KafTakePhase;

#define KAF_TYPE_TAKE_AGENT (kaf_take_agent_get_type ())
G_DECLARE_FINAL_TYPE (KafTakeAgent, kaf_take_agent, KAF, TAKE_AGENT, GObject)

/* @sync: nullable, what exchanges records for the store; @mission: its id; @lang: of the titles in the kit. */
KafTakeAgent *
kaf_take_agent_new (KafStore *store, KafSyncAgent *sync, const char *mission, KafLang lang);

/* Begins, or begins again once it is done. */
void kaf_take_agent_start (KafTakeAgent *self);

/* Stops what is under way. What has come stays, and nobody waits for the rest. */
void kaf_take_agent_cancel (KafTakeAgent *self);

KafTakePhase kaf_take_agent_get_phase (KafTakeAgent *self);

/* NULL: not looked yet, or the mission is not here (any more). (transfer none): until the signal. */
const KafMissionKit *kaf_take_agent_get_kit (KafTakeAgent *self);

/* Bytes of the files that are being fetched; @done (out), @total (out): 0 while none is. */
void kaf_take_agent_get_share (KafTakeAgent *self, gint64 *done, gint64 *total);

/* Of the exchange, or of the files, or of looking: KAF_NET_ERROR, KAF_STORE_ERROR. (nullable) (transfer none) */
const GError *kaf_take_agent_get_error (KafTakeAgent *self);

/* Whether the store belongs to a hub, of which what is not here could be had. */
gboolean kaf_take_agent_has_hub (KafTakeAgent *self);

/* Days until persons are removed from here for want of an exchange (kaf-lease.h); 0: nothing runs out. */
guint kaf_take_agent_get_days_left (KafTakeAgent *self);

G_END_DECLS
