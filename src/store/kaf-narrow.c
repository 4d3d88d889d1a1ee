/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-narrow.h"

#include "rules/kaf-told.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-role.h"
#include "store/kaf-drafts.h"
#include "store/kaf-duplicates.h"
#include "store/kaf-outbox.h"
#include "store/kaf-permit.h"
#include "store/kaf-reconcile-digests.h"
#include "store/kaf-refusals.h"
#include "store/kaf-sync-private.h"
#include "store/kaf-sync-state.h"

typedef struct
{
  KafTransaction *tx;
  KafDatabase *db;
  KafDrop *drop;
  KafOutbox *own;      /* what has no verdict here yet, though the hub may have it */
  const KafRole *role; /* nullable */
  guint reads, lost;   /* KafClass bits: those of now, and what was withdrawn, KINDS beside them */
  GHashTable *held;    /* set of ids from before the hub, that are not sent yet; nullable */
  GHashTable *refused; /* set of ids of which the hub refused something */
} Narrow;

/* Beside the bits of KafClass: of whole kinds of records the role is told no more. */
#define KINDS (1u << 16)

/* Noting */

static guint
read_lost (KafDatabase *db)
{
  g_autofree char *text = kaf_local_get (db, KAF_SYNC_NARROWED);

  return text != NULL ? (guint) g_ascii_strtoull (text, NULL, 10) : 0;
}

static gboolean
closes_kinds (const KafRole *before, const KafRole *now)
{
  guint n;
  const KafEntity *const *entities = kaf_registry_entities (&n);

  for (guint i = 0; i < n; i++)
    if (kaf_role_knows (before, entities[i]) && !kaf_role_knows (now, entities[i]))
      return TRUE;
  return FALSE;
}

gboolean
kaf_narrow_note (KafDatabase *db, const char *role, GError **error)
{
  const KafRole *before = kaf_permit_read (db), *now = kaf_role_find (role);
  guint lost = before != NULL && now != NULL ? before->reads & ~now->reads : 0;
  g_autofree char *text = NULL;

  if (before != NULL && now != NULL && closes_kinds (before, now))
    lost |= KINDS;
  text = g_strdup_printf ("%u", read_lost (db) | lost);
  return lost == 0 || kaf_local_set (db, KAF_SYNC_NARROWED, text, error);
}

/* Looking */

/* Typed here, and the hub has not taken it, as far as is known. */
static gboolean
is_own (const Narrow *self, KafRecord *part, guint field)
{
  const KafEntity *entity = kaf_record_get_entity (part);
  const char *id = kaf_record_get_id (part);

  return kaf_outbox_holds (entity, id, field, self->own) ||
         (g_hash_table_contains (self->refused, id) &&
          kaf_refusals_hold (self->db, entity, id, field));
}

static gboolean
is_withdrawn (const Narrow *self, KafRecord *part, guint field)
{
  const char *value = kaf_record_get_at (part, field);

  return value != NULL && *value != '\0' && !kaf_told_can_read (self->reads, part, field) &&
         kaf_told_can_read (self->reads | self->lost, part, field) && !is_own (self, part, field);
}

typedef gboolean (*FieldFunc) (const Narrow *self, KafRecord *part, guint field);

static gboolean
any_field (const Narrow *self, GPtrArray *parts, FieldFunc is_so)
{
  for (guint i = 0; i < parts->len; i++)
    {
      KafRecord *part = g_ptr_array_index (parts, i);
      guint n = kaf_entity_n_fields (kaf_record_get_entity (part));

      for (guint j = 0; j < n; j++)
        if (is_so (self, part, j))
          return TRUE;
    }
  return FALSE;
}

/* The hub tells of what it told that it is to go. What was made here too, by the id of its content, it knows of another
 * alone. */
static gboolean
is_closed (const Narrow *self, const KafReconcileKey *key, GPtrArray *parts)
{
  return (self->lost & KINDS) != 0 && self->role != NULL &&
         !kaf_role_knows (self->role, key->root) &&
         !g_hash_table_contains (self->refused, key->id) && !any_field (self, parts, is_own);
}

static gboolean
drop (const Narrow *self, const KafReconcileKey *key, GError **error)
{
  g_autoptr (KafFeedRow) row = kaf_feed_row_new (key->root, key->id, FALSE);

  row->dropped = TRUE;
  return kaf_transaction_drop (self->tx, self->drop, row, error);
}

/* Taking again */

static GPtrArray *
read_aliases (const Narrow *self, const KafReconcileKey *key, KafRecord *part, GError **error)
{
  g_autoptr (KafStatement) rows = kaf_database_prepare (
      self->db, "SELECT ref FROM ref WHERE rid = ? AND entity = ? AND ref IS NOT ?", error);
  g_autoptr (GPtrArray) aliases = g_ptr_array_new_with_free_func (g_free);
  GError *local = NULL;

  if (rows == NULL)
    return NULL;
  sqlite3_bind_int64 (rows, 1, key->rid);
  kaf_statement_bind_text (rows, 2, kaf_record_get_entity (part)->id);
  kaf_statement_bind_text (rows, 3, kaf_record_get_ref (part));
  while (kaf_database_step (self->db, rows, &local))
    g_ptr_array_add (aliases, g_strdup (kaf_statement_text (rows, 0)));
  if (local == NULL)
    return g_steal_pointer (&aliases);
  g_propagate_error (error, local);
  return NULL;
}

/* As the hub would tell it, and with what its author alone has. */
static gboolean
add_part (const Narrow *self,
          const KafReconcileKey *key,
          KafRecord *kept,
          KafFeedRow *row,
          GError **error)
{
  const KafStamp *stamp = kaf_record_get_stamp (kept);
  KafFeedPart *part = kaf_feed_row_add (row, kaf_record_get_entity (kept));
  guint n = kaf_entity_n_fields (kaf_record_get_entity (kept));

  for (guint i = 0; i < n; i++)
    if (kaf_told_can_read (self->reads, kept, i) || is_own (self, kept, i))
      kaf_record_set_at (part->record, i, kaf_record_get_at (kept, i));
  part->tells_fate = TRUE;
  *kaf_record_get_stamp (part->record) =
      (KafStamp){ stamp->created_at, stamp->updated_at, stamp->deleted_at,
                  g_strdup (stamp->created_by), g_strdup (stamp->updated_by) };
  kaf_record_set_ref (part->record, kaf_record_get_ref (kept));
  part->aliases = read_aliases (self, key, kept, error);
  return part->aliases != NULL;
}

static gboolean
take_again (Narrow *self, const KafReconcileKey *key, GPtrArray *parts, GError **error)
{
  g_autoptr (KafFeedRow) row = kaf_feed_row_new (key->root, key->id, TRUE);

  for (guint i = 0; i < parts->len; i++)
    if (!add_part (self, key, g_ptr_array_index (parts, i), row, error))
      return FALSE;
  if (!kaf_transaction_drop (self->tx, self->drop, row, error))
    return FALSE;
  for (guint i = 0; i < row->parts->len; i++)
    if (!kaf_transaction_take (self->tx, g_ptr_array_index (row->parts, i), kaf_outbox_holds,
                               self->tx->outbox, error))
      return FALSE;
  return TRUE;
}

static gboolean
look_at (Narrow *self, const KafReconcileKeys *keys, guint at, GError **error)
{
  const KafReconcileKey *key = kaf_reconcile_keys_get (keys, at);
  g_autoptr (GPtrArray) parts = NULL;

  if (self->held != NULL && g_hash_table_contains (self->held, key->id))
    return TRUE;
  parts = kaf_reconcile_keys_read_parts (keys, self->db, at, error);
  if (parts == NULL)
    return FALSE;
  if (is_closed (self, key, parts))
    return drop (self, key, error);
  /* What has no head is for the next comparison. */
  return parts->len == 0 || kaf_record_get_entity (g_ptr_array_index (parts, 0)) != key->root ||
         !any_field (self, parts, is_withdrawn) || take_again (self, key, parts, error);
}

gboolean
kaf_narrow_finish (KafTransaction *tx, KafDrop *drop, GError **error)
{
  const KafRole *role = kaf_permit_read (tx->db);
  g_autoptr (KafReconcileKeys) keys = NULL;
  g_autoptr (GHashTable) held = NULL;
  g_autoptr (GHashTable) refused = NULL;
  g_autoptr (KafOutbox) own = NULL;
  g_auto (KafSyncState) state = { 0 };
  Narrow self = { .tx = tx, .db = tx->db, .drop = drop, .role = role };

  self.reads = role != NULL ? role->reads : KAF_CLASS_ALL;
  self.lost = read_lost (tx->db);
  if (self.lost == 0)
    return TRUE;
  if (!kaf_sync_state_read (tx->db, &state, error))
    return FALSE;
  self.own = own = kaf_outbox_open (tx->db, state.acked);
  self.held = held = kaf_duplicates_get_held (tx->db);
  self.refused = refused = kaf_refusals_list_ids (tx->db, error);
  if (refused == NULL)
    return FALSE;
  keys = kaf_reconcile_keys_read (tx->db, error);
  for (guint i = 0; keys != NULL && i < kaf_reconcile_keys_count (keys); i++)
    if (!look_at (&self, keys, i, error))
      return FALSE;
  return keys != NULL && kaf_local_set (tx->db, KAF_SYNC_NARROWED, NULL, error);
}
