/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A section in the sidebar: its icon, its name, how many records it holds. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KAF_TYPE_SIDEBAR_ROW (kaf_sidebar_row_get_type ())
G_DECLARE_FINAL_TYPE (KafSidebarRow, kaf_sidebar_row, KAF, SIDEBAR_ROW, GtkListBoxRow)

/* @icon: name of a symbolic icon, static. */
GtkWidget *kaf_sidebar_row_new (const char *icon, const char *label);

/* @text: nullable, there is none then. */
void kaf_sidebar_row_set_count (KafSidebarRow *self, const char *text);

G_END_DECLS
