/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/kaf-hub-compare.h"

#include "rules/kaf-told.h"
#include "schema/kaf-registry.h"
#include "server/kaf-hub-feed.h"
#include "server/kaf-hub-place.h"
#include "sync/kaf-compare.h"

/* Records of one stretch: those that are read, some 25 µs each, and those that are passed over. The hub does nothing
 * else meanwhile. */
#define READ_MAX 2000
#define LOOK_MAX 20000

/* One request. */
typedef struct
{
  const KafHubCompare *of;
  KafCompareAsk ask;
  KafHubFeed feed;
  gsize limit; /* of the answer */
  guint n_read, n_looked;
  KafComparePlace last; /* the last that was dealt with */
  KafComparePlace own;  /* the last of these that is the device's to see, or where it began */
  guint64 *sums;
  const char *text; /* what the device holds: what is still to be read of it */
  gsize size;
  KafCompareHeld held;    /* the next of it, without an entity: there is none */
  KafComparePlace before; /* where the one before it stands */
  gboolean settled;       /* what it holds up to where it asks from was dealt with */
  gboolean is_held;       /* the one at hand is, as @same says */
  KafCompareHeld same;
  gboolean restored; /* the hub was: it may lack what devices have */
  gint64 n_unknown;
} Request;

static void
request_clear (Request *self)
{
  kaf_compare_ask_clear (&self->ask);
  kaf_hub_feed_clear (&self->feed);
  kaf_compare_place_clear (&self->last);
  kaf_compare_place_clear (&self->own);
  kaf_compare_place_clear (&self->before);
  kaf_compare_held_clear (&self->held);
  kaf_compare_held_clear (&self->same);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Request, request_clear)

static gboolean
refuse (const char *what, GError **error)
{
  g_set_error (error, KAF_HUB_ERROR, KAF_HUB_ERROR_REQUEST, "%s", what);
  return FALSE;
}

static gboolean
read_ask (Request *self, GError **error)
{
  gsize length;
  const char *line = kaf_exchange_next (&self->text, &self->size, &length);
  g_autoptr (GError) local = NULL;

  if (line == NULL || !kaf_compare_ask_parse (line, length, &self->ask, &local))
    return refuse (local != NULL ? local->message : "no first line", error);
  if (self->ask.protocol == KAF_COMPARE_PROTOCOL)
    return kaf_hub_place_open (self->of->storage, &self->ask.after, &self->own, &self->settled,
                               error) &&
           kaf_hub_place_open (self->of->storage, &self->ask.until, NULL, NULL, error);
  g_set_error (error, KAF_HUB_ERROR,
               self->ask.protocol < KAF_COMPARE_PROTOCOL ? KAF_HUB_ERROR_OBSOLETE
                                                         : KAF_HUB_ERROR_VERSION,
               "comparison %" G_GINT64_FORMAT, self->ask.protocol);
  return FALSE;
}

/* Whether the device has read something to the end, and carried out what was erased: else it does not know yet what it is
 * to hold. */
static gboolean
find_standing (Request *self, gboolean *settled, GError **error)
{
  KafHubStorage *storage = self->of->storage;
  GError *local = NULL;
  g_autofree char *seq = storage->klass->get_meta (storage, "seq", &local);
  g_autofree char *lost =
      local == NULL ? storage->klass->get_meta (storage, KAF_HUB_LOST, &local) : NULL;
  g_autoptr (GPtrArray) erased =
      local == NULL ? storage->klass->read_erased (storage, self->ask.erased, &local) : NULL;
  gint64 last = seq != NULL ? g_ascii_strtoll (seq, NULL, 10) : 0;

  self->restored = lost != NULL && *lost != '\0';
  if (local == NULL &&
      kaf_hub_feed_begin (&self->feed, self->of->epoch, self->ask.cursor, last, &local))
    {
      *settled = erased->len == 0 && kaf_hub_feed_is_of (self->of->epoch, self->ask.cursor) &&
                 kaf_hub_feed_is_settled (&self->feed);
      return TRUE;
    }
  g_propagate_error (error, local);
  return FALSE;
}

static guint
get_schema (const Request *self)
{
  return (guint) MIN (self->ask.schema, KAF_SCHEMA_VERSION);
}

static guint64
make_digest (const Request *self, const KafHubRecord *record)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();

  for (guint i = 0; i < record->parts->len; i++)
    g_ptr_array_add (parts, ((KafHubPart *) g_ptr_array_index (record->parts, i))->record);
  return kaf_compare_digest (parts, get_schema (self), self->of->grants->reads, kaf_told_can_read);
}

static gboolean
stands (const Request *self, const KafHubPlace *place)
{
  KafHubStanding standing;

  kaf_hub_grants_look (self->of->grants, place->root, place->scopes, &standing);
  return standing.now;
}

/* Not the device's to see, and not since a moment ago, of which the next exchange tells. */
static gboolean
is_foreign (const Request *self, const KafHubPlace *place)
{
  KafHubStanding standing;

  if (place->root == NULL)
    return FALSE;
  kaf_hub_grants_look (self->of->grants, place->root, place->scopes, &standing);
  return !standing.now && standing.left <= self->feed.after;
}

/* One record at least, however long it is. */
static gboolean
is_over (const Request *self)
{
  return self->n_looked > 0 && (self->n_read >= READ_MAX || self->n_looked >= LOOK_MAX ||
                                self->of->answer->len >= self->limit);
}

/* Returns whether the record is the device's to see. */
static gboolean
pass (Request *self, const KafHubPlace *place)
{
  gboolean is_own = place->root != NULL && stands (self, place);

  self->n_looked++;
  kaf_compare_place_set (&self->last, place->entity, place->id);
  if (is_own)
    kaf_compare_place_set (&self->own, place->entity, place->id);
  return is_own;
}

/* How far it came, without a word of what is not the device's to know. @settled: with what the device holds too. */
static gboolean
tell_until (Request *self, gboolean settled, KafComparePlace *until, GError **error)
{
  const KafComparePlace *own = &self->own, *last = &self->last;

  if (own->entity == NULL ||
      kaf_compare_place_order (own->entity, own->id, last->entity, last->id) != 0)
    return kaf_hub_place_seal (self->of->storage, own, last, settled, until, error);
  kaf_compare_place_set (until, own->entity, own->id);
  return TRUE;
}

/* Sums */

static KafHubStep
look_for_sum (const KafHubPlace *place, gpointer data, GError **error)
{
  Request *self = data;

  if (is_over (self))
    return KAF_HUB_STOP;
  return pass (self, place) ? KAF_HUB_READ : KAF_HUB_PASS;
}

static gboolean
add_to_sum (KafHubRecord *record, gpointer data, GError **error)
{
  Request *self = data;

  self->n_read++;
  self->sums[kaf_compare_find_bucket (record->id)] += make_digest (self, record);
  return TRUE;
}

static gboolean
answer_sums (Request *self, GError **error)
{
  KafHubStorage *storage = self->of->storage;
  g_autofree KafCompareAnswer *answer = g_new0 (KafCompareAnswer, 1);
  g_auto (KafComparePlace) until = { NULL };
  gboolean all;

  self->sums = answer->sums;
  if (!storage->klass->read_places (storage, self->ask.after.entity, self->ask.after.id,
                                    look_for_sum, add_to_sum, self, &all, error) ||
      (!all && !tell_until (self, FALSE, &until, error)))
    return FALSE;
  answer->cursor = self->ask.cursor;
  answer->has_sums = TRUE;
  answer->schema = get_schema (self);
  answer->reads = self->of->grants->reads;
  answer->until = until;
  kaf_compare_answer_print (answer, self->of->answer);
  self->of->compared->n_compared = self->n_read;
  return TRUE;
}

/* Records */

static gboolean
read_held (Request *self, GError **error)
{
  KafCompareHeld *held = &self->held;
  KafComparePlace *before = &self->before;
  gsize length;
  const char *line = kaf_exchange_next (&self->text, &self->size, &length);
  g_autoptr (GError) local = NULL;

  kaf_compare_held_clear (held);
  if (line == NULL)
    return self->size == 0 || refuse ("the last line is cut", error);
  if (!kaf_compare_held_parse (line, length, held, &local))
    return refuse (local->message, error);
  if (before->entity != NULL &&
      kaf_compare_place_order (before->entity, before->id, held->entity, held->id) >= 0)
    return refuse ("the records are not in order", error);
  kaf_compare_place_set (before, held->entity, held->id);
  return TRUE;
}

/* The next that was not dealt with by the request before, whose answer was full. */
static gboolean
next_held (Request *self, GError **error)
{
  const KafCompareHeld *held = &self->held;
  const KafComparePlace *after = &self->ask.after;

  do
    if (!read_held (self, error))
      return FALSE;
  while (self->settled && held->entity != NULL &&
         kaf_compare_place_order (held->entity, held->id, after->entity, after->id) <= 0);
  return TRUE;
}

/* Of what this hub, restored from a backup, does not have the device may be the only one who does: it is kept as long as
 * the user's role may hold such a record at all. Where it stands, and so whether his scopes reach it, nobody knows here
 * until it has come again. */
static gboolean
is_unknown (const Request *self, const KafEntity *root, gboolean here)
{
  return self->restored && !here && kaf_role_knows (self->of->grants->role, root);
}

/* What the device holds and is not to: since it is not here, or is not its to see; who asks is not told which. Only a hub
 * that was restored lets be kept what it does not have; what it has, and the user's no more, goes: it may have come after
 * the device was told of narrower grants, when the feed has no reason to take away what it never told by those. */
static void
settle_foreign (Request *self, const KafCompareHeld *held, gboolean here)
{
  const KafEntity *root = kaf_registry_find (held->entity);

  if (root == NULL || root->owner != NULL || held->waits || held->own ||
      !kaf_compare_has_bucket (self->ask.buckets, kaf_compare_find_bucket (held->id)))
    return;
  if (is_unknown (self, root, here))
    {
      self->n_unknown++;
      return;
    }
  kaf_hub_feed_tell_drop (&self->feed, root, held->id);
  self->of->compared->n_dropped++;
}

/* What the device holds before that place the hub does not have. FALSE: an error. */
static gboolean
settle_before (Request *self, const KafHubPlace *place, GError **error)
{
  int order = -1;

  self->is_held = FALSE;
  while (self->held.entity != NULL &&
         (place == NULL || (order = kaf_compare_place_order (self->held.entity, self->held.id,
                                                             place->entity, place->id)) < 0))
    {
      settle_foreign (self, &self->held, FALSE);
      if (!next_held (self, error))
        return FALSE;
    }
  if (self->held.entity == NULL || order != 0)
    return TRUE;
  self->is_held = TRUE;
  kaf_compare_held_clear (&self->same);
  self->same = self->held;
  self->held = (KafCompareHeld){ NULL };
  return next_held (self, error);
}

static gboolean
is_behind (const Request *self, const char *entity, const char *id)
{
  const KafComparePlace *until = &self->ask.until;

  return until->entity != NULL &&
         kaf_compare_place_order (entity, id, until->entity, until->id) > 0;
}

static KafHubStep
look_for_record (const KafHubPlace *place, gpointer data, GError **error)
{
  Request *self = data;
  gboolean is_own;

  if (is_behind (self, place->entity, place->id) || is_over (self))
    return KAF_HUB_STOP;
  if (!settle_before (self, place, error))
    return KAF_HUB_FAIL;
  is_own = pass (self, place);
  if (self->is_held && is_foreign (self, place))
    {
      settle_foreign (self, &self->same, TRUE);
      return KAF_HUB_PASS;
    }
  /* What changed since will be told by the next exchange. */
  if (place->root == NULL || place->seq > self->feed.after || (self->is_held && self->same.waits) ||
      !kaf_compare_has_bucket (self->ask.buckets, kaf_compare_find_bucket (place->id)))
    return KAF_HUB_PASS;
  return is_own ? KAF_HUB_READ : KAF_HUB_PASS;
}

static gboolean
tell_record (KafHubRecord *record, gpointer data, GError **error)
{
  Request *self = data;
  KafHubCompared *compared = self->of->compared;
  guint64 digest = make_digest (self, record);

  self->n_read++;
  if (digest == 0 || (self->is_held && self->same.digest == digest))
    return TRUE;
  kaf_hub_feed_tell_whole (&self->feed, record);
  if (!self->is_held)
    compared->n_lacking++;
  else if (!self->same.own)
    compared->n_differing++;
  return TRUE;
}

static gboolean
answer_records (Request *self, GError **error)
{
  KafHubStorage *storage = self->of->storage;
  const KafCompareAnswer first = { .cursor = self->ask.cursor };
  g_auto (KafCompareEnd) end = { { NULL } };
  gboolean all;

  kaf_compare_answer_print (&first, self->of->answer);
  self->limit = self->of->answer->len + self->of->page_size;
  if (!next_held (self, error) ||
      !storage->klass->read_places (storage, self->ask.after.entity, self->ask.after.id,
                                    look_for_record, tell_record, self, &all, error))
    return FALSE;
  if (!all && is_over (self) ? !tell_until (self, TRUE, &end.until, error)
                             : !settle_before (self, NULL, error))
    return FALSE;
  end.n_unknown = self->n_unknown;
  kaf_compare_end_print (&end, self->of->answer);
  self->of->compared->n_unknown = self->n_unknown;
  return TRUE;
}

gboolean
kaf_hub_compare (const KafHubCompare *of, const char *body, gsize size, GError **error)
{
  g_auto (Request) self = {
    .of = of,
    .text = body,
    .size = size,
    .limit = G_MAXSIZE,
    .feed = { .session = of->session,
              .grants = of->grants,
              .storage = of->storage,
              .answer = of->answer },
  };
  gboolean settled;

  if (!read_ask (&self, error) || !find_standing (&self, &settled, error))
    return FALSE;
  if (settled)
    return self.ask.tells ? answer_records (&self, error) : answer_sums (&self, error);
  of->compared->behind = TRUE;
  kaf_compare_answer_print (&(KafCompareAnswer){ .cursor = self.ask.cursor, .behind = TRUE },
                            of->answer);
  return TRUE;
}
