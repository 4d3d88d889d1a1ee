/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "record/kaf-change-set.h"

struct _KafChangeSet
{
  gatomicrefcount refs;
  char *label;
  GPtrArray *changes; /* of KafChange */
};

static void
change_free (gpointer data)
{
  KafChange *change = data;

  kaf_record_unref (change->record);
  g_free (change);
}

KafChangeSet *
kaf_change_set_new (const char *label)
{
  KafChangeSet *self = g_new0 (KafChangeSet, 1);

  g_atomic_ref_count_init (&self->refs);
  self->label = g_strdup (label);
  self->changes = g_ptr_array_new_with_free_func (change_free);
  return self;
}

KafChangeSet *
kaf_change_set_ref (KafChangeSet *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
kaf_change_set_unref (KafChangeSet *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_ptr_array_unref (self->changes);
  g_free (self->label);
  g_free (self);
}

const char *
kaf_change_set_get_label (const KafChangeSet *self)
{
  return self->label;
}

static void
add (KafChangeSet *self, KafChangeKind kind, KafRecord *record)
{
  KafChange *change = g_new0 (KafChange, 1);

  change->kind = kind;
  change->record = kaf_record_ref (record);
  g_ptr_array_add (self->changes, change);
}

void
kaf_change_set_create (KafChangeSet *self, KafRecord *record)
{
  add (self, KAF_CHANGE_CREATE, record);
}

void
kaf_change_set_update (KafChangeSet *self, KafRecord *record)
{
  add (self, KAF_CHANGE_UPDATE, record);
}

void
kaf_change_set_delete (KafChangeSet *self, const KafEntity *entity, const char *id)
{
  g_autoptr (KafRecord) record = kaf_record_new (entity, id);

  add (self, KAF_CHANGE_DELETE, record);
}

void
kaf_change_set_restore (KafChangeSet *self, const KafEntity *entity, const char *id)
{
  g_autoptr (KafRecord) record = kaf_record_new (entity, id);

  add (self, KAF_CHANGE_RESTORE, record);
}

guint
kaf_change_set_get_size (const KafChangeSet *self)
{
  return self->changes->len;
}

const KafChange *
kaf_change_set_get (const KafChangeSet *self, guint index)
{
  g_return_val_if_fail (index < self->changes->len, NULL);

  return g_ptr_array_index (self->changes, index);
}
