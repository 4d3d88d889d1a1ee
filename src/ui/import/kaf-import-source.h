/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which file, how it is read, and who says what stands in it: the first page of the assistant. Emits "reopen" () when the
 * file is to be read otherwise. */
#pragma once

#include <adwaita.h>

#include "store/kaf-store.h"
#include "ui/import/kaf-import-job.h"

G_BEGIN_DECLS

#define KAF_TYPE_IMPORT_SOURCE (kaf_import_source_get_type ())
G_DECLARE_FINAL_TYPE (KafImportSource, kaf_import_source, KAF, IMPORT_SOURCE, AdwBin)

GtkWidget *kaf_import_source_new (const KafEntity *entity);

/* Whether the role of @store's user writes any of what is imported. */
gboolean kaf_import_source_may (KafStore *store);

void kaf_import_source_set_file (KafImportSource *self, GFile *file);

/* NULL: no file is chosen. (transfer full) */
KafImportOpening *kaf_import_source_get_opening (KafImportSource *self);

/* What was found in the file. @opened NULL: @problem says why it cannot be read. */
void
kaf_import_source_show (KafImportSource *self, const KafImportOpened *opened, const char *problem);

/* Takes over who says it into the mapping. */
void kaf_import_source_fill (KafImportSource *self, KafImportMap *map);

G_END_DECLS
