/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of a plan as a list: their places, of one outcome or of all. An item is made when it is asked for. */
#pragma once

#include "exchange/kaf-import-plan.h"

G_BEGIN_DECLS

#define KAF_TYPE_IMPORT_ROWS (kaf_import_rows_get_type ())
G_DECLARE_FINAL_TYPE (KafImportRows, kaf_import_rows, KAF, IMPORT_ROWS, GObject)

KafImportRows *kaf_import_rows_new (void);

/* @plan is borrowed; NULL empties the list. @outcome: one, or KAF_N_IMPORT_OUTCOMES for all. */
void kaf_import_rows_show (KafImportRows *self, KafImportPlan *plan, KafImportOutcome outcome);

/* Item of the list → place in the plan. */
guint kaf_import_rows_get_place (KafImportRows *self, guint position);

G_END_DECLS
