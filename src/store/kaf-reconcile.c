/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-reconcile.h"

#include <string.h>

#include "schema/kaf-registry.h"
#include "store/kaf-drafts.h"
#include "store/kaf-duplicates.h"
#include "store/kaf-read-private.h"
#include "store/kaf-reconcile-digests.h"
#include "store/kaf-reconcile-links.h"
#include "store/kaf-reconcile-sweep.h"
#include "store/kaf-refusals.h"
#include "store/kaf-sync-private.h"
#include "store/kaf-sync-state.h"
#include "store/kaf-transaction-private.h"
#include "sync/kaf-compare.h"

/* Records of one request, so that it stays small: the hub takes some fifty thousand. */
#define HELD_MAX 10000

#define DAY (G_GINT64_CONSTANT (24 * 60 * 60) * G_USEC_PER_SEC)
#define WEEK (7 * DAY)

struct _KafReconcile
{
  char *cursor; /* up to which this store had read when it began */
  gint64 erased, acked;
  KafReconcileKeys *keys;
  GHashTable *held_back;    /* set of ids that are not sent yet; nullable */
  GHashTable *refused;      /* set of ids of which the hub refused something */
  KafReconcileLinks *links; /* NULL: nothing was fetched yet */
  KafReconcileResult result;

  /* The stretch that is under way. */
  KafComparePlace after, until;
  guint first, end; /* of the keys: its own */
  GArray *digests;  /* of guint64, of those */
  guint schema, classes;
  guint8 buckets[KAF_COMPARE_BUCKET_BYTES]; /* that differ */
  gboolean again;                           /* it was mended, and is looked at again */
  guint n_mended;                           /* in it */
  GHashTable *touched;                      /* set of KafEntity: of what was mended in it */
  gboolean swept;                           /* what has no head is gone */

  /* Of it, what is told of record by record. */
  gboolean tells;
  KafComparePlace from, to;
};

guint
kaf_reconcile_count_mended (const KafReconcileResult *result)
{
  return result->n_fetched + result->n_renewed + result->n_dropped;
}

const KafReconcileResult *
kaf_reconcile_get_result (const KafReconcile *self)
{
  return &self->result;
}

gboolean
kaf_reconcile_writes (const KafReconcile *self)
{
  return self->tells;
}

static void
copy_place (KafComparePlace *self, const KafComparePlace *from)
{
  kaf_compare_place_set (self, from->entity, from->id);
}

void
kaf_reconcile_free (KafReconcile *self)
{
  if (self == NULL)
    return;
  g_free (self->cursor);
  g_clear_pointer (&self->keys, kaf_reconcile_keys_free);
  g_clear_pointer (&self->held_back, g_hash_table_unref);
  g_clear_pointer (&self->refused, g_hash_table_unref);
  g_clear_pointer (&self->links, kaf_reconcile_links_free);
  g_array_unref (self->digests);
  g_hash_table_unref (self->touched);
  kaf_compare_place_clear (&self->after);
  kaf_compare_place_clear (&self->until);
  kaf_compare_place_clear (&self->from);
  kaf_compare_place_clear (&self->to);
  g_free (self);
}

KafReconcile *
kaf_reconcile_new (KafDatabase *db, GError **error)
{
  g_autoptr (KafReconcile) self = g_new0 (KafReconcile, 1);
  g_auto (KafSyncState) state = { 0 };

  self->digests = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->touched = g_hash_table_new (NULL, NULL);
  if (!kaf_sync_state_read (db, &state, error))
    return NULL;
  self->cursor = g_strdup (state.cursor != NULL ? state.cursor : "");
  self->erased = state.erased;
  self->acked = state.acked;
  self->held_back = kaf_duplicates_get_held (db);
  self->keys = kaf_reconcile_keys_read (db, error);
  if (self->keys != NULL)
    self->refused = kaf_refusals_list_ids (db, error);
  return self->refused != NULL ? g_steal_pointer (&self) : NULL;
}

/* Asking */

/* Whether something of the record is to be sent. */
static gboolean
waits (const KafReconcile *self, KafDatabase *db, const char *id, gint64 rid)
{
  g_autofree char *device =
      g_strdup_printf ("%016" G_GINT64_MODIFIER "x", kaf_sync_get_device (db));
  g_autoptr (KafStatement) statement = NULL;

  if (self->held_back != NULL && g_hash_table_contains (self->held_back, id))
    return TRUE;
  statement = kaf_database_prepare (db,
                                    "SELECT 1 FROM op o JOIN op_group g ON g.seq = o.seq"
                                    " WHERE o.rid = ? AND g.device = ? AND g.dseq > ? LIMIT 1",
                                    NULL);
  if (statement == NULL)
    return TRUE;
  sqlite3_bind_int64 (statement, 1, rid);
  kaf_statement_bind_text (statement, 2, device);
  sqlite3_bind_int64 (statement, 3, self->acked);
  return kaf_database_step (db, statement, NULL);
}

/* How many keys stand before what follows that place. */
static guint
count_before (const KafReconcile *self, const KafComparePlace *place)
{
  return place->entity != NULL ? kaf_reconcile_keys_find (self->keys, place->entity, place->id) : 0;
}

/* What is here of the buckets that differ, from @self->from on. The request goes up to @self->to. */
static void
print_held (KafReconcile *self, KafDatabase *db, GString *body)
{
  guint n = 0, begin = count_before (self, &self->from);

  for (guint i = begin; i < self->end; i++)
    {
      const KafReconcileKey *key = kaf_reconcile_keys_get (self->keys, i);
      KafCompareHeld held = { .entity = (char *) key->root->id,
                              .id = (char *) key->id,
                              .digest = g_array_index (self->digests, guint64, i - self->first) };

      if (key->root->since > self->schema ||
          !kaf_compare_has_bucket (self->buckets, kaf_compare_find_bucket (key->id)))
        continue;
      held.waits = waits (self, db, key->id, key->rid);
      held.own = g_hash_table_contains (self->refused, key->id);
      kaf_compare_held_print (&held, body);
      if (++n < HELD_MAX)
        continue;
      kaf_compare_place_set (&self->to, key->root->id, key->id);
      return;
    }
  copy_place (&self->to, &self->until);
}

void
kaf_reconcile_print (KafReconcile *self, KafDatabase *db, GString *body)
{
  KafCompareAsk ask = {
    .schema = db->schema,
    .cursor = self->cursor,
    .erased = self->erased,
    .after = self->tells ? self->from : self->after,
    .tells = self->tells,
  };
  g_autoptr (GString) held = g_string_new (NULL);

  if (self->tells)
    print_held (self, db, held);
  ask.until = self->to;
  memcpy (ask.buckets, self->buckets, sizeof ask.buckets);
  kaf_compare_ask_print (&ask, body);
  g_string_append_len (body, held->str, (gssize) held->len);
}

/* Sums */

static gboolean
sum_up (KafReconcile *self, KafDatabase *db, guint64 *sums, GError **error)
{
  guint64 digest;

  self->first = count_before (self, &self->after);
  self->end = kaf_reconcile_keys_find (self->keys, self->until.entity, self->until.id);
  g_array_set_size (self->digests, 0);
  for (guint i = self->first; i < self->end; i++)
    {
      if (!kaf_reconcile_keys_digest (self->keys, db, i, self->schema, self->classes, &digest,
                                      error))
        return FALSE;
      g_array_append_val (self->digests, digest);
      sums[kaf_compare_find_bucket (kaf_reconcile_keys_get (self->keys, i)->id)] += digest;
    }
  if (!self->again)
    self->result.n_compared += self->end - self->first;
  return TRUE;
}

/* The next stretch; @done: there is none. */
static void
go_on (KafReconcile *self, gboolean *done)
{
  self->again = FALSE;
  self->n_mended = 0;
  *done = self->until.entity == NULL;
  copy_place (&self->after, &self->until);
}

static gboolean
take_sums (KafReconcile *self,
           KafDatabase *db,
           const KafCompareAnswer *answer,
           gboolean *done,
           GError **error)
{
  guint64 sums[KAF_COMPARE_BUCKETS] = { 0 };

  self->schema = (guint) MIN (answer->schema, db->schema);
  self->classes = (guint) answer->reads;
  copy_place (&self->until, &answer->until);
  if (!sum_up (self, db, sums, error))
    return FALSE;
  memset (self->buckets, 0, sizeof self->buckets);
  for (guint i = 0; i < KAF_COMPARE_BUCKETS; i++)
    if (sums[i] != answer->sums[i])
      {
        kaf_compare_add_bucket (self->buckets, i);
        self->tells = TRUE;
      }
  copy_place (&self->from, &self->after);
  if (!self->tells)
    go_on (self, done);
  return TRUE;
}

/* Records */

typedef struct
{
  KafReconcile *of;
  KafDatabase *db;
  KafTransaction *tx;
  KafOutbox *outbox;
  KafDrop *drop;
  KafReconcileResult found;
} Mending;

static gboolean
is_told (const KafFeedRow *row, const KafEntity *entity)
{
  for (guint i = 0; i < row->parts->len; i++)
    if (kaf_record_get_entity (((KafFeedPart *) g_ptr_array_index (row->parts, i))->record) ==
        entity)
      return TRUE;
  return FALSE;
}

/* Whether something is here that is not told, or the head of the record stands alone. A facet that the hub refused stays. */
static gboolean
has_other_parts (Mending *self, const KafFeedRow *row, gint64 rid, gboolean is_own)
{
  g_autoptr (KafRecord) top = kaf_read_scalars (self->db, row->root, rid, row->id, NULL);
  gboolean other = top == NULL;
  const KafEntity *facet;

  for (guint bit = 1;
       !other && !is_own && (facet = kaf_registry_find_facet (row->root, bit)) != NULL; bit <<= 1)
    {
      g_autoptr (KafRecord) part = kaf_read_scalars (self->db, facet, rid, row->id, NULL);

      other = part != NULL && facet->since <= self->of->schema && !is_told (row, facet);
    }
  return other;
}

/* It is not here; if it once was, the number that it is about to have is that by which the journal will know it. */
static gboolean
prepare_fetched (Mending *self, const KafFeedRow *row, GError **error)
{
  KafReconcile *of = self->of;

  if (of->links == NULL)
    of->links = kaf_reconcile_links_read (self->db, error);
  if (of->links == NULL)
    return FALSE;
  if (!kaf_reconcile_links_has (of->links, row->root, row->id))
    return TRUE;
  self->tx->renewed = self->tx->next_rid++;
  if (!kaf_reconcile_links_write (of->links, self->db, row->root, row->id, self->tx->renewed,
                                  error))
    return FALSE;
  kaf_outbox_bring_back (self->outbox, row->id, self->tx->renewed);
  return TRUE;
}

/* What was typed since it was asked is left alone too. */
static gboolean
take_row (Mending *self, const KafFeedRow *row, GError **error)
{
  KafReconcile *of = self->of;
  gint64 rid = row->root != NULL ? kaf_database_find_rid (self->db, row->root, row->id) : 0;
  gboolean is_own;

  if (row->root == NULL || (rid > 0 && waits (of, self->db, row->id, rid)))
    return TRUE;
  is_own = g_hash_table_contains (of->refused, row->id);
  g_hash_table_add (of->touched, (gpointer) row->root);
  if (row->dropped)
    {
      self->found.n_dropped += rid > 0 && !is_own;
      return rid == 0 || is_own || kaf_transaction_drop (self->tx, self->drop, row, error);
    }
  self->found.n_fetched += rid == 0;
  self->found.n_renewed += rid > 0 && !is_own;
  if (rid > 0 && !kaf_one_restore (self->tx->one, row->root, rid, row->id, error))
    return FALSE;
  if (rid > 0 && has_other_parts (self, row, rid, is_own) &&
      !kaf_transaction_renew (self->tx, row->root, row->id, error))
    return FALSE;
  if (rid == 0 && !prepare_fetched (self, row, error))
    return FALSE;
  for (guint i = 0; i < row->parts->len; i++)
    if (!kaf_transaction_take (self->tx, g_ptr_array_index (row->parts, i), kaf_outbox_holds,
                               self->outbox, error))
      return FALSE;
  /* One that was erased here is not taken. */
  self->tx->renewed = 0;
  return TRUE;
}

static gboolean
take_rows (Mending *self, const char *text, gsize size, KafCompareEnd *end, GError **error)
{
  const char *line;
  gsize length;

  while ((line = kaf_exchange_next (&text, &size, &length)) != NULL)
    {
      g_autoptr (KafFeedRow) row = NULL;
      GError *local = NULL;

      if (kaf_compare_end_parse (line, length, end, &local))
        return TRUE;
      if (local == NULL)
        row = kaf_feed_row_parse (line, length, &local);
      if (row == NULL)
        {
          g_propagate_error (error, local);
          return FALSE;
        }
      if (!take_row (self, row, error))
        return FALSE;
    }
  g_set_error (error, KAF_SYNC_ERROR, KAF_SYNC_ERROR_GRAMMAR, "the answer ends early");
  return FALSE;
}

/* The store has read on since the comparison began: what is told is not what it should hold any more. */
static gboolean
has_moved (const KafReconcile *self, KafDatabase *db)
{
  g_autofree char *cursor = kaf_local_get (db, KAF_SYNC_CURSOR);

  return g_strcmp0 (cursor, self->cursor) != 0;
}

static void
add_found (KafReconcile *self, const KafReconcileResult *found, gint64 n_unknown)
{
  guint n = kaf_reconcile_count_mended (found);

  self->n_mended += n;
  if (self->again)
    {
      self->result.n_left += n;
      return;
    }
  self->result.n_fetched += found->n_fetched;
  self->result.n_renewed += found->n_renewed;
  self->result.n_dropped += found->n_dropped;
  self->result.n_unknown += (guint) n_unknown;
}

static gboolean
recount (KafReconcile *self, KafDatabase *db, GError **error)
{
  GHashTableIter iter;
  gpointer root;

  g_hash_table_iter_init (&iter, self->touched);
  while (g_hash_table_iter_next (&iter, &root, NULL))
    if (!kaf_reconcile_recount (db, root, error))
      return FALSE;
  g_hash_table_remove_all (self->touched);
  return TRUE;
}

/* Behind what was told; or, at the end of the stretch, the same again if something was mended in it: whether it agrees
 * now. */
static gboolean
go_behind (KafReconcile *self,
           KafDatabase *db,
           const KafComparePlace *until,
           gboolean *done,
           GError **error)
{
  const KafComparePlace *end = until->entity != NULL ? until : &self->to;
  gboolean is_end =
      end->entity == NULL ||
      (self->until.entity != NULL &&
       kaf_compare_place_order (end->entity, end->id, self->until.entity, self->until.id) >= 0);

  if (!is_end)
    {
      copy_place (&self->from, end);
      return TRUE;
    }
  self->tells = FALSE;
  if (self->n_mended == 0 || self->again)
    {
      go_on (self, done);
      return TRUE;
    }
  self->again = TRUE;
  if (!recount (self, db, error))
    return FALSE;
  g_clear_pointer (&self->keys, kaf_reconcile_keys_free);
  self->keys = kaf_reconcile_keys_read (db, error);
  return self->keys != NULL;
}

static gboolean
mend (Mending *self, const char *text, gsize size, KafCompareEnd *end, GError **error)
{
  self->outbox = kaf_outbox_open (self->db, self->of->acked);
  self->tx->outbox = self->outbox;
  self->drop = kaf_drop_new (self->db, self->of->acked);
  if (!self->of->swept && !kaf_reconcile_sweep (self->db, error))
    return FALSE;
  self->of->swept = TRUE;
  return take_rows (self, text, size, end, error) && kaf_drop_finish (self->drop, error);
}

static gboolean
take_records (KafReconcile *self,
              KafDatabase *db,
              const char *text,
              gsize size,
              KafReceipt **receipt,
              gboolean *done,
              GError **error)
{
  Mending mending = { .of = self, .db = db, .tx = kaf_transaction_begin_remote (db, error) };
  g_auto (KafCompareEnd) end = { { NULL } };
  gboolean mended, moved;

  if (mending.tx == NULL)
    return FALSE;
  moved = has_moved (self, db);
  mended = !moved && mend (&mending, text, size, &end, error);
  g_clear_pointer (&mending.outbox, kaf_outbox_free);
  if (!mended)
    kaf_transaction_abort (mending.tx);
  else
    *receipt = kaf_transaction_commit (mending.tx, error);
  if (*receipt != NULL && kaf_drop_count (mending.drop) > 0)
    kaf_erase_finish (db, NULL);
  g_clear_pointer (&mending.drop, kaf_drop_free);
  if (moved)
    return *done = self->result.early = TRUE;
  if (*receipt == NULL)
    return FALSE;
  add_found (self, &mending.found, end.n_unknown);
  return go_behind (self, db, &end.until, done, error);
}

gboolean
kaf_reconcile_take (KafReconcile *self,
                    KafDatabase *db,
                    const char *answer,
                    gsize size,
                    KafReceipt **receipt,
                    gboolean *done,
                    GError **error)
{
  g_auto (KafCompareAnswer) first = { NULL };
  gsize length;
  const char *line = kaf_exchange_next (&answer, &size, &length);

  *receipt = NULL;
  *done = FALSE;
  if (line == NULL)
    {
      g_set_error (error, KAF_SYNC_ERROR, KAF_SYNC_ERROR_GRAMMAR, "the answer ends early");
      return FALSE;
    }
  if (!kaf_compare_answer_parse (line, length, &first, error))
    return FALSE;
  if (first.behind || g_strcmp0 (first.cursor, self->cursor) != 0 || has_moved (self, db))
    return *done = self->result.early = TRUE;
  if (self->tells)
    return take_records (self, db, answer, size, receipt, done, error);
  if (first.has_sums)
    return take_sums (self, db, &first, done, error);
  g_set_error (error, KAF_SYNC_ERROR, KAF_SYNC_ERROR_MEMBER, "“sums” are missing");
  return FALSE;
}

/* When */

/* "AT EPOCH DEVICE MENDED LEFT UNKNOWN" */
#define N_WORDS 6

gboolean
kaf_reconcile_is_due (KafDatabase *db)
{
  g_auto (KafSyncState) state = { 0 };
  g_autofree char *reading = kaf_local_get (db, KAF_SYNC_READING);
  g_autofree char *text = kaf_local_get (db, KAF_SYNC_COMPARED);
  g_autofree char *epoch = kaf_sync_get_epoch (db);
  g_autofree char *device = NULL;
  g_auto (GStrv) words = NULL;
  KafSyncPlace place;
  gint64 now = kaf_clock_now (kaf_database_get_clock (db)), then, period;

  if (text == NULL || epoch == NULL || g_strcmp0 (reading, "1") == 0 ||
      !kaf_sync_state_read (db, &state, NULL) || state.url == NULL || state.preview || state.whole)
    return FALSE;
  /* What a program that was replaced left out comes with the next exchange. */
  if (!kaf_sync_place_read (db, &place, NULL) || place.schema < db->schema)
    return FALSE;
  words = g_strsplit (text, " ", -1);
  if (g_strv_length (words) != N_WORDS)
    return TRUE;
  device = g_strdup_printf ("%016" G_GINT64_MODIFIER "x", db->device);
  then = g_ascii_strtoll (words[0], NULL, 10);
  period = state.n_unknown > 0 ? DAY : WEEK + (gint64) (db->device % DAY);
  return !g_str_equal (words[1], epoch) || !g_str_equal (words[2], device) || now < then - DAY ||
         now - then > period;
}

gboolean
kaf_reconcile_keep (KafDatabase *db, const KafReconcileResult *result, GError **error)
{
  g_autofree char *epoch = kaf_sync_get_epoch (db);
  g_autofree char *text = g_strdup_printf (
      "%" G_GINT64_FORMAT " %s %016" G_GINT64_MODIFIER "x %u %u %u",
      kaf_clock_now (kaf_database_get_clock (db)), epoch != NULL ? epoch : "-",
      kaf_sync_get_device (db), result != NULL ? kaf_reconcile_count_mended (result) : 0,
      result != NULL ? result->n_left : 0, result != NULL ? result->n_unknown : 0);

  return kaf_local_set (db, KAF_SYNC_COMPARED, text, error);
}

gboolean
kaf_reconcile_begin_counting (KafDatabase *db, GError **error)
{
  g_autofree char *text = kaf_local_get (db, KAF_SYNC_COMPARED);

  return text != NULL || kaf_reconcile_keep (db, NULL, error);
}
