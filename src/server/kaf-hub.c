/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/kaf-hub.h"

#include "schema/kaf-registry.h"
#include "server/kaf-hub-erase.h"
#include "server/kaf-hub-intake.h"
#include "sync/kaf-exchange.h"
#include "sync/kaf-skew.h"

/* A page of the answer, in bytes, but for what its last record adds. */
#define PAGE_SIZE (4 * 1024 * 1024)

struct _KafHub
{
  KafHubStorage *storage;
  KafClock *clock;
  KafRandom *random;
  char *epoch;
  char *ledger; /* path of what was erased */
  gsize page_size;
};

/* What is told to one device. */
typedef struct
{
  const KafHubSession *session;
  KafHubStorage *storage;
  GString *answer;
  gint64 after;     /* the number up to which the device has read all */
  gint64 told;      /* up to which this reading, of several pages, has come */
  gsize limit;      /* of the answer */
  gboolean whole;   /* what the device wrote itself is told, too */
  gboolean stopped; /* the page is full */
} Feed;

G_DEFINE_QUARK (kaf_hub_error_quark, kaf_hub_error)

static gboolean
replay (KafHub *self, GError **error)
{
  gboolean done;

  if (!self->storage->klass->begin (self->storage, error))
    return FALSE;
  done = kaf_hub_erase_replay (self->storage, self->ledger, kaf_clock_now (self->clock), error);
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
  self->epoch = storage->klass->get_meta (storage, "epoch", error);
  if (self->epoch != NULL && replay (self, error))
    return self;
  kaf_hub_close (self);
  return NULL;
}

void
kaf_hub_close (KafHub *self)
{
  if (self == NULL)
    return;
  self->storage->klass->close (self->storage);
  g_free (self->epoch);
  g_free (self->ledger);
  g_free (self);
}

void
kaf_hub_set_page_size (KafHub *self, gsize size)
{
  self->page_size = size;
}

/* Telling */

/* Copies to @part what the role may see of what changed. FALSE: there is nothing to tell. */
static gboolean
fill_part (const Feed *self, const KafHubPart *kept, gboolean whole, KafFeedPart *part)
{
  const KafEntity *entity = kaf_record_get_entity (kept->record);
  const KafStamp *stamp = kaf_record_get_stamp (kept->record);
  KafStamp *told = kaf_record_get_stamp (part->record);
  gboolean any = FALSE;

  for (guint i = 0; entity->fields[i].id != NULL; i++)
    {
      const KafMark *mark = &kept->marks[i];

      /* Who is told the whole learns too what was never written: he may have tried to. */
      if (!kaf_role_can_read (self->session->role, &entity->fields[i]) ||
          (!whole && (mark->seq <= self->after || mark->device == self->session->device)))
        continue;
      kaf_record_set_at (part->record, i, kaf_record_get_at (kept->record, i));
      any = TRUE;
    }
  part->tells_fate =
      whole || (kept->fate.seq > self->after && kept->fate.device != self->session->device);
  *told = (KafStamp){ stamp->created_at, stamp->updated_at, stamp->deleted_at,
                      g_strdup (stamp->created_by), g_strdup (stamp->updated_by) };
  kaf_record_set_ref (part->record, kaf_record_get_ref (kept->record));
  part->aliases = g_ptr_array_ref (kept->aliases);
  return any || part->tells_fate;
}

static void
tell (Feed *self, KafHubRecord *record, gboolean whole)
{
  g_autoptr (KafFeedRow) row = kaf_feed_row_new (record->root, record->id, whole);

  for (guint i = 0; i < record->parts->len; i++)
    {
      const KafHubPart *kept = g_ptr_array_index (record->parts, i);
      KafFeedPart *part = kaf_feed_row_add (row, kaf_record_get_entity (kept->record));

      if (!fill_part (self, kept, whole, part))
        g_ptr_array_remove_index (row->parts, row->parts->len - 1);
    }
  if (row->parts->len > 0)
    kaf_feed_row_print (row, self->answer);
}

static gboolean
tell_next (KafHubRecord *record, gpointer data, GError **error)
{
  Feed *self = data;

  if (self->answer->len > self->limit)
    {
      self->stopped = TRUE;
      return FALSE;
    }
  tell (self, record, self->whole);
  self->told = record->seq;
  return TRUE;
}

static gboolean
tell_again (Feed *self, GHashTable *resend, GError **error)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, resend);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      g_auto (GStrv) words = g_strsplit (key, "\t", 2);
      const KafEntity *root = kaf_registry_find (words[0]);
      g_autoptr (KafHubRecord) record = NULL;

      if (root == NULL)
        continue;
      if (!self->storage->klass->read_record (self->storage, root, words[1], &record, error))
        return FALSE;
      if (record != NULL)
        tell (self, record, TRUE);
    }
  return TRUE;
}

/* Asking */

static gboolean
refuse (const char *what, GError **error)
{
  g_set_error (error, KAF_HUB_ERROR, KAF_HUB_ERROR_REQUEST, "%s", what);
  return FALSE;
}

/* "EPOCH.AFTER"; between two pages "EPOCH.AFTER.TOLD": a record that is still to be told may hold fields
 * that were written before those of the records already told. Of another epoch, or beyond what there
 * is, the hub was restored: all is told again. */
static void
read_cursor (KafHub *self, const char *cursor, gint64 last, Feed *feed)
{
  g_autofree char *start = g_strconcat (self->epoch, ".", NULL);
  char *rest;

  feed->after = feed->told = 0;
  if (cursor == NULL || !g_str_has_prefix (cursor, start))
    return;
  feed->after = feed->told = g_ascii_strtoll (cursor + strlen (start), &rest, 10);
  if (*rest == '.')
    feed->told = g_ascii_strtoll (rest + 1, NULL, 10);
  if (feed->after < 0 || feed->told < feed->after || feed->told > last)
    feed->after = feed->told = 0;
}

static char *
print_cursor (KafHub *self, const Feed *feed, gint64 last)
{
  return feed->stopped ? g_strdup_printf ("%s.%" G_GINT64_FORMAT ".%" G_GINT64_FORMAT, self->epoch,
                                          feed->after, feed->told)
                       : g_strdup_printf ("%s.%" G_GINT64_FORMAT, self->epoch, last);
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

static gboolean
take_groups (KafHubIntake *intake, const char *body, gsize size, GError **error)
{
  const char *line;
  gsize length;
  gboolean next = TRUE;

  while (next && (line = kaf_exchange_next (&body, &size, &length)) != NULL)
    {
      g_autoptr (GError) local = NULL;
      g_autoptr (KafOpGroup) group = kaf_op_group_parse (line, length, &local);

      if (group == NULL)
        return refuse (local->message, error);
      if (group->schema > KAF_SCHEMA_VERSION)
        {
          g_set_error (error, KAF_HUB_ERROR, KAF_HUB_ERROR_VERSION, "schema %" G_GINT64_FORMAT,
                       group->schema);
          return FALSE;
        }
      if (!kaf_hub_intake_group (intake, group, &next, error))
        return FALSE;
    }
  return size == 0 || !next || refuse ("the last line is cut", error);
}

static gboolean
print_answer (
    KafHub *self, const KafHello *hello, KafHubIntake *intake, GString *answer, GError **error)
{
  const KafHello own = { KAF_EXCHANGE_PROTOCOL, intake->now, hello->cursor, self->epoch, 0 };
  Feed feed = {
    .session = intake->session, .storage = self->storage, .answer = answer, .whole = hello->whole
  };
  g_autoptr (GPtrArray) erased =
      self->storage->klass->read_erased (self->storage, hello->erased, error);
  KafCheckpoint checkpoint;

  if (erased == NULL)
    return FALSE;
  read_cursor (self, hello->cursor, intake->seq, &feed);
  kaf_hello_print (&own, answer);
  kaf_verdicts_print (intake->verdicts, intake->forked ? -1 : intake->device.dseq + 1, answer);
  kaf_erased_print (erased, answer);
  if (!tell_again (&feed, intake->resend, error))
    return FALSE;
  feed.limit = answer->len + self->page_size;
  if (!self->storage->klass->read_feed (self->storage, feed.told, intake->records, tell_next, &feed,
                                        error))
    return FALSE;
  checkpoint.more = feed.stopped;
  checkpoint.seen = feed.stopped ? -1 : intake->seq;
  checkpoint.cursor = print_cursor (self, &feed, intake->seq);
  kaf_checkpoint_print (&checkpoint, answer);
  kaf_checkpoint_clear (&checkpoint);
  return TRUE;
}

gboolean
kaf_hub_exchange (KafHub *self,
                  const KafHubSession *session,
                  const char *body,
                  gsize size,
                  GString *answer,
                  GError **error)
{
  gint64 now = kaf_clock_now (self->clock) / 1000;
  g_auto (KafHello) hello = { 0 };
  g_auto (KafHubIntake)
      intake = { .storage = self->storage, .random = self->random, .session = session, .now = now };
  gsize before = answer->len;
  gboolean done;

  if (!read_hello (&body, &size, &hello, error))
    return FALSE;
  intake.erased = hello.erased;
  intake.skew = kaf_skew_measure (hello.now, now);
  if (!self->storage->klass->begin (self->storage, error))
    return FALSE;
  done = kaf_hub_intake_begin (&intake, error) && take_groups (&intake, body, size, error) &&
         kaf_hub_intake_finish (&intake, error) &&
         print_answer (self, &hello, &intake, answer, error);
  done = self->storage->klass->end (self->storage, done, error);
  if (!done)
    g_string_truncate (answer, before);
  return done;
}

gboolean
kaf_hub_get_figures (KafHub *self, KafHubFigures *figures, GError **error)
{
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
kaf_hub_erase (KafHub *self, const char *id, guint *n, GError **error)
{
  g_autoptr (GPtrArray) victims = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_erased_free);
  g_autofree char *found = NULL;
  const KafEntity *root;
  gboolean done;

  if (!self->storage->klass->begin (self->storage, error))
    return FALSE;
  done = find_named (self, id, &root, &found, error) &&
         kaf_hub_erase_record (self->storage, self->ledger, root, found,
                               kaf_clock_now (self->clock), victims, error);
  *n = victims->len;
  return self->storage->klass->end (self->storage, done, error) &&
         self->storage->klass->scrub (self->storage, error);
}

/* Numbers that were given after the backup are never given again: a device that has read up to one of
 * them has not read what follows from here. */
#define NUMBERS_LEFT_OUT (G_GINT64_CONSTANT (1) << 32)

static gboolean
write_epoch (KafHub *self, GError **error)
{
  const KafHubStorageClass *klass = self->storage->klass;
  g_autofree char *seq = klass->get_meta (self->storage, "seq", error);
  g_autofree char *epoch =
      g_strdup_printf ("%016" G_GINT64_MODIFIER "x", kaf_random_u64 (self->random));
  g_autofree char *next = g_strdup_printf (
      "%" G_GINT64_FORMAT, (seq != NULL ? g_ascii_strtoll (seq, NULL, 10) : 0) + NUMBERS_LEFT_OUT);

  if (!klass->set_meta (self->storage, "seq", next, error) ||
      !klass->set_meta (self->storage, "epoch", epoch, error))
    return FALSE;
  g_free (self->epoch);
  self->epoch = g_steal_pointer (&epoch);
  return TRUE;
}

gboolean
kaf_hub_begin_anew (KafHub *self, GError **error)
{
  return self->storage->klass->begin (self->storage, error) &&
         self->storage->klass->end (self->storage, write_epoch (self, error), error);
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
