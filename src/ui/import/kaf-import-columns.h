/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which column is which field, and what words stand for: the second page of the assistant. It changes the mapping that it
 * was given as a person chooses. */
#pragma once

#include <adwaita.h>

#include "exchange/kaf-import-plan.h"

G_BEGIN_DECLS

#define KAF_TYPE_IMPORT_COLUMNS (kaf_import_columns_get_type ())
G_DECLARE_FINAL_TYPE (KafImportColumns, kaf_import_columns, KAF, IMPORT_COLUMNS, AdwBin)

GtkWidget *kaf_import_columns_new (void);

/* @map is borrowed and changed. @rows (element-type KafTablePeek): for samples of what stands in a column. */
void kaf_import_columns_show (KafImportColumns *self, KafImportMap *map, const GPtrArray *rows);

/* A list of codes for the words of a field that no list has. */
typedef struct
{
  guint column;
  char *text;
  guint n;
  GPtrArray *codes; /* KafListItem */
} KafImportQuestion;

void kaf_import_question_free (gpointer data);

/* (element-type KafImportQuestion) (transfer full) */
void kaf_import_columns_ask (KafImportColumns *self, GPtrArray *questions);

G_END_DECLS
