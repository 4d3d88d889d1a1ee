/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of a plan share. */
#pragma once

#include "exchange/kaf-import-match.h"
#include "exchange/kaf-import-merge.h"
#include "exchange/kaf-import-plan.h"

G_BEGIN_DECLS

struct _KafImportPlan
{
  gatomicrefcount refs;
  KafImportMap *map;
  const KafRole *role; /* of who takes it in; NULL: it may write all */
  GPtrArray *rows;     /* KafImportPlanRow */
  GPtrArray *headers;
  GPtrArray *unknown; /* KafImportWord */
  KafImportMatch *match;
  KafImportCells *cells; /* of cells_db: its lists are read once */
  KafDatabase *cells_db;
  GHashTable *numbers; /* of the source → id, of the store */
  GHashTable *first;   /* the same → place of the first row + 1 */
  char *today;
  gsize size; /* of the text that is held */
};

/* What a row says: as its cells were read, once they were. */
gboolean kaf_import_plan_read (
    KafImportPlan *self, KafDatabase *db, guint place, KafImportRow *row, GError **error);

void kaf_import_plan_refuse (KafImportPlan *self, guint place, char *sentence, int column);

G_END_DECLS
