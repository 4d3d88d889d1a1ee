/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Gives @button a menu whose widgets, some six for each item, are made when it first opens. */
void kaf_lazy_menu_set (GtkMenuButton *button, GMenuModel *menu);

/* Of what only some roles, or stores, do: it shows while its action is enabled. @action: detailed. */
void kaf_menu_append_if_allowed (GMenu *menu, const char *label, const char *action);

/* What it was given; NULL: nothing yet. (transfer none) */
GMenuModel *kaf_lazy_menu_get (GtkMenuButton *button);

G_END_DECLS
