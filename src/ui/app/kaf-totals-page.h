/* SPDX-License-Identifier: GPL-3.0-or-later */
/* In place of lists and records, for who sees totals alone: what is open to the role, and where it is. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A page of its own, with a header bar of that title. */
GtkWidget *kaf_totals_page_new (const char *title);

/* The same under a heading, for the home page. */
GtkWidget *kaf_totals_section_new (void);

G_END_DECLS
