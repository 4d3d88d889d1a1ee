/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The identity that a transaction has at hand: its head and its search document are written when the
 * next one is touched. Of what is neither searched nor has facets, and comes in a row, a few wait for one
 * another; what a source said of each field waits also while whom it is said of is written. */
#include "config.h"

#include "schema/kaf-registry.h"
#include "store/kaf-read-private.h"
#include "store/kaf-transaction-private.h"

void
kaf_transaction_clear_held (KafTransaction *self)
{
  kaf_writer_clear_identity (&self->held);
  self->dirty = FALSE;
}

static gboolean
write_waiting (KafTransaction *self)
{
  if (self->failure == NULL)
    kaf_writer_write_plain (self->db, self->waiting, self->n_waiting, &self->failure);
  kaf_transaction_clear_waiting (self);
  return self->failure == NULL;
}

void
kaf_transaction_clear_waiting (KafTransaction *self)
{
  for (guint i = 0; i < self->n_waiting; i++)
    kaf_writer_clear_identity (&self->waiting[i]);
  self->n_waiting = 0;
}

static void
write_held (KafTransaction *self)
{
  if (!self->dirty)
    return;
  self->dirty = FALSE;
  if (self->failure == NULL)
    kaf_writer_write_identity (self->db, &self->held, &self->failure);
  self->held.exists = TRUE;
}

gboolean
kaf_transaction_settle (KafTransaction *self)
{
  if (self == NULL)
    return TRUE;
  if (self->n_waiting > 0)
    write_waiting (self);
  write_held (self);
  return self->failure == NULL;
}

void
kaf_transaction_write_row (KafTransaction *self, gint64 rid)
{
  gboolean missing = self->held.rowless && self->held.rid == rid;

  for (guint i = 0; !missing && i < self->n_waiting; i++)
    missing = self->waiting[i].rowless && self->waiting[i].rid == rid;
  if (missing)
    kaf_transaction_settle (self);
}

static gboolean
is_identity (const KafIdentity *identity, const KafEntity *root, const char *id)
{
  return kaf_record_get_entity (identity->root) == root &&
         g_str_equal (kaf_record_get_id (identity->root), id);
}

gint64
kaf_transaction_find_held (KafTransaction *self, const KafEntity *root, const char *id)
{
  if (self == NULL || self->held.root == NULL || id == NULL)
    return 0;
  if (is_identity (&self->held, root, id))
    return self->held.rid;
  for (guint i = 0; i < self->n_waiting; i++)
    if (is_identity (&self->waiting[i], root, id))
      return self->waiting[i].rid;
  return 0;
}

/* Holds the identity of @rid: reads its parts unless it is held already. */
gboolean
kaf_transaction_hold (KafTransaction *self, const KafEntity *root, gint64 rid, const char *id)
{
  if (self->held.rid == rid)
    return TRUE;
  if (!kaf_transaction_settle (self))
    return FALSE;

  kaf_transaction_clear_held (self);
  return kaf_writer_read_identity (self->db, root, rid, id, &self->held, &self->failure);
}

static gboolean
is_claim (const KafIdentity *identity)
{
  return kaf_transaction_rows_wait (kaf_record_get_entity (identity->root));
}

/* Whether the one held may wait for one that comes after it: of the same entity, or for the next claim. */
static gboolean
may_wait (const KafTransaction *self, const KafRecord *next)
{
  return self->dirty && self->failure == NULL && kaf_writer_is_plain (&self->held) &&
         (kaf_record_get_entity (next) == kaf_record_get_entity (self->held.root) ||
          is_claim (&self->held));
}

/* The one held, and with it those that wait, but for claims. */
static void
settle_before_next (KafTransaction *self)
{
  for (guint i = 0; i < self->n_waiting; i++)
    if (!is_claim (&self->waiting[i]))
      {
        write_waiting (self);
        break;
      }
  write_held (self);
}

void
kaf_transaction_hold_new (KafTransaction *self, gint64 rid, KafRecord *root)
{
  if (may_wait (self, root))
    {
      self->waiting[self->n_waiting++] = self->held;
      self->held = (KafIdentity){ 0 };
      if (self->n_waiting == KAF_WRITER_HEADS_AT_ONCE)
        write_waiting (self);
    }
  else
    settle_before_next (self);
  kaf_transaction_clear_held (self);
  self->held.rid = rid;
  self->held.root = kaf_record_ref (root);
  self->held.facets = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_record_unref);
  self->held.exists = FALSE;
  self->dirty = TRUE;
}

gboolean
kaf_transaction_rows_wait (const KafEntity *entity)
{
  return g_str_equal (entity->id, "source_claim");
}

void
kaf_transaction_hold_rowless (KafTransaction *self,
                              gint64 rid,
                              KafRecord *root,
                              const KafHlc *clock)
{
  kaf_transaction_hold_new (self, rid, root);
  self->held.rowless = TRUE;
  self->held.clock = *clock;
}

static void
count (KafTransaction *self, const KafEntity *entity, int delta)
{
  int sum = GPOINTER_TO_INT (g_hash_table_lookup (self->tallies, entity->id)) + delta;

  g_hash_table_insert (self->tallies, (gpointer) entity->id, GINT_TO_POINTER (sum));
}

/* A root that goes or comes back takes its facets' counts along. */
void
kaf_transaction_count (KafTransaction *self, const KafEntity *entity, int delta)
{
  /* Of a deleted person no facet counts, whatever happens to it. */
  if (entity->owner != NULL && kaf_record_get_stamp (self->held.root)->deleted_at > 0)
    return;
  count (self, entity, delta);
  for (guint i = 0; entity->owner == NULL && i < self->held.facets->len; i++)
    count (self, kaf_record_get_entity (g_ptr_array_index (self->held.facets, i)), delta);
}

/* In the place of the facet of that entity, if one is held. */
void
kaf_transaction_hold_facet (KafTransaction *self, KafRecord *facet)
{
  GPtrArray *facets = self->held.facets;
  guint at = 0;

  for (guint i = facets->len; i-- > 0;)
    if (kaf_record_get_entity (g_ptr_array_index (facets, i)) == kaf_record_get_entity (facet))
      g_ptr_array_remove_index (facets, i);
  if (kaf_record_get_stamp (facet)->deleted_at != 0)
    return;
  /* In the order in which they are read, or the search document would hang on which of them came first. */
  while (at < facets->len && kaf_record_get_entity (g_ptr_array_index (facets, at))->facet <
                                 kaf_record_get_entity (facet)->facet)
    at++;
  g_ptr_array_insert (facets, (int) at, kaf_record_ref (facet));
}

/* Fields that head or the search document are made of. */
gboolean
kaf_transaction_touches_identity (KafRecord *change)
{
  const KafEntity *entity = kaf_record_get_entity (change);

  for (guint i = 0; entity->fields[i].id != NULL; i++)
    {
      const KafField *field = &entity->fields[i];
      const char *const *lists[] = { entity->title, entity->title_ar, entity->sort };

      if (!kaf_record_holds_at (change, i))
        continue;
      if (kaf_field_has (field, KAF_FIELD_NAME | KAF_FIELD_SEARCH))
        return TRUE;
      for (guint j = 0; j < G_N_ELEMENTS (lists); j++)
        if (lists[j] != NULL && g_strv_contains (lists[j], field->id))
          return TRUE;
    }
  return FALSE;
}

void
kaf_transaction_replace_held (KafTransaction *self,
                              const KafEntity *entity,
                              gint64 rid,
                              const char *id)
{
  KafRecord *fresh = kaf_read_row (self->db, entity, rid, id, &self->failure);

  if (fresh == NULL)
    return;
  if (entity->owner == NULL)
    {
      kaf_record_unref (self->held.root);
      self->held.root = fresh;
    }
  else
    {
      kaf_transaction_hold_facet (self, fresh);
      kaf_record_unref (fresh);
    }
  self->dirty = TRUE;
}
