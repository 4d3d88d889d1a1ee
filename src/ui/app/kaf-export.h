/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Giving the present list out as a spreadsheet, or as CSV: where to, why when it is many persons, with progress. */
#pragma once

#include "ui/app/kaf-window.h"

G_BEGIN_DECLS

/* Asks what has to be asked, then writes. @columns (nullable): paths that a spreadsheet shows, in their order; CSV has
 * all, so that an import takes it back. */
void kaf_export_query (KafWindow *window, KafQuery *query, const char *const *columns);

G_END_DECLS
