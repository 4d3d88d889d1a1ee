/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a page of the window shows, to be printed. */
#pragma once

#include <gtk/gtk.h>

#include "ui/print/kaf-print-job.h"

G_BEGIN_DECLS

/* Whether there is something on pages of that kind. @page: nullable. */
gboolean kaf_print_subject_is_on (GtkWidget *page);

/* The record that is open, or chosen; the list as it shows, with its columns, order and filters; NULL: nothing. */
KafPrintJob *kaf_print_subject_of (GtkWidget *page);

G_END_DECLS
