/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "store/kaf-store.h"
#include "ui/list/kaf-column.h"

G_BEGIN_DECLS

/* Chooses which columns show, and in which order. Changes the columns themselves.
 * Signal "changed" () at each change. */
#define KAF_TYPE_COLUMN_CHOOSER (kaf_column_chooser_get_type ())
G_DECLARE_FINAL_TYPE (KafColumnChooser, kaf_column_chooser, KAF, COLUMN_CHOOSER, AdwWindow)

GtkWidget *kaf_column_chooser_new (GPtrArray *columns);

/* The choice as kept on this device; the answer of the read is text, or NULL. */
void kaf_list_columns_read (KafStore *store,
                            const KafEntity *entity,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
void kaf_list_columns_keep (KafStore *store, const KafEntity *entity, const char *text);

G_END_DECLS
