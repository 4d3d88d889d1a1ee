/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows that tell of an erasure: what it would take, what it took, who has confirmed it, what is kept. */
#pragma once

#include <adwaita.h>

#include "net/kaf-erasures.h"
#include "store/kaf-store.h"

G_BEGIN_DECLS

/* Fills @list with what an order would erase. Until when something is kept comes once @store was asked. */
void kaf_erasure_rows_show_foreseen (GtkWidget *list, KafStore *store, const KafErasure *erasure);

/* A row that opens: what was erased, in it the devices, those first that are awaited, and what is kept, for @years after
 * its end. (transfer floating) */
GtkWidget *
kaf_erasure_row_new (const KafErasure *erasure, const KafErasures *all, guint years, gboolean open);

/* The setting of those years, as of today. For a job. */
guint kaf_erasure_rows_read_years (KafDatabase *db);

G_END_DECLS
