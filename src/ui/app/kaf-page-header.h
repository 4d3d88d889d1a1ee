/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The header bar of a page that was opened on top of another: a title, and the way back. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The button back, for a header bar of one's own. Its action is "win.back". */
GtkWidget *kaf_back_button_new (void);

/* @title (out, nullable): the AdwWindowTitle in it, which shows @text. */
GtkWidget *kaf_page_header_new (const char *text, GtkWidget **title);

G_END_DECLS
