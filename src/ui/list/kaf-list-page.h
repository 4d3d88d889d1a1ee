/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "store/kaf-store.h"
#include "ui/model/kaf-paged-list.h"

G_BEGIN_DECLS

/* The list of an entity: header bar, search, filter chips, table, selection and bulk work.
 * Actions are in the group "list" of the page. */
#define KAF_TYPE_LIST_PAGE (kaf_list_page_get_type ())
G_DECLARE_FINAL_TYPE (KafListPage, kaf_list_page, KAF, LIST_PAGE, GtkBox)

GtkWidget *kaf_list_page_new (KafStore *store, const KafEntity *entity);

const KafEntity *kaf_list_page_get_entity (KafListPage *self);
KafPagedList *kaf_list_page_get_list (KafListPage *self);

/* What the table shows, as paths in its order: for a file that holds the same. (transfer full) */
GStrv kaf_list_page_get_columns (KafListPage *self);

/* Shows those columns alone, in that order, whatever the list of the entity shows elsewhere; what is changed of them is
 * not kept. @ids: as KafColumn has them. */
void kaf_list_page_show_columns (KafListPage *self, const char *const *ids);

/* The page stands on top of another: it gets the button that leads back. */
void kaf_list_page_set_back (KafListPage *self);

/* The page stands within another that has the header bar: its own goes, and the buttons that it had at its end are
 * handed out for that one. (transfer floating) */
GtkWidget *kaf_list_page_take_toggles (KafListPage *self);

/* The page is there to choose the persons who join a network, from the first row on: what is chosen is added by the
 * one suggested button. @network: its id; @title: its name. */
void kaf_list_page_set_network (KafListPage *self, const char *network, const char *title);

void kaf_list_page_focus_search (KafListPage *self);
void kaf_list_page_focus_rows (KafListPage *self);
void kaf_list_page_set_text (KafListPage *self, const char *text);

/* Shows what @query asks for: its text, filters and sort. */
void kaf_list_page_set_query (KafListPage *self, KafQuery *query);

/* Moves the focus of the list to the record at that place, without opening it: for coming back
 * from a record page that stepped. */
void kaf_list_page_select_position (KafListPage *self, guint position);

G_END_DECLS
