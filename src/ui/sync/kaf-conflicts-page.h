/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the sync leaves to a person: conflicts, and edits that the server did not take. Choosing settles at once, by a commit that the toast undoes. Arrows
 * walk between them, the keys 1, 2 and 3 choose mine, theirs, before. */
#pragma once

#include <gtk/gtk.h>

#include "store/kaf-store.h"
#include "ui/sync/kaf-conflict-row.h"
#include "ui/sync/kaf-refusal-list.h"

G_BEGIN_DECLS

#define KAF_TYPE_CONFLICTS_PAGE (kaf_conflicts_page_get_type ())
G_DECLARE_FINAL_TYPE (KafConflictsPage, kaf_conflicts_page, KAF, CONFLICTS_PAGE, GtkBox)

GtkWidget *kaf_conflicts_page_new (KafStore *store);

/* For tests. -1: not read yet. */
int kaf_conflicts_page_get_n (KafConflictsPage *self);
KafConflictRow *kaf_conflicts_page_get_row (KafConflictsPage *self, int place);
KafRefusalList *kaf_conflicts_page_get_refused (KafConflictsPage *self);

G_END_DECLS
