/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-inbox.h"

#include <string.h>

#include "schema/kaf-registry.h"
#include "store/kaf-drafts.h"
#include "store/kaf-lease-check.h"
#include "store/kaf-narrow.h"
#include "store/kaf-outbox.h"
#include "store/kaf-pseudonym.h"
#include "store/kaf-read.h"
#include "store/kaf-reconcile.h"
#include "store/kaf-refusals.h"
#include "store/kaf-sync-private.h"
#include "store/kaf-sync-state.h"
#include "store/kaf-transaction-private.h"
#include "sync/kaf-exchange.h"
#include "sync/kaf-line-reader.h"

/* Bytes: of a hub that is read from the beginning. */
#define LARGE_ANSWER (1024 * 1024)

typedef struct
{
  KafDatabase *db;
  KafTransaction *tx;
  KafInboxResult *result;
  const char *text; /* what of the answer is still to be read */
  gsize size;
  KafDrop *drop;
  KafOutbox *outbox; /* what the hub has not taken */
  gint64 last;       /* group of this device */
  gint64 taken;      /* the last that the hub has */
  gint64 acked;      /* the last whose verdict is known here */
  KafCheckpoint checkpoint;
  GPtrArray
      *taken_back;   /* of char*, "ENTITY\tID": what the hub did not take and does not stay here */
  gboolean restored; /* the hub was, since the last exchange: what it lost stands here */
  gboolean rewound;  /* the hub has less of this device than before: the rest is to be sent again */
  gboolean unknown;  /* it told something that this program does not know */
} Inbox;

static gboolean
cut (GError **error)
{
  g_set_error (error, KAF_SYNC_ERROR, KAF_SYNC_ERROR_GRAMMAR, "the answer ends early");
  return FALSE;
}

static gboolean
read_hello (Inbox *self, KafHello *hello, GError **error)
{
  gsize length;
  const char *line = kaf_exchange_next (&self->text, &self->size, &length);
  g_autofree char *cursor = NULL;
  g_autofree char *epoch = NULL;

  if (line == NULL)
    return cut (error);
  if (!kaf_hello_parse (line, length, hello, error))
    return FALSE;
  self->result->hub_now = hello->now;
  cursor = kaf_local_get (self->db, KAF_SYNC_CURSOR);
  epoch = kaf_sync_get_epoch (self->db);
  self->restored = epoch != NULL && g_strcmp0 (hello->epoch, epoch) != 0;
  if (g_strcmp0 (hello->cursor, cursor) == 0)
    return TRUE;
  /* Another process asked as well, and took its answer first: this one tells what was before that. */
  g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_LOCKED, "another exchange came first");
  return FALSE;
}

static gboolean
keep_verdict (Inbox *self, const KafVerdict *verdict, GError **error)
{
  KafStatement *statement = kaf_database_prepare (
      self->db, "INSERT OR REPLACE INTO verdict (dseq, verdict, at) VALUES (?, ?, ?)", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, verdict->dseq);
  kaf_statement_bind_text (statement, 2, verdict->verdict);
  sqlite3_bind_int64 (statement, 3, kaf_clock_now (self->db->clock));
  return kaf_database_run (self->db, statement, error);
}

/* The hub has groups of this device that it never wrote, or others by the same numbers: another store goes by this one's
 * number, and what it wrote there is not told. Whoever typed since by that number, or sends what lies far before it, knows
 * it by @hash (nullable: not told) of the last one; what another process of this store has sent meanwhile stands here. */
static gboolean
find_fork (Inbox *self, gint64 expects, const char *hash, GError **error)
{
  GError *local = NULL;
  g_autofree char *own = NULL;

  self->last = kaf_outbox_get_last (self->db, &local);
  self->taken = expects - 1;
  if (local == NULL && hash != NULL && self->taken > 0)
    own = kaf_outbox_get_hash (self->db, self->taken, &local);
  self->result->forked = expects < 0 || self->taken > self->last ||
                         (hash != NULL && self->taken > 0 && g_strcmp0 (own, hash) != 0);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

/* A mission stands where its acts say: one that was not taken is no act; and a month has the figures of one closing, so
 * that those of another go, whatever they were refused for, but for what stands at the hub by the same name. What was
 * said is among the refused edits. */
static gboolean
goes_when_refused (const KafRefused *refused)
{
  return g_str_equal (refused->entity, "mission_act") ||
         (g_str_equal (refused->entity, "target_tally") &&
          !g_str_equal (refused->why, KAF_REFUSED_STATE));
}

static void
note_taken_back (Inbox *self, GPtrArray *refused)
{
  for (guint i = 0; refused != NULL && i < refused->len; i++)
    {
      const KafRefused *one = g_ptr_array_index (refused, i);

      if (goes_when_refused (one))
        g_ptr_array_add (self->taken_back, g_strconcat (one->entity, "\t", one->id, NULL));
    }
}

/* Acts that go on from one that was not taken go with it, and are added behind it: they are still to be sent, as those
 * are that were written while it was on its way, and the hub will not take them either. Until it has said so they are
 * in the journal. */
static gboolean
note_followers (Inbox *self, const KafFeedRow *row, GError **error)
{
  g_autoptr (GPtrArray) ids = NULL;

  if (!g_str_equal (row->root->id, "mission_act"))
    return TRUE;
  ids = kaf_read_ids (
      self->db,
      "SELECT h.id FROM mission_act a JOIN head h ON h.rid = a.rid WHERE a.\"after\" ="
      " ?1 ORDER BY h.id",
      row->id, error);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    g_ptr_array_add (self->taken_back, kaf_entity_make_key (row->root, g_ptr_array_index (ids, i)));
  return ids != NULL;
}

static gboolean
take_back (Inbox *self, GError **error)
{
  for (guint i = 0; i < self->taken_back->len; i++)
    {
      g_auto (GStrv) words = g_strsplit (g_ptr_array_index (self->taken_back, i), "\t", 2);
      const KafFeedRow row = { .root = kaf_registry_find (words[0]),
                               .id = words[1],
                               .dropped = TRUE };

      if (row.root != NULL && (!note_followers (self, &row, error) ||
                               !kaf_transaction_drop (self->tx, self->drop, &row, error)))
        return FALSE;
    }
  return TRUE;
}

/* Each edit that was not taken is named, so that none of them is lost from sight. */
static gboolean
keep_refused (Inbox *self, const KafVerdict *verdict, GError **error)
{
  guint n = 0;

  if (verdict->refused == NULL && !g_str_equal (verdict->verdict, "rejected"))
    return TRUE;
  if (!kaf_refusals_add (self->db, verdict->dseq, verdict->refused, &n, error))
    return FALSE;
  self->result->n_rejected += n;
  note_taken_back (self, verdict->refused);
  return TRUE;
}

/* Which operations of a group went with somebody who was erased the hub does not say, and here they are gone by then: they
 * were counted as they went. What went by an answer that was not taken whole is told by the group. */
static gboolean
take_verdicts (Inbox *self, GPtrArray *verdicts, GError **error)
{
  guint n_gone = 0;

  for (guint i = 0; i < verdicts->len; i++)
    {
      const KafVerdict *verdict = g_ptr_array_index (verdicts, i);

      self->result->n_acked++;
      self->result->n_conflicts += g_str_equal (verdict->verdict, "conflict");
      n_gone += g_str_equal (verdict->verdict, "gone");
      if (!g_str_equal (verdict->verdict, "ok") &&
          (!keep_verdict (self, verdict, error) || !keep_refused (self, verdict, error)))
        return FALSE;
    }
  self->result->n_gone = MAX (self->result->n_gone, n_gone);
  return TRUE;
}

/* The hub may have taken more than it has a verdict for here, since an answer was lost: those are heard
 * when they are sent again; or less than before, when it was restored, and is sent them again. */
static gboolean
read_acked (Inbox *self, GPtrArray *verdicts, GError **error)
{
  g_auto (KafSyncState) state = { 0 };

  if (!kaf_sync_state_read (self->db, &state, error))
    return FALSE;
  self->rewound = self->taken < state.acked;
  self->acked = state.acked;
  for (guint i = 0; i < verdicts->len; i++)
    self->acked = MAX (self->acked, ((KafVerdict *) g_ptr_array_index (verdicts, i))->dseq);
  self->acked = MIN (self->acked, self->taken);
  return kaf_sync_set_number (self->db, KAF_SYNC_ACKED, self->acked, error);
}

/* What became of edits that were refused for their scope, and kept aside. */
static gboolean
take_settled (Inbox *self, const char *line, gsize size, GError **error)
{
  g_autoptr (GPtrArray) settled = kaf_settled_parse (line, size, error);
  gint64 last = 0;

  for (guint i = 0; settled != NULL && i < settled->len; i++)
    {
      const KafSettled *one = g_ptr_array_index (settled, i);

      last = MAX (last, one->number);
      if (!kaf_refusals_settle (self->db, one, error))
        return FALSE;
    }
  self->result->n_settled = settled != NULL ? settled->len : 0;
  return settled != NULL &&
         (last == 0 || kaf_sync_set_number (self->db, KAF_SYNC_SETTLED, last, error));
}

static gboolean
read_verdicts (Inbox *self, const char *hash, GError **error)
{
  gsize length;
  const char *line = kaf_exchange_next (&self->text, &self->size, &length);
  g_autoptr (GPtrArray) verdicts = NULL;
  gint64 expects;

  if (line == NULL)
    return cut (error);
  verdicts = kaf_verdicts_parse (line, length, &expects, error);
  if (verdicts == NULL || !find_fork (self, expects, hash, error))
    return FALSE;
  if (self->result->forked)
    return kaf_local_set (self->db, KAF_SYNC_FORKED, "1", error);
  if (!take_verdicts (self, verdicts, error) || !take_settled (self, line, length, error) ||
      !read_acked (self, verdicts, error))
    return FALSE;
  self->outbox = kaf_outbox_open (self->db, self->taken);
  self->tx->outbox = self->outbox;
  self->drop = kaf_drop_new (self->db, self->acked);
  return take_back (self, error);
}

/* What was typed of her and not sent, or not answered yet, goes with her. */
static gboolean
erase (Inbox *self, GPtrArray *told, gint64 number, GError **error)
{
  guint before, after;

  if (!kaf_outbox_count_all (self->db, &before, error) ||
      !kaf_erase_told (self->db, told, number, error) ||
      !kaf_outbox_count_all (self->db, &after, error))
    return FALSE;
  self->result->n_gone = before - MIN (before, after);
  return TRUE;
}

/* Before anything else, and for itself: an erasure waits for no answer to be whole. The line stands after
 * those of hello and verdicts. */
static gboolean
carry_out_erasures (Inbox *self, GError **error)
{
  const char *text = self->text, *line = NULL;
  gsize size = self->size, length;
  g_autoptr (GPtrArray) told = NULL;
  gint64 number = 0;

  for (guint i = 0; i < 3; i++)
    if ((line = kaf_exchange_next (&text, &size, &length)) == NULL)
      return cut (error);
  told = kaf_erased_parse (line, length, error);
  if (told == NULL)
    return FALSE;
  for (guint i = told->len; i-- > 0;)
    {
      const KafErased *one = g_ptr_array_index (told, i);

      number = MAX (number, one->number);
      if (one->root == NULL)
        g_ptr_array_remove_index (told, i);
    }
  self->result->n_erased = told->len;
  return told->len == 0 || erase (self, told, number, error);
}

/* Rows that are held ready. */
#define ROWS_AHEAD 256

/* One of the lines that follow: a row, or the checkpoint, which ends them. */
typedef struct
{
  KafFeedRow *row; /* NULL: it is the checkpoint, or see error */
  KafCheckpoint checkpoint;
  GError *error;
} Line;

static void
line_free (Line *self)
{
  kaf_feed_row_free (self->row);
  kaf_checkpoint_clear (&self->checkpoint);
  g_clear_error (&self->error);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Line, line_free)

static gpointer
read_line (const char *text, gsize size, gconstpointer data)
{
  Line *self = g_new0 (Line, 1);

  if (!kaf_checkpoint_parse (text, size, &self->checkpoint, &self->error) && self->error == NULL)
    self->row = kaf_feed_row_parse (text, size, &self->error);
  return self;
}

static gboolean
take_row (Inbox *self, const KafFeedRow *row, GError **error)
{
  self->unknown |= row->unknown;
  if (row->root != NULL && row->dropped)
    return kaf_transaction_drop (self->tx, self->drop, row, error);
  for (guint i = 0; row->root != NULL && i < row->parts->len; i++)
    if (!kaf_transaction_take (self->tx, g_ptr_array_index (row->parts, i), kaf_outbox_holds,
                               self->outbox, error))
      return FALSE;
  return TRUE;
}

/* Up to the checkpoint. */
static gboolean
take_rows (Inbox *self, GError **error)
{
  g_autoptr (KafLineReader) lines = kaf_line_reader_new (
      self->text, self->size, ROWS_AHEAD, read_line, (GDestroyNotify) line_free, NULL);
  gboolean end = FALSE;

  while (!end)
    {
      g_autoptr (Line) line = kaf_line_reader_next (lines);

      if (line == NULL)
        return cut (error);
      if (line->error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&line->error));
          return FALSE;
        }
      end = line->row == NULL;
      if (!end && !take_row (self, line->row, error))
        return FALSE;
      if (end)
        {
          self->checkpoint = line->checkpoint;
          line->checkpoint.cursor = NULL;
        }
    }
  return TRUE;
}

/* Whether something that the hub has is not shown here for what was typed, in this page or one before:
 * what is written now is not written in its knowledge. Once all verdicts are known, so is what stands. */
static gboolean
is_hidden (Inbox *self)
{
  g_autofree char *before = kaf_local_get (self->db, KAF_SYNC_HIDDEN);

  return self->acked < self->last &&
         (self->tx->hid || self->acked < self->taken || g_strcmp0 (before, "1") == 0);
}

/* All is told and nothing waits: what still names somebody who was erased was not taken by the hub, and goes.
 * What was typed of it stays among the refused edits. */
static gboolean
drop_left (Inbox *self, GError **error)
{
  g_autofree char *spared = kaf_local_get (self->db, KAF_ERASE_SPARED);
  g_autoptr (GPtrArray) left = NULL;

  if (spared == NULL || self->checkpoint.seen < 0 || self->acked < self->last)
    return TRUE;
  left = kaf_pseudonym_find_left (self->db, error);
  for (guint i = 0; left != NULL && i < left->len; i++)
    {
      const KafErased *one = g_ptr_array_index (left, i);
      const KafFeedRow row = { .root = one->root, .id = one->id, .dropped = TRUE };

      if (!kaf_transaction_drop (self->tx, self->drop, &row, error))
        return FALSE;
    }
  return left != NULL && kaf_local_set (self->db, KAF_ERASE_SPARED, NULL, error);
}

/* All is told by the grants of now. Of a hub that was restored that was less than it has told before; it tells all again. */
static gboolean
finish_narrowing (Inbox *self, GError **error)
{
  return self->restored || self->checkpoint.seen < 0 ||
         kaf_narrow_finish (self->tx, self->drop, error);
}

/* Of a field that was never written at the hub, as it is now, it tells nothing unless it tells the whole. */
static gboolean
read_anew (Inbox *self, GError **error)
{
  self->result->more = TRUE;
  return kaf_sync_begin_anew (self->db, self->checkpoint.cursor, error) &&
         kaf_local_set (self->db, KAF_SYNC_WHOLE, "1", error) &&
         kaf_local_set (self->db, KAF_SYNC_READING, "1", error);
}

static gboolean
take_checkpoint (Inbox *self, GError **error)
{
  const KafCheckpoint *point = &self->checkpoint;
  gboolean hidden = is_hidden (self);
  gboolean anew;

  self->result->more = point->more || self->rewound;
  if (!kaf_sync_find_replaced (self->db, &anew, error) ||
      (self->unknown && !kaf_sync_keep_unknown (self->db, error)))
    return FALSE;
  if (self->restored || anew)
    return kaf_local_set (self->db, KAF_SYNC_HIDDEN, hidden ? "1" : "0", error) &&
           read_anew (self, error);
  return kaf_local_set (self->db, KAF_SYNC_CURSOR, point->cursor, error) &&
         kaf_local_set (self->db, KAF_SYNC_HIDDEN, hidden ? "1" : "0", error) &&
         kaf_local_set (self->db, KAF_SYNC_READING, point->more ? "1" : "0", error) &&
         (point->seen < 0 || hidden ||
          (kaf_sync_set_number (self->db, KAF_SYNC_SEEN, point->seen, error) &&
           kaf_local_set (self->db, KAF_SYNC_TOLD, NULL, error) &&
           kaf_local_set (self->db, KAF_SYNC_SCHEMA, NULL, error))) &&
         (point->seen < 0 ||
          (kaf_sync_set_number (self->db, KAF_SYNC_AT, kaf_clock_now (self->db->clock), error) &&
           kaf_local_set (self->db, KAF_SYNC_WHOLE, NULL, error) &&
           kaf_lease_renew (self->db, error) && kaf_reconcile_begin_counting (self->db, error)));
}

/* It is said once all is told by the rights of now. */
static gboolean
tell_regranted (Inbox *self, GError **error)
{
  g_autofree char *before = kaf_local_get (self->db, KAF_SYNC_REGRANTED);

  if (before == NULL || self->result->more || self->checkpoint.seen < 0)
    return TRUE;
  self->result->regranted = TRUE;
  self->result->n_before = (guint) g_ascii_strtoull (before, NULL, 10);
  self->result->n_after = kaf_sync_count_granted (self->db);
  return kaf_local_set (self->db, KAF_SYNC_REGRANTED, NULL, error);
}

static gboolean
read_answer (Inbox *self, GError **error)
{
  gsize length;
  g_auto (KafHello) hello = { 0 };

  if (!read_hello (self, &hello, error) || !read_verdicts (self, hello.last, error))
    return FALSE;
  /* A copy is told nothing until it goes by a number of its own: what it may see now is not what it holds. */
  if (self->result->forked)
    return TRUE;
  if (!kaf_sync_set_grants (self->db, hello.role, hello.scope, error))
    return FALSE;
  /* The erasures, which were carried out before. */
  if (kaf_exchange_next (&self->text, &self->size, &length) == NULL)
    return cut (error);
  if (!take_rows (self, error) || !drop_left (self, error) || !finish_narrowing (self, error))
    return FALSE;
  self->result->n_dropped = kaf_drop_count (self->drop);
  return kaf_drop_finish (self->drop, error) && take_checkpoint (self, error) &&
         tell_regranted (self, error);
}

gboolean
kaf_inbox_take (KafDatabase *db,
                const char *answer,
                gsize size,
                KafInboxResult *result,
                KafReceipt **receipt,
                GError **error)
{
  g_autoptr (GPtrArray) taken_back = g_ptr_array_new_with_free_func (g_free);
  Inbox self = {
    .db = db, .result = result, .text = answer, .size = size, .taken_back = taken_back
  };
  gboolean done;

  *result = (KafInboxResult){ 0 };
  *receipt = NULL;
  kaf_erase_finish_left (db, NULL);
  if (!carry_out_erasures (&self, error))
    return FALSE;
  self.tx = kaf_transaction_begin_remote (db, error);
  if (self.tx == NULL)
    return FALSE;
  if (size >= LARGE_ANSWER)
    kaf_transaction_use_cache (self.tx, KAF_CACHE_TOLD_KIB);
  done = read_answer (&self, error);
  g_clear_pointer (&self.outbox, kaf_outbox_free);
  g_clear_pointer (&self.drop, kaf_drop_free);
  kaf_checkpoint_clear (&self.checkpoint);
  if (!done)
    {
      kaf_transaction_abort (self.tx);
      return FALSE;
    }
  *receipt = kaf_transaction_commit (self.tx, error);
  if (*receipt == NULL)
    return FALSE;
  result->n_records = (*receipt)->n_records;
  /* They are gone from here on. What a reader elsewhere holds up is finished when the store opens next. */
  if (result->n_dropped > 0)
    kaf_erase_finish (db, NULL);
  return TRUE;
}
