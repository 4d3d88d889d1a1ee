/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a reference can be chosen from, as a person types: read on the worker. */
#pragma once

#include "store/kaf-store.h"

G_BEGIN_DECLS

typedef struct
{
  char *id;
  char *title;
  char *subtitle; /* nullable */
} KafReferenceItem;
void kaf_reference_item_free (KafReferenceItem *self);

/* At most @limit items of @target that hold every word of @text as the beginning of one of theirs
 * (of a list) or that the store finds (of records); the first ones when @text is blank.
 * @within (nullable): id of a convention, whose parties and office-holders come first. */
void kaf_reference_search_async (KafStore *store,
                                 const KafEntity *target,
                                 const char *within,
                                 const char *text,
                                 guint limit,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);

/* (element-type KafReferenceItem) (transfer full) */
GPtrArray *kaf_reference_search_finish (KafStore *store, GAsyncResult *result, GError **error);

G_END_DECLS
