/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Open connections, and how long each may stay in one phase. The HTTP library cuts who is silent; this
 * cuts who trickles a byte now and then, by a thread of its own, which nothing else holds up. Safe from any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  KAF_PHASE_WAITING,          /* for the head of a request to be whole */
  KAF_PHASE_READING,          /* a body */
  KAF_PHASE_READING_STRANGER, /* a small one, of somebody who has yet to say who he is */
  KAF_PHASE_WORKING,          /* here: as long as it takes */
  KAF_PHASE_SENDING,
} KafPhase;

typedef struct _KafConnections KafConnections;
typedef struct _KafConnection KafConnection;

KafConnections *kaf_connections_new (void);
void kaf_connections_free (KafConnections *self);

/* @fd: stays its owner's, who removes the connection before closing it. (transfer none) */
KafConnection *kaf_connections_add (KafConnections *self, int fd);
void kaf_connections_remove (KafConnections *self, KafConnection *connection);

void kaf_connections_set_phase (KafConnections *self, KafConnection *connection, KafPhase phase);
/* Its client may still be sending when it is closed: the answer is to be read all the same (kaf-linger.h). @address: its
 * client's. */
void
kaf_connections_set_lingers (KafConnections *self, KafConnection *connection, const char *address);
guint kaf_connections_count (KafConnections *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafConnections, kaf_connections_free)

G_END_DECLS
