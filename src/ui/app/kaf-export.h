/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Giving the present list out as a spreadsheet, CSV or vCards: where to, why when it is many persons, with progress. */
#pragma once

#include "ui/app/kaf-window.h"

G_BEGIN_DECLS

/* Asks what has to be asked, then writes. @columns (nullable): paths that a spreadsheet shows, in their order; CSV has
 * all, so that an import takes it back. */
void kaf_export_query (KafWindow *window, KafQuery *query, const char *const *columns);

/* The person @id of @entity alone, as a vCard. @name (nullable): what the file is to be called. */
void kaf_export_card (KafWindow *window, const KafEntity *entity, const char *id, const char *name);

G_END_DECLS
