/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/kaf-hub.h"

#include <string.h>

#include "base/kaf-id.h"
#include "schema/kaf-registry.h"
#include "server/kaf-hub-aggregates.h"
#include "server/kaf-hub-blobs.h"
#include "server/kaf-hub-compare.h"
#include "server/kaf-hub-erase.h"
#include "server/kaf-hub-erasures.h"
#include "server/kaf-hub-feed.h"
#include "server/kaf-hub-hold.h"
#include "server/kaf-hub-intake.h"
#include "server/kaf-hub-orders.h"
#include "server/kaf-hub-papers.h"
#include "server/kaf-hub-quarantine.h"
#include "server/kaf-hub-steady.h"
#include "sync/kaf-exchange.h"
#include "sync/kaf-line-reader.h"
#include "sync/kaf-skew.h"

/* A page of the answer, in bytes, but for what its last record adds. */
#define PAGE_SIZE (4 * 1024 * 1024)

/* Of as many as 500 operations each. */
#define GROUPS_AHEAD 4

/* What a reader tells: bytes, and edits to look through, since it has them from the disk; and what it listens to: a first
 * line, which needs no more. */
#define READER_PAGE (64 * 1024)
#define READER_EDITS 1000
#define READER_BODY (4 * 1024)

struct _KafHub
{
  KafHubStorage *storage;
  KafClock *clock;
  KafRandom *random;
  KafHub *reader; /* nullable; of it: */
  gboolean is_reader;
  GMutex mutex; /* over it: it is used from any thread */
  char *epoch;
  char *ledger;   /* path of what was erased */
  char *finished; /* by what those erasures were ordered that were finished here, later; nullable */
  gsize page_size;
  KafHubBlobs *blobs;
  char *aggregates; /* those told last, and of what: they are not counted twice; nullable */
  char *aggregates_of;
};

G_DEFINE_QUARK (kaf_hub_error_quark, kaf_hub_error)

/* What a restored backup, or an older version of this program, left to do. */
static gboolean
catch_up (KafHub *self, GError **error)
{
  gint64 now = kaf_clock_now (self->clock);
  gboolean done;

  if (!self->storage->klass->begin (self->storage, error))
    return FALSE;
  done = kaf_hub_hold_prepare (self->storage, self->random, error) &&
         kaf_hub_scopes_settle_all (self->storage, error) &&
         kaf_hub_erase_replay (self->storage, self->ledger, now, error) &&
         kaf_hub_papers_replay (self->storage, self->ledger, error) &&
         kaf_hub_orders_hide_reasons (self->storage, error);
  return self->storage->klass->end (self->storage, done, error);
}

KafHub *
kaf_hub_open (const char *path, gboolean create, KafClock *clock, KafRandom *random, GError **error)
{
  KafHubStorage *storage = kaf_hub_sqlite_open (path, create, random, error);
  KafHub *self;

  if (storage == NULL)
    return NULL;
  self = g_new0 (KafHub, 1);
  self->storage = storage;
  self->clock = clock;
  self->random = random;
  self->ledger = g_strconcat (path, ".erased", NULL);
  self->page_size = PAGE_SIZE;
  self->blobs = kaf_hub_blobs_new (storage, path, clock);
  self->epoch = storage->klass->get_meta (storage, "epoch", error);
  if (self->epoch != NULL && catch_up (self, error))
    {
      /* A disk that is full, or a reader elsewhere, is no reason not to serve: the next opening, the hourly
       * cleaning or the next erasure finishes it, and the status tells. */
      kaf_hub_erase_enter_missing (self->storage, self->ledger, kaf_clock_now (clock));
      kaf_hub_finish_erasures (self, NULL);
      return self;
    }
  kaf_hub_close (self);
  return NULL;
}

gboolean
kaf_hub_open_reader (KafHub *self, const char *path, GError **error)
{
  KafHubStorage *storage = kaf_hub_sqlite_open_reader (path, error);

  if (storage == NULL)
    return FALSE;
  kaf_hub_sqlite_checkpoint_aside (self->storage);
  self->reader = g_new0 (KafHub, 1);
  self->reader->storage = storage;
  self->reader->clock = self->clock;
  self->reader->is_reader = TRUE;
  self->reader->epoch = g_strdup (self->epoch);
  g_mutex_init (&self->reader->mutex);
  return TRUE;
}

gboolean
kaf_hub_has_reader (KafHub *self)
{
  return self->reader != NULL;
}

static void
close_reader (KafHub *self)
{
  g_mutex_clear (&self->mutex);
  self->storage->klass->close (self->storage);
  g_free (self->epoch);
  g_free (self);
}

void
kaf_hub_close (KafHub *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->reader, close_reader);
  self->storage->klass->close (self->storage);
  g_clear_pointer (&self->blobs, kaf_hub_blobs_free);
  g_free (self->epoch);
  g_free (self->aggregates);
  g_free (self->aggregates_of);
  g_free (self->ledger);
  g_free (self->finished);
  g_free (self);
}

void
kaf_hub_set_page_size (KafHub *self, gsize size)
{
  self->page_size = size;
}

KafHubBlobs *
kaf_hub_get_blobs (KafHub *self)
{
  return self->blobs;
}

/* While nobody reads. */
static void
lock_reader (KafHub *self)
{
  if (self->reader != NULL)
    g_mutex_lock (&self->reader->mutex);
}

static void
unlock_reader (KafHub *self)
{
  if (self->reader != NULL)
    g_mutex_unlock (&self->reader->mutex);
}

/* Asking */

static gboolean
refuse (const char *what, GError **error)
{
  g_set_error (error, KAF_HUB_ERROR, KAF_HUB_ERROR_REQUEST, "%s", what);
  return FALSE;
}

static gboolean
read_hello (const char **body, gsize *size, KafHello *hello, GError **error)
{
  gsize length;
  const char *line = kaf_exchange_next (body, size, &length);
  g_autoptr (GError) local = NULL;

  if (line == NULL || !kaf_hello_parse (line, length, hello, &local))
    return refuse (local != NULL ? local->message : "no first line", error);
  if (hello->protocol == KAF_EXCHANGE_PROTOCOL)
    return TRUE;
  g_set_error (error, KAF_HUB_ERROR,
               hello->protocol < KAF_EXCHANGE_PROTOCOL ? KAF_HUB_ERROR_OBSOLETE
                                                       : KAF_HUB_ERROR_VERSION,
               "protocol %" G_GINT64_FORMAT, hello->protocol);
  return FALSE;
}

static gpointer
read_group (const char *line, gsize size, gconstpointer after)
{
  return kaf_hub_group_read (line, size, *(const gint64 *) after);
}

static gboolean
take_groups (KafHubIntake *intake, const char *body, gsize size, GError **error)
{
  const gint64 after = intake->device.dseq;
  g_autoptr (KafLineReader) lines = kaf_line_reader_new (
      body, size, GROUPS_AHEAD, read_group, (GDestroyNotify) kaf_hub_group_free, &after);
  gboolean next = TRUE;

  while (next)
    {
      g_autoptr (KafHubGroup) read = kaf_line_reader_next (lines);
      gboolean taken;

      if (read == NULL)
        return !kaf_line_reader_is_cut (lines) || refuse ("the last line is cut", error);
      if (read->error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&read->error));
          return FALSE;
        }
      taken = kaf_hub_intake_group (intake, read, &next, error);
      kaf_hub_group_discard (g_steal_pointer (&read));
      if (!taken)
        return FALSE;
    }
  return TRUE;
}

static gboolean
refuse_to_read (GError **error)
{
  return refuse ("too much for a reader", error);
}

static gboolean
print_answer (
    KafHub *self, const KafHello *hello, KafHubIntake *intake, GString *answer, GError **error)
{
  const KafHubSession *session = intake->session;
  g_autofree char *last =
      intake->device.dseq > 0 ? kaf_op_group_print_hash (intake->device.hash) : NULL;
  const KafHello own = { .protocol = KAF_EXCHANGE_PROTOCOL,
                         .now = intake->now,
                         .cursor = hello->cursor,
                         .last = last,
                         .epoch = self->epoch,
                         .role = (char *) session->role->id,
                         .scope = (char *) session->grant };
  g_auto (KafHubFeed) feed = {
    .session = session,
    .grants = intake->grants,
    .storage = self->storage,
    .answer = answer,
    .first = intake->first,
    .writes = intake->device.dseq > 0,
    .wrote = intake->verdicts->len > 0,
    .whole = hello->whole,
  };
  g_autoptr (GPtrArray) erased =
      self->storage->klass->read_erased (self->storage, hello->erased, error);
  /* A copy is told nothing of what became of another's. */
  g_autoptr (GPtrArray) settled =
      intake->forked || session->only_reads
          ? g_ptr_array_new ()
          : kaf_hub_quarantine_list_settled (self->storage, session->device, hello->settled, error);
  KafCheckpoint checkpoint;

  if (erased == NULL || settled == NULL ||
      !kaf_hub_feed_begin (&feed, self->epoch, hello->cursor, intake->seq, error))
    return FALSE;
  if (self->is_reader && intake->seq - feed.told > READER_EDITS)
    return refuse_to_read (error);
  kaf_hello_print (&own, answer);
  kaf_verdicts_print (intake->verdicts, intake->forked ? -1 : intake->device.dseq + 1, settled,
                      answer);
  kaf_erased_print (erased, answer);
  if (self->is_reader && answer->len > self->page_size)
    return refuse_to_read (error);
  if (!kaf_hub_feed_tell_again (&feed, intake->resend, error))
    return FALSE;
  feed.limit = answer->len + self->page_size;
  if (!kaf_hub_feed_tell (&feed, intake->records, error))
    return FALSE;
  if (self->is_reader && feed.stopped)
    return refuse_to_read (error);
  checkpoint.more = feed.stopped;
  checkpoint.seen = feed.stopped ? -1 : intake->seq;
  checkpoint.cursor = kaf_hub_feed_print_cursor (&feed, self->epoch, intake->seq);
  kaf_checkpoint_print (&checkpoint, answer);
  kaf_checkpoint_clear (&checkpoint);
  return TRUE;
}

/* Within a transaction of the storage. */
static gboolean
take_exchange (KafHub *self, const KafHubExchange *exchange, GError **error)
{
  gint64 now = kaf_clock_now (self->clock) / 1000;
  const char *body = exchange->body;
  gsize size = exchange->size;
  g_autoptr (KafHubGrants) grants = kaf_hub_grants_new (exchange->session);
  g_auto (KafHello) hello = { 0 };
  g_auto (KafHubIntake) intake = { .storage = self->storage,
                                   .random = self->random,
                                   .session = exchange->session,
                                   .grants = grants,
                                   .now = now };

  if (!read_hello (&body, &size, &hello, error))
    return FALSE;
  /* A hub that was restored numbers its erasures anew: all of them are told again to who comes from before. */
  if (!kaf_hub_feed_is_of (self->epoch, hello.cursor))
    hello.erased = hello.settled = 0;
  intake.erased = hello.erased;
  intake.skew = kaf_skew_measure (hello.now, now);
  return kaf_hub_intake_begin (&intake, error) && take_groups (&intake, body, size, error) &&
         kaf_hub_intake_finish (&intake, error) &&
         print_answer (self, &hello, &intake, exchange->answer, error);
}

/* In a transaction of its own. */
static void
take_alone (KafHub *self, KafHubExchange *exchange)
{
  gsize before = exchange->answer->len;

  exchange->done =
      self->storage->klass->begin (self->storage, &exchange->error) &&
      self->storage->klass->end (self->storage, take_exchange (self, exchange, &exchange->error),
                                 &exchange->error);
  if (!exchange->done)
    g_string_truncate (exchange->answer, before);
}

/* Within a transaction of several; @before (out): where its answer begins. */
static void
take_part (KafHub *self, KafHubExchange *exchange, gsize *before)
{
  KafHubStorage *storage = self->storage;

  *before = exchange->answer->len;
  exchange->done = storage->klass->begin_part (storage, &exchange->error) &&
                   storage->klass->end_part (
                       storage, take_exchange (self, exchange, &exchange->error), &exchange->error);
  if (!exchange->done)
    g_string_truncate (exchange->answer, *before);
}

/* The storage failed: what the one brought must not be the end of the others. */
static void
take_one_by_one (KafHub *self, KafHubExchange *const *exchanges, const gsize *before, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_clear_error (&exchanges[i]->error);
      g_string_truncate (exchanges[i]->answer, before[i]);
      take_alone (self, exchanges[i]);
    }
}

guint
kaf_hub_exchange_together (KafHub *self, KafHubExchange *const *exchanges, guint n)
{
  g_autofree gsize *before = NULL;
  gsize size = 0;
  guint taken = 0;

  if (n == 1)
    {
      take_alone (self, exchanges[0]);
      return 1;
    }
  if (!self->storage->klass->begin (self->storage, &exchanges[0]->error))
    return 1;
  before = g_new0 (gsize, n);
  while (taken < n && size <= self->page_size)
    {
      take_part (self, exchanges[taken], &before[taken]);
      size += exchanges[taken]->answer->len - before[taken];
      taken++;
    }
  if (!self->storage->klass->end (self->storage, TRUE, NULL))
    take_one_by_one (self, exchanges, before, taken);
  return taken;
}

gboolean
kaf_hub_read (KafHub *self, KafHubExchange *exchange)
{
  const char *end = memchr (exchange->body, '\n', exchange->size);

  if (self->reader == NULL || exchange->size > READER_BODY || end == NULL ||
      end + 1 < exchange->body + exchange->size)
    return FALSE;
  lock_reader (self);
  self->reader->page_size = MIN (READER_PAGE, self->page_size);
  take_alone (self->reader, exchange);
  unlock_reader (self);
  g_clear_error (&exchange->error);
  return exchange->done;
}

gboolean
kaf_hub_exchange (KafHub *self,
                  const KafHubSession *session,
                  const char *body,
                  gsize size,
                  GString *answer,
                  GError **error)
{
  KafHubExchange exchange = { .session = session, .body = body, .size = size, .answer = answer };

  take_alone (self, &exchange);
  if (exchange.error != NULL)
    g_propagate_error (error, exchange.error);
  return exchange.done;
}

gboolean
kaf_hub_reconcile (KafHub *self,
                   const KafHubSession *session,
                   const char *body,
                   gsize size,
                   GString *answer,
                   KafHubCompared *compared,
                   GError **error)
{
  g_autoptr (KafHubGrants) grants = kaf_hub_grants_new (session);
  const KafHubCompare compare = { .storage = self->storage,
                                  .session = session,
                                  .grants = grants,
                                  .epoch = self->epoch,
                                  .page_size = self->page_size,
                                  .answer = answer,
                                  .compared = compared };
  gsize before = answer->len;
  gboolean done;

  *compared = (KafHubCompared){ 0 };
  if (!self->storage->klass->begin (self->storage, error))
    return FALSE;
  done = kaf_hub_compare (&compare, body, size, error);
  done = self->storage->klass->end (self->storage, done, error);
  if (!done)
    g_string_truncate (answer, before);
  return done;
}

gboolean
kaf_hub_get_figures (KafHub *self, KafHubFigures *figures, GError **error)
{
  g_autofree char *unfinished = kaf_hub_erase_find_unfinished (self->storage, NULL);

  figures->unfinished = unfinished != NULL;
  return self->storage->klass->get_figures (self->storage, figures, error);
}

gboolean
kaf_hub_back_up (KafHub *self, const char *path, GError **error)
{
  return self->storage->klass->back_up (self->storage, path, error);
}

/* The root entity and the id of what @text names. */
static gboolean
find_named (KafHub *self, const char *text, const KafEntity **root, char **id, GError **error)
{
  KafHubStorage *storage = self->storage;
  g_autofree char *entity = NULL;
  guint n_entities;
  const KafEntity *const *entities = kaf_registry_entities (&n_entities);

  *id = NULL;
  if (!storage->klass->find_ref (storage, text, &entity, id, error))
    return FALSE;
  if (*id != NULL)
    {
      *root = kaf_entity_get_root (kaf_registry_find (entity));
      return TRUE;
    }
  for (guint i = 0; i < n_entities; i++)
    {
      g_autoptr (KafHubRecord) record = NULL;

      if (entities[i]->owner != NULL || kaf_entity_has (entities[i], KAF_ENTITY_LIST))
        continue;
      if (!storage->klass->read_record (storage, entities[i], text, &record, error))
        return FALSE;
      if (record == NULL)
        continue;
      *root = entities[i];
      *id = g_strdup (text);
      return TRUE;
    }
  g_set_error (error, KAF_HUB_ERROR, KAF_HUB_ERROR_MISSING, "no such record");
  return FALSE;
}

gboolean
kaf_hub_name_scope (KafHub *self, const char *scope, char **named, GError **error)
{
  static const char *const kinds[] = { "organisation", "convention", "mission", NULL };
  g_auto (GStrv) words = g_strsplit (scope, ":", 2);
  const KafEntity *root = NULL;
  g_autofree char *id = NULL;

  *named = NULL;
  /* What is known by a code is a matter of lists; an id may be granted before its record has come. */
  if (g_strv_contains (kinds, words[0]) && words[1] != NULL && !kaf_id_is_uuid (words[1]))
    {
      if (!find_named (self, words[1], &root, &id, error))
        return FALSE;
      if (!g_str_equal (root->id, words[0]))
        {
          g_set_error (error, KAF_HUB_ERROR, KAF_HUB_ERROR_MISSING, "no such %s", words[0]);
          return FALSE;
        }
    }
  *named = id != NULL ? g_strconcat (words[0], ":", id, NULL) : g_strdup (scope);
  return TRUE;
}

/* Erasing */

/* While nobody reads what was there before. */
static gboolean
finish_unread (KafHub *self, GError **error)
{
  gboolean done;

  lock_reader (self);
  done = kaf_hub_erase_finish (self->storage, error);
  unlock_reader (self);
  return done;
}

/* What the reader read before is not to be held until it happens to read again. */
static void
forget_read (KafHub *self)
{
  lock_reader (self);
  if (self->reader != NULL)
    self->reader->storage->klass->forget (self->reader->storage);
  unlock_reader (self);
}

static gboolean
enter_owed (KafHub *self, GError **error)
{
  KafHubStorage *storage = self->storage;

  return storage->klass->begin (storage, error) &&
         storage->klass->end (storage, kaf_hub_papers_enter_owed (storage, self->ledger, error),
                              error);
}

gboolean
kaf_hub_finish_erasures (KafHub *self, GError **error)
{
  GError *local = NULL;
  g_autofree char *names = kaf_hub_erase_find_unfinished (self->storage, &local);

  if (local == NULL && names == NULL)
    return TRUE;
  if (local == NULL && enter_owed (self, &local) &&
      kaf_hub_blobs_finish_erasure (self->blobs, &local) && finish_unread (self, &local))
    {
      g_autofree char *before = g_steal_pointer (&self->finished);

      self->finished = g_strconcat (names, before, NULL);
      return TRUE;
    }
  g_set_error (error, KAF_HUB_ERROR, KAF_HUB_ERROR_UNFINISHED, "%s", local->message);
  g_error_free (local);
  return FALSE;
}

/* Whether @text names a record that was erased. Its reference went with it: that is known no longer than it takes
 * to finish. */
static gboolean
was_erased (KafHub *self, const char *text, gboolean *erased, GError **error)
{
  g_autofree char *unfinished = kaf_hub_erase_find_unfinished (self->storage, NULL);
  guint n_entities;
  const KafEntity *const *entities = kaf_registry_entities (&n_entities);

  *erased = kaf_hub_erase_names (unfinished, text) || kaf_hub_erase_names (self->finished, text);
  for (guint i = 0; !*erased && i < n_entities; i++)
    if (entities[i]->owner == NULL &&
        !self->storage->klass->is_erased (self->storage, entities[i]->id, text, erased, error))
      return FALSE;
  return TRUE;
}

/* One that was erased before is finished, and nothing is missing. */
static gboolean
erase_again (KafHub *self, const char *id, GError **error)
{
  gboolean erased;

  if (!was_erased (self, id, &erased, error))
    return FALSE;
  if (erased)
    return kaf_hub_finish_erasures (self, error);
  g_set_error (error, KAF_HUB_ERROR, KAF_HUB_ERROR_MISSING, "no such record");
  return FALSE;
}

/* @at: the moment of the order, by which it is found. */
static gboolean
erase_at (KafHub *self, const char *id, gint64 at, guint *n, GPtrArray *kept, GError **error)
{
  g_autoptr (GPtrArray) victims = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_erased_free);
  g_autofree char *found = NULL;
  const KafEntity *root;
  g_autoptr (GError) local = NULL;
  gboolean done;

  *n = 0;
  if (!self->storage->klass->begin (self->storage, error))
    return FALSE;
  done = find_named (self, id, &root, &found, &local) &&
         kaf_hub_erase_record (self->storage, self->ledger, root, found, id, at, victims, kept,
                               &local) &&
         kaf_hub_orders_note_done (self->storage, id, victims, kept, at, &local);
  if (self->storage->klass->end (self->storage, done, &local))
    {
      *n = victims->len;
      forget_read (self);
      return kaf_hub_finish_erasures (self, error);
    }
  kaf_hub_erase_withdraw (self->ledger, victims, at);
  if (g_error_matches (local, KAF_HUB_ERROR, KAF_HUB_ERROR_MISSING))
    return erase_again (self, id, error);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

gboolean
kaf_hub_erase (KafHub *self, const char *id, guint *n, GPtrArray *kept, GError **error)
{
  g_autoptr (GPtrArray) own = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_record_unref);

  return erase_at (self, id, kaf_clock_now (self->clock), n, kept != NULL ? kept : own, error);
}

/* What @text names, where it lies where the orders of the session reach. @seen (nullable): the id that it is to have. */
static gboolean
find_reached (KafHub *self,
              const KafHubSession *session,
              const char *text,
              const char *seen,
              const KafEntity **root,
              char **id,
              GError **error)
{
  g_autoptr (KafHubGrants) grants = kaf_hub_grants_new (session);
  g_autoptr (KafHubRecord) record = NULL;
  KafHubStanding standing = { 0 };

  if (!find_named (self, text, root, id, error) ||
      !self->storage->klass->read_record (self->storage, *root, *id, &record, error))
    return FALSE;
  if (record != NULL)
    kaf_hub_grants_reach (grants, *root, record->scopes, &standing);
  if (standing.now && (seen == NULL || g_str_equal (*id, seen)))
    return TRUE;
  g_set_error (error, KAF_HUB_ERROR, KAF_HUB_ERROR_MISSING, "no such record");
  return FALSE;
}

gboolean
kaf_hub_order_erasure (KafHub *self,
                       const KafHubSession *session,
                       const char *id,
                       const char *seen,
                       const char *reason,
                       guint *n,
                       GError **error)
{
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_record_unref);
  gint64 at = kaf_clock_now (self->clock);
  g_autoptr (GError) local = NULL;
  g_autofree char *found = NULL;
  const KafEntity *root;
  gboolean done;

  *n = 0;
  if (!self->storage->klass->begin (self->storage, error))
    return FALSE;
  done = find_reached (self, session, id, seen, &root, &found, &local) &&
         kaf_hub_orders_note (self->storage, session->user, id, reason, at, &local);
  if (self->storage->klass->end (self->storage, done, &local))
    return erase_at (self, id, at, n, kept, error);
  /* What was erased is told to every device: it may be told here, wherever it stood. */
  if (g_error_matches (local, KAF_HUB_ERROR, KAF_HUB_ERROR_MISSING))
    return erase_again (self, seen != NULL ? seen : id, error);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Nothing of it stays: what is looked at is written, and taken back. */
gboolean
kaf_hub_foresee_erasure (
    KafHub *self, const KafHubSession *session, const char *id, GString *lines, GError **error)
{
  KafHubStorage *storage = self->storage;
  g_autoptr (GPtrArray) victims = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_erased_free);
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_record_unref);
  g_autoptr (KafHubGrants) grants = kaf_hub_grants_new (session);
  g_autofree char *found = NULL;
  const KafEntity *root;
  gsize before = lines->len;
  gboolean done;

  if (!storage->klass->begin (storage, error))
    return FALSE;
  done = find_reached (self, session, id, NULL, &root, &found, error) &&
         kaf_hub_erase_foresee (storage, root, found, kaf_clock_now (self->clock), victims, kept,
                                error) &&
         kaf_hub_erasures_print_foreseen (storage, victims, lines, error) &&
         kaf_hub_erasures_print_kept (storage, grants, kept, lines, error);
  storage->klass->end (storage, FALSE, NULL);
  if (!done)
    g_string_truncate (lines, before);
  return done;
}

/* Within a transaction. */
static gboolean
print_erasures (KafHub *self,
                const KafHubSession *session,
                const guint64 *devices,
                guint n_devices,
                GString **receipts,
                GString *lines,
                GError **error)
{
  g_autoptr (KafHubGrants) grants = kaf_hub_grants_new (session);
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));

  return kaf_hub_erasures_print (self->storage, session, grants, numbers, lines, error) &&
         kaf_hub_erasures_print_receipts (self->storage, numbers, devices, n_devices, receipts,
                                          error);
}

gboolean
kaf_hub_print_erasures (KafHub *self,
                        const KafHubSession *session,
                        const guint64 *devices,
                        guint n_devices,
                        GString **receipts,
                        GString *lines,
                        GError **error)
{
  KafHub *asked = self->reader != NULL ? self->reader : self;
  gboolean done;

  lock_reader (self);
  done = asked->storage->klass->begin (asked->storage, error) &&
         asked->storage->klass->end (
             asked->storage,
             print_erasures (asked, session, devices, n_devices, receipts, lines, error), error);
  unlock_reader (self);
  return done;
}

/* Kept aside */

gboolean
kaf_hub_count_quarantine (KafHub *self, gint64 *n, GError **error)
{
  return kaf_hub_quarantine_count (self->storage, n, error);
}

gboolean
kaf_hub_print_quarantine (
    KafHub *self, const KafHubSession *session, guint limit, GString *lines, GError **error)
{
  KafHub *asked = self->reader != NULL ? self->reader : self;
  KafHubStorage *storage = asked->storage;
  gboolean done;

  lock_reader (self);
  done = storage->klass->begin (storage, error) &&
         storage->klass->end (
             storage, kaf_hub_quarantine_print (storage, session, limit, lines, error), error);
  unlock_reader (self);
  return done;
}

gboolean
kaf_hub_settle (KafHub *self,
                const KafHubSession *session,
                const KafHubSettlement *settlement,
                char **why,
                char **field,
                GError **error)
{
  KafHubStorage *storage = self->storage;

  *why = *field = NULL;
  return storage->klass->begin (storage, error) &&
         storage->klass->end (storage,
                              kaf_hub_quarantine_settle (storage, self->random, session, settlement,
                                                         kaf_clock_now (self->clock) / 1000, why,
                                                         field, error),
                              error);
}

/* Numbers of papers */

/* Persons looked at while nobody is answered. */
#define CLEANED_AT_ONCE 100

gboolean
kaf_hub_ask_papers (KafHub *self,
                    const KafHubSession *session,
                    const KafHubPapersAsk *ask,
                    GString *answer,
                    KafHubPapersRefusal *refusal,
                    GError **error)
{
  KafHubStorage *storage = self->storage;
  const KafHubPapers papers = { .storage = storage,
                                .clock = self->clock,
                                .random = self->random,
                                .session = session,
                                .ledger = self->ledger,
                                .now = kaf_clock_now (self->clock) };
  gsize before = answer->len;
  gboolean gone = FALSE;
  gboolean done =
      storage->klass->begin (storage, error) &&
      storage->klass->end (
          storage, kaf_hub_papers_carry_out (&papers, ask, answer, refusal, &gone, error), error);

  if (!done)
    g_string_truncate (answer, before);
  /* What fails here is tried again every hour, and the status tells. */
  else if (gone)
    kaf_hub_finish_erasures (self, NULL);
  return done;
}

gboolean
kaf_hub_find_due (KafHub *self, gint64 *due, GError **error)
{
  KafHubStorage *storage = self->storage;

  return storage->klass->begin (storage, error) &&
         storage->klass->end (
             storage, kaf_hub_steady_look (storage, kaf_clock_now (self->clock), due, error),
             error);
}

gboolean
kaf_hub_clean_papers (KafHub *self, gint64 due, char **after, GError **error)
{
  KafHubStorage *storage = self->storage;

  return storage->klass->begin (storage, error) &&
         storage->klass->end (
             storage, kaf_hub_papers_clean (storage, due, after, CLEANED_AT_ONCE, error), error);
}

gboolean
kaf_hub_prune_settled (KafHub *self, gint64 due, guint *n, GError **error)
{
  KafHubStorage *storage = self->storage;

  return storage->klass->begin (storage, error) &&
         storage->klass->end (storage, kaf_hub_quarantine_prune (storage, due / 1000, n, error),
                              error);
}

gboolean
kaf_hub_print_aggregates (KafHub *self, const KafHubSession *session, GString *json, GError **error)
{
  g_autoptr (KafHubGrants) grants = kaf_hub_grants_new (session);
  g_autofree char *of = NULL;
  KafHubFigures figures = { 0 };
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean done;

  if (!kaf_hub_get_figures (self, &figures, error))
    return FALSE;
  of = g_strdup_printf ("%s %s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, self->epoch,
                        grants->version, figures.seq, figures.n_erased);
  if (g_strcmp0 (of, self->aggregates_of) == 0)
    {
      g_string_append (json, self->aggregates);
      return TRUE;
    }
  if (!self->storage->klass->begin (self->storage, error))
    return FALSE;
  done = kaf_hub_aggregates_print (self->storage, grants, text, error);
  if (!self->storage->klass->end (self->storage, done, error))
    return FALSE;
  g_string_append_len (json, text->str, text->len);
  g_free (self->aggregates);
  g_free (self->aggregates_of);
  self->aggregates = g_strdup (text->str);
  self->aggregates_of = g_steal_pointer (&of);
  return TRUE;
}

/* Numbers that were given after the backup are never given again: a device that has read up to one of
 * them has not read what follows from here. */
#define NUMBERS_LEFT_OUT (G_GINT64_CONSTANT (1) << 32)

/* Who had read one of them knew what is not here any more. */
static gboolean
write_lost (KafHub *self, const char *from, const char *until, GError **error)
{
  const KafHubStorageClass *klass = self->storage->klass;
  GError *local = NULL;
  g_autofree char *before = klass->get_meta (self->storage, KAF_HUB_LOST, &local);
  g_autofree char *now =
      g_strdup_printf ("%s%s %s\n", before != NULL ? before : "", from != NULL ? from : "0", until);

  if (local == NULL)
    return klass->set_meta (self->storage, KAF_HUB_LOST, now, error);
  g_propagate_error (error, local);
  return FALSE;
}

static void
set_epoch (KafHub *self, const char *epoch)
{
  g_free (self->epoch);
  self->epoch = g_strdup (epoch);
}

static gboolean
write_epoch (KafHub *self, const char *epoch, GError **error)
{
  const KafHubStorageClass *klass = self->storage->klass;
  g_autofree char *seq = klass->get_meta (self->storage, "seq", error);
  g_autofree char *next = g_strdup_printf (
      "%" G_GINT64_FORMAT, (seq != NULL ? g_ascii_strtoll (seq, NULL, 10) : 0) + NUMBERS_LEFT_OUT);

  return write_lost (self, seq, next, error) &&
         klass->set_meta (self->storage, "seq", next, error) &&
         klass->set_meta (self->storage, "epoch", epoch, error);
}

/* Nobody is told of what the file does not hold: neither before it stands there, nor when it failed. */
gboolean
kaf_hub_begin_anew (KafHub *self, GError **error)
{
  g_autofree char *epoch =
      g_strdup_printf ("%016" G_GINT64_MODIFIER "x", kaf_random_u64 (self->random));
  gboolean done;

  lock_reader (self);
  done = self->storage->klass->begin (self->storage, error) &&
         self->storage->klass->end (self->storage, write_epoch (self, epoch, error), error);
  if (done)
    set_epoch (self, epoch);
  if (done && self->reader != NULL)
    set_epoch (self->reader, epoch);
  unlock_reader (self);
  return done;
}

gboolean
kaf_hub_set_production (KafHub *self, gboolean production, GError **error)
{
  KafHubStorage *storage = self->storage;

  return storage->klass->begin (storage, error) &&
         storage->klass->end (
             storage,
             storage->klass->set_meta (storage, KAF_HUB_PRODUCTION, production ? "1" : "0", error),
             error);
}

gboolean
kaf_hub_is_production (KafHub *self)
{
  g_autofree char *text = self->storage->klass->get_meta (self->storage, KAF_HUB_PRODUCTION, NULL);

  return g_strcmp0 (text, "1") == 0;
}
