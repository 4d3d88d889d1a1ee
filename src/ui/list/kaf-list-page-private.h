/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of KafListPage share: kaf-list-page.c shows, kaf-list-page-actions.c does what its
 * menus, keys and buttons ask for. */
#pragma once

#include <adwaita.h>

#include "ui/app/kaf-window.h"
#include "ui/list/kaf-list-page.h"
#include "ui/list/kaf-table-selection.h"

G_BEGIN_DECLS

struct _KafListPage
{
  GtkBox parent_instance;

  KafStore *store;
  const KafEntity *entity;
  KafLang lang;
  GCancellable *cancellable;

  KafPagedList *list;
  KafTableSelection *selection;
  GPtrArray *columns;
  KafQuery *query;      /* what was asked for; the list's once the columns are known */
  gboolean ready;       /* the columns kept on the device were read */
  gboolean own_columns; /* those of this page: neither kept nor what was kept */

  GSimpleActionGroup *actions;
  GtkWidget *search_line;
  GtkWidget *search;
  GtkWidget *saved;
  GtkWidget *filter_line;
  GtkWidget *filters;
  GtkWidget *count;
  GtkWidget *sort_button;
  GtkStack *stack;
  GtkWidget *table;
  GtkWidget *empty;
  GtkWidget *nothing;
  GtkActionBar *bar;
  GtkLabel *selected;
  GtkWidget *select_all;
  GPtrArray *bar_buttons; /* borrowed */
  char *network;          /* nullable: the page is there to choose who joins it */
  char *network_title;    /* nullable */
  GtkWidget *header;
  GtkWidget *add; /* its first button */
  gboolean setting_text;
  guint compact_id;
};

/* NULL when the page is in no window. */
KafWindow *kaf_list_page_get_window (KafListPage *self);

GSimpleAction *kaf_list_page_find_action (KafListPage *self, const char *name);

/* The query was changed: everything that shows it follows, and the list is read again. */
void kaf_list_page_show_query (KafListPage *self);

/* The columns were changed: by the program, or by a person, whose choice is kept. */
void kaf_list_page_apply_columns (KafListPage *self);
void kaf_list_page_columns_chosen (KafListPage *self);

/* In kaf-list-page-actions.c. */
void kaf_list_page_add_actions (KafListPage *self);
void kaf_list_page_add_shortcuts (KafListPage *self);

G_END_DECLS
