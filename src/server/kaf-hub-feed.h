/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is told to one device: by its cursor, by what its user was granted when it got it, and by what he
 * is granted now. */
#pragma once

#include "server/kaf-hub-authors.h"
#include "server/kaf-hub-grants.h"
#include "server/kaf-hub-storage.h"

G_BEGIN_DECLS

typedef struct
{
  const KafHubSession *session;
  const KafHubGrants *grants;
  KafHubStorage *storage;
  GPtrArray
      *before; /* of KafHubGrants: those that the device may hold records by, in the order that it
                      * had them, today's the last */
  GString *answer;
  gint64 first;     /* the first number that this exchange gave */
  gint64 after;     /* the number up to which the device has read all */
  gint64 told;      /* up to which this reading, of several pages, has come */
  gsize limit;      /* of the answer */
  gboolean writes;  /* the hub has taken something of the device */
  gboolean wrote;   /* in this exchange, or maybe in one of the same reading */
  gboolean is_new;  /* the device reads for the first time */
  gboolean whole;   /* what the device wrote itself is told as well */
  gboolean stopped; /* the page is full */

  /* It reads from the beginning and may go by a number that it was given since: a copy of a store that has gone on holds
   * what its user wrote by the number of that one. */
  gboolean by_user;
  KafHubAuthors authors; /* asked then */
} KafHubFeed;

/* Whether the cursor is one that this hub gave since it was made, or restored. */
gboolean kaf_hub_feed_is_of (const char *epoch, const char *cursor);

/* Reads where the device stands. @last: the number of the last edit. Today's grants are kept, for the
 * cursor names them alone by a hash. Errors: KAF_HUB_ERROR. */
gboolean kaf_hub_feed_begin (
    KafHubFeed *self, const char *epoch, const char *cursor, gint64 last, GError **error);
void kaf_hub_feed_clear (KafHubFeed *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KafHubFeed, kaf_hub_feed_clear)

/* Tells the records of @resend, a set of "ENTITY\tID", whole; those that the user may see. */
gboolean kaf_hub_feed_tell_again (KafHubFeed *self, GHashTable *resend, GError **error);

/* Whether the device has read all up to a number, by the grants of today: it holds what it may see of what was changed
 * last by then, and nothing else. */
gboolean kaf_hub_feed_is_settled (const KafHubFeed *self);

/* Tells one record, whole, or that it is to be dropped. */
void kaf_hub_feed_tell_whole (KafHubFeed *self, KafHubRecord *record);
void kaf_hub_feed_tell_drop (KafHubFeed *self, const KafEntity *root, const char *id);

/* Tells what changed, until the page is full. @touched: see KafHubStorageClass.read_feed. */
gboolean kaf_hub_feed_tell (KafHubFeed *self, GHashTable *touched, GError **error);

/* Where the device will stand once it has taken this. (transfer full) */
char *kaf_hub_feed_print_cursor (const KafHubFeed *self, const char *epoch, gint64 last);

G_END_DECLS
