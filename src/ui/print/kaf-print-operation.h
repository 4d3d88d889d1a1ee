/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages to a printer. */
#pragma once

#include <gtk/gtk.h>

#include "report/kaf-pages.h"
#include "store/kaf-store.h"

G_BEGIN_DECLS

/* Prints what kaf_pages_draw() draws, each page on paper of its own size and side. Once it is settled that it leaves, and
 * before the first page does, kaf_pages_disclose() is asked with @reason (nullable); what that refuses is not printed.
 * (transfer full) */
GtkPrintOperation *kaf_print_operation_new (KafPages *pages, KafStore *store, const char *reason);

/* Why the register did not take it; NULL: it did, or was not asked. Errors: those of kaf_disclosure_justify().
 * (transfer full) */
GError *kaf_print_operation_dup_error (GtkPrintOperation *operation);

G_END_DECLS
