/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ui/model/kaf-paged-list.h"

G_BEGIN_DECLS

/* Tooltip and accessible label. */
void kaf_list_name_button (GtkWidget *button, const char *name);

GtkWidget *kaf_list_toggle_new (const char *icon, const char *action, const char *name);
GtkWidget *kaf_list_bar_button_new (const char *icon, const char *label, const char *action);
void kaf_list_bar_button_set_compact (GtkWidget *button, gboolean compact);
GtkWidget *kaf_list_menu_button_new (const KafEntity *entity);

/* @columns: of KafColumn; the visible ones that can be sorted by are offered. */
GtkWidget *kaf_list_sort_button_new (GPtrArray *columns);
GtkWidget *kaf_list_yielding_new (GtkWidget *child);
/* How many rows @list has, of how many when it is @narrowed; NULL before the first answer.
 * (transfer full) (nullable) */
char *kaf_list_count_text (KafPagedList *list, gboolean narrowed, KafLang lang);

/* Whether the window that @widget is in, be it yet to show, is too narrow for columns. */
gboolean kaf_list_is_narrow (GtkWidget *widget);

void
kaf_list_add_shortcut (GtkShortcutController *controller, const char *keys, const char *action);

G_END_DECLS
