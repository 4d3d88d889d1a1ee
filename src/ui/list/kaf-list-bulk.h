/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "store/kaf-store.h"

G_BEGIN_DECLS

/* What is done with the rows chosen in a list, whatever their number: a worker reads their ids and
 * writes all changes in one transaction, which is one step to undo. */

/* Called on a worker for each record, adds what to change to @set. Returns FALSE with error. */
typedef gboolean (*KafBulkFunc) (
    KafDatabase *db, KafChangeSet *set, const KafRow *row, gpointer data, GError **error);

/* Writes what @func adds for every row, or nothing. @columns: to read for each row; NULL: none.
 * @label: of the batch. Takes a copy of @rids. @done (nullable): counts the rows as they are
 * written, atomically; must last until @callback. */
void kaf_list_bulk_run_async (KafStore *store,
                              const KafEntity *entity,
                              GArray *rids,
                              const char *const *columns,
                              const char *label,
                              KafBulkFunc func,
                              gpointer data,
                              GDestroyNotify data_free,
                              int *done,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
KafReceipt *kaf_list_bulk_run_finish (KafStore *store, GAsyncResult *result, GError **error);

/* @page: stands in the window that reports the outcome. */
void kaf_list_bulk_delete (GtkWidget *page, KafStore *store, const KafEntity *entity, GArray *rids);
void kaf_list_bulk_choose_network (
    GtkWidget *page, KafStore *store, const KafEntity *entity, GArray *rids, KafLang lang);

/* Tells in the window of @page how it ended: @done with a button to undo, or @failed with the reason. @receipt
 * NULL: it failed. */
void kaf_list_bulk_report (GtkWidget *page,
                           KafReceipt *receipt,
                           const GError *error,
                           const char *done,
                           const char *failed);

/* The query of those rows, whatever the list shows now; sorted as @query is. */
void kaf_list_bulk_query_async (KafStore *store,
                                const KafQuery *query,
                                GArray *rids,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
KafQuery *kaf_list_bulk_query_finish (KafStore *store, GAsyncResult *result, GError **error);
void kaf_list_bulk_export (GtkWidget *page, KafStore *store, const KafQuery *query, GArray *rids);

G_END_DECLS
