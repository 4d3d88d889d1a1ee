/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Says to whom may not erase who does, and gives them the number that the data-protection officer needs: no name has to
 * be written anywhere. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @number: the reference of the record, or its id. Returns: (transfer none): the dialog, which shows; its response
 * "copy" puts the number on the clipboard. */
GtkWidget *kaf_erasure_request_show (GtkWindow *parent, const char *number);

G_END_DECLS
