/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one commit does, in order: it stands or falls whole, and is undone as one. */
#pragma once

#include "record/kaf-record.h"

G_BEGIN_DECLS

typedef enum
{
  KAF_CHANGE_CREATE,
  KAF_CHANGE_UPDATE, /* only the fields held are written */
  KAF_CHANGE_DELETE,
  KAF_CHANGE_RESTORE,
} KafChangeKind;

typedef struct
{
  KafChangeKind kind;
  KafRecord *record;
} KafChange;

typedef struct _KafChangeSet KafChangeSet;

/* @label: what it was, for undo and history: "edit", "create", "bulk-edit", "import"… */
KafChangeSet *kaf_change_set_new (const char *label);
KafChangeSet *kaf_change_set_ref (KafChangeSet *self);
void kaf_change_set_unref (KafChangeSet *self);

const char *kaf_change_set_get_label (const KafChangeSet *self);

/* A record created without an id gets one from the store; a facet needs its owner's. */
void kaf_change_set_create (KafChangeSet *self, KafRecord *record);
void kaf_change_set_update (KafChangeSet *self, KafRecord *record);
void kaf_change_set_delete (KafChangeSet *self, const KafEntity *entity, const char *id);
void kaf_change_set_restore (KafChangeSet *self, const KafEntity *entity, const char *id);

guint kaf_change_set_get_size (const KafChangeSet *self);
const KafChange *kaf_change_set_get (const KafChangeSet *self, guint index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafChangeSet, kaf_change_set_unref)

G_END_DECLS
