/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was asked of relays: what to pass on, to whom, when, with what answer. Those whose answer is awaited come first,
 * the overdue before all; an answer is entered in the row. */
#pragma once

#include <gtk/gtk.h>

#include "store/kaf-store.h"

G_BEGIN_DECLS

#define KAF_TYPE_RELAYS_PAGE (kaf_relays_page_get_type ())
G_DECLARE_FINAL_TYPE (KafRelaysPage, kaf_relays_page, KAF, RELAYS_PAGE, GtkBox)

/* Actions "relays.…": answer ((ss): id, code), pass-on, retry. */
GtkWidget *kaf_relays_page_new (KafStore *store);

/* Rows that wait for an answer, and how many of them are overdue; for tests. FALSE: not read yet. */
gboolean kaf_relays_page_count (KafRelaysPage *self, guint *n_awaited, guint *n_overdue);

G_END_DECLS
