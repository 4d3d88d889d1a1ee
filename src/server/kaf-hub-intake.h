/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taking in the groups of one exchange, within one transaction of the storage: who may write what, the
 * merge, the references, the conflicts, the verdicts. */
#pragma once

#include "server/kaf-hub-gates.h"
#include "server/kaf-hub-group.h"

G_BEGIN_DECLS

typedef struct
{
  KafHubStorage *storage;
  KafRandom *random;
  const KafHubSession *session;
  const KafHubGrants *grants; /* what the session has */
  gint64 now;                 /* of the hub; ms since 1970 UTC */
  gint64 skew;                /* of the device's clock; ms */
  gint64 erased;              /* up to which number the device has carried out erasures */
  gint64 seq;                 /* the hub's number of the last edit; moves on */
  KafHubDevice device;        /* moves on */
  GHashTable *records;        /* "ENTITY\tID" → KafHubRecord: those touched; written at the end */
  GHashTable *resend;         /* set of "ENTITY\tID": records that the device must be told whole */
  GHashTable
      *gone;    /* set of ids: new records that are not taken, since they belong to the erased */
  gint64 first; /* the first number that this exchange gives */
  KafHubScopes scopes;
  KafHubGates gates;
  GPtrArray *verdicts; /* of KafVerdict */
  gboolean restored;   /* the hub was: what it gives anew, devices know as another's */
  gboolean production; /* no sample data is taken */
  gboolean forked;     /* the device's journal is not the one that was taken before */
} KafHubIntake;

/* Reads what the hub knows of the device. */
gboolean kaf_hub_intake_begin (KafHubIntake *self, GError **error);
void kaf_hub_intake_clear (KafHubIntake *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KafHubIntake, kaf_hub_intake_clear)

/* Takes the group, once however often it comes; its operations were read, unless the device's number was beyond it
 * when the intake began. @next (out): FALSE when the ones after it are not to
 * be taken: one before is missing, or the journal forked. Errors: KAF_HUB_ERROR. */
gboolean
kaf_hub_intake_group (KafHubIntake *self, const KafHubGroup *read, gboolean *next, GError **error);

/* Writes the records touched and the state of the device. */
gboolean kaf_hub_intake_finish (KafHubIntake *self, GError **error);

/* Gives the record a reference of its own, "EXP-2026-0042": the next that is free. @at: µs since 1970 UTC. */
gboolean kaf_hub_draw_ref (KafHubStorage *storage, KafRecord *record, gint64 at, GError **error);

G_END_DECLS
