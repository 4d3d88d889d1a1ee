/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Persons of a store that was signed in with records, who look like ones that the server has: which are sent
 * as persons of their own, and which are left for review. Afterwards, those that were left. */
#pragma once

#include <gtk/gtk.h>

#include "net/kaf-sync-agent.h"

G_BEGIN_DECLS

#define KAF_TYPE_DUPLICATES_PAGE (kaf_duplicates_page_get_type ())
G_DECLARE_FINAL_TYPE (KafDuplicatesPage, kaf_duplicates_page, KAF, DUPLICATES_PAGE, GtkBox)

GtkWidget *kaf_duplicates_page_new (KafStore *store, KafSyncAgent *agent);

/* For tests. -1: not read yet. */
int kaf_duplicates_page_get_n (KafDuplicatesPage *self);

/* Whether that row is left for review. */
void kaf_duplicates_page_set_held (KafDuplicatesPage *self, int place, gboolean held);

G_END_DECLS
