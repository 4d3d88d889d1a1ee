/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps what is decided of a plan on this device, half a second after the last decision, so that neither a closed window
 * nor a crash loses it. What was decided last is kept when the keeper goes. */
#pragma once

#include "exchange/kaf-import-plan.h"
#include "store/kaf-store.h"

G_BEGIN_DECLS

#define KAF_TYPE_IMPORT_KEEPER (kaf_import_keeper_get_type ())
G_DECLARE_FINAL_TYPE (KafImportKeeper, kaf_import_keeper, KAF, IMPORT_KEEPER, GObject)

/* @slot: of kaf_import_decisions_make_slot(). What @plan holds by now is kept already. */
KafImportKeeper *
kaf_import_keeper_new (KafStore *store, const char *slot, const KafImportPlan *plan);

/* Looks whether something was decided since; while no job has the plan. */
void kaf_import_keeper_look (KafImportKeeper *self, const KafImportPlan *plan);

/* Keeps at once what would have been kept. */
void kaf_import_keeper_flush (KafImportKeeper *self);

/* Forgets all of it: it is written, or is to be decided anew. */
void kaf_import_keeper_drop (KafImportKeeper *self);

G_END_DECLS
