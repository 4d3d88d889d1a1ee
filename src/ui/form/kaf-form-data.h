/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a form reads before it shows, in one visit to the worker, and what it writes. */
#pragma once

#include "record/kaf-record.h"
#include "store/kaf-store.h"

G_BEGIN_DECLS

typedef struct
{
  KafRecord *record; /* as it stands in the store; NULL: it will be created */
  KafRecord *owner;  /* of a facet; NULL: it will be created as well */
  KafDraft *draft;   /* nullable */
  char **countries;  /* where a new person has to live for the server to take her; NULL: anywhere */
  char *in_countries; /* their names; NULL with @countries */
  gboolean awaits;    /* a new person belongs to none of the missions that bind the user's scope */
  char *account; /* whose scope that is: a project holder is his who accompanies her; nullable */
} KafFormData;
void kaf_form_data_free (KafFormData *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafFormData, kaf_form_data_free)

/* @id: the record, NULL for a new one. @owner_id: of an owner that is there already, nullable. */
void kaf_form_data_load_async (KafStore *store,
                               const KafEntity *entity,
                               const char *id,
                               const char *owner_id,
                               const char *slot,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
KafFormData *kaf_form_data_load_finish (KafStore *store, GAsyncResult *result, GError **error);

/* What saving writes: creations, or updates of the fields that differ. @record and @owner (the
 * latter for a facet) hold the whole new content; their ids are filled in when they are created.
 * (transfer full) */
KafChangeSet *
kaf_form_data_make_changes (const KafFormData *self, KafRecord *record, KafRecord *owner);

/* Copies @file in as the attachment of a field; @field NULL: of the record. */
void kaf_form_data_attach_async (KafStore *store,
                                 const KafEntity *entity,
                                 const char *id,
                                 const char *field,
                                 GFile *file,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean kaf_form_data_attach_finish (KafStore *store, GAsyncResult *result, GError **error);

G_END_DECLS
