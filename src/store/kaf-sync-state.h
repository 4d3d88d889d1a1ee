/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a store knows of the hub that it belongs to, and how far it has come with it. Secrets are not
 * among it. */
#pragma once

#include "store/kaf-database.h"
#include "sync/kaf-exchange.h"

G_BEGIN_DECLS

typedef struct
{
  char *url;        /* NULL: not enrolled */
  char *user;       /* account at the hub */
  char *role;       /* as it was at the last answer */
  char *cursor;     /* nullable: nothing was read yet */
  gint64 acked;     /* number of the last group of this device that the hub has */
  gint64 erased;    /* number of the last erasure of the hub that was carried out here */
  gint64 settled;   /* number of the last thing heard of what the hub had kept aside */
  gint64 synced_at; /* µs since 1970 UTC of the last whole exchange; 0: none yet */
  guint n_unsent;   /* operations still to be sent */
  guint
      n_waiting; /* of them those that somebody made: not the lists that every store begins with */
  guint n_rejected;   /* operations that the hub did not take, and that nobody has let go of */
  guint n_settled;    /* of those that were kept aside: what became of them is to be read */
  guint n_conflicts;  /* open */
  guint n_held;       /* records that are not sent until somebody has looked at them */
  gint64 compared_at; /* µs since 1970 UTC of the last comparison with the hub; 0: none yet */
  guint n_mended;     /* records that it found not to agree, and mended */
  guint n_unmended;   /* that do not agree all the same */
  guint n_unknown;    /* that the hub does not know, and that stay */
  gboolean whole;     /* what was removed here, written here too, is to be told again */
  gboolean preview;   /* nothing is sent until kaf-duplicates.h was asked */
} KafSyncState;
void kaf_sync_state_clear (KafSyncState *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KafSyncState, kaf_sync_state_clear)

/* Errors: KAF_STORE_ERROR. */
gboolean kaf_sync_state_read (KafDatabase *db, KafSyncState *self, GError **error);

/* To what of that kind ("country:", "mission:") the scope of the user is bound, as the hub told it last: a person who lives
 * in none of his countries, or whom none of his missions needs, it does not take. Codes or ids; NULL: to none, or to something
 * else as well. (transfer full) */
char **kaf_sync_read_bounds (KafDatabase *db, const char *kind);

/* How it begins an exchange. @now: ms since 1970 UTC. The cursor is @self's. */
KafHello kaf_sync_state_greet (const KafSyncState *self, gint64 now);

/* The store belongs to that hub from now on. @device: the number that the hub knows it by; with another
 * than before, what was not sent yet is sent as that device's. Errors:
 * KAF_STORE_ERROR_EXISTS when it belongs to another one. */
gboolean kaf_sync_enroll (KafDatabase *db,
                          const char *url,
                          const char *user,
                          const char *role,
                          guint64 device,
                          GError **error);

gboolean kaf_sync_is_enrolled (KafDatabase *db);

/* Whether the user may see a part of the hub's records alone: others may name what is not here. */
gboolean kaf_sync_is_part (KafDatabase *db);

/* Whether it is a copy of a store that has gone on, and must be given a number of its own. */
gboolean kaf_sync_is_forked (KafDatabase *db);
guint64 kaf_sync_get_device (KafDatabase *db);

/* The hub's number up to which this device has read; 0: it knows no hub. */
gint64 kaf_sync_get_seen (KafDatabase *db);

G_END_DECLS
