/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The titles of records known by their ids, read on the worker. */
#pragma once

#include "store/kaf-store.h"

G_BEGIN_DECLS

/* @set: canonical text of a reference or of a set of them. */
void kaf_title_lookup_async (KafStore *store,
                             const char *entity,
                             const char *set,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);

/* One title an element, in order; an id without record stands for itself. (transfer full) */
GStrv kaf_title_lookup_finish (KafStore *store, GAsyncResult *result, GError **error);

G_END_DECLS
