/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "net/kaf-sync-pace.h"

#include "net/kaf-net-error.h"

/* ms */
#define AFTER_START (5 * 1000)
#define AFTER_WRITING (3 * 1000) /* a form saved twice, an import and its correction go together */
#define AFTER_NETWORK (2 * 1000) /* addresses and names are known a moment later */
#define INTERVAL (5 * 60 * 1000)
#define BACK_OFF_FIRST (30 * 1000)
#define BACK_OFF_MOST (15 * 60 * 1000)

/* Doubles from the first to the most; of each, between half and the whole. */
static gint64
back_off (guint n_failures, double chance)
{
  gint64 most = BACK_OFF_FIRST;

  for (guint i = 1; i < n_failures && most < BACK_OFF_MOST; i++)
    most *= 2;
  most = MIN (most, BACK_OFF_MOST);
  return most / 2 + (gint64) (chance * (double) (most / 2));
}

gint64
kaf_sync_pace_delay (const KafSyncPace *self, KafSyncCause cause, double chance)
{
  if (self->needs_person)
    return KAF_SYNC_NEVER;
  switch (cause)
    {
    case KAF_SYNC_CAUSE_START:
      return AFTER_START + (gint64) (chance * AFTER_START);
    case KAF_SYNC_CAUSE_WRITTEN:
      /* Writing does not make a hub come back: the back-off that runs goes on. */
      return self->n_failures > 0 ? KAF_SYNC_NEVER : AFTER_WRITING;
    case KAF_SYNC_CAUSE_NETWORK:
      return AFTER_NETWORK + (gint64) (chance * AFTER_NETWORK);
    case KAF_SYNC_CAUSE_INTERVAL:
    default:
      if (self->n_failures > 0 && self->no_network)
        return BACK_OFF_MOST;
      return self->n_failures > 0 ? back_off (self->n_failures, chance)
                                  : INTERVAL - (gint64) (chance * INTERVAL / 10);
    }
}

gboolean
kaf_sync_pace_needs_person (const GError *error)
{
  if (error->domain != KAF_NET_ERROR)
    return FALSE;
  switch ((KafNetError) error->code)
    {
    case KAF_NET_ERROR_ADDRESS:
    case KAF_NET_ERROR_CREDENTIALS:
    case KAF_NET_ERROR_SIGNED_OUT:
    case KAF_NET_ERROR_REVOKED:
    case KAF_NET_ERROR_NO_GRANT:
    case KAF_NET_ERROR_DISABLED:
    case KAF_NET_ERROR_SERVER_OLD:
    case KAF_NET_ERROR_SERVER_NEW:
    case KAF_NET_ERROR_FORKED:
    case KAF_NET_ERROR_NOT_ENROLLED:
    case KAF_NET_ERROR_SAMPLE:
      return TRUE;
    /* The login page of a network on the road has a certificate and an answer of its own, too. */
    case KAF_NET_ERROR_CERTIFICATE:
    case KAF_NET_ERROR_EXPIRED:
    case KAF_NET_ERROR_CLOCK:
    case KAF_NET_ERROR_OTHER_HOST:
    case KAF_NET_ERROR_PROTOCOL:
    case KAF_NET_ERROR_KEYRING:
    case KAF_NET_ERROR_OFFLINE:
    case KAF_NET_ERROR_WAIT:
    case KAF_NET_ERROR_SERVER:
    default:
      return FALSE;
    }
}

void
kaf_sync_pace_note (KafSyncPace *self, const GError *error)
{
  self->n_failures = error != NULL ? self->n_failures + 1 : 0;
  self->no_network = FALSE;
  self->needs_person = error != NULL && kaf_sync_pace_needs_person (error);
}
