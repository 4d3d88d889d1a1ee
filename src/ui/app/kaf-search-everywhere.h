/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Search of every kind of record at once, as one types: a popover at the top of the window. */
#pragma once

#include <gtk/gtk.h>

#include "store/kaf-store.h"

G_BEGIN_DECLS

#define KAF_TYPE_SEARCH_EVERYWHERE (kaf_search_everywhere_get_type ())
G_DECLARE_FINAL_TYPE (
    KafSearchEverywhere, kaf_search_everywhere, KAF, SEARCH_EVERYWHERE, GtkPopover)

/* To be given a parent, below whose top edge it opens. */
GtkWidget *kaf_search_everywhere_new (KafStore *store);

void kaf_search_everywhere_popup (KafSearchEverywhere *self);
void kaf_search_everywhere_set_text (KafSearchEverywhere *self, const char *text);

/* Rows shown for the text typed last; -1 while they are being read. */
int kaf_search_everywhere_get_n_results (KafSearchEverywhere *self);

G_END_DECLS
