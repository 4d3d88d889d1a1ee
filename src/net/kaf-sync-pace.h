/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When to sync by itself. Pure: no clock, no network. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Why one would sync now. */
typedef enum
{
  KAF_SYNC_CAUSE_START,    /* the program has begun */
  KAF_SYNC_CAUSE_WRITTEN,  /* something was written here */
  KAF_SYNC_CAUSE_INTERVAL, /* the last attempt is over: when is the next */
  KAF_SYNC_CAUSE_NETWORK,  /* the network has come */
} KafSyncCause;

/* How the attempts since the last good one went. */
typedef struct
{
  guint n_failures;
  gboolean needs_person; /* the last one failed for what only a person can mend */
  gboolean no_network;   /* then, the machine was on none: the one that comes will be told */
} KafSyncPace;

#define KAF_SYNC_NEVER (-1)

/* ms to wait, or KAF_SYNC_NEVER. @chance: at random, from 0 up to 1: devices that lost their hub together
 * do not all come back to it at once. */
gint64 kaf_sync_pace_delay (const KafSyncPace *self, KafSyncCause cause, double chance);

/* Whether trying again cannot help: somebody has to sign in, update a program or ask. */
gboolean kaf_sync_pace_needs_person (const GError *error);

/* Counts an attempt. @error: nullable, it went well. */
void kaf_sync_pace_note (KafSyncPace *self, const GError *error);

G_END_DECLS
