/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "store/kaf-store.h"

G_BEGIN_DECLS

/* Sentences that each kind of list has of its own. */
typedef enum
{
  KAF_LIST_TEXT_ADD,   /* "Add an expert" */
  KAF_LIST_TEXT_EMPTY, /* "No expert yet" */
  KAF_LIST_TEXT_HINT,
} KafListText;
const char *kaf_list_text (const KafEntity *entity, KafListText text);

/* A list that holds nothing yet: three ways out, or of what comes in no file, one; to whose role makes no such record it
 * says what shows here and why nothing is offered, and kaf_list_empty_update() again after the role changed. */
GtkWidget *kaf_list_empty_new (const KafEntity *entity, KafStore *store);
void kaf_list_empty_update (GtkWidget *page, const KafEntity *entity, KafStore *store);

/* The button that loads the sample data, at the end of @box in the AdwStatusPage @page. It shows only where they may be
 * loaded: into a store of one's own, that belongs to no server. @with, @without: what the page says beside it, and
 * where it does not show. */
void kaf_list_empty_offer_sample (GtkWidget *page,
                                  GtkWidget *box,
                                  const char *with,
                                  const char *without);

/* A search that finds nothing: repeats what was asked, offers to ask for less. */
GtkWidget *kaf_list_nothing_new (void);
void kaf_list_nothing_set_filters (GtkWidget *nothing, const char *asked, gboolean has_filters);

G_END_DECLS
