/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The last line of the sidebar: where the work is kept, and how far it has come with the server that the
 * store belongs to, told plainly; a popover tells more. */
#pragma once

#include <gtk/gtk.h>

#include "net/kaf-sync-agent.h"
#include "store/kaf-store.h"

G_BEGIN_DECLS

#define KAF_TYPE_STORE_STATUS (kaf_store_status_get_type ())
G_DECLARE_FINAL_TYPE (KafStoreStatus, kaf_store_status, KAF, STORE_STATUS, GtkWidget)

GtkWidget *kaf_store_status_new (void);

/* @store, @agent: nullable. */
void kaf_store_status_set_store (KafStoreStatus *self, KafStore *store, KafSyncAgent *agent);
void kaf_store_status_popup (KafStoreStatus *self);
void kaf_store_status_popdown (KafStoreStatus *self);

/* What it says in bold: for the tests. */
const char *kaf_store_status_get_title (KafStoreStatus *self);

/* The store could not be opened. */
void kaf_store_status_set_problem (KafStoreStatus *self);

G_END_DECLS
