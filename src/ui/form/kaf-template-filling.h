/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts with placeholders, filled from a record as the paper itself fills them, on the worker. */
#pragma once

#include "store/kaf-store.h"

G_BEGIN_DECLS

/* The entity whose records fill a text of @kind ("summons": a choice of text_template); NULL: none is known. */
const char *kaf_template_filling_entity (const char *kind);

/* @texts: French title and text, Arabic title and text; each nullable. From the record @id of @entity, one of those
 * above; where a paper is for each of several (experts, attendees), for the first of them. */
void kaf_template_filling_async (KafStore *store,
                                 const char *entity,
                                 const char *id,
                                 const char *const texts[4],
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);

/* The four, "" where there was none. Errors: KAF_STORE_ERROR. (transfer full) */
GStrv kaf_template_filling_finish (KafStore *store, GAsyncResult *result, GError **error);

G_END_DECLS
