/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The avatar of a row: as AdwAvatar's initials and colour, at a fraction of its cost. */
GtkWidget *kaf_initials_new (int size);
void kaf_initials_set_name (GtkWidget *initials, const char *name);

G_END_DECLS
