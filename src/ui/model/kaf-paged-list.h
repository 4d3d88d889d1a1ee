/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "store/kaf-store.h"
#include "ui/model/kaf-row-item.h"

G_BEGIN_DECLS

/* Rows of a query as a GListModel of KafRowItem that reads what is looked at, and no more.
 *
 * Properties: "total" (gint64, -1 while unknown), "at-least" (gint64, a lower bound meanwhile),
 * "unfiltered-total" (gint64, -1 until read), "loading" (gboolean: the rows shown are those of
 * the query before). Signal "failed" (GError *): a read did not succeed. */
#define KAF_TYPE_PAGED_LIST (kaf_paged_list_get_type ())
G_DECLARE_FINAL_TYPE (KafPagedList, kaf_paged_list, KAF, PAGED_LIST, GObject)

/* Rows read at a time. */
#define KAF_PAGED_LIST_PAGE 100

KafPagedList *kaf_paged_list_new (KafStore *store, const char *const *columns, KafLang lang);

KafQuery *kaf_paged_list_get_query (KafPagedList *self);
void kaf_paged_list_set_query (KafPagedList *self, KafQuery *query);
const char *const *kaf_paged_list_get_columns (KafPagedList *self);
void kaf_paged_list_set_columns (KafPagedList *self, const char *const *columns);
void kaf_paged_list_set_active (KafPagedList *self, gboolean active);
void kaf_paged_list_refresh (KafPagedList *self);

gint64 kaf_paged_list_get_total (KafPagedList *self);
gint64 kaf_paged_list_get_at_least (KafPagedList *self);
gint64 kaf_paged_list_get_unfiltered_total (KafPagedList *self);
gboolean kaf_paged_list_is_loading (KafPagedList *self);

KafRow *kaf_paged_list_get_row (KafPagedList *self, guint position);
guint32 kaf_paged_list_get_rid (KafPagedList *self, guint position);
gboolean kaf_paged_list_has_places (KafPagedList *self);
guint kaf_paged_list_find (KafPagedList *self, const char *id);
guint kaf_paged_list_find_rid (KafPagedList *self, guint32 rid);

void kaf_paged_list_get_id_at_async (KafPagedList *self,
                                     guint position,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
char *kaf_paged_list_get_id_at_finish (KafPagedList *self, GAsyncResult *result, GError **error);

G_END_DECLS
