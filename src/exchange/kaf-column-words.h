/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What columns are called in the lists that offices keep: synonyms of fields, in French, Arabic and English. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Of a column that holds given and family name together; no field has it. */
#define KAF_COLUMN_WORD_FULL_NAME "full_name"
#define KAF_COLUMN_WORD_FULL_NAME_AR "full_name_ar"

typedef struct
{
  const char *field;
  const char *words; /* parted by '|', not folded */
} KafColumnWord;

/* Ends with a NULL field. The same name may stand at several fields: the entity has one of them. */
const KafColumnWord *kaf_column_words (void);

G_END_DECLS
