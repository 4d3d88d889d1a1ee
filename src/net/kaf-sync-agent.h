/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Syncs a store by itself, while its window is open: soon after the start, shortly after something was
 * written, every few minutes, when the network comes. Nobody ever waits for it: the store is read and
 * written on its own lanes, and held by none while the network is asked.
 *
 * Signal "changed" (): the status is another one. */
#pragma once

#include "net/kaf-blob-agent.h"
#include "net/kaf-syncer.h"
#include "store/kaf-lease-check.h"
#include "store/kaf-store.h"

G_BEGIN_DECLS

typedef enum
{
  KAF_SYNC_PHASE_UNKNOWN, /* the store was not asked yet */
  KAF_SYNC_PHASE_NOT_ENROLLED,
  KAF_SYNC_PHASE_IDLE,
  KAF_SYNC_PHASE_SYNCING,
  KAF_SYNC_PHASE_OFFLINE, /* tried again by itself */
  KAF_SYNC_PHASE_NEEDS_SIGN_IN,
  KAF_SYNC_PHASE_BLOCKED, /* see the error */
} KafSyncPhase;

typedef struct
{
  KafSyncPhase phase;
  char *url, *user, *role; /* nullable */
  guint n_waiting;         /* operations to be sent, lists of the program aside */
  guint n_conflicts;       /* to be settled */
  guint n_rejected;        /* edits that the hub did not take */
  guint n_settled;         /* that it kept aside: what became of them is to be read */
  guint n_regranted; /* times since the start that the user's rights were found to be others */
  guint n_gone;      /* edits since the start that went with what was erased */
  guint
      n_aside; /* of others, that the hub keeps aside for the user to settle, when it was asked last */
  gboolean preview;     /* nothing is sent until it was compared with what the hub has */
  guint n_alike;        /* then: persons here that look like ones there; a person has to choose */
  guint n_held;         /* persons that are not sent until somebody has looked at them */
  KafBlobCounts files;  /* contents of files to be moved */
  gboolean moves_files; /* right now */
  gint64 synced_at;     /* µs since 1970 UTC; 0: never */
  gint64 compared_at; /* the same, of the last time that all was compared with the hub; 0: never */
  guint n_mended;     /* records that were not as the hub had told them, and are again */
  guint n_unmended;   /* are not, all the same */
  guint n_unknown;    /* that the hub, restored since, does not know */
  gboolean compares;  /* right now */
  gint64 offline_since; /* the same, of the first attempt that failed; 0: not so */
  KafLeaseReport lease; /* on what the hub has given */
  KafSyncReport report; /* of the exchange that runs, or of the last */
  gboolean has_report;  /* one was made since the start */
  KafSyncReport last;   /* the last one to be told of, see kaf_sync_report_keep() */
  gboolean has_last;
  gint64 came,
      coming; /* bytes of what an empty store begins with: so far, and of all; 0: none is under way */
  GError *error; /* why the last one failed; nullable */
} KafSyncStatus;

#define KAF_TYPE_SYNC_AGENT (kaf_sync_agent_get_type ())
G_DECLARE_FINAL_TYPE (KafSyncAgent, kaf_sync_agent, KAF, SYNC_AGENT, GObject)

/* Begins to look at the store. A store that may only be read is never synced. */
KafSyncAgent *kaf_sync_agent_new (KafStore *store);

/* (transfer none): until the next turn of the main loop. */
const KafSyncStatus *kaf_sync_agent_get_status (KafSyncAgent *self);

/* What moves the contents of files, once the records are exchanged. (transfer none) */
KafBlobAgent *kaf_sync_agent_get_files (KafSyncAgent *self);
KafStore *kaf_sync_agent_get_store (KafSyncAgent *self); /* (transfer none) */

/* What of others waits for the user at the hub, as somebody else has just heard. */
void kaf_sync_agent_note_aside (KafSyncAgent *self, guint n);

/* A person asks for it: at once, whatever happened before. */
void kaf_sync_agent_sync_now (KafSyncAgent *self);

/* Stops the request that runs, nothing of whose answer is taken, and the files under way. */
void kaf_sync_agent_cancel (KafSyncAgent *self);

/* Makes the store a device of a hub, or opens its session again, and syncs then. @sign_in: taken over.
 * Errors: as kaf-syncer.h. */
void kaf_sync_agent_sign_in_async (KafSyncAgent *self,
                                   KafSignIn *sign_in,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean kaf_sync_agent_sign_in_finish (KafSyncAgent *self, GAsyncResult *result, GError **error);

/* A person has chosen: all is sent from now on, but for the persons @held (element-type utf8). */
void kaf_sync_agent_send_but (KafSyncAgent *self, GPtrArray *held);

/* Neither syncs nor looks any more: the store goes. */
void kaf_sync_agent_stop (KafSyncAgent *self);

G_END_DECLS
