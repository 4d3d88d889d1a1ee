/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which column of a table from elsewhere is which field: proposed, never decided. By what a column is called, in French,
 * Arabic or English (ids, labels, and the synonyms of a table), and by what stands in it. Pure: no store, no window. Values of lists: kaf-code-list.h. */
#pragma once

#include "exchange/kaf-table-reader.h"
#include "schema/kaf-entity.h"

G_BEGIN_DECLS

/* Rows that are looked at for what a column holds. */
#define KAF_COLUMN_GUESS_ROWS 200

typedef enum
{
  KAF_COLUMN_AS_IS,
  KAF_COLUMN_FULL_NAME, /* to be split: kaf_column_split_name() */
} KafColumnTreatment;

typedef struct
{
  const KafEntity *entity; /* of the field: the one asked for, or its owner; NULL: no proposal */
  const KafField *field;   /* of a full name: the family name, in its script */
  KafColumnTreatment treatment;
  double
      confidence; /* 0–1: 1 the id of the field, 0.95 its label, 0.9 a synonym, less by its values */
} KafColumnGuess;

/* One for each of the @n_columns; no field is proposed twice, but for those that hold several values. @headers: NULL
 * where the table has none. @rows (nullable): rows below the headers. (transfer full) (element-type KafColumnGuess) */
GArray *kaf_column_guess (const KafEntity *entity,
                          const char *const *headers,
                          guint n_columns,
                          const GPtrArray *rows);

/* Whether the first row names columns: texts alone, none of them a value such as an e-mail or a phone. */
gboolean kaf_column_is_header (const KafTablePeek *row);

/* "BENALI, Salma", "Salma BENALI", "Salma Benali", "سلمى بنعلي": capitals or a comma tell the family name; without
 * them the last words are it, particles included ("Salma El Fassi"). FALSE: one word, which is a family name.
 * (out) (transfer full) */
gboolean kaf_column_split_name (const char *name, char **given, char **family);

G_END_DECLS
