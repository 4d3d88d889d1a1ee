/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages to a printer. */
#pragma once

#include <gtk/gtk.h>

#include "report/kaf-pages.h"

G_BEGIN_DECLS

/* Prints what kaf_pages_draw() draws, each page on paper of its own size and side. Discloses nothing by itself: see
 * kaf-print-out. (transfer full) */
GtkPrintOperation *kaf_print_operation_new (KafPages *pages);

G_END_DECLS
