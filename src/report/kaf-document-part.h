/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records that hang on another, as a table of a document: what a mission, a convention or a meeting consists of. */
#pragma once

#include "report/kaf-document.h"

G_BEGIN_DECLS

/* Ends with a NULL field. */
typedef struct
{
  const char *field; /* with "_" at its end ("label_"): of that language, else of the other */
  const char *head;  /* N_(), nullable: the field's label */
  double share;      /* as KafDocColumn has it */
} KafPartColumn;

typedef struct
{
  const char *entity, *field; /* records of @entity whose @field is the owner */
  const char *order;          /* nullable: newest first */
  const char *heading;        /* N_(), nullable: the entity's plural */
  const KafPartColumn *columns;
} KafPartTable;

/* Writes heading and table, or nothing where there is no record. @n_rows (out, nullable). Figures stand at the end of
 * their columns. */
gboolean kaf_document_part (KafDoc *doc,
                            KafDocumentContext *context,
                            const KafPartTable *part,
                            const char *owner,
                            guint *n_rows,
                            GError **error);

/* The same of records that are there already. (element-type KafRecord) */
void kaf_document_part_write (KafDoc *doc,
                              KafDocumentContext *context,
                              const KafPartTable *part,
                              const GPtrArray *records);

G_END_DECLS
