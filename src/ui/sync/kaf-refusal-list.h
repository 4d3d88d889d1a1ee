/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The edits that the server did not take, each until its author lets go of it. Hidden while there are
 * none.
 *
 * Signal "read" (): what the store holds was read again. */
#pragma once

#include <gtk/gtk.h>

#include "store/kaf-store.h"
#include "ui/sync/kaf-refusal-row.h"

G_BEGIN_DECLS

#define KAF_TYPE_REFUSAL_LIST (kaf_refusal_list_get_type ())
G_DECLARE_FINAL_TYPE (KafRefusalList, kaf_refusal_list, KAF, REFUSAL_LIST, GtkBox)

GtkWidget *kaf_refusal_list_new (KafStore *store);

/* -1: not read yet. */
int kaf_refusal_list_get_n (KafRefusalList *self);
/* Of them, those that were kept aside, and somebody has decided on. */
int kaf_refusal_list_get_n_settled (KafRefusalList *self);

/* For tests. */
KafRefusalRow *kaf_refusal_list_get_row (KafRefusalList *self, int place);

G_END_DECLS
