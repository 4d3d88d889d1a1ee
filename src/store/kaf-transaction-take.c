/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a hub tells, into the rows. It was validated where it was written, and merged where all edits
 * meet: here it is written as it is, but for what is typed here and still to be sent. */
#include "config.h"

#include "schema/kaf-registry.h"
#include "schema/kaf-set.h"
#include "store/kaf-erase-private.h"
#include "store/kaf-ledger.h"
#include "store/kaf-read-private.h"
#include "store/kaf-transaction-private.h"

typedef struct
{
  KafTransaction *tx;
  const KafFeedPart *part;
  const KafEntity *entity;
  const KafEntity *root;
  const char *id;
  gint64 rid;
  KafRecord *told;      /* what is to be written */
  gboolean is_back;     /* it was dropped here, and something typed of it was kept */
  gboolean was_here;    /* its number was given before: told anew, come back, or a facet */
  gboolean fate_is_own; /* whether it goes or stays is still to be sent from here */
} Take;

static const KafStamp *
get_stamp (const Take *self)
{
  return kaf_record_get_stamp (self->part->record);
}

static KafHlc
get_clock (const Take *self)
{
  return kaf_hlc_make (get_stamp (self)->updated_at / 1000, 0, 0);
}

static void
copy_stamp (const Take *self, KafRecord *record)
{
  const KafStamp *from = get_stamp (self);
  KafStamp *to = kaf_record_get_stamp (record);

  g_free (to->created_by);
  g_free (to->updated_by);
  *to = (KafStamp){ from->created_at, from->updated_at, 0, g_strdup (from->created_by),
                    g_strdup (from->updated_by) };
}

/* What the hub tells of the record without what is still to be sent. A record that was dropped here and is
 * @back shows again what was typed of it, be it a field that is not told to its author as he is now. */
static void
choose_fields (Take *self, gboolean back, KafOwnFunc is_own, gpointer data)
{
  /* One that was never here has nothing beside what is told. */
  gboolean untold = back && self->was_here;

  self->told = kaf_record_new (self->entity, self->id);
  for (guint i = 0; self->entity->fields[i].id != NULL; i++)
    {
      if (!untold && !kaf_record_holds_at (self->part->record, i))
        continue;
      if (is_own (self->entity, self->id, i, data))
        {
          self->tx->hid = TRUE;
          if (back)
            kaf_record_set_at (self->told, i,
                               kaf_outbox_get (self->tx->outbox, self->entity, self->id, i));
        }
      else if (kaf_record_holds_at (self->part->record, i))
        kaf_record_set_at (self->told, i, kaf_record_get_at (self->part->record, i));
    }
  self->fate_is_own = is_own (self->entity, self->id, -1, data);
  self->tx->hid |= self->part->tells_fate && self->fate_is_own;
}

static gboolean
is_found_by (const Take *self, const char *ref)
{
  g_autoptr (KafStatement) statement =
      kaf_database_prepare (self->tx->db, "SELECT 1 FROM ref WHERE ref = ? AND rid = ?", NULL);

  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, ref);
  sqlite3_bind_int64 (statement, 2, self->rid);
  return kaf_database_step (self->tx->db, statement, NULL);
}

/* Another record may be found here by the one that this has: it had been given it by a hub that was restored since. */
static gboolean
has_new_ref (const Take *self, const char *current)
{
  const char *ref = kaf_record_get_ref (self->part->record);

  return ref != NULL && (g_strcmp0 (ref, current) != 0 || !is_found_by (self, ref));
}

/* The hub gives the references: a record that has this one by this store's own count, from before it
 * knew of the hub, will be told another. */
static gboolean
enter_ref (Take *self, const char *ref)
{
  KafTransaction *tx = self->tx;
  KafStatement *statement = kaf_database_prepare (
      tx->db, "INSERT OR REPLACE INTO ref (ref, entity, rid) VALUES (?, ?, ?)", &tx->failure);

  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, ref);
  kaf_statement_bind_text (statement, 2, self->entity->id);
  sqlite3_bind_int64 (statement, 3, self->rid);
  return kaf_database_run (tx->db, statement, &tx->failure);
}

/* The final reference, and those that it had before. */
static gboolean
enter_refs (Take *self)
{
  const char *ref = kaf_record_get_ref (self->part->record);
  const GPtrArray *aliases = self->part->aliases;

  if (ref != NULL && !enter_ref (self, ref))
    return FALSE;
  for (guint i = 0; ref != NULL && aliases != NULL && i < aliases->len; i++)
    if (!enter_ref (self, g_ptr_array_index (aliases, i)))
      return FALSE;
  return TRUE;
}

/* Of a row that is there. */
static gboolean
take_refs (Take *self, const char *current)
{
  KafTransaction *tx = self->tx;
  const char *ref = kaf_record_get_ref (self->part->record);
  g_autofree char *sql = NULL;
  KafStatement *statement;

  if (!has_new_ref (self, current))
    return TRUE;
  if (!enter_refs (self))
    return FALSE;
  sql = g_strdup_printf ("UPDATE \"%s\" SET ref = ? WHERE rid = ?", self->entity->id);
  statement = kaf_database_prepare (tx->db, sql, &tx->failure);
  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, ref);
  sqlite3_bind_int64 (statement, 2, self->rid);
  return kaf_database_run (tx->db, statement, &tx->failure);
}

static gboolean
hold (Take *self)
{
  return kaf_transaction_hold (self->tx, self->root, self->rid, self->id);
}

/* Whether it is deleted, as the hub has it. */
static gboolean
take_fate (Take *self, gboolean is_deleted)
{
  KafTransaction *tx = self->tx;
  gint64 when = get_stamp (self)->deleted_at;

  if (!self->part->tells_fate || self->fate_is_own || (when > 0) == is_deleted)
    return TRUE;
  if (!kaf_writer_mark (tx->db, self->entity, self->rid, when, get_stamp (self), &tx->failure) ||
      !hold (self))
    return FALSE;
  kaf_transaction_replace_held (tx, self->entity, self->rid, self->id);
  kaf_transaction_count (tx, self->entity, when > 0 ? -1 : 1);
  kaf_transaction_note (tx, self->told, FALSE);
  /* Whatever else is told of her: that she is there or not decides. */
  kaf_beside_note (tx->beside, tx->db, self->told, TRUE);
  return tx->failure == NULL;
}

/* It came back, and was deleted here before: that is still to be sent. */
static gboolean
keep_fate (Take *self)
{
  KafTransaction *tx = self->tx;

  if (tx->outbox == NULL || !kaf_outbox_deletes (tx->outbox, self->entity, self->id))
    return TRUE;
  if (!kaf_writer_mark (tx->db, self->entity, self->rid, tx->now, get_stamp (self), &tx->failure) ||
      !hold (self))
    return FALSE;
  kaf_transaction_replace_held (tx, self->entity, self->rid, self->id);
  kaf_transaction_count (tx, self->entity, -1);
  return tx->failure == NULL;
}

/* A facet that was made here before the record was dropped, and that the hub does not have yet. */
static gboolean
keep_facet (Take *self, const KafEntity *entity)
{
  KafTransaction *tx = self->tx;
  g_autoptr (KafRecord) facet = kaf_record_new (entity, self->id);
  const KafHlc clock = kaf_hlc_make (tx->now / 1000, 0, 0);
  KafStamp *stamp = kaf_record_get_stamp (facet);

  for (guint i = 0; entity->fields[i].id != NULL; i++)
    kaf_record_set_at (facet, i, kaf_outbox_get (tx->outbox, entity, self->id, i));
  stamp->created_at = stamp->updated_at = tx->now;
  stamp->created_by = g_strdup (tx->db->author);
  stamp->updated_by = g_strdup (tx->db->author);
  if (!kaf_writer_insert (tx->db, facet, self->rid, &clock, &tx->failure) || !hold (self))
    return FALSE;
  kaf_transaction_hold_facet (tx, facet);
  tx->dirty = TRUE;
  kaf_transaction_count (tx, entity, 1);
  kaf_one_note (tx->one, facet, self->rid);
  return tx->failure == NULL;
}

static gboolean
keep_facets (Take *self)
{
  KafOutbox *outbox = self->tx->outbox;

  for (guint bit = 1; outbox != NULL && kaf_registry_find_facet (self->root, bit) != NULL;
       bit <<= 1)
    {
      const KafEntity *facet = kaf_registry_find_facet (self->root, bit);

      if (kaf_outbox_creates (outbox, facet, self->id) && !keep_facet (self, facet))
        return FALSE;
    }
  return TRUE;
}

static gboolean
take_new (Take *self)
{
  KafTransaction *tx = self->tx;
  const KafHlc clock = get_clock (self);

  if (self->rid == 0)
    self->rid = tx->next_rid++;
  copy_stamp (self, self->told);
  kaf_record_set_ref (self->told, kaf_record_get_ref (self->part->record));
  if (!kaf_writer_insert (tx->db, self->told, self->rid, &clock, &tx->failure) ||
      !enter_refs (self))
    return FALSE;
  kaf_one_note (tx->one, self->told, self->rid);
  /* Records that name the item may have come before it. */
  if (kaf_entity_has (self->entity, KAF_ENTITY_LIST))
    g_ptr_array_add (tx->renamed, kaf_record_ref (self->told));
  if (self->entity->owner == NULL)
    kaf_transaction_hold_new (tx, self->rid, self->told);
  else if (hold (self))
    {
      kaf_transaction_hold_facet (tx, self->told);
      tx->dirty = TRUE;
    }
  if (tx->failure == NULL)
    kaf_transaction_count (tx, self->entity, 1);
  kaf_transaction_note (tx, self->told, TRUE);
  if (tx->failure != NULL || (self->is_back && !keep_facets (self)))
    return FALSE;
  return self->fate_is_own ? keep_fate (self) : take_fate (self, FALSE);
}

/* Sets whose elements are told in another order than they stand here; NULL: there are none. */
static KafRecord *
find_orders (Take *self, KafRecord *before)
{
  g_autoptr (KafRecord) orders = NULL;

  for (guint i = 0; self->entity->fields[i].id != NULL; i++)
    {
      const char *told = kaf_record_get_at (self->told, i), *here = kaf_record_get_at (before, i);

      if (!kaf_field_is_many (&self->entity->fields[i]) || g_strcmp0 (told, here) == 0 ||
          !kaf_record_holds_at (self->told, i) || !kaf_set_equal (told, here))
        continue;
      if (orders == NULL)
        orders = kaf_record_new (self->entity, self->id);
      kaf_record_set_at (orders, i, told);
    }
  return g_steal_pointer (&orders);
}

/* That is no edit of anybody's, and none is told of; but what stands first is the same for all. */
static gboolean
take_orders (Take *self, KafRecord *before, KafRecord *orders)
{
  KafTransaction *tx = self->tx;

  for (guint i = 0; self->entity->fields[i].id != NULL; i++)
    if (kaf_record_holds_at (orders, i) &&
        !kaf_writer_order_set (tx->db, self->entity, self->rid, self->entity->fields[i].id,
                               kaf_record_get_at (orders, i), &tx->failure))
      return FALSE;
  kaf_beside_note_before (tx->beside, tx->db, before, orders);
  kaf_transaction_note (tx, orders, FALSE);
  return TRUE;
}

/* Whether what others are found and called by is to be written again. */
static gboolean
touches_identity (const Take *self, KafRecord *change)
{
  return change != NULL &&
         (self->tx->held.rid == self->rid || kaf_transaction_touches_identity (change));
}

/* In the journal. */
static gboolean
name_author (Take *self)
{
  KafTransaction *tx = self->tx;
  const KafFeedPart *part = self->part;

  if (part->author != NULL)
    return kaf_journal_set_author (tx->journal, part->author, part->written_at, &tx->failure);
  return kaf_journal_set_author (tx->journal, get_stamp (self)->updated_by,
                                 get_stamp (self)->updated_at, &tx->failure);
}

static gboolean
take_change (Take *self, KafRecord *before)
{
  KafTransaction *tx = self->tx;
  g_autoptr (KafRecord) change = kaf_record_diff (before, self->told);
  g_autoptr (KafRecord) orders = find_orders (self, before);
  const KafHlc clock = get_clock (self);

  if (change != NULL)
    {
      copy_stamp (self, change);
      kaf_record_set_ref (change, kaf_record_get_ref (before));
      if (!name_author (self) || kaf_journal_prepare (tx->journal, &tx->failure) == NULL ||
          !kaf_writer_update (tx->db, before, change, self->rid, &clock, &tx->failure))
        return FALSE;
      kaf_journal_add (tx->journal, KAF_CHANGE_UPDATE, before, change, self->rid, NULL);
      kaf_beside_note_before (tx->beside, tx->db, before, change);
      kaf_one_note (tx->one, change, self->rid);
      kaf_transaction_note (tx, change, FALSE);
      if (kaf_entity_has (self->entity, KAF_ENTITY_LIST))
        g_ptr_array_add (tx->renamed, kaf_record_ref (change));
    }
  if ((orders != NULL && !take_orders (self, before, orders)) ||
      !take_refs (self, kaf_record_get_ref (before)))
    return FALSE;
  if ((has_new_ref (self, kaf_record_get_ref (before)) || touches_identity (self, change) ||
       touches_identity (self, orders)) &&
      hold (self))
    kaf_transaction_replace_held (tx, self->entity, self->rid, self->id);
  return tx->failure == NULL && take_fate (self, kaf_record_get_stamp (before)->deleted_at > 0);
}

/* By the number that what was kept of it in the journal knows it by; 0: nothing was. */
static gint64
take_back (KafTransaction *self, const KafEntity *root, const char *id)
{
  gint64 rid = kaf_drop_take_back (self->db, root, id, &self->failure);

  if (rid > 0 && self->outbox != NULL)
    kaf_outbox_bring_back (self->outbox, id, rid);
  return rid;
}

static gint64
take_renewed (KafTransaction *self)
{
  gint64 rid = self->renewed;

  self->renewed = 0;
  return rid;
}

gboolean
kaf_transaction_take (
    KafTransaction *self, const KafFeedPart *part, KafOwnFunc is_own, gpointer data, GError **error)
{
  const KafEntity *entity = kaf_record_get_entity (part->record);
  Take take = { .tx = self,
                .part = part,
                .entity = entity,
                .root = kaf_entity_get_root (entity),
                .id = kaf_record_get_id (part->record) };
  g_autoptr (KafRecord) before = NULL;
  gboolean done = TRUE;

  if (self->failure == NULL && !kaf_ledger_holds (self->db, take.root, take.id))
    {
      gboolean has_place;

      take.rid = kaf_database_find_rid (self->db, take.root, take.id);
      if (!kaf_one_restore (self->one, take.root, take.rid, take.id, &self->failure))
        {
          g_propagate_error (error, g_error_copy (self->failure));
          return FALSE;
        }
      if (take.rid > 0)
        before = kaf_read_row (self->db, entity, take.rid, take.id, NULL);
      /* A facet whose owner this device may not see, or that is erased here, has no place. */
      has_place = before != NULL || take.rid > 0 || entity->owner == NULL;
      if (take.rid == 0 && entity->owner == NULL)
        take.rid = take_renewed (self);
      if (take.rid == 0 && has_place && self->drops)
        take.is_back = (take.rid = take_back (self, take.root, take.id)) > 0;
      take.was_here = take.rid > 0;
      choose_fields (&take, before == NULL && self->outbox != NULL, is_own, data);
      if (has_place)
        done = before != NULL ? take_change (&take, before) : take_new (&take);
      g_clear_pointer (&take.told, kaf_record_unref);
    }
  if (self->failure == NULL)
    return done;
  g_propagate_error (error, g_error_copy (self->failure));
  return FALSE;
}

/* What was told of the record just before is written, so that it goes with the rest. */
static gboolean
prepare_to_go (KafTransaction *self, const KafEntity *root, const char *id, GError **error)
{
  if (!kaf_one_forget (self->one, root, id, &self->failure) || !kaf_transaction_settle (self) ||
      !kaf_journal_flush (self->journal, &self->failure))
    {
      g_propagate_error (error, g_error_copy (self->failure));
      return FALSE;
    }
  kaf_transaction_clear_held (self);
  return TRUE;
}

gboolean
kaf_transaction_renew (KafTransaction *self, const KafEntity *root, const char *id, GError **error)
{
  gint64 rid = kaf_database_find_rid (self->db, root, id);

  if (rid == 0)
    return TRUE;
  if (!prepare_to_go (self, root, id, error) || !kaf_erase_rows (self->db, root, rid, error))
    return FALSE;
  self->renewed = rid;
  return TRUE;
}

gboolean
kaf_transaction_drop (KafTransaction *self, KafDrop *drop, const KafFeedRow *row, GError **error)
{
  g_autoptr (KafRecord) record = kaf_record_new (row->root, row->id);

  if (kaf_database_find_rid (self->db, row->root, row->id) == 0)
    return TRUE;
  if (!prepare_to_go (self, row->root, row->id, error))
    return FALSE;
  self->drops = TRUE;
  if (!kaf_drop_record (drop, row->root, row->id, error))
    return FALSE;
  kaf_transaction_note (self, record, FALSE);
  return TRUE;
}
